"""What each decision means for the conversation."""

import pytest

from bot.core.choosing import NotFound, Unsure
from bot.core.model import Check, Conversation
from bot.core.outcomes import Answer, Checking, Cleared, Guarded, Withheld, carry_on
from tests.conftest import GUARDS, SIGNS


@pytest.mark.parametrize(
    ("answer", "alarms"),
    [
        (Answer(NotFound()), set()),
        (Answer(NotFound(), (SIGNS[2],)), {"infection"}),
        (Answer(Withheld(), (SIGNS[0],)), {"bladder", "emergency"}),
        (Answer(Withheld()), {"emergency"}),
        (Answer(Checking((SIGNS[0],), Check(()))), {"bladder?"}),
        (Answer(Guarded(GUARDS[-1])), {"crisis"}),
        (Answer(Guarded(GUARDS[0])), set()),
    ],
    ids=["none", "stated", "emergency", "emergency without a sign", "suspected", "crisis", "greeting"],
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
