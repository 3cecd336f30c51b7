"""Messages that arrive whatever Telegram answers at first."""

import asyncio

import pytest
from telegram.error import NetworkError, TimedOut

from bot.core.reply import Action, Block, Button, Disclaimer, Reply
from bot.telegram import sending
from bot.telegram.sending import MOST_TRIES, Destination, edit, send
from tests.telegram.conftest import Telegram, refusal

REPLY = Reply((Block("Ice & heat"),), Disclaimer("Not medical advice."))
TO = Destination(5)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were asked for; none is waited out."""
    asked: list[float] = []

    async def note(seconds: float) -> None:
        asked.append(seconds)

    monkeypatch.setattr(sending, "asyncio", type("Clock", (), {"sleep": staticmethod(note)}))
    return asked


@pytest.mark.parametrize(
    "failure",
    [
        refusal(429, "Too Many Requests: retry after 2", retry_after=2),
        (502, b"<html>Bad Gateway</html>"),
        refusal(500, "Internal Server Error"),
        NetworkError("ConnectError"),
        TimedOut(),
    ],
    ids=["429", "502", "500", "no connection", "no answer"],
)
async def test_a_passing_fault_is_tried_again(telegram: Telegram, failure: tuple[int, bytes] | Exception) -> None:
    telegram.request.planned = [failure]

    (message_id,) = await send(telegram.application.bot, TO, [REPLY])

    assert message_id >= 100
    assert len(telegram.request.sent) == 2


async def test_a_429_is_waited_out_as_long_as_it_says(telegram: Telegram, pauses: list[float]) -> None:
    telegram.request.planned = [refusal(429, "Too Many Requests: retry after 2", retry_after=2)]

    await send(telegram.application.bot, TO, [REPLY])

    assert pauses == [2.0]


async def test_a_message_that_may_be_out_is_sent_again_once_at_most(telegram: Telegram) -> None:
    telegram.request.planned = [TimedOut(), TimedOut(), TimedOut()]

    with pytest.raises(TimedOut):
        await send(telegram.application.bot, TO, [REPLY])

    assert len(telegram.request.sent) == 2


async def test_tries_are_bounded(telegram: Telegram) -> None:
    telegram.request.planned = [(502, b"")] * 50

    with pytest.raises(NetworkError):
        await send(telegram.application.bot, TO, [REPLY])

    assert len(telegram.request.sent) == MOST_TRIES


@pytest.mark.parametrize(
    "failure",
    [
        refusal(403, "Forbidden: bot was blocked by the user"),
        refusal(403, "Forbidden: bot was kicked from the group chat"),
        refusal(400, "Bad Request: chat not found"),
        refusal(400, "Bad Request: TOPIC_CLOSED"),
        refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
    ids=["blocked", "kicked", "gone", "topic closed", "no rights"],
)
async def test_where_nobody_can_be_reached_nothing_is_tried_again(
    telegram: Telegram, failure: tuple[int, bytes]
) -> None:
    telegram.request.planned = [failure]

    assert await send(telegram.application.bot, TO, [REPLY, REPLY]) == ()
    assert len(telegram.request.sent) == 1


async def test_markup_that_telegram_cannot_read_goes_out_plain_with_its_disclaimer(telegram: Telegram) -> None:
    telegram.request.planned = [refusal(400, "Bad Request: can't parse entities: Unsupported start tag")]

    await send(telegram.application.bot, TO, [REPLY])

    second = telegram.request.sent[1]
    assert second["text"] == "Ice & heat\n\nNot medical advice."
    assert "parse_mode" not in second


async def test_a_group_that_moved_is_followed(telegram: Telegram) -> None:
    telegram.request.planned = [
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)
    ]

    await send(telegram.application.bot, Destination(-9), [REPLY])

    assert [sent["chat_id"] for sent in telegram.request.sent] == [-9, -1009]


async def test_an_edit_that_changes_nothing_is_no_error(telegram: Telegram) -> None:
    telegram.request.planned = [refusal(400, "Bad Request: message is not modified: ...")]

    await edit(telegram.application.bot, 5, 9, REPLY)

    assert len(telegram.request.made("editMessageText")) == 1


async def test_only_the_first_part_quotes_the_question(telegram: Telegram) -> None:
    await send(telegram.application.bot, Destination(5, reply_to=3), [REPLY, REPLY])

    assert ["reply_parameters" in sent for sent in telegram.request.sent] == [True, False]


async def test_links_show_no_preview_and_buttons_carry_their_meaning(telegram: Telegram) -> None:
    row = (Button("Heat", Action.SHOW_ENTRY, "heat"), Button("More", Action.OPEN_IN_PRIVATE, "ice"))

    await send(telegram.application.bot, TO, [Reply(REPLY.blocks, REPLY.disclaimer, (row,))])

    (sent,) = telegram.request.sent
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["reply_markup"]["inline_keyboard"] == [
        [{"text": "Heat", "callback_data": "1:entry:heat"}, {"text": "More", "url": "https://t.me/back_bot?start=ice"}]
    ]


async def test_sending_can_be_cut_short(telegram: Telegram) -> None:
    async def forever(*_: object, **__: object) -> tuple[int, bytes]:
        await asyncio.Event().wait()
        raise AssertionError

    telegram.request.do_request = forever  # type: ignore[method-assign]  # the network hangs

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await send(telegram.application.bot, TO, [REPLY])


async def test_a_press_that_cannot_be_acknowledged_is_answered_all_the_same(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.request.planned = [refusal(400, "Bad Request: something new")]

    await telegram.press("1:entry:heat")

    assert telegram.request.texts[0].startswith("<b>Heat</b>")
    assert "a press was not acknowledged: BadRequest" in caplog.text
