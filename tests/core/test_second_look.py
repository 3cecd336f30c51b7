"""What the words of a message speak for, by messages that people wrote."""

import math

import pytest

from bot.core.second_look import MOST, Evidence, Reader, SecondLook, Usage, together, weigh
from bot.core.vocabulary import Vocabulary
from tests.conftest import GRAMMAR

BLADDER = ["bladder leaks", "bladder will never empty", "bladder leaks when coughing"] * 4
SADDLE = ["seat gone woolly", "seat asleep and woolly"] * 4
ORDINARY = ["which stretch when coughing", "is heat good", "stretch or heat", "sit on a good seat"] * 5
VOCABULARY = Vocabulary({}, [*ORDINARY, *BLADDER, *SADDLE])
READER = Reader(VOCABULARY, GRAMMAR)


GROUPS = {"bladder": READER.count(BLADDER), "saddle": READER.count(SADDLE)}
EVERYTHING = together((*GROUPS.values(), READER.count(ORDINARY)))


def weighed(text: str, groups: dict[str, Usage] = GROUPS, everything: Usage = EVERYTHING) -> list[Evidence]:
    look = SecondLook(everything, READER)
    said = look.read(VOCABULARY.read(text))
    return weigh(said, {id_: look.learn(usage) for id_, usage in groups.items()}) if said else []


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


def test_the_spelling_of_counted_messages_is_not_mended() -> None:
    assert READER.count(["bladdr"]).counts == {"bladdr": 1}


@pytest.mark.parametrize(
    ("text", "group"), [("my bladder, empty, leaks", "bladder"), ("woolly and asleep, that seat", "saddle")]
)
def test_a_message_speaks_most_for_those_whose_words_it_uses(text: str, group: str) -> None:
    first, second = weighed(text)

    assert first.group == group
    assert first.weight > 1 > second.weight


def test_words_of_others_speak_against_every_group() -> None:
    assert all(evidence.weight < 0 for evidence in weighed("is heat good, or which stretch"))


def test_words_that_nobody_used_say_nothing() -> None:
    assert weighed("xyz") == []
    assert weighed("xyz bladder leaks") == weighed("bladder leaks")


def test_one_telling_sentence_is_half_of_the_weight_of_a_long_story() -> None:
    story = "is heat good. which stretch when coughing. stretch or heat. "
    before, after, alone = (weighed(text)[0].weight for text in (story, story + "leaks", "leaks"))

    assert before < after < alone
    assert after - before > alone / 2


def test_a_word_stands_in_the_whole_message_and_in_its_sentence() -> None:
    said = SecondLook(EVERYTHING, READER).read(VOCABULARY.read("bladder. seat, bladder. heat"))

    assert said is not None
    assert {word: said.places[word] for word in ("bladder", "seat", "heat")} == {
        "bladder": [0, 1, 2],
        "seat": [0, 2],
        "heat": [0, 3],
    }


def test_a_word_weighs_how_much_oftener_a_group_uses_it_than_others_do() -> None:
    bladder = READER.count(["bladder"] * 2)
    (found,) = weighed("bladder", {"bladder": bladder}, together((bladder, READER.count(["heat"] * 2))))

    assert found.weight == pytest.approx(math.log((1 + 1 / 4) / (0 + 1 / 4)) / 2)  # one more message, shared by four


def test_no_feature_decides_alone() -> None:
    bladder = READER.count(["bladder"] * 10_000)
    (often,) = weighed("bladder", {"bladder": bladder}, together((bladder, READER.count(ORDINARY))))

    assert often.weight == MOST / 2


def test_words_that_stand_close_together_tell_more_than_each_alone() -> None:
    bladder = READER.count(["bladder suddenly leaks"] * 5)
    everything = together((bladder, READER.count(["bladder fine", "leaks on the roof"] * 5)))
    (near,), (alone,) = (weighed(text, {"bladder": bladder}, everything) for text in ("leaks, my bladder", "leaks"))

    assert near.weight > alone.weight


def test_counts_of_groups_add_up() -> None:
    both = together((READER.count(["seat asleep"]), READER.count(["seat woolly", "seat"])))

    assert (both.messages, both.counts["seat"], both.counts["asleep"]) == (3, 3, 1)


def test_a_group_of_all_messages_is_told_from_none() -> None:
    (everything,) = weighed("bladder leaks", {"all": EVERYTHING})

    assert everything.weight < 0
