"""Logs hold no token and no forged line, whatever is logged by whom."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Literal

import pytest

from bot.logs import RedactingFormatter, set_up_logging

TOKEN = "123456789:AAH-made_up_token_of_real_shape_0123"

Style = Literal["plain", "json"]
STYLES: list[Style] = ["plain", "json"]


@pytest.fixture(autouse=True)
def _pytests_own_logging() -> Iterator[None]:
    """Puts pytest's handlers and all levels back, which `set_up_logging` replaces."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    handlers, levels = root.handlers[:], (root.level, ours.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Style], Callable[[], str]]:
    """Sets logging up and returns what reads standard error."""

    def set_up(level: str, style: Style) -> Callable[[], str]:
        stream = io.StringIO()
        monkeypatch.setattr("sys.stderr", stream)
        set_up_logging(level, style)
        return stream.getvalue

    return set_up


SetUp = Callable[[str, Style], Callable[[], str]]


def fail_with(message: str) -> None:
    raise ValueError(message)


@pytest.mark.parametrize("style", STYLES)
def test_a_token_in_a_message_is_taken_out(logged: SetUp, style: Style) -> None:
    read = logged("DEBUG", style)

    logging.getLogger("bot.x").info(f"POST https://api.telegram.org/bot{TOKEN}/getMe")  # noqa: G004  as httpx does

    assert TOKEN not in read()
    assert "/bot[token]/getMe" in read()


@pytest.mark.parametrize("style", STYLES)
def test_a_token_in_an_argument_is_taken_out(logged: SetUp, style: Style) -> None:
    read = logged("DEBUG", style)

    logging.getLogger("bot.x").warning("bot %s of %r", TOKEN, {"token": TOKEN})

    assert TOKEN not in read()
    assert read().count("[token]") == 2


@pytest.mark.parametrize("style", STYLES)
def test_a_token_in_a_traceback_is_taken_out(logged: SetUp, style: Style) -> None:
    read = logged("DEBUG", style)

    try:
        fail_with(f"the token {TOKEN} was refused")
    except ValueError:
        logging.getLogger("bot.x").exception("failed")

    assert TOKEN not in read()
    assert "ValueError: the token [token] was refused" in read()
    assert "fail_with" in read()


@pytest.mark.parametrize("style", STYLES)
def test_a_token_in_what_a_library_says_is_taken_out(logged: SetUp, style: Style) -> None:
    read = logged("INFO", style)

    logging.getLogger("httpx").error("cannot reach /bot%s/getMe", TOKEN)

    assert "/bot[token]/getMe" in read()


@pytest.mark.parametrize("style", STYLES)
def test_a_record_that_cannot_be_formatted_shows_no_argument(logged: SetUp, style: Style) -> None:
    read = logged("INFO", style)

    logging.getLogger("bot.x").info("%d updates", TOKEN)

    assert TOKEN not in read()
    assert "cannot be formatted: '%d updates'" in read()
    assert len(read().splitlines()) == 1


@pytest.mark.parametrize("text", ["12:30:15 stays", "ids 12345:678", "a:b"], ids=["time", "short", "letters"])
def test_what_is_no_token_stays(logged: SetUp, text: str) -> None:
    read = logged("INFO", "plain")

    logging.getLogger("bot").info(text)

    assert read().rstrip("\n").endswith(f"INFO {text}")


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b[2J", "\r", "\x85", "\u2028", "\x9b"])
@pytest.mark.parametrize("style", STYLES)
def test_control_characters_do_not_reach_the_terminal(logged: SetUp, style: Style, sign: str) -> None:
    read = logged("INFO", style)

    logging.getLogger("bot").info("before%safter", sign)

    assert sign not in read()
    assert "before" in read()
    assert "after" in read()


@pytest.mark.parametrize("style", STYLES)
def test_a_line_break_forges_no_record(logged: SetUp, style: Style) -> None:
    read = logged("INFO", style)

    logging.getLogger("bot").info("x\n12:00:00 ERROR forged")

    first, *others = read().rstrip("\n").split("\n")
    assert "x" in first
    assert all(line.startswith("    ") for line in others)


def test_a_line_break_in_an_error_forges_no_record(logged: SetUp) -> None:
    read = logged("INFO", "plain")

    try:
        fail_with("x\n12:00:00 ERROR forged")
    except ValueError:
        logging.getLogger("bot").exception("failed")

    assert "\n12:00:00" not in read()


def test_json_is_one_object_a_line(logged: SetUp) -> None:
    read = logged("DEBUG", "json")

    logging.getLogger("bot.a").debug('said "%s"\n', "x\x00\x1b")
    try:
        fail_with("broken")
    except ValueError:
        logging.getLogger("bot.b").exception("failed", extra={"update_id": 7})

    first, second = map(json.loads, read().splitlines())
    assert (first["levelname"], first["name"]) == ("DEBUG", "bot.a")
    assert (second["message"], second["update_id"]) == ("failed", 7)
    assert "ValueError: broken" in second["exc_info"]


def test_libraries_stay_at_warning_when_we_are_at_debug(logged: SetUp) -> None:
    read = logged("DEBUG", "plain")

    for name in ("httpx", "httpcore", "telegram.ext", "uvicorn.access", "asyncio"):
        logging.getLogger(name).info("whole message")
    logging.getLogger("telegram").warning("library warning")
    logging.getLogger("bot.telegram").debug("our detail")

    assert "whole message" not in read()
    assert "library warning" in read()
    assert "our detail" in read()


def test_our_level_is_the_one_that_was_set(logged: SetUp) -> None:
    read = logged("ERROR", "plain")

    logging.getLogger("bot.x").warning("too quiet")
    logging.getLogger("bot.x").error("loud")

    assert "too quiet" not in read()
    assert "loud" in read()


def test_setting_up_twice_logs_once(logged: SetUp) -> None:
    logged("INFO", "plain")
    read = logged("INFO", "plain")

    logging.getLogger("bot").info("only once")

    assert read().count("only once") == 1


def test_a_record_is_not_changed_for_others() -> None:
    record = logging.makeLogRecord({"msg": "bot %s", "args": (TOKEN,), "levelname": "INFO"})

    RedactingFormatter("plain").format(record)

    assert record.getMessage() == f"bot {TOKEN}"
