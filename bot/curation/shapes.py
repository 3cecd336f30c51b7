"""The shape of each knowledge file: which keys it has, which may be left out, and what stands in them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from bot.core.model import GuardOutcome, Urgency
from bot.curation.problems import KnowledgeError, Problem, did_you_mean
from bot.curation.reading import Document

LONGEST_ID = 56  # characters; with its version and kind it must fit Telegram's 64 bytes of callback data
LONGEST_TITLE = 40  # characters; a button of half a phone's width
LONGEST_SHORT = 200  # characters; fits a group message, and a toast (Bot API, answerCallbackQuery)

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SOURCE_PATTERN = r"^[A-Z0-9][A-Z0-9.-]*$"
URL_PATTERN = r"^https?://\S+$"
NUMBER_PATTERN = r"^[0-9 ]+$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
LANGUAGE_PATTERN = r"^[a-z]{2}$"
COMBINATION_PATTERN = r"^[a-z0-9-]+(( \+ [a-z0-9-]+)*|( > [a-z0-9-]+)*)$"
_FORMS = {
    ID_PATTERN: "Latin lower-case words joined by hyphens, such as 'drop-foot'",
    SOURCE_PATTERN: "capitals, digits, dots and hyphens, such as 'NHS-BACK'",
    URL_PATTERN: "an address that begins with https://",
    NUMBER_PATTERN: "digits and spaces, such as 112",
    COUNTRY_PATTERN: "two capitals, such as GB",
    LANGUAGE_PATTERN: "two lower-case letters, such as es",
    COMBINATION_PATTERN: "names of concepts with ' + ' between them, or with ' > ' where their order counts",
}


def concepts_in(combination: str) -> tuple[str, ...]:
    """The concepts that a combination names.

    >>> concepts_in("how-much + medicine"), concepts_in("wish > death")
    (('how-much', 'medicine'), ('wish', 'death'))
    """
    return tuple(re.split(" [+>] ", combination))


def _read_date(value: object) -> object:
    """A date as it should be typed; pydantic alone takes 20261123 for seconds since 1970."""
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return value
    raise PydanticCustomError("date_form", "no date")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=LONGEST_ID)]
SourceKey = Annotated[str, StringConstraints(pattern=SOURCE_PATTERN)]
Date = Annotated[date, BeforeValidator(_read_date)]
CombinationText = Annotated[str, StringConstraints(pattern=COMBINATION_PATTERN)]
Texts = Annotated[list[Text], Field(min_length=1)]


class Shape(BaseModel):
    """A mapping with fixed keys."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class EntryShape(Shape):
    title: Annotated[Text, StringConstraints(max_length=LONGEST_TITLE)]
    short: Annotated[Text, StringConstraints(max_length=LONGEST_SHORT)]
    answer: Text
    steps: list[Text] = []
    stop: Text = ""
    evidence: Text = ""
    related: list[Id] = []
    sources: Annotated[list[SourceKey], Field(min_length=1)]
    claims: list[Text] = []
    reviewed: Date
    review_by: Date
    reviewed_by: OptionalText = ""
    phrasings: Texts


class EntriesShape(Shape):
    title: Annotated[Text, StringConstraints(max_length=30)]
    order: int
    entries: dict[Id, EntryShape]


class RedFlagShape(Shape):
    flag: Id
    urgency: Urgency
    means: Text
    action: Text = ""
    ever: bool = False
    sources: list[SourceKey] = []
    combines: list[Text] = []
    together: list[Text] = []
    unless: list[Text] = []
    phrasings: list[Text] = []
    unclear: list[Text] = []
    check: Text = ""


class RedFlagsShape(Shape):
    concepts: dict[Id, Texts] = {}
    signs: dict[Id, RedFlagShape]


class GuardShape(Shape):
    outcome: GuardOutcome
    reply: Text
    entries: Annotated[list[Id], Field(max_length=3)] = []
    sources: list[SourceKey] = []
    shows: OptionalText = ""
    answers: bool = False
    combines: list[CombinationText] = []
    alone: list[CombinationText] = []
    unless: list[CombinationText] = []


class GuardsShape(Shape):
    spellings: dict[Text, Texts] = {}
    sayings: list[Text] = []
    concepts: dict[Id, Texts] = {}
    guards: dict[Id, GuardShape]


