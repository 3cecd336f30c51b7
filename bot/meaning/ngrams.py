"""Whether a message tells of a warning sign, by the word pieces that stand together in it: logistic regression.

The network of `gist.py` sees what pieces mean, this which ones people use. An n-gram is a piece, two pieces that stand
close together, or three in a row.

Source: Wang and Manning, Baselines and Bigrams, 2012; a linear model beside a deep one: Cheng et al., Wide and Deep
Learning, 2016.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FURTHEST = 3  # places from one piece to another that still make a pair; how far is told from the next one only
FEWEST = 4  # n-grams that a shorter message counts as, so that a single word says half
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio, for hashes (Knuth, volume 3, 6.4)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)  # any large prime

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class NgramWeights:
    """How much each n-gram speaks for a sign."""

    known: Hashes  # in order
    weights: npt.NDArray[np.floating[Any]]  # of each
    offset: float

    def odds(self, ngrams: Hashes) -> float:
        """Log odds that a message with these n-grams tells of a sign; about -6 to 6."""
        places = find(self.known, ngrams)
        return float(self.weights[places].sum()) * share_of_each(len(places)) + self.offset


def ngrams_of(texts: Iterable[Sequence[int]]) -> Hashes:
    """The n-grams of the word pieces of some texts together, each once, in order."""
    runs = [run for pieces in texts for run in _runs(np.array(pieces, np.uint64) + np.uint64(1))]
    mixed = np.concatenate(runs) if runs else np.zeros(0, np.uint64)
    return np.unique(((mixed ^ (mixed >> np.uint64(29))) * _MIX >> np.uint64(32)).astype(np.uint32))


def find(known: Hashes, ngrams: Hashes) -> npt.NDArray[np.intp]:
    """The places of those n-grams that are known."""
    places = np.searchsorted(known, ngrams)
    inside = places < len(known)
    places, ngrams = places[inside], ngrams[inside]
    found: npt.NDArray[np.intp] = places[known[places] == ngrams]
    return found


def share_of_each(count: int) -> float:
    """How much each of some n-grams counts, since those of one message repeat each other."""
    return 1 / math.sqrt(max(count, FEWEST))


def _runs(pieces: npt.NDArray[np.uint64]) -> Sequence[npt.NDArray[np.uint64]]:
    """A number for each n-gram of one text."""
    pairs = [
        (pieces[:-apart] * _ODD + pieces[apart:]) * _ODD + np.uint64(min(apart, 2)) for apart in range(1, FURTHEST + 1)
    ]
    in_a_row = ((pieces[:-2] * _ODD + pieces[1:-1]) * _ODD + pieces[2:]) * _ODD
    return pieces * _ODD, *pairs, in_a_row
