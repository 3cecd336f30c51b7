"""What the loader lets pass and a curator should still mend: doses, verdicts, hard reading, late reviews, doubles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.building import build_vocabulary
from bot.core.model import Entry, Knowledge
from bot.core.phrases import PhraseFinder
from bot.core.text import stem, words
from bot.core.ways import find_names
from bot.curation.files import LARGEST_FILE
from bot.curation.loading import load_knowledge
from bot.curation.problems import Problem
from bot.curation.reaching import Reach, measure_reach
from bot.curation.readability import HIGHEST_GRADE, SHORTEST_JUDGED, Grade, entry_text, hardest_sentence
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
# "You have arthritis.", but not "See a doctor if you have a fever."
_CLAIM = re.compile(r"\byou(['’]ve|( probably| likely| clearly| definitely)? have)\b", re.IGNORECASE)
_OPENS_A_CASE = re.compile(
    r"\b(if|when|whenever|unless|whether|while|where|until|once|because|since|as|that|what|how|do|think|say|tell)\b",
    re.IGNORECASE,
)
_LIMITS = (
    (_MARKUP, "holds markup ('{}'). Write plain text."),
    (_DOSE, "names a dose ('{}'). The bot gives none; remove it."),
    (_VERDICT, "tells a person what they have ('{}'). Reword it."),
)
ABOUT_ASKED = 2_000  # phrasings that are left out in turn; `check --reach` asks each one, which takes a minute
MANY_ENTRIES = 5  # whose phrasings use a word: then people use it for much else too
NEARLY_FULL_PERCENT = 90  # of the largest size that a file may have; from there on that is told
# By folder: its files are read together, whatever they are called.
_ROOM = {
    "messages": "Move some of it to a file of another name in messages/.",
    "entries": "Move entries to a file of another name in entries/, which makes them a topic of their own.",
}
_NO_ROOM = "It cannot be split: leave out what brings least, or ask a developer to raise LARGEST_FILE."
_ENTRY_TEXTS = ("title", "short", "answer", "steps", "stop", "evidence")


@dataclass(frozen=True, slots=True)
class Checked:
    """Knowledge the bot can start with, what to mend in it all the same, and how its entries are reached."""

    knowledge: Knowledge
    problems: tuple[Problem, ...]  # in the order of files and lines
    reaches: tuple[Reach, ...]
    notices: tuple[Problem, ...] = ()  # nothing is wrong yet; in the order of files


def check_knowledge(folder: Path, today: date, grade: Grade | None = None) -> Checked:
    """Look through a knowledge folder for everything that does not keep the bot from starting.

    Args:
        grade: gives the reading grade of a text; without it reading is not judged.

    Raises:
        KnowledgeError: the knowledge cannot be used at all.
    """
    knowledge = load_knowledge(folder)
    reaches = measure_reach(knowledge, ABOUT_ASKED)
    own = folder / knowledge.language
    problems = [
        *_check_entries(own / "entries", knowledge, today, grade),
        *_check_reaches(own / "entries", knowledge, reaches),
        *_check_loose_phrasings(own, knowledge),
        *_check_texts(read_yaml(own / "red-flags.yaml"), "signs", knowledge.red_flags, ("means", "action", "check")),
        *_check_texts(read_yaml(own / "guards.yaml"), "guards", knowledge.guards, ("reply",), grade),
        *_check_named_texts(read_yaml(own / "texts.yaml"), knowledge, grade),
        *_check_sources(read_yaml(folder / "sources.yaml"), knowledge),
    ]
    return Checked(knowledge, tuple(sorted(problems)), reaches, tuple(sorted(_find_nearly_full(folder))))


def _find_nearly_full(folder: Path) -> Iterator[Problem]:
    """Files that hardly anything more fits into."""
    for file in folder.rglob("*.yaml"):
        percent = file.stat().st_size * 100 // LARGEST_FILE
        if percent >= NEARLY_FULL_PERCENT:
            way_out = _ROOM.get(file.parent.name, _NO_ROOM)
            message = f"is at {percent} % of the {LARGEST_FILE:,} bytes that a file may have. {way_out}"
            yield Problem(file, 0, message)


def _check_entries(folder: Path, knowledge: Knowledge, today: date, grade: Grade | None) -> Iterator[Problem]:
    for group in knowledge.groups:
        document = read_yaml(folder / f"{group.id}.yaml")
        entries = [knowledge.entries[entry_id] for entry_id in group.entry_ids]
        yield from _check_texts(document, "entries", entries, _ENTRY_TEXTS)
        for entry in entries:
            path = ("entries", entry.id)
            yield from _check_reading(document, path, entry_text(entry), grade)
            yield from _check_doubles(document, entry, knowledge.grammar.small_words)
            if entry.review_by < today:
                message = f"entry '{entry.id}' was due for review on {entry.review_by}. Review it, then set both dates."
                yield Problem(document.file, document.line((*path, "review_by")), message)


def _check_doubles(document: Document, entry: Entry, small_words: frozenset[str]) -> Iterator[Problem]:
    """Phrasings of one entry that differ by small words and word order only."""
    seen: dict[frozenset[str], tuple[str, int]] = {}
    for at, phrasing in enumerate(entry.phrasings):
        line = document.line(("entries", entry.id, "phrasings", at))
        telling = frozenset(map(stem, words(phrasing))) - small_words
        first, first_line = seen.setdefault(telling, (phrasing, line))
        if first != phrasing and telling:
            message = f"'{phrasing}' says the same as '{first}' (line {first_line}). Keep one, or add a telling word."
            yield Problem(document.file, line, message)


def _check_reaches(folder: Path, knowledge: Knowledge, reaches: Iterable[Reach]) -> Iterator[Problem]:
    """Entries that none of their own phrasings finds while it is left out."""
    group_of = {entry_id: group.id for group in knowledge.groups for entry_id in group.entry_ids}
    for reach in reaches:
        if not reach.found:
            document = read_yaml(folder / f"{group_of[reach.entry_id]}.yaml")
            line = document.line(("entries", reach.entry_id, "phrasings"))
            taken_for = f" They find '{reach.taken_for[0][0]}'." if reach.taken_for else ""
            message = f"no phrasing of '{reach.entry_id}' finds it when left out.{taken_for} Add some in other words."
            yield Problem(document.file, line, message)


def _check_loose_phrasings(folder: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """Phrasings of signs that any ordinary message may hold: by one word that many entries use."""
    vocabulary = build_vocabulary(knowledge)
    finder = PhraseFinder({}, vocabulary, knowledge.grammar)
    users: dict[str, set[str]] = defaultdict(set)
    for entry in knowledge.entries.values():
        for text in (entry.title, *entry.phrasings):
            for word in finder.telling_words(vocabulary.read(text)):
                users[word].add(entry.id)
    document = read_yaml(folder / "red-flags.yaml")
    for sign in knowledge.red_flags:
        for key, phrasings in (("phrasings", sign.phrasings), ("unclear", sign.unclear)):
            for at, phrasing in enumerate(phrasings):
                telling = finder.telling_words(vocabulary.read(phrasing))
                if (
                    not find_names(phrasing)
                    and len(telling) == 1
                    and len(entries := users[min(telling)]) >= MANY_ENTRIES
                ):
                    line = document.line(("signs", sign.id, key, at))
                    message = f"'{phrasing}' fits all that holds '{min(telling)}', as {len(entries)} entries do."
                    yield Problem(document.file, line, f"{message} Add a telling word.")


def _check_texts(
    document: Document, kind: str, owners: Iterable[Any], keys: Iterable[str], grade: Grade | None = None
) -> Iterator[Problem]:
    """What an entry, sign or guard says to people."""
    for owner in owners:
        for key in keys:
            value = getattr(owner, key)
            text = "\n".join(value) if isinstance(value, tuple) else value
            yield from _check_text(document, (kind, owner.id, key), text)
            yield from _check_reading(document, (kind, owner.id, key), text, grade)


def _check_named_texts(document: Document, knowledge: Knowledge, grade: Grade | None) -> Iterator[Problem]:
    for field in fields(knowledge.texts):
        text = getattr(knowledge.texts, field.name)
        yield from _check_text(document, ("texts", field.name), text)
        yield from _check_reading(document, ("texts", field.name), text, grade)


def _check_text(document: Document, path: tuple[str, ...], text: str) -> Iterator[Problem]:
    for pattern, message in _LIMITS:
        if found := pattern.search(text):
            yield Problem(document.file, document.line(path), f"{place(path)} {message.format(found[0])}")
    if not _VERDICT.search(text) and (claim := _find_claim(text)):
        message = f"tells a person what they have ('{claim}'). Reword it, or begin with 'if'."
        yield Problem(document.file, document.line(path), f"{place(path)} {message}")


def _find_claim(text: str) -> str | None:
    """The beginning of a sentence that says what a person has, without an 'if' before it."""
    for sentence in re.split(r"(?<=[.!?;:])\s+", text):
        found = _CLAIM.search(sentence)
        if found and not _OPENS_A_CASE.search(sentence[: found.start()]):
            return " ".join(sentence[found.start() :].split()[:4])
    return None


def _check_reading(document: Document, path: tuple[str, ...], text: str, grade: Grade | None) -> Iterator[Problem]:
    if grade is None or len(text.split()) < SHORTEST_JUDGED or grade(text) <= HIGHEST_GRADE:
        return
    yield Problem(
        document.file,
        document.line(path),
        f"{place(path)} reads at grade {grade(text):.1f}; {HIGHEST_GRADE:g} is the most. "
        f"Use shorter sentences and words, first in '{hardest_sentence(text, grade)}'.",
    )


def _check_sources(document: Document, knowledge: Knowledge) -> Iterator[Problem]:
    used = {key for entry in knowledge.entries.values() for key in entry.sources}
    used |= {key for sign in knowledge.red_flags for key in sign.sources}
    used |= {key for guard in knowledge.guards for key in guard.sources}
    used |= {key for number in knowledge.numbers.values() for key in number.sources}
    for key in knowledge.sources:
        if key not in used:
            line = document.line(("sources", key))
            yield Problem(document.file, line, f"nothing uses the source '{key}'. Use it or remove it.")
