"""What the words of a knowledge's messages speak for, kept beside the bot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.second_look import Learned
from bot.curation import learned_words
from bot.curation.learned_words import find_learned
from bot.curation.loading import load_knowledge

Edit = Callable[[str, str, str], None]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def find(folder: Path, cache: Path) -> Learned:
    return find_learned(load_knowledge(folder), folder, cache)


def kept(cache: Path) -> list[Path]:
    return list(cache.iterdir())


def test_what_was_learned_is_read_again(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find(folder, cache)
    monkeypatch.delattr(learned_words, "learn_words")

    assert "toilet" in first.odds
    assert find(folder, cache) == first


def test_another_knowledge_is_learned_anew_and_takes_the_place_of_the_old(
    folder: Path, cache: Path, edit: Edit
) -> None:
    find(folder, cache)
    (old,) = kept(cache)
    edit("en/messages/everyday.yaml", "the toilet seat hurts my back", "the jumper hurts, a jumper\n    - my jumper")

    assert "jumper" in find(folder, cache).odds
    assert len(kept(cache)) == 1
    assert not old.exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"groups": []}'])
def test_a_damaged_file_is_written_anew(folder: Path, cache: Path, damage: str) -> None:
    first = find(folder, cache)
    (file,) = kept(cache)
    file.write_text(damage)

    assert find(folder, cache) == first
    assert file.read_text() != damage


def test_a_folder_that_cannot_be_written_changes_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert find(folder, tmp_path / "file" / "cache").groups
