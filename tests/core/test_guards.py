"""Limits of the bot recognised in messages."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core import guards
from bot.core.guards import BESIDE_AN_ANSWER, CLEAR, DOUBTFUL, INSTEAD_OF_AN_ANSWER, THANKED, Called, GuardCheck
from bot.core.heard import Words
from bot.core.kinds import GUARDS as GUARDS_KIND
from bot.core.meaning import Gist
from bot.core.model import GuardOutcome
from bot.core.second_look import Reader, SecondLook
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
    others = ["which stretch", "ice or heat", "heat at the end of the day"] * 9
    learned = reader.learn({**{GUARDS_KIND + id_: texts for id_, texts in messages.items()}, "others": others})
    words = Words(GUARDS_KIND, SecondLook(learned, reader))
    return GuardCheck(GUARDS, CONCEPTS, vocabulary, GRAMMAR, words)


def test_a_crisis_is_heard_by_its_words_before_anything_else(learned: GuardCheck) -> None:
    read = Vocabulary({}, ["my light is gone the end how much"]).read("my light is gone, the end. how much")
    guard = learned.find(read, learned.hear(read))

    assert guard is not None
    assert guard.id == "self-harm"


@pytest.mark.parametrize(
    ("text", "is_heard"), [("the light", False), ("no light", False), ("why light", False), ("spoons light", True)]
)
def test_a_single_word_beside_small_ones_denials_and_openers_speaks_for_no_crisis(
    learned: GuardCheck, text: str, *, is_heard: bool
) -> None:
    called = learned.hear(Vocabulary({}, [text]).read(text))

    assert ("self-harm" in {one.guard.id for one in called}) is is_heard


@pytest.mark.parametrize(
    ("text", "follows", "is_heard"),
    [("spoons light", True, False), ("spoons light", False, True), ("spoons two light", True, True)],
)
def test_two_words_behind_an_answer_speak_for_no_crisis(
    learned: GuardCheck, text: str, *, follows: bool, is_heard: bool
) -> None:
    called = learned.hear(Vocabulary({}, [text]).read(text), follows=follows)

    assert ("self-harm" in {one.guard.id for one in called}) is is_heard


def test_a_single_word_that_weighs_much_speaks_for_a_crisis(
    learned: GuardCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Vocabulary({}, ["light"]).read("light")
    ids = []
    monkeypatch.setattr(guards, "FEWEST_TELLING", 0)
    (alone,) = (one for one in learned.hear(read) if one.guard.id == "self-harm")
    monkeypatch.setattr(guards, "FEWEST_TELLING", 2)
    for heavy in (alone.weight, alone.weight + 0.1):
        monkeypatch.setattr(guards, "HEAVY", heavy)
        ids.append("self-harm" in {one.guard.id for one in learned.hear(read)})

    assert ids == [True, False]


def test_what_a_sentence_model_hears_adds_to_the_words(learned: GuardCheck) -> None:
    read = Vocabulary({}, ["spoons two"]).read("two spoons")
    (alone, *_), (together, *_) = learned.hear(read), learned.hear(read, Gist({f"{GUARDS_KIND}dose": 1.0}))

    assert together.guard == alone.guard
    assert together.weight > alone.weight


def test_without_messages_no_limit_is_heard_by_its_words() -> None:
    vocabulary = Vocabulary(VOCABULARY, CONCEPTS.texts, GRAMMAR.small_words)

    assert GuardCheck(GUARDS, CONCEPTS, vocabulary, GRAMMAR).hear(vocabulary.read("how many tablets")) == ()


def test_another_limit_is_heard_by_its_words_and_not_found(learned: GuardCheck) -> None:
    read = Vocabulary({}, ["spoons two"]).read("two spoons")
    heard = learned.hear(read)

    assert learned.find(read, heard) is None
    assert heard[0].is_clear()
    assert heard[0].guard.id == "dose"


@pytest.mark.parametrize("text", ["which stretch", "ice or heat", "we die laughing, light gone, the end", "xyz"])
def test_ordinary_words_and_sayings_call_for_nothing(learned: GuardCheck, text: str) -> None:
    heard = learned.hear(Vocabulary({}, [text]).read(text))

    assert not any(called.is_clear() for called in heard)


@pytest.mark.parametrize("text", ["my son has a sore back", "i want to die", "I took the whole packet"])
def test_what_the_words_speak_plainly_against_calls_for_nothing_though_it_is_listed(
    learned: GuardCheck, text: str
) -> None:
    read = Vocabulary({}, CONCEPTS.texts).read(text)
    listed = learned.find(read)
    assert listed is not None
    least = DOUBTFUL[listed.outcome]

    assert learned.find(read, [Called(listed, least)], is_calm=True) is listed
    assert learned.find(read, [Called(listed, least - 0.1)], is_calm=True) is not listed
    assert learned.find(read, [Called(listed, least - 0.1)]) is listed


def test_only_what_stands_before_an_answer_is_doubted() -> None:
    greeting = replace(GUARDS[0], outcome=GuardOutcome.GREETED)

    assert not Called(greeting, -99.0).is_doubtful


@pytest.mark.parametrize("outcome", CLEAR)
def test_a_guard_is_called_for_from_its_least_weight_up(outcome: GuardOutcome) -> None:
    guard = replace(GUARDS[0], outcome=outcome)

    assert Called(guard, CLEAR[outcome]).is_clear()
    assert not Called(guard, CLEAR[outcome] - 0.1).is_clear()


def test_a_clear_greeting_is_thanks_and_no_other_limit_is() -> None:
    greeting, child = GUARDS[:2]

    assert Called(greeting, THANKED).is_thanks
    assert not Called(greeting, THANKED - 0.1).is_thanks
    assert not Called(child, THANKED).is_thanks


BY_IMPORTANCE = (
    GuardOutcome.CRISIS,
    GuardOutcome.ALARM,
    GuardOutcome.REFERRED,
    GuardOutcome.UNKNOWN,
    GuardOutcome.GREETED,
)


@pytest.mark.parametrize("place", range(len(BY_IMPORTANCE)), ids=BY_IMPORTANCE)
def test_of_several_limits_the_most_important_is_found(place: int) -> None:
    guards = [replace(GUARDS[2], outcome=outcome) for outcome in reversed(BY_IMPORTANCE[place:])]
    vocabulary = Vocabulary(VOCABULARY, CONCEPTS.texts)
    guard = GuardCheck(guards, CONCEPTS, vocabulary, GRAMMAR).find(vocabulary.read("how much"))

    assert guard is not None
    assert guard.outcome == BY_IMPORTANCE[place]


@pytest.mark.parametrize(
    ("text", "outcome", "guard_id"),
    [
        ("my son has pain", GuardOutcome.CRISIS, "heard"),
        ("my son has pain", GuardOutcome.ALARM, "heard"),
        ("my son has pain", GuardOutcome.REFERRED, "child"),
        ("took the whole packet", GuardOutcome.CRISIS, "overdose"),
    ],
)
def test_only_a_crisis_or_an_alarm_is_heard_before_what_is_listed(
    text: str, outcome: GuardOutcome, guard_id: str
) -> None:
    vocabulary = Vocabulary(VOCABULARY, CONCEPTS.texts)
    heard = Called(replace(GUARDS[0], id="heard", outcome=outcome), 9)
    guard = GuardCheck(GUARDS, CONCEPTS, vocabulary, GRAMMAR).find(vocabulary.read(text), [heard])

    assert guard is not None
    assert guard.id == guard_id


@pytest.mark.parametrize(("answers", "least"), [(True, BESIDE_AN_ANSWER), (False, INSTEAD_OF_AN_ANSWER)])
def test_where_an_entry_answers_it_takes_more_to_call_for_a_guard(least: float, *, answers: bool) -> None:
    guard = replace(GUARDS[0], outcome=GuardOutcome.REFERRED, answers=answers)

    assert Called(guard, least).is_clear(is_answered=True)
    assert not Called(guard, least - 0.1).is_clear(is_answered=True)
    assert Called(guard, least - 0.1).is_clear()
    assert not Called(replace(guard, outcome=GuardOutcome.GREETED, answers=False), 9.0).is_clear(is_answered=True)


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
