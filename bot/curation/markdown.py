"""Pieces of a page in Markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_MARKUP = re.compile(r"([\\|*_`\[])")


def section(title: str, text: str = "") -> Iterator[str]:
    """A heading, and what is said under it."""
    yield f"\n## {title}\n"
    if text:
        yield f"{text}\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table with an empty line above it; nothing where there are no rows."""
    lines = ["| " + " | ".join(cell(str(each)) for each in row) + " |" for row in (head, *rows)]
    if len(lines) > 1:
        yield from ("", lines[0], "|" + "---|" * len(head), *lines[1:], "")


def cell(text: str) -> str:
    r"""Text on one line that neither breaks out of its cell nor becomes markup.

    >>> print(cell("a|b <i>\n *c*"))
    a\|b &lt;i> \*c\*
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()).replace("<", "&lt;"))


def picture(file: str, title: str) -> Iterator[str]:
    """A picture on a line of its own."""
    yield f"\n![{title}]({file})\n"
