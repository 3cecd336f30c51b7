"""What is built from a knowledge once, at start: how it reads what people type, and what chooses among its entries."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.choosing import Chooser, Thresholds
from bot.core.letters import LearnedLetters, learn_letters
from bot.core.matching import Index
from bot.core.meaning import Meaning
from bot.core.model import Knowledge
from bot.core.second_look import LearnedWords
from bot.core.vocabulary import Vocabulary
from bot.core.ways import without_names


@dataclass(frozen=True, slots=True)
class Learned:
    """What takes seconds to learn from a knowledge, where that was kept."""

    words: LearnedWords  # of the messages
    letters: LearnedLetters | None = None  # of the phrasings; not needed beside a sentence model


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


def learn_phrasing_letters(knowledge: Knowledge) -> LearnedLetters:
    """What the letters of the phrasings speak for: each entry, then each subject that is not answered."""
    return learn_letters([*phrasings_of(knowledge).values(), *knowledge.elsewhere.values()])


def build_chooser(
    knowledge: Knowledge,
    vocabulary: Vocabulary,
    meaning: Meaning | None = None,
    thresholds: Thresholds | None = None,
    letters: LearnedLetters | None = None,
) -> Chooser:
    """What chooses among the entries of a knowledge, with its calibration.

    Args:
        letters: what those of the phrasings speak for, where it was kept; not looked at beside a sentence model.
    """
    calibrations = knowledge.calibrations
    index = Index(
        phrasings_of(knowledge),
        vocabulary,
        knowledge.grammar,
        knowledge.elsewhere,
        meaning,
        calibrations.with_meaning if meaning else calibrations.without_meaning,
        None if meaning else letters or learn_phrasing_letters(knowledge),
    )
    return Chooser(knowledge, index, thresholds or Thresholds())
