"""Whether a message is meant for the bot, and what it asks without the bot's name."""

from __future__ import annotations

import re

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext import filters

from bot.core.model import Chat
from bot.telegram.sending import Destination

_COMMAND = re.compile(r"^/\w+(@\w+)?\s*")


class FromPerson(filters.MessageFilter):
    """Messages that a person wrote: no other bot, nothing sent through a bot, no channel post forwarded by itself."""

    def filter(self, message: Message) -> bool:
        """Whether a person wrote it; an anonymous admin counts, whom Telegram shows as a bot with a chat."""
        is_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
        return not (is_bot or message.via_bot or message.is_automatic_forward)


def is_for_us(message: Message, bot: Bot) -> bool:
    """Whether a message speaks to the bot: always in private; in a group by replying to it, naming it or a command."""
    if message.chat.type == ChatType.PRIVATE or _is_command_to_us(message, bot):
        return True
    answered = message.reply_to_message
    return bool(answered and answered.from_user and answered.from_user.id == bot.id) or bool(_names(message, bot))


def question_in(message: Message, bot: Bot) -> str:
    """The text or caption of a message, without a command in front and without mentions of the bot."""
    text = _COMMAND.sub("", message.text or message.caption or "")
    for name in _names(message, bot):
        text = text.replace(name, " ")
    return text.strip()


def chat_kind(chat_type: str) -> Chat:
    """Where something was said, as the core names it, by Telegram's name for it."""
    return Chat.PRIVATE if chat_type == ChatType.PRIVATE else Chat.GROUP


def destination_of(message: Message) -> Destination:
    """Where the answer goes: to the same topic, and in a group as a reply to whoever asked."""
    in_private = message.chat.type == ChatType.PRIVATE
    topic = message.message_thread_id if message.is_topic_message else None
    return Destination(message.chat_id, topic, None if in_private else message.message_id)


def _is_command_to_us(message: Message, bot: Bot) -> bool:
    """Whether a message begins with a command that names the bot, or a caption with /ask, which nobody else handles."""
    command, _, name = next(iter((message.text or message.caption or "").split()), "").partition("@")
    is_caption = message.text is None
    return command.startswith("/") and (
        name.casefold() == f"{bot.username}".casefold() or (is_caption and command.lower() == "/ask" and not name)
    )


def _names(message: Message, bot: Bot) -> list[str]:
    """The pieces of a message that name the bot, by Telegram's own marks."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    marked = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return [
        text
        for entity, text in marked.items()
        if text.casefold() == f"@{bot.username}".casefold() or (entity.user and entity.user.id == bot.id)
    ]
