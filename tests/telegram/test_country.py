"""Whose emergency number is shown: chosen in private, the operator's in groups, never guessed."""

import pytest

from bot.core.model import Knowledge
from tests.telegram.conftest import GROUP, PERSON, PRIVATE, Telegram, buttons


async def test_it_lists_the_commonest_countries(telegram: Telegram) -> None:
    await telegram.write("/country")

    (sent,) = telegram.request.sent
    assert sent["text"].startswith("Text country.")
    assert buttons(sent) == ["1:country:GB", "1:country:"]


@pytest.mark.parametrize("words", ["GB", "united kingdom", "uk"])
async def test_a_country_is_chosen_by_code_or_name(telegram: Telegram, words: str) -> None:
    await telegram.write(f"/country {words}")
    await telegram.write("I cannot pee")

    chosen, alarm = telegram.request.sent
    assert chosen["text"].startswith("Text country_chosen: 999 (United Kingdom).")
    assert "Call 999 (United Kingdom)." in alarm["text"]
    assert buttons(alarm) == ["{'text': '999'}"]


async def test_or_by_a_button_and_taken_back_by_another(telegram: Telegram) -> None:
    await telegram.press("1:country:GB")
    await telegram.press("1:country:")

    assert telegram.request.texts[0].startswith("Text country_chosen: 999")
    assert telegram.request.texts[1].startswith("Text country_none: 112.")


@pytest.mark.parametrize("words", ["Atlantis", "999", "me"])
async def test_a_country_without_a_checked_number_is_not_guessed(telegram: Telegram, words: str) -> None:
    await telegram.write(f"/country {words}")
    await telegram.write("I cannot pee")

    unknown, alarm = telegram.request.sent
    assert unknown["text"].startswith("Text country_unknown: 112.")
    assert "Call 112." in alarm["text"]
    assert "reply_markup" not in alarm


async def test_a_button_of_a_country_that_is_gone_forgets(telegram: Telegram) -> None:
    await telegram.press("1:country:XX")

    assert telegram.request.texts[0].startswith("Text country_none: 112.")


async def test_a_group_is_shown_the_operators_number(telegram: Telegram) -> None:
    telegram.handlers._countries.default = "GB"
    await telegram.write("/country BR", GROUP)
    await telegram.write("@back_bot I cannot pee", GROUP)

    assert telegram.request.texts[0].startswith("Text country_in_group: 999")
    assert "Call 999" in telegram.request.texts[1]


async def test_a_press_in_a_group_chooses_nothing(telegram: Telegram) -> None:
    await telegram.press("1:country:BR", GROUP)
    await telegram.write("@back_bot I cannot pee", GROUP)

    assert "Call 112." in telegram.request.texts[-1]


async def test_ones_own_choice_goes_before_the_operators(telegram: Telegram) -> None:
    telegram.handlers._countries.default = "GB"
    await telegram.write("/country Brazil")
    await telegram.write("I cannot pee")

    assert "Call 192 (Brazil)." in telegram.request.texts[-1]


@pytest.mark.parametrize("language_code", ["en-GB", "pt-BR", "de"])
async def test_a_language_tells_no_country(telegram: Telegram, language_code: str) -> None:
    person = {**PERSON, "language_code": language_code}
    await telegram.write("/start", PRIVATE, **{"from": person})
    await telegram.write("I cannot pee", PRIVATE, **{"from": person})

    assert "Call 112." in telegram.request.texts[-1]


async def test_a_crisis_has_the_number_to_copy_too(telegram: Telegram, knowledge: Knowledge) -> None:
    await telegram.write("/country GB")
    await telegram.write("I want to die")

    assert buttons(telegram.request.sent[-1]) == [f"{{'text': '{knowledge.numbers['GB'].number}'}}"]


async def test_an_ordinary_answer_has_no_number(telegram: Telegram) -> None:
    await telegram.write("/country GB")
    await telegram.write("ice or heat?")

    assert "999" not in str(telegram.request.sent[-1])
