"""Questions not answered as wanted."""

import pytest

from bot.core.choosing import Found, NotFound, Unsure
from bot.core.matching import Match
from bot.core.model import Check, Guard, GuardOutcome, RedFlag, Urgency
from bot.core.outcomes import Answer, Broken, Checking, Guarded
from bot.curation.labelled import Labelled
from bot.curation.misses import find_confusions, find_misses, find_reason, miss_lines, shown
from bot.curation.trials import Trial

ICE = Labelled("ice", ("ice",))
NUMB = Labelled("numb", (), flags=("saddle",), urgency=Urgency.URGENT)
WEATHER = Labelled("weather", ("refuse",), outcomes=frozenset({"unknown"}))
SIGN = RedFlag("numb-seat", "saddle", Urgency.SOON, "It can mean trouble.", ("x",))
OTHER_SIGN = RedFlag("fever", "infection", Urgency.EMERGENCY, "It can mean trouble.", ("x",))
DOSE = Guard("dose", GuardOutcome.REFERRED, "I can't.")
RANKED = (Match("heat", "x", 90.0, "phrasing"), Match("ice", "x", 70.0, "phrasing"))


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (ICE, Answer(Unsure(("ice",)), ranked=RANKED[1:]), "first, but not sure enough: score 70, lead 70"),
        (ICE, Answer(Found(RANKED[:1]), ranked=RANKED), "the right entry is 2. by 20"),
        (ICE, Answer(Found(RANKED[:1]), ranked=RANKED[:1]), "the right entry is not among the best five"),
        (ICE, Answer(Found(RANKED[:1]), ranked=RANKED[1:]), "another entry was talked about before"),
        (ICE, Answer(NotFound()), "no word is shared with any entry"),
        (ICE, Answer(NotFound(), (SIGN,)), "alarmed by the sign 'numb-seat'"),
        (Labelled("ice", ("ice",), flags=()), Answer(Found(RANKED), (SIGN,)), "alarmed by the sign 'numb-seat'"),
        (ICE, Answer(Guarded(DOSE)), "the guard 'dose' took it"),
        (ICE, Answer(Broken("KeyError")), "a stage failed with KeyError"),
        (Labelled("x", (), all_wanted=("ice", "heat")), Answer(Found(RANKED[:1])), "left out: ice"),
        (WEATHER, Answer(Found(RANKED), ranked=RANKED), "answered from a score of 90"),
        (Labelled("dose", ("refer",), outcomes=frozenset({"referred"})), Answer(NotFound()), "no guard"),
        (NUMB, Answer(NotFound()), "no sign was noticed"),
        (NUMB, Answer(Checking((SIGN,), Check(signs=("numb-seat",)))), "asked back about the sign 'numb-seat'"),
        (NUMB, Answer(NotFound(), (SIGN,)), "the level is too low"),
        (NUMB, Answer(NotFound(), (OTHER_SIGN,)), "another sign was noticed"),
    ],
)
def test_a_miss_has_a_reason(question: Labelled, answer: Answer, reason: str) -> None:
    assert find_reason(Trial(question, answer)) == reason


def test_a_miss_is_told_with_what_was_wanted_and_what_was_near(trials: tuple[Trial, ...]) -> None:
    assert list(miss_lines(trials[:3])) == [
        "offered  'ice'",
        "         wanted ice; got unsure: heat, ice (by ): the right entry is 2. by 1",
        "         near: heat 90, ice 89",
        "wrong    'ice'",
        "         wanted ice; got alarm: saddle (by ): the right entry is 4. by 3",
        "         near: yoga 90, a 89, b 88",
    ]


def test_only_what_is_not_right_is_a_miss(trials: tuple[Trial, ...]) -> None:
    assert [trial.question.text for trial in find_misses(trials)] == ["ice", "ice", "numb", "not numb"]


def test_confusions_are_counted_with_the_most_frequent_first(trials: tuple[Trial, ...]) -> None:
    assert list(find_confusions((*trials, trials[2]))) == [("ice", "yoga", 2), ("ice", "heat", 1)]


def test_a_long_question_is_shown_on_one_line_and_cut() -> None:
    assert shown(Trial(Labelled("my\n back " * 30, ("ice",)), Answer(NotFound()))) == ("my back " * 30)[:110]
