"""The knowledge folder as one `Knowledge`: whole, or not at all and with every problem named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from bot.core import model
from bot.core.calibration import Calibration, Calibrations
from bot.core.text import stem, words
from bot.curation import shapes
from bot.curation.consistency import Files, Read, find_problems, find_too_long
from bot.curation.dictionary import VECTORS_FILE, common_words, read_word_vectors
from bot.curation.problems import KnowledgeError, Problem
from bot.curation.reading import Document, read_yaml

LANGUAGE = "en"

AnyShape = TypeVar("AnyShape", bound=shapes.Shape)


def load_knowledge(folder: Path, language: str = LANGUAGE) -> model.Knowledge:
    """All the knowledge of one language.

    Raises:
        KnowledgeError: with every problem found in all files.
    """
    files, problems = _read_files(folder, language)
    problems += find_problems(files, complete=not problems)
    if problems:
        raise KnowledgeError(problems)
    knowledge = _build(language, files)
    if knowledge.calibrations.without_meaning.vectors:
        knowledge = replace(knowledge, word_vectors=read_word_vectors(folder / language / VECTORS_FILE))
    if problems := list(find_too_long(knowledge, files.groups)):
        raise KnowledgeError(problems)
    return knowledge


def _read_files(folder: Path, language: str) -> tuple[Files, list[Problem]]:
    if not folder.is_dir():
        raise KnowledgeError([Problem(folder, 0, "is no folder. Set KNOWLEDGE_DIR, or name another folder.")])
    problems: list[Problem] = []

    def read(file: Path, shape: type[AnyShape]) -> Read[AnyShape]:
        try:
            document = read_yaml(file)
            return shapes.read_shape(document, shape), document
        except KnowledgeError as error:
            problems.extend(error.problems)
            empty: dict[str, Any] = {key: {} for key in shape.model_fields}
            return shape.model_construct(**empty), Document(file, {})

    own = folder / language
    for file in (*(own / "entries").glob("*.y*ml"), *(own / "messages").glob("*.y*ml")):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml", file.name):
            message = "is not read. Name it in lower-case words joined by hyphens, with '.yaml' at the end."
            problems.append(Problem(file, 0, message))
    files = Files(
        sources=read(folder / "sources.yaml", shapes.SourcesShape),
        numbers=read(folder / "emergency-numbers.yaml", shapes.NumbersShape),
        languages=read(folder / "languages.yaml", shapes.LanguagesShape),
        texts=read(own / "texts.yaml", shapes.TextsShape),
        grammar=read(own / "grammar.yaml", shapes.GrammarShape),
        vocabulary=read(own / "vocabulary.yaml", shapes.VocabularyShape),
        red_flags=read(own / "red-flags.yaml", shapes.RedFlagsShape),
        guards=read(own / "guards.yaml", shapes.GuardsShape),
        elsewhere=read(elsewhere, shapes.ElsewhereShape)
        if (elsewhere := own / "elsewhere.yaml").exists()
        else (shapes.ElsewhereShape(), Document(elsewhere, {})),
        messages=tuple(read(file, shapes.MessagesShape) for file in sorted((own / "messages").glob("*.yaml"))),
        calibrations=read(learned, shapes.CalibrationsShape)
        if (learned := own / "calibration.yaml").exists()
        else None,
        groups=tuple(read(file, shapes.EntriesShape) for file in sorted((own / "entries").glob("*.yaml"))),
    )
    if not files.groups:
        problems.append(Problem(own / "entries", 0, "holds no files of entries. Add one, such as remedies.yaml."))
    return files, problems


def _build(language: str, files: Files) -> model.Knowledge:
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
        guards=tuple(_build_guard(id_, guard) for id_, guard in files.guards[0].guards.items()),
        concepts=_build_concepts(files.guards[0]),
        languages=_build_languages(files.languages[0]),
        texts=model.Texts(**files.texts[0].texts),
        vocabulary={
            term: field_word
            for group in files.vocabulary[0].groups.values()
            for field_word, terms in group.terms.items()
            for term in (field_word, *terms)
        },
        grammar=_build_grammar(files.grammar[0]),
        ways={name: tuple(ways) for name, ways in files.red_flags[0].concepts.items()},
        common_words=common_words(language),
        elsewhere={id_: tuple(subject.phrasings) for id_, subject in files.elsewhere[0].subjects.items()},
        messages=_build_messages(shape for shape, _ in files.messages),
        calibrations=_build_calibrations(files.calibrations[0]) if files.calibrations else Calibrations(),
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


def _build_guard(id_: str, shape: shapes.GuardShape) -> model.Guard:
    return model.Guard(
        id=id_,
        outcome=shape.outcome,
        reply=shape.reply,
        combines=tuple(map(_read_combination, shape.combines)),
        alone=tuple(map(_read_combination, shape.alone)),
        unless=tuple(map(_read_combination, shape.unless)),
        entries=tuple(shape.entries),
        shows=shape.shows,
        answers=shape.answers,
        sources=tuple(shape.sources),
    )


def _read_combination(line: str) -> model.Combination:
    return model.Combination(shapes.concepts_in(line), in_order=">" in line)


def _build_concepts(shape: shapes.GuardsShape) -> model.Concepts:
    return model.Concepts(
        words={concept: tuple(lines) for concept, lines in shape.concepts.items()},
        spellings={spelling: tuple(variants) for spelling, variants in shape.spellings.items()},
        sayings=tuple(shape.sayings),
    )


def _build_languages(shape: shapes.LanguagesShape) -> model.Languages:
    return model.Languages(
        known={
            code: model.Language(
                code=code,
                name=language.name,
                reply=language.reply,
                alarm=language.alarm,
                crisis=language.crisis,
                words=tuple(language.words),
                letters=language.letters,
                concepts={concept: tuple(lines) for concept, lines in language.concepts.items()},
            )
            for code, language in shape.languages.items()
        },
        signs={flag: tuple(map(_read_combination, lines)) for flag, lines in shape.signs.items()},
        crisis=tuple(map(_read_combination, shape.crisis)),
        unless=tuple(map(_read_combination, shape.unless)),
    )


def _build_messages(of_files: Iterable[shapes.MessagesShape]) -> model.Messages:
    """The messages of all files together."""
    signs: dict[tuple[str, model.Urgency], tuple[str, ...]] = defaultdict(tuple)
    guards: dict[str, tuple[str, ...]] = defaultdict(tuple)
    harmless: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for shape in of_files:
        for flag, by_urgency in shape.signs.items():
            for urgency, texts in by_urgency.items():
                signs[flag, urgency] += tuple(texts)
        for id_, texts in shape.guards.items():
            guards[id_] += tuple(texts)
        for kind, texts in shape.harmless.items():
            harmless[kind] += tuple(texts)
    return model.Messages(dict(signs), dict(guards), dict(harmless))


def _build_calibrations(shape: shapes.CalibrationsShape) -> Calibrations:
    return Calibrations(
        without_meaning=Calibration(**dict(shape.without_meaning)), with_meaning=Calibration(**dict(shape.with_meaning))
    )


def _build_grammar(shape: shapes.GrammarShape) -> model.Grammar:
    return model.Grammar(
        small_words=_stems([*shape.small_words, *shape.small_unless_denied]),
        small_unless_denied=_stems(shape.small_unless_denied),
        negations=_stems(shape.negations),
        denial_ends=_stems(shape.denial_ends),
        denial_ends_at_a_start=_stems(shape.denial_ends_at_a_start),
        stating_verbs=_stems(shape.stating_verbs),
        never_shortened=_words(shape.never_shortened),
        question_openers=_words(shape.question_openers),
        own_trouble=_words(shape.own_trouble),
        long_ago=_phrases(shape.long_ago),
        still_there=_words(shape.still_there),
        yes=frozenset(map(words, shape.yes)),
        beside_yes=frozenset(map(words, shape.beside_yes)),
        can_pee=_words(shape.can_pee),
        can_feel=_words(shape.can_feel),
        no_denials=frozenset(tuple(map(stem, words(line))) for line in shape.no_denials),
        joins=frozenset(" ".join(words(text)) for text in shape.joins),
        joints=_words(shape.joints) | {","},
        breaks=_words(shape.breaks),
        speakers=_words(shape.speakers),
        binders=_words(shape.binders),
        subjects=_words(shape.subjects),
        persons=_words(shape.persons),
        near_now=_words(shape.near_now),
        own_words=_words(shape.own_words),
        own_back=_phrases(shape.own_back),
        own_now=_words(shape.own_now),
        about_a_subject=_phrases(shape.about_a_subject),
        resolved=_phrases(shape.resolved),
        all_clear=_phrases(shape.all_clear),
        well=_words(shape.well),
        before_now=_words(shape.before_now),
        complaint=_words(shape.complaint),
        determiners=_stems(shape.determiners),
        fillers=_stems(shape.fillers),
    )


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in words(line))


def _phrases(lines: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(words, lines))


def _stems(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, _words(lines)))
