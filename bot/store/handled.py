"""Which updates were answered, so that none is answered twice after a restart: numbers only, for 48 hours."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot.store.database import Database

KEPT_SECONDS = 48 * 3600  # Telegram keeps an update 24 h; ids start anew at random after a quiet week
MOST_IN_MEMORY = 10_000  # ids remembered beside the file, which go on working while it does not


class HandledUpdates:
    """A set of update ids of one bot, in memory and in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory: OrderedDict[tuple[int, int], None] = OrderedDict()

    def forget_old(self) -> None:
        """Drop what is older than 48 hours."""
        self._database.execute("DELETE FROM done WHERE at < ?", (int(time.time()) - KEPT_SECONDS,))

    def add(self, bot_id: int, update_id: int) -> None:
        """Remember that an update was answered."""
        self._memory[bot_id, update_id] = None
        while len(self._memory) > MOST_IN_MEMORY:
            self._memory.popitem(last=False)
        self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (bot_id, update_id, int(time.time())))

    def has(self, bot_id: int, update_id: int) -> bool:
        """Whether an update was answered in the last 48 hours."""
        if (bot_id, update_id) in self._memory:
            return True
        query = "SELECT 1 FROM done WHERE bot_id = ? AND update_id = ? AND at >= ?"
        return bool(self._database.execute(query, (bot_id, update_id, int(time.time()) - KEPT_SECONDS)))
