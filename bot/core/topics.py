"""The parts of a message in which different things may be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.denial import find_denials
from bot.core.model import Grammar
from bot.core.text import SENTENCE_END, stem, words

MOST_PARTS = 8  # of one message
LONGEST_SPLIT = 1000  # characters; a longer message is a story, or hostile


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message, and what makes it likelier that something of its own is asked in it."""

    text: str  # as typed
    asks: bool = False  # begins as a question does
    share: float = 1.0  # of the characters of the message, 0-1


class Splitter:
    """Splits messages into parts: "ice or heat, and can I go to work?" has three.

    Args:
        grammar: its joins stand between two things asked: "and", "as well as". A part of nothing but small words asks
            for nothing, nor does one that only denies: "no numbness".
    """

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        longest_first = sorted(map(re.escape, grammar.joins), key=len, reverse=True)
        between = rf"|\s+(?:{'|'.join(longest_first)})\s+" if grammar.joins else ""
        self._end = re.compile(rf"{SENTENCE_END.pattern}|,|\s*[&+/]\s*{between}", re.IGNORECASE)

    def split(self, text: str) -> tuple[Part, ...]:
        """The last `MOST_PARTS` parts of a text; none where it is all one."""
        if len(text) > LONGEST_SPLIT:
            return ()
        parts = [part.strip() for part in self._end.split(text) if self._is_telling(part)]
        kept = parts[-MOST_PARTS:]
        openers = self._grammar.question_openers
        found = tuple(Part(part, words(part)[0] in openers, len(part) / len(text)) for part in kept)
        return found if len(found) > 1 else ()

    def _is_telling(self, part: str) -> bool:
        said = [stem(word) for word in words(part)]
        denied = find_denials(said, self._grammar)
        opens_denied = denied[:1] != [None]
        return any(
            word not in self._grammar.small_words and not (opens_denied and by is not None)
            for word, by in zip(said, denied, strict=True)
        )
