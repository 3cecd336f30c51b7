"""The commands: run, chat, ask, check, evaluate, calibrate, learn, webhook."""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from bot.assembling import build_assistant, build_both
from bot.core.model import Knowledge
from bot.curation.problems import KnowledgeError, Problem, summary
from bot.settings import Settings, SettingsError, load_settings

OK = 0
FAILED = 1
MISUSED = 2

LABELLED_QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command.

    Returns:
        The exit code: 0, or 1 with what is wrong on standard error.
    """
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except (KnowledgeError, SettingsError) as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:  # `python -m bot check --reading | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="A Telegram assistant for lower back spasms.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run the bot: on Telegram with TELEGRAM_BOT_TOKEN, otherwise as `chat`")
    run.add_argument("--telegram", action="store_true", help="on servers: stop with an error where there is no token")
    run.set_defaults(command=_run)

    chat = commands.add_parser("chat", help="run the bot on this machine, with a chat page and without Telegram")
    chat.set_defaults(command=_chat)

    ask = commands.add_parser("ask", help="put one question to the bot, and see why it answers so")
    ask.add_argument("question", nargs="?", help='in quotes: "ice or heat?"')
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument("--batch", action="store_true", help='read JSON lines from standard input: {"q": "ice or heat?"}')
    ask.set_defaults(command=_ask)

    check = commands.add_parser("check", help="say what is wrong with the knowledge, with file and line")
    check.add_argument("folder", nargs="?", type=Path, help="the knowledge folder; KNOWLEDGE_DIR otherwise")
    show = check.add_mutually_exclusive_group()
    show.add_argument("--list", action="store_true", help="print the entry ids, one a line")
    show.add_argument("--coverage", action="store_true", help="print which entry carries which claim of the article")
    show.add_argument("--reading", action="store_true", help="print the reading grade of each entry, hardest first")
    show.add_argument("--reach", action="store_true", help="print which entries their own phrasings miss, and why")
    show.add_argument(
        "--against", metavar="REV", help="print which labelled questions change since a git revision, or another folder"
    )
    show.add_argument("--schema", metavar="DIR", type=Path, help="write JSON Schemas of the files, for editors")
    check.add_argument(
        "--questions", nargs="+", type=Path, metavar="FILE", help="labelled questions for --against; ours otherwise"
    )
    check.set_defaults(command=_check, refuse=check.error)

    evaluate = commands.add_parser("evaluate", help="say how well labelled questions are answered")
    evaluate.add_argument("files", nargs="*", type=Path, metavar="FILE", help="labelled questions; ours otherwise")
    evaluate.add_argument("--misses", action="store_true", help="list what is missed among those open to tuning")
    evaluate.add_argument("--out", metavar="FILE", type=Path, help="write a page with plots, like docs/quality.md")
    evaluate.set_defaults(command=_evaluate)

    calibrate = commands.add_parser("calibrate", help="learn from labelled questions what a score says")
    calibrate.add_argument("files", nargs="*", type=Path, metavar="FILE", help="labelled questions; ours otherwise")
    calibrate.set_defaults(command=_calibrate)

    learn = commands.add_parser("learn", help="learn phrasings and messages for the meaning model")
    parts = learn.add_mutually_exclusive_group()
    parts.add_argument("--phrasings", action="store_true", help="the phrasings alone, which takes a minute")
    parts.add_argument("--words", action="store_true", help="the words of the language alone, which takes a minute")
    learn.set_defaults(command=_learn)

    webhook = commands.add_parser("webhook", help="tell Telegram where to post updates: set, delete or info")
    webhook.add_argument("what", choices=["set", "delete", "info"])
    webhook.set_defaults(command=_webhook)
    return parser


def _run(given: argparse.Namespace) -> int:
    settings = load_settings()
    if settings.telegram_bot_token is None and given.telegram:
        raise SettingsError("TELEGRAM_BOT_TOKEN is missing. Get one from @BotFather.\nSee .env.example.")
    if settings.telegram_bot_token is None:
        return _start_chat(settings)
    return _start_on_telegram(settings, settings.telegram_bot_token.get_secret_value())


def _chat(_: argparse.Namespace) -> int:
    return _start_chat(load_settings())


def _start_on_telegram(settings: Settings, token: str) -> int:
    from bot.logs import set_up_logging
    from bot.serving import PortError
    from bot.store.kept import Kept
    from bot.telegram.polling import PollingError
    from bot.telegram.running import StartError, poll, reach_telegram, receive, stop_on_signals

    set_up_logging(settings.log_level, settings.log_format)
    assistant = build_assistant(settings, _warn)
    country = _default_country(settings, assistant.knowledge)

    async def live() -> None:
        stop = stop_on_signals()
        kept = Kept(settings.database_file, token, country)
        async with reach_telegram(token, settings.telegram_api_url, assistant, kept, stop) as running:
            name = f"@{running.application.bot.username}"
            if settings.webhook_url and settings.webhook_secret:
                secret = settings.webhook_secret.get_secret_value()
                listening = f"On Telegram as {name}, by webhook on port {settings.port}. Ctrl-C stops it."
                await receive(
                    running, settings.webhook_url, secret, settings.host, settings.port, stop, lambda: _say(listening)
                )
            else:
                await poll(running, stop, on_ready=lambda: _say(f"On Telegram as {name}. Ctrl-C stops it."))

    try:
        asyncio.run(live())
    except (StartError, PollingError, PortError) as error:
        print(error, file=sys.stderr)
        return FAILED
    return OK


def _start_chat(settings: Settings) -> int:
    from bot.local.chatting import chat_here
    from bot.logs import set_up_logging
    from bot.serving import PortError
    from bot.telegram.running import StartError, stop_on_signals

    set_up_logging(settings.log_level, settings.log_format)
    assistant = build_assistant(settings, _warn)
    knowledge = assistant.knowledge
    country = _default_country(settings, knowledge)

    def on_ready(address: str) -> None:
        _say(
            "",
            "  The back spasm assistant runs on this machine, without Telegram.",
            "",
            f"    Chat with it:  {address}",
            f"    Knowledge:     {len(knowledge.entries)} entries from {settings.knowledge_dir}",
            "    Stop it:       Ctrl-C",
            "",
            "  To put it on Telegram: get a token from @BotFather, copy .env.example to .env,",
            "  write the token behind TELEGRAM_BOT_TOKEN= and run the same command again.",
            "",
        )

    async def live() -> None:
        await chat_here(assistant, settings.port, country, stop_on_signals(), on_ready)

    try:
        asyncio.run(live())
    except (StartError, PortError) as error:
        print(error, file=sys.stderr)
        return FAILED
    return OK


def _default_country(settings: Settings, knowledge: Knowledge) -> str:
    """The operator's country, which must have a checked number."""
    code = settings.default_country
    if code and code not in knowledge.numbers:
        raise SettingsError(
            f"DEFAULT_COUNTRY is {code}, which is not in emergency-numbers.yaml. Write one that is, or leave it empty."
        )
    return code


