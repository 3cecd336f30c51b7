"""Which entry the letters of a text belong to."""

import math
from collections.abc import Iterator, Sequence

import pytest

from bot.core import letters
from bot.core.letters import RATE, LearnedLetters, LetterClassifier, count_runs, learn_letters

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

    monkeypatch.setattr(letters, "FEWEST_LEARNED", 8)
    assert learn_letters([ICE, HEAT]).runs

    monkeypatch.setattr(letters, "FEWEST_LEARNED", 2)
    monkeypatch.setattr(letters, "MOST_LEARNED", 4)
    assert learn_letters([ICE, HEAT]) == learn_letters([ICE[::3], HEAT[2::3]])


def test_only_the_end_of_a_long_text_is_read() -> None:
    assert "ice" not in count_runs("ice" + " heat" * 300)
    assert "ice" in count_runs("heat " * 300 + "ice")


def test_the_same_phrasings_teach_the_same() -> None:
    assert learn_letters([ICE, HEAT]) == learn_letters([ICE, HEAT])


def test_the_runs_of_a_text_are_those_of_three_to_five_characters() -> None:
    assert sorted(count_runs("Ice?")) == [" ic", " ice", " ice ", "ce ", "ice", "ice "]


def test_what_runs_say_is_added_up_by_how_telling_they_are_and_how_often_they_stand_there() -> None:
    learned = LearnedLetters({" a ": (2.0, [0], [3000]), " b ": (1.0, [0, 1], [1000, -2000])})
    shares = 2 * (1 + math.log(2)), 1.0
    length = math.hypot(*shares)
    sums = (3 * shares[0] + shares[1]) / length, -2 * shares[1] / length

    one, other = LetterClassifier(learned, 2).weigh("a a b")

    assert one - other == pytest.approx(sums[0] - sums[1])
    assert math.exp(one) + math.exp(other) == pytest.approx(1)


class TestSteps:
    """How the weights move; the texts have one run each, so that its share is 1."""

    @pytest.fixture(autouse=True)
    def one_pass(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(letters, "MOST_PASSES", 1)
        monkeypatch.setattr(letters, "LEAST_WEIGHT", 0.0)

    def test_weights_move_by_what_is_wrong_and_less_and_less(self) -> None:
        (telling, entries, weights) = learn_letters([["a"], ["a"]]).runs[" a "]

        second = RATE / 2 / (1 + math.exp(-RATE))  # the first moved them half of the rate apart from 0, either way
        assert telling == 1
        assert entries == [0, 1]
        assert weights == [round(1000 * (RATE / 2 - second)), round(-1000 * (RATE / 2 - second))]

    def test_a_probability_that_is_nearly_right_moves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(letters, "spread_out", lambda *_: iter([0]))
        kept = []
        for wrong in (0.5, 0.51):
            monkeypatch.setattr(letters, "WRONG", wrong)
            kept.append(learn_letters([["a"], ["a"]]).runs[" a "][1:])

        assert kept == [([0, 1], [500 * RATE, -500 * RATE]), ([], [])]

    def test_a_weight_of_the_least_size_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(letters, "spread_out", lambda *_: iter([0]))
        counts = []
        for least in (RATE / 2, RATE / 2 + 0.001):
            monkeypatch.setattr(letters, "LEAST_WEIGHT", least)
            counts.append(len(learn_letters([["a"], ["a"]]).runs[" a "][1]))

        assert counts == [2, 0]

    def test_a_run_that_few_use_tells_more_and_moves_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(letters, "spread_out", lambda *_: iter([0]))
        runs = learn_letters([["a b b", "a", "b b"], ["a"]]).runs
        often, seldom = runs[" a "], runs[" b "]

        assert often[0] == pytest.approx(1 + math.log(5 / 4))
        assert seldom[0] == pytest.approx(1 + math.log(5 / 3))
        expected = (1 + math.log(2)) * seldom[0] / often[0]
        assert seldom[2][0] / often[2][0] == pytest.approx(expected, rel=1e-2)

    @pytest.mark.parametrize(("steps", "most", "passes"), [(20, 10, 2), (4, 10, 1), (900, 10, 10)])
    def test_few_phrasings_are_looked_at_more_than_once(
        self, monkeypatch: pytest.MonkeyPatch, steps: int, most: int, passes: int
    ) -> None:
        asked = []

        def keep(count: int, passes: int) -> Iterator[int]:
            asked.append((count, passes))
            return iter(())

        monkeypatch.setattr(letters, "STEPS", steps)
        monkeypatch.setattr(letters, "MOST_PASSES", most)
        monkeypatch.setattr(letters, "spread_out", keep)
        learn_letters([ICE, HEAT])

        assert asked == [(8, passes)]
