"""Figures on trials."""

import pytest

from bot.core.model import Check
from bot.core.outcomes import Answer, Checking
from bot.curation.figures import Figure, Placing, find_figures, find_placings
from bot.curation.trials import Trial


def test_each_figure_counts_its_own_kind_of_question(trials: tuple[Trial, ...]) -> None:
    figures = {figure.name.strip(): (figure.hits, figure.asked) for figure in find_figures(trials)}

    assert figures == {
        "answered with the right entry": (1, 3),
        "right entry answered or offered": (2, 3),
        "answered with a wrong entry": (1, 3),
        "several topics, all answered": (1, 1),
        "follow-up, right entry first": (1, 1),
        "ordinary question alarmed": (1, 4),
        "… of another sign than it asks about": (1, 4),
        "ordinary question asked back": (0, 4),
        "warning sign noticed, urgent": (0, 1),
        "warning sign noticed, all": (0, 1),
        "warning sign noticed or asked about": (0, 1),
        "the right sign named": (0, 1),
        "look-alike alarmed": (1, 1),
        "look-alike alarmed as emergency": (1, 1),
        "look-alike asked back": (0, 1),
        "look-alike, right entry first": (0, 1),
        "out of scope: refuse": (1, 1),
        "crisis reply to anything else": (0, 8),
        "off-topic answered with an entry": (0, 1),
    }


def test_a_sign_that_is_asked_about_is_counted_apart(trials: tuple[Trial, ...]) -> None:
    sign = trials[5].answer.red_flags[0]
    asked = Trial(trials[5].question, Answer(Checking((sign,), Check(signs=(sign.id,)))))
    figures = {figure.name: figure.hits for figure in find_figures([asked])}

    assert figures["warning sign noticed, all"] == 0
    assert figures["warning sign noticed or asked about"] == 1


def test_places_are_told_by_style_and_kind_and_for_all(trials: tuple[Trial, ...]) -> None:
    assert {placing.name.strip(): placing.places for placing in find_placings(trials)} == {
        "single questions": (1, 2, 4),
        "short": (1, 2, 4),
        "follow-ups": (1,),
        "look-alikes of warning signs": (0,),
        "every question that wants an entry": (1, 2, 4, 1, 0),
    }


def test_a_placing_is_summed_up() -> None:
    placing = Placing("x", (1, 2, 4, 0))

    assert (placing.top_1.share, placing.top_3.share, placing.mean_reciprocal_rank) == (0.25, 0.5, 1.75 / 4)


@pytest.mark.parametrize(
    ("hits", "asked", "interval"), [(8, 10, (0.490, 0.943)), (0, 10, (0.0, 0.278)), (10, 10, (0.722, 1.0))]
)
def test_the_interval_is_wilsons(hits: int, asked: int, interval: tuple[float, float]) -> None:
    assert Figure("x", hits, asked).interval == pytest.approx(interval, abs=0.001)
