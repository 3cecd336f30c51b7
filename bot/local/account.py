"""One bot, one person and their chat: the state that Telegram keeps, as long as the process lives."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.core.reply import utf16_units

Json = dict[str, Any]

BOT: Json = {
    "id": 7_000_000_001,
    "is_bot": True,
    "first_name": "Back spasm assistant",
    "username": "back_spasm_local_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
PERSON: Json = {"id": 1001, "is_bot": False, "first_name": "You", "language_code": "en"}
PRIVATE_CHAT: Json = {"id": 1001, "type": "private", "first_name": "You"}

_COMMAND = re.compile(r"(?<![\w/])/([a-zA-Z0-9_]{1,32})(@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{3,32}")
MOST_EVENTS = 2_000  # kept for a chat page that is opened again


@dataclass
class Account:
    """What the server knows: messages, updates that wait for the bot, and events that the chat page shows."""

    messages: dict[int, Json] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    presses: dict[str, bool] = field(default_factory=dict)  # callback query id -> answered
    commands: dict[str, list[Json]] = field(default_factory=dict)  # scope type -> commands
    about: dict[str, str] = field(default_factory=dict)
    allowed_updates: list[str] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    closed: bool = False
    _next_update_id: int = field(default_factory=lambda: time.time_ns() // 1_000_000)  # never one of an earlier run
    _next_message_id: int = 1
    _events_dropped: int = 0

    async def write(self, text: str) -> Json:
        """The person sends a message."""
        message = self._new_message(PERSON, text, entities_of(text))
        await self._queue("message", message)
        return message

    async def rewrite(self, message_id: int, text: str) -> Json | None:
        """The person edits a message of theirs."""
        message = self.messages.get(message_id)
        if message is None or message["from"]["is_bot"]:
            return None
        message = {**message, "text": text, "edit_date": int(time.time())}
        message.pop("entities", None)
        if entities := entities_of(text):
            message["entities"] = entities
        self.messages[message_id] = message
        self._note("edited", message)
        await self._queue("edited_message", message)
        return message

    async def press(self, message_id: int, data: str) -> bool:
        """The person presses a button; false where there is none with this data."""
        message = self.messages.get(message_id)
        rows = (message or {}).get("reply_markup", {}).get("inline_keyboard", [])
        if message is None or data not in [button.get("callback_data") for row in rows for button in row]:
            return False
        query_id = str(self._next_update_id)
        self.presses[query_id] = False
        query = {"id": query_id, "from": PERSON, "message": message, "chat_instance": "1", "data": data}
        await self._queue("callback_query", query)
        return True

    async def receive(self, text: str, entities: list[Json], markup: Json | None, reply_to: int | None) -> Json:
        """The bot sends a message."""
        message = self._new_message(
            {key: BOT[key] for key in ("id", "is_bot", "first_name", "username")}, text, entities
        )
        if markup:
            message["reply_markup"] = markup
        if reply_to in self.messages:
            message["reply_to_message"] = {k: v for k, v in self.messages[reply_to].items() if k != "reply_to_message"}
        async with self.changed:
            self.changed.notify_all()
        return message

    async def replace(self, message_id: int, text: str, entities: list[Json], markup: Json | None) -> Json:
        """The bot edits a message of its own."""
        message = {**self.messages[message_id], "text": text, "edit_date": int(time.time())}
        for key, value in (("entities", entities), ("reply_markup", markup)):
            message.pop(key, None)
            if value:
                message[key] = value
        self.messages[message_id] = message
        self._note("edited", message)
        async with self.changed:
            self.changed.notify_all()
        return message

    async def note(self, kind: str, content: Json) -> None:
        """Something that the chat page should show."""
        self._note(kind, content)
        async with self.changed:
            self.changed.notify_all()

    async def wait_until(self, condition: Callable[[], object], seconds: float) -> None:
        """Wait until a condition holds, the time is over or the account is closed."""
        try:
            async with asyncio.timeout(seconds), self.changed:
                await self.changed.wait_for(lambda: condition() or self.closed)
        except TimeoutError:
            pass

    async def close(self) -> None:
        """End all waiting, so that the server can stop at once."""
        self.closed = True
        async with self.changed:
            self.changed.notify_all()

    def confirm_below(self, offset: int) -> None:
        """Forget the updates that the bot has dealt with."""
        self.updates = [update for update in self.updates if update["update_id"] >= offset]

    def events_after(self, number: int) -> tuple[list[Json], int]:
        """What the page has not seen yet, and the number of the last event."""
        last = self._events_dropped + len(self.events)
        return self.events[max(number - self._events_dropped, 0) :], last

    def has_news(self, number: int) -> bool:
        """Whether the page has something to show: events after this number, or a chat that began anew since."""
        return self._events_dropped + len(self.events) != number

    def _new_message(self, sender: Json, text: str, entities: list[Json]) -> Json:
        message: Json = {
            "message_id": self._next_message_id,
            "from": sender,
            "chat": PRIVATE_CHAT,
            "date": int(time.time()),
            "text": text,
        }
        if entities:
            message["entities"] = entities
        self._next_message_id += 1
        self.messages[message["message_id"]] = message
        self._note("message", message)
        return message

    def _note(self, kind: str, content: Json) -> None:
        self.events.append({"kind": kind, "content": content})
        if len(self.events) > MOST_EVENTS:
            self._events_dropped += len(self.events) - MOST_EVENTS
            del self.events[:-MOST_EVENTS]

    async def _queue(self, kind: str, content: Json) -> None:
        if not self.allowed_updates or kind in self.allowed_updates:
            self.updates.append({"update_id": self._next_update_id, kind: content})
        self._next_update_id += 1
        async with self.changed:
            self.changed.notify_all()


def entities_of(text: str) -> list[Json]:
    """The commands and mentions that Telegram marks in what a person writes.

    >>> entities_of("/ask@a_bot ice")
    [{'type': 'bot_command', 'offset': 0, 'length': 10}]
    """
    found = [("bot_command", match) for match in _COMMAND.finditer(text)]
    inside = [match.span() for _, match in found]
    found += [
        ("mention", match)
        for match in _MENTION.finditer(text)
        if not any(start <= match.start() < end for start, end in inside)
    ]
    return [
        {"type": kind, "offset": utf16_units(text[: match.start()]), "length": utf16_units(match[0])}
        for kind, match in sorted(found, key=lambda item: item[1].start())
    ]
