"""Labelled questions put to the bot."""

from bot.core.answering import Assistant
from bot.core.choosing import Unsure
from bot.core.matching import Match
from bot.core.outcomes import Answer
from bot.curation.labelled import Labelled
from bot.curation.trials import Trial, is_held_back, split, try_out


def test_entries_are_ranked_as_answered_then_offered_then_running_up() -> None:
    ranked = tuple(Match(entry_id, "x", 50.0, "phrasing") for entry_id in "abcdefg")
    trial = Trial(Labelled("x", ("d",)), Answer(Unsure(("c", "a")), ranked=ranked))

    assert trial.ids == ("c", "a", "b", "d", "e")
    assert trial.place == 4


def test_a_question_is_asked_after_those_of_its_context(assistant: Assistant) -> None:
    (trial,) = try_out(assistant, [Labelled("how long?", ("ice",), context=("does ice help",))])

    assert trial.answer.decided_by == "context"
    assert trial.milliseconds > 0


def test_about_half_of_the_questions_are_held_back_and_always_the_same() -> None:
    questions = [Labelled(f"question {number}", ("ice",)) for number in range(400)]

    assert 150 < sum(map(is_held_back, questions)) < 250
    assert is_held_back(Labelled("question 1", ("heat",))) == is_held_back(questions[1])


def test_every_trial_is_held_back_or_open(trials: tuple[Trial, ...]) -> None:
    held_back, open_ = split(trials)

    assert sorted(map(id, (*held_back, *open_))) == sorted(map(id, trials))
    assert all(is_held_back(trial.question) for trial in held_back)
