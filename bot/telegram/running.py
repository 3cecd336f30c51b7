"""The bot's life on Telegram: reach it, introduce itself, answer until told to stop, leave nothing half done."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram.error import InvalidToken, TelegramError

from bot.core.answering import Assistant
from bot.serving import serve
from bot.store.handled import FORGET_EVERY_SECONDS
from bot.store.kept import Kept
from bot.telegram.application import LONG_POLL_SECONDS, App, build_application, build_handlers, introduce
from bot.telegram.delivery import Delivery
from bot.telegram.polling import STOP_SECONDS, Polling
from bot.telegram.webhook import Webhook

START_PAUSES: Sequence[float] = (1.0, 2.0, 4.0, 8.0)  # seconds between the tries to reach Telegram at start

logger = logging.getLogger(__name__)


class StartError(Exception):
    """Telegram cannot be used; says why and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that has introduced itself and can be given updates."""

    application: App
    delivery: Delivery


def stop_on_signals() -> asyncio.Event:
    """An event that the first SIGINT or SIGTERM sets; further ones change nothing, so that no answer is dropped."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def reach_telegram(
    token: str,
    api_url: str,
    assistant: Assistant,
    kept: Kept,
    stop: asyncio.Event,
    pauses: Sequence[float] = START_PAUSES,
) -> AsyncIterator[Running]:
    """A bot that is known to Telegram, and taken down again at the end.

    Raises:
        StartError: the token is wrong, Telegram cannot be reached after a few tries, or the event was set before.
    """
    unanswered: set[int] = set()
    handlers = build_handlers(assistant, kept.countries)
    application = build_application(token, api_url, handlers, unanswered)
    await _initialize(application, stop, pauses)
    kept.open()
    forgetting = asyncio.create_task(_forget_every_hour(kept))
    try:
        await introduce(application.bot, assistant.knowledge.texts)
        me = application.bot.bot
        logger.info(
            "@%s is ready: inline mode %s, reads all group messages: %s",
            me.username,
            "on" if me.supports_inline_queries else "off",
            "yes" if me.can_read_all_group_messages else "no",
        )
        yield Running(application, Delivery(application, handlers, kept.handled, unanswered))
    finally:
        forgetting.cancel()
        kept.close()
        await application.shutdown()


async def _forget_every_hour(kept: Kept) -> None:
    """Drop what is too old, for as long as the bot runs and whether or not anybody writes."""
    while True:
        await asyncio.sleep(FORGET_EVERY_SECONDS)
        kept.handled.forget_old()


async def poll(
    running: Running,
    stop: asyncio.Event,
    on_ready: Callable[[], None] = lambda: None,
    long_poll_seconds: int = LONG_POLL_SECONDS,
) -> None:
    """Answer by long polling until the event is set.

    Raises:
        PollingError: Telegram will not give us updates any more.
    """
    try:
        await running.application.bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        logger.warning("an old webhook could not be removed: %s", type(error).__name__)
    on_ready()
    await Polling(running.application.bot, running.delivery, long_poll_seconds).run(stop)


async def receive(
    running: Running, url: str, secret: str, host: str, port: int, stop: asyncio.Event, on_ready: Callable[[], None]
) -> None:
    """Answer what Telegram posts, until the event is set; `webhook set` tells Telegram where.

    Raises:
        PortError: the port is taken, or the host is none of this machine's.
    """
    async with serve(Webhook(running.delivery, url, secret).app(), host, port, STOP_SECONDS):
        on_ready()
        await stop.wait()


async def _initialize(application: App, stop: asyncio.Event, pauses: Sequence[float]) -> None:
    for pause in (*pauses, None):
        try:
            await application.initialize()
        except InvalidToken as error:
            await application.shutdown()
            raise StartError(
                "Telegram does not accept TELEGRAM_BOT_TOKEN, or TELEGRAM_API_URL is no Bot API. "
                "Copy the token again from @BotFather."
            ) from error
        except TelegramError as error:
            if pause is None:
                await application.shutdown()
                raise StartError(
                    f"Telegram cannot be reached ({type(error).__name__}). "
                    "Check the network and TELEGRAM_API_URL, then start again."
                ) from error
            logger.warning("Telegram cannot be reached (%s); again in %.0f s", type(error).__name__, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            if stop.is_set():
                await application.shutdown()
                raise StartError("Stopped before Telegram was reached.") from error
        else:
            return
