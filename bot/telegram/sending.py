"""The one door: every message of the bot leaves here, as a `Reply` and so with its disclaimer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.core.reply import Action, Button, Reply
from bot.telegram.callbacks import encode

MOST_TRIES = 5
LONGEST_WAIT_SECONDS = 8.0  # for one 429; an update's deadline is 10 s
FIRST_WAIT_SECONDS = 0.2  # before the second try; doubles

# Answers of Telegram that mean: there is nobody or nothing to send to any more.
_GONE = (
    "chat not found",
    "topic_closed",
    "not enough rights",
    "need administrator rights",
    "message to edit not found",
    "message can't be edited",
)
_NOTHING_TO_DO = ("message is not modified", "query is too old", "query id is invalid")
_BAD_MARKUP = ("can't parse entities", "unsupported start tag", "can't find end tag")

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a reply goes."""

    chat_id: int
    topic_id: int | None = None  # message_thread_id
    reply_to: int | None = None  # the question, in groups


async def send(bot: Bot, to: Destination, replies: Sequence[Reply]) -> tuple[int, ...]:
    """Send messages in order; only the first quotes the question.

    Returns:
        The ids of the messages that went out; fewer than replies where the chat is gone.
    """
    sent = []
    for place, reply in enumerate(replies):
        destination = to if place == 0 else Destination(to.chat_id, to.topic_id)
        message_id = await _send_one(bot, destination, reply)
        if message_id is None:
            break
        sent.append(message_id)
    return tuple(sent)


async def edit(bot: Bot, chat_id: int, message_id: int, reply: Reply) -> None:
    """Put another reply in the place of one sent earlier."""

    async def attempt(*, plain: bool) -> object:
        return await bot.edit_message_text(
            chat_id=chat_id,
            message_id=message_id,
            text=reply.text if plain else reply.html,
            parse_mode=None if plain else ParseMode.HTML,
            reply_markup=_keyboard(bot, reply),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    await _deliver(attempt)


async def acknowledge(query: CallbackQuery) -> None:
    """Tell Telegram that a press arrived, so that the button stops waiting. Shows nothing; may fail."""
    try:
        await _deliver(lambda **_: query.answer())  # there is no text to make plain
    except TelegramError as error:  # what was pressed for goes out all the same
        logger.warning("a press was not acknowledged: %s", type(error).__name__)


async def _send_one(bot: Bot, to: Destination, reply: Reply) -> int | None:
    async def attempt(*, plain: bool) -> int:
        message = await bot.send_message(
            chat_id=to.chat_id,
            message_thread_id=to.topic_id,
            text=reply.text if plain else reply.html,
            parse_mode=None if plain else ParseMode.HTML,
            reply_markup=_keyboard(bot, reply),
            reply_parameters=ReplyParameters(to.reply_to, allow_sending_without_reply=True) if to.reply_to else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return message.message_id

    try:
        return await _deliver(attempt)
    except ChatMigrated as error:
        return await _send_one(bot, Destination(error.new_chat_id), reply)


async def _deliver(attempt: Callable[..., Awaitable[Result]]) -> Result | None:
    """Carry out one call, trying again where that can help and cannot double an answer more than once.

    Returns:
        What the call returned; None where the chat or the message is gone.

    Raises:
        TelegramError: the tries are used up, or the error is a fault of ours.
    """
    plain = False
    wait = FIRST_WAIT_SECONDS
    may_be_out = False
    for tries_left in range(MOST_TRIES - 1, -1, -1):
        try:
            return await attempt(plain=plain)
        except ChatMigrated:
            raise
        except Forbidden as error:
            logger.info("not sent: %s", _reason(error))
            return None
        except RetryAfter as error:
            pause = seconds(error.retry_after)
            if not tries_left or pause > LONGEST_WAIT_SECONDS:
                raise
            await asyncio.sleep(pause)
        except BadRequest as error:
            reason = _reason(error)
            if any(text in reason for text in _NOTHING_TO_DO):
                return None
            if any(text in reason for text in _GONE):
                logger.info("not sent: %s", reason)
                return None
            if plain or not any(text in reason for text in _BAD_MARKUP):
                raise
            logger.exception("Telegram cannot read our markup; sent as plain text")
            plain = True
        except TimedOut:
            if may_be_out or not tries_left:
                raise
            may_be_out = True  # the message may have gone out: one more try, a doubled answer is harmless
        except NetworkError:
            if not tries_left:
                raise
            await asyncio.sleep(wait)
            wait *= 2
    raise TelegramError("not sent: all tries used up")


def _reason(error: TelegramError) -> str:
    return str(error.message).lower()


def seconds(pause: float | timedelta) -> float:
    """A pause that Telegram asks for; the library gives either kind."""
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def _keyboard(bot: Bot, reply: Reply) -> InlineKeyboardMarkup | None:
    rows = [[_button(bot, button) for button in row] for row in reply.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(bot: Bot, button: Button) -> InlineKeyboardButton:
    if button.action is Action.OPEN_IN_PRIVATE:
        return InlineKeyboardButton(button.label, url=f"https://t.me/{bot.username}?start={button.target}")
    if button.action is Action.COPY:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.target))
    return InlineKeyboardButton(button.label, callback_data=encode(button.action, button.target))
