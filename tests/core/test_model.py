"""Values of the knowledge and of what is asked."""

from bot.core.model import Urgency, most_urgent
from tests.conftest import SIGNS


def test_the_most_urgent_of_several_is_named() -> None:
    assert most_urgent(SIGNS) is Urgency.EMERGENCY
    assert most_urgent(SIGNS[2:]) is Urgency.URGENT  # not the first by its letters