class LanguageShape(Shape):
    name: Text
    reply: Text
    alarm: Text
    crisis: Text
    words: Texts
    letters: OptionalText = ""
    concepts: dict[Id, Texts]


class LanguagesShape(Shape):
    signs: dict[Id, list[CombinationText]]
    crisis: list[CombinationText]
    unless: list[CombinationText] = []
    languages: dict[Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)], LanguageShape]


class SubjectShape(Shape):
    comment: Text
    phrasings: Texts


class ElsewhereShape(Shape):
    subjects: dict[Id, SubjectShape] = {}


class MessagesShape(Shape):
    signs: dict[Id, dict[Urgency, Texts]] = {}
    guards: dict[Id, Texts] = {}
    harmless: dict[Id, Texts] = {}


class CalibrationShape(Shape):
    value: float
    lead: float
    offset: float
    nearness: float = 0.0
    vectors: float = 0.0
    probability: float = 0.0
    topic_whole: float
    topic_part: float
    topic_asks: float = 0.0
    topic_share: float = 0.0
    topic_offset: float


class CalibrationsShape(Shape):
    without_meaning: CalibrationShape
    with_meaning: CalibrationShape


class TermsShape(Shape):
    comment: Text
    terms: dict[Text, Texts]


class VocabularyShape(Shape):
    groups: dict[Id, TermsShape]


class GrammarShape(Shape):
    small_words: Texts
    small_unless_denied: list[Text] = []
    negations: Texts
    denial_ends: Texts
    denial_ends_at_a_start: Texts
    stating_verbs: Texts
    never_shortened: Texts
    question_openers: list[Text] = []
    own_trouble: list[Text] = []
    long_ago: list[Text] = []
    still_there: list[Text] = []
    yes: list[Text] = []
    beside_yes: list[Text] = []
    can_pee: list[Text] = []
    can_feel: list[Text] = []
    no_denials: list[Text] = []
    joins: list[Text] = []
    joints: list[Text] = []
    breaks: list[Text] = []
    speakers: list[Text] = []
    binders: list[Text] = []
    subjects: list[Text] = []
    persons: list[Text] = []
    near_now: list[Text] = []
    own_words: list[Text] = []
    own_back: list[Text] = []
    own_now: list[Text] = []
    about_a_subject: list[Text] = []
    resolved: list[Text] = []
    all_clear: list[Text] = []
    well: list[Text] = []
    before_now: list[Text] = []
    complaint: list[Text] = []
    determiners: list[Text] = []
    fillers: list[Text] = []


class TextsShape(Shape):
    texts: dict[str, Text]


class SourceShape(Shape):
    title: Text
    organisation: Text
    date: Text
    status: Literal["read", "opening", "copy"]
    url: Annotated[Text, StringConstraints(pattern=URL_PATTERN)] = ""


class SourcesShape(Shape):
    sources: dict[SourceKey, SourceShape]


class NumberShape(Shape):
    country: Text
    number: Annotated[Text, StringConstraints(pattern=NUMBER_PATTERN)]
    names: list[Text] = []
    common: bool = False
    sources: Annotated[list[SourceKey], Field(min_length=1)]


class NumbersShape(Shape):
    numbers: dict[Annotated[str, StringConstraints(pattern=COUNTRY_PATTERN)], NumberShape]


AnyShape = TypeVar("AnyShape", bound=Shape)


def read_shape(document: Document, shape: type[AnyShape]) -> AnyShape:
    """A document as the shape it should have.

    Raises:
        KnowledgeError: with every way in which the document departs from it.
    """
    try:
        return shape.model_validate(document.value)
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_url=False, include_input=False):
            path = tuple(part for part in detail["loc"] if part != "[key]")
            problems.append(Problem(document.file, document.line(path), _message(detail, path, document, shape)))
        raise KnowledgeError(problems) from None


