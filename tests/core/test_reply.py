"""Messages that fit, with their disclaimer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from bot.core.reply import LONGEST_MESSAGE, Action, Block, Button, Disclaimer, Reply, Style, compose, utf16_units

NOTICE = Disclaimer("Not medical advice.")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_blank_disclaimer_cannot_be_made(text: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        Disclaimer(text)


def test_a_reply_that_says_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Reply((), NOTICE)


def test_a_reply_too_long_for_telegram_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="4096"):
        Reply((Block("x" * LONGEST_MESSAGE),), NOTICE)


def test_the_limit_is_telegrams() -> None:
    assert LONGEST_MESSAGE == MessageLimit.MAX_TEXT_LENGTH


def test_text_is_escaped_only_when_shown() -> None:
    reply = Reply((Block("<b>5 & 6"), Block("quote", Style.FOLDED), Block("head", Style.BOLD)), Disclaimer("a < b"))

    assert reply.html == (
        "&lt;b&gt;5 &amp; 6\n\n<blockquote expandable>quote</blockquote>\n\n<b>head</b>\n\n<i>a &lt; b</i>"
    )
    assert reply.text == "<b>5 & 6\n\nquote\n\nhead\n\na < b"


def test_blocks_that_fit_are_one_message() -> None:
    (reply,) = compose([Block("one"), Block("two")], NOTICE)

    assert reply.text == "one\n\ntwo\n\nNot medical advice."


def test_a_text_that_just_fits_stays_one_message() -> None:
    rest = utf16_units("\n\n" + NOTICE.text)

    assert len(compose([Block("x" * (LONGEST_MESSAGE - rest))], NOTICE)) == 1
    assert len(compose([Block("x" * (LONGEST_MESSAGE - rest + 1))], NOTICE)) == 2


def test_a_long_answer_is_cut_between_paragraphs_with_the_disclaimer_in_each_part() -> None:
    first, second = compose([Block("a" * 3000), Block("b" * 3000)], NOTICE)

    assert first.text == f"{'a' * 3000}\n\nNot medical advice."
    assert second.text == f"{'b' * 3000}\n\nNot medical advice."


def test_buttons_stand_under_the_last_part_only() -> None:
    row = (Button("More", Action.SHOW_TOPICS),)

    first, last = compose([Block("a" * 3000), Block("b" * 3000)], NOTICE, [row])

    assert (first.buttons, last.buttons) == ((), (row,))


def test_a_paragraph_too_long_for_a_message_is_cut_between_words() -> None:
    parts = compose([Block("word " * 1999 + "word")], NOTICE)

    assert all(block.text.startswith("word") and block.text.endswith("word") for part in parts for block in part.blocks)


@given(st.lists(st.text(min_size=1, max_size=9000).filter(str.strip), min_size=1, max_size=4))
def test_every_part_fits_and_carries_the_disclaimer(texts: list[str]) -> None:
    parts = compose([Block(text) for text in texts], NOTICE)

    assert all(utf16_units(part.text) <= LONGEST_MESSAGE for part in parts)
    assert all(part.html.endswith("<i>Not medical advice.</i>") for part in parts)


def test_an_emoji_is_never_cut_in_half() -> None:
    parts = compose([Block("🧊" * 5000)], NOTICE)

    assert "".join(block.text for part in parts for block in part.blocks) == "🧊" * 5000
