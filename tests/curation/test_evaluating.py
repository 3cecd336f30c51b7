"""The report on labelled questions for the terminal."""

from bot.core.choosing import NotFound
from bot.core.outcomes import Answer
from bot.curation.evaluating import evaluation_lines
from bot.curation.labelled import Labelled
from bot.curation.trials import Trial, is_held_back


def test_misses_of_questions_held_back_stay_out_of_sight() -> None:
    questions = [Labelled(f"question {number}", ("ice",)) for number in range(40)]
    report = "\n".join(evaluation_lines([Trial(asked, Answer(NotFound())) for asked in questions], misses=True))

    assert all((f"'{asked.text}'" in report) != is_held_back(asked) for asked in questions)


def test_both_halves_stand_side_by_side(trials: tuple[Trial, ...]) -> None:
    texts = [f"question {number}" for number in range(40)]
    lines = list(evaluation_lines([Trial(Labelled(t, ("ice",)), trials[0].answer) for t in texts], misses=False))
    held_back = sum(is_held_back(Labelled(text, ("ice",))) for text in texts)

    (first,) = [line for line in lines if line.startswith("single questions")]
    assert first.split().count("1.000") == 2
    assert f"100.0% of {held_back}" in first
    assert f"100.0% of {40 - held_back}" in first
    assert "0.100" in lines[-1]
