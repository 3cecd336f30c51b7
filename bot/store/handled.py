"""Which updates were answered, so that none is answered twice after a restart: numbers only, for 48 hours."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import OrderedDict
from pathlib import Path

KEPT_SECONDS = 48 * 3600  # Telegram keeps an update 24 h; ids start anew at random after a quiet week
MOST_IN_MEMORY = 10_000  # ids remembered beside the file, which go on working while it does not

logger = logging.getLogger(__name__)


class HandledUpdates:
    """A set of update ids of one bot, in memory and in a SQLite file.

    A file that cannot be used never stops an answer: the ids are kept in memory then, and the loss is logged once.

    Args:
        file: where to keep them; None keeps them in memory only.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._memory: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._connection: sqlite3.Connection | None = None
        self.is_degraded = False

    def open(self) -> None:
        """Open or make the file, and drop what is older than 48 hours."""
        if self._file is None:
            return
        try:
            self._connection = sqlite3.connect(self._file, isolation_level=None, timeout=1.0)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")  # after power loss at worst an answer is doubled
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS done"
                " (bot_id INTEGER, update_id INTEGER, at INTEGER, PRIMARY KEY (bot_id, update_id)) WITHOUT ROWID"
            )
            self._connection.execute("DELETE FROM done WHERE at < ?", (int(time.time()) - KEPT_SECONDS,))
        except sqlite3.Error as error:
            self._degrade(error)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def add(self, bot_id: int, update_id: int) -> None:
        """Remember that an update was answered."""
        self._memory[bot_id, update_id] = None
        while len(self._memory) > MOST_IN_MEMORY:
            self._memory.popitem(last=False)
        if self._connection is not None:
            try:
                self._connection.execute(
                    "INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (bot_id, update_id, int(time.time()))
                )
                self._recover()
            except sqlite3.Error as error:
                self._degrade(error)

    def has(self, bot_id: int, update_id: int) -> bool:
        """Whether an update was answered in the last 48 hours."""
        if (bot_id, update_id) in self._memory:
            return True
        if self._connection is None:
            return False
        try:
            query = "SELECT 1 FROM done WHERE bot_id = ? AND update_id = ? AND at >= ?"
            oldest = int(time.time()) - KEPT_SECONDS
            return self._connection.execute(query, (bot_id, update_id, oldest)).fetchone() is not None
        except sqlite3.Error as error:
            self._degrade(error)
            return False

    def _degrade(self, error: sqlite3.Error) -> None:
        if not self.is_degraded:
            logger.warning(
                "the database cannot be used (%s); answers go on, ids are kept in memory", type(error).__name__
            )
        self.is_degraded = True

    def _recover(self) -> None:
        if self.is_degraded:
            logger.warning("the database can be used again")
        self.is_degraded = False
