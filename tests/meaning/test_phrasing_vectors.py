"""The vectors of the phrasings, computed once each."""

from pathlib import Path

import numpy as np
import pytest

from bot.core.building import phrasings_of
from bot.curation.loading import load_knowledge
from bot.meaning.phrasing_vectors import FILE, learn_phrasing_vectors
from bot.meaning.sentence_model import DIMENSIONS, SentenceModel, Vectors
from bot.settings import KNOWLEDGE_DIR
from tests.meaning.conftest import PHRASINGS

MORE = {**PHRASINGS, "doctor": ("do I need a GP", *PHRASINGS["doctor"])}
COUNT = sum(map(len, PHRASINGS.values()))


@pytest.fixture
def encoded(model: SentenceModel, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were given to the model, as they come."""
    seen: list[str] = []
    encode = model.encode

    def spy(texts: list[str]) -> Vectors:
        seen.extend(texts)
        return encode(texts)

    monkeypatch.setattr(model, "encode", spy)
    return seen


def test_a_rounded_vector_means_the_same(model: SentenceModel) -> None:
    learned = learn_phrasing_vectors(PHRASINGS, model)

    exact = model.encode([text for texts in PHRASINGS.values() for text in texts])
    assert (learned.vectors * exact).sum(axis=1) == pytest.approx(np.ones(COUNT), abs=0.003)


def test_what_was_computed_is_kept_and_taken_again(model: SentenceModel, encoded: list[str], tmp_path: Path) -> None:
    first = learn_phrasing_vectors(PHRASINGS, model, tmp_path / "new folder")
    encoded.clear()

    again = learn_phrasing_vectors(PHRASINGS, model, tmp_path / "new folder")

    assert np.array_equal(again.vectors, first.vectors)
    assert np.array_equal(again.weights, first.weights)
    assert encoded == []


def test_of_other_phrasings_only_the_new_ones_are_computed(
    model: SentenceModel, encoded: list[str], tmp_path: Path
) -> None:
    first = learn_phrasing_vectors(PHRASINGS, model, tmp_path)
    encoded.clear()

    more = learn_phrasing_vectors(MORE, model, tmp_path)

    assert encoded == ["do I need a GP"]
    assert np.array_equal(np.delete(more.vectors, -2, axis=0), first.vectors)
    assert not np.array_equal(more.weights, first.weights)


def test_what_lies_in_the_knowledge_is_taken_and_left_as_it_is(
    model: SentenceModel, encoded: list[str], tmp_path: Path
) -> None:
    made, cache = tmp_path / "made", tmp_path / "cache"
    learn_phrasing_vectors(PHRASINGS, model, made)
    before = (made / FILE).read_bytes()
    encoded.clear()

    learn_phrasing_vectors(MORE, model, cache, made)

    assert encoded == ["do I need a GP"]
    assert (made / FILE).read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 rubbish", b"no archive"])
def test_a_damaged_file_is_computed_anew(model: SentenceModel, tmp_path: Path, damage: bytes) -> None:
    learn_phrasing_vectors(PHRASINGS, model, tmp_path)
    (tmp_path / FILE).write_bytes(damage)

    assert learn_phrasing_vectors(PHRASINGS, model, tmp_path).vectors.shape == (COUNT, DIMENSIONS)
    assert len((tmp_path / FILE).read_bytes()) > COUNT * DIMENSIONS


def test_a_file_of_another_model_is_computed_anew(
    model: SentenceModel, encoded: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_phrasing_vectors(PHRASINGS, model, tmp_path)
    encoded.clear()
    monkeypatch.setattr("bot.meaning.phrasing_vectors.MODEL_SHA256", "another")

    learn_phrasing_vectors(PHRASINGS, model, tmp_path)

    assert len(encoded) == COUNT


def test_a_folder_that_cannot_be_written_changes_nothing(model: SentenceModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert learn_phrasing_vectors(PHRASINGS, model, tmp_path / "file").vectors.shape == (COUNT, DIMENSIONS)


def test_those_in_the_knowledge_are_of_this_model_and_of_most_phrasings(
    model: SentenceModel, encoded: list[str]
) -> None:
    knowledge = load_knowledge(KNOWLEDGE_DIR)
    made = KNOWLEDGE_DIR / knowledge.language
    titles = {entry_id: texts[:1] for entry_id, texts in phrasings_of(knowledge).items()}

    taken = learn_phrasing_vectors(titles, model, made=made)

    assert len(encoded) < len(titles) / 4, "Make them anew: python -m bot learn --phrasings"
    assert (taken.vectors * learn_phrasing_vectors(titles, model).vectors).sum(axis=1).min() > 0.98
