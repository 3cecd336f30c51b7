"""Text to the word pieces that BERT's uncased models were trained on.

Source: Devlin et al., BERT, 2018, and its Apache-2.0 reference tokenizer; `vocabulary.txt` is its published list of
30,522 pieces. A test holds this to an independent tokenizer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 100  # characters; BERT calls a longer word unknown
CJK = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f])")  # each sign is a word

_PLAIN_WORD = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
_ASCII_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class WordPiece:
    """Numbers of word pieces.

    Args:
        pieces: the vocabulary, in the order of its numbers; must hold "[CLS]", "[SEP]" and "[UNK]".
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        try:
            self._begin, self._end, self._unknown = (self._numbers[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        except KeyError as error:
            raise ValueError(f"the vocabulary has no piece {error}") from None

    def encode(self, text: str, longest: int) -> list[int]:
        """The pieces of a text between a begin and an end mark, at most `longest` in all; what is over is left out."""
        numbers = [self._begin]
        for word in split_words(text):
            numbers += self._cut(word)
            if len(numbers) >= longest:
                break
        return [*numbers[: longest - 1], self._end]

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest pieces from the left."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        numbers = []
        begin = 0
        while begin < len(word):
            prefix = "##" if begin else ""
            for end in range(len(word), begin, -1):
                if (number := self._numbers.get(prefix + word[begin:end])) is not None:
                    numbers.append(number)
                    begin = end
                    break
            else:
                return (self._unknown,)
        return tuple(numbers)


def split_words(text: str) -> list[str]:
    """Words and signs, lower case, without accents.

    >>> split_words("Can't it, Zoë?")
    ['can', "'", 't', 'it', ',', 'zoe', '?']
    """
    if text.isascii() and text.isprintable():
        return _PLAIN_WORD.findall(text.lower())
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_hidden(c))
    plain = unicodedata.normalize("NFD", CJK.sub(r" \1 ", visible).lower())
    bare = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_sign(c) else c for c in bare).split()


def _is_hidden(character: str) -> bool:
    return character in "\0\ufffd" or unicodedata.category(character).startswith("C")


def _is_sign(character: str) -> bool:
    return character in _ASCII_SIGNS or unicodedata.category(character).startswith("P")
