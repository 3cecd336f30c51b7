"""Words to tokens: spelling mended against what the knowledge knows, lay words folded into field words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.text import sentences, stem, words

MOST_MENDED = 60  # unknown words of one question that are looked up; a hostile text has hundreds
LONGEST_MENDED = 24  # letters; nothing longer is a misspelling of a word we know
SHORTEST_MENDED = 3
LEAST_CERTAIN = 0.8  # of a mended word that decides something: "marriage" is 0.73 of "miscarriage"
MOST_NEAR = 25  # spellings weighed against each other for one word


@dataclass(frozen=True, slots=True)
class Token:
    """What one word, or a run of words, of a text stands for."""

    text: str  # a stem or a field word; "," stays itself
    position: int  # of its first word in the sentence
    certainty: float = 1.0  # 0-1: how near the spelling is to the word it was mended to
    folded: bool = False  # the vocabulary put a field word here
    known: bool = True  # the knowledge uses it somewhere, or the language often
    stems: tuple[str, ...] = ()  # the words it was read from, mended
    within: tuple[tuple[str, int, int], ...] = ()  # shorter terms among them: field word, first word, behind the last


Sentences = tuple[tuple[Token, ...], ...]
Mended = dict[str, tuple[str, float]]  # a misspelt word -> the known one, and how near it is


class Vocabulary:
    """Reads words as the knowledge uses them.

    Args:
        terms: lay term -> field word; both may be several words.
        texts: everything whose words count as known: phrasings, titles.
        plain_words: words that are never mended though no phrasing uses them.
        common_words: of the language; they are never mended either, nor others to them.
        never_shortened: words whose ending tells something: "legs" are two.
    """

    def __init__(
        self,
        terms: Mapping[str, str],
        texts: Iterable[str] = (),
        plain_words: Iterable[str] = (),
        never_shortened: Iterable[str] = (),
        common_words: Collection[str] = (),
    ) -> None:
        self._common_words = frozenset(common_words)
        self._never_shortened = frozenset(never_shortened)
        self._stem_of: dict[str, str] = {}  # of the words that the knowledge uses
        self._field_words: dict[tuple[str, ...], str] = {}
        self._known: Counter[str] = Counter()
        for term, field_word in terms.items():
            token = "_".join(map(self._stem, words(field_word)))
            for text in (term, field_word):
                self._field_words[tuple(map(self._stem, words(text)))] = token
                self._known.update(words(text))
        for text in texts:
            self._known.update(words(text))
        self._known.update(word for text in plain_words for word in words(text))
        self._lengths = lengths_by_first(self._field_words)
        self._stem_of = {word: self._stem(word) for word in self._known}
        self._stems = frozenset(self._stem_of.values())
        of_length: dict[int, list[str]] = defaultdict(list)
        for word in self._known:
            if len(word) >= SHORTEST_MENDED:
                of_length[len(word)].append(word)
        # Length of a misspelt word -> what it may have been meant for.
        self._spellings = {
            length: [word for near in _near_lengths(length) for word in of_length[near]]
            for length in range(SHORTEST_MENDED, LONGEST_MENDED + 1)
        }

    def read(self, text: str, *, mends: bool = True) -> Sentences:
        """The tokens of each sentence of a text, in order, longest terms first. Nothing of it is kept.

        Args:
            mends: mend spelling; of many texts at once a slip does not matter, and the time does.
        """
        mended: Mended | None = {} if mends else None
        return tuple(self._read_sentence(sentence, mended) for sentence in sentences(text))

    def field_words(self, text: str) -> tuple[str, ...]:
        """The words of a text, as stems; a field word of several becomes one token, lay terms stay as they are."""
        stems = tuple(map(self._stem, words(text)))
        found: list[str] = []
        place = 0
        while place < len(stems):
            runs = self._lengths.get(stems[place], ())
            run = next((run for run in runs if self._is_field_word(stems[place : place + run])), 1)
            found.append("_".join(stems[place : place + run]))
            place += run
        return tuple(found)

    def _is_field_word(self, stems: tuple[str, ...]) -> bool:
        return self._field_words.get(stems) == "_".join(stems)

    def knows(self, word: str) -> bool:
        """Whether a word in normal form is a common one, or the knowledge uses it in any of its endings."""
        return word in self._common_words or self._stem(word) in self._stems

    def mend(self, word: str) -> str:
        """The known spelling nearest to a word in normal form; the word itself where none is near."""
        return self._mend(word)[0]

    def _read_sentence(self, sentence: Sequence[str], spellings: Mended | None) -> tuple[Token, ...]:
        mended = self._mend_all(sentence, spellings)
        tokens = []
        position = 0
        while position < len(mended):
            run, field_word = self._longest_term(mended, position)
            if field_word is not None:
                term = mended[position : position + run]
                certainty = min(word.certainty for word in term)
                stems = tuple(word.text for word in term)
                within = tuple(self._terms_within(term))
                tokens.append(Token(field_word, position, certainty, folded=True, stems=stems, within=within))
            else:
                tokens.append(mended[position])
            position += run
        return tuple(tokens)

    def _terms_within(self, words: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
        """The longest term that begins at each word of a term and is not all of it."""
        for start in range(len(words) if len(words) > 1 else 0):
            run, field_word = self._longest_term(words[: len(words) - (start == 0)], start)
            if field_word is not None:
                yield field_word, start, start + run

    def _stem(self, word: str) -> str:
        return self._stem_of.get(word) or (word if word in self._never_shortened else stem(word))

    def _longest_term(self, mended: Sequence[Token], position: int) -> tuple[int, str | None]:
        for run in self._lengths.get(mended[position].text, ()):
            stems = tuple([token.text for token in mended[position : position + run]])
            field_word = self._field_words.get(stems) if len(stems) == run else None
            if field_word is not None:
                return run, field_word
        return 1, None

    def _mend_all(self, sentence: Sequence[str], mended: Mended | None) -> list[Token]:
        tokens = []
        for position, word in enumerate(sentence):
            text, certainty, known = self._stem(word), 1.0, True
            if word != "," and not self.knows(word):
                known = False
            if not known and mended is not None:
                if word not in mended and len(mended) < MOST_MENDED and _can_be_mended(word):
                    mended[word] = self._mend(word)
                if word in mended:
                    spelling, certainty = mended[word]
                    text, known = self._stem(spelling), spelling != word
            tokens.append(Token(text, position, certainty, known=known, stems=(text,)))
        return tokens

    def _mend(self, word: str) -> tuple[str, float]:
        """The nearest known spelling and how near it is (0-1), or the word itself and 1."""
        near = process.extract(
            word,
            self._spellings.get(len(word), ()),
            scorer=OSA.normalized_similarity,
            processor=None,
            score_cutoff=_lowest_similarity(len(word)),
            limit=MOST_NEAR,
        )
        if not near:
            return word, 1.0

        def by_likelihood(hit: tuple[str, float, int]) -> tuple[int, bool, int]:
            spelling = hit[0]
            return OSA.distance(word, spelling), spelling[0] != word[0], -self._known[spelling]

        best, score, _ = min(near, key=by_likelihood)
        return best, float(score)


def is_understood(text: Sentences) -> bool:
    """Whether half of the words are known, or misspelt by little: those of another language are not."""
    words = [token for sentence in text for token in sentence if token.text != ","]
    return 2 * sum(token.known and token.certainty >= LEAST_CERTAIN for token in words) >= len(words)


def lengths_by_first(runs: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """How many words the runs have that begin with a word, falling; so that few are tried at each place of a text.

    >>> lengths_by_first([("lower", "back"), ("lower",), ("numb", "leg")])
    {'lower': [2, 1], 'numb': [2]}
    """
    lengths: dict[str, set[int]] = defaultdict(set)
    for run in runs:
        if run:
            lengths[run[0]].add(len(run))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def _lowest_similarity(length: int) -> float:
    """Of a spelling to a misspelt word of so many letters: one edit in 4 to 6 letters, two from 7."""
    return 0.74 if length <= 6 else 0.70


def _near_lengths(length: int) -> range:
    """The lengths that a spelling so similar can have."""
    lowest = _lowest_similarity(length)
    return range(math.ceil(lowest * length), math.floor(length / lowest) + 1)


def _can_be_mended(word: str) -> bool:
    return SHORTEST_MENDED <= len(word) <= LONGEST_MENDED and not word[0].isdigit()
