"""What a sentence is about: somebody's own trouble now, a subject in general, or something long past."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Grammar


def is_general(sentence: Sequence[str], grammar: Grammar) -> bool:
    """Whether a sentence asks about something in general: "why is weakness on one side a warning sign?".

    It begins as a question and holds no word that makes it somebody's own: no person, no time near now, no "if", no
    denial. "Why can't I pee?" and "what if both legs go numb?" are somebody's own; so is whatever is unclear.

    Args:
        sentence: its words in normal form, as typed.
    """
    return bool(sentence) and sentence[0] in grammar.question_openers and grammar.own_trouble.isdisjoint(sentence)


def is_long_past(sentence: Sequence[str], grammar: Grammar) -> bool:
    """Whether a sentence tells of something long over: "chest pains in my twenties, none since then".

    It names a time long ago and nothing that is there now: "years ago, and now again" is not past.

    Args:
        sentence: its words and commas in normal form, as typed.
    """
    said = tuple(word for word in sentence if word != ",")
    if not grammar.still_there.isdisjoint(said):
        return False
    lengths = {len(time) for time in grammar.long_ago}
    return any(said[at : at + length] in grammar.long_ago for length in lengths for at in range(len(said)))
