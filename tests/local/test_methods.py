"""The Bot API on this machine: what it takes, and what it refuses in Telegram's words."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from bot.local.account import Account
from bot.local.server import TOKEN

Call = Callable[..., Coroutine[Any, Any, httpx.Response]]

pytestmark = pytest.mark.asyncio(loop_scope="module")

PERSON = 1001
MOST_SECONDS = 10  # nothing here should take a tenth of it
LONG_POLL = 50


def refusal(response: httpx.Response) -> tuple[int, str]:
    answer = response.json()
    assert not answer["ok"]
    assert answer["error_code"] == response.status_code
    return response.status_code, answer["description"]


def buttons(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Ice", **button}]]}


@pytest.fixture
def say(call: Call) -> Call:
    """Has the bot send a message to the person."""

    async def send(text: str = "Ice first", **parameters: Any) -> httpx.Response:
        return await call("sendMessage", chat_id=PERSON, text=text, **parameters)

    return send


async def until_waiting(account: Account) -> None:
    """Give way to the server until a poll waits there."""
    async with asyncio.timeout(MOST_SECONDS):
        while not account.changed._waiters:  # noqa: ASYNC110  a poll that waits tells nobody
            await asyncio.sleep(0)


async def update_ids(call: Call, **parameters: Any) -> list[int]:
    return [update["update_id"] for update in (await call("getUpdates", **parameters)).json()["result"]]


async def test_an_unknown_method_is_not_found(call: Call) -> None:
    assert refusal(await call("sendPigeon")) == (404, "Not Found")


async def test_method_names_may_be_in_any_case(call: Call) -> None:
    response = await call("GETME")

    assert response.json()["result"]["is_bot"]


@pytest.mark.parametrize(
    ("text", "parse_mode"),
    [
        pytest.param("a" * 4096, "", id="letters"),
        pytest.param("🧊" * 2048, "", id="emoji, two units each"),
        pytest.param("<b>" + "a" * 4096 + "</b>", "HTML", id="markup is not counted"),
    ],
)
async def test_the_longest_message_is_sent(say: Call, text: str, parse_mode: str) -> None:
    assert (await say(text, parse_mode=parse_mode)).is_success


@pytest.mark.parametrize("text", ["a" * 4097, "🧊" * 2048 + "a"], ids=["letters", "emoji"])
async def test_a_longer_message_is_refused(say: Call, text: str) -> None:
    assert refusal(await say(text)) == (400, "Bad Request: message is too long")


@pytest.mark.parametrize(
    ("text", "parse_mode"), [("", ""), (" \n ", ""), ("<b> </b>", "HTML")], ids=["empty", "blank", "only markup"]
)
async def test_a_message_that_shows_nothing_is_refused(say: Call, text: str, parse_mode: str) -> None:
    assert refusal(await say(text, parse_mode=parse_mode)) == (400, "Bad Request: message text is empty")


async def test_bad_markup_is_refused(say: Call) -> None:
    response = await say("ice<br>heat", parse_mode="HTML")

    words = 'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 3'
    assert refusal(response) == (400, words)


async def test_without_a_parse_mode_markup_is_text(say: Call) -> None:
    response = await say("ice<br>heat")

    assert response.json()["result"]["text"] == "ice<br>heat"


async def test_another_parse_mode_is_refused(say: Call) -> None:
    assert refusal(await say("ice", parse_mode="Markdown")) == (400, "Bad Request: unsupported parse_mode")


async def test_a_message_comes_back_as_it_is_shown(say: Call) -> None:
    message = (await say(" <b>Ice</b> &amp; heat", parse_mode="HTML")).json()["result"]

    assert message["text"] == "Ice & heat"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_entities_past_the_hundredth_are_left_out(say: Call) -> None:
    message = (await say("<b>a</b> " * 101, parse_mode="HTML")).json()["result"]

    assert len(message["entities"]) == 100


async def test_another_chat_is_not_found(call: Call) -> None:
    response = await call("sendMessage", chat_id=PERSON + 1, text="ice")

    assert refusal(response) == (400, "Bad Request: chat not found")


async def test_half_a_character_never_reaches_the_chat(web: httpx.AsyncClient) -> None:
    body = b'{"chat_id": 1001, "text": "ice \\ud800"}'

    response = await web.post(f"/bot{TOKEN}/sendMessage", content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 400
    assert (await web.get("/chat/events", params={"after": -1})).json()["events"] == []


@pytest.mark.parametrize("data", ["a" * 64, "é" * 32], ids=["letters", "two bytes each"])
async def test_callback_data_of_64_bytes_is_taken(say: Call, data: str) -> None:
    assert (await say(reply_markup=buttons(callback_data=data))).is_success


@pytest.mark.parametrize("data", ["a" * 65, "é" * 32 + "a", ""], ids=["letters", "two bytes each", "none"])
async def test_other_callback_data_is_refused(say: Call, data: str) -> None:
    response = await say(reply_markup=buttons(callback_data=data))

    assert refusal(response) == (400, "Bad Request: BUTTON_DATA_INVALID")


@pytest.mark.parametrize(
    "button",
    [{}, {"callback_data": "1", "url": "https://x.org"}, {"text": "", "callback_data": "1"}, {"callback_data": 1}],
    ids=["does nothing", "does two things", "says nothing", "carries a number"],
)
async def test_a_bad_button_is_refused(say: Call, button: dict[str, Any]) -> None:
    status, words = refusal(await say(reply_markup=buttons(**button)))

    assert status == 400
    assert words.startswith("Bad Request: ")


async def test_more_than_a_hundred_buttons_are_refused(say: Call) -> None:
    rows = [[{"text": "Ice", "callback_data": "1"}]] * 101

    response = await say(reply_markup={"inline_keyboard": rows})

    assert refusal(response) == (400, "Bad Request: reply markup is too long")


async def test_a_reply_to_nothing_is_refused_unless_that_is_allowed(say: Call) -> None:
    strict = await say(reply_parameters={"message_id": 99})
    lenient = await say(reply_parameters={"message_id": 99, "allow_sending_without_reply": True})

    assert refusal(strict) == (400, "Bad Request: message to be replied not found")
    assert "reply_to_message" not in lenient.json()["result"]


async def test_an_edit_changes_the_message_in_place(say: Call, call: Call, account: Account) -> None:
    sent = (await say("Ice", reply_markup=buttons(callback_data="1"))).json()["result"]

    await call("editMessageText", chat_id=PERSON, message_id=sent["message_id"], text="Heat")

    assert [message["text"] for message in account.messages.values()] == ["Heat"]
    assert "reply_markup" not in account.messages[sent["message_id"]]


async def test_an_edit_that_changes_nothing_is_refused(say: Call, call: Call) -> None:
    content = {"text": "<b>Ice</b>", "parse_mode": "HTML", "reply_markup": buttons(callback_data="1")}
    sent = (await say(**content)).json()["result"]

    response = await call("editMessageText", chat_id=PERSON, message_id=sent["message_id"], **content)

    status, words = refusal(response)
    assert status == 400
    assert words.startswith("Bad Request: message is not modified")


async def test_an_edit_of_no_message_is_refused(call: Call) -> None:
    response = await call("editMessageText", chat_id=PERSON, message_id=99, text="Heat")

    assert refusal(response) == (400, "Bad Request: message to edit not found")


async def test_the_persons_messages_are_not_the_bots_to_edit(call: Call, account: Account) -> None:
    written = await account.write("ice or heat?")

    response = await call("editMessageText", chat_id=PERSON, message_id=written["message_id"], text="Heat")

    assert refusal(response) == (400, "Bad Request: message can't be edited")


async def test_a_press_is_answered_once(say: Call, call: Call, account: Account) -> None:
    sent = (await say(reply_markup=buttons(callback_data="1"))).json()["result"]
    await account.press(sent["message_id"], "1")
    (update,) = (await call("getUpdates")).json()["result"]

    first = await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    second = await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])

    assert first.json()["result"] is True
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert refusal(second) == (400, words)


async def test_an_offset_confirms_what_is_below_it(call: Call, account: Account) -> None:
    for text in ("ice", "heat", "rest"):
        await account.write(text)
    first, second, third = await update_ids(call)

    assert await update_ids(call, offset=second) == [second, third]
    assert await update_ids(call) == [second, third]
    assert first not in [update["update_id"] for update in account.updates]


async def test_a_limit_keeps_the_rest_for_later(call: Call, account: Account) -> None:
    for text in ("ice", "heat"):
        await account.write(text)

    assert len(await update_ids(call, limit=1)) == 1
    assert len(await update_ids(call)) == 2


async def test_only_allowed_updates_are_kept(call: Call, account: Account) -> None:
    await call("getUpdates", allowed_updates=["edited_message"])
    written = await account.write("ice")

    await account.rewrite(written["message_id"], "heat")

    (update,) = (await call("getUpdates")).json()["result"]
    assert update["edited_message"]["text"] == "heat"


async def test_an_empty_list_of_allowed_updates_means_all(call: Call, account: Account) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    await call("getUpdates", allowed_updates=[])

    await account.write("ice")

    assert len(await update_ids(call)) == 1


async def test_a_long_poll_wakes_on_a_message(call: Call, account: Account) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=LONG_POLL))
    await until_waiting(account)

    await account.write("ice or heat?")

    async with asyncio.timeout(MOST_SECONDS):
        (update,) = (await polling).json()["result"]
    assert update["message"]["text"] == "ice or heat?"


async def test_a_second_poll_ends_the_first(call: Call, account: Account) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=LONG_POLL))
    await until_waiting(account)

    second = await call("getUpdates")

    async with asyncio.timeout(MOST_SECONDS):
        status, words = refusal(await first)
    assert second.json()["result"] == []
    assert status == 409
    assert words.startswith("Conflict: terminated by other getUpdates request")


async def test_closing_ends_a_long_poll(call: Call, account: Account) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=LONG_POLL))
    await until_waiting(account)

    await account.close()

    async with asyncio.timeout(MOST_SECONDS):
        assert (await polling).json()["result"] == []


@pytest.mark.parametrize(
    ("method", "name", "longest"),
    [
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_a_description_has_its_limit(call: Call, account: Account, method: str, name: str, longest: int) -> None:
    taken = await call(method, **{name: "a" * longest})
    refused = await call(method, **{name: "a" * (longest + 1)})

    assert taken.json()["result"] is True
    assert refused.status_code == 400
    assert len(account.about[name]) == longest


async def test_commands_are_kept_by_scope(call: Call, account: Account) -> None:
    commands = [{"command": "ice", "description": "How to use ice"}]

    await call("setMyCommands", commands=commands, scope={"type": "all_private_chats"})

    assert account.commands == {"all_private_chats": commands}


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("getUpdates", {"offset": "soon"}),
        ("getUpdates", {"timeout": "nan"}),
        ("setMyCommands", {}),
        ("sendMessage", {"chat_id": PERSON, "text": "ice", "reply_markup": "{"}),
        ("sendMessage", {"chat_id": PERSON, "text": "ice", "reply_markup": [1]}),
        ("editMessageText", {"chat_id": PERSON, "message_id": "last", "text": "ice"}),
    ],
    ids=["offset", "timeout", "nothing", "broken JSON", "a list", "message id"],
)
async def test_garbled_parameters_are_a_bad_request(call: Call, method: str, parameters: dict[str, Any]) -> None:
    status, words = refusal(await call(method, **parameters))

    assert status == 400
    assert words.startswith("Bad Request: ")
