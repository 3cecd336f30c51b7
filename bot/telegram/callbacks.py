"""What a button carries: at most 64 bytes, with a version, so that a press still means the same after a restart."""

from __future__ import annotations

from bot.core.reply import Action

VERSION = "1"
LONGEST_DATA = 64  # bytes; Bot API, InlineKeyboardButton


def encode(action: Action, target: str = "") -> str:
    """The data of a button.

    >>> encode(Action.SHOW_ENTRY, "ice-vs-heat")
    '1:entry:ice-vs-heat'
    """
    data = f"{VERSION}:{action}:{target}"
    if len(data.encode()) > LONGEST_DATA:
        raise ValueError(f"callback data has {len(data.encode())} bytes, {LONGEST_DATA} are the most: {data!r}")
    return data


def decode(data: str | None) -> tuple[Action, str] | None:
    """What a press means; None for data of another version, of another bot, or of none.

    >>> decode("1:entry:ice"), decode("0:entry:ice"), decode("1:dance:ice"), decode(None)
    ((<Action.SHOW_ENTRY: 'entry'>, 'ice'), None, None, None)
    """
    version, _, rest = (data or "").partition(":")
    name, _, target = rest.partition(":")
    if version != VERSION or name not in list(Action):
        return None
    return Action(name), target
