"""Work in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def begin(call: Callable[[], Result]) -> Future[Result]:
    """Begin a call in a thread of its own; a daemon, so that it keeps no process from ending."""
    done: Future[Result] = Future()
    done.set_running_or_notify_cancel()  # from here on nobody can take it back, and the thread may always settle it

    def run() -> None:
        try:
            done.set_result(call())
        except Exception as error:  # noqa: BLE001  what is raised in a thread is lost; here it is raised where the result is awaited
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return done
