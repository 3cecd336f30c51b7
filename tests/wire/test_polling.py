"""The bot at the wire: what an independent server sees of it while it polls."""

from __future__ import annotations

import asyncio
import json
from itertools import repeat

import aiohttp
import pytest

from bot.telegram.polling import PollingError
from tests.wire.conftest import DATE, LONGEST_WAIT, ME, TOKEN, Fault, Telegram

pytestmark = pytest.mark.usefixtures("bot")

GROUP = -1001234
QUESTION = "ice or heat?"
ANSWER = "Ice or heat?"  # the title of the entry, in the first line


# Answers.


async def test_a_question_is_answered(telegram: Telegram) -> None:
    (reply,) = await telegram.ask(QUESTION)

    assert reply.text.startswith(ANSWER)


@pytest.mark.parametrize(
    ("command", "beginning"),
    [
        ("/start", "Hello. I answer questions"),
        ("/start ice-vs-heat", ANSWER),
        ("/help", "Write your question"),
        ("/topics", "What would you like to read"),
        ("/iceheat", ANSWER),
        ("/nonsense", "I don't know that command"),
    ],
)
async def test_a_command_is_answered(telegram: Telegram, command: str, beginning: str) -> None:
    (reply,) = await telegram.ask(command)

    assert reply.text.startswith(beginning)


@pytest.mark.parametrize("command", ["", "/help ", "/ice ", "/start "], ids=["bare", "help", "ice", "start"])
async def test_a_red_flag_gets_the_alarm_and_nothing_else(telegram: Telegram, command: str) -> None:
    (alarm,) = await telegram.ask(f"{command}i cant pee since my back went")

    assert alarm.text.startswith("🚨 Please stop and get emergency help now.")
    assert not alarm.buttons


async def test_a_photo_is_told_that_only_text_can_be_read(telegram: Telegram) -> None:
    message = telegram.message("")
    del message["text"]
    photo = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}

    await telegram.until_confirmed(await telegram.push({"message": {**message, "photo": [photo]}}))

    assert [reply.text.startswith("I can only read text") for reply in telegram.sent(1)] == [True]


async def test_messages_of_one_chat_are_answered_in_order(telegram: Telegram) -> None:
    telegram.faults.held[1] = asyncio.Event()
    for command in ("/help", "/topics", "/privacy"):
        await telegram.write(command)
    await telegram.write(QUESTION, 2)
    await telegram.until(lambda: telegram.sent(2))
    started = len(telegram.attempts(1))

    telegram.faults.held.pop(1).set()
    await telegram.until(lambda: len(telegram.sent(1)) == 3)

    assert started == 1
    assert [reply.text[:5] for reply in telegram.sent(1)] == ["Write", "What ", "I do "]


# Buttons.


async def test_a_press_on_a_group_of_entries_is_acknowledged_once_and_changes_the_list(telegram: Telegram) -> None:
    (topics,) = await telegram.ask("/topics")
    label, data = next(iter(topics.buttons.items()))

    await telegram.until_confirmed(await telegram.press(data, topics))

    assert len(telegram.answered("answerCallbackQuery")) == 1
    assert [text.startswith(label) for text in telegram.shown(1)] == [True]


async def test_a_press_on_an_entry_is_acknowledged_once_and_answered(telegram: Telegram) -> None:
    (answer,) = await telegram.ask(QUESTION)
    label, data = next(iter(answer.buttons.items()))

    await telegram.until_confirmed(await telegram.press(data, answer))

    assert len(telegram.answered("answerCallbackQuery")) == 1
    assert [text.startswith(start) for text, start in zip(telegram.shown(1), (ANSWER, label), strict=True)] == [
        True
    ] * 2


async def test_a_press_on_a_button_of_old_is_acknowledged_and_offers_the_topics(telegram: Telegram) -> None:
    (answer,) = await telegram.ask(QUESTION)

    await telegram.until_confirmed(await telegram.press("from another year", answer))

    assert len(telegram.answered("answerCallbackQuery")) == 1


# Edits.


async def test_an_edit_changes_the_answer_in_place(telegram: Telegram) -> None:
    question = telegram.message(QUESTION)
    await telegram.until_confirmed(await telegram.push({"message": question}))

    edited = {**question, "text": "how do I get out of bed", "edit_date": DATE + 9}
    await telegram.until_confirmed(await telegram.push({"edited_message": edited}))

    (text,) = telegram.shown(1)
    assert not text.startswith(ANSWER)
    assert len(telegram.sent(1)) == 1


async def test_an_edit_that_changes_nothing_is_no_failure(telegram: Telegram) -> None:
    question = telegram.message(QUESTION)
    await telegram.until_confirmed(await telegram.push({"message": question}))

    await telegram.until_confirmed(await telegram.push({"edited_message": {**question, "edit_date": DATE + 9}}))

    assert [text.startswith(ANSWER) for text in telegram.shown(1)] == [True]


async def test_an_edit_that_adds_a_red_flag_rings_with_a_message_of_its_own(telegram: Telegram) -> None:
    question = telegram.message(QUESTION)
    await telegram.until_confirmed(await telegram.push({"message": question}))

    edited = {**question, "text": "ice or heat? i cant pee since my back went", "edit_date": DATE + 9}
    await telegram.until_confirmed(await telegram.push({"edited_message": edited}))

    assert [text[0] for text in telegram.shown(1)] == [ANSWER[0], "🚨"]


# Groups.


async def test_a_group_message_to_nobody_is_ignored(telegram: Telegram) -> None:
    assert await telegram.ask("i cant pee since my back went", GROUP) == []


async def test_a_group_message_that_names_another_is_ignored(telegram: Telegram) -> None:
    mark = {"type": "mention", "offset": 0, "length": 10}

    assert await telegram.ask("@other_bot ice or heat?", GROUP, entities=[mark]) == []


@pytest.mark.parametrize(
    "text", [f"@{ME['username']} {QUESTION}", f"/ask {QUESTION}", f"/ask@{ME['username']} {QUESTION}"]
)
async def test_a_group_message_to_the_bot_is_answered_as_a_reply(telegram: Telegram, text: str) -> None:
    question = telegram.message(text, GROUP)

    await telegram.until_confirmed(await telegram.push({"message": question}))

    (reply,) = telegram.sent(GROUP)
    assert reply.text.startswith(ANSWER)
    assert json.loads(reply.fields["reply_parameters"])["message_id"] == question["message_id"]


async def test_a_reply_to_the_bot_in_a_group_is_answered(telegram: Telegram) -> None:
    (first,) = await telegram.ask(f"/ask {QUESTION}", GROUP)

    (second,) = await telegram.ask("how do I use heat", GROUP, reply_to_message=first.result)

    assert "heat" in second.text.lower()


async def test_a_command_to_another_bot_in_a_group_is_ignored(telegram: Telegram) -> None:
    assert await telegram.ask("/help@other_bot", GROUP) == []


# Intake.


async def test_the_kinds_of_updates_are_named_in_every_poll(telegram: Telegram) -> None:
    await telegram.ask(QUESTION)

    assert {poll.fields.get("allowed_updates") for poll in telegram.polls()} == {
        '["message", "edited_message", "callback_query"]'
    }


@pytest.mark.parametrize(
    "update",
    [{"message": {"nonsense": 1}}, {"callback_query": {}}, {"edited_message": {"message_id": "x", "date": []}}],
    ids=["message", "press", "edit"],
)
async def test_an_unreadable_update_is_skipped_and_the_next_answered(
    telegram: Telegram, update: dict[str, object]
) -> None:
    await telegram.push(update)

    assert len(await telegram.ask(QUESTION)) == 1


async def test_an_update_is_not_confirmed_before_its_answer_went_out(telegram: Telegram) -> None:
    telegram.faults.held[1] = asyncio.Event()
    update_id = await telegram.write(QUESTION)
    await telegram.until(lambda: telegram.attempts(1))
    before = len(telegram.polls())

    await telegram.until(lambda: len(telegram.polls()) >= before + 2)

    assert telegram.confirmed() < update_id
    telegram.faults.held.pop(1).set()
    await telegram.until_confirmed(update_id)
    assert len(telegram.sent(1)) == 1


async def test_a_slow_chat_does_not_hold_up_another(telegram: Telegram) -> None:
    telegram.faults.held[1] = asyncio.Event()
    await telegram.write(QUESTION, 1)
    await telegram.until(lambda: telegram.attempts(1))

    await telegram.write(QUESTION, 2)
    await telegram.until(lambda: telegram.sent(2))

    assert not telegram.sent(1)


async def test_what_was_answered_beside_a_slow_chat_is_answered_once(telegram: Telegram) -> None:
    telegram.faults.held[1] = asyncio.Event()
    await telegram.write(QUESTION, 1)
    last = await telegram.write(QUESTION, 2)
    await telegram.until(lambda: telegram.sent(2) and telegram.attempts(1))
    before = len(telegram.polls())
    await telegram.until(lambda: len(telegram.polls()) >= before + 2)  # each brings the second update again

    telegram.faults.held.pop(1).set()
    await telegram.until_confirmed(last)

    assert len(telegram.sent(2)) == 1


