"""What kind of message a text is: a small network over the vectors that the sentence model gives its word pieces.

The mean of all pieces, which stands for a text elsewhere, drowns half a sentence in a long story, and "can" and "can't"
come out alike. Here each piece is seen beside its neighbours and says, kind by kind, how much it speaks for it and how
far it is to be listened to. The numbers are learned from the messages of a knowledge by `bot/meaning/learning.py`.

Source: attention pooling, Lin et al., A Structured Self-attentive Sentence Embedding, 2017.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.meaning import Gist
from bot.core.text import sentence_texts
from bot.meaning.classifier import softmax
from bot.meaning.ngrams import NgramWeights, ngrams_of
from bot.meaning.sentence_model import DIMENSIONS, MODEL_SHA256, ModelError, SentenceModel

LONGEST_HEARD = 1200  # characters of a message; nine in ten stories are shorter, and its end is what was asked
LONGEST_WINDOW = 250  # characters that are seen at once, of a sentence without an end
MOST_WINDOWS = 24  # of them; each takes a run of the model, however short
MOST_PIECES = 320  # of all windows but the last; 1,200 characters of English have 300, of letters in no order 700
LOWEST = 50  # of the values that are bent, below 0; lower ones come to nothing all the same
STEEPNESS = 1.702  # with it x * sigmoid(x) is nearly the Gaussian error linear unit (Hendrycks and Gimpel, 2016)
NAMES = ("inner", "inner_offset", "beside", "beside_offset", "speaks", "listens", "offset")

Values = npt.NDArray[np.floating[Any]]  # float32; a test looks at slopes more closely
Numbers = dict[str, Values]


@dataclass(frozen=True, slots=True)
class GistWeights:
    """What was learned: the numbers of the network and the kinds it tells apart, and which n-grams speak for a sign."""

    kinds: tuple[str, ...]
    numbers: Numbers  # by `NAMES`; float32
    ngrams: NgramWeights
    learned_from: tuple[int, ...]  # messages of each kind


@dataclass(frozen=True, slots=True)
class Layers:
    """What the network makes of some texts on the way; one row a piece, but for the last."""

    before: Values  # inner values before they are bent
    near: Values  # the inner values of the piece before, of this one, and of the next
    before_beside: Values
    deep: Values  # what a piece is, seen beside its neighbours
    shares: Values  # how far a piece is listened to, a column a kind; those of one text add up to 1
    said: Values  # how much a piece speaks for each kind
    logits: Values  # how much each text speaks for each kind: one row a text


def run(numbers: Mapping[str, Values], pieces: Values, begins: Sequence[int], kept: tuple[Any, Any] = (1, 1)) -> Layers:
    """The network, for some texts at once.

    Args:
        pieces: the vectors of the word pieces of all texts, one text behind the other.
        begins: the row where each text begins.
        kept: while it learns, factors that leave some inputs and some inner values out.
    """
    owners = owners_of(begins, len(pieces))
    before = (pieces * kept[0]) @ numbers["inner"] + numbers["inner_offset"]
    inner = before * bend(before)
    near = np.concatenate([behind(inner, begins), inner, ahead(inner, begins)], axis=1)
    before_beside = near @ numbers["beside"] + numbers["beside_offset"]
    deep = (inner + before_beside * bend(before_beside)) * kept[1]
    listens = deep @ numbers["listens"]
    powers = np.exp(listens - np.maximum.reduceat(listens, begins)[owners])
    shares = powers / np.add.reduceat(powers, begins)[owners]
    said = deep @ numbers["speaks"]
    logits = np.add.reduceat(shares * said, begins) + numbers["offset"]
    return Layers(before, near, before_beside, deep, shares, said, logits)


def owners_of(begins: Sequence[int], count: int) -> npt.NDArray[np.intp]:
    """The number of the text that each of some rows belongs to."""
    return np.repeat(np.arange(len(begins)), np.diff([*begins, count]))


def bend(values: Values) -> Values:
    """The factor, 0 to 1, that makes values bend at 0."""
    factors: Values = 1 / (1 + np.exp(-STEEPNESS * np.maximum(values, -LOWEST)))
    return factors


def behind(values: Values, begins: Sequence[int]) -> Values:
    """For each row the one before it in its text; 0 for the first."""
    moved = np.zeros_like(values)
    moved[1:] = values[:-1]
    moved[begins] = 0
    return moved


def ahead(values: Values, begins: Sequence[int]) -> Values:
    """For each row the next one of its text; 0 for the last."""
    moved = np.zeros_like(values)
    moved[:-1] = values[1:]
    moved[[begin - 1 for begin in begins[1:]]] = 0
    return moved


class GistModel:
    """Tells kinds of messages apart."""

    def __init__(self, model: SentenceModel, weights: GistWeights) -> None:
        self._model = model
        self._weights = weights

    def read(self, texts: Sequence[str]) -> Gist:
        """What kind of message some sentences are together, their spelling mended; of too many the last ones."""
        heard = self._model.last_texts(texts, MOST_PIECES)
        states = self._model.states(heard)
        (shares,) = softmax(run(self._weights.numbers, np.concatenate(states), [0]).logits)
        sign_odds = self._weights.ngrams.odds(ngrams_of([self._model.pieces(text) for text in heard]))
        return Gist(dict(zip(self._weights.kinds, shares.tolist(), strict=True)), sign_odds)


def windows(text: str) -> list[str]:
    """The sentences of a text, cut where they are long; of a long text its end. None where no word is said."""
    sentences = sentence_texts(text[-LONGEST_HEARD:])
    return [window for sentence in sentences for window in textwrap.wrap(sentence, LONGEST_WINDOW)][-MOST_WINDOWS:]


def write_gist(file: Path, weights: GistWeights) -> None:
    """Keep what was learned, with 16 bits a number."""
    numbers = {name: weights.numbers[name].astype(np.float16) for name in NAMES}
    np.savez_compressed(
        file,
        allow_pickle=False,
        model=MODEL_SHA256,
        kinds=np.array(weights.kinds),
        learned_from=np.array(weights.learned_from),
        ngrams=weights.ngrams.known,
        ngram_weights=weights.ngrams.weights.astype(np.float16),
        ngram_offset=weights.ngrams.offset,
        **numbers,
    )


def read_gist(file: Path) -> GistWeights | None:
    """What was learned; None where nothing was.

    Raises:
        ModelError: the file is damaged, or was learned with another model.
    """
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
            kinds = tuple(map(str, kept["kinds"]))
            numbers = {name: kept[name].astype(np.float32) for name in NAMES}
            ngrams = NgramWeights(kept["ngrams"], kept["ngram_weights"].astype(np.float32), float(kept["ngram_offset"]))
            learned_from = tuple(map(int, kept["learned_from"]))
            model = str(kept["model"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{file.name} cannot be read ({type(error).__name__}). `make learn` makes it anew.") from error
    shapes = {name: values.shape for name, values in numbers.items()}
    is_whole = ngrams.known.shape == ngrams.weights.shape
    if not is_whole or model != MODEL_SHA256 or shapes != shapes_of(len(kinds), numbers["inner_offset"].size):
        raise ModelError(f"{file.name} was learned with another model. `make learn` makes it anew.")
    return GistWeights(kinds, numbers, ngrams, learned_from)


def shapes_of(kinds: int, width: int) -> dict[str, tuple[int, ...]]:
    """The shapes of the numbers of a network with some inner values a piece."""
    shapes = (
        (DIMENSIONS, width),
        (width,),
        (3 * width, width),
        (width,),
        (width, kinds),
        (width, kinds),
        (kinds,),
    )
    return dict(zip(NAMES, shapes, strict=True))
