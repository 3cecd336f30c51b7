"""Which updates were answered, kept as numbers."""

import sqlite3
from pathlib import Path

import pytest

from bot.store.database import OPEN_AGAIN_SECONDS
from bot.store.handled import FORGET_EVERY_SECONDS, KEPT_SECONDS
from bot.store.kept import Kept


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


def opened(file: Path | None) -> Kept:
    kept = Kept(file, "1:x")
    kept.open()
    return kept


def test_an_answered_update_is_known_after_a_restart(file: Path) -> None:
    first = opened(file)
    first.handled.add(1, 10)
    first.close()
    second = opened(file)

    assert second.handled.has(1, 10)
    assert not second.handled.has(1, 11)
    second.close()


def test_two_bots_do_not_know_each_others_updates(file: Path) -> None:
    kept = opened(file)
    kept.handled.add(1, 10)

    assert not kept.handled.has(2, 10)
    kept.close()


def test_a_number_that_is_too_old_is_forgotten_at_the_next_start(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(file)
    first.handled.add(1, 10)
    first.close()
    later = first_time() + KEPT_SECONDS + 60
    monkeypatch.setattr("bot.store.handled.time.time", lambda: later)
    second = opened(file)

    assert not second.handled.has(1, 10)
    second.close()
    assert rows(file) == []


@pytest.mark.parametrize("in_a_file", [True, False], ids=["in a file", "in memory"])
def test_one_is_forgotten_while_the_bot_runs_and_the_younger_stay(
    file: Path, monkeypatch: pytest.MonkeyPatch, *, in_a_file: bool
) -> None:
    now = [first_time()]
    monkeypatch.setattr("bot.store.handled.time.time", lambda: now[0])
    kept = opened(file if in_a_file else None)
    kept.handled.add(1, 10)
    now[0] += 3600
    kept.handled.add(1, 11)
    now[0] += KEPT_SECONDS - 60
    is_known_before = kept.handled.has(1, 10)
    kept.handled.forget_old()

    assert not is_known_before
    assert [kept.handled.has(1, number) for number in (10, 11)] == [False, True]
    assert list(kept.handled._memory) == [(1, 11)]
    kept.close()
    assert not in_a_file or [number for _, number, _ in rows(file)] == [11]


def test_none_is_kept_for_more_than_48_hours() -> None:
    assert KEPT_SECONDS + FORGET_EVERY_SECONDS <= 48 * 3600


def test_the_file_holds_numbers_only(file: Path) -> None:
    kept = opened(file)
    kept.handled.add(1, 10)
    kept.close()

    assert all(isinstance(value, int) for row in rows(file) for value in row)


def test_without_a_file_numbers_are_kept_in_memory() -> None:
    kept = opened(None)
    kept.handled.add(1, 10)

    assert kept.handled.has(1, 10)


def test_a_file_that_is_no_database_stops_nothing(file: Path) -> None:
    file.write_text("this is no database " * 100, "utf-8")
    kept = opened(file)
    kept.handled.add(1, 10)

    assert kept.is_degraded
    assert kept.handled.has(1, 10)
    kept.close()


def test_a_folder_that_does_not_exist_stops_nothing(tmp_path: Path) -> None:
    kept = opened(tmp_path / "missing" / "bot.sqlite3")
    kept.handled.add(1, 10)

    assert kept.is_degraded
    assert kept.handled.has(1, 10)


@pytest.mark.parametrize("is_there", [True, False], ids=["no database", "no folder"])
def test_a_file_that_could_not_be_opened_is_opened_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, is_there: bool
) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.store.database.monotonic", lambda: now[0])
    file = tmp_path / "folder" / "bot.sqlite3"
    if is_there:
        file.parent.mkdir()
        file.write_text("this is no database " * 100, "utf-8")
    kept = opened(file)
    kept.handled.add(1, 10)
    file.unlink(missing_ok=True)
    file.parent.mkdir(exist_ok=True)
    kept.handled.add(1, 11)
    is_degraded_before = kept.is_degraded
    now[0] += OPEN_AGAIN_SECONDS
    kept.handled.add(1, 12)

    assert (is_degraded_before, kept.is_degraded) == (True, False)
    assert "can be used again" in caplog.text
    kept.close()
    assert [number for _, number, _ in rows(file)] == [12]


def test_a_closed_file_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.store.database.monotonic", lambda: now[0])
    file = tmp_path / "folder" / "bot.sqlite3"
    kept = opened(file)
    kept.close()
    file.parent.mkdir()
    now[0] += OPEN_AGAIN_SECONDS
    kept.handled.add(1, 10)

    assert not file.exists()


def test_the_loss_of_the_file_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept = opened(tmp_path / "missing" / "bot.sqlite3")
    for number in range(5):
        kept.handled.add(1, number)

    assert caplog.text.count("cannot be used") == 1


def rows(file: Path) -> list[tuple[int, int, int]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT bot_id, update_id, at FROM done").fetchall()
    finally:
        connection.close()


def first_time() -> float:
    import time

    return time.time()
