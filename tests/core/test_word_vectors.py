"""Which entry the words of a text mean."""

import math
from collections.abc import Iterator, Sequence

import pytest

from bot.core import word_vectors
from bot.core.vocabulary import Token, Vocabulary
from bot.core.word_vectors import LearnedVectors, Means, VectorClassifier, WordVectors, learn_vectors

# Cold things lie one way, warm ones the other; a road lies in neither.
WORDS = WordVectors(
    ("cold", "frost", "freezer", "hot", "warm", "oven", "road"),
    bytes(number % 256 for number in (100, 0, 90, 10, 95, 5, -100, 0, -90, 10, -95, 5, 0, 100)),
)
COLD, HOT = ["cold pack", "cold", "so cold a pack"], ["hot pack", "hot", "so hot a pack"]
VOCABULARY = Vocabulary({"frozen peas": "cold"}, [*COLD, *HOT])
SMALL = frozenset({"so", "a"})


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_vectors, "FEWEST_LEARNED", 2)


def learn(*groups: Sequence[str], small_words: frozenset[str] = SMALL) -> LearnedVectors:
    return learn_vectors(groups, WORDS, VOCABULARY, small_words)


def chances(text: str, *groups: Sequence[str]) -> list[float]:
    classifier = VectorClassifier(learn(*(groups or (COLD, HOT))), WORDS)
    tokens = [token for sentence in VOCABULARY.read(text) for token in sentence]
    return [math.exp(log) for log in classifier.weigh(tokens)]


@pytest.mark.parametrize(("text", "entry"), [("frost", 0), ("out of the freezer", 0), ("warm?", 1), ("an OVEN", 1)])
def test_a_word_that_no_phrasing_uses_speaks_for_those_that_mean_the_same(text: str, entry: int) -> None:
    assert chances(text)[entry] > 0.8


def test_probabilities_add_up_to_one_and_what_lies_between_speaks_for_neither() -> None:
    assert sum(chances("warm road")) == pytest.approx(1)
    assert chances("road") == pytest.approx([0.5, 0.5], abs=0.1)


@pytest.mark.parametrize("text", ["", "gibberish", ", ,"])
def test_a_text_without_a_vector_says_nothing(text: str) -> None:
    assert chances(text) == []


def test_the_mean_has_the_length_1_and_leans_to_what_weighs_more() -> None:
    means = Means(WORDS)

    assert means.mean({"cold": 0.2}) == pytest.approx([1, 0])
    assert means.mean({"cold": 3.0, "road": 4.0}) == pytest.approx([0.6, 0.8])
    assert means.mean({"unheard": 1.0}) is None
    assert means.mean({"cold": 0.0}) is None


def test_a_word_is_found_without_its_ending() -> None:
    assert Means(WORDS).mean({"roads": 1.0}) == Means(WORDS).mean({"road": 1.0})


def test_a_word_that_has_a_vector_of_its_own_is_found_with_its_ending() -> None:
    both = WordVectors(("leg", "legs"), bytes((100, 0, 0, 100)))

    assert Means(both).mean({"legs": 1.0}) == [0, 1]


def test_what_is_added_for_an_entry_counts() -> None:
    classifier = VectorClassifier(LearnedVectors({}, [[0.0, 0.0, 1.5], [0.0, 0.0, 0.5]]), WORDS)

    one, other = classifier.weigh([Token("cold", 0, stems=("cold",))])

    assert one - other == pytest.approx(1)


def test_phrasings_are_read_as_they_stand() -> None:
    telling = learn_vectors([["cold, colld"], ["hot"]], WORDS, Vocabulary({}, ["cold"]), SMALL).telling

    assert telling.keys() == {"cold", "colld", "hot"}


def test_the_words_that_a_field_word_was_read_from_count() -> None:
    learned = LearnedVectors({}, [[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]])
    classifier = VectorClassifier(learned, WORDS)

    one, other = classifier.weigh([Token("any", 0, stems=("cold", "road"))])

    assert one - other == pytest.approx(math.sqrt(2))


