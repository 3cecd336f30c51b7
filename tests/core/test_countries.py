"""The country that somebody names."""

import pytest

from bot.core.countries import find_country
from bot.core.model import EmergencyNumber

NUMBERS = {
    "GB": EmergencyNumber("GB", "United Kingdom", "999", names=("UK", "Scotland")),
    "AT": EmergencyNumber("AT", "Austria", "112", names=("Österreich",)),
}


@pytest.mark.parametrize("text", ["GB", "gb", "United kingdom!", "uk", "U K".replace(" ", ""), "scotland"])
def test_a_country_is_found_by_its_code_and_its_names(text: str) -> None:
    number = find_country(text, NUMBERS)

    assert number is not None
    assert number.country_code == "GB"


@pytest.mark.parametrize("text", ["", "?", "G", "Gabon", "Australia", "Austri", "not GB", "GB AT", "999"])
def test_nothing_is_guessed(text: str) -> None:
    assert find_country(text, NUMBERS) is None


def test_accents_do_not_matter() -> None:
    assert find_country("osterreich", NUMBERS) == NUMBERS["AT"]
