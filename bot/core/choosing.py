"""Which entries answer a question: one, several where several things are asked, or none and the nearest topics."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.follow_up import Before
from bot.core.matching import Index, Match
from bot.core.model import Knowledge, Question
from bot.core.topics import Splitter
from bot.core.vocabulary import Sentences

MOST_TOPICS = 3  # answered in one message
MOST_OFFERED = 3  # as buttons


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lowest scores at which the bot acts, inclusive, 0-100; measured in docs/decisions/0003-matching.md."""

    answer: float = 60.0  # a wrong answer costs more than one that is only offered
    lead: float = 3.0  # over the second best; less is a tie, and both are told
    topic: float = 15.0  # of something else asked in a part of the message
    one_thing: float = 99.0  # of the fit: from here on the message is one thing, whatever its parts: "ice or heat?"
    suggest: float = 15.0
    fit: float = 28.0  # of what is offered; less, and the question is about something else


@dataclass(frozen=True, slots=True)
class Found:
    """Entries that answer the question, best first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing fits well enough; these come nearest."""

    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No entry comes near."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, from what, and what decided it."""

    outcome: Found | Unsure | NotFound
    ranked: tuple[Match, ...]
    decided_by: str
    topics: tuple[Match, ...] = ()  # of the parts of the message, answered or not


class Chooser:
    """Chooses among the entries of one knowledge."""

    def __init__(self, knowledge: Knowledge, index: Index, limits: Thresholds) -> None:
        self._entries = knowledge.entries
        self._index = index
        self._splitter = Splitter(knowledge.grammar)
        self._limits = limits

    def choose(self, question: Question, read: Sentences) -> Choice:
        """The entries for a question, read with what was answered before it in the same chat.

        Args:
            read: the question as the vocabulary read it.
        """
        parts = self._splitter.split(question.text)
        ranked, topics = self._index.rank_with_parts(question.text, parts, read, before=self._before(question))
        if several := self._several(ranked, topics):
            return Choice(Found(several), ranked, "topics", topics)
        return Choice(self._judge(ranked), ranked, ranked[0].decided_by if ranked else "nothing shared", topics)

    def _several(self, ranked: tuple[Match, ...], topics: tuple[Match, ...]) -> tuple[Match, ...]:
        """Entries for the different things that a message asks, the one for the whole first; none where it asks one."""
        if not ranked or ranked[0].fit >= self._limits.one_thing:
            return ()
        found = [match for match in topics if match.score >= self._limits.topic]
        first = ranked[0]
        if first.score >= self._limits.answer:  # a tie is none where several are told
            found = [first, *(match for match in found if match.entry_id != first.entry_id)]
        return tuple(found[:MOST_TOPICS]) if len(found) > 1 else ()

    def _before(self, question: Question) -> Before | None:
        entries = [self._entries[entry_id] for entry_id in question.before if entry_id in self._entries]
        related = tuple(entry_id for entry in entries for entry_id in entry.related)
        return Before(tuple(entry.id for entry in entries), related) if entries else None

    def _judge(self, ranked: tuple[Match, ...]) -> Found | Unsure | NotFound:
        limits = self._limits
        if ranked and ranked[0].score >= limits.answer:
            is_tied = len(ranked) > 1 and ranked[0].score - ranked[1].score < limits.lead
            return Found(ranked[: 2 if is_tied else 1])
        near = tuple(
            match.entry_id
            for match in ranked[:MOST_OFFERED]
            if match.score >= limits.suggest and match.fit >= limits.fit
        )
        return Unsure(near) if near else NotFound()
