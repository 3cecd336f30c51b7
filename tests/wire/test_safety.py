"""Warning signs at the wire: the checking question, the number to copy, and each stage broken in turn."""

from __future__ import annotations

import json
import threading

import pytest

from bot.core.answering import Assistant
from bot.core.model import RedFlag
from bot.core.red_flags import Signs
from bot.core.rendering import Renderer
from tests.wire.conftest import Telegram

pytestmark = pytest.mark.usefixtures("bot")

QUESTION = "ice or heat?"
ALARM, ERROR = "🚨 Please stop and get emergency help now.", "Sorry, something went wrong on my side"


def fail(*_: object, **__: object) -> None:
    raise RuntimeError


@pytest.fixture
def suspected(real_assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> RedFlag:
    """A sign that every message is taken to mean."""
    sign = next(sign for sign in real_assistant.knowledge.red_flags if sign.id == "cannot-pee")
    monkeypatch.setattr(real_assistant._red_flags, "find", lambda *_, **__: Signs(suspected=(sign,)))
    return sign


@pytest.mark.usefixtures("suspected")
@pytest.mark.parametrize(("button", "begins"), [(0, "Ice or heat?"), (1, ALARM)], ids=["yes", "no"])
async def test_a_press_answers_the_checking_question(telegram: Telegram, button: int, begins: str) -> None:
    (question,) = await telegram.ask(QUESTION)
    label, data = list(question.buttons.items())[button]

    await telegram.until_confirmed(await telegram.press(data, question))

    assert question.text.startswith("One quick check before I answer")
    assert label == ("Yes, all normal", "No or not sure")[button]
    assert telegram.sent(1)[-1].text.startswith(begins)
    assert len(telegram.answered("answerCallbackQuery")) == 1


@pytest.mark.usefixtures("suspected")
@pytest.mark.parametrize(("text", "begins"), [("yes, all normal", "Ice or heat?"), ("yeah a bit numb", ALARM)])
async def test_words_answer_it_too(telegram: Telegram, text: str, begins: str) -> None:
    await telegram.ask(QUESTION)

    (answer,) = await telegram.ask(text)

    assert answer.text.startswith(begins)


async def test_the_number_of_the_chosen_country_can_be_copied(telegram: Telegram) -> None:
    await telegram.ask("/country UK")

    (alarm,) = await telegram.ask("i cant pee since my back went")

    assert "Call 999 (United Kingdom)" in alarm.text
    ((button,),) = json.loads(alarm.fields["reply_markup"])["inline_keyboard"]
    assert button == {"text": "Copy 999", "copy_text": {"text": "999"}}


@pytest.mark.parametrize(
    ("part", "method"),
    [
        ("_vocabulary", "read"),
        ("_red_flags", "find"),
        ("_languages", "find"),
        ("_guards", "find"),
        ("_chooser", "choose"),
    ],
)
async def test_a_stage_that_fails_says_where_to_get_help(
    telegram: Telegram, real_assistant: Assistant, part: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getattr(real_assistant, part), method, fail)

    (reply,) = await telegram.ask(QUESTION)

    assert reply.text.startswith(ERROR)


@pytest.mark.parametrize(("text", "begins"), [(QUESTION, ERROR), ("i cant pee since my back went", ALARM)])
async def test_rendering_that_fails_says_so_too(
    telegram: Telegram, text: str, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Renderer, "answer", fail)
    monkeypatch.setattr(Renderer, "error", fail)

    (reply,) = await telegram.ask(text)

    assert reply.text.startswith(begins)


async def test_a_sign_is_told_though_the_search_hangs(
    telegram: Telegram, real_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    monkeypatch.setattr(real_assistant._chooser, "choose", lambda *_: over.wait(10))

    (reply,) = await telegram.ask("I have a fever with my back pain, ice or heat?")
    over.set()

    assert reply.text.startswith("⚠️ This needs a doctor today.")
