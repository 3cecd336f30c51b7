"""Starting where Telegram cannot be reached."""

import asyncio
import socket

import pytest

from bot.core.answering import Assistant
from bot.store.kept import Kept
from bot.telegram.running import StartError, reach_telegram


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
