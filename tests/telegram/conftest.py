"""The real Application over a stand-in for the network."""

import itertools
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram.request import BaseRequest, RequestData

from bot.core.answering import Assistant
from bot.store.kept import Kept
from bot.telegram.application import App, build_application, build_handlers
from bot.telegram.delivery import Delivery
from bot.telegram.handlers import Handlers

Json = dict[str, Any]
BOT: Json = {"id": 1, "is_bot": True, "first_name": "Back", "username": "back_bot"}
PERSON: Json = {"id": 5, "is_bot": False, "first_name": "Ann"}
PRIVATE: Json = {"id": 5, "type": "private", "first_name": "Ann"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "Backs", "is_forum": True}


@dataclass
class Call:
    """One call that would have gone to Telegram."""

    method: str
    parameters: Json


@dataclass
class RecordingRequest(BaseRequest):
    """Stands where the network would be: keeps every call, answers as Telegram would, or as told."""

    calls: list[Call] = field(default_factory=list)
    planned: list[tuple[int, bytes] | Exception] = field(default_factory=list)  # for the next sends, in order
    _ids: Any = field(default_factory=lambda: itertools.count(100))

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  as the library calls it
        request_data: RequestData | None = None,
        read_timeout: Any = None,  # noqa: ARG002  as the library calls it
        write_timeout: Any = None,  # noqa: ARG002  as the library calls it
        connect_timeout: Any = None,  # noqa: ARG002  as the library calls it
        pool_timeout: Any = None,  # noqa: ARG002  as the library calls it
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        parameters = dict(request_data.parameters) if request_data else {}
        if name == "getMe":
            return _answer(BOT)
        self.calls.append(Call(name, parameters))
        if self.planned and name.startswith(("send", "edit", "answer")):
            planned = self.planned.pop(0)
            if isinstance(planned, Exception):
                raise planned
            return planned
        if name.startswith(("send", "edit")):
            chat = PRIVATE if not str(parameters["chat_id"]).startswith("-") else GROUP
            return _answer(
                {
                    "message_id": next(self._ids),
                    "date": int(time.time()),
                    "chat": chat,
                    "from": BOT,
                    "text": parameters["text"],
                }
            )
        return _answer(True)

    @property
    def sent(self) -> list[Json]:
        """The parameters of the messages that went out."""
        return [call.parameters for call in self.calls if call.method == "sendMessage"]

    @property
    def texts(self) -> list[str]:
        return [str(parameters["text"]) for parameters in self.sent]

    def made(self, method: str) -> list[Json]:
        return [call.parameters for call in self.calls if call.method == method]


def buttons(sent: Json) -> list[str]:
    """What the buttons under a message carry."""
    rows = sent["reply_markup"]["inline_keyboard"]
    kinds = ("callback_data", "url", "copy_text")
    return [next(str(button[kind]) for kind in kinds if kind in button) for row in rows for button in row]


def _answer(result: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refusal(code: int, description: str, **parameters: Any) -> tuple[int, bytes]:
    """What Telegram answers when it refuses a call."""
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return code, json.dumps(body).encode()


@dataclass
class Telegram:
    """What people do, and what the bot did."""

    application: App
    handlers: Handlers
    delivery: Delivery
    request: RecordingRequest
    unanswered: set[int]
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    async def deliver(self, **content: Json) -> None:
        """An update of one kind."""
        await self.delivery.deliver({"update_id": next(self._ids), **content})

    async def write(self, text: str, chat: Json = PRIVATE, **more: Any) -> int:
        """A person writes a message; its id comes back."""
        message_id: int = next(self._ids)
        message = {"message_id": message_id, "date": int(time.time()), "chat": chat, "from": PERSON, "text": text}
        await self.deliver(message=message | marks(text) | more)
        return message_id

    async def rewrite(self, message_id: int, text: str, chat: Json = PRIVATE) -> None:
        now = int(time.time())
        message = {"message_id": message_id, "date": now, "edit_date": now, "chat": chat, "from": PERSON, "text": text}
        await self.deliver(edited_message=message | marks(text))

    async def press(
        self, data: str, chat: Json = PRIVATE, message_id: int = 50, person: Json = PERSON, **more: Any
    ) -> None:
        """A person presses a button under a message of the bot."""
        message = {"message_id": message_id, "date": int(time.time()), "chat": chat, "from": BOT, "text": "earlier"}
        query = {"id": "77", "from": person, "chat_instance": "1", "data": data, "message": message | more}
        await self.deliver(callback_query=query)

    async def start_anew(self, assistant: Assistant) -> None:
        """The program is started again: everything in memory is gone."""
        await self.application.shutdown()
        self.handlers = build_handlers(assistant, Kept(None, "1:x").countries)
        self.application = build_application("1:x", "http://127.0.0.1", self.handlers, self.unanswered, self.request)
        await self.application.initialize()
        self.delivery = Delivery(self.application, self.handlers, Kept(None, "1:x").handled, self.unanswered)


def marks(text: str) -> Json:
    """The entities that Telegram adds for a command and for names."""
    found = []
    if text.startswith("/"):
        found.append({"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])})
    at = text.find("@")
    if at >= 0 and not text.startswith("/"):
        offset = len(text[:at].encode("utf-16-le")) // 2
        found.append({"type": "mention", "offset": offset, "length": len(text[at:].split(maxsplit=1)[0])})
    return {"entities": found} if found else {}


@pytest.fixture
async def telegram(assistant: Assistant) -> AsyncIterator[Telegram]:
    request = RecordingRequest()
    handlers = build_handlers(assistant, Kept(None, "1:x").countries)
    unanswered: set[int] = set()
    application = build_application("1:x", "http://127.0.0.1", handlers, unanswered, request)
    await application.initialize()
    live = Telegram(
        application,
        handlers,
        Delivery(application, handlers, Kept(None, "1:x").handled, unanswered),
        request,
        unanswered,
    )
    yield live
    await live.application.shutdown()
