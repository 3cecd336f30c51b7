"""Which word pieces that stand together speak for a sign."""

import numpy as np
import pytest

from bot.meaning.ngrams import FEWEST, NgramWeights, find, ngrams_of


def test_pieces_pairs_and_three_in_a_row_are_ngrams() -> None:
    assert len(ngrams_of([[7]])) == 1
    assert len(ngrams_of([[7, 8]])) == 3  # two pieces, one pair
    assert len(ngrams_of([[7, 8, 9]])) == 3 + 2 + 1 + 1
    assert len(ngrams_of([[7, 8, 9, 10]])) == 4 + 3 + 2 + 1 + 2


def test_the_order_of_pieces_counts() -> None:
    assert len(np.intersect1d(ngrams_of([[1, 2, 3]]), ngrams_of([[3, 2, 1]]))) == 3  # the pieces alone


def test_whether_pieces_stand_next_to_each_other_counts_but_not_how_far_apart() -> None:
    near, far, further = (ngrams_of([[1, *[9] * between, 2]]) for between in range(3))
    (pair,) = np.setdiff1d(np.intersect1d(far, further), [*ngrams_of([[1, 9]]), *ngrams_of([[9, 2]])])

    assert pair not in near


def test_texts_are_seen_one_by_one_and_each_ngram_once() -> None:
    assert np.array_equal(ngrams_of([[7, 8], [7, 8], [9]]), np.union1d(ngrams_of([[7, 8]]), ngrams_of([[9]])))


@pytest.mark.parametrize("texts", [[], [[]]])
def test_nothing_said_has_no_ngrams(texts: list[list[int]]) -> None:
    assert ngrams_of(texts).tolist() == []


def test_unknown_ngrams_are_passed_over() -> None:
    known = np.array([10, 20, 30], np.uint32)

    assert find(known, np.array([5, 10, 25, 30, 99], np.uint32)).tolist() == [0, 2]


def test_odds_are_the_weights_over_the_root_of_their_number() -> None:
    weights = NgramWeights(np.arange(9, dtype=np.uint32), np.full(9, 2, np.float32), offset=-1)

    assert weights.odds(np.arange(9, dtype=np.uint32)) == pytest.approx(9 * 2 / 3 - 1)
    assert weights.odds(np.array([3, 100], np.uint32)) == pytest.approx(2 / FEWEST**0.5 - 1)
    assert weights.odds(np.array([], np.uint32)) == -1
