"""What a curator should mend though the bot starts with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.core.model import Urgency
from bot.curation.checking import check_knowledge
from bot.curation.files import LARGEST_FILE
from bot.curation.loading import load_knowledge
from bot.curation.problems import KnowledgeError

Edit = Callable[[str, str, str], None]

TODAY = date(2026, 12, 24)
RELIEF, SIGNS, GUARDS, TEXTS = "en/entries/relief.yaml", "en/red-flags.yaml", "en/guards.yaml", "en/texts.yaml"
SOURCES = "sources.yaml"

# id: (file, what stands there, what somebody makes of it, line, message)
FAULTS: dict[str, tuple[str, str, str, int, str]] = {
    "stars": (
        RELIEF,
        "Put a cloth between.",
        "Put **a cloth** between.",
        7,
        "'answer' of 'ice' holds markup ('**'). Write plain text.",
    ),
    "HTML": (
        RELIEF,
        "short: Cold can",
        "short: <b>Cold</b> can",
        6,
        "'short' of 'ice' holds markup ('<b>'). Write plain text.",
    ),
    "heading": (
        RELIEF,
        "      Stop when it burns.",
        "      # Stop",
        7,
        "'answer' of 'ice' holds markup ('#'). Write plain text.",
    ),
    "milligrams": (
        RELIEF,
        "Wrap the ice.",
        "Take 400 mg first.",
        11,
        "'steps' of 'ice' names a dose ('400 mg'). The bot gives none; remove it.",
    ),
    "tablets": (
        RELIEF,
        "Put a cloth between.",
        "Take two tablets.",
        7,
        "'answer' of 'ice' names a dose ('two tablets'). The bot gives none; remove it.",
    ),
    "dose of a guard": (
        GUARDS,
        "I can't give doses.",
        "Never over 4 capsules.",
        8,
        "'reply' of 'dose' names a dose ('4 capsules'). The bot gives none; remove it.",
    ),
    "verdict": (
        RELIEF,
        "Put a cloth between.",
        "You have sciatica.",
        7,
        "'answer' of 'ice' tells a person what they have ('You have sciatica'). Reword it.",
    ),
    "claim": (
        RELIEF,
        "Put a cloth between.",
        "Rest. You probably have a torn muscle.",
        7,
        "'answer' of 'ice' tells a person what they have ('You probably have a'). Reword it, or begin with 'if'.",
    ),
    "all-clear of a sign": (
        SIGNS,
        "Note when you last could.",
        "Relax, you’re fine.",
        6,
        "'action' of 'cannot-pee' tells a person what they have ('you’re fine'). Reword it.",
    ),
    "markup in a text": (
        TEXTS,
        "Text unsure.",
        "Text <i>unsure</i>.",
        13,
        "the text 'unsure' holds markup ('<i>'). Write plain text.",
    ),
    "phrasing said twice": (
        RELIEF,
        "      - cold pack",
        "      - cold pack\n      - is it a packed cold",
        21,
        "'is it a packed cold' says the same as 'cold pack' (line 20). Keep one, or add a telling word.",
    ),
    "entry that nothing reaches": (
        "en/entries/signs.yaml",
        "      - why does my bladder matter",
        "      - cold pack use",
        11,
        "no phrasing of 'bladder' finds it when left out. They find 'ice'. Add some in other words.",
    ),
    "overdue review": (
        RELIEF,
        "review_by: 2027-11-23",
        "review_by: 2026-12-23",
        17,
        "entry 'ice' was due for review on 2026-12-23. Review it, then set both dates.",
    ),
    "unused source": (
        SOURCES,
        "sources:\n",
        "sources:\n  MAYO: {title: Back, organisation: Mayo, date: 2020, status: read}\n",
        2,
        "nothing uses the source 'MAYO'. Use it or remove it.",
    ),
}


def test_a_sound_folder_has_no_problems(folder: Path) -> None:
    checked = check_knowledge(folder, TODAY)

    assert checked.problems == ()
    assert checked.knowledge == load_knowledge(folder)


@pytest.mark.parametrize(("name", "old", "new", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line_and_the_bot_still_starts(
    folder: Path, edit: Edit, name: str, old: str, new: str, line: int, message: str
) -> None:
    edit(name, old, new)

    checked = check_knowledge(folder, TODAY)

    assert [str(problem) for problem in checked.problems] == [f"{folder / name}:{line}: {message}"]
    assert "ice" in checked.knowledge.entries


@pytest.mark.parametrize(
    "text",
    [
        "Use it for 10 to 15 minutes.",
        "Ask how many tablets are safe.",
        "5 < 6 and 7 > 6",
        "You may have sciatica.",
        "Two of three people get better.",
        "If you are not fine, call.",
        "Call when you have a fever.",
        "Do you have numb legs? Call.",
        "Say that you have pain.",
        "One pillow, 2 towels.",
    ],
)
def test_plain_advice_is_left_alone(folder: Path, edit: Edit, text: str) -> None:
    edit(RELIEF, "Put a cloth between.", text)

    assert check_knowledge(folder, TODAY).problems == ()


def test_a_sign_found_by_one_word_that_many_entries_use_is_told(
    folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.curation.checking.MANY_ENTRIES", 1)
    edit(SIGNS, "      - cannot pee", "      - cannot pee\n      - my pack\n      - my zebra")

    problems = check_knowledge(folder, TODAY).problems

    assert [str(problem) for problem in problems] == [
        f"{folder / SIGNS}:10: 'my pack' fits all that holds 'pack', as 1 entries do. Add a telling word."
    ]


def test_what_is_hard_to_read_is_told_with_its_hardest_sentence(folder: Path, edit: Edit) -> None:
    easy = "Put it on. " * 30
    edit(RELIEF, "Put a cloth between.", f"{easy}Physiotherapeutic interventions necessitate individualisation.")

    def grade(text: str) -> float:
        return max(map(len, text.split())) / 2

    problems = check_knowledge(folder, TODAY, grade).problems

    (problem,) = problems
    assert str(problem) == (
        f"{folder / RELIEF}:4: entry 'ice' reads at grade 9.0; 7 is the most. Use shorter sentences and words, "
        "first in 'Physiotherapeutic interventions necessitate individualisation.'."
    )


def test_a_text_of_few_words_is_not_judged_by_its_grade(folder: Path) -> None:
    assert check_knowledge(folder, TODAY, grade=lambda _: 18.0).problems == ()


@pytest.mark.parametrize("name", [RELIEF, SIGNS, GUARDS, "emergency-numbers.yaml"])
def test_a_source_is_used_by_whatever_names_it(folder: Path, edit: Edit, name: str) -> None:
    edit(*FAULTS["unused source"][:3])
    edit(name, "sources: [NHS-BACK]", "sources: [NHS-BACK, MAYO]")

    assert check_knowledge(folder, TODAY).problems == ()


def test_a_review_is_not_late_on_its_day(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "review_by: 2027-11-23", f"review_by: {TODAY}")

    assert check_knowledge(folder, TODAY).problems == ()


def test_problems_come_in_the_order_of_files_and_lines(folder: Path, edit: Edit) -> None:
    for fault in ("unused source", "overdue review", "HTML", "verdict"):
        edit(*FAULTS[fault][:3])
    edit("en/entries/signs.yaml", "Get help now.", "Get **help** now.")

    problems = check_knowledge(folder, TODAY).problems

    assert [(problem.file.name, problem.line) for problem in problems] == [
        ("relief.yaml", 6),
        ("relief.yaml", 7),
        ("relief.yaml", 17),
        ("signs.yaml", 6),
        ("sources.yaml", 2),
    ]


def test_a_folder_that_cannot_be_used_is_refused_here_too(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "    title: Ice", "    titel: Ice")

    with pytest.raises(KnowledgeError):
        check_knowledge(folder, TODAY)


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("en/messages/everyday.yaml", "Move some of it to a file of another name in messages/."),
        (RELIEF, "Move entries to a file of another name in entries/, which makes them a topic of their own."),
        (SIGNS, "It cannot be split: leave out what brings least, or ask a developer to raise LARGEST_FILE."),
    ],
)
@pytest.mark.parametrize(("free", "is_told"), [(100, True), (101, False)], ids=["at 90 %", "just below"])
def test_a_file_that_is_nearly_full_is_no_problem_and_told_with_a_way_out(
    folder: Path, name: str, way_out: str, free: int, *, is_told: bool
) -> None:
    file = folder / name
    room = LARGEST_FILE - free * LARGEST_FILE // 1000
    text = file.read_text("utf-8")
    file.write_text(f"{text}{'# padded'.ljust(room - len(text.encode()) - 1)}\n", "utf-8")

    checked = check_knowledge(folder, TODAY)

    message = f"is at 90 % of the 1,000,000 bytes that a file may have. {way_out}"
    assert checked.problems == ()
    assert list(map(str, checked.notices)) == ([f"{file}: {message}"] if is_told else [])


def test_messages_of_a_second_file_are_read_with_those_of_the_first(folder: Path) -> None:
    (folder / "en/messages/more.yaml").write_text("signs: {bladder: {emergency: [the jug stays empty]}}\n", "utf-8")

    messages = load_knowledge(folder).messages

    assert messages.signs["bladder", Urgency.EMERGENCY] == ("nothing comes on the toilet", "the jug stays empty")
