"""What buttons carry."""

import pytest
from telegram.constants import InlineKeyboardButtonLimit

from bot.core.reply import Action
from bot.telegram.callbacks import LONGEST_DATA, decode, encode


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.OPEN_IN_PRIVATE])
def test_what_is_written_can_be_read(action: Action) -> None:
    assert decode(encode(action, "ice-vs-heat")) == (action, "ice-vs-heat")


def test_data_too_long_for_telegram_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="64 are the most"):
        encode(Action.SHOW_ENTRY, "x" * 60)


def test_the_limit_is_telegrams() -> None:
    assert LONGEST_DATA == InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


@pytest.mark.parametrize("data", [None, "", "1", "1:", "2:entry:ice", "1:dance:ice", ":::", "entry:ice"])
def test_foreign_data_means_nothing(data: str | None) -> None:
    assert decode(data) is None
