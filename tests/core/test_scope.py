"""Whose a sentence is."""

import pytest

from bot.core.model import Grammar
from bot.core.scope import Scope
from bot.core.text import sentences, words

GRAMMAR = Grammar(
    question_openers=frozenset({"why", "what", "is"}),
    own_trouble=frozenset({"my", "cant", "if", "now"}),
    long_ago=frozenset({("years", "ago"), ("in", "my", "teens")}),
    still_there=frozenset({"since", "again"}),
    negations=frozenset({"no", "not"}),
    joints=frozenset({",", "and", "but", "so"}),
    speakers=frozenset({"i", "he"}),
    binders=frozenset({"that", "when"}),
    subjects=frozenset({"i", "he", "my", "it"}),
    persons=frozenset({"dad", "he"}),
    near_now=frozenset({"now", "today"}),
    own_words=frozenset({"i", "me"}),
    own_back=frozenset({("my", "back")}),
    complaint=frozenset({"back"}),
    own_now=frozenset({"my", "now"}),
    about_a_subject=frozenset({("why", "do", "doctors")}),
    resolved=frozenset({("gone",), ("cleared", "up")}),
    all_clear=frozenset({("all", "clear")}),
    well=frozenset({"fine"}),
    before_now=frozenset({"was"}),
)
SCOPE = Scope(GRAMMAR)


def heard(text: str) -> list[str]:
    """The parts of a message in which signs are looked for."""
    said = sentences(text)
    parts = zip(said, SCOPE.read_parts(said), strict=True)
    heard = ((words, part) for words, own in parts for part in own if not (part.void or part.past))
    return [" ".join(words[part.start : part.end]) for words, part in heard]


@pytest.mark.parametrize(
    "text", ["Why is drop foot a sign?", "what is saddle numbness", "Is fever with back pain bad?"]
)
def test_a_question_about_a_subject_is_general(text: str) -> None:
    assert SCOPE.is_general(words(text))


@pytest.mark.parametrize(
    "text", ["", "drop foot", "my foot drops, is it bad", "why cant pee", "what if fever comes", "is fever bad now"]
)
def test_whatever_may_be_somebodys_own_is_not_general(text: str) -> None:
    assert not SCOPE.is_general(words(text))


@pytest.mark.parametrize("text", ["chest pain years ago", "In my teens, I had chest pain"])
def test_what_was_long_ago_is_long_past(text: str) -> None:
    (sentence,) = sentences(text)

    assert SCOPE.is_long_past(sentence)


@pytest.mark.parametrize("text", ["chest pain", "chest pain years ago and again", "since my teens, years of it"])
def test_what_may_be_there_still_is_not_long_past(text: str) -> None:
    (sentence,) = sentences(text)

    assert not SCOPE.is_long_past(sentence)


def test_why_doctors_ask_is_general_though_it_says_if() -> None:
    assert SCOPE.is_general(words("why do doctors ask if you cant pee"))
    assert not SCOPE.is_general(words("why do doctors ask if my bladder is numb"))


def test_a_comma_or_somebody_speaking_begins_a_part() -> None:
    assert heard("dull ache, numb toes") == ["dull ache", ", numb toes"]
    assert heard("the ache is bad i cant pee") == ["the ache is bad", "i cant pee"]
    assert heard("the ache is such that i cant pee") == ["the ache is such that i cant pee"]


@pytest.mark.parametrize("text", ["numb toes, gone", "numb toes cleared up", "numb toes, all clear"])
def test_what_is_over_is_not_heard(text: str) -> None:
    assert not any("numb" in part for part in heard(text))


@pytest.mark.parametrize("text", ["numb toes, not gone", "numb toes today, gone after lunch", "the feeling has gone"])
def test_what_is_not_over_or_only_just_is_heard(text: str) -> None:
    assert heard(text)[0].split()[-1] in {"toes", "today", "gone"}


def test_anothers_trouble_is_not_heard_where_the_back_is_ones_own() -> None:
    assert heard("My dad had numb legs. My back is stiff.") == ["my back is stiff"]


@pytest.mark.parametrize(
    "text", ["My dad has numb legs.", "My dad has numb legs now. My back is stiff.", "I and dad. My back is stiff."]
)
def test_anothers_trouble_is_heard_otherwise(text: str) -> None:
    assert "dad" in heard(text)[0] or "dad" in heard(text)[1]


def test_a_part_without_a_subject_goes_on_with_the_one_before() -> None:
    (parts,) = SCOPE.read_parts(sentences("my chest pain, in my teens and numb toes"))

    assert [part.past for part in parts] == [True, True, True]


def test_a_new_statement_is_not_past_with_the_one_before() -> None:
    (parts,) = SCOPE.read_parts(sentences("my chest pain in my teens, my toes are numb"))

    assert [part.past for part in parts] == [True, False]


def test_a_part_says_that_something_is_well() -> None:
    (parts,) = SCOPE.read_parts(sentences("numb toes but legs fine"))

    assert [part.well for part in parts] == [False, True]


def test_whoever_begins_with_i_and_names_the_back_speaks_of_their_own() -> None:
    assert heard("My dad had numb legs. I lifted him, back is stiff.") == ["i lifted him", ", back is stiff"]
    assert "dad had numb legs" in heard("My dad had numb legs. I rub dads back.")[0]


@pytest.mark.parametrize("text", ["legs not fine", "leg was fine at breakfast"])
def test_what_is_not_well_or_only_was_is_not_well(text: str) -> None:
    (parts,) = SCOPE.read_parts(sentences(text))

    assert not parts[0].well


def test_what_another_person_has_is_hearsay_where_their_back_is_not_spoken_of() -> None:
    def hearsay(text: str) -> bool:
        return SCOPE.read_parts(sentences(text))[0][0].hearsay

    assert hearsay("dad had cancer. can i run")
    assert not hearsay("dad had cancer. can he run")
    assert not hearsay("dad had cancer. i rub dads back")
