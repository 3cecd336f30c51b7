"""What a sentence model makes of a message: of the whole, and of its sentences one by one."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from bot.core.text import sentence_texts

PART_PROBABILITY = 0.8  # what the model says of one sentence, against what it says of the whole message
MOST_PARTS = 8  # sentences that the model looks at one by one; people end with their question
LONGEST_PART = 200  # characters of one of them
LEAST_SHARE = 1e-4  # of a kind; less is as good as nothing
LONGEST_PARTS = 500  # characters of all of them; one person in a thousand writes more


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence model makes of one entry for one text."""

    nearness: float  # to the nearest phrasings: about 0 for what has nothing to do with them, 1 for the same
    probability: float  # 0-1; those of all entries add up to 1
    phrasing: int  # the nearest, by its place among the entry's


@dataclass(frozen=True, slots=True)
class Gist:
    """What kind of message a sentence model takes a text for."""

    shares: Mapping[str, float]  # kind -> its probability, 0-1; those of all kinds add up to 1
    sign_odds: float = 0.0  # log odds of a warning sign by its n-grams alone, about -6 to 6; 0 is even

    def odds(self, kinds: str | tuple[str, ...]) -> float:
        """Log odds of the kinds whose names begin so, or so, against all others: -9 to 9, 0 is even."""
        share = sum(share for kind, share in self.shares.items() if kind.startswith(kinds))
        return math.log((share + LEAST_SHARE) / (1 - min(share, 1) + LEAST_SHARE))


class Meaning(Protocol):
    """A sentence model that knows the phrasings. It only ever weighs the entries it was made with."""

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        """For each text, for each entry in the order of the knowledge."""

    def gist(self, text: str) -> Gist | None:
        """What kind of message a text is; None where no word is said, or the model has not learned to tell."""


def listen(meaning: Meaning | None, *texts: str) -> dict[str, Sequence[Meant]]:
    """What the model says of texts and of their sentences, all asked at once; nothing without a model."""
    if meaning is None:
        return {}
    asked = list(dict.fromkeys(piece for text in texts for piece in (text, *_sentences(text))))
    return dict(zip(asked, meaning.weigh(asked), strict=True))


def weigh_whole(text: str, said: Mapping[str, Sequence[Meant]]) -> Sequence[Meant]:
    """What the model says of each entry for a text as a whole; a sentence of it may make an entry likelier."""
    whole = said.get(text, ())
    parts = [said[sentence] for sentence in _sentences(text)] if whole else []
    if not parts:
        return whole
    likeliest = [PART_PROBABILITY * max(part[entry].probability for part in parts) for entry in range(len(whole))]
    return [replace(view, probability=max(view.probability, part)) for view, part in zip(whole, likeliest, strict=True)]


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a message of several."""
    sentences = sentence_texts(text)
    if len(sentences) <= 1:
        return ()
    last = [sentence[:LONGEST_PART] for sentence in sentences[-MOST_PARTS:]]
    lengths = list(accumulate(map(len, reversed(last))))
    return tuple(last[-bisect_right(lengths, LONGEST_PARTS) :])
