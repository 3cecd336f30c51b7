"""The reading grade of a text."""

import importlib.util

import pytest

from bot.curation.readability import Grade, find_grader, hardest_sentence


@pytest.fixture
def grade() -> Grade:
    grader = find_grader()
    assert grader is not None
    return grader


def test_long_words_and_sentences_raise_the_grade(grade: Grade) -> None:
    easy = "Walk a bit each day. Stop if it hurts."
    hard = (
        "Physiotherapeutic rehabilitation necessitates individualised progressive ambulation in the majority of cases."
    )

    assert grade(easy) < 3
    assert grade(hard) > 12


def test_steps_without_a_full_stop_are_sentences_of_their_own(grade: Grade) -> None:
    steps = ["Wrap the ice in a thin towel", "Put it on for a while", "Look at your skin now and then"]

    assert grade("\n".join(steps)) == grade(". ".join(steps) + ".")


def test_a_line_break_of_the_file_ends_no_sentence(grade: Grade) -> None:
    assert grade("Wrap the ice in a\nthin towel and wait.") == grade("Wrap the ice in a thin towel and wait.")


def test_the_hardest_sentence_is_quoted_in_part(grade: Grade) -> None:
    hard = "Inflammatory conditions of the vertebral column occasionally masquerade as musculoskeletal discomfort."

    assert hardest_sentence(f"Walk a bit. {hard} Then rest.", grade) == (
        "Inflammatory conditions of the vertebral column occasionally masquerade as …"
    )


def test_without_textstat_there_is_no_grader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr("bot.curation.readability.find_spec", lambda _: None)

    assert find_grader() is None
