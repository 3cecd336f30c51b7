"""docs/curating.md tells the numbers by which the bot goes."""

from pathlib import Path

from bot.core.choosing import MOST_OFFERED, Thresholds

PAGE = " ".join((Path(__file__).parent.parent / "docs/curating.md").read_text(encoding="utf-8").split())
IN_WORDS = {3: "three"}


def test_the_thresholds_are_those_of_the_code() -> None:
    limits = Thresholds()

    assert f"From {limits.answer:g} up the first entry is answered" in PAGE
    assert f"where the second lies less than {limits.lead:g} behind it, both are told" in PAGE
    assert (
        f"Below {limits.answer:g} an entry is offered as a button from {limits.suggest:g} up, "
        f"{IN_WORDS[MOST_OFFERED]} at most"
    ) in PAGE


def test_the_example_that_is_unsure_scores_below_the_threshold_and_the_other_above() -> None:
    _, unsure, answered = PAGE.split("outcome ")

    assert unsure.startswith("unsure")
    assert Thresholds().suggest <= score_in(unsure) < Thresholds().answer
    assert answered.startswith("answered")
    assert score_in(answered) >= Thresholds().answer


def score_in(example: str) -> float:
    """That of the first match, which stands behind '1.'."""
    return float(example.split(" 1. ")[1].split(maxsplit=1)[0])
