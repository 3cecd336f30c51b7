"""What the loader lets pass and a curator should still mend: markup, doses, late reviews, sources nobody uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bot.core.model import Entry, Knowledge
from bot.curation.loading import load_knowledge
from bot.curation.problems import Problem
from bot.curation.reading import Document, read_yaml

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*|__|^#", re.MULTILINE)
_DOSE = re.compile(
    r"\b\d+([.,]\d+)?\s?(mg|milligrams?|mcg|micrograms?|ml)\b"
    r"|\b(\d+|one|two|three|four|half an?)\s(tablets?|pills?|capsules?|doses?)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\byou(r case| are| have)? (definitely )?(fine|okay|not ill|sciatica|a slipped disc)\b", re.IGNORECASE
)


def check_knowledge(folder: Path, today: date) -> tuple[Knowledge, tuple[Problem, ...]]:
    """The knowledge and every problem that does not keep the bot from starting.

    Raises:
        KnowledgeError: the knowledge cannot be used at all.
    """
    knowledge = load_knowledge(folder)
    problems = [
        problem for entry, lines in _located(folder, knowledge) for problem in _check_entry(entry, lines, today)
    ]
    problems += _check_sources(folder, knowledge)
    return knowledge, tuple(sorted(problems))


Locate = Callable[[str], tuple[Path, int]]


def _located(folder: Path, knowledge: Knowledge) -> Iterator[tuple[Entry, Locate]]:
    """Every entry with a function from a key to its file and line."""
    for group in knowledge.groups:
        document = read_yaml(folder / knowledge.language / "entries" / f"{group.id}.yaml")
        for entry_id in group.entry_ids:
            yield knowledge.entries[entry_id], partial(_locate, document, entry_id)


def _locate(document: Document, entry_id: str, key: str) -> tuple[Path, int]:
    return document.file, document.line(("entries", entry_id, key))


def _check_entry(entry: Entry, locate: Locate, today: date) -> Iterator[Problem]:
    for key in ("title", "short", "answer", "steps", "stop", "evidence"):
        value = getattr(entry, key)
        text = "\n".join(value) if isinstance(value, tuple) else value
        if found := _MARKUP.search(text):
            yield Problem(*locate(key), f"'{key}' of '{entry.id}' holds markup ('{found[0]}'). Write plain text.")
        if found := _DOSE.search(text):
            yield Problem(
                *locate(key), f"'{key}' of '{entry.id}' names a dose ('{found[0]}'). The bot gives none; remove it."
            )
        if found := _VERDICT.search(text):
            yield Problem(
                *locate(key), f"'{key}' of '{entry.id}' tells a person what they have ('{found[0]}'). Reword it."
            )
    if entry.review_by < today:
        yield Problem(
            *locate("review_by"),
            f"entry '{entry.id}' was due for review on {entry.review_by}. Review it, then set both dates.",
        )


def _check_sources(folder: Path, knowledge: Knowledge) -> Iterator[Problem]:
    used = {key for entry in knowledge.entries.values() for key in entry.sources}
    used |= {key for sign in knowledge.red_flags for key in sign.sources}
    used |= {key for guard in knowledge.guards for key in guard.sources}
    used |= {key for number in knowledge.numbers.values() for key in number.sources}
    document = read_yaml(folder / "sources.yaml")
    for key in knowledge.sources:
        if key not in used:
            yield Problem(
                document.file,
                document.line(("sources", key)),
                f"no entry uses the source '{key}'. Use it or remove it.",
            )
