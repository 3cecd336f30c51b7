"""Which entries answer a question."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.building import build_vocabulary, phrasings_of
from bot.core.calibration import Calibration
from bot.core.choosing import Choice, Chooser, Found, NotFound, Thresholds, Unsure
from bot.core.matching import Index
from bot.core.model import Knowledge, Question

Choose = Callable[..., Choice]


@pytest.fixture
def choose(knowledge: Knowledge) -> Choose:
    def chosen(text: str, *before: str, limits: Thresholds | None = None, topic_offset: float = -3.0) -> Choice:
        grammar = replace(knowledge.grammar, joins=frozenset({"and", "or"}))
        vocabulary = build_vocabulary(knowledge)
        calibration = Calibration(2.0, 4.2, -0.5, topic_offset=topic_offset)
        index = Index(phrasings_of(knowledge), vocabulary, grammar, calibration=calibration)
        chooser = Chooser(replace(knowledge, grammar=grammar), index, limits or Thresholds())
        return chooser.choose(Question(text, before=before), vocabulary.read(text))

    return chosen


def ids(choice: Choice) -> list[str]:
    return [match.entry_id for match in choice.outcome.matches] if isinstance(choice.outcome, Found) else []


def test_several_things_asked_get_several_entries(choose: Choose) -> None:
    choice = choose("does warmth help, and when should I see a doctor?")

    assert sorted(ids(choice)) == ["doctor", "heat"]
    assert choice.decided_by == "topics"


def test_a_comparison_is_one_thing_whatever_its_parts(choose: Choose) -> None:
    assert ids(choose("ice or heat")) == ["ice-vs-heat"]


def test_a_part_that_the_entry_for_the_whole_covers_is_no_topic(choose: Choose) -> None:
    assert ids(choose("which is better on my back, warm or cold")) == ["ice-vs-heat"]


def test_a_topic_needs_its_score(choose: Choose) -> None:
    assert len(ids(choose("does warmth help, and when should I see a doctor?", topic_offset=-100))) <= 1


def test_at_most_three_topics_are_answered(choose: Choose) -> None:
    text = "does warmth help, when should I see a doctor, can an infection hurt my back, why does my bladder matter"

    assert len(ids(choose(text, topic_offset=100))) == 3


def test_of_a_tie_both_are_told(choose: Choose) -> None:
    assert len(ids(choose("how do I use", limits=Thresholds(lead=40)))) == 2


def test_without_a_tie_the_best_alone_is_told(choose: Choose) -> None:
    assert ids(choose("hot water bottle", limits=Thresholds(lead=40))) == ["heat"]


def test_a_tie_is_offered_where_neither_is_sure_enough(choose: Choose) -> None:
    assert isinstance(choose("how do I use", limits=Thresholds(answer=99, lead=40)).outcome, Unsure)


def test_nothing_near_is_not_found(choose: Choose) -> None:
    assert choose("tax return deadline").outcome == NotFound()


def test_an_entry_before_that_is_gone_changes_nothing(choose: Choose) -> None:
    assert ids(choose("hot water bottle", "gone")) == ["heat"]