def _ask(given: argparse.Namespace) -> int:
    from bot.core.rendering import Renderer
    from bot.curation import asking

    if given.batch == (given.question is not None):
        print(
            'Ask one question: python -m bot ask "ice or heat?"',
            "Or many, as JSON lines: python -m bot ask --batch < questions.jsonl",
            sep="\n",
            file=sys.stderr,
        )
        return MISUSED
    assistant = build_assistant(load_settings(), _warn)
    renderer = Renderer(assistant.knowledge)
    if not given.batch:
        import json

        asked = asking.ask(assistant, renderer, given.question)
        _say(json.dumps(asked.as_json(), ensure_ascii=False) if given.json else asked.as_text())
        return OK
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    try:
        for line in asking.ask_batch(assistant, renderer, lines):
            _say(line)
    except asking.BadLineError as error:
        print(error, file=sys.stderr)
        return FAILED
    return OK


def _check(given: argparse.Namespace) -> int:
    from bot.curation.checking import check_knowledge
    from bot.curation.coverage import coverage_page
    from bot.curation.loading import load_knowledge
    from bot.curation.reaching import measure_reach
    from bot.curation.readability import find_grader
    from bot.curation.reporting import reach_lines, reading_lines, summary_lines
    from bot.curation.schema import write_schemas
    from bot.meaning.finding import count_unlearned

    if given.questions and given.against is None:
        given.refuse("--questions goes with --against REV")
    if given.schema:
        _say(*map(str, write_schemas(given.schema)))
        return OK
    folder = given.folder or load_settings().knowledge_dir
    grade = find_grader()
    if given.list:
        _say(*load_knowledge(folder).entries)
    elif given.coverage:
        _say(coverage_page(load_knowledge(folder)).rstrip())
    elif given.reach:
        _say(*reach_lines(measure_reach(load_knowledge(folder))))
    elif given.against is not None:
        settings = load_settings().model_copy(update={"knowledge_dir": folder})
        _say(*_compare(settings, given.against, given.questions or _our_questions()))
    elif given.reading and grade is None:
        print("Reading is measured by textstat, which is not installed. `make check` installs it.", file=sys.stderr)
        return FAILED
    elif given.reading and grade:
        _say(*reading_lines(load_knowledge(folder), grade))
    else:
        checked = check_knowledge(folder, datetime.now(tz=UTC).date(), grade)
        if checked.problems:
            print(*checked.problems, summary(checked.problems), sep="\n", file=sys.stderr)
            return FAILED
        _say(*summary_lines(checked, grade, count_unlearned(checked.knowledge, folder)))
    return OK


def _compare(settings: Settings, other: str, files: Sequence[Path]) -> Iterator[str]:
    from bot.curation.comparing import compare, comparison_lines, version_at
    from bot.curation.labelled import read_labelled
    from bot.curation.loading import load_knowledge

    with version_at(settings.knowledge_dir, other) as folder:
        questions = read_labelled(files, load_knowledge(settings.knowledge_dir))
        older = {"knowledge_dir": folder, "cache_dir": settings.cache_dir / "compared"}
        before, now = build_both(settings.model_copy(update=older), settings, _warn)
    return comparison_lines(compare(questions, before, now), len(questions), other)


