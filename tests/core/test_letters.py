"""Which entry the letters of a text belong to."""

import math
from collections.abc import Sequence

import pytest

from bot.core import letters
from bot.core.letters import LearnedLetters, LetterClassifier, count_runs, learn_letters

ICE = ["should I use ice", "ice pack for my back", "frozen peas", "cold pack"]
HEAT = ["should I use heat", "hot water bottle for my back", "warm bath", "heating pad"]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "FEWEST_LEARNED", 2)


def classifier(*groups: Sequence[str]) -> LetterClassifier:
    return LetterClassifier(learn_letters(groups), len(groups))


def chances(of: LetterClassifier, text: str) -> list[float]:
    return [math.exp(log) for log in of.weigh(text)]


@pytest.mark.parametrize(
    ("text", "entry"), [("an ice bag", 0), ("shuld i use icee", 0), ("heatpad", 1), ("HOT  WATER!", 1)]
)
def test_the_entry_that_writes_so_is_likeliest(text: str, entry: int) -> None:
    assert chances(classifier(ICE, HEAT), text)[entry] > 0.5


def test_probabilities_add_up_to_one_and_are_even_where_nothing_is_known() -> None:
    both = classifier(ICE, HEAT)

    assert sum(chances(both, "ice or heat")) == pytest.approx(1)
    assert chances(both, "zzz") == chances(both, "") == [0.5, 0.5]


def test_what_all_use_tells_nothing() -> None:
    assert chances(classifier(ICE, HEAT), "my back")[0] == pytest.approx(0.5, abs=0.1)


def test_what_stands_between_words_tells_too() -> None:
    asks = classifier(["do I need it", "do I want it"] * 3, ["I do need it", "I do want it"] * 3)

    assert chances(asks, "do I")[0] > 0.6
    assert chances(asks, "I do")[0] < 0.4


def test_how_often_a_run_stands_there_counts_less_than_that_it_does() -> None:
    assert count_runs("ice ice")["ice"] == 2
    both = classifier(ICE, HEAT)

    assert chances(both, "ice heat ice")[0] > chances(both, "ice heat")[0] > chances(both, "ice heat heat heat")[0]


def test_a_run_of_one_phrasing_is_passed_over() -> None:
    runs = learn_letters([ICE, HEAT]).runs

    assert "ice" in runs
    assert "fro" not in runs


def test_small_weights_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = learn_letters([ICE, HEAT]).runs.values()
    monkeypatch.setattr(letters, "LEAST_WEIGHT", 0.0)
    whole = learn_letters([ICE, HEAT]).runs.values()

    assert all(abs(weight) >= 400 for _, _, weights in kept for weight in weights)
    assert 0 < sum(len(weights) for _, _, weights in kept) < sum(len(weights) for _, _, weights in whole)


def test_of_few_phrasings_nothing_is_learned_and_of_many_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "FEWEST_LEARNED", 9)
    assert learn_letters([ICE, HEAT]) == LearnedLetters({})

    monkeypatch.setattr(letters, "FEWEST_LEARNED", 2)
    monkeypatch.setattr(letters, "MOST_LEARNED", 4)
    assert learn_letters([ICE, HEAT]) == learn_letters([ICE[::3], HEAT[2::3]])


def test_only_the_end_of_a_long_text_is_read() -> None:
    assert "ice" not in count_runs("ice" + " heat" * 300)
    assert "ice" in count_runs("heat " * 300 + "ice")


def test_the_same_phrasings_teach_the_same() -> None:
    assert learn_letters([ICE, HEAT]) == learn_letters([ICE, HEAT])
