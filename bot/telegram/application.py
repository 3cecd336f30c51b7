"""python-telegram-bot's Application with our handlers, the same for Telegram and for the server on this machine."""

from __future__ import annotations

import logging
import os
from typing import Any, TypeAlias

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.core.answering import Assistant
from bot.core.model import Texts
from bot.core.rendering import Renderer
from bot.store.countries import ChosenCountries
from bot.telegram.addressing import FromPerson
from bot.telegram.handlers import ENTRY_COMMANDS, Handlers

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")  # what is handled, and nothing more
LONG_POLL_SECONDS = 25
CONNECTIONS = 16  # twice the updates answered at once (delivery.py)

GROUP_COMMANDS = ("ask", "ice", "heat", "iceheat", "warning", "topics", "country", "help", "about", "privacy")
PRIVATE_COMMANDS = ("topics", "ice", "heat", "iceheat", "warning", "country", "help", "about", "privacy", "start")

logger = logging.getLogger(__name__)
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


def build_application(
    token: str, api_url: str, handlers: Handlers, unanswered: set[int], request: BaseRequest | None = None
) -> App:
    """The Application, not yet started: updates come by `delivery.py`, so it has no Updater.

    Args:
        api_url: where the Bot API is, without "/bot".
        unanswered: takes the ids of updates for which not even an apology went out; `delivery.py` tries them again.
        request: stands in for the network in tests.
    """
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's way to take its newer behaviour, and no warning
    network = request or HTTPXRequest(
        connection_pool_size=CONNECTIONS, pool_timeout=10, connect_timeout=5, read_timeout=10
    )
    application: App = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .base_file_url(f"{api_url.rstrip('/')}/file/bot")
        .request(network)
        .get_updates_request(network)
        .updater(None)
        .build()
    )
    _add_handlers(application, handlers, unanswered)
    return application


def build_handlers(assistant: Assistant, countries: ChosenCountries) -> Handlers:
    """The handlers of one knowledge."""
    return Handlers(assistant, Renderer(assistant.knowledge), countries)


def _add_handlers(application: App, handlers: Handlers, unanswered: set[int]) -> None:
    """Order matters: known commands, edits, then unknown commands before everything else that is written."""
    new = filters.UpdateType.MESSAGE & FromPerson()
    for name, callback in {
        "start": handlers.on_start,
        "help": handlers.on_help,
        "about": handlers.on_about,
        "privacy": handlers.on_privacy,
        "topics": handlers.on_topics,
        "country": handlers.on_country,
        "ask": handlers.on_ask,
        **dict.fromkeys(ENTRY_COMMANDS, handlers.on_entry_command),
    }.items():
        application.add_handler(CommandHandler(name, callback, filters=new))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & FromPerson(), handlers.on_edit))
    application.add_handler(MessageHandler(new & filters.COMMAND, handlers.on_unknown_command))
    application.add_handler(MessageHandler(new, handlers.on_message))
    application.add_handler(CallbackQueryHandler(handlers.presses.on_press))

    async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        logger.error(
            "an update was not answered: %s", type(context.error).__name__, exc_info=_without_words(context.error)
        )
        await apologise(handlers, update, context.bot, unanswered)

    application.add_error_handler(on_error)


async def apologise(handlers: Handlers, update: object, bot: Bot, unanswered: set[int]) -> None:
    """Say where to get help instead of an answer; where not even that goes out, note the update as unanswered."""
    try:
        await handlers.on_failure(update, bot)
    except TelegramError as error:
        logger.error("the apology was not sent either: %s", type(error).__name__)
        if isinstance(update, Update) and _may_pass(error):
            unanswered.add(update.update_id)


def _may_pass(error: TelegramError) -> bool:
    """Whether a later try can succeed: the network, or Telegram's own wait; not a call that it refuses."""
    return isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest)


def _without_words(error: BaseException | None) -> tuple[type[BaseException], BaseException, Any] | None:
    """An error for the log: its type and where it happened, not its message, which may quote what somebody wrote."""
    if error is None:
        return None
    bare = type("Error", (Exception,), {})()
    return type(bare), bare, error.__traceback__


async def introduce(bot: Bot, texts: Texts) -> None:
    """Tell Telegram the commands and descriptions. A failure is logged and changes nothing else."""
    try:
        await bot.set_my_commands(_commands(PRIVATE_COMMANDS, texts), scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(_commands(GROUP_COMMANDS, texts), scope=BotCommandScopeAllGroupChats())
        await bot.set_my_description(texts.description)
        await bot.set_my_short_description(texts.short_description)
    except TelegramError as error:
        logger.warning("commands and descriptions were not set: %s", type(error).__name__)


def _commands(names: tuple[str, ...], texts: Texts) -> list[BotCommand]:
    return [BotCommand(name, getattr(texts, f"command_{name}")) for name in names]
