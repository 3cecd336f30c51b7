"""What the bot decides to say."""

from dataclasses import replace

import pytest

from bot.core.answering import Assistant, Broken, Empty, Found, NotFound, Silent, Unsure, Withheld
from bot.core.model import Chat, Knowledge, Question, Urgency


def test_a_question_that_fits_is_answered(assistant: Assistant) -> None:
    answer = assistant.answer(Question("ice or heat?"))

    assert answer.name == "answered"
    assert answer.entry_ids == ("ice-vs-heat",)


def test_an_emergency_withholds_every_answer(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I cannot pee, ice or heat?"))

    assert isinstance(answer.outcome, Withheld)
    assert answer.name == "alarm"
    assert answer.entry_ids == ()


def test_an_urgent_sign_leaves_room_for_an_answer(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I have a fever. Ice or heat?"))

    assert answer.name == "alarm"
    assert answer.entry_ids == ("ice-vs-heat",)


def test_two_entries_that_fit_equally_well_are_offered(knowledge: Knowledge) -> None:
    twin = replace(knowledge.entries["ice"], id="twin")
    assistant = Assistant(replace(knowledge, entries={**knowledge.entries, "twin": twin}))

    answer = assistant.answer(Question("cold pack back today tonight"))

    assert isinstance(answer.outcome, Unsure)
    assert set(answer.suggestions[:2]) == {"ice", "twin"}


def test_a_question_about_nothing_we_know_is_not_answered(assistant: Assistant) -> None:
    answer = assistant.answer(Question("who won the lottery yesterday"))

    assert isinstance(answer.outcome, NotFound)
    assert answer.name == "unknown"


@pytest.mark.parametrize("text", ["", "  ", "👍", "?!", "\u200b"])
def test_a_message_without_a_word_is_told_so(assistant: Assistant, text: str) -> None:
    assert isinstance(assistant.answer(Question(text)).outcome, Empty)


@pytest.mark.parametrize(
    ("text", "name"),
    [("how many tablets can I have", "referred"), ("I want to die", "crisis"), ("hello", "greeted")],
)
def test_a_limit_has_its_own_outcome(assistant: Assistant, text: str, name: str) -> None:
    assert assistant.answer(Question(text)).name == name


def test_a_crisis_is_answered_before_a_red_flag(assistant: Assistant) -> None:
    assert assistant.answer(Question("I have a fever and want to die")).name == "crisis"


def test_a_limit_that_is_an_emergency_counts_as_a_red_flag(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I took the whole packet"))

    assert answer.name == "alarm"
    assert [(sign.flag, sign.urgency) for sign in answer.red_flags] == [("overdose", Urgency.EMERGENCY)]


def test_talk_in_a_group_that_is_not_ours_is_left_alone(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I cannot pee", chat=Chat.AMBIENT))

    assert isinstance(answer.outcome, Silent)


def test_a_short_question_is_read_with_what_was_answered_before(assistant: Assistant) -> None:
    alone = assistant.answer(Question("how do I use it"))
    after_heat = assistant.answer(Question("how do I use it", before=("heat",)))

    assert alone.entry_ids != ("heat",)
    assert after_heat.entry_ids == ("heat",)
    assert after_heat.decided_by == "context"


def test_the_entry_just_talked_about_is_meant_where_it_comes_near(assistant: Assistant) -> None:
    answer = assistant.answer(Question("how do I use", before=("heat",)))

    assert answer.entry_ids == ("heat",)


def test_another_entry_that_is_named_is_meant_all_the_same(assistant: Assistant) -> None:
    answer = assistant.answer(Question("and a hot water bottle?", before=("ice",)))

    assert answer.entry_ids == ("heat",)


def test_a_full_question_stands_alone_whatever_was_answered_before(assistant: Assistant) -> None:
    answer = assistant.answer(Question("which is better, warm or cold", before=("doctor",)))

    assert answer.entry_ids == ("ice-vs-heat",)


def test_an_entry_that_is_gone_does_not_disturb_a_follow_up(assistant: Assistant) -> None:
    assert isinstance(assistant.answer(Question("hot water bottle", before=("gone",))).outcome, Found)


def broken(*_: object) -> None:
    raise RuntimeError


@pytest.mark.parametrize("stage", ["_red_flags", "_guards", "_index"])
def test_a_stage_that_fails_says_where_to_get_help(
    assistant: Assistant, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getattr(assistant, stage), "rank" if stage == "_index" else "find", broken)

    answer = assistant.answer(Question("ice or heat?"))

    assert answer.outcome == Broken("RuntimeError")


def test_a_failure_after_the_check_keeps_the_alarm(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant._guards, "find", broken)

    answer = assistant.answer(Question("I cannot pee"))

    assert isinstance(answer.outcome, Withheld)
    assert answer.name == "alarm"
