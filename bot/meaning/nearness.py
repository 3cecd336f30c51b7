"""What a sentence model makes of a question: how near each entry's phrasings are, and how probable the entry is."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.meaning import Gist, Meant
from bot.core.text import LONGEST_QUESTION
from bot.core.vocabulary import Vocabulary
from bot.keeping import keep
from bot.meaning.classifier import Weights, learn, probabilities
from bot.meaning.gist import GistModel, windows
from bot.meaning.sentence_model import DIMENSIONS, MODEL_SHA256, SentenceModel, Vectors

LEARNED_VERSION = 2  # raise it when the same phrasings give other vectors or weights
UNRELATED = 0.45  # cosine of two texts that have nothing to do with each other: this model gives none much less
NEAREST = 3  # phrasings of an entry whose cosines are averaged
MOST_MENDED = 12  # unknown words of one message that are looked up; a hostile one has hundreds
SHORTEST_MENDED, LONGEST_MENDED = 3, 24  # letters
LONG_WORD = 8  # letters; from here on two edits are mended, below it one

_WORD_OR_SIGN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")


class Spelling:
    """Mends words that neither the knowledge nor the model knows: the model reads letters badly.

    Args:
        vocabulary: of the knowledge; asked first.
        words: whole words that the model knows, commonest first.
    """

    def __init__(self, vocabulary: Vocabulary, words: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._known = frozenset(words)
        self._places = {word: place for place, word in enumerate(words)}
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            self._of_length[len(word)].append(word)

    def mend(self, texts: Sequence[str]) -> list[str]:
        """The texts in lower case with their misspelt words replaced."""
        mended: dict[str, str] = {}
        return [self._mend_text(text, mended) for text in texts]

    def _mend_text(self, text: str, mended: dict[str, str]) -> str:
        words = []
        for word in _WORD_OR_SIGN.findall(text[:LONGEST_QUESTION].lower()):
            if word not in mended and len(mended) < MOST_MENDED and self._is_unknown(word):
                mended[word] = self._mend_word(word)
            words.append(mended.get(word, word))
        return " ".join(words)

    def _is_unknown(self, word: str) -> bool:
        return (
            word.isalpha()
            and SHORTEST_MENDED <= len(word) <= LONGEST_MENDED
            and word not in self._known
            and not self._vocabulary.knows(word)
        )

    def _mend_word(self, word: str) -> str:
        mended = self._vocabulary.mend(word)
        if mended != word:
            return mended
        most = 2 if len(word) >= LONG_WORD else 1
        lengths = range(max(len(word) - most, SHORTEST_MENDED), len(word) + most + 1)
        words = [known for length in lengths for known in self._of_length[length]]
        near = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=10)
        return min(near, key=lambda hit: (hit[1], self._places[hit[0]]))[0] if near else word


@dataclass(frozen=True, slots=True)
class Learned:
    """What was computed from the phrasings once."""

    vectors: Vectors  # a row a phrasing
    weights: Weights


class PhrasingMeaning:
    """Weighs entries by their phrasings' vectors.

    Args:
        phrasings: entry id -> its phrasings, at least one each.
        learned: from `learn_phrasings` with the same phrasings.
        gists: tells kinds of messages apart, where that was learned.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        model: SentenceModel,
        spelling: Spelling,
        learned: Learned,
        gists: GistModel | None = None,
    ) -> None:
        self._gists = gists
        self._model = model
        self._spelling = spelling
        self._learned = learned
        counts = [len(texts) for texts in phrasings.values()]
        begins = np.cumsum([0, *counts[:-1]])
        places = np.arange(max(NEAREST, *counts))
        # One row an entry: the numbers of its phrasings, the rest of the row pointing behind the last one.
        self._rows = np.where(places < np.array(counts)[:, None], begins[:, None] + places, sum(counts))

    def weigh(self, texts: Sequence[str]) -> list[list[Meant]]:
        """For each text, for each entry in the order of the phrasings."""
        vectors = self._model.encode(self._spelling.mend(texts))
        cosines = np.hstack([vectors @ self._learned.vectors.T, np.full((len(texts), 1), -1, np.float32)])
        probable = probabilities(vectors, self._learned.weights)
        return [self._meant(row[self._rows], shares) for row, shares in zip(cosines, probable, strict=True)]

    def gist(self, text: str) -> Gist | None:
        """What kind of message a text is; None where no word is said, or the kinds were not learned."""
        said = windows(text)
        return self._gists.read(self._spelling.mend(said)) if self._gists and said else None

    @staticmethod
    def _meant(cosines: Vectors, probable: Vectors) -> list[Meant]:
        """From the cosines of each entry's phrasings, a row an entry, and its probability."""
        highest = np.partition(cosines, -NEAREST, axis=1)[:, -NEAREST:]
        present = highest > -1  # an entry may have fewer phrasings than that
        cosine = np.where(present, highest, 0).sum(axis=1) / present.sum(axis=1)
        near = (cosine - UNRELATED) / (1 - UNRELATED)
        return [
            Meant(*said) for said in zip(near.tolist(), probable.tolist(), cosines.argmax(axis=1).tolist(), strict=True)
        ]


def learn_phrasings(
    phrasings: Mapping[str, Sequence[str]],
    model: SentenceModel,
    cache: Path | None = None,
    on_learning: Callable[[], None] = lambda: None,
) -> Learned:
    """The vectors of the phrasings and the classifier, taken from a folder where they were kept before.

    They take some ten seconds to compute and depend on the phrasings and the model alone, so their hash names the file.
    A folder that cannot be read or written changes nothing but the time.

    Args:
        on_learning: told when nothing was kept, before the work begins.
    """
    texts = [text for group in phrasings.values() for text in group]
    owners = np.repeat(np.arange(len(phrasings)), [len(group) for group in phrasings.values()])
    file = cache / f"{_hash(phrasings)}.npz" if cache else None
    if file and (kept := _read(file, (len(texts), len(phrasings)))):
        return kept
    on_learning()
    vectors = model.encode(texts)
    learned = Learned(vectors, learn(vectors, owners, len(phrasings)))
    if file:
        keep(file, lambda part: np.savez(part, vectors=learned.vectors, weights=learned.weights))
    return learned


def _hash(phrasings: Mapping[str, Sequence[str]]) -> str:
    text = repr((MODEL_SHA256, LEARNED_VERSION, [(entry_id, tuple(texts)) for entry_id, texts in phrasings.items()]))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(file: Path, counts: tuple[int, int]) -> Learned | None:
    """What was kept; None where there is nothing, or nothing that fits."""
    phrasings, entries = counts
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
            learned = Learned(kept["vectors"], kept["weights"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = learned.vectors.shape == (phrasings, DIMENSIONS) and learned.weights.shape == (DIMENSIONS + 1, entries)
    return learned if fits else None
