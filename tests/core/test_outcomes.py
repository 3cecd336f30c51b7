"""What each decision means for the conversation."""

import pytest

from bot.core.choosing import Found, NotFound, Unsure
from bot.core.model import Check, Conversation
from bot.core.outcomes import (
    Answer,
    Broken,
    Checking,
    Cleared,
    Empty,
    Guarded,
    OtherLanguage,
    Outcome,
    Silent,
    Withheld,
    carry_on,
)
from tests.conftest import GUARDS, LANGUAGES, SIGNS


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        (Found(()), "answered"),
        (Unsure(("ice",)), "unsure"),
        (NotFound(), "unknown"),
        (Empty(), "unknown"),
        (OtherLanguage(LANGUAGES.known["es"]), "unknown"),
        (Broken("KeyError"), "unknown"),
        (Guarded(GUARDS[0]), "greeted"),
        (Silent(), "silent"),
        (Withheld(), "alarm"),
        (Checking((), Check(())), "checking"),
        (Cleared(("ice",)), "answered"),
        (Cleared(()), "unsure"),
    ],
)
def test_an_outcome_has_its_name_and_a_sign_beside_it_makes_it_an_alarm(outcome: Outcome, name: str) -> None:
    assert Answer(outcome).name == name
    assert Answer(outcome, (SIGNS[2],)).name == "alarm"


@pytest.mark.parametrize(
    ("answer", "alarms"),
    [
        (Answer(NotFound()), set()),
        (Answer(NotFound(), (SIGNS[2],)), {"infection"}),
        (Answer(Withheld(), (SIGNS[0],)), {"bladder", "emergency"}),
        (Answer(Withheld()), {"emergency"}),
        (Answer(Guarded(GUARDS[4]), (SIGNS[0],)), {"bladder", "emergency"}),
        (Answer(Checking((SIGNS[0],), Check(()))), {"bladder?"}),
        (Answer(Checking((SIGNS[0],), Check(())), (SIGNS[2],)), {"bladder?", "infection"}),
        (Answer(Guarded(GUARDS[-1])), {"crisis"}),
        (Answer(Guarded(GUARDS[0])), set()),
    ],
    ids=[
        "none",
        "stated",
        "emergency",
        "emergency without a sign",
        "beside a limit",
        "suspected",
        "suspected beside a sign",
        "crisis",
        "greeting",
    ],
)
def test_an_answer_tells_what_it_alarms_of(answer: Answer, alarms: set[str]) -> None:
    assert answer.alarms == alarms


class TestCarryOn:
    def test_an_answer_without_an_entry_leaves_what_was_talked_about(self) -> None:
        before = Conversation(before=("heat",))

        assert carry_on(before, Answer(NotFound())) == before

    def test_entries_take_its_place(self) -> None:
        assert carry_on(Conversation(("heat",)), Answer(Cleared(("ice",)))) == Conversation(("ice",))

    def test_of_what_was_offered_the_first_is_remembered(self) -> None:
        assert carry_on(Conversation(("heat",)), Answer(Unsure(("ice", "doctor")))) == Conversation(("ice",))

    def test_what_a_limit_offers_was_not_talked_about(self) -> None:
        assert carry_on(Conversation(("ice",)), Answer(Guarded(GUARDS[2]))) == Conversation(("ice",))

    def test_a_checking_question_waits_and_counts(self) -> None:
        check = Check(("cannot-pee",))

        after = carry_on(Conversation(), Answer(Checking((), check)))

        assert after == Conversation(checked=True, check=check)
        assert carry_on(after, Answer(NotFound())) == Conversation(checked=True)
