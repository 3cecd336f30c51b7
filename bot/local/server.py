"""The server on loopback: the Bot API for the bot, and the chat page for a person."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.core.reply import utf16_units
from bot.local.account import BOT, PERSON, Account
from bot.local.methods import Methods, RefusedError

TOKEN = f"{BOT['id']}:local"  # too short to be a real one
LOOPBACK = "127.0.0.1"
EVENTS_WAIT_SECONDS = 20
LARGEST_BODY = 1 << 20
LONGEST_TEXT = 4096  # UTF-16 units a person can type into one message
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

_PAGE = Path(__file__).parent / "page"
_REAL_TOKEN = re.compile(r"^\d+:[\w-]{30,}$")


class Server:
    """The Bot API methods and the page's own few calls."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._methods = Methods(account)

    def app(self) -> Starlette:
        """The routes. Only pages of this very server may call it: the Host and Origin headers are checked."""
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", self._bot_api, methods=["GET", "POST"]),
                Route("/", self._file),
                Route("/chat.css", self._file),
                Route("/chat.js", self._file),
                Route("/chat/events", self._events),
                Route("/chat/message", self._message, methods=["POST"]),
                Route("/chat/edit", self._edit, methods=["POST"]),
                Route("/chat/press", self._press, methods=["POST"]),
            ],
            middleware=[
                Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"]),
                Middleware(_OwnPageOnly),
            ],
            exception_handlers={RefusedError: _on_refused},
        )

    async def _bot_api(self, request: Request) -> Response:
        token = request.path_params["token"]
        if _REAL_TOKEN.match(token):
            return _refusal(401, "Unauthorized: this is not Telegram; keep your real token away from it")
        if token != TOKEN:
            return _refusal(401, "Unauthorized")
        try:
            return JSONResponse(
                {
                    "ok": True,
                    "result": await self._methods.call(request.path_params["method"], await _parameters(request)),
                }
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            return _refusal(400, f"Bad Request: {type(error).__name__} in the parameters")

    async def _file(self, request: Request) -> Response:
        name = request.url.path.lstrip("/") or "index.html"
        return FileResponse(_PAGE / name, headers=PAGE_HEADERS)

    async def _events(self, request: Request) -> Response:
        """What happened in the chat after a number; waits a while for something to happen."""
        try:
            after = int(request.query_params.get("after", "0"))
        except ValueError:
            return _refusal(400, "after should be a number")
        account = self._account
        await account.wait_until(lambda: account.has_news(after), EVENTS_WAIT_SECONDS)
        if account.closed:
            return _refusal(503, "the assistant stops")
        events, last = account.events_after(after)
        return JSONResponse({"events": events, "last": last, "person": PERSON["id"], "bot": BOT["first_name"]})

    async def _message(self, request: Request) -> Response:
        content = await _from_page(request)
        text = str(content.get("text", "")).strip()
        if not 1 <= utf16_units(text) <= LONGEST_TEXT:
            return _refusal(400, f"write 1 to {LONGEST_TEXT} characters")
        return JSONResponse(await self._account.write(text))

    async def _edit(self, request: Request) -> Response:
        content = await _from_page(request)
        text = str(content.get("text", "")).strip()
        if not 1 <= utf16_units(text) <= LONGEST_TEXT or not isinstance(content.get("message_id"), int):
            return _refusal(400, f"write 1 to {LONGEST_TEXT} characters")
        message = await self._account.rewrite(content["message_id"], text)
        return JSONResponse(message) if message else _refusal(400, "no message of yours has this number")

    async def _press(self, request: Request) -> Response:
        content = await _from_page(request)
        if not isinstance(content.get("message_id"), int) or not isinstance(content.get("data"), str):
            return _refusal(400, "a press has a message_id and data")
        pressed = await self._account.press(content["message_id"], content["data"])
        return JSONResponse({"ok": True}) if pressed else _refusal(400, "no such button")


class _OwnPageOnly:
    """Lets no page of another site call us; a browser names the site that asks. A link to our page is fine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_from_another_site(Request(scope)):
            await _refusal(403, "only this server's own page may ask for this")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_from_another_site(request: Request) -> bool:
    own = f"{request.url.scheme}://{request.headers.get('host')}"
    if request.headers.get("origin", own) != own:
        return True
    return request.url.path != "/" and request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}


def _refusal(code: int, description: str) -> JSONResponse:
    return JSONResponse({"ok": False, "error_code": code, "description": description}, status_code=code)


async def _on_refused(_: Request, error: Exception) -> Response:
    return _refusal(error.code, error.description) if isinstance(error, RefusedError) else _refusal(500, "failed")


async def _parameters(request: Request) -> dict[str, Any]:
    """The parameters of a Bot API call: in the address, as a form, or as JSON."""
    parameters: dict[str, Any] = dict(request.query_params)
    body = await _body(request)
    if body:
        kind = request.headers.get("content-type", "")
        if kind.startswith("application/json"):
            parameters |= _read_json(body)
        elif kind.startswith("application/x-www-form-urlencoded"):
            parameters |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        else:
            raise RefusedError(400, "Bad Request: this server takes forms and JSON, no files")
    return parameters


async def _from_page(request: Request) -> dict[str, Any]:
    """What the chat page sent; nothing where that is no object."""
    body = await _body(request)
    try:
        content = _read_json(body)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _read_json(body: bytes) -> Any:
    """The content of a body. Half a surrogate pair is an error, because no answer could carry it back."""
    content = json.loads(body)
    json.dumps(content, ensure_ascii=False).encode()
    return content


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise RefusedError(413, "Request Entity Too Large")
    return bytes(body)
