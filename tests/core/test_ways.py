"""Concepts found in sentences."""

import pytest

from bot.core.vocabulary import Vocabulary
from bot.core.ways import Hits, WayFinder

CONCEPTS = {
    "not": ("not", "no"),
    "dead": ("numb", "<not> feel", "lost ... feeling", "=asleep"),
    "legs": ("legs", "both of them"),
    "dead-legs": ("<dead> <legs>",),
}
SMALL = frozenset("i my the in real".split())  # as stems


def find(text: str) -> Hits:
    vocabulary = Vocabulary(
        {"numb": "numb", "woolly": "numb", "legs": "legs", "snoozing": "asleep"}, ["asleep feel lost"]
    )
    (sentence,) = vocabulary.read(text)
    return WayFinder(CONCEPTS, vocabulary, SMALL).find(sentence)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("my numb back", (1, 2)),
        ("my woolly back", (1, 2)),
        ("I really do not feel", (3, 5)),
        ("not really in the feel", (0, 5)),
        ("lost all that feeling", (0, 4)),
        ("asleep", (0, 1)),
    ],
)
def test_a_concept_stands_where_it_is_said(text: str, place: tuple[int, int]) -> None:
    assert find(text)["dead"] == [place]


@pytest.mark.parametrize(
    "text", ["snoozing", "not want to feel", "lost, feeling", "lost one two three four feeling", "feel not"]
)
def test_a_concept_needs_its_words_near_and_in_order(text: str) -> None:
    assert "dead" not in find(text)


def test_a_concept_may_be_made_of_others() -> None:
    assert find("no feel in my legs")["dead-legs"] == [(0, 5)]


def test_a_concept_is_found_wherever_it_stands() -> None:
    assert find("numb legs and numb legs")["dead-legs"] == [(0, 2), (3, 5)]


def test_determiners_inside_a_way_make_no_difference_but_where_it_is_exact() -> None:
    vocabulary = Vocabulary({}, ["lift my foot arm and a leg"])
    ways = {"foot-up": ("lift my foot",), "saying": ("an arm and a leg",)}
    finder = WayFinder(ways, vocabulary, frozenset(), frozenset({"my", "a"}), exact={"saying"})

    assert "foot-up" in finder.find(vocabulary.read("cannot lift foot")[0])
    assert "saying" in finder.find(vocabulary.read("cost an arm and a leg")[0])
    assert "saying" not in finder.find(vocabulary.read("an arm and leg")[0])
