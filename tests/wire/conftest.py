"""An independent Bot API server, made to behave as Telegram does where it differs, with faults to switch on."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from lo_bot_api_emulator import CONTRACT, ApiRefusal, LoBotApiEmulator, updates

from bot.core.answering import Assistant
from bot.settings import KNOWLEDGE_DIR
from bot.store.kept import Kept
from bot.telegram.running import poll, reach_telegram

TOKEN = "123456:wire-test-token-AAAAAAAAAAAAAAAAAAAAA"  # made up, in the shape of a real one
ME = {"id": 123456, "is_bot": True, "first_name": "Back", "username": "back_spasm_bot"}
DATE = 1_790_000_000
LONGEST_WAIT = 30.0  # seconds, for anything a test waits for; only ever reached when it fails

METHODS = {  # what the bot may call; beyond this server's list: parameters that the Bot API has and it refuses
    "getMe": set(),
    "getUpdates": set(),
    "deleteWebhook": set(),
    "setMyCommands": set(),
    "setMyDescription": set(),
    "setMyShortDescription": set(),
    "sendMessage": {"link_preview_options", "message_thread_id", "protect_content"},
    "editMessageText": {"link_preview_options"},
    "answerCallbackQuery": set(),
}
LINK_PREVIEW_OPTIONS = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
ORDINARY = ("message is not modified", "query is too old")  # refusals that are nobody's fault
TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote"}


class Fault(Enum):
    """What goes wrong with a call before its work is done."""

    RATE_LIMITED = 429
    RATE_LIMITED_FOR_LONG = -429
    BAD_GATEWAY = 502
    UNAUTHORIZED = 401
    CONFLICT = 409
    BLOCKED = 403
    RESET = 0


DESCRIPTIONS = {
    Fault.RATE_LIMITED: "Too Many Requests: retry after 1",
    Fault.RATE_LIMITED_FOR_LONG: "Too Many Requests: retry after 35",
    Fault.UNAUTHORIZED: "Unauthorized",
    Fault.CONFLICT: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    Fault.BLOCKED: "Forbidden: bot was blocked by the user",
}


@dataclass
class Call:
    """One call of the bot; the status is 0 until it is answered, and stays so after a reset."""

    method: str
    fields: Mapping[str, Any]
    status: int = 0
    result: Any = None
    fault: Fault | None = None

    @property
    def chat_id(self) -> int:
        return int(self.fields.get("chat_id", 0))

    @property
    def text(self) -> str:
        """What a person reads."""
        return visible(str(self.fields.get("text", "")))

    @property
    def buttons(self) -> dict[str, str]:
        """Labels and what they send back."""
        rows = json.loads(self.fields.get("reply_markup", "{}")).get("inline_keyboard", [])
        return {button["text"]: button.get("callback_data", button.get("url")) for row in rows for button in row}


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@dataclass
class Disclaimers:
    """The notices as the curators wrote them, read without the bot's own reader."""

    texts: tuple[str, ...]

    @classmethod
    def read(cls) -> Disclaimers:
        texts = yaml.safe_load((KNOWLEDGE_DIR / "en" / "texts.yaml").read_text(encoding="utf-8"))["texts"]
        return cls((texts["disclaimer_short"], texts["disclaimer_long"]))

    def are_missing_in(self, text: str) -> bool:
        return not any(text.endswith(disclaimer) for disclaimer in self.texts)


@dataclass
class Faults:
    """What goes wrong: faults used up call by call, chats whose messages wait, a pause before every message."""

    coming: dict[str, Iterator[Fault]] = field(default_factory=dict)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    pause_seconds: float = 0.0


