"""What the bot does when somebody presses a button."""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatID, ChatType

from bot.core.model import Chat, Check
from bot.core.outcomes import carry_on
from bot.core.rendering import Renderer
from bot.core.reply import LAST_RESORT_ALARM, Action, Reply
from bot.store.countries import ChosenCountries
from bot.telegram.addressing import chat_kind
from bot.telegram.callbacks import decode
from bot.telegram.deciding import Decider
from bot.telegram.memory import Memory
from bot.telegram.sending import Destination, acknowledge, edit, send


class Presses:
    """Buttons, those of long ago included: they mean the same after a restart."""

    def __init__(self, decider: Decider, renderer: Renderer, countries: ChosenCountries, memory: Memory) -> None:
        self._decider = decider
        self._knowledge = decider.knowledge
        self._renderer = renderer
        self._countries = countries
        self._memory = memory

    async def on_press(self, update: Update, _: object) -> None:
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
        to = _destination_of(message)
        chat = chat_kind(message.chat.type)
        person = message.chat.id, query.from_user.id
        if action is Action.SHOW_ENTRY and target in self._knowledge.entries:
            self._memory.talk_about(person, (target,))
            await send(query.get_bot(), to, self._renderer.entry(target, chat))
        elif action is Action.SHOW_GROUP and any(group.id == target for group in self._knowledge.groups):
            await edit(query.get_bot(), message.chat.id, message.message_id, self._renderer.group(target))
        elif action is Action.BACK_TO_TOPICS:
            await edit(query.get_bot(), message.chat.id, message.message_id, self._renderer.topics())
        elif action in {Action.CLEAR, Action.NOT_CLEAR}:
            await self._after_check(query, to, is_clear=action is Action.CLEAR, sign_id=target)
        elif action is Action.CHOOSE_COUNTRY and chat is Chat.PRIVATE:
            await send(query.get_bot(), to, [self._choose_country(message.chat.id, target)])
        else:
            await send(query.get_bot(), to, [self._renderer.topics()])

    async def on_failure(self, query: CallbackQuery, apology: Reply) -> None:
        """A press that could not be answered: where to get help; in an emergency the alarm.

        A yes to the checking question is none, whether or not the question still waits.
        """
        message = query.message
        if message is None:
            return
        pressed = decode(query.data)
        action = pressed[0] if pressed else None
        is_emergency = action is not Action.CLEAR and (
            self._memory.has_emergency((message.chat.id, query.from_user.id), message.message_id)
            or (action is Action.NOT_CLEAR and message.chat.type == ChatType.PRIVATE)
        )
        await send(query.get_bot(), _destination_of(message), [LAST_RESORT_ALARM if is_emergency else apology])

    async def _after_check(self, query: CallbackQuery, to: Destination, *, is_clear: bool, sign_id: str) -> None:
        """The checking question answered by whoever was asked; after a restart its button still holds the sign."""
        message = query.message
        if message is None:
            return
        asked = self._memory.asked.get((message.chat.id, message.message_id))
        question = message.reply_to_message if isinstance(message, Message) else None  # in groups; kept by Telegram
        person_id = asked.person_id if asked else _writer(question)
        anybody = {None, ChatID.ANONYMOUS_ADMIN, query.from_user.id}  # nobody can press as an admin who hides
        if message.chat.type != ChatType.PRIVATE and person_id not in anybody:
            return
        person = message.chat.id, person_id or query.from_user.id
        check = asked.check if asked else Check(() if is_clear else (sign_id,))
        answer = self._decider.after_check(check, is_clear=is_clear)
        self._memory.emergencies.put((message.chat.id, message.message_id), answer.is_emergency)
        conversation = replace(self._memory.conversation(person), checked=True)
        self._memory.conversations.put(person, carry_on(conversation, answer))
        replies = self._decider.render(answer, chat_kind(message.chat.type), message.chat.id)
        await send(query.get_bot(), replace(to, reply_to=question.message_id if question else None), replies)

    def _choose_country(self, chat_id: int, country_code: str) -> Reply:
        number = self._knowledge.numbers.get(country_code)
        self._countries.choose(chat_id, country_code if number else "")
        if number is None:
            return self._renderer.country_none(self._decider.number(chat_id))
        return self._renderer.country_chosen(number)


def _destination_of(message: MaybeInaccessibleMessage) -> Destination:
    """Where the answer to a press goes: to the same topic; to the chat where Telegram shows no more of the message."""
    topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Destination(message.chat.id, topic)


def _writer(message: Message | None) -> int | None:
    return message.from_user.id if message and message.from_user else None
