"""One SQLite file of numbers, which never stops an answer: where it cannot be used, its users go on in memory."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

# Each is carried out once, in order; the file remembers how many (PRAGMA user_version). Never change one, add another.
MIGRATIONS = (
    """
    CREATE TABLE IF NOT EXISTS done  -- files older than the count have it
        (bot_id INTEGER, update_id INTEGER, at INTEGER, PRIMARY KEY (bot_id, update_id)) WITHOUT ROWID
    """,
    "CREATE TABLE country (chat INTEGER PRIMARY KEY, code INTEGER) WITHOUT ROWID",
)

OPEN_AGAIN_SECONDS = 60.0  # between the tries to open a file that could not be opened; one may wait a second for a lock

logger = logging.getLogger(__name__)


class Database:
    """A connection that is lost and found again without a word to anybody but the log.

    A statement that fails is not carried out later: what it would have kept is in its user's memory alone.

    Args:
        file: None for no file at all.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._next_try: float | None = None  # when to open the file again; None where it is open, or need not be
        self.is_degraded = False

    def open(self) -> None:
        """Open or make the file, and bring its tables up to date; where that fails it is tried again later."""
        if self._file is None:
            return
        self._next_try = None
        try:
            self._connection = sqlite3.connect(self._file, isolation_level=None, timeout=1.0)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")  # after power loss at worst an answer is doubled
            (done,) = self._connection.execute("PRAGMA user_version").fetchone()
            for number, migration in enumerate(MIGRATIONS[done:], start=done + 1):
                self._connection.execute(migration)
                self._connection.execute(f"PRAGMA user_version = {number}")
        except sqlite3.Error as error:
            self.close()
            self._next_try = monotonic() + OPEN_AGAIN_SECONDS
            self._degrade(error)

    def close(self) -> None:
        """Close the file."""
        self._next_try = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def execute(self, statement: str, values: Sequence[int] = ()) -> list[tuple[int, ...]]:
        """The rows of a statement; none where the file cannot be used."""
        if self._next_try is not None and monotonic() >= self._next_try:
            self.open()
        if self._connection is None:
            return []
        try:
            rows = self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            self._degrade(error)
            return []
        if self.is_degraded:
            logger.warning("the database can be used again")
        self.is_degraded = False
        return rows

    def _degrade(self, error: sqlite3.Error) -> None:
        if not self.is_degraded:
            logger.warning(
                "the database cannot be used (%s); answers go on, numbers are kept in memory", type(error).__name__
            )
        self.is_degraded = True
