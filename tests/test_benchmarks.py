"""What the benchmarks count and make, on made-up values; no peer is needed for that."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from benchmarks.growth import PHRASINGS_AN_ENTRY, grow
from benchmarks.hostile import hostile_messages
from benchmarks.loading import LOADING, LONGEST_LOAD, PARSING, report
from benchmarks.measuring import auroc, measure, right_while_refusing
from benchmarks.ours import build_ours
from benchmarks.peers import BASE
from benchmarks.sets import ROOT, Asked, QuestionSet, read_set
from benchmarks.typos import mistype
from bot.core.model import Grammar
from bot.core.text import LONGEST_QUESTION
from bot.curation.loading import load_knowledge

KNOWN = QuestionSet(
    "fruit",
    {"apple": ("how red is an apple", "eat an apple"), "pear": ("is a pear soft", "peel a pear")},
    (Asked("red apple", ("apple",)), Asked("soft pear", ("pear",)), Asked("peeled pear", ("apple",))),
    far=("a car", "rain"),
)


def test_a_file_of_phrasings_and_questions_is_read(tmp_path: Path) -> None:
    file = tmp_path / "fruit.json"
    questions = [{"q": asked.text, "expect": asked.expect} for asked in KNOWN.questions]
    off_topic = {"far": KNOWN.far}
    file.write_text(json.dumps({"phrasings": KNOWN.phrasings, "questions": questions, "off_topic": off_topic}), "utf-8")

    read = read_set(file)

    assert (read.name, read.phrasings, read.questions) == (KNOWN.name, KNOWN.phrasings, KNOWN.questions)
    assert (read.near, read.far) == ((), KNOWN.far)


@pytest.mark.parametrize("slips", [1, 2])
def test_a_mistyped_question_is_so_many_slips_away_and_always_the_same(slips: int) -> None:
    questions = ["what helps against spasms", "should i rest or walk around"]
    typed = mistype(questions, slips)

    assert typed == mistype(questions, slips)
    assert all(0 < OSA.distance(one, other) <= slips for one, other in zip(questions, typed, strict=True))


def test_short_words_stay_as_they_are() -> None:
    assert mistype(["ice or wet?"]) == ["ice or wet?"]


@pytest.mark.parametrize(("grammar", "found"), [(Grammar(), ["pear"]), (Grammar(well=frozenset({"bear"})), [])])
def test_ours_mends_no_word_that_the_bot_never_mends(grammar: Grammar, found: list[str]) -> None:
    rank = build_ours(replace(KNOWN, grammar=grammar))

    assert [entry_id for entry_id, _ in rank("bear")] == found


@pytest.mark.parametrize(
    ("inside", "outside", "area"),
    [([3, 4], [1, 2], 1.0), ([1, 2], [3, 4], 0.0), ([1, 1], [1], 0.5), ([], [1], None), ([1], [], None)],
)
def test_the_area_is_how_often_a_question_of_the_subject_has_the_higher_value(
    inside: list[float], outside: list[float], area: float | None
) -> None:
    assert auroc(inside, outside) == area


def test_a_right_answer_counts_where_at_most_a_tenth_off_topic_gets_one() -> None:
    questions = [Asked("a", ("x",)), Asked("b", ("x",)), Asked("c", ("x",)), Asked("d", ("x",))]
    rankings = [[("x", 9.5)], [("x", 8.5)], [("y", 20.0)], []]
    outside = [*map(float, range(1, 10)), 9.0]

    assert right_while_refusing(rankings, questions, outside) == 0.25  # one may reach it, the nines tie: 9.0 is refused
    assert right_while_refusing(rankings, questions, outside[:9]) == 0.25
    assert right_while_refusing(rankings, questions, [0.0] * 10) == 0.5
    assert right_while_refusing(rankings, questions, []) is None


def test_a_matcher_is_measured() -> None:
    measured = measure(BASE, KNOWN)

    assert measured.top_1 == pytest.approx(2 / 3)
    assert measured.top_3 == 1.0
    assert measured.auroc_near is None
    assert measured.auroc_far is not None


def test_a_grown_set_has_so_many_phrasings_and_is_always_the_same() -> None:
    grown = grow(KNOWN, 4 * PHRASINGS_AN_ENTRY)

    assert [len(texts) for texts in grown.phrasings.values()] == [PHRASINGS_AN_ENTRY] * 4
    assert grown == grow(KNOWN, 4 * PHRASINGS_AN_ENTRY)


def test_every_hostile_message_is_one_that_telegram_lets_through() -> None:
    messages = hostile_messages(load_knowledge(ROOT / "knowledge"))

    assert {kind: len(text) for kind, text in messages.items() if not 0 < len(text) <= LONGEST_QUESTION} == {}


@pytest.mark.parametrize(("over", "code"), [(-1, 0), (1, 1)], ids=["within its aim", "over it"])
def test_loading_that_takes_longer_than_its_aim_fails(over: int, code: int) -> None:
    slow = LONGEST_LOAD + over

    assert report({PARSING: [100, 110], LOADING: [1, slow, 9 * LONGEST_LOAD]}) == code