def _evaluate(given: argparse.Namespace) -> int:
    from bot.curation.evaluating import evaluation_lines
    from bot.curation.labelled import read_labelled
    from bot.curation.quality_page import write_quality_page
    from bot.curation.trials import try_out

    if given.out and find_spec("matplotlib") is None:
        print("The plots are drawn by matplotlib, of the extra 'bench'. `make quality` installs it.", file=sys.stderr)
        return FAILED
    files = given.files or _our_questions()
    assistant = build_assistant(load_settings(), _warn)
    knowledge = assistant.knowledge
    trials = try_out(assistant, read_labelled(files, knowledge))
    _say(*evaluation_lines(trials, misses=given.misses))
    if given.out:
        write_quality_page(given.out, trials, {file: len(read_labelled([file], knowledge)) for file in files})
        _say(f"\nWritten: {given.out}")
    return OK


def _calibrate(given: argparse.Namespace) -> int:
    from bot.curation.calibrating import TooFewError, calibration_page, learn_calibration
    from bot.curation.labelled import read_labelled
    from bot.curation.loading import load_knowledge
    from bot.meaning.finding import MeaningMissingError, find_meaning

    settings = load_settings()
    knowledge = load_knowledge(settings.knowledge_dir)
    questions = read_labelled(given.files or _our_questions(), knowledge)
    try:
        meaning = find_meaning(knowledge, settings.knowledge_dir, settings.cache_dir)
        page = calibration_page(
            learn_calibration(knowledge, None, questions), learn_calibration(knowledge, meaning, questions)
        )
    except (MeaningMissingError, TooFewError) as error:
        print(error, file=sys.stderr)
        return FAILED
    file = settings.knowledge_dir / knowledge.language / "calibration.yaml"
    file.write_text(page, encoding="utf-8")
    _say(page.rstrip(), "", f"Written: {file}")
    return OK


def _learn(given: argparse.Namespace) -> int:
    from bot.curation.dictionary import VECTORS_FILE, write_word_vectors
    from bot.curation.loading import load_knowledge
    from bot.meaning.finding import MeaningMissingError, compute_phrasings, compute_words, learn_kinds

    settings = load_settings()
    knowledge = load_knowledge(settings.knowledge_dir)
    try:
        if given.words:
            file = settings.knowledge_dir / knowledge.language / VECTORS_FILE
            write_word_vectors(file, *compute_words(knowledge))
            _say(f"Written: {file}")
            return OK
        _say(f"Written: {compute_phrasings(knowledge, settings.knowledge_dir)}")
        if not given.phrasings:
            _say("Reading the messages takes a minute or two, learning them a quarter of an hour.")
            _say(f"Written: {learn_kinds(knowledge, settings.knowledge_dir, _say)}")
    except MeaningMissingError as error:
        print(error, file=sys.stderr)
        return FAILED
    return OK


def _our_questions() -> list[Path]:
    """The files of labelled questions that come with the repository, by name.

    Raises:
        KnowledgeError: there are none, as where the bot alone was installed.
    """
    files = sorted(LABELLED_QUESTIONS.glob("*.yaml"))
    if not files:
        raise KnowledgeError([Problem(LABELLED_QUESTIONS, 0, "holds no labelled questions. Name files of them.")])
    return files


def _webhook(given: argparse.Namespace) -> int:
    from telegram import Bot
    from telegram.error import BadRequest, InvalidToken, TelegramError

    from bot.telegram.webhook import describe, register, unregister

    settings = load_settings()
    token, url, secret = settings.telegram_bot_token, settings.webhook_url, settings.webhook_secret
    if token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is missing. Get one from @BotFather.\nSee .env.example.")
    if given.what == "set" and not (url and secret):
        raise SettingsError("WEBHOOK_URL is missing: where should Telegram post to?\nSee .env.example.")

    async def talk() -> str:
        base_url = f"{settings.telegram_api_url.rstrip('/')}/bot"
        async with Bot(token.get_secret_value(), base_url=base_url) as bot:
            if given.what == "set" and url and secret:
                await register(bot, url, secret.get_secret_value())
            elif given.what == "delete":
                await unregister(bot)
            return await describe(bot)

    try:
        _say(asyncio.run(talk()))
    except InvalidToken:
        print("Telegram does not accept TELEGRAM_BOT_TOKEN. Copy it again from @BotFather.", file=sys.stderr)
        return FAILED
    except BadRequest as error:
        print(f"Telegram did not do it: {error.message}. Check WEBHOOK_URL and WEBHOOK_SECRET.", file=sys.stderr)
        return FAILED
    except TelegramError as error:
        mend = "Check the network and TELEGRAM_API_URL, then try again."
        print(f"Telegram did not do it: {error.message}. {mend}", file=sys.stderr)
        return FAILED
    return OK


def _warn(text: str) -> None:
    print(text, file=sys.stderr)


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)
