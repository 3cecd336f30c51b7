"""The Bot API methods that the bot calls, refusing what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.core.reply import LONGEST_MESSAGE, utf16_units
from bot.local.account import BOT, PRIVATE_CHAT, Account, Json
from bot.local.markup import MarkupError, parse_html, trim

LONGEST_CALLBACK_DATA = 64  # bytes
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
MOST_BUTTONS = 100
MOST_ENTITIES = 100
LONGEST_POLL_SECONDS = 50

Parameters = Mapping[str, Any]


class RefusedError(Exception):
    """A call that Telegram would refuse: its code and its words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


class Methods:
    """The methods by name, over one account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._poll: asyncio.Event | None = None  # set when a newer poll ends this one
        self._by_name: dict[str, Callable[[Parameters], Awaitable[Any]]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "answercallbackquery": self._answer_callback_query,
            "setmycommands": self._set_my_commands,
            "setmydescription": self._set_my_description,
            "setmyshortdescription": self._set_my_short_description,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
        }

    async def call(self, name: str, parameters: Parameters) -> Any:
        """The result of a call.

        Raises:
            RefusedError: Telegram would refuse it, or this server does not know the method.
        """
        method = self._by_name.get(name.lower())
        if method is None:
            raise RefusedError(404, "Not Found")
        return await method(parameters)

    async def _get_me(self, _: Parameters) -> Json:
        return BOT

    async def _get_updates(self, parameters: Parameters) -> list[Json]:
        account = self._account
        if self._poll is not None:
            self._poll.set()
            async with account.changed:
                account.changed.notify_all()
        mine = self._poll = asyncio.Event()
        if "allowed_updates" in parameters:
            account.allowed_updates = _opened(parameters["allowed_updates"])
        if "offset" in parameters:
            account.confirm_below(int(parameters["offset"]))
        limit = min(max(int(parameters.get("limit", 100)), 1), 100)
        seconds = min(int(parameters.get("timeout", 0)), LONGEST_POLL_SECONDS)
        await account.wait_until(lambda: account.updates or mine.is_set(), seconds)
        if mine.is_set():
            raise RefusedError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        return account.updates[:limit]

    async def _send_message(self, parameters: Parameters) -> Json:
        self._check_chat(parameters)
        text, entities = _read_text(parameters)
        reply = _opened(parameters.get("reply_parameters", {}))
        reply_to = reply.get("message_id")
        if reply_to and reply_to not in self._account.messages and not reply.get("allow_sending_without_reply"):
            raise RefusedError(400, "Bad Request: message to be replied not found")
        return await self._account.receive(text, entities, _read_markup(parameters), reply_to)

    async def _edit_message_text(self, parameters: Parameters) -> Json:
        self._check_chat(parameters)
        message = self._account.messages.get(int(parameters.get("message_id", 0)))
        if message is None:
            raise RefusedError(400, "Bad Request: message to edit not found")
        if not message["from"]["is_bot"]:
            raise RefusedError(400, "Bad Request: message can't be edited")
        text, entities = _read_text(parameters)
        markup = _read_markup(parameters)
        if (text, entities, markup) == (message["text"], message.get("entities", []), message.get("reply_markup")):
            raise RefusedError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
                " same as a current content and reply markup of the message",
            )
        return await self._account.replace(message["message_id"], text, entities, markup)

    async def _answer_callback_query(self, parameters: Parameters) -> bool:
        query_id = str(parameters.get("callback_query_id"))
        if self._account.presses.get(query_id) is not False:
            raise RefusedError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._account.presses[query_id] = True
        await self._account.note("pressed", {"text": str(parameters.get("text", ""))})
        return True

    async def _set_my_commands(self, parameters: Parameters) -> bool:
        scope = _opened(parameters.get("scope", {"type": "default"}))["type"]
        self._account.commands[scope] = _opened(parameters["commands"])
        await self._account.note("commands", {"scope": scope, "commands": self._account.commands[scope]})
        return True

    async def _set_my_description(self, parameters: Parameters) -> bool:
        return await self._set_about("description", parameters, LONGEST_DESCRIPTION)

    async def _set_my_short_description(self, parameters: Parameters) -> bool:
        return await self._set_about("short_description", parameters, LONGEST_SHORT_DESCRIPTION)

    async def _set_about(self, name: str, parameters: Parameters, longest: int) -> bool:
        text = str(parameters.get(name, ""))
        if utf16_units(text) > longest:
            raise RefusedError(400, f"Bad Request: {name.upper()}_TOO_LONG")
        self._account.about[name] = text
        await self._account.note("about", {"name": name, "text": text})
        return True

    async def _delete_webhook(self, _: Parameters) -> bool:
        return True

    async def _get_webhook_info(self, _: Parameters) -> Json:
        return {"url": "", "has_custom_certificate": False, "pending_update_count": len(self._account.updates)}

    @staticmethod
    def _check_chat(parameters: Parameters) -> None:
        if str(parameters.get("chat_id")) != str(PRIVATE_CHAT["id"]):
            raise RefusedError(400, "Bad Request: chat not found")


def _opened(value: Any) -> Any:
    """A parameter that is an object or a list; forms carry these as JSON."""
    return json.loads(value) if isinstance(value, str) else value


def _read_text(parameters: Parameters) -> tuple[str, list[Json]]:
    raw = str(parameters.get("text", ""))
    mode = parameters.get("parse_mode")
    if mode not in {None, "", "HTML"}:
        raise RefusedError(400, "Bad Request: unsupported parse_mode")
    try:
        text, entities = trim(*parse_html(raw)) if mode else (raw.strip(), [])
    except MarkupError as error:
        raise RefusedError(400, f"Bad Request: {str(error)[:1].lower()}{str(error)[1:]}") from error
    if not text:
        raise RefusedError(400, "Bad Request: message text is empty")
    if utf16_units(text) > LONGEST_MESSAGE:
        raise RefusedError(400, "Bad Request: message is too long")
    return text, entities[:MOST_ENTITIES]


def _read_markup(parameters: Parameters) -> Json | None:
    markup = _opened(parameters.get("reply_markup") or None)
    if not markup or not markup.get("inline_keyboard"):
        return None
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise RefusedError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button.get("text"):
            raise RefusedError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= LONGEST_CALLBACK_DATA:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
        if sum(key in button for key in ("callback_data", "url", "copy_text")) != 1:
            raise RefusedError(400, "Bad Request: BUTTON_TYPE_INVALID")
    return {"inline_keyboard": markup["inline_keyboard"]}
