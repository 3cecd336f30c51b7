"""Serve a web application inside a running program, which keeps its own signals."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

_OF_THE_PORT = {errno.EADDRINUSE, errno.EACCES}


class PortError(Exception):
    """The address cannot be listened on; says which and what to do."""


@asynccontextmanager
async def serve(app: ASGIApp, host: str, port: int, stop_seconds: int) -> AsyncIterator[int]:
    """Serve until the block ends.

    Args:
        port: 0 for any free one.
        stop_seconds: how long requests under way may take when the block ends.

    Yields:
        The port it listens on.

    Raises:
        PortError: the port is taken, or the host is none of this machine's.
    """
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise PortError(_explain(error, host, port)) from error
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=stop_seconds)
    server = _SignalFreeServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await serving


def _explain(error: OSError, host: str, port: int) -> str:
    """What cannot be used, and what to set in its place: the port where that is taken or reserved, else the host."""
    reason = str(error.strerror).partition(" (while")[0]  # Python adds the address in its own notation
    if error.errno in _OF_THE_PORT and not isinstance(error, socket.gaierror):  # whose numbers are of another kind
        return f"Port {port} of {host} cannot be used ({reason}). Take another: make run PORT=8090"
    return f"{host} cannot be listened on ({reason}). Set HOST to an IPv4 address of this machine, such as 127.0.0.1."


class _SignalFreeServer(uvicorn.Server):
    """A uvicorn that leaves signals to the program around it, which must stop the bot first."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield
