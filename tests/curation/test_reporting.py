"""Figures on the knowledge, in lines for a curator."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.curation.checking import Checked, check_knowledge
from bot.curation.problems import Problem
from bot.curation.reaching import Reach
from bot.curation.reporting import reach_lines, reading_lines, summary_lines

REACHES = (
    Reach("ice", asked=4, found=4, taken_for=()),
    Reach("odd", asked=6, found=2, taken_for=(("heat", 3), ("ice", 1))),
)


@pytest.fixture
def checked(folder: Path) -> Checked:
    return check_knowledge(folder, date(2026, 12, 24))


def by_length(text: str) -> float:
    return len(text) / 10


def test_the_summary_counts_grades_and_names_what_to_work_on(checked: Checked) -> None:
    counts, reading, reach, few = summary_lines(checked, by_length)

    assert counts == "2 entries with 3 phrasings, 1 red flags, 1 guards, 7 terms: no problems."
    assert reading == "Half of the entries read at grade 7.2 or below; 'ice' is the hardest at 10.1."
    assert reach.startswith("3 phrasings were left out in turn; 67% still find their entry first.")
    assert few == "Fewer than 25 phrasings: bladder, ice."


def test_without_a_grader_the_summary_says_so(checked: Checked) -> None:
    assert "Reading was not measured" in list(summary_lines(checked, None))[1]


def test_messages_that_the_meaning_model_has_not_learned_are_counted(checked: Checked) -> None:
    assert list(summary_lines(checked, None, 1200))[-1] == (
        "The numbers of messages and phrasings differ by 1,200, kind by kind, from those that the meaning model "
        "learned: `make learn` teaches it. One that took the place of another is not counted."
    )


def test_what_will_be_too_large_soon_comes_last(checked: Checked) -> None:
    notice = Problem(Path("stories.yaml"), 0, "is at 95 %. Move some of it.")
    *_, last = summary_lines(replace(checked, notices=(notice,)), None)

    assert last == "stories.yaml: is at 95 %. Move some of it."


def test_reading_grades_come_hardest_first(checked: Checked) -> None:
    first, ice, bladder, last = reading_lines(checked.knowledge, by_length)

    assert first == "Reading grade (Flesch-Kincaid; 7 is the most) of each entry:"
    assert ice == "  10.1  ice"
    assert bladder.endswith("bladder")
    assert last == "Half of them read at grade 7.2 or below."


def test_reach_begins_with_the_whole_and_names_the_weakest_first() -> None:
    report = "\n".join(reach_lines(REACHES))

    assert report.startswith("10 phrasings were left out in turn; 60% still find their entry first.")
    assert report.index("33%  odd") < report.index("100%  ice")
    assert report.index("3  odd -> heat") < report.index("1  odd -> ice")
