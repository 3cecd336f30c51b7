"""The real program as a child process: stopped, killed, set up wrongly; only what crosses the wire and its output."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.answering import Assistant
from bot.settings import KNOWLEDGE_DIR
from bot.telegram.delivery import AT_ONCE
from tests.wire.conftest import LONGEST_WAIT, TOKEN, Fault, Telegram

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

QUESTION = "ice or heat?"
WRONG_TOKEN = "654321:wrong-test-token-BBBBBBBBBBBBBBBBBBBB"


@dataclass
class Program:
    """A run of the bot."""

    process: asyncio.subprocess.Process
    output_file: Path

    @property
    def output(self) -> str:
        return self.output_file.read_text(encoding="utf-8")

    async def ended(self) -> int:
        """Its exit code."""
        return await asyncio.wait_for(self.process.wait(), LONGEST_WAIT)

    async def stopped(self, *signals: signal.Signals) -> int:
        """Its exit code after signals."""
        for number in signals or (signal.SIGTERM,):
            self.process.send_signal(number)
        return await self.ended()


Start = Callable[..., Awaitable[Program]]


@pytest.fixture
async def start(
    telegram: Telegram,
    tmp_path: Path,
    learned_cache: Path,
    real_assistant: Assistant,  # noqa: ARG001  it fills the cache
) -> AsyncIterator[Start]:
    """Starts the program with the settings of the test and nothing else of this environment."""
    programs: list[Program] = []

    async def start_program(**settings: str) -> Program:
        environment = {
            "PYTHONPATH": str(KNOWLEDGE_DIR.parent),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'handled.sqlite3'}",
            "KNOWLEDGE_DIR": str(KNOWLEDGE_DIR),
            "CACHE_DIR": str(learned_cache),
            "MEANING": "off",  # learning takes longer than any of these tests
            "PATH": os.environ.get("PATH", ""),
        } | settings
        output_file = tmp_path / f"output-{len(programs)}"
        with output_file.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                env=environment, cwd=tmp_path, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip
        programs.append(Program(process, output_file))
        return programs[-1]

    yield start_program
    for program in programs:
        with suppress(ProcessLookupError):
            program.process.kill()
        await program.ended()


async def fill(telegram: Telegram, count: int) -> int:
    """So many people ask at once; returns the id of the last update."""
    return [await telegram.write(QUESTION, chat_id) for chat_id in range(1, count + 1)][-1]


def answers(telegram: Telegram) -> Counter[int]:
    """How often each person was answered."""
    return Counter(reply.chat_id for reply in telegram.sent())


async def until_more_attempts(telegram: Telegram, more: int) -> None:
    goal = len(telegram.attempts()) + more
    await telegram.until(lambda: len(telegram.attempts()) >= goal)


# Stopping.


@pytest.mark.parametrize(
    "signals",
    [
        (signal.SIGTERM,),
        (signal.SIGINT,),
        (signal.SIGTERM, signal.SIGTERM),
        (signal.SIGINT, signal.SIGTERM),
        (signal.SIGTERM, signal.SIGINT, signal.SIGINT),
    ],
    ids=lambda signals: "-".join(number.name for number in signals),
)
async def test_a_stop_in_the_middle_of_work_loses_and_doubles_nothing(
    telegram: Telegram, start: Start, signals: tuple[signal.Signals, ...]
) -> None:
    telegram.faults.pause_seconds = 0.05
    last = await fill(telegram, 200)
    program = await start()
    await telegram.until(lambda: len(telegram.sent()) >= 10)

    exit_code = await program.stopped(*signals)
    left = telegram.waiting()
    await start()
    await telegram.until_confirmed(last)

    assert exit_code == 0
    assert left  # else the stop came too late to show anything
    assert answers(telegram) == dict.fromkeys(range(1, 201), 1)
    assert "Traceback" not in program.output


async def test_a_stop_of_an_idle_bot_ends_well(telegram: Telegram, start: Start) -> None:
    program = await start()
    await telegram.until(telegram.polls)

    assert await program.stopped() == 0


async def test_a_stop_does_not_wait_for_ever_for_a_message_that_hangs(telegram: Telegram, start: Start) -> None:
    telegram.faults.held[1] = asyncio.Event()
    update_id = await telegram.write(QUESTION, 1)
    program = await start()
    await telegram.until(lambda: telegram.attempts(1))

    await program.stopped()

    assert update_id in telegram.waiting()


async def test_every_update_is_answered_through_a_storm_of_kills(telegram: Telegram, start: Start) -> None:
    kills, people = 4, 60
    moments = random.Random(20261123)  # noqa: S311  a seed makes it the same storm every time
    telegram.faults.pause_seconds = 0.7  # longer than the bot's patience, so that it polls with answers under way
    last = await fill(telegram, people)

    for _ in range(kills):
        program = await start()
        await until_more_attempts(telegram, moments.randint(5, 14))
        program.process.kill()
        await program.ended()
    await start()
    await telegram.until_confirmed(last)

    assert set(answers(telegram)) == set(range(1, people + 1))
    assert sum(answers(telegram).values()) - people <= AT_ONCE * kills


# Starting.


async def test_a_wrong_token_is_told_in_one_line(start: Start) -> None:
    program = await start(TELEGRAM_BOT_TOKEN=WRONG_TOKEN)

    exit_code = await program.ended()

    assert exit_code != 0
    assert "TELEGRAM_BOT_TOKEN" in program.output
    assert program.output.count("\n") == 1
    assert WRONG_TOKEN not in program.output


async def test_a_token_that_is_taken_back_ends_the_program_in_one_line(telegram: Telegram, start: Start) -> None:
    program = await start()
    await telegram.until(telegram.polls)
    telegram.faults.coming["getUpdates"] = iter([Fault.UNAUTHORIZED])
    await telegram.write(QUESTION)

    exit_code = await program.ended()

    assert exit_code != 0
    assert "TELEGRAM_BOT_TOKEN" in program.output.splitlines()[-1]
    assert "Traceback" not in program.output


async def test_an_api_out_of_reach_is_told_in_one_line(start: Start) -> None:
    """After some 15 seconds of trying."""
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        port = closed_soon.getsockname()[1]
    program = await start(TELEGRAM_API_URL=f"http://127.0.0.1:{port}", LOG_LEVEL="ERROR")

    exit_code = await program.ended()

    assert exit_code != 0
    assert "cannot be reached" in program.output
    assert program.output.count("\n") == 1


async def test_garbled_settings_are_named_all_at_once_without_their_values(telegram: Telegram, start: Start) -> None:
    garbled = {
        "TELEGRAM_BOT_TOKEN": "not-a-token-CCCC",
        "TELEGRAM_API_URL": "not-an-address-CCCC",
        "DATABASE_URL": "not-a-database-CCCC",
        "LOG_LEVEL": "not-a-level-CCCC",
        "PORT": "not-a-port-CCCC",
    }
    program = await start(**garbled)

    exit_code = await program.ended()

    assert exit_code != 0
    assert [name for name in garbled if f"{name} is not right" not in program.output] == []
    assert "CCCC" not in program.output
    assert "Traceback" not in program.output
    assert not telegram.calls


# The log.


@pytest.mark.parametrize("style", ["plain", "json"])
async def test_the_log_holds_no_word_no_name_no_chat_and_no_token(telegram: Telegram, start: Start, style: str) -> None:
    symptom, name, chat_id = "zqxsymptom", "Zqxname", 987654321
    someone = {"id": chat_id, "is_bot": False, "first_name": name, "username": name}
    telegram.faults.coming["sendMessage"] = iter([Fault.BAD_GATEWAY] * 5 + [Fault.RATE_LIMITED, Fault.BLOCKED])
    telegram.faults.coming["getUpdates"] = iter([Fault.BAD_GATEWAY, Fault.RESET])
    program = await start(LOG_LEVEL="DEBUG", LOG_FORMAT=style)
    for text in (f"why does {symptom} hurt", f"i cant pee and {symptom}", f"/start {symptom}", f"/{symptom}"):
        await telegram.push({"message": {**telegram.message(text, chat_id), "from": someone}})
    last = await telegram.push({"message": {"text": symptom, "from": someone, "date": symptom}})
    await telegram.until_confirmed(last)
    await program.stopped()

    assert "was not answered" in program.output
    assert "cannot be read" in program.output
    secrets = (symptom, name, str(chat_id), TOKEN)
    assert not [secret for secret in secrets if secret.lower() in program.output.lower()]
