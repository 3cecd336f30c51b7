"""What the words of a message speak for, by messages that people wrote."""

import math

import pytest

from bot.core.second_look import MOST, LearnedWords, Reader, SecondLook
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR

BLADDER = ["bladder leaks", "bladder will never empty", "bladder leaks when coughing"] * 4
SADDLE = ["seat gone woolly", "seat asleep and woolly"] * 4
ORDINARY = ["which stretch when coughing", "is heat good", "stretch or heat", "sit on a good seat"] * 5
KINDS = {"bladder": BLADDER, "saddle": SADDLE, "other": ORDINARY}
VOCABULARY = Vocabulary({}, [*ORDINARY, *BLADDER, *SADDLE])
READER = Reader(VOCABULARY, GRAMMAR)


def weighed(text: str, **kinds: list[str]) -> dict[str, float]:
    """What a text speaks for of some kinds; "other" is none to speak for."""
    learned = READER.learn(kinds or KINDS, lambda kind: (kind,) if kind != "other" else ())
    return SecondLook(learned, READER).weigh(VOCABULARY.read(text))


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("seat, the bladder", ["seat", "the", "bladder", "seat the", "the bladder", "bladder…seat"]),
        ("bladder seat", ["bladder", "seat", "bladder seat", "bladder…seat"]),
    ],
)
def test_words_neighbours_and_telling_words_in_either_order_are_features(text: str, features: list[str]) -> None:
    (sentence,) = VOCABULARY.read(text)

    assert READER.features(sentence) == features


def test_telling_words_make_a_pair_up_to_the_fourth_from_one_another() -> None:
    (sentence,) = VOCABULARY.read("bladder heat coughing stretch seat good")
    features = READER.features(sentence)

    assert "bladder…seat" in features
    assert "bladder…good" not in features


def test_the_spelling_of_messages_is_not_mended_where_they_are_learned() -> None:
    assert READER.learn({"typo": ["bladdr"] * 2}).odds.keys() == {"bladdr"}


@pytest.mark.parametrize(
    ("text", "group", "other"),
    [("my bladder, empty, leaks", "bladder", "saddle"), ("woolly and asleep, that seat", "saddle", "bladder")],
)
def test_a_message_speaks_most_for_those_whose_words_it_uses(text: str, group: str, other: str) -> None:
    weights = weighed(text)

    assert weights[group] > 1 > weights[other]


def test_words_of_others_speak_against_every_group() -> None:
    assert all(weight < 0 for weight in weighed("is heat good, or which stretch").values())


def test_words_that_nobody_used_or_only_one_say_nothing() -> None:
    assert weighed("xyz") == {}
    assert weighed("seat", saddle=["seat"], other=["heat"] * 2) == {}
    assert weighed("xyz bladder leaks") == weighed("bladder leaks")


def test_one_telling_sentence_is_half_of_the_weight_of_a_long_story() -> None:
    story = "is heat good. which stretch when coughing. stretch or heat. "
    before, after, alone = (weighed(text)["bladder"] for text in (story, story + "leaks", "leaks"))

    assert before < after < alone
    assert after - before > alone / 2


def test_a_word_counts_once_in_the_whole_message_and_in_each_of_its_sentences() -> None:
    once, first, last, alone = (
        weighed(text)["bladder"] for text in ("leaks. heat", "leaks. heat, leaks", "heat, leaks. leaks", "leaks. leaks")
    )

    assert once == first == last < alone


def test_a_word_weighs_how_much_oftener_a_group_uses_it_than_others_do() -> None:
    found = weighed("bladder", bladder=["bladder"] * 2, other=["heat"] * 2)

    # one more message, shared by four; a single word says half
    assert found == {"bladder": pytest.approx(math.log((1 + 1 / 4) / (0 + 1 / 4)) / 2, abs=1e-3)}


def test_no_feature_decides_alone() -> None:
    assert weighed("bladder", bladder=["bladder"] * 10_000, other=ORDINARY) == {"bladder": MOST / 2}


def test_words_that_stand_close_together_tell_more_than_each_alone() -> None:
    kinds = {"bladder": ["bladder suddenly leaks"] * 5, "other": ["bladder fine", "leaks on the roof"] * 5}
    near, alone = (weighed(text, **kinds)["bladder"] for text in ("leaks, my bladder", "leaks"))

    assert near > alone


def test_kinds_are_put_together_in_groups_and_one_may_be_in_several() -> None:
    kinds = {"asleep": ["seat asleep"] * 3, "woolly": ["seat woolly"] * 3, "other": ["heat"] * 6}
    groups = {"asleep": ("any", "asleep"), "woolly": ("any",)}
    learned = READER.learn(kinds, lambda kind: groups.get(kind, ()))
    weights = SecondLook(learned, READER).weigh(VOCABULARY.read("woolly"))

    assert weights.keys() == {"any", "asleep"}
    assert weights["any"] > 0 > weights["asleep"]


def test_a_group_of_all_messages_is_told_from_none() -> None:
    assert weighed("bladder leaks", one=BLADDER)["one"] < 0


def test_a_group_is_told_apart_by_regression_too() -> None:
    kinds = {"bladder": BLADDER, "other": ORDINARY}
    look = SecondLook(READER.learn(kinds, lambda kind: (kind,) if kind != "other" else (), {"bladder"}), READER)

    leaks, heat = (look.weigh(VOCABULARY.read(text))["bladder"] for text in ("bladder leaks", "is heat good"))

    assert leaks > 1
    assert heat < -1
    assert look.weigh(VOCABULARY.read("xyz")) == {}


def test_an_offset_is_added_to_the_weight_of_any_message() -> None:
    learned = LearnedWords(["bladder", "saddle"], {"heat": [-400]}, {"bladder": 2.0})

    weights = SecondLook(learned, READER).weigh(VOCABULARY.read("heat"))

    assert weights == {"bladder": pytest.approx(1.8), "saddle": pytest.approx(-0.2)}


def test_a_feature_speaks_the_more_against_a_group_that_never_uses_it_the_more_messages_do() -> None:
    learned = READER.learn({"bladder": ["leaks"] * 2, "other": ["heat"] * 3 + ["good"] * 2})

    assert learned.odds["heat"][0] == round(1000 * math.log(1 / 4))
    assert learned.odds["good"][0] == round(1000 * math.log(1 / 3))
