"""What the loader lets pass and a curator should still mend: markup, doses, late reviews, sources nobody uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.model import Knowledge
from bot.curation.loading import load_knowledge
from bot.curation.problems import Problem
from bot.curation.reading import Document, read_yaml
from bot.curation.shapes import place

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*|__|^#", re.MULTILINE)
_DOSE = re.compile(
    r"\b\d+([.,]\d+)?\s?(mg|milligrams?|mcg|micrograms?|ml)\b"
    r"|\b(\d+|one|two|three|four|half an?)\s(tablets?|pills?|capsules?|doses?)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\byou(r case|['’]re| are| have)? (definitely )?(fine|okay|not ill|sciatica|a slipped disc)\b", re.IGNORECASE
)
_LIMITS = (
    (_MARKUP, "holds markup ('{}'). Write plain text."),
    (_DOSE, "names a dose ('{}'). The bot gives none; remove it."),
    (_VERDICT, "tells a person what they have ('{}'). Reword it."),
)
_ENTRY_TEXTS = ("title", "short", "answer", "steps", "stop", "evidence")


def check_knowledge(folder: Path, today: date) -> tuple[Knowledge, tuple[Problem, ...]]:
    """The knowledge and every problem that does not keep the bot from starting.

    Raises:
        KnowledgeError: the knowledge cannot be used at all.
    """
    knowledge = load_knowledge(folder)
    own = folder / knowledge.language
    problems = [
        *_check_entries(own / "entries", knowledge, today),
        *_check_texts(read_yaml(own / "red-flags.yaml"), "signs", knowledge.red_flags, ("means", "action")),
        *_check_texts(read_yaml(own / "guards.yaml"), "guards", knowledge.guards, ("reply",)),
        *_check_named_texts(read_yaml(own / "texts.yaml"), knowledge),
        *_check_sources(read_yaml(folder / "sources.yaml"), knowledge),
    ]
    return knowledge, tuple(sorted(problems))


def _check_entries(folder: Path, knowledge: Knowledge, today: date) -> Iterator[Problem]:
    for group in knowledge.groups:
        document = read_yaml(folder / f"{group.id}.yaml")
        entries = [knowledge.entries[entry_id] for entry_id in group.entry_ids]
        yield from _check_texts(document, "entries", entries, _ENTRY_TEXTS)
        for entry in entries:
            if entry.review_by < today:
                line = document.line(("entries", entry.id, "review_by"))
                message = f"entry '{entry.id}' was due for review on {entry.review_by}. Review it, then set both dates."
                yield Problem(document.file, line, message)


def _check_texts(document: Document, kind: str, owners: Iterable[Any], keys: Iterable[str]) -> Iterator[Problem]:
    """What an entry, sign or guard says to people."""
    for owner in owners:
        for key in keys:
            value = getattr(owner, key)
            text = "\n".join(value) if isinstance(value, tuple) else value
            yield from _check_text(document, (kind, owner.id, key), text)


def _check_named_texts(document: Document, knowledge: Knowledge) -> Iterator[Problem]:
    for field in fields(knowledge.texts):
        yield from _check_text(document, ("texts", field.name), getattr(knowledge.texts, field.name))


def _check_text(document: Document, path: tuple[str, ...], text: str) -> Iterator[Problem]:
    for pattern, message in _LIMITS:
        if found := pattern.search(text):
            yield Problem(document.file, document.line(path), f"{place(path)} {message.format(found[0])}")


def _check_sources(document: Document, knowledge: Knowledge) -> Iterator[Problem]:
    used = {key for entry in knowledge.entries.values() for key in entry.sources}
    used |= {key for sign in knowledge.red_flags for key in sign.sources}
    used |= {key for guard in knowledge.guards for key in guard.sources}
    used |= {key for number in knowledge.numbers.values() for key in number.sources}
    for key in knowledge.sources:
        if key not in used:
            line = document.line(("sources", key))
            yield Problem(document.file, line, f"nothing uses the source '{key}'. Use it or remove it.")
