"""Which country somebody names, among those whose emergency number was checked."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import EmergencyNumber
from bot.core.text import words


def find_country(text: str, numbers: Mapping[str, EmergencyNumber]) -> EmergencyNumber | None:
    """The country that a text names, by its code or a name of it; None for one whose number we do not know.

    Nothing is guessed: a wrong number is worse than none.
    """
    said = words(text)
    for number in numbers.values():
        if said and said in {words(name) for name in (number.country_code, number.country, *number.names)}:
            return number
    return None
