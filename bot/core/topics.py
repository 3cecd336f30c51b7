"""The parts of a message in which different things may be asked."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.core.text import SENTENCE_END, stem, words

MOST_PARTS = 8  # of one message
LONGEST_SPLIT = 1000  # characters; a longer message is a story, or hostile


class Splitter:
    """Splits messages into parts: "ice or heat, and can I go to work?" has three.

    Args:
        joins: words between two things asked: "and", "as well as".
        small_words: stems; a part that holds nothing else asks for nothing.
    """

    def __init__(self, joins: Collection[str], small_words: Collection[str]) -> None:
        self._small_words = frozenset(small_words)
        longest_first = sorted(map(re.escape, joins), key=len, reverse=True)
        between = rf"|\s+(?:{'|'.join(longest_first)})\s+" if joins else ""
        self._end = re.compile(rf"{SENTENCE_END.pattern}|,|\s*[&+/]\s*{between}", re.IGNORECASE)

    def split(self, text: str) -> tuple[str, ...]:
        """The last `MOST_PARTS` parts of a text as typed; none where it is all one. People end with their question."""
        if len(text) > LONGEST_SPLIT:
            return ()
        parts = [part.strip() for part in self._end.split(text) if self._is_telling(part)]
        return tuple(parts[-MOST_PARTS:]) if len(parts) > 1 else ()

    def _is_telling(self, part: str) -> bool:
        return any(word not in self._small_words for word in map(stem, words(part)))
