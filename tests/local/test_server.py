"""The server on this machine: who may call it, and what the chat page gets from it."""

import asyncio
import errno
import os
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.local.account import MOST_EVENTS, Account
from bot.local.server import LARGEST_BODY, LOOPBACK, TOKEN, Server
from bot.serving import PortError, serve

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST_SECONDS = 10  # nothing here should take a tenth of it
LISTENING = Path("/proc/net/tcp")
FILES = ["/", "/chat.css", "/chat.js"]
CALLS = [("POST", f"/bot{TOKEN}/getMe"), ("POST", "/chat/message"), ("GET", "/chat/events"), ("GET", "/")]


async def events(web: httpx.AsyncClient, after: int) -> dict[str, Any]:
    async with asyncio.timeout(MOST_SECONDS):
        answer: dict[str, Any] = (await web.get("/chat/events", params={"after": after})).json()
    return answer


def local_addresses() -> list[str]:
    return [line.split()[1] for line in LISTENING.read_text().splitlines()[1:]]


@pytest.mark.parametrize(
    "token", ["7000000001:other", "1:x", f"{TOKEN}x", "local"], ids=["other", "short", "longer", "no number"]
)
async def test_a_wrong_token_is_unauthorized(web: httpx.AsyncClient, token: str) -> None:
    response = await web.post(f"/bot{token}/getMe")

    assert (response.status_code, response.json()["description"]) == (401, "Unauthorized")


async def test_a_real_token_is_told_that_this_is_not_telegram(web: httpx.AsyncClient) -> None:
    response = await web.post(f"/bot123456789:{'A' * 35}/getMe")

    assert response.status_code == 401
    assert "not Telegram" in response.json()["description"]
    assert "AAAA" not in response.text


@pytest.mark.parametrize(
    "request_",
    [
        {"params": {"chat_id": 1001, "text": "ice & heat"}},
        {"data": {"chat_id": 1001, "text": "ice & heat"}},
        {"json": {"chat_id": 1001, "text": "ice & heat"}},
    ],
    ids=["in the address", "as a form", "as JSON"],
)
async def test_parameters_come_in_three_ways(web: httpx.AsyncClient, request_: dict[str, Any]) -> None:
    response = await web.post(f"/bot{TOKEN}/sendMessage", **request_)

    assert response.json()["result"]["text"] == "ice & heat"


@pytest.mark.parametrize(
    "request_",
    [
        {"files": {"photo": b"x"}},
        {"content": b"{", "headers": {"Content-Type": "application/json"}},
        {"content": b"[1]", "headers": {"Content-Type": "application/json"}},
        {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}},
        {"content": b"a=\xff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
    ],
    ids=["a file", "broken JSON", "a list", "too many brackets", "not UTF-8"],
)
async def test_other_bodies_are_a_bad_request(web: httpx.AsyncClient, request_: dict[str, Any]) -> None:
    response = await web.post(f"/bot{TOKEN}/getMe", **request_)

    assert response.status_code == 400
    assert response.json()["description"].startswith("Bad Request: ")


@pytest.mark.parametrize(("method", "path"), CALLS, ids=["Bot API", "message", "events", "page"])
@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Host", "evil.example", 400),
        ("Origin", "https://evil.example", 403),
        ("Origin", "null", 403),
        ("Origin", "http://127.0.0.1:1", 403),
    ],
    ids=["host", "origin", "no origin", "another port"],
)
async def test_another_site_is_refused(
    web: httpx.AsyncClient, account: Account, method: str, path: str, header: str, value: str, status: int
) -> None:
    response = await web.request(method, path, headers={header: value}, json={"text": "ice"})

    assert response.status_code == status
    assert not account.messages


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_picture_on_another_site_cannot_call_a_method(
    web: httpx.AsyncClient, account: Account, site: str
) -> None:
    address = f"/bot{TOKEN}/sendMessage?chat_id=1001&text=ice"

    response = await web.get(address, headers={"Sec-Fetch-Site": site})

    assert response.status_code == 403
    assert not account.messages


