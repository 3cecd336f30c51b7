"""Entries ranked for a question, each with the phrasing that fits best and a score.

A calibration turns what speaks for the best entry, and its lead, into a score. Nothing here knows about backs: it ranks
whatever phrasings it is given. The figures: docs/decisions/0003-matching.md and 0008-meaning.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.calibration import Calibration, Calibrations
from bot.core.classifiers import Classifier
from bot.core.follow_up import Before, FollowUp
from bot.core.meaning import Meaning, Meant, listen, weigh_whole
from bot.core.model import Grammar
from bot.core.topics import Part
from bot.core.vocabulary import Sentences, Vocabulary
from bot.core.weighing import Weighed, Weigher

# How near the entry for the whole message must come to a part's own entry to cover the part too:
COVERING_VALUE = 1.15  # so much of value below it, or,
COVERING_FIT = 0.85  # without a sentence model, a share of its fit


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
    part: Part | None = None  # which is this


class Index:
    """Ranks entries for a question.

    Args:
        phrasings: entry id -> its phrasings; the order of ids breaks ties.
        vocabulary: reads the phrasings, and the questions for those who give none read.
        grammar: its small words say little wherever they stand; a question begins with its openers, and "how often?"
            asks one thing.
        elsewhere: the same of what is not answered. It is ranked with the rest and never returned, but a question that
            comes nearer to it than to any entry gives low scores.
        meaning: weighs the entries, then what is elsewhere, in this order.
        calibration: turns values into scores.
        classifiers: learned from the phrasings, then from what is elsewhere; they weigh too.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        vocabulary: Vocabulary,
        grammar: Grammar | None = None,
        elsewhere: Mapping[str, Sequence[str]] | None = None,
        meaning: Meaning | None = None,
        calibration: Calibration | None = None,
        classifiers: Sequence[Classifier] = (),
    ) -> None:
        self._vocabulary = vocabulary
        self._meaning = meaning
        self._calibration = calibration or (Calibrations().with_meaning if meaning else Calibrations().without_meaning)
        self._entry_ids = list(phrasings)
        grammar = grammar or Grammar()
        groups = [*phrasings.values(), *(elsewhere or {}).values()]
        self._weigher = Weigher(groups, vocabulary, grammar.small_words, self._calibration, classifiers)
        titles = {entry_id: texts[0] if texts else "" for entry_id, texts in phrasings.items()}
        self._follow_up = FollowUp(titles, grammar.small_words, grammar.question_openers)

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
        title = self._follow_up.title(before)
        both = [f"{title}. {question}"] if title else []
        said = listen(self._meaning, question, *(part.text for part in parts), *both)
        read = self._vocabulary.read(question) if read is None else read
        alone = weighed = self._weigh(question, read, said, stands_alone=not title)
        if before is not None and title:
            together = self._weigh(both[0], self._vocabulary.read(both[0]), said)
            weighed = self._follow_up.mix(question, alone, together, before, self._certainty(alone))
        ranked = self._matches(weighed, limit, alone)
        topics: dict[str, Match] = {}
        for part in parts:
            of_part = self._weigh(part.text, self._vocabulary.read(part.text), said)
            for match in self._matches(of_part, 1):
                entry = self._entry_ids.index(match.entry_id)
                if ranked and self._is_covered(of_part, entry, self._entry_ids.index(ranked[0].entry_id)):
                    continue
                value = alone.values.get(entry, 0.0)
                score = self._calibration.topic_score(value, match.score, asks=part.asks, share=part.share)
                if match.entry_id not in topics or score > topics[match.entry_id].score:
                    topics[match.entry_id] = replace(match, score=score, value=value, part_score=match.score, part=part)
        return ranked, tuple(sorted(topics.values(), key=lambda match: -match.score))

    @staticmethod
    def _is_covered(part: Weighed, entry: int, whole: int) -> bool:
        """Whether the entry for the whole message answers a part nearly as well: "ice" of "ice or heat"."""
        if entry == whole or whole not in part.values:
            return False
        if part.meant:
            return part.values[whole] >= part.values[entry] - COVERING_VALUE
        return part.fits[whole].value >= COVERING_FIT * min(part.fits[entry].value, 1.0)

    def _matches(self, weighed: Weighed, limit: int, alone: Weighed | None = None) -> tuple[Match, ...]:
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
                self._weigher.nearest(entry, weighed),
                self._calibration.score(values[entry], lead),
                "context" if by_context and alone and not alone.prefers(entry) else weighed.decided_by(entry),
                weighed.fit(entry),
                values[entry],
                lead,
            )
            for entry, lead in leads.items()
        )

    def _weigh(
        self, text: str, read: Sentences, said: Mapping[str, Sequence[Meant]], *, stands_alone: bool = True
    ) -> Weighed:
        return self._weigher.weigh(text, read, weigh_whole(text, said), stands_alone=stands_alone)

    def _certainty(self, weighed: Weighed) -> float:
        """0-1: the score of the best entry."""
        first, second = weighed.best
        return self._calibration.score(first, first - second) / 100 if weighed.values else 0.0
