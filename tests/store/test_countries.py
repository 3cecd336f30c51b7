"""Which country a chat chose, kept as numbers."""

import sqlite3
from pathlib import Path

import pytest

from bot.store.kept import Kept


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


def opened(file: Path | None, bot: str = "1:x", default: str = "") -> Kept:
    kept = Kept(file, bot, default)
    kept.open()
    return kept


def test_a_choice_is_known_after_a_restart(file: Path) -> None:
    first = opened(file)
    first.countries.choose(5, "GB")
    first.countries.choose(-100, "DE")
    first.close()
    second = opened(file)

    assert (second.countries.of(5), second.countries.of(-100), second.countries.of(6)) == ("GB", "DE", "")
    second.close()


def test_a_choice_can_be_changed_and_taken_back(file: Path) -> None:
    kept = opened(file, default="IE")
    kept.countries.choose(5, "GB")
    kept.countries.choose(5, "DE")
    before = kept.countries.of(5)
    kept.countries.choose(5, "")

    assert (before, kept.countries.of(5)) == ("DE", "IE")
    kept.close()
    assert rows(file) == []


def test_who_chose_nothing_gets_the_operators_country() -> None:
    assert opened(None, default="IE").countries.of(5) == "IE"


def test_the_file_holds_numbers_only_and_none_is_a_chats(file: Path) -> None:
    kept = opened(file)
    kept.countries.choose(123456789, "GB")
    kept.close()

    ((chat, code),) = rows(file)
    assert isinstance(chat, int)
    assert isinstance(code, int)
    assert chat != 123456789


def test_another_bot_cannot_read_a_choice(file: Path) -> None:
    ours = opened(file)
    ours.countries.choose(5, "GB")
    theirs = opened(file, bot="2:y")

    assert theirs.countries.of(5) == ""
    ours.close()
    theirs.close()


def test_a_folder_that_does_not_exist_stops_nothing(tmp_path: Path) -> None:
    kept = opened(tmp_path / "missing" / "bot.sqlite3")
    kept.countries.choose(5, "GB")

    assert kept.countries.of(5) == "GB"


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.countries.MOST_IN_MEMORY", 2)
    kept = opened(None)
    for chat_id in (1, 2, 1, 3):
        kept.countries.choose(chat_id, "GB")

    assert [kept.countries.of(chat_id) for chat_id in (1, 2, 3)] == ["GB", "", "GB"]


def test_a_file_of_an_earlier_version_is_brought_up_to_date(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE done (bot_id INTEGER, update_id INTEGER, at INTEGER)")
    connection.close()
    kept = opened(file)
    kept.countries.choose(5, "GB")
    kept.close()

    assert len(rows(file)) == 1


def rows(file: Path) -> list[tuple[int, int]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT chat, code FROM country").fetchall()
    finally:
        connection.close()
