"""Text to word pieces. `pieces.json` was made with the tokenizer that the model's authors publish."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meaning.sentence_model import VOCABULARY_FILE
from bot.meaning.wordpiece import WordPiece

EXAMPLES = json.loads(Path(__file__).with_name("pieces.json").read_text("utf-8"))
TOKENIZER = WordPiece(VOCABULARY_FILE.read_text("utf-8").splitlines())
BEGIN, END = 101, 102


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_pieces_are_those_of_the_published_tokenizer(example: dict[str, object]) -> None:
    assert TOKENIZER.encode(str(example["text"]), 1000) == example["numbers"]


def test_a_long_text_is_cut_and_still_ends() -> None:
    numbers = TOKENIZER.encode("ice " * 500, 16)

    assert (len(numbers), numbers[0], numbers[-1]) == (16, BEGIN, END)


def test_marks_typed_by_people_are_words() -> None:
    assert TOKENIZER.encode("[SEP] ice", 100).count(END) == 1


def test_a_vocabulary_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="UNK"):
        WordPiece(["[CLS]", "[SEP]", "ice"])


@given(st.text(max_size=200))
def test_any_text_has_a_begin_and_an_end(text: str) -> None:
    numbers = TOKENIZER.encode(text, 64)

    assert (numbers[0], numbers[-1], len(numbers) <= 64) == (BEGIN, END, True)
