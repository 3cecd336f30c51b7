"""All that the bot keeps, in one file and on one connection: two would race in SQLite's journal before 3.51.3."""

from __future__ import annotations

from pathlib import Path

from bot.store.countries import ChosenCountries
from bot.store.database import Database
from bot.store.handled import HandledUpdates


class Kept:
    """Answered updates and chosen countries.

    Args:
        file: where to keep them; None keeps them in memory only.
        token: the bot's.
        default_country: the operator's country code; empty for none.
    """

    def __init__(self, file: Path | None, token: str, default_country: str = "") -> None:
        self._database = Database(file)
        self.handled = HandledUpdates(self._database)
        self.countries = ChosenCountries(self._database, token, default_country)

    @property
    def is_degraded(self) -> bool:
        """Whether the file cannot be used at the moment."""
        return self._database.is_degraded

    def open(self) -> None:
        """Open or make the file, and drop what is too old."""
        self._database.open()
        self.handled.forget_old()

    def close(self) -> None:
        """Close the file."""
        self._database.close()
