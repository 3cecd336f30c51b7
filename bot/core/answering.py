"""What to say to a question: warning signs first, then limits, then the entry that fits, or "I don't know"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from bot.core.choosing import Chooser, Found, NotFound, Thresholds, Unsure
from bot.core.clear_yes import is_clear_yes
from bot.core.guards import GuardCheck
from bot.core.languages import Foreign, LanguageCheck
from bot.core.matching import Index, Match, Meaning
from bot.core.model import (
    Chat,
    Check,
    Conversation,
    Guard,
    GuardOutcome,
    Knowledge,
    Language,
    Question,
    RedFlag,
    Urgency,
)
from bot.core.red_flags import RedFlagCheck, Signs, most_urgent
from bot.core.text import sentences
from bot.core.vocabulary import Sentences, Vocabulary
from bot.core.ways import without_names


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
        """The outcome's name in the contract of `ask` (design.md)."""
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
        return isinstance(self.outcome, Withheld) or _is_emergency(self.red_flags)

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


def build_vocabulary(knowledge: Knowledge) -> Vocabulary:
    """How a knowledge reads what people type: its terms, and the words of all its phrasings."""
    return Vocabulary(
        knowledge.vocabulary,
        texts=(
            *(text for entry in knowledge.entries.values() for text in (entry.title, *entry.phrasings)),
            *knowledge.concepts.texts,
            *(
                text
                for sign in knowledge.red_flags
                for text in (*sign.phrasings, *sign.examples, *map(without_names, (*sign.unclear, *sign.combines)))
            ),
            *(without_names(way) for ways in knowledge.ways.values() for way in ways),
            *(text for texts in knowledge.elsewhere.values() for text in texts),
        ),
        plain_words=knowledge.grammar.plain_words,
        never_shortened=knowledge.grammar.never_shortened,
    )


