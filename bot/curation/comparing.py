"""What a change of the knowledge does: which labelled questions it answers better, worse, or just differently."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.beside import begin
from bot.core.answering import Assistant
from bot.core.outcomes import Answer
from bot.curation.asking import put_in_context
from bot.curation.labelled import Labelled, describe, judge
from bot.curation.loading import load_knowledge
from bot.curation.problems import KnowledgeError, Problem

_WIDTHS = (44, 24, 26, 26)  # characters of each column; together they fit a wide terminal


@dataclass(frozen=True, slots=True)
class Change:
    """A labelled question that two assistants answer differently."""

    question: Labelled
    before: str
    now: str
    gain: int  # above 0: better now; below: worse; 0: neither


def compare(questions: Sequence[Labelled], before: Assistant, now: Assistant) -> tuple[Change, ...]:
    """The questions that are answered differently now, in their order.

    Both are asked at the same time: half of what a question takes with the sentence model leaves the interpreter free.
    """
    old = begin(lambda: [_answer(before, question) for question in questions])
    new = [_answer(now, question) for question in questions]
    changes = []
    for question, was, is_ in zip(questions, old.result(), new, strict=True):
        gain = judge(question, is_) - judge(question, was)
        if gain or _seen(was) != _seen(is_):
            changes.append(Change(question, describe(was), describe(is_), gain))
    return tuple(changes)


def comparison_lines(changes: Sequence[Change], asked: int, name: str) -> Iterator[str]:
    """The changes as tables for a curator: what got worse first."""
    kinds = {
        "Worse": [change for change in changes if change.gain < 0],
        "Better": [change for change in changes if change.gain > 0],
        "Neither better nor worse": [change for change in changes if change.gain == 0],
    }
    counts = ", ".join(f"{len(kind)} {title.lower()}" for title, kind in kinds.items())
    yield f"Of {asked:,} labelled questions {len(changes)} are answered differently than in '{name}': {counts}."
    for title, kind in kinds.items():
        if kind:
            yield f"\n{title}:"
            yield _row("question", "wanted", "before", "now")
            yield _row(*("─" * width for width in _WIDTHS))
            for change in kind:
                yield _row(" ".join(change.question.text.split()), change.question.label, change.before, change.now)


@contextmanager
def version_at(folder: Path, name: str) -> Iterator[Path]:
    """Another version of a knowledge folder that can be used, as `folder_at`.

    Raises:
        KnowledgeError: there is none, or it cannot be used; a folder with every problem, since that can be mended.
    """
    with folder_at(folder, name) as other:
        try:
            load_knowledge(other)
        except KnowledgeError as error:
            if other == Path(name):
                raise
            message = f"the knowledge at '{name}' does not fit today's form. Name a later revision."
            raise KnowledgeError([Problem(folder, 0, message)]) from error
        yield other


@contextmanager
def folder_at(folder: Path, name: str) -> Iterator[Path]:
    """Another version of a knowledge folder: a folder of that name, or the state at a git revision, for a while.

    Raises:
        KnowledgeError: there is neither.
    """
    if name and Path(name).is_dir():
        yield Path(name)
        return
    git = shutil.which("git")
    command = [git or "git", "-C", str(folder), "archive", "--format=tar", "--end-of-options", name, "."]
    archive = subprocess.run(command, capture_output=True, check=False) if git else None  # noqa: S603  no shell reads the name, and behind --end-of-options it is no option
    if archive is None or archive.returncode:
        message = f"'{name}' is neither a folder nor a git revision that holds this one. Name one, such as HEAD~1."
        raise KnowledgeError([Problem(folder, 0, message)])
    with TemporaryDirectory() as unpacked, tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(unpacked, filter="data")
        yield Path(unpacked)


def _answer(assistant: Assistant, question: Labelled) -> Answer:
    return assistant.answer(put_in_context(assistant, question.text, question.context, question.chat))


def _seen(answer: Answer) -> tuple[object, ...]:
    """What a person would notice of an answer; the order of the buttons is not."""
    return answer.name, answer.entry_ids, {*answer.suggestions}, {sign.flag for sign in answer.red_flags}


def _row(*cells: str) -> str:
    fitted = (
        cell if len(cell) <= width else f"{cell[: width - 1]}…" for cell, width in zip(cells, _WIDTHS, strict=True)
    )
    return "  ".join(cell.ljust(width) for cell, width in zip(fitted, _WIDTHS, strict=True)).rstrip()
