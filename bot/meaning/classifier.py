"""Which entry a vector belongs to: multinomial logistic regression, learned from the phrasings' own vectors."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.meaning.sentence_model import Vectors

STRENGTH = 30.0  # of the phrasings against the pull of the weights towards 0; 20 to 50 do as well
STEPS = 250  # of accelerated gradient descent; the answers no longer change by then

FloatT = TypeVar("FloatT", np.float32, np.float64)

Weights = npt.NDArray[np.float32]  # a row for each dimension, then one for the offset; a column an entry


def learn(vectors: Vectors, entries: npt.NDArray[np.intp], count: int) -> Weights:
    """Weights that make each phrasing's own entry probable.

    Args:
        vectors: one row a phrasing.
        entries: the entry of each, from 0 to `count` - 1.

    Source: Nesterov's accelerated gradient; the step is the inverse of the loss's greatest curvature (Boehning, 1992).
    """
    middle = vectors.mean(axis=0)
    inputs = _with_offset(vectors - middle)  # far fewer steps are needed around the middle
    wanted = np.eye(count, dtype=np.float32)[entries]
    curvature = 0.5 * float(np.linalg.eigvalsh(inputs.T @ inputs)[-1]) + 1 / STRENGTH
    weights = ahead = np.zeros((inputs.shape[1], count), np.float32)
    for step in range(STEPS):
        slope = inputs.T @ (softmax(inputs @ ahead) - wanted) + ahead / np.float32(STRENGTH)
        before, weights = weights, ahead - slope / np.float32(curvature)
        ahead = weights + np.float32(step / (step + 3)) * (weights - before)
    weights[-1] -= middle @ weights[:-1]
    return weights


def probabilities(vectors: Vectors, weights: Weights) -> Vectors:
    """For each row, the probability of each entry."""
    return softmax(_with_offset(vectors) @ weights)


def _with_offset(vectors: Vectors) -> Vectors:
    return np.hstack([vectors, np.ones((len(vectors), 1), np.float32)])


def softmax(values: npt.NDArray[FloatT]) -> npt.NDArray[FloatT]:
    """Values of each row as probabilities that add up to 1."""
    powers: npt.NDArray[FloatT] = np.exp(values - values.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers
