"""Whether an answer to the checking question is a clear yes; whatever is not, counts as a no."""

from __future__ import annotations

from bot.core.model import Grammar
from bot.core.text import words


def is_clear_yes(text: str, grammar: Grammar) -> bool:
    """Whether a text says yes, and nothing that could take it back.

    Each of its words must be a yes, or stand in the short list of what may stand beside one. A yes to one half of the
    question ("yes, I can pee") is none to the other; "is it normal?" is none at all. Nothing is mended: a word we do
    not know may be a symptom.
    """
    said = words(text)
    names_both_or_none = grammar.can_pee.isdisjoint(said) == grammar.can_feel.isdisjoint(said)
    return "?" not in text and names_both_or_none and any(piece in grammar.yes for piece in _split(said, grammar))


def _split(said: tuple[str, ...], grammar: Grammar) -> tuple[tuple[str, ...], ...]:
    """A text as pieces that may stand in a clear yes, the longest first; none where a word is left over."""
    known = grammar.yes | grammar.beside_yes | {(word,) for word in grammar.can_pee | grammar.can_feel}
    longest = max(map(len, known), default=0)
    pieces = []
    place = 0
    while place < len(said):
        fitting = (said[place : place + length] for length in range(longest, 0, -1))
        piece = next((piece for piece in fitting if piece in known), None)
        if piece is None:
            return ()
        pieces.append(piece)
        place += len(piece)
    return tuple(pieces)
