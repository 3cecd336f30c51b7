"""What the bot does when somebody writes, presses or edits."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.core.answering import Answer, Assistant, Broken, Guarded
from bot.core.model import Chat, GuardOutcome, Question
from bot.core.rendering import Renderer
from bot.core.reply import Action, Reply
from bot.telegram.addressing import destination_of, is_for_us, question_in
from bot.telegram.callbacks import decode
from bot.telegram.memory import Given, ShortMemory
from bot.telegram.sending import Destination, acknowledge, edit, send

ENTRY_COMMANDS: Mapping[str, str] = {
    "ice": "ice",
    "heat": "heat",
    "iceheat": "ice-vs-heat",
    "warning": "warning-signs-overview",
}

logger = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE
Person = tuple[int, int | None]  # chat id, user id


class Handlers:
    """The coroutines that Telegram's updates end in."""

    def __init__(self, assistant: Assistant, renderer: Renderer) -> None:
        self._assistant = assistant
        self._renderer = renderer
        self._answered_before: ShortMemory[Person, tuple[str, ...]] = ShortMemory()
        self._given: ShortMemory[tuple[int, int], Given] = ShortMemory()

    async def on_start(self, update: Update, context: Context) -> None:
        """The welcome; behind a deep link (`?start=ice`) the entry."""
        message = _message(update)
        wanted = context.args[0] if context.args else ""
        if wanted in self._assistant.knowledge.entries:
            await self._show_entry(message, context.bot, wanted)
        elif wanted and message.chat.type == ChatType.PRIVATE and self._has_red_flag(" ".join(context.args or ())):
            await self._answer(message, context.bot, " ".join(context.args or ()))
        else:
            await send(context.bot, destination_of(message), [self._renderer.start()])

    async def on_help(self, update: Update, context: Context) -> None:
        """How to ask."""
        await self._say_or_answer(update, context, self._renderer.help())

    async def on_about(self, update: Update, context: Context) -> None:
        """What the bot is and is not."""
        await self._say_or_answer(update, context, self._renderer.about())

    async def on_privacy(self, update: Update, context: Context) -> None:
        """What is kept."""
        await self._say_or_answer(update, context, self._renderer.privacy())

    async def on_topics(self, update: Update, context: Context) -> None:
        """The groups of entries."""
        await self._say_or_answer(update, context, self._renderer.topics())

    async def on_entry_command(self, update: Update, context: Context) -> None:
        """`/ice` and the like: the entry; with words behind it, a question about it."""
        message = _message(update)
        name = (message.text or "").split()[0].lstrip("/").partition("@")[0].lower()
        entry_id = ENTRY_COMMANDS[name]
        if context.args:
            await self._answer(message, context.bot, " ".join(context.args), before=(entry_id,))
        else:
            await self._show_entry(message, context.bot, entry_id)

    async def on_ask(self, update: Update, context: Context) -> None:
        """`/ask`: a question in a group; with nothing behind it, the message it replies to is not read."""
        message = _message(update)
        if context.args:
            await self._answer(message, context.bot, " ".join(context.args))
        else:
            await send(context.bot, destination_of(message), [self._renderer.ask_usage()])

    async def on_message(self, update: Update, context: Context) -> None:
        """A question, a caption, or something that holds no words."""
        message = _message(update)
        if not is_for_us(message, context.bot):
            return
        question = question_in(message, context.bot)
        if message.text is not None or question:
            await self._answer(message, context.bot, question)
        elif not _is_service(message):
            await send(context.bot, destination_of(message), [self._renderer.not_text()])

    async def on_unknown_command(self, update: Update, context: Context) -> None:
        """A command nobody knows: a hint in private, silence in groups, a red flag in it answered like any other."""
        message = _message(update)
        text = (message.text or "").lstrip("/").replace("_", " ")
        if message.chat.type != ChatType.PRIVATE:
            return
        if self._has_red_flag(text):
            await self._answer(message, context.bot, text)
        else:
            await send(context.bot, destination_of(message), [self._renderer.unknown_command()])

    async def on_edit(self, update: Update, context: Context) -> None:
        """An edited question changes its answer in place; one that adds a red flag is answered anew, with a ring."""
        message = _message(update)
        given = self._given.get((message.chat_id, message.message_id))
        if given is None and not is_for_us(message, context.bot):
            return
        question = question_in(message, context.bot)
        if given is None and not self._has_red_flag(question):
            return
        answer, replies = self._decide(message, question)
        if given is None or (answer.red_flags and not given.had_red_flags):
            await self._send(message, context.bot, answer, replies)
            return
        for message_id, reply in zip(given.message_ids, replies, strict=False):
            await edit(context.bot, message.chat_id, message_id, reply)
        remaining = replies[len(given.message_ids) :]
        below = replace(destination_of(message), reply_to=None)
        more = await send(context.bot, below, remaining) if remaining else ()
        self._remember(message, answer, (*given.message_ids, *more))

    async def on_press(self, update: Update, context: Context) -> None:
        """A button: topics and groups in place, entries as a message of their own."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        pressed = decode(query.data)
        message = query.message
        if pressed is None or message is None:
            return
        action, target = pressed
        topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        to = Destination(message.chat.id, topic)
        chat = _chat(message.chat.type)
        if action is Action.SHOW_ENTRY and target in self._assistant.knowledge.entries:
            self._answered_before.put((message.chat.id, query.from_user.id), (target,))
            await send(context.bot, to, self._renderer.entry(target, chat))
        elif action is Action.SHOW_GROUP and any(group.id == target for group in self._assistant.knowledge.groups):
            await edit(context.bot, message.chat.id, message.message_id, self._renderer.group(target))
        elif action is Action.BACK_TO_TOPICS:
            await edit(context.bot, message.chat.id, message.message_id, self._renderer.topics())
        else:
            await send(context.bot, to, [self._renderer.topics()])

    async def on_failure(self, update: object, bot: Bot) -> None:
        """An update that could not be answered: where to get help, to whoever wrote it."""
        if not isinstance(update, Update) or update.effective_message is None:
            return
        message = update.effective_message
        spoken_to = (
            update.callback_query is not None
            or message.chat.type == ChatType.PRIVATE
            or (message.text or "").startswith("/")
            or is_for_us(message, bot)
        )
        if spoken_to:
            await send(bot, destination_of(message), [self._renderer.error()])

    async def _say_or_answer(self, update: Update, context: Context, reply: Reply) -> None:
        """A fixed message, unless a red flag stands behind the command."""
        message = _message(update)
        words = " ".join(context.args or ())
        if self._has_red_flag(words):
            await self._answer(message, context.bot, words)
        else:
            await send(context.bot, destination_of(message), [reply])

    async def _show_entry(self, message: Message, bot: Bot, entry_id: str) -> None:
        self._answered_before.put(_person(message), (entry_id,))
        await send(bot, destination_of(message), self._renderer.entry(entry_id, _chat(message.chat.type)))

    async def _answer(self, message: Message, bot: Bot, text: str, before: tuple[str, ...] = ()) -> None:
        answer, replies = self._decide(message, text, before)
        await self._send(message, bot, answer, replies)

    async def _send(self, message: Message, bot: Bot, answer: Answer, replies: Sequence[Reply]) -> None:
        self._remember(message, answer, await send(bot, destination_of(message), replies))

    def _decide(self, message: Message, text: str, before: tuple[str, ...] = ()) -> tuple[Answer, tuple[Reply, ...]]:
        before = before or self._answered_before.get(_person(message)) or ()
        chat = _chat(message.chat.type)
        answer = self._assistant.answer(Question(text, before, chat))
        if isinstance(answer.outcome, Broken):
            logger.error("a stage of answering failed: %s", answer.outcome.error_type)
        return answer, self._renderer.answer(answer, chat)

    def _remember(self, message: Message, answer: Answer, message_ids: tuple[int, ...]) -> None:
        if answer.entry_ids:
            self._answered_before.put(_person(message), answer.entry_ids)
        self._given.put((message.chat_id, message.message_id), Given(message_ids, bool(answer.red_flags)))
        logger.debug("answered: %s %s", answer.name, ",".join(answer.entry_ids))

    def _has_red_flag(self, text: str) -> bool:
        answer = self._assistant.answer(Question(text))
        return bool(answer.red_flags) or (
            isinstance(answer.outcome, Guarded) and answer.outcome.guard.outcome is GuardOutcome.CRISIS
        )


def _message(update: Update) -> Message:
    """The message of an update that our filters let through, which always has one."""
    if update.effective_message is None:
        raise ValueError("an update without a message reached a handler for messages")
    return update.effective_message


def _person(message: Message) -> Person:
    return message.chat_id, message.from_user.id if message.from_user else None


def _chat(chat_type: str) -> Chat:
    return Chat.PRIVATE if chat_type == ChatType.PRIVATE else Chat.GROUP


def _is_service(message: Message) -> bool:
    """Whether nobody wrote the message: a pin, a new title, somebody joining."""
    return message.effective_attachment is None and not message.dice and not message.poll and not message.venue