def phrasings_of(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """How people ask for each entry, its title first."""
    return {entry.id: (entry.title, *entry.phrasings) for entry in knowledge.entries.values()}


def build_chooser(
    knowledge: Knowledge, vocabulary: Vocabulary, meaning: Meaning | None = None, thresholds: Thresholds | None = None
) -> Chooser:
    """What chooses among the entries of a knowledge, with its calibration."""
    calibrations = knowledge.calibrations
    index = Index(
        phrasings_of(knowledge),
        vocabulary,
        knowledge.grammar.small_words,
        knowledge.elsewhere,
        meaning,
        calibrations.with_meaning if meaning else calibrations.without_meaning,
        knowledge.grammar.question_openers,
    )
    return Chooser(knowledge, index, thresholds or Thresholds())


def carry_on(conversation: Conversation, answer: Answer) -> Conversation:
    """A conversation after one more answer."""
    check = answer.outcome.check if isinstance(answer.outcome, Checking) else None
    near = answer.suggestions[:1] if isinstance(answer.outcome, Unsure) else ()
    return Conversation(
        before=answer.entry_ids or near or conversation.before,
        checked=conversation.checked or check is not None,
        check=check,
    )


class Assistant:
    """Answers questions from one knowledge. Made once; keeps nothing between questions.

    Args:
        meaning: a sentence model that has learned the same phrasings; without it letters decide alone.
    """

    def __init__(
        self, knowledge: Knowledge, thresholds: Thresholds | None = None, meaning: Meaning | None = None
    ) -> None:
        self.knowledge = knowledge
        self._missing = ", ".join(
            f"no {name}" for name in ("red_flags", "guards", "entries") if not getattr(knowledge, name)
        )
        grammar = knowledge.grammar
        self._vocabulary = vocabulary = build_vocabulary(knowledge)
        flags = {sign.flag for sign in knowledge.red_flags}
        phrased = (entry for entry in knowledge.entries.values() if entry.id not in flags)
        ordinary = (text for entry in phrased for text in (entry.title, *entry.phrasings))
        self._red_flags = RedFlagCheck(knowledge.red_flags, vocabulary, grammar, knowledge.ways, ordinary)
        self._languages = LanguageCheck(knowledge.languages)
        self._guards = GuardCheck(knowledge.guards, knowledge.concepts, vocabulary, grammar)
        self._chooser = build_chooser(knowledge, vocabulary, meaning, thresholds)

    def answer(self, question: Question, on_checked: Callable[[Answer], None] = lambda _: None) -> Answer:
        """What to say to a question.

        Red flags are looked for first and told whatever else happens; an emergency leaves room for nothing below it.
        A stage that fails makes the outcome `Broken`, with the red flags found before it; a suspicion or a limit found
        before it is told all the same.

        Args:
            on_checked: told, before the search for entries begins, what to say should that take too long.
        """
        if question.chat is Chat.AMBIENT:
            return Answer(Silent(), decided_by="chat")
        signs = Signs()
        so_far: list[Answer] = []

        def tell(answer: Answer) -> None:
            so_far.append(answer)
            on_checked(answer)

        try:
            read = self._vocabulary.read(question.text)
            signs = self._red_flags.find(read, sentences(question.text))
            foreign = self._languages.find(question.text)
            if foreign is not None:
                signs = replace(signs, stated=(*_foreign_signs(foreign), *signs.stated))
            return self._decide(question, read, signs, foreign, tell)
        except Exception as error:  # noqa: BLE001  a person in trouble gets an answer whatever breaks
            if so_far and not isinstance(so_far[-1].outcome, Broken):
                return replace(so_far[-1], decided_by="error")
            is_emergency = _is_emergency(signs.stated) or question.check is not None
            outcome = Withheld() if is_emergency else Broken(type(error).__name__)
            return Answer(outcome, signs.stated, decided_by="error")

    def after_check(self, check: Check, *, is_clear: bool) -> Answer:
        """What to say to the answer to a checking question: what was held back, or the emergency message."""
        if not is_clear:
            signs = tuple(sign for sign in self.knowledge.red_flags if sign.id in check.signs)
            return Answer(Withheld(), signs, decided_by="check")
        known = self.knowledge.entries
        entry_ids = tuple(entry_id for entry_id in check.entries if entry_id in known)
        guard = next((guard for guard in self.knowledge.guards if guard.id == check.guard), None)
        if guard is not None:
            return Answer(Guarded(guard, entry_ids), decided_by="check")
        suggestions = tuple(entry_id for entry_id in check.suggestions if entry_id in known)
        if suggestions and not entry_ids:
            return Answer(Unsure(suggestions), decided_by="check")
        return Answer(Cleared(entry_ids), decided_by="check")

    def _decide(
        self,
        question: Question,
        read: Sentences,
        signs: Signs,
        foreign: Foreign | None,
        on_checked: Callable[[Answer], None],
    ) -> Answer:
        red_flags = signs.stated
        guard = self._guards.find(read)
        if foreign is not None and foreign.is_crisis:
            guard = self._in_other_words(foreign)
        if guard is not None and guard.outcome is GuardOutcome.CRISIS:
            return Answer(Guarded(guard), decided_by="guard")
        if guard is not None and guard.outcome is GuardOutcome.ALARM:
            return Answer(Guarded(guard), (*_as_red_flags(guard), *red_flags), decided_by="guard")
        if _is_emergency(red_flags):
            return Answer(Withheld(), red_flags, decided_by="red flag")
        if question.check is not None:
            is_clear = not red_flags and is_clear_yes(question.text, self.knowledge.grammar)
            return self.after_check(question.check, is_clear=is_clear)
        if self._missing:
            return _ask_first(question, signs, Answer(Broken(self._missing), red_flags, decided_by="error"))
        if foreign is not None and not red_flags:
            return _ask_first(question, signs, Answer(OtherLanguage(foreign.language), decided_by="language"))
        if guard is not None:
            shown: tuple[str, ...] = (guard.shows,) if guard.shows else ()
            ranked: tuple[Match, ...] = ()
            if guard.answers:
                on_checked(_ask_first(question, signs, Answer(Guarded(guard), red_flags, decided_by="guard")))
                matched = self._match(question, read, red_flags)
                shown, ranked = matched.entry_ids, matched.ranked
            return _ask_first(question, signs, Answer(Guarded(guard, shown), red_flags, ranked, "guard"))
        if not read:
            return Answer(Empty(), decided_by="no words")
        on_checked(_ask_first(question, signs, Answer(Broken("TimeoutError"), red_flags, decided_by="error")))
        return _ask_first(question, signs, self._match(question, read, red_flags))

    def _in_other_words(self, foreign: Foreign) -> Guard | None:
        """The crisis guard, with a line of the language it was called for in."""
        crisis = (guard for guard in self.knowledge.guards if guard.outcome is GuardOutcome.CRISIS)
        return next((replace(guard, reply=f"{foreign.language.crisis}\n\n{guard.reply}") for guard in crisis), None)

    def _match(self, question: Question, read: Sentences, red_flags: tuple[RedFlag, ...]) -> Answer:
        choice = self._chooser.choose(question, read)
        return Answer(choice.outcome, red_flags, choice.ranked, choice.decided_by)


def _ask_first(question: Question, signs: Signs, answer: Answer) -> Answer:
    """An answer held back by the checking question where an emergency is suspected, once in a conversation."""
    suspected = tuple(sign for sign in signs.suspected if sign.urgency is Urgency.EMERGENCY)
    if not suspected or question.checked:
        return answer
    guard_id = answer.outcome.guard.id if isinstance(answer.outcome, Guarded) else ""
    check = Check(
        signs=tuple(sign.id for sign in suspected),
        entries=answer.entry_ids,
        suggestions=answer.suggestions,
        guard=guard_id,
    )
    return Answer(Checking(suspected, check), answer.red_flags, answer.ranked, decided_by="suspicion")


def _is_emergency(red_flags: tuple[RedFlag, ...]) -> bool:
    return bool(red_flags) and most_urgent(red_flags) is Urgency.EMERGENCY


def _foreign_signs(foreign: Foreign) -> tuple[RedFlag, ...]:
    """The warning signs said in another language, each with a line of it."""
    alarm, code = foreign.language.alarm, foreign.language.code
    return tuple(RedFlag(f"{flag}-{code}", flag, Urgency.EMERGENCY, alarm) for flag in foreign.flags)


def _as_red_flags(guard: Guard) -> tuple[RedFlag, ...]:
    return (RedFlag(guard.id, guard.id, Urgency.EMERGENCY, guard.reply, sources=guard.sources),)
