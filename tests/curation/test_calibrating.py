"""The numbers that are learned from labelled questions."""

import pytest

from bot.core.calibration import Calibration, Calibrations
from bot.core.model import Knowledge
from bot.curation.calibrating import (
    FEWEST_QUESTIONS,
    LearnedCalibration,
    TooFewError,
    calibration_page,
    cross_validated_error,
    fit_logistic,
    learn_calibration,
)
from bot.curation.labelled import Labelled
from bot.curation.trials import is_held_back

RIGHT = [Labelled(f"how do I use ice {word}", ("ice",)) for word in "now then soon later again".split()]
OFF = [
    Labelled(f"{word} tax", ("refuse",), outcomes=frozenset({"unknown", "unsure"}))
    for word in "heat ice back cold use".split()
]


def test_a_higher_value_is_learned_to_be_right_more_often(knowledge: Knowledge) -> None:
    learned = learn_calibration(knowledge, None, RIGHT * 3 + OFF * 3)

    assert learned.calibration.value + learned.calibration.lead > 0
    assert 0 <= learned.error <= 1


def test_questions_held_back_teach_nothing(knowledge: Knowledge) -> None:
    asked = RIGHT + OFF
    open_ = [question for question in asked if not is_held_back(question)]

    assert learn_calibration(knowledge, None, asked).questions == len(open_)


@pytest.mark.parametrize("few", range(FEWEST_QUESTIONS))
def test_from_too_few_questions_nothing_is_learned(knowledge: Knowledge, few: int) -> None:
    open_ = [question for question in RIGHT * FEWEST_QUESTIONS if not is_held_back(question)]

    with pytest.raises(TooFewError, match=rf"^{few} of the labelled questions that are open to tuning come near"):
        learn_calibration(knowledge, None, open_[:few])
    assert learn_calibration(knowledge, None, open_[:FEWEST_QUESTIONS]).questions == FEWEST_QUESTIONS


def test_the_shares_of_the_model_stay_as_they_were(knowledge: Knowledge) -> None:
    learned = learn_calibration(knowledge, None, RIGHT + OFF)
    old = knowledge.calibrations.without_meaning

    assert (learned.calibration.nearness, learned.calibration.probability) == (old.nearness, old.probability)


def test_a_curve_ends_where_nothing_pulls_it() -> None:
    rows = [((value / 10,), value > 4 + value % 3) for value in range(10)] * 10
    weight, offset = fit_logistic(rows)
    pull = [0.0, 0.0]
    for (value,), is_right in rows:
        rest = is_right - Calibration(value=weight, lead=0, offset=offset).score(value, 0) / 100
        pull = [pull[0] + rest * value, pull[1] + rest]

    assert pull == pytest.approx([0.01 * weight, 0.01 * offset], abs=1e-3)


def test_scores_that_say_nothing_have_the_error_of_chance() -> None:
    assert cross_validated_error([((0.0,), at % 2 == 0) for at in range(40)]) == pytest.approx(0, abs=0.15)


def test_the_page_reads_as_what_was_learned() -> None:
    learned = LearnedCalibration(Calibrations().with_meaning, 120, 0.0214)

    lines = calibration_page(learned, learned).splitlines()

    assert "with_meaning:  # 120 questions, expected calibration error 0.021" in lines
    assert lines.count("  nearness: 2.5") == 2
