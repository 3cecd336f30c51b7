"""Long polling that loses nothing: Telegram keeps an update until its answer went out.

The offset of a getUpdates call confirms everything below it, so it never passes an update that is still open. A slow
one holds nobody else: after a short wait the next poll starts from the oldest open update.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.telegram.application import ALLOWED_UPDATES, LONG_POLL_SECONDS
from bot.telegram.delivery import Delivery, RawUpdate
from bot.telegram.sending import seconds

PATIENCE_SECONDS = 0.6  # for open updates, before asking again; within 0.5 s Telegram gives one update a call
SHORTEST_BACK_OFF = 0.25
LONGEST_BACK_OFF = 3.0
STOP_SECONDS = 12  # for open updates when told to stop; what is left then stays with Telegram
MOST_CONFLICTS = 10  # in a row; another program polls with our token
MOST_UPDATES = 100  # a call, and so the most that are open at once; Bot API, getUpdates

logger = logging.getLogger(__name__)


class PollingError(Exception):
    """Telegram will not give us updates any more; says why and what to do."""


class Polling:
    """Fetches updates and has them delivered until told to stop."""

    def __init__(self, bot: Bot, delivery: Delivery, long_poll_seconds: int = LONG_POLL_SECONDS) -> None:
        self._bot = bot
        self._request: BaseRequest = bot.request
        self._delivery = delivery
        self._long_poll_seconds = long_poll_seconds
        self._open: dict[int, asyncio.Task[None]] = {}
        self._next_offset: int | None = None
        self._back_off = SHORTEST_BACK_OFF
        self._conflicts = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until the event is set, then answer what is open and confirm it.

        Raises:
            PollingError: the token is not accepted, or another program polls with it.
        """
        try:
            while not stop.is_set():
                for raw in await self._fetch(stop):
                    self._take(raw)
                await self._settle(PATIENCE_SECONDS)
            await self._settle(STOP_SECONDS)
        finally:
            for task in self._open.values():
                task.cancel()
        await self._confirm()

    async def _fetch(self, stop: asyncio.Event) -> list[RawUpdate]:
        """The next updates; none when it is time to stop or Telegram cannot be reached just now."""
        fetching = asyncio.ensure_future(self._get_updates())
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not fetching.done():
            fetching.cancel()
            await asyncio.wait({fetching})
            return []
        try:
            found = fetching.result()
        except InvalidToken as error:
            raise PollingError(
                "Telegram does not accept the token any more. Set a valid TELEGRAM_BOT_TOKEN."
            ) from error
        except TelegramError as error:
            await self._wait_out(error, stop)
            return []
        self._back_off = SHORTEST_BACK_OFF
        self._conflicts = 0
        return found

    async def _get_updates(self, *, confirm_only: bool = False) -> list[RawUpdate]:
        offset = min(self._open) if self._open else self._next_offset
        timeout = 0 if self._open or confirm_only else self._long_poll_seconds
        arguments = {
            "timeout": timeout,
            "limit": 1 if confirm_only else MOST_UPDATES,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if offset is not None:
            arguments["offset"] = offset
        # Read one by one later: Bot.get_updates loses a whole batch where it cannot read one update of it.
        address = f"{self._bot.base_url}/getUpdates?{urlencode(arguments)}"
        raw = await self._request.post(address, read_timeout=timeout + 5)
        return list(raw) if isinstance(raw, list) else []

    def _take(self, raw: RawUpdate) -> None:
        update_id = int(raw["update_id"])
        if update_id in self._open:
            return
        self._next_offset = update_id + 1
        task = asyncio.create_task(self._delivery.deliver(raw))
        self._open[update_id] = task
        task.add_done_callback(lambda done: self._close(update_id, done))

    def _close(self, update_id: int, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        if error := task.exception():
            logger.error("update %s was not answered: %s", update_id, type(error).__name__)
        self._open.pop(update_id, None)

    async def _settle(self, longest_seconds: float) -> None:
        """Wait for the open updates, at most so long."""
        if self._open:
            await asyncio.wait(self._open.values(), timeout=longest_seconds)
            await asyncio.sleep(0)  # lets the callbacks of finished tasks close their updates

    async def _confirm(self) -> None:
        """Tell Telegram what was answered; where that fails, our own memory keeps answers from being doubled."""
        if self._next_offset is not None:
            try:
                await self._get_updates(confirm_only=True)
            except TelegramError as error:
                logger.info("the last answers were not confirmed: %s", type(error).__name__)

    async def _wait_out(self, error: TelegramError, stop: asyncio.Event) -> None:
        pause = self._back_off
        if isinstance(error, RetryAfter):
            pause = seconds(error.retry_after)
        elif isinstance(error, Conflict):
            self._conflicts += 1
            if self._conflicts >= MOST_CONFLICTS:
                raise PollingError(
                    "Another program polls with this token, or a webhook is set. Stop it; one bot can run once."
                ) from error
        logger.warning("Telegram cannot be reached (%s); again in %.1f s", type(error).__name__, pause)
        self._back_off = min(self._back_off * 2, LONGEST_BACK_OFF)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()
