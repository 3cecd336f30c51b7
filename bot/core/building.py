"""What is built from a knowledge once, at start: how it reads what people type, and what chooses among its entries."""

from __future__ import annotations

from bot.core.choosing import Chooser, Thresholds
from bot.core.matching import Index
from bot.core.meaning import Meaning
from bot.core.model import Knowledge
from bot.core.vocabulary import Vocabulary
from bot.core.ways import without_names


def build_vocabulary(knowledge: Knowledge) -> Vocabulary:
    """How a knowledge reads what people type: its terms, and the words of all its phrasings."""
    return Vocabulary(
        knowledge.vocabulary,
        texts=(
            *(text for entry in knowledge.entries.values() for text in (entry.title, *entry.phrasings)),
            *knowledge.concepts.texts,
            *(
                text
                for sign in knowledge.red_flags
                for text in (*sign.phrasings, *map(without_names, (*sign.unclear, *sign.combines)))
            ),
            *(without_names(way) for ways in knowledge.ways.values() for way in ways),
            *(text for texts in knowledge.elsewhere.values() for text in texts),
        ),
        plain_words=knowledge.grammar.plain_words,
        never_shortened=knowledge.grammar.never_shortened,
        common_words=knowledge.common_words,
    )


def phrasings_of(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """How people ask for each entry, its title first."""
    return {entry.id: (entry.title, *entry.phrasings) for entry in knowledge.entries.values()}


def build_chooser(
    knowledge: Knowledge, vocabulary: Vocabulary, meaning: Meaning | None = None, thresholds: Thresholds | None = None
) -> Chooser:
    """What chooses among the entries of a knowledge, with its calibration."""
    calibrations = knowledge.calibrations
    index = Index(
        phrasings_of(knowledge),
        vocabulary,
        knowledge.grammar.small_words,
        knowledge.elsewhere,
        meaning,
        calibrations.with_meaning if meaning else calibrations.without_meaning,
        knowledge.grammar.question_openers,
    )
    return Chooser(knowledge, index, thresholds or Thresholds())
