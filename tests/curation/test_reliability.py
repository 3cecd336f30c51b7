"""Whether a score means what it says."""

import pytest

from bot.curation.reliability import (
    Bin,
    Operating,
    Scored,
    expected_error,
    find_bins,
    find_off_topic,
    find_operating_points,
    find_scored,
)
from bot.curation.trials import Trial

SCORED = (Scored(95, is_right=True), Scored(93, is_right=True), Scored(100, is_right=False), Scored(12, is_right=False))


def test_best_matches_of_single_questions_are_looked_at(trials: tuple[Trial, ...]) -> None:
    assert find_scored(trials) == (Scored(90, is_right=True), Scored(90, is_right=False), Scored(90, is_right=False))
    assert find_off_topic(trials) == (Scored(90, is_right=False),)


def test_a_bin_holds_matches_of_about_the_same_score() -> None:
    low, high = find_bins(SCORED)

    assert low == Bin(1, 12.0, 0.0)
    assert high == Bin(3, 96.0, 2 / 3)


def test_the_error_is_the_gap_between_score_and_share_weighted_by_count() -> None:
    assert expected_error(SCORED) == pytest.approx(0.25 * 0.12 + 0.75 * (0.96 - 2 / 3))


def test_the_lower_the_score_that_is_answered_the_more_are_covered() -> None:
    assert list(find_operating_points(SCORED)) == [
        Operating(100, 0.25, 1.0),
        Operating(95, 0.5, 0.5),
        Operating(93, 0.75, 1 / 3),
        Operating(12, 1.0, 0.5),
    ]


def test_equal_scores_are_answered_together() -> None:
    points = list(find_operating_points([Scored(80, is_right=True), Scored(80, is_right=False)]))

    assert points == [Operating(80, 1.0, 0.5)]
