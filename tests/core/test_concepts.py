"""Concepts found in sentences, and combinations of them."""

from collections.abc import Callable

import pytest

from bot.core.concepts import ConceptFinder, Places, Span, stands
from bot.core.model import Combination, Concepts
from bot.core.vocabulary import Vocabulary
from tests.conftest import CONCEPTS, VOCABULARY

Find = Callable[[str], Places]


@pytest.fixture
def find() -> Find:
    vocabulary = Vocabulary(VOCABULARY, CONCEPTS.texts)
    finder = ConceptFinder(CONCEPTS, vocabulary)
    return lambda text: finder.find(vocabulary.read(text)[0])


def test_a_concept_is_found_by_each_of_its_lines(find: Find) -> None:
    assert find("I swallowed it, how many is too many")["how-much"] == [(3, 5)]
    assert find("what is the max")["how-much"] == [(3, 4)]


def test_endings_and_typing_mistakes_do_not_matter(find: Find) -> None:
    assert "child" in find("my sons")
    assert "child" in find("my dauhgter")


def test_a_word_mended_on_little_evidence_is_no_concept(find: Find) -> None:
    assert "wish" not in find("hop")


def test_a_line_in_capitals_stands_for_every_term_of_the_field_word(find: Find) -> None:
    assert find("two ibuprofen")["medicine"] == find("two tablets")["medicine"] == [(1, 2)]
    assert find("two ibuprofen").get("tablets") is None


def test_a_short_spelling_is_read_as_the_long_one(find: Find) -> None:
    assert find("wanna go")["wish"] == [(0, 2)]


def test_a_saying_is_passed_over(find: Find) -> None:
    assert "die" not in find("I could die laughing")
    assert "die" not in find("I dont want to die")
    assert "die" in find("I want to die")


def test_figures_are_numbers_and_a_unit_stands_apart(find: Find) -> None:
    assert find("take 400mg")["number"] == [(1, 2)]


def test_any_order_fits_unless_the_order_counts() -> None:
    places = {"a": [Span(0, 1)], "b": [Span(2, 3)]}

    assert stands(Combination(("b", "a")), places)
    assert stands(Combination(("a", "b"), in_order=True), places)
    assert not stands(Combination(("b", "a"), in_order=True), places)


def test_concepts_far_apart_do_not_combine() -> None:
    places = {"a": [Span(0, 1)], "b": [Span(6, 7)], "c": [Span(7, 8)]}

    assert stands(Combination(("a", "b")), places)
    assert not stands(Combination(("a", "c")), places)
    assert not stands(Combination(("a", "b"), in_order=True), places)


def test_two_concepts_never_share_a_word() -> None:
    assert not stands(Combination(("a", "b")), {"a": [Span(0, 2)], "b": [Span(1, 3)]})
    assert not stands(Combination(("a", "a")), {"a": [Span(0, 1)]})
    assert stands(Combination(("a", "a")), {"a": [Span(0, 1), Span(2, 3)]})


def test_a_combination_names_something() -> None:
    with pytest.raises(ValueError, match="no concept"):
        Combination(())


def test_no_concepts_find_nothing() -> None:
    vocabulary = Vocabulary({})

    assert ConceptFinder(Concepts(), vocabulary).find(vocabulary.read("how many tablets")[0]) == {}
