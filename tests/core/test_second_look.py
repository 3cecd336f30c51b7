"""What the words of a message speak for, by messages that people wrote."""

import pytest

from bot.core.second_look import MOST, Reader, SecondLook, Usage, together
from bot.core.vocabulary import Sentences, Vocabulary
from tests.conftest import GRAMMAR

BLADDER = ["bladder leaks", "bladder will never empty", "bladder leaks when coughing"] * 4
SADDLE = ["seat gone woolly", "seat asleep and woolly"] * 4
ORDINARY = ["which stretch when coughing", "is heat good", "stretch or heat", "sit on a good seat"] * 5
VOCABULARY = Vocabulary({}, [*ORDINARY, *BLADDER, *SADDLE])
READER = Reader(VOCABULARY, GRAMMAR)


@pytest.fixture
def look() -> SecondLook:
    groups = {"bladder": READER.count(BLADDER), "saddle": READER.count(SADDLE), "nobody": Usage()}
    return SecondLook(groups, together((*groups.values(), READER.count(ORDINARY))), READER)


def read(text: str) -> Sentences:
    return VOCABULARY.read(text)


@pytest.mark.parametrize(
    ("text", "group"), [("my bladder, empty, leaks", "bladder"), ("woolly and asleep, that seat", "saddle")]
)
def test_a_message_speaks_most_for_those_whose_words_it_uses(look: SecondLook, text: str, group: str) -> None:
    first, second = look.weigh(read(text))

    assert first.group == group
    assert first.weight > 1 > second.weight


def test_words_of_others_speak_against_every_group(look: SecondLook) -> None:
    assert all(evidence.weight < 0 for evidence in look.weigh(read("is heat good, or which stretch")))


def test_words_that_nobody_used_say_nothing(look: SecondLook) -> None:
    assert look.weigh(read("xyz")) == []
    assert look.weigh(read("xyz bladder leaks")) == look.weigh(read("bladder leaks"))


def test_one_telling_sentence_is_half_of_the_weight_of_a_long_story(look: SecondLook) -> None:
    story = "is heat good. which stretch when coughing. stretch or heat. "
    before, after, alone = (look.weigh(read(text))[0].weight for text in (story, story + "leaks", "leaks"))

    assert before < after < alone
    assert after - before > alone / 2


def test_no_feature_decides_alone() -> None:
    bladder = READER.count(["bladder"] * 10_000)
    often = SecondLook({"bladder": bladder}, together((bladder, READER.count(ORDINARY))), READER)

    assert often.weigh(read("bladder"))[0].weight == MOST / 2


def test_words_that_stand_close_together_tell_more_than_each_alone() -> None:
    apart = ["bladder fine", "leaks on the roof"] * 5
    bladder = READER.count(["bladder suddenly leaks"] * 5)
    look = SecondLook({"bladder": bladder}, together((bladder, READER.count(apart))), READER)
    together_, alone = (look.weigh(read(text))[0].weight for text in ("leaks, my bladder", "leaks"))

    assert together_ > alone


def test_counts_of_groups_add_up() -> None:
    both = together((READER.count(["seat asleep"]), READER.count(["seat woolly", "seat"])))

    assert (both.messages, both.counts["seat"], both.counts["asleep"]) == (3, 3, 1)


def test_without_groups_nothing_is_weighed() -> None:
    assert SecondLook({}, READER.count(ORDINARY), READER).weigh(read("woolly asleep seat")) == []
