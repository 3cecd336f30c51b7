"""Figures on trials: shares with their intervals, and where the right entry stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.model import Urgency
from bot.curation.labelled import Verdict
from bot.curation.trials import Trial

Z = 1.96  # standard deviations of a 95 % interval
TOP = 3  # places that count as near: as many entries are offered


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of some questions."""

    name: str
    hits: int
    asked: int

    @property
    def share(self) -> float:
        """0-1."""
        return self.hits / self.asked

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the share lies with 95 % certainty, were such questions asked for ever.

        Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
        """
        middle = (self.share + Z * Z / (2 * self.asked)) / (1 + Z * Z / self.asked)
        spread = Z * math.sqrt(self.share * (1 - self.share) / self.asked + Z * Z / (4 * self.asked**2))
        spread /= 1 + Z * Z / self.asked
        return max(0.0, middle - spread), min(1.0, middle + spread)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:6.1%} of {self.asked:<4} [{low:.0%}-{high:.0%}]"


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the right entry stands among those ranked, for some questions that want one."""

    name: str
    places: tuple[int, ...]  # from 1; 0 for nowhere

    @property
    def top_1(self) -> Figure:
        """How often it stands first."""
        return Figure(self.name, sum(place == 1 for place in self.places), len(self.places))

    @property
    def top_3(self) -> Figure:
        """How often it stands among the first three."""
        return Figure(self.name, sum(1 <= place <= TOP for place in self.places), len(self.places))

    @property
    def mean_reciprocal_rank(self) -> float:
        """0-1: 1 where it always stands first, 0.5 where always second."""
        return sum(1 / place for place in self.places if place) / len(self.places)


def find_figures(trials: Sequence[Trial]) -> Iterator[Figure]:
    """The figures in the order of a report; one without a question is left out."""
    single = [t for t in trials if t.is_single]
    yield from share("answered with the right entry", single, lambda t: t.verdict is Verdict.RIGHT)
    yield from share("right entry answered or offered", single, lambda t: t.verdict in {Verdict.RIGHT, Verdict.OFFERED})
    yield from share("answered with a wrong entry", single, lambda t: t.verdict is Verdict.WRONG)
    yield from share("several topics, all answered", [t for t in trials if t.question.all_wanted], is_right)
    ordinary = [t for t in trials if t.is_ordinary]
    yield from share("follow-up, right entry first", [t for t in ordinary if t.question.context], is_first)
    yield from share("ordinary question alarmed", ordinary, lambda t: bool(t.answer.red_flags))
    yield from share("… of another sign than it asks about", ordinary, _is_alarmed_of_another)
    yield from share("ordinary question asked back", ordinary, lambda t: t.is_asked_about)
    signs = [t for t in trials if t.question.flags]
    for level in Urgency:
        at_level = [t for t in signs if t.question.urgency is level]
        yield from share(f"warning sign noticed, {level}", at_level, lambda t: t.is_noticed)
    yield from share("warning sign noticed, all", signs, lambda t: t.is_noticed)
    yield from share("warning sign noticed or asked about", signs, lambda t: t.is_noticed or t.is_asked_about)
    yield from share("the right sign named", signs, is_right)
    calm = [t for t in trials if t.question.flags == ()]
    yield from share("look-alike alarmed", calm, lambda t: bool(t.answer.red_flags))
    yield from share("look-alike alarmed as emergency", calm, lambda t: t.level is Urgency.EMERGENCY)
    yield from share("look-alike asked back", calm, lambda t: t.is_asked_about)
    yield from share("look-alike, right entry first", [t for t in calm if t.question.wanted], is_first)
    outside = [t for t in trials if t.question.outcomes]
    for wanted in sorted({t.question.label for t in outside}):
        yield from share(f"out of scope: {wanted}", [t for t in outside if t.question.label == wanted], is_right)
    others = [t for t in trials if t.question.label != "crisis"]
    yield from share("crisis reply to anything else", others, lambda t: t.answer.name == "crisis")
    refused = [t for t in outside if t.question.label == "refuse" and "answered" not in t.question.outcomes]
    yield from share("off-topic answered with an entry", refused, lambda t: bool(t.answer.entry_ids))


def find_placings(trials: Sequence[Trial]) -> Iterator[Placing]:
    """Where right entries stand: single questions as a whole and by style, then every kind, then all that want one."""
    single = [t for t in trials if t.is_single]
    yield from _placing("single questions", single)
    for style in sorted({t.question.style for t in single}):
        yield from _placing(f"  {style}", [t for t in single if t.question.style == style])
    yield from _placing("follow-ups", [t for t in trials if t.is_ordinary and t.question.context])
    yield from _placing("look-alikes of warning signs", [t for t in trials if t.question.flags == ()])
    yield from _placing("every question that wants an entry", [t for t in trials if t.wants_an_entry])


def share(name: str, trials: Sequence[Trial], is_hit: Callable[[Trial], bool]) -> Iterator[Figure]:
    """One figure, or none where there is no question."""
    if trials:
        yield Figure(name, sum(map(is_hit, trials)), len(trials))


def is_right(trial: Trial) -> bool:
    """Whether the answer is what was wanted."""
    return trial.verdict is Verdict.RIGHT


def is_first(trial: Trial) -> bool:
    """Whether the right entry stands first, answered or not."""
    return trial.place == 1


def _is_alarmed_of_another(trial: Trial) -> bool:
    return any(sign.flag not in trial.question.wanted for sign in trial.answer.red_flags)


def _placing(name: str, trials: Sequence[Trial]) -> Iterator[Placing]:
    wanting = [trial for trial in trials if trial.wants_an_entry]
    if wanting:
        yield Placing(name, tuple(trial.place for trial in wanting))
