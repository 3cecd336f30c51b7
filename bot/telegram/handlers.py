"""What the bot does when somebody writes, presses or edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.core.answering import Assistant
from bot.core.countries import find_country
from bot.core.model import Conversation, Question
from bot.core.outcomes import Answer, Broken
from bot.core.rendering import Renderer
from bot.core.reply import LAST_RESORT_ALARM, Reply
from bot.store.countries import ChosenCountries
from bot.telegram.addressing import chat_kind, destination_of, is_for_us, question_in
from bot.telegram.deciding import Decider
from bot.telegram.memory import Memory, Person
from bot.telegram.presses import Presses
from bot.telegram.sending import edit, send

ENTRY_COMMANDS: Mapping[str, str] = {
    "ice": "ice",
    "heat": "heat",
    "iceheat": "ice-vs-heat",
    "warning": "warning-signs-overview",
}

Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """The coroutines that Telegram's updates end in.

    Whatever words come in, on whichever surface, go through `_decide` before anything else is said.
    """

    def __init__(self, assistant: Assistant, renderer: Renderer, countries: ChosenCountries) -> None:
        self._knowledge = assistant.knowledge
        self._renderer = renderer
        self._apology = renderer.error()  # made at start, since making messages may be what fails
        self._countries = countries
        self._decider = Decider(assistant, renderer, countries)
        self.memory = Memory()
        self.presses = Presses(self._decider, renderer, countries, self.memory)

    async def on_start(self, update: Update, context: Context) -> None:
        """The welcome; behind a deep link (`?start=ice`) the entry."""
        message = _message(update)
        match context.args:
            case [wanted] if wanted in self._knowledge.entries:
                await self._show_entry(message, context.bot, wanted)
                return
        words = question_in(message, context.bot).replace("_", " ").replace("-", " ")  # a link can hold no spaces
        await self._say_or_answer(message, context.bot, self._renderer.start(), words)

    async def on_help(self, update: Update, context: Context) -> None:
        """How to ask."""
        await self._say_or_answer(_message(update), context.bot, self._renderer.help())

    async def on_about(self, update: Update, context: Context) -> None:
        """What the bot is and is not."""
        await self._say_or_answer(_message(update), context.bot, self._renderer.about())

    async def on_privacy(self, update: Update, context: Context) -> None:
        """What is kept."""
        await self._say_or_answer(_message(update), context.bot, self._renderer.privacy())

    async def on_topics(self, update: Update, context: Context) -> None:
        """The groups of entries."""
        await self._say_or_answer(_message(update), context.bot, self._renderer.topics())

    async def on_country(self, update: Update, context: Context) -> None:
        """Whose emergency number to show: chosen in private, the operator's in a group."""
        message = _message(update)
        words = question_in(message, context.bot)
        if message.chat.type != ChatType.PRIVATE:
            reply = self._renderer.country_in_group(self._decider.number(message.chat_id))
        elif not words:
            reply = self._renderer.country()
        elif number := find_country(words, self._knowledge.numbers):
            self._countries.choose(message.chat_id, number.country_code)
            reply = self._renderer.country_chosen(number)
        else:
            reply = self._renderer.country_unknown(self._decider.number(message.chat_id))
        await self._say_or_answer(message, context.bot, reply)

    async def on_entry_command(self, update: Update, context: Context) -> None:
        """`/ice` and the like: the entry; with words behind it, a question about it."""
        message = _message(update)
        name = (message.text or "").split()[0].lstrip("/").partition("@")[0].lower()
        entry_id = ENTRY_COMMANDS[name]
        if words := question_in(message, context.bot):
            await self._answer(message, context.bot, words, before=(entry_id,))
        else:
            await self._show_entry(message, context.bot, entry_id)

    async def on_ask(self, update: Update, context: Context) -> None:
        """`/ask`: a question in a group; with nothing behind it, the message it replies to is not read."""
        message = _message(update)
        if words := question_in(message, context.bot):
            await self._answer(message, context.bot, words)
        else:
            await send(context.bot, destination_of(message), [self._renderer.ask_usage()])

    async def on_message(self, update: Update, context: Context) -> None:
        """A question, a caption, or something that holds no words."""
        message = _message(update)
        if not is_for_us(message, context.bot):
            return
        question = question_in(message, context.bot)
        is_asked = self.memory.conversation(_person(message)).check is not None  # then a sticker is no clear yes
        if question or message.text is not None or (is_asked and not _is_service(message)):
            await self._answer(message, context.bot, question)
        elif not _is_service(message):
            await send(context.bot, destination_of(message), [self._renderer.not_text()])

    async def on_unknown_command(self, update: Update, context: Context) -> None:
        """A command nobody knows: a hint where we are spoken to, after a look at its words; silence elsewhere."""
        message = _message(update)
        if is_for_us(message, context.bot):
            words = (message.text or "").lstrip("/").replace("_", " ")
            await self._say_or_answer(message, context.bot, self._renderer.unknown_command(), words)

    async def on_edit(self, update: Update, context: Context) -> None:
        """An edited question changes its answer in place; one that adds a sign, or takes one back, is answered anew.

        An edit in place does not ring, and an alarm that was given stays where it is.
        """
        message = _message(update)
        given = self.memory.given.get((message.chat_id, message.message_id))
        if given is None and not is_for_us(message, context.bot):
            return
        before = self.memory.conversation(_person(message))
        if given is not None and before.check and not given.check and given.alarms:
            before = replace(before, checked=False)  # the question that is waited for was raised by this very message
        before = replace(before, check=given.check if given else None)
        if given is not None:
            before = replace(before, before=())  # what came before may be this message's own answer
        question, answer, replies = await self._decide(message, question_in(message, context.bot), before)
        if given is None and not _comes_first(answer):
            return
        if given is None or answer.alarms != given.alarms:
            message_ids = await send(context.bot, destination_of(message), replies)
        else:
            for message_id, reply in zip(given.message_ids, replies, strict=False):
                await edit(context.bot, message.chat_id, message_id, reply)
            below = replace(destination_of(message), reply_to=None)
            remaining = replies[len(given.message_ids) :]
            message_ids = (*given.message_ids, *(await send(context.bot, below, remaining) if remaining else ()))
        self.memory.answered(_person(message), message.message_id, question, answer, message_ids)

    async def on_failure(self, update: object, bot: Bot) -> None:
        """An update that could not be answered: where to get help, to whoever wrote it; in an emergency the alarm."""
        if not isinstance(update, Update):
            return
        if update.callback_query is not None:
            await self.presses.on_failure(update.callback_query, self._apology)
            return
        message = update.effective_message
        if message is None:
            return
        is_emergency = self.memory.has_emergency(_person(message), message.message_id)
        is_command = (message.text or "").startswith("/")
        if is_emergency or is_command or is_for_us(message, bot):
            await send(bot, destination_of(message), [LAST_RESORT_ALARM if is_emergency else self._apology])

    async def _say_or_answer(self, message: Message, bot: Bot, reply: Reply, words: str | None = None) -> None:
        """A fixed message, unless the words behind the command hold a sign. They answer no checking question."""
        words = question_in(message, bot) if words is None else words
        if words:
            before = replace(self.memory.conversation(_person(message)), check=None)
            question, answer, replies = await self._decide(message, words, before)
            if _comes_first(answer):
                await self._send(message, bot, question, answer, replies)
                return
        await send(bot, destination_of(message), [reply])

    async def _show_entry(self, message: Message, bot: Bot, entry_id: str) -> None:
        self.memory.talk_about(_person(message), (entry_id,))
        await send(bot, destination_of(message), self._renderer.entry(entry_id, chat_kind(message.chat.type)))

    async def _answer(self, message: Message, bot: Bot, text: str, before: tuple[str, ...] = ()) -> None:
        conversation = self.memory.conversation(_person(message))
        conversation = replace(conversation, before=before or conversation.before)
        question, answer, replies = await self._decide(message, text, conversation)
        await self._send(message, bot, question, answer, replies)

    async def _decide(
        self, message: Message, text: str, before: Conversation
    ) -> tuple[Question, Answer, tuple[Reply, ...]]:
        question = Question(text, before.before, chat_kind(message.chat.type), before.checked, before.check)
        answer = await self._decider.decide(question)
        self.memory.emergencies.put((message.chat_id, message.message_id), answer.is_emergency)
        return question, answer, self._decider.render(answer, question.chat, message.chat_id)

    async def _send(
        self, message: Message, bot: Bot, question: Question, answer: Answer, replies: Sequence[Reply]
    ) -> None:
        message_ids = await send(bot, destination_of(message), replies)
        self.memory.answered(_person(message), message.message_id, question, answer, message_ids)


def _comes_first(answer: Answer) -> bool:
    """Whether an answer goes before whatever else was going to be said: a sign, a suspicion, a crisis, a failure."""
    return bool(answer.alarms) or isinstance(answer.outcome, Broken)


def _message(update: Update) -> Message:
    """The message of an update that our filters let through, which always has one."""
    if update.effective_message is None:
        raise ValueError("an update without a message reached a handler for messages")
    return update.effective_message


def _person(message: Message) -> Person:
    return message.chat_id, message.from_user.id if message.from_user else None


def _is_service(message: Message) -> bool:
    """Whether nobody wrote the message: a pin, a new title, somebody joining."""
    return message.effective_attachment is None and not message.dice and not message.poll and not message.venue
