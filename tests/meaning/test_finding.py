"""The meaning model of a knowledge, if it is installed."""

import sys
from pathlib import Path

import numpy as np
import pytest

from bot.core.kinds import kinds_of
from bot.core.model import Knowledge
from bot.meaning.finding import GIST_FILE, MeaningMissingError, count_unlearned, find_meaning
from bot.meaning.gist import GistWeights, shapes_of, write_gist
from bot.meaning.ngrams import NgramWeights
from bot.meaning.sentence_model import SentenceModel


def test_every_entry_is_weighed(knowledge: Knowledge) -> None:
    (weighed,) = find_meaning(knowledge).weigh(["something from the freezer"])

    assert len(weighed) == len(knowledge.entries)


@pytest.mark.parametrize("missing", ["compartment", "onnxruntime", "numpy"])
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
    monkeypatch.setattr("bot.meaning.sentence_model.model_file", lambda: other)

    with pytest.raises(MeaningMissingError, match=r"not the file that was measured\. Install it again\."):
        find_meaning(knowledge)


def test_by_how_many_messages_the_kinds_differ_from_what_was_learned(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / knowledge.language / GIST_FILE
    file.parent.mkdir()
    learned_from = {kind: len(texts) for kind, texts in kinds_of(knowledge).items()}
    numbers = {name: np.zeros(shape, np.float32) for name, shape in shapes_of(len(learned_from), width=2).items()}

    ngrams = NgramWeights(np.zeros(0, np.uint32), np.zeros(0, np.float32), offset=0)

    write_gist(file, GistWeights(tuple(learned_from), numbers, ngrams, tuple(learned_from.values())))
    assert count_unlearned(knowledge, tmp_path) == 0

    learned_from[next(iter(learned_from))] -= 1  # one came
    learned_from["guards/gone"] = learned_from.pop(list(learned_from)[-1])  # all of a kind went, under another name
    gone = learned_from["guards/gone"]
    write_gist(file, GistWeights(tuple(learned_from), numbers, ngrams, tuple(learned_from.values())))
    assert count_unlearned(knowledge, tmp_path) == 1 + 2 * gone


@pytest.mark.parametrize("content", [None, b"no numbers"])
def test_where_nothing_can_be_read_nothing_is_counted(
    content: bytes | None, knowledge: Knowledge, tmp_path: Path
) -> None:
    if content:
        file = tmp_path / knowledge.language / GIST_FILE
        file.parent.mkdir()
        file.write_bytes(content)

    assert count_unlearned(knowledge, tmp_path) == 0


def test_the_model_is_a_local_file(model: SentenceModel) -> None:
    assert len(model.words) > 20_000
