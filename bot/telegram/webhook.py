"""Updates that Telegram posts to us: a 200 goes out only after the answer did, so that none is lost."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot, WebhookInfo

from bot.telegram.application import ALLOWED_UPDATES
from bot.telegram.delivery import Delivery

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header; Bot API, setWebhook
LARGEST_BODY = 1 << 20  # bytes; an update is a few thousand
LONGEST_WAIT_SECONDS = 25.0  # for an answer; later Telegram is asked to post the update again
RETRY_AFTER_SECONDS = 5

logger = logging.getLogger(__name__)


class Webhook:
    """The address that Telegram posts to, and one for health checks apart."""

    def __init__(self, delivery: Delivery, url: str, secret: str) -> None:
        self._delivery = delivery
        self._path = urlsplit(url).path or "/"
        self._secret = secret.encode()
        self._open: dict[int, asyncio.Task[None]] = {}

    def app(self) -> Starlette:
        """The routes."""
        return Starlette(
            routes=[
                Route("/health", self._health),
                Route(self._path, self._receive, methods=["POST"]),
            ]
        )

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ok")

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("wrong secret", 403)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_BODY:
                return PlainTextResponse("too large", 413)
        try:
            raw = json.loads(bytes(body))
        except (ValueError, RecursionError):
            return PlainTextResponse("no JSON", 400)
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            logger.warning("a post without an update id was skipped")
            return PlainTextResponse("skipped")  # a refusal would make Telegram post it again for a day
        return await self._answered(raw["update_id"], raw)

    async def _answered(self, update_id: int, raw: dict[str, object]) -> Response:
        """Wait for the answer to an update; a second post of the same one waits for the same answer."""
        task = self._open.get(update_id)
        if task is None:
            task = self._open[update_id] = asyncio.create_task(self._delivery.deliver(raw))
            task.add_done_callback(lambda _: self._open.pop(update_id, None))
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                await asyncio.shield(task)
        except TimeoutError:
            return PlainTextResponse("later", 503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        return PlainTextResponse("ok")


async def register(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to post; once, by command, never from each of several programs that start together."""
    await bot.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES), drop_pending_updates=False)


async def unregister(bot: Bot) -> None:
    """Have Telegram keep updates for long polling again."""
    await bot.delete_webhook(drop_pending_updates=False)


async def describe(bot: Bot) -> str:
    """Where Telegram posts, how much waits, and what failed last."""
    return _as_text(await bot.get_webhook_info())


def _as_text(info: WebhookInfo) -> str:
    lines = [
        f"Telegram posts to {info.url}." if info.url else "No webhook is set: the bot polls.",
        f"Updates that wait: {info.pending_update_count}.",
    ]
    if info.last_error_date:
        lines.append(f"Last error: {info.last_error_message}, at {info.last_error_date:%Y-%m-%d %H:%M} UTC.")
    return "\n".join(lines)
