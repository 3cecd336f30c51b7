"""Limits of the bot recognised in messages."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.guards import GuardCheck
from bot.core.second_look import Reader, SecondLook, together
from bot.core.vocabulary import Vocabulary
from tests.conftest import CONCEPTS, GRAMMAR, GUARDS, VOCABULARY

Find = Callable[[str], str | None]


@pytest.fixture
def find() -> Find:
    vocabulary = Vocabulary(VOCABULARY, CONCEPTS.texts, GRAMMAR.small_words)
    check = GuardCheck(GUARDS, CONCEPTS, vocabulary, GRAMMAR)

    def id_of(text: str) -> str | None:
        guard = check.find(vocabulary.read(text))
        return guard.id if guard else None

    return id_of


@pytest.mark.parametrize(
    ("text", "guard_id"),
    [
        ("how many tablets should I take?", "dose"),
        ("ibuprofen, what is the max", "dose"),
        ("i want to die", "self-harm"),
        ("I took the whole packet", "overdose"),
        ("my son has a sore back", "child"),
        ("hello", "greeting"),
        ("Hi!", "greeting"),
    ],
)
def test_a_limit_is_recognised(find: Find, text: str, guard_id: str) -> None:
    assert find(text) == guard_id


@pytest.fixture
def learned() -> GuardCheck:
    """Hears what is listed, and what messages that touch a limit say."""
    messages = {
        "self-harm": ["no light at the end", "the end of my light", "light gone, the end"] * 3,
        "dose": ["which spoon", "one spoon or two spoons", "spoon size"] * 3,
    }
    vocabulary = Vocabulary({}, [*CONCEPTS.texts, *messages["self-harm"], *messages["dose"]], GRAMMAR.small_words)
    reader = Reader(vocabulary, GRAMMAR)
    groups = {id_: reader.count(texts) for id_, texts in messages.items()}
    others = reader.count(["which stretch", "ice or heat", "heat at the end of the day"] * 9)
    words = SecondLook(groups, together((*groups.values(), others)), reader)
    return GuardCheck(GUARDS, CONCEPTS, vocabulary, GRAMMAR, words)


def test_a_crisis_is_heard_by_its_words_before_anything_else(learned: GuardCheck) -> None:
    read = Vocabulary({}, ["my light is gone the end how much"]).read

    guard = learned.find(read("my light is gone, the end. how much"))

    assert guard is not None
    assert guard.id == "self-harm"


def test_another_limit_is_heard_by_its_words_only_when_asked_for(learned: GuardCheck) -> None:
    read = Vocabulary({}, ["spoon spoons two"]).read
    second = learned.look_twice(read("two spoons"))

    assert learned.find(read("two spoons")) is None
    assert second is not None
    assert second.id == "dose"


def test_beside_an_answer_only_a_guard_that_leaves_it_is_heard() -> None:
    vocabulary = Vocabulary({}, ["one spoon or two spoons"], GRAMMAR.small_words)
    reader = Reader(vocabulary, GRAMMAR)
    dose = reader.count(["one spoon or two spoons"] * 9)
    words = SecondLook({"dose": dose}, together((dose, reader.count(["ice or heat"] * 99))), reader)
    read = vocabulary.read("two spoons or one spoon")

    def hears(*, answers: bool) -> bool:
        guards = [replace(guard, answers=answers) for guard in GUARDS]
        return GuardCheck(guards, CONCEPTS, vocabulary, GRAMMAR, words).look_twice(read, is_answered=True) is not None

    assert hears(answers=True)
    assert not hears(answers=False)


@pytest.mark.parametrize("text", ["which stretch", "ice or heat", "we die laughing, light gone, the end", "xyz"])
def test_ordinary_words_and_sayings_call_for_nothing(learned: GuardCheck, text: str) -> None:
    assert learned.look_twice(Vocabulary({}, [text]).read(text)) is None


@pytest.mark.parametrize("text", ["ice or heat?", "hello, which stretch helps?", "", "tablets", "how much water"])
def test_an_ordinary_question_touches_none(find: Find, text: str) -> None:
    assert find(text) is None


def test_a_crisis_goes_before_every_other_limit(find: Find) -> None:
    assert find("how many tablets to end my life") == "self-harm"
    assert find("I took the whole packet. I hope I die") == "self-harm"


def test_what_stands_alone_must_be_all_that_is_said(find: Find) -> None:
    assert find("how much") == "dose"
    assert find("hello bot, how are you?") == "greeting"
    assert find("hello. heat") is None


def test_an_ordinary_scene_is_no_limit(find: Find) -> None:
    assert find("I lifted my son and hurt my back") is None
    assert find("I lifted my son. my son has back pain") == "child"