async def test_a_link_from_another_site_opens_the_page(web: httpx.AsyncClient) -> None:
    assert (await web.get("/", headers={"Sec-Fetch-Site": "cross-site"})).is_success


async def test_the_page_itself_may_call(web: httpx.AsyncClient) -> None:
    headers = {"Origin": str(web.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}

    response = await web.post("/chat/message", json={"text": "ice or heat?"}, headers=headers)

    assert response.json()["text"] == "ice or heat?"


@pytest.mark.parametrize("path", [f"/bot{TOKEN}/getMe", "/chat/message", "/chat/edit", "/chat/press"])
async def test_a_body_over_a_mebibyte_is_refused(web: httpx.AsyncClient, path: str) -> None:
    response = await web.post(path, content=b"x" * (LARGEST_BODY + 1), headers={"Content-Type": "application/json"})

    assert response.status_code == 413


@pytest.mark.parametrize("path", FILES)
async def test_a_file_of_the_page_allows_nothing_from_elsewhere(web: httpx.AsyncClient, path: str) -> None:
    response = await web.get(path)

    policy = response.headers["Content-Security-Policy"]
    assert response.is_success
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in response.text.replace("http://${url}", "").replace("(https?|tg|ton):", "")


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/%2e%2e/server.py",
        "/chat.js/../../server.py",
        "//etc/passwd",
        "/..%2fserver.py",
        "/page/chat.js",
        "/index.html",
        "/bot1:x/../../server.py",
    ],
)
async def test_no_path_leads_out_of_the_page(web: httpx.AsyncClient, path: str) -> None:
    reader, writer = await asyncio.open_connection(web.base_url.host, web.base_url.port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nConnection: close\r\n\r\n".encode()
    )  # as it is, no tidying

    async with asyncio.timeout(MOST_SECONDS):
        answer = await reader.read()

    writer.close()
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 401"))


async def test_events_come_after_a_number(web: httpx.AsyncClient, account: Account) -> None:
    await account.write("ice")
    seen = (await events(web, 0))["last"]
    await account.write("heat")

    news = await events(web, seen)

    assert [event["content"]["text"] for event in news["events"]] == ["heat"]
    assert news["last"] == seen + 1


async def test_waiting_events_wake_on_a_message(web: httpx.AsyncClient) -> None:
    waiting = asyncio.create_task(events(web, 0))

    await web.post("/chat/message", json={"text": "ice"})

    assert [event["kind"] for event in (await waiting)["events"]] == ["message"]


async def test_a_page_that_has_seen_more_than_happened_is_told_at_once(web: httpx.AsyncClient) -> None:
    assert (await events(web, 7))["last"] == 0


async def test_the_oldest_events_are_forgotten_and_the_numbers_go_on(web: httpx.AsyncClient, account: Account) -> None:
    for number in range(MOST_EVENTS + 5):
        await account.note("pressed", {"text": str(number)})

    news = await events(web, 0)

    assert len(news["events"]) == MOST_EVENTS
    assert news["last"] == MOST_EVENTS + 5
    assert (await events(web, MOST_EVENTS + 4))["events"][0]["content"]["text"] == str(MOST_EVENTS + 4)


async def test_events_after_no_number_are_refused(web: httpx.AsyncClient) -> None:
    assert (await web.get("/chat/events?after=now")).status_code == 400


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/chat/message", {}),
        ("/chat/message", {"text": "  "}),
        ("/chat/message", {"text": "🧊" * 2049}),
        ("/chat/message", ["ice"]),
        ("/chat/edit", {"message_id": "1", "text": "ice"}),
        ("/chat/edit", {"message_id": 99, "text": "ice"}),
        ("/chat/press", {"message_id": 99, "data": "1"}),
        ("/chat/press", {"message_id": 1}),
    ],
    ids=["nothing", "blank", "too long", "a list", "no number", "no message", "no button", "no data"],
)
async def test_what_cannot_be_done_in_the_chat_is_refused(
    web: httpx.AsyncClient, account: Account, path: str, content: Any
) -> None:
    response = await web.post(path, json=content)

    assert response.status_code == 400
    assert not account.updates


