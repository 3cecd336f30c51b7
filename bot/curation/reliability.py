"""Whether a score means what it says: of best matches that score 80, are eighty in a hundred right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.curation.trials import Trial

BINS = 10  # of equal width, over scores 0-100


@dataclass(frozen=True, slots=True)
class Scored:
    """A best match: its score, and whether it is right."""

    score: float  # 0-100
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Best matches of about the same score."""

    count: int
    score: float  # their mean, 0-100
    share_right: float  # 0-1


@dataclass(frozen=True, slots=True)
class Operating:
    """What happens when only the best matches from some score up are answered."""

    score: float
    coverage: float  # share of the questions that are answered
    risk: float  # share of those answered that are answered wrongly


def find_scored(trials: Sequence[Trial]) -> tuple[Scored, ...]:
    """The best match of each single question that was searched; one that nothing was found for has none."""
    return tuple(
        Scored(trial.answer.ranked[0].score, trial.answer.ranked[0].entry_id in trial.question.wanted)
        for trial in trials
        if trial.is_single and trial.answer.ranked
    )


def find_off_topic(trials: Sequence[Trial]) -> tuple[Scored, ...]:
    """The same for questions that want a refusal: no match is right."""
    return tuple(
        Scored(trial.answer.ranked[0].score, is_right=False)
        for trial in trials
        if trial.question.label == "refuse" and trial.answer.ranked
    )


def find_bins(scored: Sequence[Scored]) -> Iterator[Bin]:
    """Best matches by score, lowest first; an empty bin is left out."""
    for number in range(BINS):
        inside = [each for each in scored if min(int(each.score * BINS / 100), BINS - 1) == number]
        if inside:
            right = sum(each.is_right for each in inside)
            yield Bin(len(inside), sum(each.score for each in inside) / len(inside), right / len(inside))


def expected_error(scored: Sequence[Scored]) -> float:
    """How far scores lie from the share that is right, 0-1, bins weighted by their number of matches.

    Source: Naeini et al., Obtaining well calibrated probabilities using Bayesian binning, 2015.
    """
    return sum(b.count * abs(b.share_right - b.score / 100) for b in find_bins(scored)) / len(scored)


def find_operating_points(scored: Sequence[Scored]) -> Iterator[Operating]:
    """Coverage and risk at every score that occurs, highest first."""
    ordered = sorted(scored, key=lambda each: -each.score)
    wrong = 0
    for number, each in enumerate(ordered, start=1):
        wrong += not each.is_right
        if number == len(ordered) or ordered[number].score < each.score:
            yield Operating(each.score, number / len(ordered), wrong / number)
