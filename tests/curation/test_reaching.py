"""Entries reached by their own phrasings."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.model import Entry, Knowledge
from bot.curation.reaching import Reach, measure_reach


@pytest.fixture
def small(knowledge: Knowledge, entry_maker: Callable[..., Entry]) -> Knowledge:
    entries = [
        entry_maker("ice", "Ice", *(f"ice pack {word}" for word in ("cold", "frozen", "freezing", "chilly"))),
        entry_maker("heat", "Heat", *(f"heat pad {word}" for word in ("warm", "hot", "toasty", "cosy"))),
        entry_maker("odd", "Odd", "ice pack odd", "heat pad strange"),
    ]
    return replace(knowledge, entries={entry.id: entry for entry in entries}, vocabulary={})


def test_a_phrasing_is_asked_while_it_is_left_out(small: Knowledge) -> None:
    reaches = {reach.entry_id: reach for reach in measure_reach(small)}

    assert reaches["ice"] == Reach("ice", asked=4, found=4, taken_for=())
    assert reaches["odd"].asked == 2


@pytest.mark.parametrize(
    ("about", "asked"), [(1, {"ice": 1, "heat": 1, "odd": 1}), (3, {"ice": 3, "heat": 3, "odd": 2})]
)
def test_a_part_of_each_entry_is_asked(small: Knowledge, about: int, asked: dict[str, int]) -> None:
    assert {reach.entry_id: reach.asked for reach in measure_reach(small, about)} == asked


def test_what_is_taken_for_another_is_named(small: Knowledge) -> None:
    reaches = {reach.entry_id: reach for reach in measure_reach(small)}

    assert dict(reaches["odd"].taken_for) == {"ice": 1, "heat": 1}


def test_an_entry_of_one_phrasing_is_left_with_its_title(small: Knowledge, entry_maker: Callable[..., Entry]) -> None:
    alone = replace(small, entries={**small.entries, "odd": entry_maker("odd", "Odd cold sore", "odd sore")})

    assert measure_reach(alone)[2] == Reach("odd", asked=1, found=1, taken_for=())


@pytest.fixture
def seated(small: Knowledge, entry_maker: Callable[..., Entry]) -> Knowledge:
    """A knowledge in which "seat" stands in one phrasing, near the word "heat"."""
    return replace(small, entries={**small.entries, "odd": entry_maker("odd", "Odd", "seat", "ice pack odd")})


def test_a_word_that_nobody_else_uses_is_mended(seated: Knowledge) -> None:
    assert dict(measure_reach(seated)[2].taken_for) == {"heat": 1, "ice": 1}


@pytest.mark.parametrize(
    "know",
    [
        lambda seated: replace(seated, common_words=frozenset({"seat"})),
        lambda seated: replace(seated, elsewhere={"chairs": ("seat of a chair",)}),
        lambda seated: replace(seated, grammar=replace(seated.grammar, well=frozenset({"seat"}))),
    ],
    ids=["common word", "elsewhere", "grammar"],
)
def test_a_word_that_the_bot_never_mends_is_not_mended_here(
    seated: Knowledge, know: Callable[[Knowledge], Knowledge]
) -> None:
    assert dict(measure_reach(know(seated))[2].taken_for) == {"ice": 1}
