"""YAML read to the letter: every value is the text that was typed, and every key remembers its line.

PyYAML's own loader turns `no` into False and `1:30` into 90, keeps the last of two equal keys, and follows aliases into
billions of nodes. This reader goes through the same parser's events and refuses what a curator never needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.curation.files import hidden_in, read_text
from bot.curation.problems import KnowledgeError, Problem

DEEPEST = 12  # levels of lists and mappings inside each other
_TOO_DEEP = f"is nested more than {DEEPEST} levels deep. Check the indentation."
MOST_NODES = 50_000  # values in a file; the largest of ours has 15,000

Value: TypeAlias = "str | list[Value] | dict[str, Value]"


@dataclass
class Document:
    """One file: its values, and the line of each by its path from the top."""

    file: Path
    value: Value
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, path: tuple[str | int, ...]) -> int:
        """The 1-based line of a value, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(file: Path, *, allow_hidden: bool = False) -> Document:
    """A YAML file as text, lists and mappings.

    Args:
        allow_hidden: characters that do not show may be written as escapes, as questions of hostile people are.

    Raises:
        KnowledgeError: the file cannot be read, is no YAML, or holds what we refuse; with the line.
    """
    return _Reader(file, allow_hidden=allow_hidden).read(read_text(file))


class _Reader:
    """Turns the parser's events into a document, refusing as it goes."""

    def __init__(self, file: Path, *, allow_hidden: bool) -> None:
        self._file = file
        self._allow_hidden = allow_hidden
        self._lines: dict[tuple[str | int, ...], int] = {}
        self._doubled: list[Problem] = []
        self._nodes = 0

    def read(self, text: str) -> Document:
        loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
        events = iter(yaml.parse(text, Loader=loader))
        try:
            value = self._document(events)
        except yaml.MarkedYAMLError as error:
            raise self._refuse(*_in_plain_words(error)) from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML without libyaml
            raise self._refuse(1, "cannot be read as YAML. Look for odd characters or backslashes.") from error
        if self._doubled:
            raise KnowledgeError(self._doubled)
        return Document(self._file, value, self._lines)

    def _document(self, events: Iterator[yaml.Event]) -> Value:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                value = self._node(event, events, ())
                break
        else:
            value = ""
        if not value:
            raise self._refuse(1, "is empty. Write something into it, or delete the file.")
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._refuse(_line(event), "a second document starts here ('---'). Keep one document a file.")
        return value

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> Value:
        self._nodes += 1
        line = _line(event)
        self._lines.setdefault(path, line)
        if self._nodes > MOST_NODES:
            raise self._refuse(line, f"has more than {MOST_NODES:,} values. Split the file.")
        if len(path) > DEEPEST:
            raise self._refuse(line, _TOO_DEEP)
        self._refuse_labels(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> list[Value]:
        values: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._node(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], path: tuple[str | int, ...]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self._key(event)
            if key in values:
                first = self._lines[(*path, key)]
                self._doubled.append(
                    Problem(self._file, line, f"the key '{key}' is here already (line {first}). Keep one of them.")
                )
            self._lines.setdefault((*path, key), line)
            values[key] = self._node(next(events), events, (*path, key))
        return values

    def _key(self, event: yaml.Event) -> str:
        self._refuse_labels(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(_line(event), "begins with a bracket where a key should stand. Put the text in quotes.")
        key = self._text(event)
        if not key.strip():
            raise self._refuse(_line(event), "has nothing in front of its colon. Write a key there.")
        if key == "<<" and event.implicit[0]:
            raise self._refuse(_line(event), "uses a merge key ('<<'). Write the keys out.")
        return key

    def _text(self, event: yaml.ScalarEvent) -> str:
        text = str(event.value)
        if not self._allow_hidden and (hidden := hidden_in(text)):  # written as an escape, such as "\\u200b"
            raise self._refuse(_line(event), f"stands for {hidden} by a backslash. Remove that.")
        return text

    def _refuse_labels(self, event: yaml.Event) -> None:
        """YAML's labels, as people write them: '*', '&' and '!' at the start of a text."""
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(_line(event), "uses an alias ('*name'). Write the text out, or put it in quotes.")
        if anchor := getattr(event, "anchor", None):
            raise self._refuse(_line(event), f"uses an anchor ('&{anchor}'). Remove it, or put the text in quotes.")
        if getattr(event, "tag", None):
            raise self._refuse(_line(event), "uses a tag ('!name'). Remove it, or put the text in quotes.")

    def _refuse(self, line: int, message: str) -> KnowledgeError:
        return KnowledgeError([Problem(self._file, line, message), *self._doubled])


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


# What PyYAML and libyaml say, by a piece of it; whether the line is where the trouble began; what we say. First fit.
_PLAIN_WORDS = (
    ("nesting depth", False, _TOO_DEEP),  # libyaml's own limit, far beyond ours
    ("escape", False, "holds a backslash between double quotes. Use single quotes, or remove it."),
    ("hex", False, "holds a backslash between double quotes. Use single quotes, or remove it."),
    ("quoted scalar", True, "opens a quote that nothing closes. Close it, or look for an open one above."),
    ("flow sequence", True, "opens a '[' that nothing closes. Close it, or put the text in quotes."),
    ("flow mapping", True, "opens a '{' that nothing closes. Close it, or put the text in quotes."),
    (
        "simple key",
        True,
        "has no colon. Begin a line of a list with '- ', write 'key: text', or indent it like the text above.",
    ),
    ("mapping values", False, "has a colon too many, or is indented too far. Put a text with a colon in quotes."),
    ("an alias", False, "begins a text with '*'. Put the text in quotes."),
    ("an anchor", False, "begins a text with '&'. Put the text in quotes."),
    ("a tag", False, "uses a tag ('!name'). Remove it, or put the text in quotes."),
    ("tag handle", False, "uses a tag ('!name'). Remove it, or put the text in quotes."),
    ("next token", False, "begins a text with a sign that YAML keeps for itself. Put the text in quotes."),
    ("block scalar", False, "has text right behind '|' or '>'. Begin the text on the next line."),
    ("node content", False, "has a bracket or comma where a text should stand. Put the text in quotes."),
    ("document start", False, "stands behind '...', which ends a file. Remove that line."),
    (
        "block",
        False,
        "does not line up, or goes on behind a closing quote. Line it up, or use double quotes.",
    ),
    ("", False, "cannot be read as YAML. Look at the sign that the line begins with."),
)


def _in_plain_words(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line of a parser's error, and what a curator can do about it."""
    said = f"{error.context} {error.problem}"
    began, message = next((began, message) for piece, began, message in _PLAIN_WORDS if piece in said)
    mark = error.context_mark if began else error.problem_mark
    return (int(mark.line) + 1 if mark else 1), message
