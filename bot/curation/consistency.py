"""What must agree between the knowledge files: names, entry ids, phrasings, terms, lengths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol, TypeVar

from bot.core import model
from bot.core.rendering import Renderer
from bot.core.reply import LONGEST_MESSAGE, utf16_units
from bot.core.text import stem, words
from bot.core.ways import find_names
from bot.curation import shapes
from bot.curation.problems import Problem, did_you_mean
from bot.curation.reading import Document

# Characters; Bot API, setMyDescription, setMyShortDescription, setMyCommands. A text not named here is one message.
_LONGEST_TEXTS = {"description": 512, "short_description": 120, "command_": 256, "button_": 40, "disclaimer_": 600}

# What stands for something that only the bot knows, by text.
PLACES = {
    **dict.fromkeys(
        ("alarm_emergency", "button_copy", "country_chosen", "country_none", "country_unknown", "country_in_group"),
        ("{number}",),
    ),
    "number_known": ("{number}", "{country}"),
}

AnyShape = TypeVar("AnyShape", bound=shapes.Shape)
Read = tuple[AnyShape, Document]


@dataclass(frozen=True, slots=True)
class Files:
    """Every file of a language; one that is not in shape is empty here."""

    sources: Read[shapes.SourcesShape]
    numbers: Read[shapes.NumbersShape]
    languages: Read[shapes.LanguagesShape]
    texts: Read[shapes.TextsShape]
    grammar: Read[shapes.GrammarShape]
    vocabulary: Read[shapes.VocabularyShape]
    red_flags: Read[shapes.RedFlagsShape]
    guards: Read[shapes.GuardsShape]
    elsewhere: Read[shapes.ElsewhereShape]
    messages: tuple[Read[shapes.MessagesShape], ...]
    calibrations: Read[shapes.CalibrationsShape] | None  # None where nothing was learned yet
    groups: tuple[Read[shapes.EntriesShape], ...]


def find_problems(files: Files, *, complete: bool) -> Iterator[Problem]:
    """Everything in which the files do not agree.

    Args:
        complete: all files are in shape; otherwise names and terms are not looked up, since a bad file counts as empty.
    """
    problems = list(_problems_of_each(files))
    if complete:
        problems += _problems_between(files)
    yield from problems
    if complete and not problems:
        yield from _message_problems(files)  # with one of the others, many would be only its shadow


def _problems_of_each(files: Files) -> Iterator[Problem]:
    yield from _id_problems(files.groups)
    yield from _phrasing_problems(files)
    yield from _unclear_problems(*files.red_flags)
    yield from _concept_problems(*files.red_flags)
    yield from _grammar_problems(*files.grammar)


def _problems_between(files: Files) -> Iterator[Problem]:
    yield from _term_problems(files)
    yield from _text_problems(*files.texts)
    yield from _reference_problems(files)
    field_words = (word for group in files.vocabulary[0].groups.values() for word in group.terms)
    yield from _language_problems(*files.languages, [id_ for shape, _ in files.groups for id_ in shape.entries])
    yield from _guard_problems(*files.guards, frozenset(field_words))


def find_too_long(knowledge: model.Knowledge, groups: Iterable[Read[shapes.EntriesShape]]) -> Iterator[Problem]:
    """Answers that do not fit one message with their disclaimer."""
    renderer = Renderer(knowledge)
    for shape, document in groups:
        for entry_id in shape.entries:
            first, *rest = renderer.entry(entry_id)
            if rest:
                notice = utf16_units(first.disclaimer.text)
                length = utf16_units(first.text) + sum(utf16_units(reply.text) - notice for reply in rest)
                here = _Place(document.file, document.line(("entries", entry_id)))
                yield here.problem(
                    f"entry '{entry_id}' is {length} characters with its disclaimer; Telegram takes {LONGEST_MESSAGE}. "
                    f"Shorten it by {max(length - LONGEST_MESSAGE, 1)}."
                )


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of a file."""

    file: Path
    line: int

    def seen_from(self, other: _Place) -> str:
        """Where this is, for a reader of another place."""
        return f"line {self.line}" if self.file == other.file else f"{self.file.name}, line {self.line}"

    def problem(self, message: str) -> Problem:
        """Something to mend here."""
        return Problem(self.file, self.line, message)


class _Phrased(Protocol):
    """What has phrasings: an entry, a sign."""

    @property
    def phrasings(self) -> Sequence[str]:
        """In the words of users."""


