"""The knowledge folder as one `Knowledge`: whole, or not at all and with every problem named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from bot.core import model
from bot.core.reply import LONGEST_MESSAGE, utf16_units
from bot.core.text import stem, words
from bot.curation import shapes
from bot.curation.problems import KnowledgeError, Problem, did_you_mean
from bot.curation.reading import Document, read_yaml

LANGUAGE = "en"

AnyShape = TypeVar("AnyShape", bound=shapes.Shape)
Read = tuple[AnyShape, Document]


def load_knowledge(folder: Path, language: str = LANGUAGE) -> model.Knowledge:
    """All the knowledge of one language.

    Raises:
        KnowledgeError: with every problem found in all files.
    """
    files = _read_files(folder, language)
    problems = [
        *_text_problems(*files.texts),
        *_reference_problems(files),
        *_id_problems(files.groups),
        *_phrasing_problems(files.groups),
        *_term_problems(*files.vocabulary),
    ]
    if problems:
        raise KnowledgeError(problems)
    knowledge = _build(language, files)
    if problems := list(_length_problems(knowledge, files.groups)):
        raise KnowledgeError(problems)
    return knowledge


@dataclass(frozen=True, slots=True)
class _Files:
    """Every file of a language, read and in shape."""

    sources: Read[shapes.SourcesShape]
    numbers: Read[shapes.NumbersShape]
    texts: Read[shapes.TextsShape]
    grammar: Read[shapes.GrammarShape]
    vocabulary: Read[shapes.VocabularyShape]
    red_flags: Read[shapes.RedFlagsShape]
    guards: Read[shapes.GuardsShape]
    groups: tuple[Read[shapes.EntriesShape], ...]


def _read_files(folder: Path, language: str) -> _Files:
    if not folder.is_dir():
        raise KnowledgeError([Problem(folder, 0, "is no folder. Set KNOWLEDGE_DIR, or name another folder.")])
    problems: list[Problem] = []

    def read(file: Path, shape: type[AnyShape]) -> Read[AnyShape]:
        try:
            document = read_yaml(file)
            return shapes.read_shape(document, shape), document
        except KnowledgeError as error:
            problems.extend(error.problems)
            # Stands in until all files are read; the problems above keep it from being used.
            return shape.model_construct(), Document(file, {})

    own = folder / language
    files = _Files(
        sources=read(folder / "sources.yaml", shapes.SourcesShape),
        numbers=read(folder / "emergency-numbers.yaml", shapes.NumbersShape),
        texts=read(own / "texts.yaml", shapes.TextsShape),
        grammar=read(own / "grammar.yaml", shapes.GrammarShape),
        vocabulary=read(own / "vocabulary.yaml", shapes.VocabularyShape),
        red_flags=read(own / "red-flags.yaml", shapes.RedFlagsShape),
        guards=read(own / "guards.yaml", shapes.GuardsShape),
        groups=tuple(read(file, shapes.EntriesShape) for file in sorted((own / "entries").glob("*.yaml"))),
    )
    if not files.groups:
        problems.append(Problem(own / "entries", 0, "holds no files of entries. Add one, such as remedies.yaml."))
    if problems:
        raise KnowledgeError(problems)
    return files


def _text_problems(shape: shapes.TextsShape, document: Document) -> Iterator[Problem]:
    wanted = {field.name for field in fields(model.Texts)}
    for name in sorted(wanted - shape.texts.keys()):
        yield Problem(document.file, document.line(("texts",)), f"the text '{name}' is missing. Add it.")
    for name in shape.texts.keys() - wanted:
        line = document.line(("texts", name))
        yield Problem(document.file, line, f"no text is called '{name}'.{did_you_mean(name, wanted) or ' Remove it.'}")


def _reference_problems(files: _Files) -> Iterator[Problem]:
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
        yield from unknown(document, ("guards", id_, "entries"), guard.entries, entry_ids, "entry")
        yield from unknown(document, ("guards", id_, "sources"), guard.sources, source_keys, "source")
    numbers, document = files.numbers
    for code, number in numbers.numbers.items():
        yield from unknown(document, ("numbers", code, "sources"), number.sources, source_keys, "source")


def _id_problems(groups: Iterable[Read[shapes.EntriesShape]]) -> Iterator[Problem]:
    """Entry ids used in two files."""
    seen: dict[str, Document] = {}
    for shape, document in groups:
        for entry_id in shape.entries:
            if entry_id in seen:
                line = document.line(("entries", entry_id))
                yield Problem(document.file, line, f"entry '{entry_id}' is already in {seen[entry_id].file}. Keep one.")
            seen.setdefault(entry_id, document)


def _phrasing_problems(groups: Iterable[Read[shapes.EntriesShape]]) -> Iterator[Problem]:
    """Phrasings that hold no word, or stand twice."""
    seen: dict[tuple[str, ...], tuple[str, int]] = {}
    for shape, document in groups:
        for entry_id, entry in shape.entries.items():
            for at, phrasing in enumerate(entry.phrasings):
                line = document.line(("entries", entry_id, "phrasings", at))
                normal = words(phrasing)
                if not normal:
                    yield Problem(document.file, line, f"'{phrasing}' holds no word. Write it as a user would type it.")
                elif normal in seen:
                    first, first_line = seen[normal]
                    yield Problem(
                        document.file,
                        line,
                        f"'{phrasing}' is already a phrasing of '{first}' (line {first_line}). Keep it in one entry.",
                    )
                else:
                    seen[normal] = (entry_id, line)


def _term_problems(shape: shapes.VocabularyShape, document: Document) -> Iterator[Problem]:
    """Terms that would be folded into two field words."""
    seen: dict[tuple[str, ...], str] = {}
    for group_id, group in shape.groups.items():
        for field_word, terms in group.terms.items():
            for at, term in enumerate((field_word, *terms)):
                path = (
                    ("groups", group_id, "terms", field_word, at - 1)
                    if at
                    else ("groups", group_id, "terms", field_word)
                )
                line = document.line(path)
                normal = tuple(map(stem, words(term)))
                if not normal:
                    yield Problem(document.file, line, f"'{term}' holds no word. Remove it.")
                elif seen.setdefault(normal, field_word) != field_word:
                    yield Problem(
                        document.file, line, f"'{term}' already stands for '{seen[normal]}'. Keep it in one place."
                    )


def _length_problems(knowledge: model.Knowledge, groups: Iterable[Read[shapes.EntriesShape]]) -> Iterator[Problem]:
    """Answers that do not fit one message with their disclaimer."""
    from bot.core.rendering import Renderer

    renderer = Renderer(knowledge)
    for shape, document in groups:
        for entry_id in shape.entries:
            replies = renderer.entry(entry_id)
            if len(replies) > 1:
                length = sum(utf16_units(reply.text) for reply in replies)
                yield Problem(
                    document.file,
                    document.line(("entries", entry_id)),
                    f"entry '{entry_id}' is {length} characters with its disclaimer; Telegram takes {LONGEST_MESSAGE}. "
                    f"Shorten it by {length - LONGEST_MESSAGE}.",
                )


def _build(language: str, files: _Files) -> model.Knowledge:
    in_order = sorted(files.groups, key=lambda group: (group[0].order, group[1].file))
    return model.Knowledge(
        language=language,
        groups=tuple(
            model.Group(document.file.stem, shape.title, tuple(shape.entries)) for shape, document in in_order
        ),
        entries={
            id_: _make(model.Entry, entry, id=id_) for shape, _ in in_order for id_, entry in shape.entries.items()
        },
        red_flags=tuple(_make(model.RedFlag, sign, id=id_) for id_, sign in files.red_flags[0].signs.items()),
        guards=tuple(_make(model.Guard, guard, id=id_) for id_, guard in files.guards[0].guards.items()),
        texts=model.Texts(**files.texts[0].texts),
        vocabulary={
            term: field_word
            for group in files.vocabulary[0].groups.values()
            for field_word, terms in group.terms.items()
            for term in (field_word, *terms)
        },
        grammar=_build_grammar(files.grammar[0]),
        sources={key: _make(model.Source, source, key=key) for key, source in files.sources[0].sources.items()},
        numbers={
            code: _make(model.EmergencyNumber, number, country_code=code)
            for code, number in files.numbers[0].numbers.items()
        },
    )


Made = TypeVar("Made")


def _make(kind: Callable[..., Made], shape: shapes.Shape, **key: str) -> Made:
    """A value of the model from a shape of the same keys."""
    values: Mapping[str, object] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in dict(shape).items()
    }
    return kind(**key, **values)


def _build_grammar(shape: shapes.GrammarShape) -> model.Grammar:
    return model.Grammar(
        small_words=_stems(shape.small_words),
        negations=_stems(shape.negations),
        denial_ends=_stems(shape.denial_ends),
        denial_ends_at_a_start=_stems(shape.denial_ends_at_a_start),
        stating_verbs=_stems(shape.stating_verbs),
        never_shortened=frozenset(word for line in shape.never_shortened for word in words(line)),
    )


def _stems(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for line in lines for word in words(line))
