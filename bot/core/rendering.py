"""Answers as messages: what a person reads, in which order, with which buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from bot.core.choosing import Found, NotFound, Unsure
from bot.core.model import Chat, EmergencyNumber, Entry, GuardOutcome, Knowledge, Urgency, most_urgent
from bot.core.outcomes import Answer, Broken, Checking, Cleared, Empty, Guarded, OtherLanguage, Silent, Withheld
from bot.core.reply import Action, Block, Button, Disclaimer, Reply, Style, compose

BUTTONS_IN_A_ROW = 2


class Renderer:
    """Makes the messages of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._texts = knowledge.texts
        self._short = Disclaimer(self._texts.disclaimer_short)
        self._long = Disclaimer(self._texts.disclaimer_long)

    def answer(
        self, answer: Answer, chat: Chat = Chat.PRIVATE, number: EmergencyNumber | None = None
    ) -> tuple[Reply, ...]:
        """The messages of an answer, alarm first; none for `Silent`. In an emergency the alarm is all there is.

        Args:
            number: to call in an emergency, where the country is known.
        """
        if isinstance(answer.outcome, Silent):
            return ()
        if answer.is_emergency:
            return compose(self._alarm(answer, number), self._short, self._copy_button(number))
        blocks = [*self._alarm(answer, number), *self._outcome(answer, chat)]
        return compose(blocks, self._short, self._outcome_buttons(answer, chat, number))

    def entry(self, entry_id: str, chat: Chat = Chat.PRIVATE) -> tuple[Reply, ...]:
        """The messages of one entry: whole in private, its one sentence in a group."""
        entry = self._knowledge.entries[entry_id]
        return compose(self._entry(entry, chat), self._short, self._entry_buttons(entry, chat))

    def topics(self) -> Reply:
        """The groups of entries as buttons."""
        return self._one(self._texts.topics, self._short, self._group_buttons())

    def group(self, group_id: str) -> Reply:
        """The entries of one group as buttons."""
        group = next(group for group in self._knowledge.groups if group.id == group_id)
        buttons = [self._entry_button(entry_id) for entry_id in group.entry_ids]
        back = Button(self._texts.button_back, Action.BACK_TO_TOPICS)
        return self._one(group.title, self._short, (*_rows(buttons), (back,)), style=Style.BOLD)

    def start(self) -> Reply:
        """The welcome, with the long disclaimer."""
        return self._one(self._texts.start, self._long, self._way_in())

    def help(self) -> Reply:
        """How to ask, with the long disclaimer."""
        return self._one(self._texts.help, self._long, self._way_in())

    def about(self) -> Reply:
        """What the bot is and is not, with the long disclaimer."""
        return self._one(self._texts.about, self._long)

    def privacy(self) -> Reply:
        """What is kept."""
        return self._one(self._texts.privacy, self._short)

    def ask_usage(self) -> Reply:
        """How to use /ask, when nothing stands behind it."""
        return self._one(self._texts.ask_usage, self._short)

    def not_text(self) -> Reply:
        """To a photo, a voice message, a sticker."""
        return self._one(self._texts.not_text, self._short, self._way_in())

    def unknown_command(self) -> Reply:
        """To a command that does not exist."""
        return self._one(self._texts.unknown_command, self._short, self._way_in())

    def error(self) -> Reply:
        """The apology after a failure, which says where to get help."""
        return self._one(self._texts.error, self._short)

    def _one(
        self, text: str, disclaimer: Disclaimer, buttons: Sequence[Sequence[Button]] = (), style: Style = Style.PLAIN
    ) -> Reply:
        (reply,) = compose(_paragraphs(text, style), disclaimer, buttons)
        return reply

    def country(self) -> Reply:
        """Which countries there are to choose from."""
        return self._one(self._texts.country, self._short, self._country_buttons())

    def country_chosen(self, number: EmergencyNumber) -> Reply:
        """Which number a person will be shown."""
        text = self._with_number(self._texts.country_chosen, number)
        return self._one(text, self._short, self._copy_button(number))

    def country_none(self, number: EmergencyNumber | None) -> Reply:
        """Which number a person will be shown who has taken the choice back."""
        text = self._with_number(self._texts.country_none, number)
        return self._one(text, self._short, self._copy_button(number))

    def country_unknown(self, number: EmergencyNumber | None) -> Reply:
        """To a country whose number we do not know."""
        return self._one(self._with_number(self._texts.country_unknown, number), self._short, self._country_buttons())

    def country_in_group(self, number: EmergencyNumber | None) -> Reply:
        """Which number a group is shown."""
        return self._one(
            self._with_number(self._texts.country_in_group, number), self._short, self._copy_button(number)
        )

    def _with_number(self, text: str, number: EmergencyNumber | None) -> str:
        """A text with the number to call, or with how to find it."""
        shown = self._texts.number_unknown
        if number is not None:
            shown = self._texts.number_known.replace("{number}", number.number).replace("{country}", number.country)
        return text.replace("{number}", shown)

    def _copy_button(self, number: EmergencyNumber | None) -> tuple[tuple[Button, ...], ...]:
        if number is None:
            return ()
        label = self._texts.button_copy.replace("{number}", number.number)
        return ((Button(label, Action.COPY, number.number),),)

    def _country_buttons(self) -> tuple[tuple[Button, ...], ...]:
        common = [number for number in self._knowledge.numbers.values() if number.common]
        buttons = [Button(number.country, Action.CHOOSE_COUNTRY, number.country_code) for number in common]
        return _rows([*buttons, Button(self._texts.button_no_country, Action.CHOOSE_COUNTRY)])

    def _alarm(self, answer: Answer, number: EmergencyNumber | None) -> Iterator[Block]:
        if answer.is_emergency:
            urgency = Urgency.EMERGENCY
        elif answer.red_flags:
            urgency = most_urgent(answer.red_flags)
        else:
            return
        text = {
            Urgency.EMERGENCY: self._texts.alarm_emergency,
            Urgency.URGENT: self._texts.alarm_urgent,
            Urgency.SOON: self._texts.alarm_soon,
        }[urgency]
        first, *rest = _paragraphs(self._with_number(text, number))
        yield Block(f"{_SIGNALS[urgency]} {first.text}", Style.BOLD)
        signs = [red_flag for red_flag in answer.red_flags if red_flag.urgency is urgency]
        said: set[str] = set()  # several signs often ask for the same to be done
        for place, red_flag in enumerate(signs):
            means = red_flag.means if place == 0 or urgency is not Urgency.EMERGENCY else ""  # one reason is enough
            heard = self._texts.alarm_heard if means and red_flag.is_heard else ""
            parts = (heard, means, *_SENTENCE_BREAK.split(red_flag.action))
            new = [text for text in parts if text and text not in said]
            said.update(new)
            if new:
                yield Block(" ".join(new))
        yield from rest

    def _outcome(self, answer: Answer, chat: Chat) -> Iterator[Block]:
        match answer.outcome:
            case Found():
                yield from self._entries(answer.entry_ids, chat)
            case Guarded(guard):
                yield from _paragraphs(guard.reply)
                yield from self._entries(answer.entry_ids, chat)
            case Unsure():
                yield from self._unless_alarmed(answer, self._texts.unsure)
            case NotFound():
                yield from self._unless_alarmed(answer, self._texts.unknown)
            case OtherLanguage(language):
                yield from _paragraphs(language.reply)
            case Empty():
                yield from self._unless_alarmed(answer, self._texts.empty)
            case Broken():
                yield from self._unless_alarmed(answer, self._texts.error)
            case Checking(suspected):
                for question in dict.fromkeys(sign.check or self._texts.checking for sign in suspected):
                    yield from _paragraphs(question)
            case Cleared():
                yield from self._entries(answer.entry_ids, chat)
                if not answer.entry_ids:
                    yield from _paragraphs(self._texts.topics)
            case Withheld() | Silent():
                return
            case other:
                assert_never(other)

    def _entries(self, entry_ids: Sequence[str], chat: Chat) -> Iterator[Block]:
        shown_as = chat if len(entry_ids) == 1 else Chat.GROUP  # several in their short form
        for entry_id in entry_ids:
            yield from self._entry(self._knowledge.entries[entry_id], shown_as)

    @staticmethod
    def _unless_alarmed(answer: Answer, text: str) -> Iterator[Block]:
        if not answer.red_flags:
            yield from _paragraphs(text)

    def _outcome_buttons(
        self, answer: Answer, chat: Chat, number: EmergencyNumber | None
    ) -> tuple[tuple[Button, ...], ...]:
        match answer.outcome:
            case Found() | Guarded() | Cleared() if len(answer.entry_ids) > 1 and chat is Chat.PRIVATE:
                more = [self._entry_button(entry_id) for entry_id in answer.entry_ids]
                return (*_rows(more), (Button(self._texts.button_topics, Action.SHOW_TOPICS),))
            case Found() | Guarded() | Cleared() if answer.entry_ids:
                return self._entry_buttons(self._knowledge.entries[answer.entry_ids[0]], chat)
            case Unsure() | Guarded() if answer.suggestions:
                return _rows([self._entry_button(entry_id) for entry_id in answer.suggestions])
            case Cleared():
                return self._group_buttons()
            case Checking(suspected):
                yes = Button(self._texts.button_yes, Action.CLEAR)
                return ((yes, Button(self._texts.button_no, Action.NOT_CLEAR, suspected[0].id)),)
            case Guarded(guard) if guard.outcome is GuardOutcome.CRISIS:
                return self._copy_button(number)
            case _:
                return self._way_in()

    def _entry(self, entry: Entry, chat: Chat) -> Iterator[Block]:
        yield Block(entry.title, Style.BOLD)
        yield Block(entry.short)
        if chat is not Chat.PRIVATE:
            return
        yield from _paragraphs(entry.answer)
        if entry.steps:
            numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(entry.steps, start=1))
            yield Block(f"{self._texts.steps_heading}\n{numbered}")
        if entry.stop:
            yield Block(f"{self._texts.stop_heading} {entry.stop}")
        if footnote := self._footnote(entry):
            yield Block(footnote, Style.FOLDED)

    def _footnote(self, entry: Entry) -> str:
        named = dict.fromkeys(self._knowledge.sources[key].organisation for key in entry.sources)
        lines = [f"{self._texts.evidence_heading} {entry.evidence}" if entry.evidence else ""]
        if named:
            lines.append(f"{self._texts.sources_heading} {'; '.join(named)}.")
        lines.append(f"{self._texts.reviewed_heading} {entry.reviewed.isoformat()}.")
        return "\n".join(filter(None, lines))

    def _entry_buttons(self, entry: Entry, chat: Chat) -> tuple[tuple[Button, ...], ...]:
        if chat is not Chat.PRIVATE:
            return ((Button(self._texts.button_more, Action.OPEN_IN_PRIVATE, entry.id),),)
        related = [self._entry_button(entry_id) for entry_id in entry.related]
        return (*_rows(related), (Button(self._texts.button_topics, Action.SHOW_TOPICS),))

    def _entry_button(self, entry_id: str) -> Button:
        return Button(self._knowledge.entries[entry_id].title, Action.SHOW_ENTRY, entry_id)

    def _group_buttons(self) -> tuple[tuple[Button, ...], ...]:
        return _rows([Button(group.title, Action.SHOW_GROUP, group.id) for group in self._knowledge.groups])

    def _way_in(self) -> tuple[tuple[Button, ...], ...]:
        return ((Button(self._texts.button_topics, Action.SHOW_TOPICS),),)


_SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+")
_SIGNALS = {Urgency.EMERGENCY: "🚨", Urgency.URGENT: "⚠️", Urgency.SOON: "🩺"}


def _paragraphs(text: str, style: Style = Style.PLAIN) -> Iterable[Block]:
    """The paragraphs of a knowledge text. A blank line ends one; a line break inside is only the file's layout."""
    return [Block(" ".join(part.split()), style) for part in text.split("\n\n") if part.strip()]


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + BUTTONS_IN_A_ROW]) for at in range(0, len(buttons), BUTTONS_IN_A_ROW))