def _text_problems(shape: shapes.TextsShape, document: Document) -> Iterator[Problem]:
    wanted = {field.name for field in fields(model.Texts)}
    for name in wanted - shape.texts.keys():
        yield Problem(document.file, document.line(("texts",)), f"the text '{name}' is missing. Add it.")
    for name, text in shape.texts.items():
        line = document.line(("texts", name))
        if name not in wanted:
            hint = did_you_mean(name, wanted) or " Remove it."
            yield Problem(document.file, line, f"no text is called '{name}'.{hint}")
        elif missing := [part for part in PLACES.get(name, ()) if part not in text]:
            yield Problem(document.file, line, f"the text '{name}' lacks {missing[0]}, which the bot fills in. Add it.")
        elif utf16_units(text) > (most := _longest_text(name)):
            message = f"the text '{name}' has {utf16_units(text)} characters; {most} are the most. Shorten it."
            yield Problem(document.file, line, message)


def _longest_text(name: str) -> int:
    one_message = LONGEST_MESSAGE - _LONGEST_TEXTS["disclaimer_"] - 100  # signs and line breaks
    return next((most for beginning, most in _LONGEST_TEXTS.items() if name.startswith(beginning)), one_message)


def _reference_problems(files: Files) -> Iterator[Problem]:
    """Names of entries and sources that nothing is called."""
    entry_ids = [entry_id for shape, _ in files.groups for entry_id in shape.entries]
    source_keys = list(files.sources[0].sources)

    def unknown(
        document: Document, path: tuple[str, ...], names: Iterable[str], known: list[str], what: str
    ) -> Iterator[Problem]:
        for at, name in enumerate(names):
            if name not in known:
                hint = did_you_mean(name, known) or " Add it, or remove this."
                yield Problem(document.file, document.line((*path, at)), f"no {what} is called '{name}'.{hint}")

    for shape, document in files.groups:
        for id_, entry in shape.entries.items():
            yield from unknown(document, ("entries", id_, "related"), entry.related, entry_ids, "entry")
            yield from unknown(document, ("entries", id_, "sources"), entry.sources, source_keys, "source")
    signs, document = files.red_flags
    for id_, sign in signs.signs.items():
        yield from unknown(document, ("signs", id_, "flag"), [sign.flag], entry_ids, "entry")
        yield from unknown(document, ("signs", id_, "sources"), sign.sources, source_keys, "source")
    limits, document = files.guards
    for id_, guard in limits.guards.items():
        shown = [guard.shows] if guard.shows else []
        yield from unknown(document, ("guards", id_, "shows"), shown, entry_ids, "entry")
        yield from unknown(document, ("guards", id_, "entries"), guard.entries, entry_ids, "entry")
        yield from unknown(document, ("guards", id_, "sources"), guard.sources, source_keys, "source")
    numbers, document = files.numbers
    for code, number in numbers.numbers.items():
        yield from unknown(document, ("numbers", code, "sources"), number.sources, source_keys, "source")


def _guard_problems(shape: shapes.GuardsShape, document: Document, field_words: frozenset[str]) -> Iterator[Problem]:
    """Guards that go by nothing, concepts that are missing or that no guard uses, lines that fit nothing."""
    used = {"filler"}
    for id_, guard in shape.guards.items():
        if not guard.combines and not guard.alone:
            message = f"guard '{id_}' has no 'combines' and no 'alone'. Say by which concepts it is known."
            yield Problem(document.file, document.line(("guards", id_)), message)
        for key, lines in (("combines", guard.combines), ("alone", guard.alone), ("unless", guard.unless)):
            for at, line in enumerate(lines):
                for concept in shapes.concepts_in(line):
                    used.add(concept)
                    if concept not in shape.concepts:
                        hint = did_you_mean(concept, shape.concepts) or " Add it to 'concepts'."
                        where = document.line(("guards", id_, key, at))
                        yield Problem(document.file, where, f"no concept is called '{concept}'.{hint}")
    for concept, lines in shape.concepts.items():
        if concept not in used:
            where = document.line(("concepts", concept))
            yield Problem(document.file, where, f"no guard uses the concept '{concept}'. Remove it.")
        for at, line in enumerate(lines):
            where = document.line(("concepts", concept, at))
            if not words(line):
                yield Problem(document.file, where, f"'{line}' holds no word. Write it as a user would type it.")
            elif line.isupper() and line.lower() not in field_words:
                mend = "Write one of vocabulary.yaml, or in lower case a word to be found as it stands."
                yield Problem(document.file, where, f"'{line}' is no field word. {mend}")