# Faults.


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.BAD_GATEWAY, Fault.RESET])
async def test_an_answer_goes_out_in_spite_of(telegram: Telegram, fault: Fault) -> None:
    telegram.faults.coming["sendMessage"] = iter([fault])

    replies = await telegram.ask(QUESTION)

    assert [reply.text.startswith(ANSWER) for reply in replies] == [True]
    assert len(telegram.attempts(1)) == 2


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.RESET])
async def test_an_answer_goes_out_in_spite_of_a_long_row_of(telegram: Telegram, fault: Fault) -> None:
    """Long enough that the apology fails too, so that the update has to be tried again as a whole."""
    telegram.faults.coming["sendMessage"] = iter([fault] * 11)

    replies = await telegram.ask(QUESTION)

    assert [reply.text.startswith(ANSWER) for reply in replies] == [True]


async def test_an_answer_goes_out_in_spite_of_a_wait_too_long_for_one_try(telegram: Telegram) -> None:
    """As in a group that gets 20 messages a minute; the apology meets the same."""
    telegram.faults.coming["sendMessage"] = iter([Fault.RATE_LIMITED_FOR_LONG] * 2)

    replies = await telegram.ask(QUESTION)

    assert [reply.text.startswith(ANSWER) for reply in replies] == [True]


async def test_who_blocked_the_bot_is_not_written_to_again(telegram: Telegram) -> None:
    telegram.faults.coming["sendMessage"] = repeat(Fault.BLOCKED)

    await telegram.ask(QUESTION)

    assert len(telegram.attempts(1)) == 1


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.BAD_GATEWAY, Fault.RESET, Fault.CONFLICT])
async def test_polling_recovers_from(telegram: Telegram, fault: Fault) -> None:
    telegram.faults.coming["getUpdates"] = iter([fault] * 2)
    await telegram.until(lambda: [poll.fault for poll in telegram.polls()].count(fault) == 2)

    assert len(await telegram.ask(QUESTION)) == 1


async def test_polling_recovers_from_a_rival_that_goes_away(telegram: Telegram) -> None:
    await telegram.until(lambda: telegram.polls() and telegram.polls()[-1].status == 0)

    async with aiohttp.ClientSession() as rival:
        await rival.post(f"{telegram.url}/bot{TOKEN}/getUpdates", data={"timeout": "0"})
    await telegram.until(lambda: Fault.CONFLICT.value in {poll.status for poll in telegram.polls()})

    assert len(await telegram.ask(QUESTION)) == 1


@pytest.mark.parametrize(
    ("fault", "reason"), [(Fault.UNAUTHORIZED, "TELEGRAM_BOT_TOKEN"), (Fault.CONFLICT, "Another program polls")]
)
async def test_polling_ends_and_says_why_after(
    telegram: Telegram, bot: asyncio.Task[None], monkeypatch: pytest.MonkeyPatch, fault: Fault, reason: str
) -> None:
    monkeypatch.setattr("bot.telegram.polling.LONGEST_BACK_OFF", 0.01)
    telegram.faults.coming["getUpdates"] = repeat(fault)

    with pytest.raises(PollingError, match=reason) as caught:
        await asyncio.wait_for(bot, LONGEST_WAIT)

    assert TOKEN not in str(caught.value)


# The start.


async def test_commands_and_descriptions_are_set_at_start(telegram: Telegram) -> None:
    scopes = {json.loads(call.fields["scope"])["type"] for call in telegram.answered("setMyCommands")}

    assert scopes == {"all_private_chats", "all_group_chats"}
    assert len(telegram.answered("setMyDescription")) == 1
    assert len(telegram.answered("setMyShortDescription")) == 1


async def test_an_old_webhook_is_removed_before_the_first_poll_and_nothing_dropped(telegram: Telegram) -> None:
    await telegram.ask(QUESTION)
    methods = [call.method for call in telegram.calls]
    (removed,) = telegram.answered("deleteWebhook")

    assert methods.index("deleteWebhook") < methods.index("getUpdates")
    assert removed.fields.get("drop_pending_updates", "false") == "false"


# The fence itself.


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_a_text_without_the_disclaimer_is_refused_and_noted(telegram: Telegram, method: str) -> None:
    fields = {"chat_id": "1", "message_id": "1", "text": "Rest a little."}

    async with (
        aiohttp.ClientSession() as anybody,
        anybody.post(f"{telegram.url}/bot{TOKEN}/{method}", data=fields) as r,
    ):
        status = r.status

    assert status == 400
    assert "without the disclaimer" in telegram.problems.pop()
