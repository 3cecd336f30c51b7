"""Telegram's HTML, read as Telegram reads it: visible text with entities, or a refusal in its words.

The rules are those of Telegram's own parser, and a test holds this one to it. Left out is what our bot never writes:
custom emoji, times and the language of code. Links are kept as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.core.reply import utf16_units

_ENTITY_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_MOST_REFERENCE_BYTES = 9  # without the semicolon; a longer one is plain text
_HIGHEST_CHARACTER = 0x10FFFE

# Telegram takes a NUL inside a tag for the end of the text, so one is put behind it.
_NAME = re.compile(rb"[^ \t\r\n\v\0>]*")
_SPACES = re.compile(rb"[ \t\r\n\v]*")
_ATTRIBUTE_NAME = re.compile(rb"[^ \t\r\n\v\0=>/\"']*")
_QUOTED = re.compile(rb"\"([^\"\0]*)\"?|'([^'\0]*)'?")
_TOKEN = re.compile(rb"[0-9A-Za-z.-]*")
_REFERENCE = re.compile(r"(&(?:(lt|gt|amp|quot)(?![a-zA-Z])|#([0-9]+)|#[xX]([0-9a-fA-F]+)));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_HOST = r"[^\x00-\x20\x7f\"#%/:<>?\[\\\]^`{|}]"  # a character of it; Telegram wants a dot and one more
_LINK = re.compile(
    rf"(?:tg|ton)://\S+|(?:https?://)?(?:{_HOST}+\.{_HOST}*|\.{_HOST}+)(?::\d{{1,4}})?(?:[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class MarkupError(ValueError):
    """Telegram would refuse this text; the message is what it would say."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Can't parse entities: {reason}")


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    argument: str  # the address of a link, "expandable" of a quote
    start: int  # UTF-16 units of visible text before it
    text_before: int  # the same in characters


@dataclass(slots=True)
class _Reader:
    """The text with a NUL behind it, where we are in it, and what was read so far."""

    source: bytes
    place: int = 0
    text: str = ""
    units: int = 0  # UTF-16 units of `text`
    entities: list[dict[str, Any]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        """Go over what a pattern fits; ours fit everywhere, if only nothing."""
        found = pattern.match(self.source, self.place)
        if found is None:
            raise ValueError(f"{pattern.pattern!r} fits nothing at byte {self.place}")
        self.place = found.end()
        return found

    @property
    def next(self) -> bytes:
        """The byte that comes."""
        return self.source[self.place : self.place + 1]


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The visible text of Telegram's HTML, and its entities by UTF-16 offset, outer ones first.

    >>> parse_html("<b>Ice</b> &amp; heat")
    ('Ice & heat', [{'type': 'bold', 'offset': 0, 'length': 3}])

    Raises:
        MarkupError: a tag that Telegram does not know, or one left open, crossed or unopened.
    """
    try:
        reader = _Reader(html.encode() + b"\0")
    except UnicodeEncodeError as error:
        raise MarkupError("strings must be encoded in UTF-8") from error
    last = len(reader.source) - 1
    while reader.place < last:
        bracket = reader.source.find(b"<", reader.place)
        plain = reader.source[reader.place : bracket if bracket >= 0 else last].decode()
        shown = _read_references(plain)
        reader.text += shown
        reader.units += utf16_units(shown)
        if bracket < 0:
            break
        reader.place = bracket + 1
        if reader.next == b"/":
            _read_end(reader, bracket)
        else:
            _read_start(reader, bracket)
    if reader.stack:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{reader.stack[-1].name}"')
    if _SURROGATE.search(reader.text):
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate"
            " code units"
        )
    return reader.text, sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The text without white space around it, and the entities moved and cut accordingly.

    >>> trim("  Ice ", [{"type": "bold", "offset": 1, "length": 5}])
    ('Ice', [{'type': 'bold', 'offset': 0, 'length': 3}])
    """
    stripped = text.strip()
    lead = utf16_units(text) - utf16_units(text.lstrip())
    total = utf16_units(stripped)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    return stripped, moved


def _read_start(reader: _Reader, at: int) -> None:
    name = reader.take(_NAME)[0].lower().decode()
    if reader.next == b"\0":
        raise MarkupError(f"Unclosed start tag at byte offset {at}")
    if name not in _ENTITY_TYPES:
        raise MarkupError(f'Unsupported start tag "{name}" at byte offset {at}')
    attributes = _read_attributes(reader, name, at)
    reader.place += 1
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    argument = attributes.get("href", "") if name == "a" else "expandable" * ("expandable" in attributes)
    reader.stack.append(_Open(name, argument, reader.units, len(reader.text)))


def _read_attributes(reader: _Reader, tag: str, at: int) -> dict[str, str]:
    """The attributes of a start tag, up to its closing bracket."""
    attributes = {}
    reader.take(_SPACES)
    while reader.next != b">":
        name = reader.take(_ATTRIBUTE_NAME)[0].decode()
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
        reader.take(_SPACES)
        value = ""
        if reader.next == b"=":
            reader.place += 1
            reader.take(_SPACES)
            value = _read_value(reader, tag, at)
        elif reader.next == b"\0":
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {at}')
        attributes[name] = value
        reader.take(_SPACES)
    return attributes


def _read_value(reader: _Reader, tag: str, at: int) -> str:
    if reader.next == b"\0":
        raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {at}')
    if reader.next in b"\"'":
        quoted = reader.take(_QUOTED)
        value = _read_references((quoted[1] or quoted[2] or b"").decode())
    else:
        token = reader.take(_TOKEN)
        if reader.next not in b" \t\r\n\v\0>":
            raise MarkupError(f"Unexpected end of name token at byte offset {token.start()}")
        value = token[0].lower().decode()
    if reader.next == b"\0":
        raise MarkupError(f"Unclosed start tag at byte offset {at}")
    return value


def _read_end(reader: _Reader, at: int) -> None:
    if not reader.stack:
        raise MarkupError(f"Unexpected end tag at byte offset {at}")
    reader.place += 1
    name = reader.take(_NAME)[0].lower().decode()
    reader.take(_SPACES)
    if reader.next != b">":
        raise MarkupError(f"Unclosed end tag at byte offset {at}")
    reader.place += 1
    opened = reader.stack.pop()
    if name not in {"", opened.name}:
        raise MarkupError(f'Unmatched end tag at byte offset {at}, expected "</{opened.name}>", found "</{name}>"')
    if reader.units > opened.start:
        _add_entity(reader, opened)


def _add_entity(reader: _Reader, opened: _Open) -> None:
    kind = _ENTITY_TYPES[opened.name]
    entity: dict[str, Any] = {"type": kind, "offset": opened.start, "length": reader.units - opened.start}
    if kind == "text_link":
        entity["url"] = opened.argument or reader.text[opened.text_before :]
        if not _LINK.fullmatch(entity["url"]):
            return
    if kind == "blockquote" and opened.argument:
        entity["type"] = "expandable_blockquote"
    reader.entities.append(entity)


def _read_references(text: str) -> str:
    """A text with its character references read, as far as Telegram knows them."""

    def replace(found: re.Match[str]) -> str:
        if found[2]:
            return _NAMED[found[2]]
        code = int(found[3]) if found[3] else int(found[4], 16)
        fits = len(found[1]) <= _MOST_REFERENCE_BYTES and 0 < code <= _HIGHEST_CHARACTER
        return chr(code) if fits else found[0]

    return _REFERENCE.sub(replace, text)
