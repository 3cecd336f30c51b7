"""What is built from a knowledge once, at start: how it reads what people type, and what chooses among its entries."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.choosing import Chooser, Thresholds
from bot.core.classifiers import Classifier, LearnedPhrasings, build_classifiers, learn_phrasings
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
    phrasings: LearnedPhrasings | None = None  # not needed beside a sentence model


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


def groups_of(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """How people ask for each entry, then for each subject that is not answered."""
    return [*phrasings_of(knowledge).values(), *knowledge.elsewhere.values()]


def build_chooser(
    knowledge: Knowledge,
    vocabulary: Vocabulary,
    meaning: Meaning | None = None,
    thresholds: Thresholds | None = None,
    learned: LearnedPhrasings | None = None,
) -> Chooser:
    """What chooses among the entries of a knowledge, with its calibration.

    Args:
        learned: from the phrasings, where it was kept; not looked at beside a sentence model.
    """
    calibrations, small_words = knowledge.calibrations, knowledge.grammar.small_words
    classifiers: tuple[Classifier, ...] = ()
    if meaning is None:
        groups, vectors = groups_of(knowledge), knowledge.word_vectors
        learned = learned or learn_phrasings(groups, vectors, vocabulary, small_words)
        classifiers = build_classifiers(learned, vectors, len(groups), calibrations.without_meaning)
    index = Index(
        phrasings_of(knowledge),
        vocabulary,
        knowledge.grammar,
        knowledge.elsewhere,
        meaning,
        calibrations.with_meaning if meaning else calibrations.without_meaning,
        classifiers,
    )
    return Chooser(knowledge, index, thresholds or Thresholds())