def _language_problems(shape: shapes.LanguagesShape, document: Document, entry_ids: list[str]) -> Iterator[Problem]:
    """Signs that no entry tells about, concepts that a language lacks, and lines without a word."""
    combinations = {("signs", flag): lines for flag, lines in shape.signs.items()}
    wanted = {
        concept
        for lines in (*combinations.values(), shape.crisis, shape.unless)
        for line in lines
        for concept in shapes.concepts_in(line)
    }
    for flag in shape.signs:
        if flag not in entry_ids:
            hint = did_you_mean(flag, entry_ids) or " Add it, or remove this."
            yield Problem(document.file, document.line(("signs", flag)), f"no entry is called '{flag}'.{hint}")
    for code, language in shape.languages.items():
        for concept in sorted(wanted - language.concepts.keys()):
            message = f"language '{code}' has no words for '{concept}'. Add them to its concepts."
            yield Problem(document.file, document.line(("languages", code)), message)
        for concept, lines in language.concepts.items():
            for at, line in enumerate(lines):
                if not words(line):
                    where = document.line(("languages", code, "concepts", concept, at))
                    yield Problem(document.file, where, f"'{line}' holds no word. Write it as a user would type it.")


def _id_problems(groups: Iterable[Read[shapes.EntriesShape]]) -> Iterator[Problem]:
    """Entry ids used in two files."""
    seen: dict[str, _Place] = {}
    for shape, document in groups:
        for entry_id in shape.entries:
            here = _Place(document.file, document.line(("entries", entry_id)))
            first = seen.setdefault(entry_id, here)
            if first != here:
                yield here.problem(
                    f"entry '{entry_id}' stands twice (first: {first.seen_from(here)}). Keep one of them."
                )


def _phrasing_problems(files: Files) -> Iterator[Problem]:
    """Phrasings that hold no word, and those of entries that stand twice."""
    seen: dict[tuple[str, ...], tuple[str, _Place]] = {}
    for name, phrasing, here, is_matched in _phrasings(files):
        normal = words(phrasing)
        if not normal:
            yield here.problem(f"'{phrasing}' holds no word. Write it as a user would type it.")
        elif is_matched:
            first_name, first = seen.setdefault(normal, (name, here))
            keep = "Keep one of them." if first_name == name else "Keep it in one place."
            if first != here:
                where = first.seen_from(here)
                yield here.problem(f"'{phrasing}' is already a phrasing of '{first_name}' ({where}). {keep}")


def _unclear_problems(shape: shapes.RedFlagsShape, document: Document) -> Iterator[Problem]:
    """Unclear phrasings that hold no word, that stand among the clear ones too, or that nobody asks about."""
    for id_, sign in shape.signs.items():
        clear = {words(phrasing) for phrasing in sign.phrasings}
        if sign.unclear and sign.urgency is not model.Urgency.EMERGENCY:
            message = f"'unclear' of '{id_}' does nothing: only where an emergency is unclear we ask. Remove it."
            yield Problem(document.file, document.line(("signs", id_, "unclear")), message)
        for at, phrasing in enumerate(sign.unclear):
            line = document.line(("signs", id_, "unclear", at))
            if not words(phrasing):
                yield Problem(document.file, line, f"'{phrasing}' holds no word. Write it as a user would type it.")
            elif words(phrasing) in clear:
                message = f"'{phrasing}' stands under 'phrasings' of '{id_}' too. Keep one of them."
                yield Problem(document.file, line, message)


def _concept_problems(shape: shapes.RedFlagsShape, document: Document) -> Iterator[Problem]:
    """Concepts named before they are there, or that nothing is called; signs that nothing leads to."""
    known: list[str] = []

    def unknown(path: tuple[str, ...], ways: Sequence[str], also: Iterable[str] = ()) -> Iterator[Problem]:
        for at, way in enumerate(ways):
            for name in find_names(way):
                if name not in known and name not in also:
                    line = document.line((*path, at))
                    hint = did_you_mean(name, known) or " Concepts stand above those that use them."
                    yield Problem(document.file, line, f"'{way}' names the concept '{name}', which is not there.{hint}")

    for name, ways in shape.concepts.items():
        yield from unknown(("concepts", name), ways)
        known.append(name)
        if name in shape.signs:
            message = f"'{name}' is a concept and a sign. Call the concept something else."
            yield Problem(document.file, document.line(("concepts", name)), message)
    for id_, sign in shape.signs.items():
        yield from unknown(("signs", id_, "combines"), sign.combines)
        yield from unknown(("signs", id_, "together"), sign.together, shape.signs)
        yield from unknown(("signs", id_, "unless"), [f"<{name}>" for name in sign.unless])
        yield from unknown(("signs", id_, "unclear"), sign.unclear)
        if not (sign.phrasings or sign.combines or sign.together):
            message = f"nothing leads to sign '{id_}'. Add 'phrasings' or 'combines'."
            yield Problem(document.file, document.line(("signs", id_)), message)


