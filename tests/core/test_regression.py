"""Logistic regression over features."""

import math
from itertools import pairwise

import pytest

from bot.core import regression
from bot.core.regression import FASTEST, learn_weights, spread_out

MESSAGES = [[0, 2], [0, 2, 3], [0], [1, 2], [1, 2, 3], [1]] * 5
WANTED = [True, True, True, False, False, False] * 5
SHARES = [1 / math.sqrt(len(message)) for message in MESSAGES]


def sums(weights: list[float], offset: float) -> list[float]:
    return [
        sum(weights[number] for number in message) * share + offset
        for message, share in zip(MESSAGES, SHARES, strict=True)
    ]


def test_messages_are_told_apart_by_what_only_some_of_them_hold() -> None:
    weights, offset = learn_weights(MESSAGES, WANTED, SHARES, 4)

    assert [sum_ > 0 for sum_ in sums(weights, offset)] == WANTED
    assert weights[0] > 1 > abs(weights[2])
    assert weights[1] < -1


@pytest.mark.parametrize("wanted", [1, 5, 9])
def test_how_many_messages_are_wanted_is_no_evidence(wanted: int) -> None:
    messages: list[list[int]] = [[]] * 100
    are_wanted = ([True] * wanted + [False] * (10 - wanted)) * 10

    assert learn_weights(messages, are_wanted, [1.0] * 100, 0)[1] == pytest.approx(0, abs=0.3)


def test_the_same_messages_give_the_same_weights() -> None:
    assert learn_weights(MESSAGES, WANTED, SHARES, 4) == learn_weights(MESSAGES, WANTED, SHARES, 4)


def test_a_feature_that_no_message_holds_weighs_nothing() -> None:
    assert learn_weights(MESSAGES, WANTED, SHARES, 5)[0][4] == 0


def test_nothing_is_learned_from_nothing_and_one_message_is_enough() -> None:
    assert learn_weights([], [], [], 2) == ([0.0, 0.0], 0.0)
    assert learn_weights([[0]], [True], [1.0], 1)[0][0] > 0


def test_a_message_that_is_told_well_moves_nothing_more() -> None:
    long, longer = (learn_weights(MESSAGES * count, WANTED * count, SHARES * count, 4)[0] for count in (200, 400))

    assert longer[0] < long[0] + 0.5


def test_each_weight_moves_by_its_error_the_less_the_more_it_was_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "PASSES", 1)
    weights, offset = learn_weights([[0], [0]], [True, True], [0.25, 0.5], 1)

    # at first 0.5 is missing, and what moves a weight is divided by the root of the squares so far
    missing = 1 / (1 + math.exp(FASTEST * 0.5 + FASTEST))
    slopes = 0.5 * 0.25, missing * 0.5
    assert weights == [pytest.approx(FASTEST * (1 + slopes[1] / math.hypot(*slopes)), rel=1e-3)]
    assert offset == pytest.approx(FASTEST * (1 + missing / math.hypot(0.5, missing)) + math.log(1 / 3), rel=1e-3)


def test_a_message_that_is_told_well_is_passed_over_and_the_next_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "PASSES", 1)
    monkeypatch.setattr(regression, "RIGHT", 0.45)
    weights, _ = learn_weights([[0], [1], [2]], [True, True, False], [1.0] * 3, 3)

    assert weights[0] > 0 == weights[1] > weights[2]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 100, 997])
def test_numbers_are_spread_out_each_once_a_pass(count: int) -> None:
    order = list(spread_out(count, 2))

    assert sorted(order[:count]) == list(range(count))
    assert order[count:] == order[:count]
    if count > 3:
        assert min(abs(one - other) for one, other in pairwise(order)) >= count / 4


def test_of_nothing_there_is_no_order() -> None:
    assert list(spread_out(0, 5)) == []
