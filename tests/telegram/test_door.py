"""One door: nothing outside telegram/sending.py hands a message to Telegram."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot"
DOOR = BOT / "telegram" / "sending.py"
SENDS = re.compile(r"^(send|reply|edit|answer|copy|forward)_[a-z]+|^(answer|do_api_request)$")


def sends(file: Path) -> Iterator[str]:
    """Calls that could put a message before a person."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and SENDS.match(node.func.attr):
            yield f"{file.relative_to(BOT)}:{node.lineno} {node.func.attr}"


def test_only_the_door_sends() -> None:
    own_methods = {"assistant.answer", "renderer.answer"}
    strangers = [
        call
        for file in sorted((BOT / "telegram").rglob("*.py"))
        if file != DOOR
        for call in sends(file)
        if not call.endswith(" answer") or not _is_ours(file, call, own_methods)
    ]

    assert strangers == []


def test_the_fence_sees_the_door_itself() -> None:
    assert {call.split()[-1] for call in sends(DOOR)} == {"send_message", "edit_message_text", "answer"}


def test_no_handler_answers_before_it_has_answered() -> None:
    """A handler with block=False returns at once, so its update would be confirmed unanswered."""
    assert not any("block=False" in file.read_text("utf-8") for file in (BOT / "telegram").rglob("*.py"))


def test_no_update_is_thrown_away_at_start() -> None:
    assert not any("drop_pending_updates=True" in file.read_text("utf-8") for file in BOT.rglob("*.py"))


def _is_ours(file: Path, call: str, own_methods: set[str]) -> bool:
    line = file.read_text("utf-8").splitlines()[int(call.split(":")[1].split(maxsplit=1)[0]) - 1]
    return any(name in line for name in own_methods)
