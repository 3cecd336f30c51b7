"""What to say to a question: warning signs first, then limits, then the entry that fits, or "I don't know"."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from bot.core.building import Learned, build_chooser, build_vocabulary, phrasings_of
from bot.core.choosing import MOST_OFFERED, Found, NotFound, Thresholds, Unsure
from bot.core.clear_yes import is_clear_yes
from bot.core.guards import GuardCheck
from bot.core.heard import Heard
from bot.core.held_back import after_check, ask_first
from bot.core.kinds import ELSEWHERE, OTHER_SENSES
from bot.core.languages import Foreign, LanguageCheck
from bot.core.matching import Match
from bot.core.meaning import Gist, Meaning
from bot.core.model import Chat, Check, Guard, GuardOutcome, Knowledge, Question, RedFlag, Urgency
from bot.core.outcomes import Answer, Broken, Empty, Guarded, OtherLanguage, Silent, Withheld, is_emergency
from bot.core.red_flags import RedFlagCheck, Signs
from bot.core.text import sentences, words
from bot.core.vocabulary import Sentences, is_understood

ALL_SAID = 95.0  # fit from which on a message says nothing but what the entry answers
SURELY_ANSWERED = 85.0  # score of a message that begins a chat, from which on faint words are no sign
ALWAYS_HEARD = 250  # characters; a longer message of unknown words takes long and tells the sentence model little
LONGEST_FOLLOW_UP = 8  # words of a message that may be read behind what it follows for a limit
ELSEWHERE_SAID = -0.3  # weight of the words of a message about something else; 0.5% of right answers lose by it
ELSEWHERE_MEANT = 0.8  # log odds of such a message by the sentence model alone; 0.3% more do


class Assistant:
    """Answers questions from one knowledge. Made once; keeps nothing between questions.

    Args:
        meaning: a sentence model that has learned the same phrasings; without it letters decide alone.
        learned: from the same knowledge, where that was kept.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        thresholds: Thresholds | None = None,
        meaning: Meaning | None = None,
        learned: Learned | None = None,
    ) -> None:
        self.knowledge = knowledge
        self._missing = ", ".join(
            f"no {name}" for name in ("red_flags", "guards", "entries") if not getattr(knowledge, name)
        )
        grammar = knowledge.grammar
        self._vocabulary = vocabulary = build_vocabulary(knowledge)
        self._meaning = meaning
        heard = Heard(knowledge, vocabulary, learned.words if learned else None)
        self._red_flags = RedFlagCheck(
            knowledge.red_flags, vocabulary, grammar, knowledge.ways, sign_words=heard.sign_words()
        )
        self._languages = LanguageCheck(knowledge.languages)
        self._guards = GuardCheck(knowledge.guards, knowledge.concepts, vocabulary, grammar, heard.guard_words())
        self._emergencies = {sign.flag for sign in knowledge.red_flags if sign.urgency is Urgency.EMERGENCY}
        self._elsewhere_words = heard.elsewhere_words()
        self._asked = {words(text) for texts in phrasings_of(knowledge).values() for text in texts}
        of_phrasings = learned.phrasings if learned else None
        self._chooser = build_chooser(knowledge, vocabulary, meaning, thresholds, of_phrasings)

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
            gist = self._gist(question.text, read)
            signs = self._red_flags.find(read, sentences(question.text), gist)
            foreign = self._languages.find(question.text)
            if foreign is not None:
                listed = signs.listed or signs  # the words of another language weigh nothing
                signs = replace(listed, stated=(*_foreign_signs(foreign), *listed.stated))
            return self._decide(question, read, signs, foreign, gist, tell)
        except Exception as error:  # noqa: BLE001  any stage may break, and an alarm found before must be told (H9)
            if so_far and not isinstance(so_far[-1].outcome, Broken):
                return replace(so_far[-1], decided_by="error")
            is_serious = is_emergency(signs.stated) or question.check is not None
            outcome = Withheld() if is_serious else Broken(type(error).__name__)
            return Answer(outcome, signs.stated, decided_by="error")

    def after_check(self, check: Check, *, is_clear: bool) -> Answer:
        """What to say to the answer to a checking question: what was held back, or the emergency message."""
        return after_check(check, self.knowledge, is_clear=is_clear)

    def rank(self, question: Question) -> tuple[Match, ...]:
        """The entries that come nearest, for people who ask why; an alarm and a limit are given without them."""
        return self._chooser.choose(question, self._vocabulary.read(question.text)).ranked

    def _decide(
        self,
        question: Question,
        read: Sentences,
        signs: Signs,
        foreign: Foreign | None,
        gist: Gist | None,
        on_checked: Callable[[Answer], None],
    ) -> Answer:
        red_flags = signs.stated
        is_plain = foreign is not None or words(question.text) in self._asked  # curators wrote it down as a question
        called = () if is_plain else self._guards.hear(read, gist, follows=bool(question.before))
        guard = self._guards.find(read, called, is_calm=not red_flags and signs.weight <= 0)
        if guard is None and question.before and not is_plain:
            guard = self._guard_in_context(question)
        if foreign is not None and foreign.is_crisis:
            guard = self._in_other_words(foreign)
        if guard is not None and guard.outcome is GuardOutcome.CRISIS:
            return Answer(Guarded(guard), decided_by="guard")
        if guard is not None and guard.outcome is GuardOutcome.ALARM:
            return Answer(Guarded(guard), (*_as_red_flags(guard), *red_flags), decided_by="guard")
        if self._is_only_asked(question, read, signs, on_checked):
            signs = signs.put_off()
            red_flags = signs.stated
        if is_emergency(red_flags):
            return Answer(Withheld(), red_flags, decided_by="red flag")
        if question.check is not None:
            is_clear = not red_flags and is_clear_yes(question.text, self.knowledge.grammar)
            return self.after_check(question.check, is_clear=is_clear)
        if self._missing:
            return ask_first(question, signs, Answer(Broken(self._missing), red_flags, decided_by="error"))
        if foreign is not None and not red_flags:
            return ask_first(question, signs, Answer(OtherLanguage(foreign.language), decided_by="language"))
        if guard is not None:
            shown = _always_shown(guard)
            ranked: tuple[Match, ...] = ()
            if guard.answers:
                on_checked(ask_first(question, signs, Answer(Guarded(guard), red_flags, decided_by="guard")))
                matched = self._match(question, read, signs, gist)
                shown, ranked = matched.entry_ids, matched.ranked
            return ask_first(question, signs, Answer(Guarded(guard, shown), red_flags, ranked, "guard"))
        if not read:
            return Answer(Empty(), decided_by="no words")
        on_checked(ask_first(question, signs, Answer(Broken("TimeoutError"), red_flags, decided_by="error")))
        answer = self._match(question, read, signs, gist)
        first = called[0] if called else None
        if first is not None and first.is_thanks and answer.decided_by == "context":
            answer = Answer(Guarded(first.guard), red_flags, answer.ranked, "guard")
        elif first is not None and first.is_clear(is_answered=bool(answer.entry_ids)):
            shown = answer.entry_ids if first.guard.answers else _always_shown(first.guard)
            answer = Answer(Guarded(first.guard, shown), red_flags, answer.ranked, "guard")
        return ask_first(question, signs, answer)

    def _is_only_asked(
        self, question: Question, read: Sentences, signs: Signs, on_checked: Callable[[Answer], None]
    ) -> bool:
        """Whether a message that speaks faintly for a sign is surely a question; an emergency is asked about then.

        So is one that the sentence model speaks against.
        """
        if not signs.are_faint or question.checked or question.check is not None:
            return False
        if signs.is_contradicted and is_emergency(signs.stated):
            return True
        if question.before:
            return False
        so_far = Withheld() if is_emergency(signs.stated) else Broken("TimeoutError")
        on_checked(Answer(so_far, signs.stated, decided_by="red flag"))
        ranked = self._chooser.choose(question, read).ranked
        return bool(ranked) and ranked[0].score >= SURELY_ANSWERED

    def _guard_in_context(self, question: Question) -> Guard | None:
        """The guard that a follow-up calls for behind what it follows: "and with a beer?" after tablets."""
        if len(words(question.text)) > LONGEST_FOLLOW_UP:
            return None
        entries = [self.knowledge.entries[id_] for id_ in question.before if id_ in self.knowledge.entries]
        for entry in entries:
            guard = self._guards.find(self._vocabulary.read(f"{entry.title} {question.text}"))
            if guard is not None and entry.id in guard.entries:
                return guard
        return None

    def _gist(self, text: str, read: Sentences) -> Gist | None:
        """What the sentence model makes of a message; one that fails says nothing, and the words decide alone."""
        if self._meaning and (len(text) <= ALWAYS_HEARD or is_understood(read)):
            with suppress(Exception):
                return self._meaning.gist(text)
        return None

    def _in_other_words(self, foreign: Foreign) -> Guard | None:
        """The crisis guard, with a line of the language it was called for in."""
        crisis = (guard for guard in self.knowledge.guards if guard.outcome is GuardOutcome.CRISIS)
        return next((replace(guard, reply=f"{foreign.language.crisis}\n\n{guard.reply}") for guard in crisis), None)

    def _match(self, question: Question, read: Sentences, signs: Signs, gist: Gist | None) -> Answer:
        choice = self._chooser.choose(question, read)
        outcome, decided_by = choice.outcome, choice.decided_by
        if isinstance(outcome, Found):
            is_alone = not question.before and choice.ranked[0].fit < ALL_SAID
            if is_alone and self._is_elsewhere(read, gist):
                near = tuple(match.entry_id for match in choice.ranked[:MOST_OFFERED])
                outcome, decided_by = Unsure(near), "about something else"
            elif signs.reassures and signs.weight <= 0:
                outcome = self._without_emergencies(question, signs.rest, outcome)
        return Answer(outcome, signs.stated, choice.ranked, decided_by)

    def _without_emergencies(self, question: Question, rest: str, found: Found) -> Found | Unsure:
        """What is asked besides emergencies: "pee and legs are fine, which pillow?" asks for a pillow.

        Where it came out that an emergency is asked about, what is not denied or over has to say so too.
        """
        if others := tuple(match for match in found.matches if match.entry_id not in self._emergencies):
            return Found(others)
        match self._chooser.choose(replace(question, text=rest), self._vocabulary.read(rest)).outcome:
            case Found() as asked:
                return asked
            case Unsure(near):
                return Unsure(tuple(dict.fromkeys((found.matches[0].entry_id, *near)))[:MOST_OFFERED])
            case NotFound():
                return found

    def _is_elsewhere(self, read: Sentences, gist: Gist | None) -> bool:
        """Whether a message is about something else, by its words or the model; then an entry is only offered."""
        if gist is not None and gist.odds((ELSEWHERE, OTHER_SENSES)) >= ELSEWHERE_MEANT:
            return True
        return any(found.weight >= ELSEWHERE_SAID for found in self._elsewhere_words.weigh(read, gist))


def _foreign_signs(foreign: Foreign) -> tuple[RedFlag, ...]:
    """The warning signs said in another language, each with a line of it."""
    alarm, code = foreign.language.alarm, foreign.language.code
    return tuple(RedFlag(f"{flag}-{code}", flag, Urgency.EMERGENCY, alarm) for flag in foreign.flags)


def _always_shown(guard: Guard) -> tuple[str, ...]:
    """The entry that stands below a guard's reply, whatever was asked."""
    return (guard.shows,) if guard.shows else ()


def _as_red_flags(guard: Guard) -> tuple[RedFlag, ...]:
    return (RedFlag(guard.id, guard.id, Urgency.EMERGENCY, guard.reply, sources=guard.sources),)