def _grammar_problems(shape: shapes.GrammarShape, document: Document) -> Iterator[Problem]:
    """Lines of the grammar that hold no word, which nothing is found by."""
    for key in shapes.GrammarShape.model_fields:
        for at, line in enumerate(getattr(shape, key)):
            if not words(line):
                yield Problem(document.file, document.line((key, at)), f"'{line}' holds no word. Remove it.")


def _message_problems(files: Files) -> Iterator[Problem]:
    """Messages that belong to nothing, hold no word, or stand there twice."""
    seen: dict[tuple[str, ...], _Place] = {}
    for shape, document in files.messages:
        yield from _problems_of_messages(files, shape, document, seen)


def _problems_of_messages(
    files: Files, shape: shapes.MessagesShape, document: Document, seen: dict[tuple[str, ...], _Place]
) -> Iterator[Problem]:
    """The same for one file.

    Args:
        seen: the messages of the files before, and where each stands; those of this one are added.
    """
    signs, guards = files.red_flags[0].signs.values(), files.guards[0].guards
    groups = {(sign.flag, sign.urgency) for sign in signs}
    owned: list[tuple[tuple[str, ...], Sequence[str]]] = []
    for flag, by_urgency in shape.signs.items():
        for urgency, texts in by_urgency.items():
            owned.append((("signs", flag, urgency), texts))
            if (flag, urgency) not in groups:
                hint = (
                    "" if flag in {sign.flag for sign in signs} else did_you_mean(flag, {sign.flag for sign in signs})
                )
                message = f"no sign has the flag '{flag}' at the urgency '{urgency}'.{hint} See red-flags.yaml."
                yield Problem(document.file, document.line(("signs", flag, urgency)), message)
    for id_, of_guard in shape.guards.items():
        owned.append((("guards", id_), of_guard))
        if id_ not in guards:
            message = f"no guard is called '{id_}'.{did_you_mean(id_, guards)} See guards.yaml."
            yield Problem(document.file, document.line(("guards", id_)), message)
    owned += [(("harmless", kind), texts) for kind, texts in shape.harmless.items()]
    for path, written in owned:
        for at, text in enumerate(written):
            here = _Place(document.file, document.line((*path, at)))
            if not (normal := words(text)):
                yield here.problem(f"'{text}' holds no word. Remove it.")
                continue
            first = seen.setdefault(normal, here)
            if first is not here:
                yield here.problem(f"'{text}' already stands in {first.seen_from(here)}. Keep it in one place.")


def _phrasings(files: Files) -> Iterator[tuple[str, str, _Place, bool]]:
    """Every phrasing with what it stands for, its place, and whether that is matched with whole questions."""
    owners: list[tuple[str, Mapping[str, _Phrased], Document]] = [
        *(("entries", shape.entries, document) for shape, document in files.groups),
        ("signs", files.red_flags[0].signs, files.red_flags[1]),
        ("subjects", files.elsewhere[0].subjects, files.elsewhere[1]),
    ]
    for kind, owned, document in owners:
        for name, owner in owned.items():
            for at, phrasing in enumerate(owner.phrasings):
                line = document.line((kind, name, "phrasings", at))
                yield name, phrasing, _Place(document.file, line), kind in {"entries", "subjects"}


def _term_problems(files: Files) -> Iterator[Problem]:
    """Terms that would be folded into two field words."""
    shape, document = files.vocabulary
    never_shortened = {word for line in files.grammar[0].never_shortened for word in words(line)}
    seen: dict[tuple[str, ...], tuple[str, _Place]] = {}
    for group_id, group in shape.groups.items():
        for field_word, terms in group.terms.items():
            path = ("groups", group_id, "terms", field_word)
            paths = [path, *((*path, at) for at in range(len(terms)))]
            for term, where in zip((field_word, *terms), paths, strict=True):
                here = _Place(document.file, document.line(where))
                normal = tuple(word if word in never_shortened else stem(word) for word in words(term))
                if not normal:
                    yield here.problem(f"'{term}' holds no word. Remove it.")
                    continue
                first_word, first = seen.setdefault(normal, (field_word, here))
                if first_word != field_word:
                    yield here.problem(
                        f"'{term}' already stands for '{first_word}' ({first.seen_from(here)}). Keep it in one place."
                    )
