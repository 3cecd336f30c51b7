"""The text of a knowledge file: UTF-8, not endless, and nothing in it that does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.curation.problems import KnowledgeError, Problem

LARGEST_FILE = 1_000_000  # bytes

# Text that looks like nothing, or changes the order of what stands around it: Unicode's Cc, Cf, Co and Cn where they
# are in use, and letters that show as a gap. A joiner behind an emoji is part of its picture. One class stands in
# front, so that the search skips whatever is not in it: with the joiner as a second choice it takes five times as long.
_HIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufeff\uffa0\ufff0-\uffff\U0001fffe\U0001ffff\U000e0000-\U0010ffff\u200d]"
    "(?<![\u2000-\U0001ffff]\u200d)"
)
_LINE_END = re.compile(r"\r\n?|\n")


def read_text(file: Path) -> str:
    """What stands in a file.

    Raises:
        KnowledgeError: the file cannot be read, is too large, is no UTF-8, or hides something; with every line.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise KnowledgeError(
            [Problem(file, 0, f"cannot be read ({error.strerror}). Check its name and who may read it.")]
        ) from error
    if len(raw) > LARGEST_FILE:
        raise KnowledgeError([Problem(file, 0, f"is larger than {LARGEST_FILE:,} bytes. Split the file.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise KnowledgeError([Problem(file, line, "is not UTF-8 text here. Save the file as UTF-8.")]) from error
    if problems := list(_hidden_problems(file, text)):
        raise KnowledgeError(problems)
    return text


def hidden_in(text: str) -> str | None:
    r"""The first thing in a text that does not show, in a curator's words.

    >>> hidden_in("ice\u200b"), hidden_in("a\tb"), hidden_in("ice\n")
    ('the invisible character U+200B', 'a tab', None)
    """
    found = _HIDDEN.search(text)
    if found is None:
        return None
    return "a tab" if found[0] == "\t" else f"the invisible character U+{ord(found[0]):04X}"


def _hidden_problems(file: Path, text: str) -> Iterator[Problem]:
    if not _HIDDEN.search(text):
        return
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if what := hidden_in(line):
            mend = "Use spaces." if what == "a tab" else "Delete it and type the word again."
            yield Problem(file, number, f"holds {what}. {mend}")