def test_what_was_read_with_doubt_counts_less() -> None:
    classifier = VectorClassifier(LearnedVectors({}, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), WORDS)
    cold, road = Token("cold", 0, certainty=0.5, stems=("cold",)), Token("road", 1, stems=("road",))

    one, other = classifier.weigh([cold, road])

    assert one - other == pytest.approx((0.25 - 1) / math.hypot(0.25, 1))


def test_how_telling_a_word_is_comes_from_how_many_entries_use_it() -> None:
    telling = learn(COLD, HOT).telling

    assert telling["cold"] == telling["hot"] == pytest.approx(math.log1p(2 / 1.5))
    assert telling["pack"] == pytest.approx(math.log1p(2 / 2.5))
    assert telling["so"] == pytest.approx(0.35 * math.log1p(2 / 2.5))


def test_a_word_that_no_phrasing_uses_tells_most() -> None:
    classifier = VectorClassifier(LearnedVectors({"road": 1.0}, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), WORDS)
    unused = math.log1p(2 / 0.5)

    one, other = classifier.weigh([Token("cold", 0, stems=("cold",)), Token("road", 1, stems=("road",))])

    assert one - other == pytest.approx((unused - 1) / math.hypot(unused, 1))


def test_only_the_end_of_a_long_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_vectors, "LONGEST_READ", 2)

    assert chances("hot cold cold") == chances("cold")


def test_of_few_phrasings_and_without_vectors_nothing_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    assert learn_vectors([COLD, HOT], WordVectors(), VOCABULARY, SMALL) == LearnedVectors({}, ())

    monkeypatch.setattr(word_vectors, "FEWEST_LEARNED", 7)
    assert learn(COLD, HOT) == LearnedVectors({}, ())

    monkeypatch.setattr(word_vectors, "FEWEST_LEARNED", 6)
    assert learn(COLD, HOT).weights


def test_of_many_phrasings_a_part_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_vectors, "MOST_LEARNED", 4)

    assert learn(COLD, HOT) == learn(COLD[::2], HOT[1::2])


@pytest.mark.parametrize(("steps", "most", "passes"), [(13, 10, 2), (4, 10, 1), (900, 10, 10)])
def test_few_phrasings_are_looked_at_more_than_once(
    monkeypatch: pytest.MonkeyPatch, steps: int, most: int, passes: int
) -> None:
    asked = []

    def keep(count: int, passes: int) -> Iterator[int]:
        asked.append((count, passes))
        return iter(())

    monkeypatch.setattr(word_vectors, "STEPS", steps)
    monkeypatch.setattr(word_vectors, "MOST_PASSES", most)
    monkeypatch.setattr(word_vectors, "spread_out", keep)
    learn(COLD, HOT)

    assert asked == [(6, passes)]


class TestSteps:
    """How the weights move; each text is one word, so that its mean is the vector of it."""

    @pytest.fixture(autouse=True)
    def one_pass(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_vectors, "MOST_PASSES", 1)

    def test_weights_and_what_is_added_move_by_what_is_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_vectors, "spread_out", lambda *_: iter([0]))

        half = word_vectors.RATE / 2
        assert learn(["cold"], ["hot"]).weights == [[half, 0, half], [-half, 0, -half]]

    def test_they_move_less_and_less(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_vectors, "spread_out", lambda *_: iter([0, 0]))
        monkeypatch.setattr(word_vectors, "RATE", 0.4)

        second = 0.2 / (1 + math.exp(0.8))  # half the rate; the first step set the sums of the two 0.8 apart
        assert learn(["cold"], ["hot"]).weights[0][0] == round(0.2 + second, 3)

    def test_a_probability_that_is_nearly_right_moves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_vectors, "spread_out", lambda *_: iter([0]))
        moved = []
        for wrong in (0.5, 0.51):
            monkeypatch.setattr(word_vectors, "WRONG", wrong)
            moved.append(any(map(any, learn(["cold"], ["hot"]).weights)))

        assert moved == [True, False]

    def test_weights_are_kept_in_thousandths(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_vectors, "spread_out", lambda *_: iter([0]))
        monkeypatch.setattr(word_vectors, "RATE", 1 / 3)

        assert learn(["cold"], ["hot"]).weights[0] == [0.167, 0, 0.167]
