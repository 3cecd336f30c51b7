"""A question read together with what was answered just before it: "how often?", after ice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.core.text import stem, words
from bot.core.weighing import Weighed

TOGETHER_SHARE = 1.0  # of a short question read behind the titles of the entries before it, against the question alone
SHORT_QUESTION = 4  # telling words; a longer question leans less on what was before
FAVOUR = 0.2  # for those entries, and for those that people ask for next


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered just before in the same chat."""

    entry_ids: tuple[str, ...]  # best first
    related: tuple[str, ...] = ()  # ids of entries that people ask for next


class FollowUp:
    """Reads follow-ups.

    Args:
        titles: entry id -> its title, in the order of the entries' numbers.
        small_words: words that say little wherever they stand.
        openers: words that a question begins with, as typed; "how often?" asks one thing.
    """

    def __init__(self, titles: Mapping[str, str], small_words: frozenset[str], openers: Collection[str]) -> None:
        self._titles = titles
        self._numbers = {entry_id: number for number, entry_id in enumerate(titles)}
        self._small_words = small_words
        self._openers = frozenset(openers)

    def title(self, before: Before | None) -> str:
        """The titles of the entries before; '' where there is none."""
        return ". ".join(filter(None, (self._titles.get(entry_id) for entry_id in before.entry_ids))) if before else ""

    def mix(self, question: str, alone: Weighed, together: Weighed, before: Before, certainty: float) -> Weighed:
        """A question weighed alone, and behind the titles of the entries before it.

        A short one leans on that the most; one that is clear by itself does not.

        Args:
            certainty: of the best entry for the question alone, 0-1.
        """
        asked = [word for word in words(question) if word not in self._openers]
        telling = sum(word not in self._small_words for word in map(stem, asked))
        share = TOGETHER_SHARE / (1 + max(0, telling - SHORT_QUESTION) / 2)
        if telling > 1:  # "how often?" is clear only in a chat of its own
            share *= 1 - certainty**4
        favoured = {self._numbers[id_] for id_ in (*before.entry_ids, *before.related) if id_ in self._numbers}
        values = {
            entry: (alone.values.get(entry, 0.0) + share * (value + (FAVOUR if entry in favoured else 0))) / (1 + share)
            for entry, value in together.values.items()
        }
        return Weighed(values, {**together.fits, **alone.fits}, alone.meant or together.meant)
