"""Which words of a sentence are denied: "no fever, numbness or tingling, but my legs are weak"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Grammar

LONGEST_NO_DENIAL = 5  # words
_JOINTS = frozenset({",", "and"})  # what may begin a new statement inside a sentence
LONGEST_LIST = 30  # words that one denial may list: "no fever, numbness, tingling or ..."


def find_denials(sentence: Sequence[str], grammar: Grammar) -> list[int | None]:
    """For each word of a sentence the place of the negation that reaches it.

    Args:
        sentence: its words and commas, as stems.
    """
    denied_by: list[int | None] = []
    negation: int | None = None
    starts = True
    for place, text in enumerate(sentence):
        if text in grammar.negations:
            negation = None if _denies_nothing(sentence, place, grammar) else place
        elif text in grammar.denial_ends or (starts and text in grammar.denial_ends_at_a_start):
            negation = None
        elif text in _JOINTS and not _goes_on(
            sentence[place + 1 : place + 1 + LONGEST_LIST], grammar, listed=text == ","
        ):
            negation = None
        starts = text in _JOINTS
        denied_by.append(negation)
    return denied_by


def _denies_nothing(sentence: Sequence[str], place: int, grammar: Grammar) -> bool:
    """Whether a negation only looks like one: "not only numb", "no idea why", "dont tell me to go"."""
    lengths = range(2, LONGEST_NO_DENIAL + 1)
    return any(tuple(sentence[place : place + length]) in grammar.no_denials for length in lengths)


def _goes_on(rest: Sequence[str], grammar: Grammar, *, listed: bool) -> bool:
    """Whether a denial goes on behind a comma or an 'and': a list of nouns, not a statement of its own."""
    end = next((place for place, text in enumerate(rest) if text in _JOINTS), len(rest))
    if any(text in grammar.stating_verbs for text in rest[:end]):
        return False
    return not listed or "or" in rest or "nor" in rest