def _message(detail: Any, path: tuple[str | int, ...], document: Document, shape: type[Shape]) -> str:
    kind, limits, key = detail["type"], detail.get("ctx", {}), path[-1] if path else ""
    if kind == "missing":
        return f"{place(path[:-1])} has no '{key}'. Add it; CONTRIBUTING.md shows every key."
    if kind == "extra_forbidden":
        hint = did_you_mean(str(key), _keys_at(path[:-1], shape)) or " Remove it."
        return f"{place(path[:-1])} has the unknown key '{key}'.{hint}"
    if detail["loc"] and detail["loc"][-1] == "[key]":
        if kind == "string_too_long":
            return f"the name '{key}' has {len(str(key))} characters; {limits['max_length']} are the most. Shorten it."
        return f"'{key}' should be {_form(limits['pattern'], str(key))}."
    value: Any = document.value  # the path was read off it, so every step of it is there
    for part in path:
        value = value[part]
    below = f", such as '{next(iter(shape.model_fields))}:'" if not path else ""
    mends = {
        "string_too_short": "is blank. Write it (in quotes if it begins with #), or remove an optional key.",
        "string_too_long": f"has {len(value)} characters; {limits.get('max_length')} are the most. Shorten it.",
        "too_short": "has nothing in it. Add at least one line.",
        "too_long": f"has {len(value)} lines; {limits.get('max_length')} are the most. Remove some.",
        "string_type": "should be a text. Put it in quotes, or check the indentation.",
        "list_type": "should be a list. Begin each line with '- '.",
        "dict_type": f"should have keys below it{below}. Check the indentation.",
        "model_type": f"should have keys below it{below}. Check the indentation.",
        "int_parsing": f"is '{value}', which is no whole number. Write one, such as 3.",
        "int_type": "should be a whole number, such as 3.",
        "float_parsing": f"is '{value}', which is no number. Write one, such as 0.5.",
        "float_type": "should be a number, such as 0.5.",
        "bool_parsing": f"is '{value}'. Write true or false.",
        "bool_type": "should be true or false.",
        "enum": f"is '{value}'. Write {limits.get('expected')}.",
        "literal_error": f"is '{value}'. Write {limits.get('expected')}.",
        "date_type": "should be a date, such as 2026-11-23.",
    }
    if kind == "string_pattern_mismatch":
        return f"{place(path)} is '{value}'. Write {_form(limits['pattern'], str(value))}."
    if kind.startswith("date") and kind not in mends:
        return f"{place(path)} is '{value}', which is no date. Write year-month-day: 2026-11-23."
    return f"{place(path)} {mends.get(kind, 'is not what stands here in CONTRIBUTING.md. Compare the two.')}"


def _form(pattern: str, typed: str) -> str:
    """How a text should look that does not fit a pattern; an id as the curator may have meant it."""
    meant = "-".join(re.findall("[a-z0-9]+", typed.lower()))
    return f"lower-case words joined by hyphens: '{meant}'" if pattern == ID_PATTERN and meant else _FORMS[pattern]


# What stands below the first key of a file, in a curator's words.
_KINDS = {
    "entries": "entry",
    "signs": "sign",
    "guards": "guard",
    "subjects": "subject",
    "groups": "group",
    "sources": "source",
    "numbers": "country",
    "languages": "language",
}


def place(path: tuple[str | int, ...]) -> str:
    """Where in a file, in a curator's words.

    >>> place(("entries", "ice", "steps", 1)), place(("entries", "ice")), place(())
    ("'steps' of 'ice', line 2 of the list,", "entry 'ice'", 'the file')
    """
    names = [part for part in path if isinstance(part, str)]
    match names:
        case []:
            return "the file"
        case [name]:
            what = f"'{name}'"
        case [kind, name]:
            what = f"{_KINDS.get(kind, 'the text')} '{name}'"
        case [*_, name, key]:
            what = f"'{key}' of '{name}'"
    return f"{what}, line {path[-1] + 1} of the list," if isinstance(path[-1], int) else what


def _keys_at(path: tuple[str | int, ...], shape: type[Shape]) -> list[str]:
    """The keys a mapping may have, by its place in a file."""
    here: Any = shape
    for part in path:
        fields = here.model_fields if isinstance(here, type) and issubclass(here, Shape) else {}
        if part in fields:
            here = fields[str(part)].annotation
        elif getattr(here, "__origin__", None) is dict:
            here = here.__args__[1]
    return list(here.model_fields) if isinstance(here, type) and issubclass(here, Shape) else []
