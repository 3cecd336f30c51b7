"""The server on this machine, really served on a free port."""

import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.local.account import Account
from bot.local.server import LOOPBACK, TOKEN, Server
from bot.serving import serve

Call = Callable[..., Coroutine[Any, Any, httpx.Response]]


@dataclass
class Served:
    """A running server whose app each test replaces by its own, because to start and stop one takes 0.2 s."""

    app: ASGIApp
    port: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture
def account() -> Account:
    return Account()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[Served]:
    served = Served(Server(Account()).app())
    async with serve(served, LOOPBACK, 0, stop_seconds=1) as served.port:
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def web(served: Served, account: Account) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server, as any program on this machine could be one."""
    served.app = Server(account).app()
    address = f"http://{LOOPBACK}:{served.port}"
    async with httpx.AsyncClient(
        base_url=address, timeout=30, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ) as client:
        yield client
    await account.close()


@pytest.fixture
def call(web: httpx.AsyncClient) -> Call:
    """Calls a Bot API method with JSON."""

    async def call_method(method: str, **parameters: Any) -> httpx.Response:
        return await web.post(f"/bot{TOKEN}/{method}", json=parameters)

    return call_method
