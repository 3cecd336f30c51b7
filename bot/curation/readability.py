"""How hard the knowledge is to read: the school year in which one follows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec

from bot.core.model import Entry

HIGHEST_GRADE = 7.0  # the end of the sixth school year; health texts for everybody should not ask for more
SHORTEST_JUDGED = 40  # words; below, one long word decides the grade

LONGEST_QUOTE = 80  # characters of a sentence that a message quotes

Grade = Callable[[str], float]


def find_grader() -> Grade | None:
    """What gives the Flesch-Kincaid grade of a text: school years, about 0 to 18; None where textstat is not there.

    Source: Kincaid and others, Derivation of new readability formulas for Navy enlisted personnel, 1975.
    """
    if find_spec("textstat") is None:
        return None
    import textstat

    return lambda text: max(0.0, float(textstat.flesch_kincaid_grade(_end_lines(text))))


def entry_text(entry: Entry) -> str:
    """All that a person reads of an entry."""
    return "\n".join([entry.short, entry.answer, *entry.steps, entry.stop, entry.evidence])


def hardest_sentence(text: str, grade: Grade) -> str:
    """The sentence of a text to mend first: long and with long words. Shortened to a line."""
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+", _end_lines(text)) if part.strip()]
    hardest = max(sentences, key=lambda sentence: grade(sentence) * len(sentence.split()))
    return hardest if len(hardest) <= LONGEST_QUOTE else f"{hardest[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


def _end_lines(text: str) -> str:
    """Line breaks inside a sentence gone, and a full stop behind every step and paragraph that has none."""
    paragraphs = re.split(r"\n\s*\n|\n(?=[^a-z])", text)
    lines = [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]
    return "\n".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)
