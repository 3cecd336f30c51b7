"""What a curator should mend though the bot starts with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.curation.checking import check_knowledge
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
        4,
        "'reply' of 'dose' names a dose ('4 capsules'). The bot gives none; remove it.",
    ),
    "verdict": (
        RELIEF,
        "Put a cloth between.",
        "You have sciatica.",
        7,
        "'answer' of 'ice' tells a person what they have ('You have sciatica'). Reword it.",
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
    knowledge, problems = check_knowledge(folder, TODAY)

    assert problems == ()
    assert knowledge == load_knowledge(folder)


@pytest.mark.parametrize(("name", "old", "new", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line_and_the_bot_still_starts(
    folder: Path, edit: Edit, name: str, old: str, new: str, line: int, message: str
) -> None:
    edit(name, old, new)

    knowledge, problems = check_knowledge(folder, TODAY)

    assert [str(problem) for problem in problems] == [f"{folder / name}:{line}: {message}"]
    assert "ice" in knowledge.entries


@pytest.mark.parametrize(
    "text",
    [
        "Use it for 10 to 15 minutes.",
        "Ask how many tablets are safe.",
        "5 < 6 and 7 > 6",
        "You may have sciatica.",
        "Two of three people get better.",
        "If you are not fine, call.",
        "One pillow, 2 towels.",
    ],
)
def test_plain_advice_is_left_alone(folder: Path, edit: Edit, text: str) -> None:
    edit(RELIEF, "Put a cloth between.", text)

    assert check_knowledge(folder, TODAY)[1] == ()


@pytest.mark.parametrize("name", [RELIEF, SIGNS, GUARDS, "emergency-numbers.yaml"])
def test_a_source_is_used_by_whatever_names_it(folder: Path, edit: Edit, name: str) -> None:
    edit(*FAULTS["unused source"][:3])
    edit(name, "sources: [NHS-BACK]", "sources: [NHS-BACK, MAYO]")

    assert check_knowledge(folder, TODAY)[1] == ()


def test_a_review_is_not_late_on_its_day(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "review_by: 2027-11-23", f"review_by: {TODAY}")

    assert check_knowledge(folder, TODAY)[1] == ()


def test_problems_come_in_the_order_of_files_and_lines(folder: Path, edit: Edit) -> None:
    for fault in ("unused source", "overdue review", "HTML", "verdict"):
        edit(*FAULTS[fault][:3])
    edit("en/entries/signs.yaml", "Get help now.", "Get **help** now.")

    problems = check_knowledge(folder, TODAY)[1]

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
