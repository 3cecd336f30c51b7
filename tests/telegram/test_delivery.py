"""Each update handled once, in order, within a deadline."""

import asyncio
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.core.answering import Assistant
from bot.store.kept import Kept
from bot.telegram import delivery as module
from bot.telegram.delivery import AT_ONCE, Delivery
from tests.telegram.conftest import PERSON, Json, Telegram


def question(update_id: int, text: str = "ice or heat?", chat_id: int = 5) -> Json:
    chat = {"id": chat_id, "type": "private", "first_name": "Ann"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1, "chat": chat, "from": PERSON, "text": text},
    }


async def test_an_update_that_comes_twice_is_answered_once(telegram: Telegram) -> None:
    await telegram.delivery.deliver(question(1))
    await telegram.delivery.deliver(question(1))

    assert len(telegram.request.texts) == 1


async def test_nor_is_it_after_a_restart(telegram: Telegram, tmp_path: Path) -> None:
    for _ in range(2):
        kept = Kept(tmp_path / "bot.sqlite3", "1:x")
        kept.open()
        await Delivery(telegram.application, telegram.handlers, kept.handled, set()).deliver(question(1))
        kept.close()

    assert len(telegram.request.texts) == 1


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "message": {"nonsense": True}},
        {"update_id": 1, "message": []},
        {"update_id": 1, "message": {"message_id": "x", "date": "y", "chat": 3}},
        {"update_id": 1, "callback_query": {"id": 1}},
    ],
)
async def test_an_update_that_cannot_be_read_is_skipped(telegram: Telegram, raw: Json) -> None:
    await telegram.delivery.deliver(raw)
    await telegram.delivery.deliver(question(2))

    assert len(telegram.request.texts) == 1


async def test_the_log_of_a_skipped_update_holds_no_words(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    await telegram.delivery.deliver({"update_id": 7, "message": {"text": "my secret sorrow"}})

    assert "update 7 cannot be read" in caplog.text
    assert "sorrow" not in caplog.text


async def test_an_update_of_an_unknown_kind_is_passed_over(telegram: Telegram) -> None:
    await telegram.delivery.deliver({"update_id": 1, "something_new": {"a": 1}})

    assert telegram.request.calls == []


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> dict[int, asyncio.Event]:
    """Holds the answer to each message id until its gate is opened."""
    gates: dict[int, asyncio.Event] = {}
    answer = telegram.application.process_update

    async def held(update: Update) -> None:
        if gate := gates.get(update.update_id):
            await gate.wait()
        await answer(update)

    monkeypatch.setattr(telegram.application, "process_update", held)
    return gates


async def test_one_chat_is_answered_in_order(telegram: Telegram, gates: dict[int, asyncio.Event]) -> None:
    gates[1] = asyncio.Event()
    first = asyncio.create_task(telegram.delivery.deliver(question(1, "ice or heat?")))
    second = asyncio.create_task(telegram.delivery.deliver(question(2, "hot water bottle")))
    await asyncio.sleep(0)
    gates[1].set()
    await asyncio.gather(first, second)

    assert [text[:12] for text in telegram.request.texts] == ["<b>Ice or he", "<b>Heat</b>\n"]


async def test_one_chat_does_not_wait_for_another(telegram: Telegram, gates: dict[int, asyncio.Event]) -> None:
    gates[1] = asyncio.Event()
    slow = asyncio.create_task(telegram.delivery.deliver(question(1, chat_id=5)))
    await telegram.delivery.deliver(question(2, chat_id=6))

    assert len(telegram.request.texts) == 1
    gates[1].set()
    await slow


async def test_only_so_many_are_answered_at_once(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way = most = 0
    answer = telegram.application.process_update

    async def counted(update: Update) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        await answer(update)
        under_way -= 1

    monkeypatch.setattr(telegram.application, "process_update", counted)

    await asyncio.gather(*(telegram.delivery.deliver(question(n, chat_id=n)) for n in range(1, 40)))

    assert most == AT_ONCE
    assert len(telegram.request.texts) == 39


async def test_a_handler_that_hangs_is_cut_and_the_person_told(
    telegram: Telegram, gates: dict[int, asyncio.Event]
) -> None:
    gates[1] = asyncio.Event()
    delivery = Delivery(telegram.application, telegram.handlers, Kept(None, "1:x").handled, telegram.unanswered, 0.01)

    await delivery.deliver(question(1))

    assert telegram.request.texts[0].startswith("Text error.")


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_AFTER_SECONDS", (0.0, 0.0))
    monkeypatch.setattr("bot.telegram.sending.FIRST_WAIT_SECONDS", 0.0)


@pytest.mark.usefixtures("no_pauses")
async def test_an_update_is_kept_until_its_answer_can_go_out(telegram: Telegram) -> None:
    answer_and_apology = 10
    telegram.request.planned = [NetworkError("down")] * answer_and_apology

    await telegram.delivery.deliver(question(1))

    assert telegram.request.texts[-1].startswith("<b>Ice or heat?</b>")
    assert len(telegram.request.texts) == answer_and_apology + 1


@pytest.mark.usefixtures("no_pauses")
async def test_it_is_given_up_in_the_end(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    telegram.request.planned = [NetworkError("down")] * 1000

    await telegram.delivery.deliver(question(1))

    assert "update 1 could not be answered; given up" in caplog.text


async def test_a_failing_answer_is_apologised_for_once(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Assistant, "answer", fail)

    await telegram.delivery.deliver(question(1))

    assert [text[:10] for text in telegram.request.texts] == ["Text error"]
