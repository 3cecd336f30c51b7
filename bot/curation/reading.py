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

from bot.curation.problems import KnowledgeError, Problem

LARGEST_FILE = 2_000_000  # bytes
DEEPEST = 12  # levels of lists and mappings inside each other
MOST_NODES = 200_000

# Text that looks like nothing, or changes the order of what stands around it (Unicode categories Cf and Cc in use).
_HIDDEN = {
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x061C, *range(0x200B, 0x2010),
    *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
}  # fmt: skip
_EMOJI_JOINER = "\u200d"
_FIRST_SYMBOL = "\u2000"  # letters stand below, emoji above

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


def read_yaml(file: Path, shown_as: Path | None = None) -> Document:
    """A YAML file as text, lists and mappings.

    Raises:
        KnowledgeError: the file cannot be read, is no YAML, or holds what we refuse; with the line.
    """
    return _Reader(shown_as or file).read(_decode(file, shown_as or file))


def _decode(file: Path, shown_as: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise KnowledgeError(
            [Problem(shown_as, 0, f"cannot be read ({error.strerror}). Check name and rights.")]
        ) from error
    if len(raw) > LARGEST_FILE:
        raise KnowledgeError(
            [Problem(shown_as, 0, f"has {len(raw):,} bytes; {LARGEST_FILE:,} are the most. Split the file.")]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise KnowledgeError([Problem(shown_as, line, "is not UTF-8 text here. Save the file as UTF-8.")]) from error
    hidden = [
        Problem(
            shown_as, number, f"holds the invisible character U+{ord(char):04X}. Delete it and type the word again."
        )
        for number, line in enumerate(text.split("\n"), start=1)
        for place, char in enumerate(line.rstrip("\r"))
        if ord(char) in _HIDDEN and not (char == _EMOJI_JOINER and place and line[place - 1] > _FIRST_SYMBOL)
    ]
    if hidden:
        raise KnowledgeError(hidden)
    return text


class _Reader:
    """Turns the parser's events into a document, refusing as it goes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: dict[tuple[str | int, ...], int] = {}
        self._doubled: list[Problem] = []
        self._nodes = 0

    def read(self, text: str) -> Document:
        loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
        events = iter(yaml.parse(text, Loader=loader))
        try:
            value = self._document(events)
        except yaml.MarkedYAMLError as error:
            raise self._refuse(
                _line_of_error(error),
                f"cannot be read as YAML: {error.problem or error.context}. "
                "Look at the indentation, quotes and colons here and on the line above.",
            ) from error
        except yaml.YAMLError as error:
            raise self._refuse(1, "cannot be read as YAML. Look for odd characters.") from error
        if self._doubled:
            raise KnowledgeError(self._doubled)
        return Document(self._file, value, self._lines)

    def _document(self, events: Iterator[yaml.Event]) -> Value:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                value = self._node(event, events, ())
                break
        else:
            raise self._refuse(1, "is empty. Write the entries, or delete the file.")
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
            raise self._refuse(line, f"is nested more than {DEEPEST} levels deep. Check the indentation.")
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(line, "uses an alias ('*name'). Write the text out, or put it in quotes.")
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise self._refuse(line, f"uses an anchor ('&{event.anchor}'). Remove it, or put the text in quotes.")
        if getattr(event, "tag", None) not in {None, "!"}:
            raise self._refuse(line, "uses a tag ('!name'). Remove it, or put the text in quotes.")
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
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
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(line, "a list or mapping stands where a key should be. Put the text in quotes.")
            key = str(event.value)
            if key in values:
                first = self._lines[(*path, key)]
                self._doubled.append(
                    Problem(self._file, line, f"the key '{key}' is here already (line {first}). Keep one of them.")
                )
            self._lines.setdefault((*path, key), line)
            values[key] = self._node(next(events), events, (*path, key))
        return values

    def _refuse(self, line: int, message: str) -> KnowledgeError:
        return KnowledgeError([Problem(self._file, line, message), *self._doubled])


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _line_of_error(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return int(mark.line) + 1 if mark else 1
