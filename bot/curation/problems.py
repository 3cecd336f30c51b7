"""What is wrong with the knowledge, said to people who edit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong, how to mend it."""

    file: Path
    line: int  # 1-based; 0 for the file as a whole
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge folder cannot be used; carries every problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join([*map(str, self.problems), summary(self.problems)]))


def summary(problems: Sequence[Problem]) -> str:
    """The last line of a report.

    >>> summary([Problem(Path("a.yaml"), 1, "x"), Problem(Path("a.yaml"), 2, "y")])
    '2 problems in 1 file.'
    """
    files = len({problem.file for problem in problems})
    return f"{_count(len(problems), 'problem')} in {_count(files, 'file')}."


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """A closing sentence that offers the nearest right spelling, or nothing.

    >>> did_you_mean("phrasing", ["phrasings", "title"])
    " Did you mean 'phrasings'?"
    """
    near = get_close_matches(wrong, list(right), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
