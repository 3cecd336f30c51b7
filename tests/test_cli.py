"""The commands that need no network: what they print, where, and their exit codes."""

import io
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot import cli
from bot.cli import FAILED, MISUSED, OK, main
from bot.core.word_vectors import WordVectors
from bot.curation.dictionary import read_word_vectors
from bot.settings import Settings
from tests.telegram.conftest import RecordingRequest

RELIEF = "en/entries/relief.yaml"
OVERDUE = "entry 'ice' was due for review on 2020-01-01. Review it, then set both dates."

Stdin = Callable[[str | bytes], None]


@pytest.fixture(autouse=True)
def folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small knowledge folder, which the commands use, with nothing else set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    monkeypatch.setenv("MEANING", "off")
    return folder


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Stdin:
    """Puts text, or bytes, on standard input."""

    def put(content: str | bytes) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))

    return put


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str], None]:
    """Replaces a piece of the file of entries on relief."""

    def edit_it(old: str, new: str) -> None:
        text = (folder / RELIEF).read_text()
        assert old in text
        (folder / RELIEF).write_text(text.replace(old, new))

    return edit_it


def objects(printed: str) -> list[Any]:
    return [json.loads(line) for line in printed.splitlines()]


def test_ask_prints_the_reply_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "how do I use ice"]) == OK

    printed = capsys.readouterr()
    assert "Put a cloth between." in printed.out
    assert "Text disclaimer_short." in printed.out
    assert "decided by" in printed.out
    assert printed.err == ""


def test_ask_as_json_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "I cannot pee"]) == OK

    (answer,) = objects(capsys.readouterr().out)
    assert answer["outcome"] == "alarm"
    assert answer["red_flags"] == [{"id": "bladder", "urgency": "emergency"}]


def test_ask_takes_an_empty_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", ""]) == OK

    assert objects(capsys.readouterr().out)[0]["outcome"] == "unknown"


def test_ask_in_a_batch_prints_a_line_for_each_line(stdin: Stdin, capsys: pytest.CaptureFixture[str]) -> None:
    stdin('{"q": "how do I use ice"}\n\n{"q": "I cannot pee"}\n{"q": "I cannot pee", "chat": "ambient"}\n')

    assert main(["ask", "--batch"]) == OK

    answers = objects(capsys.readouterr().out)
    assert [answer["outcome"] for answer in answers] == ["answered", "alarm", "silent"]


@pytest.mark.parametrize(
    "line",
    [
        "\ufeff" + '{"q": "how do I use ice"}\r\n',
        '{"q": "how do I use ice? 🧊 café"}',
        b'{"q": "how do I use ice \xff"}',
    ],
    ids=["byte order mark", "other letters", "not UTF-8"],
)
def test_a_batch_is_read_as_utf8(stdin: Stdin, capsys: pytest.CaptureFixture[str], line: str | bytes) -> None:
    stdin(line)

    assert main(["ask", "--batch"]) == OK

    assert objects(capsys.readouterr().out)[0]["entries"] == ["ice"]


def test_an_empty_batch_prints_nothing(stdin: Stdin, capsys: pytest.CaptureFixture[str]) -> None:
    stdin("")

    assert main(["ask", "--batch"]) == OK

    assert capsys.readouterr().out == ""


def test_a_bad_line_ends_the_batch_and_is_named(stdin: Stdin, capsys: pytest.CaptureFixture[str]) -> None:
    stdin('{"q": "I cannot pee"}\nice or heat?\n{"q": "never asked"}\n')

    assert main(["ask", "--batch"]) == FAILED

    printed = capsys.readouterr()
    assert [answer["outcome"] for answer in objects(printed.out)] == ["alarm"]
    assert printed.err == 'line 2: is no JSON (Expecting value). Write {"q": "ice or heat?"}.\n'


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "--json"], ["ask", "--batch", "ice?"]])
def test_ask_without_one_clear_question_says_how_to_ask(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == MISUSED

    printed = capsys.readouterr()
    assert printed.out == ""
    assert 'python -m bot ask "ice or heat?"' in printed.err
    assert "python -m bot ask --batch < questions.jsonl" in printed.err


def test_check_counts_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == OK

    printed = capsys.readouterr()
    assert printed.out.startswith("2 entries with 3 phrasings, 1 red flags, 1 guards, 7 terms: no problems.\n")
    assert printed.err == ""


def test_check_lists_the_entry_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list"]) == OK

    assert capsys.readouterr().out == "bladder\nice\n"


def test_check_takes_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", "/nowhere")

    assert main(["check", str(folder)]) == OK

    assert "no problems" in capsys.readouterr().out


def test_check_says_what_should_be_mended(
    folder: Path, edit: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    edit("review_by: 2027-11-23", "review_by: 2020-01-01")

    assert main(["check"]) == FAILED

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"{folder / RELIEF}:17: {OVERDUE}\n1 problem in 1 file.\n"


def test_an_overdue_review_keeps_nobody_from_asking(edit: Callable[[str, str], None]) -> None:
    edit("review_by: 2027-11-23", "review_by: 2020-01-01")

    assert main(["ask", "how do I use ice"]) == OK


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--list"], ["ask", "ice?"], ["ask", "--batch"], ["chat"], ["run"]], ids=" ".join
)
def test_a_broken_folder_ends_every_command_with_messages_and_no_traceback(
    folder: Path, edit: Callable[[str, str], None], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    edit("    title: Ice", "    titel: Ice")

    assert main(arguments) == FAILED

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        f"{folder / RELIEF}:4: entry 'ice' has no 'title'. Add it; CONTRIBUTING.md shows every key.",
        f"{folder / RELIEF}:5: entry 'ice' has the unknown key 'titel'. Did you mean 'title'?",
        "2 problems in 1 file.",
    ]


def test_a_garbled_setting_ends_a_command_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "http")

    assert main(["ask", "ice?"]) == FAILED

    assert capsys.readouterr().err.startswith("PORT is not right: write a number from 0 to 65535.\n")


