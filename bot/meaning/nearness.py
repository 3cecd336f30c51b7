"""What a sentence model makes of a question: how near each entry's phrasings are, and how probable the entry is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.meaning import Gist, Meant
from bot.core.text import LONGEST_QUESTION
from bot.core.vocabulary import Vocabulary
from bot.meaning.classifier import probabilities
from bot.meaning.gist import GistModel, windows
from bot.meaning.phrasing_vectors import PhrasingVectors
from bot.meaning.sentence_model import SentenceModel, Vectors

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


class PhrasingMeaning:
    """Weighs entries by their phrasings' vectors.

    Args:
        phrasings: entry id -> its phrasings, at least one each.
        learned: from `learn_phrasing_vectors` with the same phrasings.
        gists: tells kinds of messages apart, where that was learned.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        model: SentenceModel,
        spelling: Spelling,
        learned: PhrasingVectors,
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
