"""The assistant as all commands use it."""

import shutil
from pathlib import Path

import pytest

from bot.assembling import build_assistant, build_both
from bot.core.answering import Assistant
from bot.core.model import Question
from bot.settings import Settings


def set_for(folder: Path, meaning: str = "auto") -> Settings:
    return Settings.model_validate({"knowledge_dir": folder, "cache_dir": folder / ".cache", "meaning": meaning})


def scores(assistant: Assistant) -> list[tuple[str, float]]:
    return [(match.entry_id, match.score) for match in assistant.rank(Question("something from the freezer"))]


@pytest.fixture
def older(folder: Path, tmp_path: Path) -> Path:
    """The same knowledge in another folder."""
    return Path(shutil.copytree(folder, tmp_path / "older"))


@pytest.mark.parametrize("meaning", ["auto", "off"])
def test_both_that_are_compared_answer_as_the_bot_does(folder: Path, older: Path, meaning: str) -> None:
    pytest.importorskip("onnxruntime")
    told: list[str] = []
    bot = build_assistant(set_for(folder, meaning), told.append)

    both = build_both(set_for(older, meaning), set_for(folder, meaning), told.append)

    assert [scores(assistant) for assistant in both] == [scores(bot), scores(bot)]
    assert told == []


def test_the_sentence_model_tells_in_the_scores(folder: Path) -> None:
    """Otherwise the test above could not fail."""
    pytest.importorskip("onnxruntime")
    with_it, without_it = (build_assistant(set_for(folder, meaning), print) for meaning in ("auto", "off"))

    assert scores(with_it) != scores(without_it)


@pytest.mark.parametrize("damaged", ["older", "folder"])
def test_where_one_has_no_sentence_model_both_do_without(folder: Path, older: Path, damaged: str) -> None:
    pytest.importorskip("onnxruntime")
    without_it = build_assistant(set_for(folder, "off"), print)
    ({"older": older, "folder": folder}[damaged] / "en/gist.npz").write_bytes(b"no numbers")
    told: list[str] = []

    both = build_both(set_for(older), set_for(folder), told.append)

    assert [scores(assistant) for assistant in both] == [scores(without_it)] * 2
    assert told == [
        "gist.npz cannot be read (ValueError). `make learn` makes it anew. Compared without the sentence model."
    ]
