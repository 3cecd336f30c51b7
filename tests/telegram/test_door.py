"""One door: nothing outside telegram/sending.py hands a message to Telegram."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot"
DOOR = BOT / "telegram" / "sending.py"
SENDS = re.compile(r"^(send|reply|edit|answer|copy|forward)_[a-z]+|^(answer|do_api_request)$")
OURS = {  # they only sound like it: what they return still has to pass the door
    "self._assistant.answer",  # decides what to say
    "self._renderer.answer",  # makes a `Reply` of that
}


def can_reach_telegram(file: Path) -> bool:
    """Whether a file stands in bot/telegram or imports the library, at its head or in a function."""
    imported = [
        name
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom) and node.level == 0
            else []
        )
    ]
    return file.parent == DOOR.parent or any(name.split(".")[0] == "telegram" for name in imported)


def sends(file: Path) -> Iterator[tuple[str, str]]:
    """Calls that could put a message before a person: where each stands, and what it calls."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and SENDS.match(node.func.attr):
            yield f"{file.relative_to(BOT)}:{node.lineno}", ast.unparse(node.func)


def test_only_the_door_sends() -> None:
    strangers = [
        (place, call)
        for file in sorted(BOT.rglob("*.py"))
        if file != DOOR and can_reach_telegram(file)
        for place, call in sends(file)
        if call not in OURS
    ]

    assert strangers == []


def test_the_fence_looks_at_all_that_can_reach_telegram() -> None:
    looked_at = {file.relative_to(BOT).as_posix() for file in BOT.rglob("*.py") if can_reach_telegram(file)}

    assert {"cli.py", "telegram/handlers.py", "telegram/deciding.py", "telegram/webhook.py"} <= looked_at
    assert not any(name.startswith(("core/", "curation/", "store/")) for name in looked_at)


def test_the_fence_sees_the_door_itself() -> None:
    assert {call.rpartition(".")[2] for _, call in sends(DOOR)} == {"send_message", "edit_message_text", "answer"}


def test_no_handler_answers_before_it_has_answered() -> None:
    """A handler with block=False returns at once, so its update would be confirmed unanswered."""
    assert not any("block=False" in file.read_text("utf-8") for file in (BOT / "telegram").rglob("*.py"))


def test_no_update_is_thrown_away_at_start() -> None:
    assert not any("drop_pending_updates=True" in file.read_text("utf-8") for file in BOT.rglob("*.py"))
