"""What `check` prints when nothing is wrong: figures on the knowledge, in lines for a curator."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.core.model import Knowledge
from bot.curation.checking import Checked
from bot.curation.reaching import Reach
from bot.curation.readability import HIGHEST_GRADE, Grade, entry_text

MOST_SHOWN = 10
FEW_PHRASINGS = 25  # below, an entry hears too few ways of asking


def summary_lines(checked: Checked, grade: Grade | None, unlearned: int = 0) -> Iterator[str]:
    """How much there is, how it reads, how it is reached, where to work on next, and what will be too large soon.

    Args:
        unlearned: by how many the messages and phrasings of each kind differ in number from those that the meaning
            model learned.
    """
    knowledge = checked.knowledge
    phrasings = sum(len(entry.phrasings) for entry in knowledge.entries.values())
    yield (
        f"{len(knowledge.entries)} entries with {phrasings:,} phrasings, {len(knowledge.red_flags)} red flags, "
        f"{len(knowledge.guards)} guards, {len(knowledge.vocabulary):,} terms: no problems."
    )
    if grade is None:
        yield "Reading was not measured: textstat is not installed. `make check` installs it."
    else:
        (highest, hardest), *_ = grades = _grades(knowledge, grade)
        middle = f"Half of the entries read at grade {_middle(grades):.1f} or below"
        yield f"{middle}; '{hardest}' is the hardest at {highest:.1f}."
    worst = ", ".join(f"{entry} -> {other} ({times})" for (entry, other), times in _confusions(checked.reaches)[:3])
    yield f"{_share(checked.reaches)} Most often taken for another: {worst or 'none'}."
    few = [entry.id for entry in knowledge.entries.values() if len(entry.phrasings) < FEW_PHRASINGS]
    if few:
        yield f"Fewer than {FEW_PHRASINGS} phrasings: {', '.join(few)}."
    if unlearned:
        yield (
            f"The numbers of messages and phrasings differ by {unlearned:,}, kind by kind, from those that the meaning "
            "model learned: `make learn` teaches it. One that took the place of another is not counted."
        )
    yield from map(str, checked.notices)


def reading_lines(knowledge: Knowledge, grade: Grade) -> Iterator[str]:
    """The reading grade of each entry, hardest first."""
    yield f"Reading grade (Flesch-Kincaid; {HIGHEST_GRADE:g} is the most) of each entry:"
    grades = _grades(knowledge, grade)
    yield from (f"  {value:4.1f}  {entry_id}" for value, entry_id in grades)
    yield f"Half of them read at grade {_middle(grades):.1f} or below."


def reach_lines(reaches: Sequence[Reach]) -> Iterator[str]:
    """How many phrasings find their entry when left out, the weakest entries, the worst confusions."""
    yield _share(reaches)
    yield "\nEntries that their phrasings find least:"
    for reach in sorted(reaches, key=lambda reach: reach.share)[:MOST_SHOWN]:
        yield f"  {reach.share:4.0%}  {reach.entry_id}"
    yield "\nMost often taken for another:"
    for (entry, other), times in _confusions(reaches)[:MOST_SHOWN]:
        yield f"  {times:4}  {entry} -> {other}"


def _grades(knowledge: Knowledge, grade: Grade) -> list[tuple[float, str]]:
    """Grades and entry ids, hardest first."""
    return sorted(((grade(entry_text(entry)), entry.id) for entry in knowledge.entries.values()), reverse=True)


def _middle(grades: Sequence[tuple[float, str]]) -> float:
    return statistics.median(value for value, _ in grades)


def _share(reaches: Sequence[Reach]) -> str:
    asked, found = sum(reach.asked for reach in reaches), sum(reach.found for reach in reaches)
    return f"{asked:,} phrasings were left out in turn; {found / asked:.0%} still find their entry first."


def _confusions(reaches: Sequence[Reach]) -> list[tuple[tuple[str, str], int]]:
    """(entry, what it was taken for) and how often, most often first."""
    return Counter(
        {(reach.entry_id, other): times for reach in reaches for other, times in reach.taken_for}
    ).most_common()