async def test_half_a_character_from_the_page_is_refused(web: httpx.AsyncClient, account: Account) -> None:
    response = await web.post("/chat/message", content=b'{"text": "ice \\ud800"}')

    assert response.status_code == 400
    assert not account.events


async def test_an_edit_reaches_the_bot(web: httpx.AsyncClient, account: Account) -> None:
    written = (await web.post("/chat/message", json={"text": "ice"})).json()

    await web.post("/chat/edit", json={"message_id": written["message_id"], "text": "/heat"})

    edited = account.updates[-1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (written["message_id"], "/heat")
    assert edited["entities"][0]["type"] == "bot_command"


async def test_only_ones_own_messages_can_be_edited(web: httpx.AsyncClient, account: Account) -> None:
    sent = await account.receive("Ice", [], None, None)

    response = await web.post("/chat/edit", json={"message_id": sent["message_id"], "text": "Heat"})

    assert response.status_code == 400
    assert account.messages[sent["message_id"]]["text"] == "Ice"


async def test_only_a_button_that_is_there_can_be_pressed(web: httpx.AsyncClient, account: Account) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ice", "callback_data": "1:entry:ice"}]]}
    sent = await account.receive("Which?", [], keyboard, None)

    pressed = await web.post("/chat/press", json={"message_id": sent["message_id"], "data": "1:entry:ice"})
    made_up = await web.post("/chat/press", json={"message_id": sent["message_id"], "data": "1:entry:heat"})

    assert (pressed.status_code, made_up.status_code) == (200, 400)
    assert [update["callback_query"]["data"] for update in account.updates] == ["1:entry:ice"]


async def test_a_closed_account_ends_waiting_events(web: httpx.AsyncClient, account: Account) -> None:
    waiting = asyncio.create_task(web.get("/chat/events"))
    await web.get("/")

    await account.close()

    async with asyncio.timeout(MOST_SECONDS):
        assert (await waiting).status_code == 503


async def test_a_taken_port_is_named_with_a_way_out() -> None:
    async with serve(Server(Account()).app(), LOOPBACK, 0, stop_seconds=1) as port:
        with pytest.raises(PortError) as raised:
            async with serve(Server(Account()).app(), LOOPBACK, port, stop_seconds=1):
                pass

    reason = os.strerror(errno.EADDRINUSE)
    message = f"Port {port} of 127.0.0.1 cannot be used ({reason}). Take another: make run PORT=8090"
    assert str(raised.value) == message


async def test_a_host_of_another_machine_is_named_with_a_way_out() -> None:
    with pytest.raises(PortError) as raised:
        async with serve(Server(Account()).app(), "192.0.2.1", 0, stop_seconds=1):
            pass

    reason = os.strerror(errno.EADDRNOTAVAIL)
    mend = "Set HOST to an IPv4 address of this machine, such as 127.0.0.1."
    assert str(raised.value) == f"192.0.2.1 cannot be listened on ({reason}). {mend}"


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "Port 80 of 127.0.0.1 cannot be used (Permission"),
        (socket.gaierror(socket.EAI_NONAME, "Unknown name"), "127.0.0.1 cannot be listened on (Unknown name)."),
        (socket.gaierror(errno.EACCES, "Unknown protocol"), "127.0.0.1 cannot be listened on (Unknown protocol)."),
    ],
    ids=["a port for administrators", "an unknown name", "a number of another kind"],
)
async def test_what_the_system_says_decides_what_to_set(
    error: OSError, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("bot.serving.socket.create_server", fail)

    with pytest.raises(PortError) as raised:
        async with serve(Server(Account()).app(), LOOPBACK, 80, stop_seconds=1):
            pass

    assert str(raised.value).startswith(begins)


@pytest.mark.skipif(not LISTENING.exists(), reason="no /proc on this system tells who listens where")
async def test_it_listens_on_loopback_only() -> None:
    async with serve(Server(Account()).app(), LOOPBACK, 0, stop_seconds=1) as port:
        addresses = local_addresses()

    assert {address for address in addresses if address.endswith(f":{port:04X}")} == {f"0100007F:{port:04X}"}
