"""Entries ranked for a question: how well it fits, who uses such words and letters, what a sentence model makes of it.

Three views of each entry, and two more where there is a model, are added up to its value, and a calibration turns the
value of the best, and its lead, into a score. Nothing here knows about backs: it ranks whatever phrasings it is given.
The figures: docs/decisions/0003-matching.md and 0008-meaning.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.alignment import Alignment, Fit, inverse_frequency
from bot.core.calibration import Calibration, Calibrations
from bot.core.likelihood import Likelihood, letter_features, letter_runs, word_features
from bot.core.text import sentence_texts, stem, words
from bot.core.topics import Part
from bot.core.vocabulary import Sentences, Token, Vocabulary

WORDS_SHARE = 0.1  # of the logarithm of an entry's likelihood by words, against its fit
LETTERS_SHARE = 0.05  # the same, by letters
VERBATIM_VALUE = 10.0  # the fit of a question that is a phrasing as it stands: nothing outdoes it
PART_PROBABILITY = 0.8  # what the model says of one sentence, against what it says of the whole message
TOGETHER_SHARE = 1.0  # of a short question read behind the title of the entry before it, against the question alone
SHORT_QUESTION = 4  # telling words; a longer question leans less on what was before
COVERING = 0.75  # of the fit of a part's own entry: with so much the entry for the whole message covers it too
FAVOUR = 0.2  # for that entry, and for those that people ask for next
MOST_PARTS = 8  # sentences that the model looks at one by one; people end with their question
LONGEST_PART = 200  # characters of one of them


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, the phrasing of it that fits best, and how well."""

    entry_id: str
    phrasing: str
    score: float  # 0-100, 100 best: of a hundred best matches with this score, about so many are right
    decided_by: str  # "phrasing"; "vocabulary": field words carry the fit; "meaning": the model chose; "context"
    fit: float = 100.0  # 0-100: how much of the question the entry explains, whatever the others do
    value: float = 0.0  # the sum of all views, for the whole message; what the score is made from,
    lead: float = 0.0  # with this: over the next best, or behind the best where it is below 0
    part_score: float = 0.0  # 0-100: of a topic, for its part of the message alone,
    asks: bool = False  # which begins as a question does


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence model makes of one entry for one text."""

    nearness: float  # about 0-1: cosine to the nearest phrasings
    probability: float  # 0-1; those of all entries add up to 1
    phrasing: int  # the nearest, by its place among the entry's


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered just before in the same chat."""

    entry_id: str
    related: tuple[str, ...] = ()  # ids of entries that people ask for next


class Meaning(Protocol):
    """A sentence model that knows the phrasings. It only ever weighs the entries it was made with."""

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        """For each text, for each entry in the order of the knowledge."""


