"""Logs without secrets: one line an event, plain or JSON, and no token at any level."""

from __future__ import annotations

import logging
import re
from typing import Literal

from pythonjsonlogger.json import JsonFormatter

_TOKEN = re.compile(r"\d+:[\w-]{30,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_OURS = "bot"


def set_up_logging(level: str, style: Literal["plain", "json"]) -> None:
    """Send our log to standard error at a level; what libraries say stays at WARNING and above.

    Libraries log addresses with the token in them at INFO and whole messages at DEBUG, so no setting lowers them.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(style))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level)


class RedactingFormatter(logging.Formatter):
    """Formats a record and takes out what looks like a bot token, tracebacks included."""

    def __init__(self, style: Literal["plain", "json"]) -> None:
        super().__init__()
        self._inner: logging.Formatter = (
            JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s")
            if style == "json"
            else logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S")
        )

    def format(self, record: logging.LogRecord) -> str:
        """One record without token or control characters; what goes on below its first line is indented.

        So no text can pass for a record of its own.
        """
        try:
            text = self._inner.format(record)
        except (TypeError, ValueError, KeyError):  # logging itself would print the arguments to standard error
            unfilled = {"msg": f"cannot be formatted: {record.msg!r}", "args": ()}
            text = self._inner.format(logging.makeLogRecord(record.__dict__ | unfilled))
        return _CONTROL.sub("?", _TOKEN.sub("[token]", text)).replace("\n", "\n    ")
