"""The same bot, over the same protocol, against the server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.core.answering import Assistant
from bot.local.account import Account
from bot.local.server import LOOPBACK, TOKEN, Server
from bot.serving import serve
from bot.store.kept import Kept
from bot.telegram.running import poll, reach_telegram

STOP_SECONDS = 1  # for the page's open requests, which wait for news


async def chat_here(
    assistant: Assistant, port: int, default_country: str, stop: asyncio.Event, on_ready: Callable[[str], None]
) -> None:
    """Run the bot and its chat page until the event is set.

    Args:
        default_country: the code of the country whose emergency number is shown; empty for none.
        on_ready: told the address of the page once the bot polls.

    Raises:
        PortError: the port is taken.
    """
    account = Account()
    async with serve(Server(account).app(), LOOPBACK, port, STOP_SECONDS) as used_port:
        address = f"http://{LOOPBACK}:{used_port}"
        try:
            kept = Kept(None, TOKEN, default_country)
            async with reach_telegram(TOKEN, address, assistant, kept, stop) as running:
                await poll(running, stop, on_ready=lambda: on_ready(address))
        finally:
            await account.close()