class Index:
    """Ranks entries for a question.

    Args:
        phrasings: entry id -> its phrasings; the order of ids breaks ties.
        vocabulary: reads the phrasings, and the questions for those who give none read.
        small_words: words that say little wherever they stand.
        elsewhere: the same of what is not answered. It is ranked with the rest and never returned, but a question that
            comes nearer to it than to any entry gives low scores.
        meaning: weighs the entries, then what is elsewhere, in this order.
        calibration: turns values into scores.
        openers: words that a question begins with, as typed; "how often?" asks one thing.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        vocabulary: Vocabulary,
        small_words: Iterable[str] = (),
        elsewhere: Mapping[str, Sequence[str]] | None = None,
        meaning: Meaning | None = None,
        calibration: Calibration | None = None,
        openers: Collection[str] = (),
    ) -> None:
        self._openers = frozenset(openers)
        self._vocabulary = vocabulary
        self._small_words = frozenset(small_words)
        self._meaning = meaning
        self._calibration = calibration or (Calibrations().with_meaning if meaning else Calibrations().without_meaning)
        self._entry_ids = list(phrasings)
        groups = [*phrasings.values(), *(elsewhere or {}).values()]
        self._texts = [text for texts in groups for text in texts]
        owners = [number for number, texts in enumerate(groups) for _ in texts]
        read = [
            (owner, [token for sentence in vocabulary.read(text) for token in _words(sentence)])
            for owner, text in zip(owners, self._texts, strict=True)
        ]
        self._owners = owners
        self._verbatim: dict[tuple[str, ...], int] = {}
        for number, (_, tokens) in enumerate(read):
            self._verbatim.setdefault(tuple(token.text for token in tokens), number)
        self._count = count = len(groups)
        self._alignment = Alignment(read, count, self._small_words)
        self._weights = self._alignment.weights
        self._letter_weights = _weigh_letters(read, count)
        self._by_words = Likelihood([(o, word_features(tokens, self._weights)) for o, tokens in read], count)
        self._by_letters = Likelihood([(o, letter_features(tokens, self._letter_weights)) for o, tokens in read], count)

    def rank(
        self, question: str, read: Sentences | None = None, *, before: Before | None = None, limit: int = 5
    ) -> tuple[Match, ...]:
        """Entries that fit a question, best first, one match an entry.

        Args:
            question: as typed. Several sentences are looked at together and one by one.
            read: the same as the vocabulary read it, where that was done already.
            before: what was answered just before; a short question is read together with it.
            limit: most entries to return, 1 or more.

        Returns:
            Scores 0-100, falling; equal scores keep the order of the knowledge. Empty where nothing is shared, or only
            small words are asked.
        """
        return self.rank_with_parts(question, (), read, before=before, limit=limit)[0]

    def rank_with_parts(
        self,
        question: str,
        parts: Sequence[Part],
        read: Sentences | None = None,
        *,
        before: Before | None = None,
        limit: int = 5,
    ) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
        """What `rank` returns, and the best entry of each part of the question, best first, one match an entry.

        Args:
            parts: of the question. Their scores, 0-100, say how likely the entry is a topic of its own, by
                the part and by the whole.
        """
        title = self._title(before)
        said = self._listen(question, *(part.text for part in parts), *([f"{title}. {question}"] if title else []))
        read = self._vocabulary.read(question) if read is None else read
        alone = weighed = self._weigh(question, read, said, stands_alone=not title)
        if before is not None and title:
            weighed = self._weigh_after(before, f"{title}. {question}", question, alone, said)
        ranked = self._matches(weighed, limit, alone)
        topics: dict[str, Match] = {}
        for part in parts:
            of_part = self._weigh(part.text, self._vocabulary.read(part.text), said)
            for match in self._matches(of_part, 1):
                entry = self._entry_ids.index(match.entry_id)
                if ranked and self._is_covered(of_part, entry, self._entry_ids.index(ranked[0].entry_id)):
                    continue
                value = alone.values.get(entry, 0.0)
                score = self._calibration.topic_score(value, match.score, asks=part.asks)
                if match.entry_id not in topics or score > topics[match.entry_id].score:
                    topics[match.entry_id] = replace(
                        match, score=score, value=value, part_score=match.score, asks=part.asks
                    )
        return ranked, tuple(sorted(topics.values(), key=lambda match: -match.score))

    @staticmethod
    def _is_covered(part: _Weighed, entry: int, whole: int) -> bool:
        """Whether the entry for the whole message fits a part nearly as well: "ice" of "ice or heat"."""
        if entry == whole or entry not in part.fits or whole not in part.fits:
            return False
        return part.fits[whole].value >= COVERING * min(part.fits[entry].value, 1.0)

    def _matches(self, weighed: _Weighed, limit: int, alone: _Weighed | None = None) -> tuple[Match, ...]:
        """The best entries; those that the question alone would not have brought to the top, by its context."""
        values = weighed.values
        first, second = weighed.best
        entries = [entry for entry in values if entry < len(self._entry_ids)]
        entries.sort(key=lambda entry: (-values[entry], entry))
        by_context = alone is not None and alone is not weighed
        leads = {entry: values[entry] - (second if values[entry] == first else first) for entry in entries[:limit]}
        return tuple(
            Match(
                self._entry_ids[entry],
                self._nearest(entry, weighed),
                self._calibration.score(values[entry], lead),
                "context" if by_context and alone and not alone.prefers(entry) else self._decided_by(entry, weighed),
                weighed.fit(entry),
                values[entry],
                lead,
            )
            for entry, lead in leads.items()
        )

    def _title(self, before: Before | None) -> str:
        """The first phrasing of the entry before; '' where there is none."""
        if before is None or before.entry_id not in self._entry_ids:
            return ""
        return self._texts[self._owners.index(self._entry_ids.index(before.entry_id))]

    def _listen(self, *texts: str) -> dict[str, Sequence[Meant]]:
        """What the model says of texts and of their sentences, all asked at once; nothing without a model."""
        if self._meaning is None:
            return {}
        asked = list(dict.fromkeys(piece for text in texts for piece in (text, *_sentences(text))))
        return dict(zip(asked, self._meaning.weigh(asked), strict=True))

    def _weigh(
        self, question: str, read: Sentences, said: Mapping[str, Sequence[Meant]], *, stands_alone: bool = True
    ) -> _Weighed:
        parts = [_words(sentence) for sentence in read]
        tokens = [token for part in parts for token in part]
        if all(token.text in self._small_words for token in tokens):
            return _Weighed({}, {}, ())
        fits = self._alignment.fits(parts)
        verbatim = self._verbatim.get(tuple(token.text for token in tokens))
        if verbatim is not None and stands_alone and all(token.certainty == 1 for token in tokens):
            fits[self._owners[verbatim]] = Fit(verbatim, VERBATIM_VALUE, folded=False)
        meant = _mean(question, said)
        if not fits and not meant:
            return _Weighed({}, {}, ())
        by_words = self._by_words.weigh(word_features(tokens, self._weights))
        by_letters = self._by_letters.weigh(letter_features(tokens, self._letter_weights))
        values = {
            entry: (fits[entry].value if entry in fits else 0.0)
            + WORDS_SHARE * by_words[entry]
            + LETTERS_SHARE * by_letters[entry]
            for entry in (range(self._count) if meant else fits)
        }
        for entry, view in enumerate(meant):
            values[entry] += self._calibration.nearness * view.nearness
            values[entry] += self._calibration.probability * view.probability
        return _Weighed(values, fits, meant)

    def _weigh_after(
        self, before: Before, both: str, question: str, alone: _Weighed, said: Mapping[str, Sequence[Meant]]
    ) -> _Weighed:
        """A question weighed alone, and behind the title of the entry before it.

        A short one leans on that the most; one that is clear by itself does not.
        """
        together = self._weigh(both, self._vocabulary.read(both), said)
        asked = [word for word in words(question) if word not in self._openers]
        telling = sum(word not in self._small_words for word in map(stem, asked))
        share = TOGETHER_SHARE / (1 + max(0, telling - SHORT_QUESTION) / 2)
        if telling > 1:  # "how often?" is clear only in a chat of its own
            share *= 1 - self._certainty(alone) ** 4
        favoured = {self._entry_ids.index(id_) for id_ in (before.entry_id, *before.related) if id_ in self._entry_ids}
        values = {
            entry: (alone.values.get(entry, 0.0) + share * (value + (FAVOUR if entry in favoured else 0))) / (1 + share)
            for entry, value in together.values.items()
        }
        return _Weighed(values, {**together.fits, **alone.fits}, alone.meant or together.meant)

    def _certainty(self, weighed: _Weighed) -> float:
        """0-1: the score of the best entry."""
        first, second = weighed.best
        return self._calibration.score(first, first - second) / 100 if weighed.values else 0.0

    def _nearest(self, entry: int, weighed: _Weighed) -> str:
        """The phrasing that explains the choice best."""
        fit, meant = weighed.fits.get(entry), weighed.meant
        if fit and not (meant and meant[entry].nearness > fit.value):
            return self._texts[fit.phrasing]
        return self._texts[self._owners.index(entry) + meant[entry].phrasing]

    @staticmethod
    def _decided_by(entry: int, weighed: _Weighed) -> str:
        fit = weighed.fits.get(entry)
        if weighed.meant and (fit is None or any(other.value > fit.value for other in weighed.fits.values())):
            return "meaning"
        return "vocabulary" if fit and fit.folded else "phrasing"


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What was found about the entries, by number; those that are elsewhere come behind the rest."""

    values: Mapping[int, float]
    fits: Mapping[int, Fit]
    meant: Sequence[Meant]  # of every entry; empty without a model

    @property
    def best(self) -> tuple[float, float]:
        """The two highest values, of entries or of what is elsewhere."""
        first, second, *_ = (*sorted(self.values.values(), reverse=True)[:2], 0.0, 0.0)
        return first, second

    def prefers(self, entry: int) -> bool:
        """Whether no entry has a higher value than this one."""
        return bool(self.values) and self.values.get(entry) == max(self.values.values())

    def fit(self, entry: int) -> float:
        """0-100: how much of the question an entry explains."""
        by_letters = self.fits[entry].value if entry in self.fits else 0.0
        by_meaning = self.meant[entry].nearness if self.meant else 0.0
        return 100 * min(max(by_letters, by_meaning), 1.0)


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a message of several."""
    sentences = sentence_texts(text)
    return tuple(sentence[:LONGEST_PART] for sentence in sentences[-MOST_PARTS:]) if len(sentences) > 1 else ()


def _mean(text: str, said: Mapping[str, Sequence[Meant]]) -> Sequence[Meant]:
    """What the model says of each entry for a text as a whole; a sentence of it may make an entry likelier."""
    whole = said.get(text, ())
    parts = [said[sentence] for sentence in _sentences(text)] if whole else []
    if not parts:
        return whole
    likeliest = [PART_PROBABILITY * max(part[entry].probability for part in parts) for entry in range(len(whole))]
    return [replace(view, probability=max(view.probability, part)) for view, part in zip(whole, likeliest, strict=True)]


def _words(sentence: Iterable[Token]) -> list[Token]:
    """Its tokens without the commas."""
    return [token for token in sentence if token.text != ","]


def _weigh_letters(texts: Iterable[tuple[int, Sequence[Token]]], entries: int) -> dict[str, float]:
    """How telling each run of letters is."""
    users: dict[str, set[int]] = defaultdict(set)
    for entry, tokens in texts:
        for token in tokens:
            for run in letter_runs(token.text):
                users[run].add(entry)
    return {run: inverse_frequency(entries, len(owners)) for run, owners in users.items()}
