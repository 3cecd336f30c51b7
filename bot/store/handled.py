"""Which updates were answered, so that none is answered twice after a restart: numbers only, for 48 hours at most."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot.store.database import Database

FORGET_EVERY_SECONDS = 3600.0  # a number goes at most so much later than it could
KEPT_SECONDS = 47 * 3600  # so none is kept for over 48 h; Telegram keeps an update 24 h
MOST_IN_MEMORY = 10_000  # ids remembered beside the file, which go on working while it does not


class HandledUpdates:
    """A set of update ids of one bot, in memory and in the database; each is forgotten after 47 hours.

    After a quiet week Telegram's ids start anew at random: an old one must not stand for a new update.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory: OrderedDict[tuple[int, int], int] = OrderedDict()  # when each was answered, oldest first

    def forget_old(self) -> None:
        """Drop what is older than 47 hours; called every hour, so that nothing is kept for more than 48."""
        oldest = _oldest_kept()
        while self._memory and next(iter(self._memory.values())) < oldest:
            self._memory.popitem(last=False)
        self._database.execute("DELETE FROM done WHERE at < ?", (oldest,))

    def add(self, bot_id: int, update_id: int) -> None:
        """Remember that an update was answered."""
        now = int(time.time())
        self._memory[bot_id, update_id] = now
        self._memory.move_to_end((bot_id, update_id))
        while len(self._memory) > MOST_IN_MEMORY:
            self._memory.popitem(last=False)
        self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (bot_id, update_id, now))

    def has(self, bot_id: int, update_id: int) -> bool:
        """Whether an update was answered in the last 47 hours."""
        oldest = _oldest_kept()
        if self._memory.get((bot_id, update_id), oldest - 1) >= oldest:
            return True
        query = "SELECT 1 FROM done WHERE bot_id = ? AND update_id = ? AND at >= ?"
        return bool(self._database.execute(query, (bot_id, update_id, oldest)))


def _oldest_kept() -> int:
    """The second of the clock before which what was answered is forgotten."""
    return int(time.time()) - KEPT_SECONDS