class Telegram(LoBotApiEmulator):  # type: ignore[misc]  # the package has no types
    """The server, its journal, and the people who write to the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.url = ""
        self.calls: list[Call] = []
        self.problems: list[str] = []  # what Telegram or we would not accept; must be empty at the end of a test
        self.faults = Faults()
        self._disclaimers = Disclaimers.read()
        self._changed = asyncio.Condition()
        self._shown: dict[tuple[int, int], tuple[str, str]] = {}
        self._poll: asyncio.Task[web.Response] | None = None
        self._pressed: set[str] = set()

    # The people.

    async def write(self, text: str, chat_id: int = 1, **message: Any) -> int:
        """A message arrives; returns the id of its update."""
        return await self.push({"message": self.message(text, chat_id, **message)})

    def message(self, text: str, chat_id: int = 1, **message: Any) -> dict[str, Any]:
        self.next_id += 1
        name = re.match(r"/\w+(@\w+)?", text)
        marks = [{"type": "bot_command", "offset": 0, "length": name.end()}] if name else []
        mention = f"@{ME['username']}"
        if mention in text and not name:
            marks.append({"type": "mention", "offset": text.index(mention), "length": len(mention)})
        someone = {"id": abs(chat_id), "is_bot": False, "first_name": "Someone"}
        return {
            "message_id": self.next_id - 1,
            "date": DATE,
            "chat": _chat(chat_id),
            "from": someone,
            "text": text,
            "entities": marks,
            **message,
        }

    async def press(self, data: str, under: Call) -> int:
        """A button of a message that the bot sent is pressed; returns the id of the update."""
        query = {
            "id": f"press-{len(self._pressed)}",
            "from": {"id": abs(under.chat_id), "is_bot": False, "first_name": "Someone"},
            "chat_instance": "1",
            "message": under.result,
            "data": data,
        }
        self._pressed.add(f"press-{len(self._pressed)}")
        return await self.push({"callback_query": query})

    async def push(self, update: dict[str, Any]) -> int:
        """Any update arrives."""
        return int(await self.enqueue_update(update, token=TOKEN))

    async def ask(self, text: str, chat_id: int = 1, **message: Any) -> list[Call]:
        """Write, and wait until the bot confirms that update: the messages it sent to the chat meanwhile."""
        before = len(self.sent(chat_id))
        await self.until_confirmed(await self.write(text, chat_id, **message))
        return self.sent(chat_id)[before:]

    # What happened.

    def sent(self, chat_id: int | None = None) -> list[Call]:
        """The messages that went out, in order."""
        return [call for call in self.answered("sendMessage") if chat_id in {None, call.chat_id}]

    def attempts(self, chat_id: int | None = None) -> list[Call]:
        """The messages that the bot tried to send, whatever became of them."""
        return [call for call in self.calls if call.method == "sendMessage" and chat_id in {None, call.chat_id}]

    def answered(self, method: str) -> list[Call]:
        """The calls of a method that did their work."""
        return [call for call in self.calls if call.method == method and call.status == 200]

    def shown(self, chat_id: int) -> list[str]:
        """What stands in a chat now, edits included."""
        return [text for (chat, _), (text, _) in self._shown.items() if chat == chat_id]

    def confirmed(self) -> int:
        """The id of the newest update that a getUpdates confirmed; 0 where none was."""
        offsets = [int(call.fields["offset"]) for call in self.calls if "offset" in call.fields]
        return max(offsets, default=1) - 1

    def polls(self) -> list[Call]:
        return [call for call in self.calls if call.method == "getUpdates"]

    async def until(self, happened: Callable[[], object], seconds: float = LONGEST_WAIT) -> None:
        """Wait for something that changes with a call."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(happened)

    async def until_confirmed(self, update_id: int) -> None:
        await self.until(lambda: self.confirmed() >= update_id)

    def waiting(self) -> set[int]:
        """The ids of updates that Telegram still keeps."""
        return {update["update_id"] for update in self._update_queues._state(TOKEN).updates}

    # The server.

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        call = Call(method, (await self.read_request(request))[0])
        self.calls.append(call)
        await self._tell()
        try:
            response = await self._answer(request, call)
        finally:
            await self._tell()
        return response

    async def _answer(self, request: web.Request, call: Call) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return self._fail(call, Fault.UNAUTHORIZED)
        if call.method == "sendMessage":
            await asyncio.sleep(self.faults.pause_seconds)
            if call.chat_id in self.faults.held:
                await self.faults.held[call.chat_id].wait()
        call.fault = next(self.faults.coming.get(call.method, iter(())), None)
        if call.fault is Fault.RESET:
            _reset(request)
        if call.fault is not None:
            return self._fail(call, call.fault)
        response = await (self._take_over(request) if call.method == "getUpdates" else self._work(request))
        call.status = response.status
        call.result = json.loads(response.text or "{}").get("result")
        if response.status not in {200, 409} and not any(reason in (response.text or "") for reason in ORDINARY):
            self.problems.append(f"{call.method} was refused: {response.text}")
        return response

    async def _work(self, request: web.Request) -> web.Response:
        response: web.Response = await super().handle(request)
        return response

    async def _take_over(self, request: web.Request) -> web.Response:
        """A new poll ends the one before it, as on Telegram; the emulator by itself refuses the new one."""
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.wait({self._poll})
        polling = self._poll = asyncio.create_task(self._work(request))
        await asyncio.wait({polling})
        if polling.cancelled():
            return _refusal(Fault.CONFLICT)
        return polling.result()

    def _fail(self, call: Call, fault: Fault) -> web.Response:
        call.status = abs(fault.value)
        return _refusal(fault)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # What the emulator knows otherwise than Telegram.

    async def read_request(self, request: web.Request) -> tuple[dict[str, Any], dict[str, Any]]:
        """Telegram reads parameters from the address too."""
        fields, uploads = await super().read_request(request)
        return {**request.query, **fields}, uploads

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        if method not in METHODS:
            raise ApiRefusal(f"Not Found: the bot has no business with {method}", 404)
        _check_beyond(method, fields)
        known = CONTRACT["methods"][method]["parameters"] or ()
        passed = {name: value for name, value in fields.items() if name not in METHODS[method] or name in known}
        if method == "getMe":
            return {**ME, "can_join_groups": True, "supports_inline_queries": False}
        if method in {"setMyDescription", "setMyShortDescription"}:
            return True
        if method == "answerCallbackQuery":
            self._check_press(fields)
        if method not in {"sendMessage", "editMessageText"}:
            return super().validate(method, passed, uploads)
        return self._say(method, passed, uploads)

    def _say(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> dict[str, Any]:
        if fields.get("parse_mode") == "HTML":
            _check_tags(fields["text"])
            fields["text"] = visible(fields["text"])
        if self._disclaimers.are_missing_in(fields["text"]):
            raise ApiRefusal(f"a text without the disclaimer: {fields['text']!r}")
        message: dict[str, Any] = super().validate(method, fields, uploads)
        place = message["chat"]["id"], message["message_id"]
        content = fields["text"], str(fields.get("reply_markup"))
        if method == "editMessageText" and place not in self._shown:
            raise ApiRefusal("Bad Request: message to edit not found")
        if method == "editMessageText" and self._shown[place] == content:
            raise ApiRefusal("Bad Request: message is not modified: new message content is exactly the same")
        self._shown[place] = content
        return {**message, "date": DATE, "from": ME, "chat": _chat(place[0])}

    def _check_press(self, fields: Mapping[str, Any]) -> None:
        if fields["callback_query_id"] not in self._pressed:
            raise ApiRefusal("Bad Request: query is too old and response timeout expired or query ID is invalid")


def _check_beyond(method: str, fields: Mapping[str, Any]) -> None:
    """What this server does not check: by the Bot API's own words and numbers."""
    options = json.loads(fields.get("link_preview_options", "{}"))
    if not set(options) <= LINK_PREVIEW_OPTIONS or not all(isinstance(value, bool) for value in options.values()):
        raise ApiRefusal("Bad Request: can't parse link preview options JSON object")
    if not str(fields.get("message_thread_id", 1)).isdigit() or fields.get("protect_content", "true") != "true":
        raise ApiRefusal("Bad Request: wrong parameter")
    if fields.get("parse_mode", "HTML") != "HTML":
        raise ApiRefusal("Bad Request: unsupported parse_mode")
    if len(fields.get("description", "")) > 512 or len(fields.get("short_description", "")) > 120:
        raise ApiRefusal("Bad Request: description is too long")
    for command in json.loads(fields["commands"]) if method == "setMyCommands" else ():
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise ApiRefusal("Bad Request: BOT_COMMAND_INVALID")


def _check_tags(html: str) -> None:
    opened: list[str] = []
    for close, name in re.findall(r"<(/?)(\w*)[^>]*>?", html):
        if name not in TAGS or (close and (not opened or opened.pop() != name)):
            raise ApiRefusal(f"Bad Request: can't parse entities: unsupported tag {name!r}")
        if not close:
            opened.append(name)
    if opened:
        raise ApiRefusal(f"Bad Request: can't parse entities: can't find end tag of {opened[-1]!r}")


def _chat(chat_id: int) -> dict[str, Any]:
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": "Someone"}
    return {"id": chat_id, "type": "supergroup", "title": "Backs"}


def _refusal(fault: Fault) -> web.Response:
    if fault is Fault.BAD_GATEWAY:
        return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
    body: dict[str, Any] = {"ok": False, "error_code": abs(fault.value), "description": DESCRIPTIONS[fault]}
    if fault in {Fault.RATE_LIMITED, Fault.RATE_LIMITED_FOR_LONG}:
        body["parameters"] = {"retry_after": int(DESCRIPTIONS[fault].rpartition(" ")[2])}
    return web.json_response(body, status=abs(fault.value))


def _reset(request: web.Request) -> None:
    """Break the connection off in the middle of a call."""
    transport = request.transport
    if transport is not None:
        no_farewell = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_farewell)
        transport.abort()
    raise ConnectionResetError


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    """The server on a free port; the test fails where the bot called it wrongly or left the disclaimer out."""
    monkeypatch.setattr(updates, "KINDS", {*updates.KINDS, "edited_message"})
    server = Telegram()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    for chat in server.faults.held.values():
        chat.set()
    await runner.cleanup()
    assert not server.problems


@pytest.fixture
async def bot(telegram: Telegram, real_assistant: Assistant, tmp_path: Path) -> AsyncIterator[asyncio.Task[None]]:
    """The bot in this loop, polling the server; the task ends when the bot gives up."""
    stop = asyncio.Event()
    kept = Kept(tmp_path / "handled.sqlite3", TOKEN)
    async with reach_telegram(TOKEN, telegram.url, real_assistant, kept, stop) as running:
        polling = asyncio.create_task(poll(running, stop, long_poll_seconds=1))
        yield polling
        stop.set()
        for chat in telegram.faults.held.values():
            chat.set()
        done, _ = await asyncio.wait({polling}, timeout=LONGEST_WAIT)
        polling.cancel()
        assert done, "the bot does not stop"
