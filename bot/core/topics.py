"""The parts of a message in which different things may be asked."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.core.text import SENTENCE_END, stem, words

MOST_PARTS = 8  # of one message
LONGEST_SPLIT = 1000  # characters; a longer message is a story, or hostile


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message, as typed."""

    text: str
    asks: bool = False  # it begins as a question does


class Splitter:
    """Splits messages into parts: "ice or heat, and can I go to work?" has three.

    Args:
        joins: words between two things asked: "and", "as well as".
        small_words: stems; a part that holds nothing else asks for nothing.
        openers: words that a question begins with: "how", "should".
    """

    def __init__(self, joins: Collection[str], small_words: Collection[str], openers: Collection[str] = ()) -> None:
        self._small_words = frozenset(small_words)
        self._joins = frozenset(word for join in joins for word in words(join))
        self._openers = frozenset(openers)
        longest_first = sorted(map(re.escape, joins), key=len, reverse=True)
        between = rf"|\s+(?:{'|'.join(longest_first)})\s+" if joins else ""
        self._end = re.compile(rf"{SENTENCE_END.pattern}|,|\s*[&+/]\s*{between}", re.IGNORECASE)

    def split(self, text: str) -> tuple[Part, ...]:
        """The parts of a text as typed, in order, at most `MOST_PARTS`; none where it is all one."""
        if len(text) > LONGEST_SPLIT:
            return ()
        parts = [Part(part.strip(), self._asks(part)) for part in self._end.split(text) if self._is_telling(part)]
        return tuple(parts[:MOST_PARTS]) if len(parts) > 1 else ()

    def _is_telling(self, part: str) -> bool:
        return any(word not in self._small_words for word in map(stem, words(part)))

    def _asks(self, part: str) -> bool:
        first = next((word for word in words(part) if word not in self._joins), "")
        return first in self._openers
