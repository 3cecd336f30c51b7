"""The numbers that were learned from labelled questions: what a value says about being right."""

from __future__ import annotations

import math
from dataclasses import dataclass

SUREST = 0.001  # what is left of doubt in a score that counts for others


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the views of an entry are added up, and what the sum tells about whether the entry is right.

    An entry's value is its fit, plus a share of the logarithms of its likelihoods, plus shares of what the sentence
    model says. The score is a logistic curve over the value and its lead over the next best.
    """

    value: float = 4.4
    lead: float = 0.6
    offset: float = -0.9
    nearness: float = 0.0  # share of how near the nearest phrasings are, against the fit
    probability: float = 0.0  # share of the probability by the model's vectors
    vectors: float = 0.1  # share of the log probability by the vectors of words, where there is no model
    topic_whole: float = 4.2  # of a topic of its own in a part: its value for the whole message,
    topic_part: float = 0.3  # the logit of its score for the part alone,
    topic_asks: float = 0.0  # that the part begins as a question,
    topic_share: float = 0.0  # how much of the message it is
    topic_offset: float = 0.7

    def score(self, value: float, lead: float) -> float:
        """0-100, so that of a hundred best entries with a score about so many are right.

        Args:
            lead: over the next best; below 0 for how far an entry lies behind the best.

        >>> round(Calibration(value=1, lead=1, offset=0).score(1.0, 0.5))
        82
        """
        return _percent(self.value * value + self.lead * lead + self.offset)

    def topic_score(self, whole: float, part: float, *, asks: bool, share: float) -> float:
        """0-100: how likely an entry is a topic of its own.

        Args:
            whole: its value for the whole message.
            part: its score for a part of it, 0-100.
            asks: the part begins as a question does.
            share: of the message that the part is, 0-1.
        """
        odds = self.topic_whole * whole + self.topic_part * logit(part) + self.topic_offset
        return _percent(odds + self.topic_asks * asks + self.topic_share * share)


def logit(score: float) -> float:
    """The logarithm of the odds of a score, 0-100; beyond 99.9 and below 0.1 it no longer grows.

    >>> logit(50), round(logit(100), 1)
    (0.0, 6.9)
    """
    chance = min(max(score / 100, SUREST), 1 - SUREST)
    return math.log(chance / (1 - chance))


def _percent(odds: float) -> float:
    return 100 / (1 + math.exp(-max(-500.0, odds)))


@dataclass(frozen=True, slots=True)
class Calibrations:
    """One without the sentence model, one with it.

    Those here are for any knowledge: learned on public sets of 3 to 12 phrasings an entry, eight without the model and
    four with it, the lead held at a seventh of the value, since it tells little about whether a question is off-topic.
    With many phrasings and a vocabulary the fit deserves more beside the model: such a knowledge learns its own.
    """

    without_meaning: Calibration = Calibration()
    with_meaning: Calibration = Calibration(
        1.6, 0.23, -3.9, nearness=2.5, probability=3.0, topic_whole=2.0, topic_offset=-3.7
    )
