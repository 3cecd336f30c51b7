"""What the bot does when somebody writes, presses or edits."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatID, ChatType
from telegram.ext import ContextTypes

from bot.core.answering import Answer, Assistant, Broken, Checking, Guarded, carry_on
from bot.core.countries import find_country
from bot.core.model import Chat, Check, Conversation, EmergencyNumber, GuardOutcome, Question
from bot.core.rendering import Renderer
from bot.core.reply import LAST_RESORT, Action, Reply
from bot.store.countries import ChosenCountries
from bot.telegram.addressing import destination_of, is_for_us, question_in
from bot.telegram.callbacks import decode
from bot.telegram.deciding import Decider
from bot.telegram.memory import Asked, Given, ShortMemory
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
    """The coroutines that Telegram's updates end in.

    Whatever words come in, on whichever surface, go through `_decide` before anything else is said.
    """

    def __init__(self, assistant: Assistant, renderer: Renderer, countries: ChosenCountries) -> None:
        self._knowledge = assistant.knowledge
        self._renderer = renderer
        self._countries = countries
        self._decider = Decider(assistant, renderer)
        self._conversations: ShortMemory[Person, Conversation] = ShortMemory()
        self._given: ShortMemory[tuple[int, int], Given] = ShortMemory()
        self._asked: ShortMemory[tuple[int, int], Asked] = ShortMemory()

    async def on_start(self, update: Update, context: Context) -> None:
        """The welcome; behind a deep link (`?start=ice`) the entry."""
        message = _message(update)
        match context.args:
            case [wanted] if wanted in self._knowledge.entries:
                await self._show_entry(message, context.bot, wanted)
                return
        await self._say_or_answer(message, context.bot, _words(context), self._renderer.start())

    async def on_help(self, update: Update, context: Context) -> None:
        """How to ask."""
        await self._say_or_answer(_message(update), context.bot, _words(context), self._renderer.help())

    async def on_about(self, update: Update, context: Context) -> None:
        """What the bot is and is not."""
        await self._say_or_answer(_message(update), context.bot, _words(context), self._renderer.about())

    async def on_privacy(self, update: Update, context: Context) -> None:
        """What is kept."""
        await self._say_or_answer(_message(update), context.bot, _words(context), self._renderer.privacy())

    async def on_topics(self, update: Update, context: Context) -> None:
        """The groups of entries."""
        await self._say_or_answer(_message(update), context.bot, _words(context), self._renderer.topics())

    async def on_country(self, update: Update, context: Context) -> None:
        """Whose emergency number to show: chosen in private, the operator's in a group."""
        message = _message(update)
        words = _words(context)
        if message.chat.type != ChatType.PRIVATE:
            reply = self._renderer.country_in_group(self._number(message.chat_id))
        elif not words:
            reply = self._renderer.country()
        elif number := find_country(words, self._knowledge.numbers):
            self._countries.choose(message.chat_id, number.country_code)
            reply = self._renderer.country_chosen(number)
        else:
            reply = self._renderer.country_unknown(self._number(message.chat_id))
        await self._say_or_answer(message, context.bot, words, reply)

    async def on_entry_command(self, update: Update, context: Context) -> None:
        """`/ice` and the like: the entry; with words behind it, a question about it."""
        message = _message(update)
        name = (message.text or "").split()[0].lstrip("/").partition("@")[0].lower()
        entry_id = ENTRY_COMMANDS[name]
        if words := _words(context):
            await self._answer(message, context.bot, words, before=(entry_id,))
        else:
            await self._show_entry(message, context.bot, entry_id)

    async def on_ask(self, update: Update, context: Context) -> None:
        """`/ask`: a question in a group; with nothing behind it, the message it replies to is not read."""
        message = _message(update)
        if words := _words(context):
            await self._answer(message, context.bot, words)
        else:
            await send(context.bot, destination_of(message), [self._renderer.ask_usage()])

    async def on_message(self, update: Update, context: Context) -> None:
        """A question, a caption, or something that holds no words."""
        message = _message(update)
        if not is_for_us(message, context.bot):
            return
        question = question_in(message, context.bot)
        if message.text is not None or question or (self._is_asked(message) and not _is_service(message)):
            await self._answer(message, context.bot, question)
        elif not _is_service(message):
            await send(context.bot, destination_of(message), [self._renderer.not_text()])

    async def on_unknown_command(self, update: Update, context: Context) -> None:
        """A command nobody knows: a hint where we are spoken to, after a look at its words; silence elsewhere."""
        message = _message(update)
        if is_for_us(message, context.bot):
            words = (message.text or "").lstrip("/").replace("_", " ")
            await self._say_or_answer(message, context.bot, words, self._renderer.unknown_command())

    async def on_edit(self, update: Update, context: Context) -> None:
        """An edited question changes its answer in place; one that adds a sign, or takes one back, is answered anew.

        An edit in place does not ring, and an alarm that was given stays where it is.
        """
        message = _message(update)
        given = self._given.get((message.chat_id, message.message_id))
        if given is None and not is_for_us(message, context.bot):
            return
        before = self._conversation(message)
        if given is not None and before.check and not given.check and given.alarms:
            before = replace(before, checked=False)  # the question that is waited for was raised by this very message
        before = replace(before, check=given.check if given else None)
        question, answer, replies = await self._decide(message, question_in(message, context.bot), before)
        if given is None and not _comes_first(answer):
            return
        if given is None or _alarms(answer) != given.alarms:
            message_ids = await send(context.bot, destination_of(message), replies)
        else:
            for message_id, reply in zip(given.message_ids, replies, strict=False):
                await edit(context.bot, message.chat_id, message_id, reply)
            below = replace(destination_of(message), reply_to=None)
            remaining = replies[len(given.message_ids) :]
            message_ids = (*given.message_ids, *(await send(context.bot, below, remaining) if remaining else ()))
        self._remember(message, question, answer, message_ids)

    async def on_press(self, update: Update, context: Context) -> None:
        """A button: topics and groups in place, everything else as a message of its own."""
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
        person = message.chat.id, query.from_user.id
        if action is Action.SHOW_ENTRY and target in self._knowledge.entries:
            self._talk_about(person, (target,))
            await send(context.bot, to, self._renderer.entry(target, chat))
        elif action is Action.SHOW_GROUP and any(group.id == target for group in self._knowledge.groups):
            await edit(context.bot, message.chat.id, message.message_id, self._renderer.group(target))
        elif action is Action.BACK_TO_TOPICS:
            await edit(context.bot, message.chat.id, message.message_id, self._renderer.topics())
        elif action in {Action.CLEAR, Action.NOT_CLEAR}:
            await self._after_check(query, to, is_clear=action is Action.CLEAR, sign_id=target)
        elif action is Action.CHOOSE_COUNTRY and chat is Chat.PRIVATE:
            await send(context.bot, to, [self._choose_country(message.chat.id, target)])
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
            try:
                reply = self._renderer.error()
            except Exception:  # noqa: BLE001  it may be what failed before
                reply = LAST_RESORT
            await send(bot, destination_of(message), [reply])

    async def _say_or_answer(self, message: Message, bot: Bot, words: str, reply: Reply) -> None:
        """A fixed message, unless the words behind the command hold a sign. They answer no checking question."""
        if words:
            before = replace(self._conversation(message), check=None)
            question, answer, replies = await self._decide(message, words, before)
            if _comes_first(answer):
                await self._send(message, bot, question, answer, replies)
                return
        await send(bot, destination_of(message), [reply])

    async def _show_entry(self, message: Message, bot: Bot, entry_id: str) -> None:
        self._talk_about(_person(message), (entry_id,))
        await send(bot, destination_of(message), self._renderer.entry(entry_id, _chat(message.chat.type)))

    async def _answer(self, message: Message, bot: Bot, text: str, before: tuple[str, ...] = ()) -> None:
        conversation = self._conversation(message)
        conversation = replace(conversation, before=before or conversation.before)
        question, answer, replies = await self._decide(message, text, conversation)
        await self._send(message, bot, question, answer, replies)

    async def _decide(
        self, message: Message, text: str, before: Conversation
    ) -> tuple[Question, Answer, tuple[Reply, ...]]:
        question = Question(text, before.before, _chat(message.chat.type), before.checked, before.check)
        answer = await self._decider.decide(question)
        return question, answer, self._decider.render(answer, question, self._number(message.chat_id))

    async def _send(
        self, message: Message, bot: Bot, question: Question, answer: Answer, replies: Sequence[Reply]
    ) -> None:
        self._remember(message, question, answer, await send(bot, destination_of(message), replies))

    def _remember(self, message: Message, question: Question, answer: Answer, message_ids: tuple[int, ...]) -> None:
        """Keep ids of what was said, for what is said next. No words."""
        before = Conversation(question.before, question.checked)
        self._conversations.put(_person(message), carry_on(before, answer))
        self._given.put((message.chat_id, message.message_id), Given(message_ids, _alarms(answer), question.check))
        if isinstance(answer.outcome, Checking) and message_ids:
            asked = Asked(_person(message)[1], answer.outcome.check)
            self._asked.put((message.chat_id, message_ids[-1]), asked)
        logger.debug("answered: %s %s", answer.name, ",".join(answer.entry_ids))

    async def _after_check(self, query: CallbackQuery, to: Destination, *, is_clear: bool, sign_id: str) -> None:
        """The checking question answered by whoever was asked; after a restart its button still holds the sign."""
        message = query.message
        if message is None:
            return
        asked = self._asked.get((message.chat.id, message.message_id))
        person_id = asked.person_id if asked else _asked_person(message)
        anybody = {None, ChatID.ANONYMOUS_ADMIN, query.from_user.id}  # nobody can press as an admin who hides
        if message.chat.type != ChatType.PRIVATE and person_id not in anybody:
            return
        person = message.chat.id, person_id or query.from_user.id
        check = asked.check if asked else Check(() if is_clear else (sign_id,))
        answer = self._decider.after_check(check, is_clear=is_clear)
        conversation = self._conversations.get(person) or Conversation()
        self._conversations.put(person, carry_on(replace(conversation, checked=True), answer))
        question = Question("", chat=_chat(message.chat.type), check=check)
        await send(query.get_bot(), to, self._decider.render(answer, question, self._number(message.chat.id)))

    def _choose_country(self, chat_id: int, country_code: str) -> Reply:
        number = self._knowledge.numbers.get(country_code)
        self._countries.choose(chat_id, country_code if number else "")
        return self._renderer.country_chosen(number) if number else self._renderer.country_none(self._number(chat_id))

    def _number(self, chat_id: int) -> EmergencyNumber | None:
        return self._knowledge.numbers.get(self._countries.of(chat_id))

    def _conversation(self, message: Message) -> Conversation:
        return self._conversations.get(_person(message)) or Conversation()

    def _is_asked(self, message: Message) -> bool:
        """Whether a checking question waits for this person's answer."""
        return self._conversation(message).check is not None

    def _talk_about(self, person: Person, entry_ids: tuple[str, ...]) -> None:
        conversation = self._conversations.get(person) or Conversation()
        self._conversations.put(person, replace(conversation, before=entry_ids))


def _comes_first(answer: Answer) -> bool:
    """Whether an answer goes before whatever else was going to be said: a sign, a suspicion, a crisis, a failure."""
    return bool(_alarms(answer)) or isinstance(answer.outcome, Broken)


def _alarms(answer: Answer) -> frozenset[str]:
    """What an answer alarms of, as stated or as suspected."""
    alarms = {sign.flag for sign in answer.red_flags}
    if answer.is_emergency:
        alarms.add("emergency")
    match answer.outcome:
        case Checking(suspected):
            alarms |= {f"{sign.flag}?" for sign in suspected}
        case Guarded(guard) if guard.outcome is GuardOutcome.CRISIS:
            alarms.add("crisis")
    return frozenset(alarms)


def _words(context: Context) -> str:
    """What stands behind a command; a deep link joins its words by signs, since it can hold no spaces."""
    return " ".join(context.args or ()).replace("_", " ").replace("-", " ")


def _asked_person(message: MaybeInaccessibleMessage) -> int | None:
    """Whom a message of ours in a group replied to; None where that is not known."""
    question = message.reply_to_message if isinstance(message, Message) else None
    return question.from_user.id if question and question.from_user else None


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
