"""What is learned from a knowledge, kept beside the bot."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core import letters
from bot.core.building import Learned
from bot.curation import learned
from bot.curation.learned import find_learned
from bot.curation.loading import load_knowledge

Edit = Callable[[str, str, str], None]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "FEWEST_LEARNED", 2)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def find(folder: Path, cache: Path, *, has_meaning: bool = False) -> Learned:
    return find_learned(load_knowledge(folder), folder, cache, has_meaning=has_meaning)


def kept(cache: Path) -> dict[str, Path]:
    return {file.name.partition("-")[0]: file for file in cache.iterdir()}


def test_what_was_learned_is_read_again(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find(folder, cache)
    monkeypatch.delattr(learned, "learn_words")
    monkeypatch.delattr(learned, "learn_letters")
    monkeypatch.delattr(learned, "learn_vectors")
    again = find(folder, cache)

    assert "toilet" in first.words.odds
    assert first.phrasings is not None
    assert "ice" in first.phrasings.letters.runs
    assert again.words == first.words
    assert again.phrasings is not None
    assert again.phrasings.letters.runs.keys() == first.phrasings.letters.runs.keys()


def test_beside_a_sentence_model_nothing_is_learned_from_the_phrasings(folder: Path, cache: Path) -> None:
    assert find(folder, cache, has_meaning=True).phrasings is None
    assert list(kept(cache)) == ["words"]


def test_another_knowledge_is_learned_anew_and_takes_the_place_of_the_old(
    folder: Path, cache: Path, edit: Edit
) -> None:
    find(folder, cache)
    old = kept(cache)
    edit("en/messages/everyday.yaml", "the toilet seat hurts my back", "the jumper hurts, a jumper\n    - my jumper")

    assert "jumper" in find(folder, cache).words.odds
    assert kept(cache).keys() == old.keys() == {"words", "letters", "vectors"}
    assert not any(file.exists() for file in old.values())


@pytest.mark.parametrize("name", [file.name for file in learned.READERS])
def test_a_change_of_the_code_that_reads_is_learned_anew(
    folder: Path, cache: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [shutil.copy(file, tmp_path / file.name) for file in learned.READERS]
    monkeypatch.setattr(learned, "READERS", tuple(copies))
    find(folder, cache)
    old = kept(cache)
    with (tmp_path / name).open("a") as file:
        file.write("# another line\n")
    find(folder, cache)

    assert not any(file.exists() for file in old.values())


def test_what_loading_goes_through_is_code_that_reads_or_says_what_is_wrong() -> None:
    says_what_is_wrong = {"problems", "consistency"}
    readers = {file.stem for file in learned.READERS}
    used = {
        name
        for file in learned.READERS
        for line in re.findall(r"^from bot\.curation(?:\.(\w+))? import (.+)$", file.read_text("utf-8"), re.MULTILINE)
        for name in ([line[0]] if line[0] else re.findall(r"\w+", line[1]))
    }

    assert used <= readers | says_what_is_wrong


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"groups": []}'])
def test_a_damaged_file_is_written_anew(folder: Path, cache: Path, damage: str) -> None:
    first = find(folder, cache)
    file = kept(cache)["words"]
    file.write_text(damage)

    assert find(folder, cache).words == first.words
    assert file.read_text() != damage


def test_a_folder_that_cannot_be_written_changes_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert find(folder, tmp_path / "file" / "cache").words.groups


@pytest.mark.parametrize(("many", "told"), [(1, ["learning"]), (1_000, [])])
def test_it_is_told_once_before_many_messages_are_learned(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, many: int, told: list[str]
) -> None:
    monkeypatch.setattr(learned, "MANY", many)
    heard: list[str] = []
    for _ in range(2):
        find_learned(load_knowledge(folder), folder, cache, lambda: heard.append("learning"), has_meaning=True)

    assert heard == told
