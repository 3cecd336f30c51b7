"""Figures on labelled questions."""

import pytest

from bot.core.answering import Answer, Found, NotFound, Unsure
from bot.core.matching import Match
from bot.core.model import RedFlag, Urgency
from bot.curation.evaluating import Figure, Trial, evaluation_lines, find_figures, is_held_back, miss_lines
from bot.curation.labelled import Labelled


def matches(*entry_ids: str) -> tuple[Match, ...]:
    return tuple(Match(entry_id, "x", 90.0 - at, "phrasing") for at, entry_id in enumerate(entry_ids))


def sign(urgency: Urgency) -> RedFlag:
    return RedFlag("numb", "saddle", urgency, "It can mean trouble.", ("x",))


ICE = Labelled("ice", ("ice",), style="short")
TRIALS = (
    Trial(ICE, Answer(Found(matches("ice")), ranked=matches("ice", "heat"))),
    Trial(ICE, Answer(Unsure(("heat", "ice")), ranked=matches("heat", "ice"))),
    Trial(ICE, Answer(Found(matches("yoga")), (sign(Urgency.SOON),), matches("yoga", "a", "b", "ice"))),
    Trial(Labelled("and heat?", ("heat",), context=("ice",)), Answer(Found(matches("heat")), decided_by="context")),
    Trial(Labelled("both", (), all_wanted=("ice", "heat")), Answer(Found(matches("ice", "heat")))),
    Trial(Labelled("numb", (), flags=("saddle",), urgency=Urgency.URGENT), Answer(NotFound(), (sign(Urgency.SOON),))),
    Trial(Labelled("not numb", ("ice",), flags=()), Answer(NotFound(), (sign(Urgency.EMERGENCY),))),
    Trial(Labelled("weather", ("refuse",), outcomes=frozenset({"unknown", "unsure"})), Answer(NotFound())),
)


def test_each_figure_counts_its_own_kind_of_question() -> None:
    figures = {figure.name.strip(): (figure.hits, figure.asked) for figure in find_figures(TRIALS)}

    assert figures == {
        "right entry first (top 1)": (1, 3),
        "right entry among three (top 3)": (2, 3),
        "top 1, short": (1, 3),
        "answered with the right entry": (1, 3),
        "right entry answered or offered": (2, 3),
        "answered with a wrong entry": (1, 3),
        "several topics, all answered": (1, 1),
        "follow-up, right entry first": (1, 1),
        "ordinary question alarmed": (1, 4),
        "warning sign noticed, urgent": (0, 1),
        "warning sign noticed, all": (0, 1),
        "the right sign named": (0, 1),
        "look-alike alarmed": (1, 1),
        "look-alike alarmed as emergency": (1, 1),
        "look-alike, right entry first": (0, 1),
        "out of scope: refuse": (1, 1),
        "off-topic answered with an entry": (0, 1),
    }


@pytest.mark.parametrize(
    ("hits", "asked", "interval"), [(8, 10, (0.490, 0.943)), (0, 10, (0.0, 0.278)), (10, 10, (0.722, 1.0))]
)
def test_the_interval_is_wilsons(hits: int, asked: int, interval: tuple[float, float]) -> None:
    assert Figure("x", hits, asked).interval == pytest.approx(interval, abs=0.001)


def test_a_miss_is_told_with_what_was_wanted_and_what_was_near() -> None:
    lines = list(miss_lines(TRIALS[1:3]))

    assert lines == [
        "offered  'ice'",
        "         wanted ice; got unsure: heat, ice (by )",
        "         near: heat 90, ice 89",
        "wrong    'ice'",
        "         wanted ice; got alarm: saddle (by )",
        "         near: yoga 90, a 89, b 88",
    ]


def test_about_half_of_the_questions_are_held_back_and_always_the_same() -> None:
    questions = [Labelled(f"question {number}", ("ice",)) for number in range(400)]

    assert 150 < sum(map(is_held_back, questions)) < 250
    assert is_held_back(Labelled("question 1", ("heat",))) == is_held_back(questions[1])


def test_misses_of_questions_held_back_stay_out_of_sight() -> None:
    questions = [Labelled(f"question {number}", ("ice",)) for number in range(40)]
    report = "\n".join(evaluation_lines([Trial(asked, Answer(NotFound())) for asked in questions], misses=True))

    assert all((f"'{asked.text}'" in report) != is_held_back(asked) for asked in questions)