def test_on_a_server_a_missing_token_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--telegram"]) == FAILED

    assert "TELEGRAM_BOT_TOKEN is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (BadRequest("bad webhook: HTTPS url must be provided"), "Check WEBHOOK_URL and WEBHOOK_SECRET."),
        (NetworkError("ConnectError"), "Check the network and TELEGRAM_API_URL, then try again."),
    ],
    ids=["refused", "no connection"],
)
def test_a_webhook_that_is_not_set_is_said_with_a_remedy(
    error: TelegramError, mend: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail(*_: object) -> None:
        raise error

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f"1:{'x' * 35}")
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    monkeypatch.setenv("WEBHOOK_SECRET", "s" * 16)
    monkeypatch.setattr("telegram.Bot", partial(Bot, request=RecordingRequest()))
    monkeypatch.setattr("bot.telegram.webhook.register", fail)

    assert main(["webhook", "set"]) == FAILED

    assert capsys.readouterr().err == f"Telegram did not do it: {error.message}. {mend}\n"


@pytest.mark.parametrize("arguments", [[], ["sing"], ["check", "--loud"]], ids=["none", "unknown", "unknown option"])
def test_a_misused_command_line_shows_the_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == MISUSED
    assert capsys.readouterr().err.startswith("usage: python -m bot")


@pytest.mark.parametrize(
    ("option", "beginning"),
    [
        ("--reach", "3 phrasings were left out in turn"),
        ("--reading", "Reading grade (Flesch-Kincaid"),
        ("--coverage", "# What the founding article says"),
    ],
)
def test_check_prints_a_report_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], option: str, beginning: str
) -> None:
    assert main(["check", option]) == OK

    assert capsys.readouterr().out.startswith(beginning)


