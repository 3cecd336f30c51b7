"""What single words mean, distilled from the sentence model so that a bot without it knows words that mean the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from bot.core.text import stem
from bot.meaning.sentence_model import SentenceModel

KEPT = 64  # dimensions, those in which words differ most; 48 do half a point worse, 96 no better
LENGTH = 200  # of a vector, so that nearly every number fits into 8 bits
SHORTEST = 2  # letters


def distil(words: Iterable[str], model: SentenceModel) -> tuple[list[str], bytes]:
    """The stems of some words, and their vectors one after another, a signed byte a number; a minute for 36,000.

    The words of a stem are averaged. What all words have in common is taken away, and the rest is looked at along its
    principal components.
    """
    by_stem: dict[str, list[int]] = defaultdict(list)
    known = sorted(word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha())
    for row, word in enumerate(known):
        by_stem[stem(word)].append(row)
    vectors = model.encode(known)
    stems = sorted(by_stem)
    means = np.array([vectors[by_stem[stem_]].mean(axis=0) for stem_ in stems]) - vectors.mean(axis=0)
    _, _, components = np.linalg.svd(means, full_matrices=False)
    kept = means @ components[:KEPT].T
    kept *= LENGTH / np.linalg.norm(kept, axis=1, keepdims=True)
    return stems, np.rint(kept).clip(-127, 127).astype(np.int8).tobytes()
