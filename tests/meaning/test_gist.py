"""What kind of message a text is, by the vectors of its word pieces."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.meaning.gist import (
    LONGEST_HEARD,
    LONGEST_WINDOW,
    MOST_WINDOWS,
    GistModel,
    GistWeights,
    ahead,
    behind,
    read_gist,
    run,
    shapes_of,
    windows,
    write_gist,
)
from bot.meaning.ngrams import NgramWeights
from bot.meaning.sentence_model import DIMENSIONS, ModelError, SentenceModel

KINDS = ("signs/numb/emergency", "harmless/ordinary")
NGRAMS = NgramWeights(np.array([3, 5], np.uint32), np.array([1.5, -2], np.float32), offset=-1.0)


@pytest.fixture
def weights() -> GistWeights:
    random = np.random.default_rng(5)
    shapes = shapes_of(len(KINDS), width=4)
    numbers = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return GistWeights(KINDS, numbers, NGRAMS, learned_from=(5, 7))


@pytest.fixture
def pieces() -> np.ndarray:
    return np.random.default_rng(7).normal(size=(9, DIMENSIONS)).astype(np.float32)


def test_texts_are_seen_one_by_one(weights: GistWeights, pieces: np.ndarray) -> None:
    together = run(weights.numbers, pieces, [0, 4, 5]).logits

    for row, (begin, end) in enumerate([(0, 4), (4, 5), (5, 9)]):
        assert run(weights.numbers, pieces[begin:end], [0]).logits[0] == pytest.approx(together[row], abs=1e-4)


def test_how_far_pieces_are_listened_to_adds_up_in_each_text(weights: GistWeights, pieces: np.ndarray) -> None:
    shares = run(weights.numbers, pieces, [0, 4]).shares

    assert np.add.reduceat(shares, [0, 4]) == pytest.approx(np.ones((2, 2)), abs=1e-5)


def test_a_piece_is_seen_beside_its_neighbours(weights: GistWeights, pieces: np.ndarray) -> None:
    turned = pieces[[1, 0, *range(2, 9)]]

    assert run(weights.numbers, turned, [0]).logits != pytest.approx(run(weights.numbers, pieces, [0]).logits, abs=1e-3)


def test_neighbours_end_with_the_text() -> None:
    values = np.array([[1.0], [2.0], [3.0]], np.float32)

    assert behind(values, [0, 2]).ravel().tolist() == [0, 1, 0]
    assert ahead(values, [0, 2]).ravel().tolist() == [2, 0, 0]


def test_probabilities_add_up_to_one(model: SentenceModel, weights: GistWeights) -> None:
    gist = GistModel(model, weights).read(["my legs are numb", "ice or heat"])

    assert tuple(gist.shares) == KINDS
    assert sum(gist.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["ice", "x" * 5000, "a b " * 3000, "a\n" * 3000])
def test_any_text_is_seen_in_windows_of_a_bearable_length(text: str) -> None:
    cut = windows(text)

    assert cut
    assert max(map(len, cut)) <= LONGEST_WINDOW
    assert sum(map(len, cut)) <= LONGEST_HEARD
    assert len(cut) <= MOST_WINDOWS


def test_where_no_word_is_said_nothing_is_seen() -> None:
    assert windows("... !!! \U0001f642") == []


def test_of_a_long_story_the_end_is_seen() -> None:
    assert windows(f"It began in May. {'And so on. ' * 200}Ice or heat?")[-1] == "Ice or heat"
    assert windows("It hurts. Ice or heat?") == ["It hurts", "Ice or heat"]


def test_of_too_many_pieces_the_last_texts_are_seen(model: SentenceModel) -> None:
    texts = ["numb legs", "x" * 40, "ice or heat?"]  # a long word is one unknown piece or many small ones

    assert model.last_texts(texts, 1000) == texts
    assert model.last_texts(texts, 8) == texts[2:]
    assert model.last_texts(texts, 1) == texts[2:]


def test_what_was_learned_is_read_again(weights: GistWeights, tmp_path: Path) -> None:
    file = tmp_path / "gist.npz"
    write_gist(file, weights)

    again = read_gist(file)

    assert again is not None
    assert again.kinds == KINDS
    assert again.learned_from == (5, 7)
    assert again.ngrams.known.tolist() == [3, 5]
    assert again.ngrams.weights.tolist() == [1.5, -2]
    assert again.ngrams.offset == -1
    for name, values in weights.numbers.items():
        assert again.numbers[name] == pytest.approx(values, abs=0.01)


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert read_gist(tmp_path / "gist.npz") is None


@pytest.mark.parametrize("content", [b"", b"not a file of numbers", b"PK\x03\x04 cut off"])
def test_a_damaged_file_says_how_to_mend_it(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "gist.npz"
    file.write_bytes(content)

    with pytest.raises(ModelError, match=r"^gist\.npz cannot be read \(\w+\)\. `make learn` makes it anew\.$"):
        read_gist(file)


def test_numbers_of_another_network_are_refused(weights: GistWeights, tmp_path: Path) -> None:
    file = tmp_path / "gist.npz"
    write_gist(file, replace(weights, kinds=(*KINDS, "guards/dose")))

    with pytest.raises(ModelError, match="was learned with another model"):
        read_gist(file)
