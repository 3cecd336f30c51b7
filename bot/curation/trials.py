"""Labelled questions put to the bot: each with what came back, and whether those who tune may see it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from bot.core.answering import Assistant
from bot.core.model import Urgency
from bot.core.outcomes import Answer, Checking
from bot.curation.asking import RUNNERS_UP, put_in_context, with_ranks
from bot.curation.labelled import Labelled, Verdict, judge


@dataclass(frozen=True, slots=True)
class Trial:
    """A labelled question and what came back."""

    question: Labelled
    answer: Answer
    milliseconds: float = 0.0  # that the answer took

    @property
    def ids(self) -> tuple[str, ...]:
        """Entries as `ask --json` ranks them for whoever reads it: those answered, those offered, the runners-up."""
        runners_up = (match.entry_id for match in self.answer.ranked[:RUNNERS_UP])
        return tuple(dict.fromkeys((*self.answer.entry_ids, *self.answer.suggestions, *runners_up)))

    @property
    def place(self) -> int:
        """Where the first right entry stands, from 1; 0 for nowhere."""
        return next((at for at, entry_id in enumerate(self.ids, start=1) if entry_id in self.question.wanted), 0)

    @property
    def verdict(self) -> Verdict:
        """How good the answer is."""
        return judge(self.question, self.answer)

    @property
    def level(self) -> Urgency | None:
        """The highest level of alarm; None for no alarm."""
        return self.answer.red_flags[0].urgency if self.answer.red_flags else None

    @property
    def is_noticed(self) -> bool:
        """Whether any sign was noticed at the level wanted, or a higher one."""
        return self.level is not None and self.level.rank <= (self.question.urgency or Urgency.SOON).rank

    @property
    def is_asked_about(self) -> bool:
        """Whether a checking question comes before the answer, since an emergency is suspected."""
        return isinstance(self.answer.outcome, Checking)

    @property
    def wants_an_entry(self) -> bool:
        """Whether the question has one right entry, or several that are as right."""
        return bool(self.question.wanted) and not self.question.outcomes and not self.question.flags

    @property
    def is_ordinary(self) -> bool:
        """Whether it wants an entry and tells nothing that looks like a warning sign."""
        return self.wants_an_entry and self.question.flags is None

    @property
    def is_single(self) -> bool:
        """Whether it is ordinary and stands alone."""
        return self.is_ordinary and not self.question.context


def is_held_back(question: Labelled) -> bool:
    """Whether a question is out of sight of those who tune: half of all, chosen by its words and so for ever."""
    return hashlib.sha1(question.text.encode(errors="replace"), usedforsecurity=False).digest()[0] % 2 == 0


def try_out(assistant: Assistant, questions: Sequence[Labelled]) -> tuple[Trial, ...]:
    """Each question asked, in order."""
    return tuple(_try(assistant, asked) for asked in questions)


def split(trials: Sequence[Trial]) -> tuple[tuple[Trial, ...], tuple[Trial, ...]]:
    """Those held back, and those open to tuning."""
    held_back = tuple(trial for trial in trials if is_held_back(trial.question))
    return held_back, tuple(trial for trial in trials if not is_held_back(trial.question))


def _try(assistant: Assistant, asked: Labelled) -> Trial:
    question = put_in_context(assistant, asked.text, asked.context, asked.chat)
    begin = perf_counter()
    answer = assistant.answer(question)
    milliseconds = (perf_counter() - begin) * 1000
    return Trial(asked, with_ranks(assistant, question, answer), milliseconds)
