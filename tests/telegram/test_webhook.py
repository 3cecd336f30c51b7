"""What the webhook takes, refuses, and answers before it says 200."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.telegram import webhook as module
from bot.telegram.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from tests.telegram.conftest import Telegram
from tests.telegram.test_delivery import question

SECRET = "0123456789abcdef"
HEADERS = {SECRET_HEADER: SECRET}


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    app = Webhook(telegram.delivery, "https://bot.example/telegram", SECRET).app()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield client


async def test_a_post_is_answered_and_then_confirmed(client: httpx.AsyncClient, telegram: Telegram) -> None:
    answer = await client.post("/telegram", json=question(1), headers=HEADERS)

    assert answer.status_code == 200
    assert len(telegram.request.texts) == 1


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET + "0"}, {SECRET_HEADER: "é"}])
async def test_a_wrong_secret_is_refused(
    client: httpx.AsyncClient, telegram: Telegram, headers: dict[str, str]
) -> None:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = await client.post("/telegram", json=question(1), headers=encoded)

    assert answer.status_code == 403
    assert telegram.request.calls == []


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [("POST", "/", 404), ("POST", "/other", 404), ("GET", "/telegram", 405), ("PUT", "/telegram", 405)],
)
async def test_another_path_or_method_is_refused(client: httpx.AsyncClient, method: str, path: str, code: int) -> None:
    answer = await client.request(method, path, headers=HEADERS)

    assert answer.status_code == code


async def test_a_body_too_large_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/telegram", content=b"x" * (LARGEST_BODY + 1), headers=HEADERS)

    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
async def test_broken_json_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/telegram", content=body, headers=HEADERS)

    assert answer.status_code == 400


@pytest.mark.parametrize("content", [[], "x", 3, {}, {"update_id": "1"}, {"update_id": 1, "message": {"x": 1}}])
async def test_what_is_no_update_is_taken_once_and_skipped(
    client: httpx.AsyncClient, telegram: Telegram, content: object
) -> None:
    answer = await client.post("/telegram", json=content, headers=HEADERS)

    assert answer.status_code == 200
    assert telegram.request.calls == []


async def test_the_same_update_posted_twice_at_once_is_answered_once(
    client: httpx.AsyncClient, telegram: Telegram
) -> None:
    posts = [client.post("/telegram", json=question(1), headers=HEADERS) for _ in range(2)]
    answers = await asyncio.gather(*posts)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(telegram.request.texts) == 1


async def test_an_answer_that_takes_too_long_is_asked_for_again(
    client: httpx.AsyncClient, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()
    answer_update = telegram.application.process_update

    async def held(update: object) -> None:
        await gate.wait()
        await answer_update(update)

    monkeypatch.setattr(telegram.application, "process_update", held)
    monkeypatch.setattr(module, "LONGEST_WAIT_SECONDS", 0.01)

    first = await client.post("/telegram", json=question(1), headers=HEADERS)
    monkeypatch.setattr(module, "LONGEST_WAIT_SECONDS", 10)
    gate.set()
    second = await client.post("/telegram", json=question(1), headers=HEADERS)

    assert (first.status_code, "Retry-After" in first.headers) == (503, True)
    assert second.status_code == 200
    assert len(telegram.request.texts) == 1


async def test_health_needs_no_secret(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")

    assert answer.status_code == 200
