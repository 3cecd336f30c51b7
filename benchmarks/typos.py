"""Questions mistyped as fingers do it: a letter left out, doubled by its neighbour, swapped or hit wrongly."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

SHORTEST_WORD = 4  # letters; in shorter ones a slip is rarely readable
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def mistype(questions: Iterable[str], slips: int = 1, seed: int = 1) -> list[str]:
    """Each question with so many slips, in different words where it has enough; the same for the same seed.

    A slip leaves the first letter of a word as it is. A question of short words only comes back untouched.
    """
    chance = random.Random(seed)
    return [_mistype(question, slips, chance) for question in questions]


def _mistype(question: str, slips: int, chance: random.Random) -> str:
    words = list(_WORD.finditer(question))
    chosen = sorted(chance.sample(words, min(slips, len(words))), key=lambda word: -word.start())
    for word in chosen:
        question = question[: word.start()] + _slip(word.group(), chance) + question[word.end() :]
    return question


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    kind = chance.choice(("insert", "delete", "swap", "replace"))
    if kind == "delete":
        return word[:at] + word[at + 1 :]
    if kind == "insert":
        return word[:at] + _beside(word[at], chance) + word[at:]
    if kind == "replace":
        return word[:at] + _beside(word[at], chance) + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _beside(letter: str, chance: random.Random) -> str:
    """A letter beside this one on the keyboard."""
    for row in _ROWS:
        at = row.find(letter.lower())
        if at >= 0:
            return chance.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
    return chance.choice(_ROWS[1])
