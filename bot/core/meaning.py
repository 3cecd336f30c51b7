"""What a sentence model makes of a message: of the whole, and of its sentences one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from bot.core.text import sentence_texts

PART_PROBABILITY = 0.8  # what the model says of one sentence, against what it says of the whole message
MOST_PARTS = 8  # sentences that the model looks at one by one; people end with their question
LONGEST_PART = 200  # characters of one of them
LONGEST_PARTS = 500  # characters of all of them; one person in a thousand writes more


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence model makes of one entry for one text."""

    nearness: float  # about 0-1: cosine to the nearest phrasings
    probability: float  # 0-1; those of all entries add up to 1
    phrasing: int  # the nearest, by its place among the entry's


class Meaning(Protocol):
    """A sentence model that knows the phrasings. It only ever weighs the entries it was made with."""

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        """For each text, for each entry in the order of the knowledge."""


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
