"""Telegram's HTML, read as Telegram reads it: visible text with entities, or a refusal in its words.

Rules as run against Telegram's own parser; a test holds this one to it.
"""

from __future__ import annotations

import re
import sys
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
    "tg-spoiler": "spoiler",
}
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class MarkupError(ValueError):
    """Telegram would refuse this text; the message is what it would say."""


@dataclass
class _Open:
    name: str
    attributes: str
    start: int  # UTF-16 units of visible text before it


@dataclass
class _Reader:
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The visible text of Telegram's HTML, and its entities by UTF-16 offset.

    >>> parse_html("<b>Ice</b> &amp; heat")
    ('Ice & heat', [{'type': 'bold', 'offset': 0, 'length': 3}])

    Raises:
        MarkupError: a tag that Telegram does not know, or one left open, crossed or unopened.
    """
    reader = _Reader()
    place = 0
    while place < len(html):
        bracket = html.find("<", place)
        reader.text += _read_references(html[place : bracket if bracket >= 0 else len(html)])
        if bracket < 0:
            break
        tag = _TAG.match(html, bracket)
        at = len(html[:bracket].encode("utf-8", "surrogatepass"))
        if tag is None:
            raise MarkupError(
                f'Can\'t parse entities: Unsupported start tag "{_odd_name(html[bracket + 1 :])}" at byte offset {at}'
            )
        _read_tag(reader, tag, at)
        place = tag.end()
    if reader.stack:
        raise MarkupError(
            f"Can't parse entities: Can't find end tag corresponding to start tag \"{reader.stack[-1].name}\""
        )
    return _trimmed(reader)


def _read_tag(reader: _Reader, tag: re.Match[str], at: int) -> None:
    name = tag["name"].lower()
    here = utf16_units(reader.text)
    if not tag["end"]:
        if name not in _ENTITY_TYPES or tag["attributes"].rstrip().endswith("/"):
            raise MarkupError(f'Can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')
        reader.stack.append(_Open(name, tag["attributes"], here))
        return
    if not reader.stack:
        raise MarkupError(f"Can't parse entities: Unexpected end tag at byte offset {at}")
    opened = reader.stack.pop()
    if opened.name != name:
        raise MarkupError(
            f"Can't parse entities: Unmatched end tag at byte offset {at},"
            f' expected "</{opened.name}>", found "</{name}>"'
        )
    entity = _entity(opened, here)
    if entity is not None:
        reader.entities.append(entity)


def _entity(opened: _Open, end: int) -> dict[str, Any] | None:
    if end == opened.start:
        return None
    kind = _ENTITY_TYPES[opened.name]
    entity: dict[str, Any] = {"type": kind, "offset": opened.start, "length": end - opened.start}
    if kind == "text_link":
        found = _HREF.search(opened.attributes)
        url = (found[1] or found[2] or "") if found else ""
        if not re.match(r"(https?|tg|mailto|tel):\S+$", url):
            return None
        entity["url"] = url
    if kind == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    return entity


def _read_references(text: str) -> str:
    def replace(found: re.Match[str]) -> str:
        if found[1]:
            return _NAMED[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if 0 < code <= sys.maxunicode else found[0]

    return _REFERENCE.sub(replace, text)


def _odd_name(rest: str) -> str:
    return re.split(r"[\s>/<]", rest, maxsplit=1)[0].lower()


def _trimmed(reader: _Reader) -> tuple[str, list[dict[str, Any]]]:
    """The text without white space around it, and the entities moved and cut accordingly."""
    stripped = reader.text.strip()
    lead = utf16_units(reader.text) - utf16_units(reader.text.lstrip())
    total = utf16_units(stripped)
    entities = []
    for entity in reader.entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if start < end:
            entities.append({**entity, "offset": start, "length": end - start})
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return stripped, entities
