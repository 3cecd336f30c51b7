"""What can be decided about a question, and what each decision means for the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.core.choosing import Found, NotFound, Unsure
from bot.core.matching import Match
from bot.core.model import Check, Conversation, Guard, GuardOutcome, Language, RedFlag, Urgency, most_urgent


@dataclass(frozen=True, slots=True)
class Empty:
    """No word was asked."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A limit of the bot, with its own reply."""

    guard: Guard
    shown: tuple[str, ...] = ()  # ids of the entries that stand below the reply


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """Asked in a language the bot does not answer in."""

    language: Language


@dataclass(frozen=True, slots=True)
class Withheld:
    """An emergency: the alarm is the whole message."""


@dataclass(frozen=True, slots=True)
class Checking:
    """An emergency is suspected: one short question before the answer."""

    suspected: tuple[RedFlag, ...]
    check: Check


@dataclass(frozen=True, slots=True)
class Cleared:
    """A clear yes to the checking question: the entries that had been found before it; without any, the topics."""

    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """Said in a group to nobody's bot."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A stage failed: say where to get help."""

    error_type: str


Outcome = Found | Unsure | NotFound | Empty | Guarded | OtherLanguage | Withheld | Checking | Cleared | Silent | Broken


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided about one question."""

    outcome: Outcome
    red_flags: tuple[RedFlag, ...] = ()  # that were stated, most urgent first
    ranked: tuple[Match, ...] = ()  # the runners-up too, for people who ask why
    decided_by: str = ""

    @property
    def name(self) -> str:
        """The outcome's name in the contract of `ask` (docs/ask.md)."""
        if self.red_flags:
            return "alarm"
        match self.outcome:
            case Found():
                return "answered"
            case Unsure():
                return "unsure"
            case NotFound() | Empty() | OtherLanguage() | Broken():
                return "unknown"
            case Guarded(guard):
                return str(guard.outcome)
            case Silent():
                return "silent"
            case Withheld():
                return "alarm"
            case Checking():
                return "checking"
            case Cleared(entry_ids):
                return "answered" if entry_ids else "unsure"
            case other:
                assert_never(other)

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """Entries whose answers are in the reply, best first."""
        match self.outcome:
            case Found(matches):
                return tuple(match.entry_id for match in matches)
            case Guarded(_, shown):
                return shown
            case Cleared(entry_ids):
                return entry_ids
            case _:
                return ()

    @property
    def is_emergency(self) -> bool:
        """Whether the alarm is the whole message."""
        return isinstance(self.outcome, Withheld) or is_emergency(self.red_flags)

    @property
    def alarms(self) -> frozenset[str]:
        """What it alarms of, as stated or as suspected; empty for an ordinary answer."""
        alarms = {sign.flag for sign in self.red_flags}
        if self.is_emergency:
            alarms.add("emergency")
        match self.outcome:
            case Checking(suspected):
                alarms |= {f"{sign.flag}?" for sign in suspected}
            case Guarded(guard) if guard.outcome is GuardOutcome.CRISIS:
                alarms.add("crisis")
        return frozenset(alarms)

    @property
    def noticed(self) -> tuple[RedFlag, ...]:
        """The red flags that were stated; where there are none, those that are asked about."""
        return self.red_flags or (self.outcome.suspected if isinstance(self.outcome, Checking) else ())

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Entries offered as buttons in place of an answer."""
        match self.outcome:
            case Unsure(suggestions):
                return suggestions
            case Guarded(guard, shown):
                return () if shown else guard.entries
            case _:
                return ()


def carry_on(conversation: Conversation, answer: Answer) -> Conversation:
    """A conversation after one more answer."""
    check = answer.outcome.check if isinstance(answer.outcome, Checking) else None
    near = answer.suggestions[:1] if isinstance(answer.outcome, Unsure) else ()
    return Conversation(
        before=answer.entry_ids or near or conversation.before,
        checked=conversation.checked or check is not None,
        check=check,
    )


def is_emergency(red_flags: tuple[RedFlag, ...]) -> bool:
    """Whether any of some red flags is an emergency."""
    return bool(red_flags) and most_urgent(red_flags) is Urgency.EMERGENCY
