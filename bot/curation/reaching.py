"""Whether each entry is found by its own phrasings when they are left out in turn, and what is taken for what."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.core.building import build_vocabulary, phrasings_of
from bot.core.matching import Index
from bot.core.model import Entry, Knowledge

TURNS = 10  # in each a tenth of every entry's phrasings is left out and asked


@dataclass(frozen=True, slots=True)
class Reach:
    """How one entry is reached."""

    entry_id: str
    asked: int
    found: int
    taken_for: tuple[tuple[str, int], ...]  # other entries that came first, and how often, most often first

    @property
    def share(self) -> float:
        """0-1: how many of its phrasings find the entry first."""
        return self.found / self.asked


def measure_reach(knowledge: Knowledge, about: int | None = None) -> tuple[Reach, ...]:
    """The reach of every entry, in the order of the knowledge.

    Words are read and mended as the bot does, and what is elsewhere weighs as there. Left out are the sentence model,
    and what takes its place without it: to learn that anew in each turn would take minutes. So the bot finds more of
    them. The calibration is left out too; it turns values into scores and changes no order.

    Args:
        about: how many phrasings are asked, to within a tenth of all; each one otherwise. A thousand take ten seconds.
    """
    phrasings = sum(len(entry.phrasings) for entry in knowledge.entries.values())
    turns = TURNS if about is None or about >= phrasings else math.ceil(TURNS * about / phrasings)
    asked: Counter[str] = Counter()
    firsts: dict[str, Counter[str]] = {entry_id: Counter() for entry_id in knowledge.entries}
    for turn in range(turns):
        for entry_id, first in _ask_in_turn(knowledge, turn):
            asked[entry_id] += 1
            firsts[entry_id][first] += 1
    return tuple(
        Reach(
            entry_id,
            asked[entry_id],
            counts[entry_id],
            tuple((other, times) for other, times in counts.most_common() if other not in {entry_id, ""}),
        )
        for entry_id, counts in firsts.items()
    )


def _ask_in_turn(knowledge: Knowledge, turn: int) -> Iterator[tuple[str, str]]:
    """For each phrasing left out in a turn: its entry, and the entry that came first for it ('' for none)."""
    rest = replace(knowledge, entries={entry.id: _without(entry, turn) for entry in knowledge.entries.values()})
    index = Index(phrasings_of(rest), build_vocabulary(rest), rest.grammar, rest.elsewhere)
    for entry in knowledge.entries.values():
        for text in entry.phrasings[turn::TURNS]:
            ranked = index.rank(text, limit=1)
            yield entry.id, ranked[0].entry_id if ranked else ""


def _without(entry: Entry, turn: int) -> Entry:
    """An entry without the phrasings that are left out in a turn; its title, where nothing else would be left."""
    kept = tuple(text for at, text in enumerate(entry.phrasings) if at % TURNS != turn)
    return replace(entry, phrasings=kept or (entry.title,))