def test_check_writes_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--schema", str(tmp_path / "schemas")]) == OK

    assert "entries.schema.json" in capsys.readouterr().out
    assert (tmp_path / "schemas/entries.schema.json").is_file()


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Labelled questions for the small knowledge."""
    file = tmp_path / "asked.yaml"
    file.write_text("- {q: frozen peas, expect: [ice]}\n- {q: cold pack, expect: [ice]}\n")
    return file


def test_check_compares_with_another_folder(
    folder: Path, tmp_path: Path, asked: Path, edit: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(folder, tmp_path / "old")
    edit("      - cold pack", "      - frozen peas")

    assert main(["check", "--against", str(tmp_path / "old"), "--questions", str(asked)]) == OK

    printed = capsys.readouterr().out
    assert printed.startswith("Of 2 labelled questions 2 are answered differently than in ")
    assert (
        printed.index("Worse:") < printed.index("cold pack") < printed.index("Better:") < printed.index("frozen peas")
    )


def test_comparing_leaves_what_is_kept_for_the_bot_alone(
    folder: Path, tmp_path: Path, asked: Path, edit: Callable[[str, str], None]
) -> None:
    shutil.copytree(folder, tmp_path / "old")
    edit("      - cold pack", "      - frozen peas")
    main(["ask", "frozen peas"])
    kept = {file: file.stat().st_mtime_ns for file in (tmp_path / ".cache").glob("*.json")}

    assert main(["check", "--against", str(tmp_path / "old"), "--questions", str(asked)]) == OK
    assert kept
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / ".cache").glob("*.json")} == kept


def test_comparing_says_where_the_sentence_model_is_missing(
    folder: Path, tmp_path: Path, asked: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")
    shutil.copytree(folder, tmp_path / "old")
    (tmp_path / "old/en/gist.npz").write_bytes(b"no numbers")
    monkeypatch.setenv("MEANING", "auto")

    assert main(["check", "--against", str(tmp_path / "old"), "--questions", str(asked)]) == OK

    assert capsys.readouterr().err.endswith("Compared without the sentence model.\n")


def test_comparing_with_nothing_says_what_to_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--against", "no-such-thing"]) == FAILED

    assert "'no-such-thing' is neither a folder nor a git revision" in capsys.readouterr().err


def test_the_folder_of_our_questions_does_not_depend_on_the_working_folder() -> None:
    assert cli.LABELLED_QUESTIONS.is_absolute()
    assert list(cli.LABELLED_QUESTIONS.glob("*.yaml"))


@pytest.mark.parametrize("arguments", [["evaluate"], ["calibrate"], ["check", "--against", "."]], ids=" ".join)
def test_where_no_questions_came_with_the_bot_files_are_asked_for(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "LABELLED_QUESTIONS", tmp_path / "none")

    assert main(arguments) == FAILED

    printed = capsys.readouterr()
    assert printed.out == ""
    message = "holds no labelled questions. Name files of them."
    assert printed.err == f"{tmp_path / 'none'}: {message}\n1 problem in 1 file.\n"


def test_questions_alone_are_no_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--questions", str(tmp_path / "asked.yaml")])

    assert ended.value.code == MISUSED
    assert capsys.readouterr().err.endswith("check: error: --questions goes with --against REV\n")


def test_too_few_questions_to_learn_from_are_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = pytest.importorskip("bot.meaning.finding")
    monkeypatch.setattr(finding, "find_meaning", lambda *_: None)
    (tmp_path / "asked.yaml").write_text("- {q: cold pack, expect: [ice]}\n")

    assert main(["calibrate", str(tmp_path / "asked.yaml")]) == FAILED

    assert capsys.readouterr().err.endswith(" 2 are the least to learn from. Name more files.\n")
    assert not (folder / "en/calibration.yaml").exists()


def test_evaluate_prints_figures_and_misses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f'- {{q: "what about number {number}", expect: [ice]}}' for number in range(10)]
    (tmp_path / "asked.yaml").write_text("\n".join(lines))

    assert main(["evaluate", "--misses", str(tmp_path / "asked.yaml")]) == OK

    printed = capsys.readouterr().out
    assert printed.startswith("10 labelled questions")
    assert "single questions" in printed
    assert "nothing  'what about number" in printed


def test_evaluate_names_what_draws_the_plots_where_it_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.find_spec", lambda _: None)

    assert main(["evaluate", "--out", str(tmp_path / "quality.md")]) == FAILED

    assert capsys.readouterr().err == (
        "The plots are drawn by matplotlib, of the extra 'bench'. `make quality` installs it.\n"
    )


@pytest.mark.parametrize("command", [["run"], ["chat"]])
def test_an_operators_country_without_a_checked_number_stops_the_start(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEFAULT_COUNTRY", "xx")

    assert main(command) == FAILED
    assert "DEFAULT_COUNTRY is XX, which is not in emergency-numbers.yaml." in capsys.readouterr().err


def test_learning_writes_what_the_model_hears_beside_the_messages(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")

    assert main(["learn"]) == OK
    assert f"Written: {folder / 'en/gist.npz'}" in capsys.readouterr().out

    monkeypatch.setenv("MEANING", "auto")
    assert main(["ask", "nothing comes on the toilet"]) == OK
    assert "bladder" in capsys.readouterr().out


def test_learning_words_writes_their_vectors_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = pytest.importorskip("bot.meaning.finding")
    monkeypatch.setattr(finding, "compute_words", lambda _: (["cold"], b"12"))

    assert main(["learn", "--words"]) == OK

    file = folder / "en/word-vectors.zip"
    assert capsys.readouterr().out == f"Written: {file}\n"
    assert read_word_vectors(file) == WordVectors(["cold"], b"12")
    assert not (folder / "en/gist.npz").exists()


def test_numbers_that_cannot_be_read_are_told_in_one_line_and_the_words_decide(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")
    (folder / "en/gist.npz").write_bytes(b"no numbers")
    monkeypatch.setenv("MEANING", "auto")

    assert main(["ask", "how do I use ice"]) == OK

    told = capsys.readouterr()
    assert told.err == (
        "gist.npz cannot be read (ValueError). `make learn` makes it anew."
        " Questions are matched by their letters alone.\n"
    )
    assert "ice" in told.out
