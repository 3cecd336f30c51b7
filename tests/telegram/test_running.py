"""Starting where Telegram cannot be reached, and what is done for as long as the bot runs."""

import asyncio
import socket
from functools import partial

import pytest

from bot.core.answering import Assistant
from bot.store.kept import Kept
from bot.telegram import running
from bot.telegram.application import build_application
from bot.telegram.running import StartError, reach_telegram
from tests.telegram.conftest import RecordingRequest


@pytest.fixture
def nobody() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


async def start(assistant: Assistant, url: str, stop: asyncio.Event, pauses: list[float]) -> None:
    async with reach_telegram("1:x", url, assistant, Kept(None, "1:x"), stop, pauses):
        raise AssertionError


async def test_it_gives_up_after_the_last_try(
    assistant: Assistant, nobody: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StartError, match=r"^Telegram cannot be reached \(NetworkError\)\. Check the network"):
        await start(assistant, nobody, asyncio.Event(), [0.0, 0.0])

    assert caplog.text.count("Telegram cannot be reached") == 2


async def test_it_can_be_stopped_while_it_waits(assistant: Assistant, nobody: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)

    with pytest.raises(StartError, match="Stopped before Telegram was reached"):
        await start(assistant, nobody, stop, [3600.0])


async def test_old_numbers_are_forgotten_again_and_again_though_nobody_writes(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    times, often = 0, asyncio.Event()

    def forget_old() -> None:
        nonlocal times
        times += 1
        if times > 3:
            often.set()

    kept = Kept(None, "1:x")
    monkeypatch.setattr(kept.handled, "forget_old", forget_old)
    monkeypatch.setattr(running, "FORGET_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(running, "build_application", partial(build_application, request=RecordingRequest()))

    async with asyncio.timeout(10), reach_telegram("1:x", "http://127.0.0.1", assistant, kept, asyncio.Event(), []):
        await often.wait()
    times_at_the_end = times
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert times == times_at_the_end
