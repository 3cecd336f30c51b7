"""Each update handled once and to the end: in order within a chat, within a deadline, remembered only when answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update

from bot.store.handled import HandledUpdates
from bot.telegram.application import App, apologise
from bot.telegram.handlers import Handlers

AT_ONCE = 8  # updates answered at the same time; more is slower on httpx, which scans every connection
DEADLINE_SECONDS = 10.0
RETRY_AFTER_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # for an update that could not be answered at all

logger = logging.getLogger(__name__)
RawUpdate = Mapping[str, Any]


class Delivery:
    """Hands raw updates to the application, whichever way they came.

    Args:
        unanswered: the same set that the application notes its failures in.
    """

    def __init__(
        self,
        application: App,
        handlers: Handlers,
        handled: HandledUpdates,
        unanswered: set[int],
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._application = application
        self._handlers = handlers
        self._handled = handled
        self._unanswered = unanswered
        self._deadline_seconds = deadline_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, raw: RawUpdate) -> None:
        """Answer one update, then remember it. An update that cannot be read is skipped and remembered."""
        update_id = int(raw["update_id"])
        if self._handled.has(self._application.bot.id, update_id):
            return
        update = self._decode(raw)
        if update is not None:
            chat_id = update.effective_chat.id if update.effective_chat else 0
            lock = self._chats.setdefault(chat_id, asyncio.Lock())
            async with lock:
                await self._process(update)
        self._handled.add(self._application.bot.id, update_id)

    def _decode(self, raw: RawUpdate) -> Update | None:
        try:
            return Update.de_json(dict(raw), self._application.bot)
        except Exception as error:  # noqa: BLE001  no list of what a malformed update raises is whole, and one must not block the rest
            logger.warning("update %s cannot be read (%s); skipped", raw.get("update_id"), type(error).__name__)
            return None

    async def _process(self, update: Update) -> None:
        """Answer an update; where neither the answer nor an apology can be sent, try again later."""
        for pause in (*RETRY_AFTER_SECONDS, None):
            async with self._gate:
                await self._process_once(update)
            if update.update_id not in self._unanswered:
                return
            self._unanswered.discard(update.update_id)
            if pause is None:
                logger.error("update %s could not be answered; given up", update.update_id)
            else:
                await asyncio.sleep(pause)

    async def _process_once(self, update: Update) -> None:
        try:
            async with asyncio.timeout(self._deadline_seconds):
                await self._application.process_update(update)
        except TimeoutError:
            logger.error("update %s took over %s s; cut", update.update_id, self._deadline_seconds)
            try:
                async with asyncio.timeout(self._deadline_seconds):
                    await apologise(self._handlers, update, self._application.bot, self._unanswered)
            except TimeoutError:
                self._unanswered.add(update.update_id)
