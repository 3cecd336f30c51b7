"""Which entry a vector belongs to."""

import numpy as np
import pytest

from bot.meaning.classifier import STRENGTH, learn, probabilities

VECTORS = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0.9, 0.1], [0, 0, 1]], np.float32)
ENTRIES = np.array([0, 0, 1, 1, 2])


def test_each_vector_belongs_to_its_own_entry() -> None:
    found = probabilities(VECTORS, learn(VECTORS, ENTRIES, 3))

    assert found.argmax(axis=1).tolist() == ENTRIES.tolist()


def test_probabilities_add_up_to_one() -> None:
    found = probabilities(VECTORS * 0.5, learn(VECTORS, ENTRIES, 3))

    assert found.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_learning_ends_where_the_slope_is_flat() -> None:
    weights = learn(VECTORS, ENTRIES, 3)
    inputs = np.hstack([VECTORS - VECTORS.mean(axis=0), np.ones((5, 1), np.float32)])
    centred = weights.copy()
    centred[-1] += VECTORS.mean(axis=0) @ weights[:-1]
    powers = np.exp(inputs @ centred)
    slope = inputs.T @ (powers / powers.sum(axis=1, keepdims=True) - np.eye(3)[ENTRIES]) + centred / STRENGTH

    assert np.abs(slope).max() < 1e-3
