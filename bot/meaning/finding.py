"""The meaning model of one knowledge, if it is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.building import build_vocabulary, phrasings_of
from bot.core.kinds import kinds_of
from bot.core.meaning import Meaning
from bot.core.model import Knowledge

if TYPE_CHECKING:
    from bot.meaning.nearness import Spelling
    from bot.meaning.sentence_model import SentenceModel

GIST_FILE = "gist.npz"  # in the folder of a language; made by `make learn`


class MeaningMissingError(Exception):
    """The meaning model is not installed or cannot be used; says why and how to mend it, in one line."""


def find_meaning(
    knowledge: Knowledge,
    folder: Path | None = None,
    cache: Path | None = None,
) -> Meaning:
    """The sentence model, with the phrasings of a knowledge learned.

    Args:
        folder: of the knowledge, where what was learned from it lies; without it the model weighs entries alone.
        cache: where what is learned from the phrasings now is kept; None for nowhere.

    Raises:
        MeaningMissingError: the extra `meaning` is not installed, or one of its files is not the one that was measured.
    """
    model, spelling = _load_model(knowledge)
    from bot.meaning.gist import GistModel, read_gist
    from bot.meaning.nearness import PhrasingMeaning
    from bot.meaning.phrasing_vectors import learn_phrasing_vectors
    from bot.meaning.sentence_model import ModelError

    try:
        weights = read_gist(folder / knowledge.language / GIST_FILE) if folder else None
    except ModelError as error:
        raise MeaningMissingError(str(error)) from error
    phrasings = _phrasings_of(knowledge)
    learned = learn_phrasing_vectors(phrasings, model, cache, folder / knowledge.language if folder else None)
    return PhrasingMeaning(phrasings, model, spelling, learned, GistModel(model, weights) if weights else None)


def compute_phrasings(knowledge: Knowledge, folder: Path) -> Path:
    """Compute the vectors of the phrasings of a knowledge; the file that was written into its folder.

    Raises:
        MeaningMissingError: as `find_meaning`.
    """
    model, _ = _load_model(knowledge)
    from bot.meaning.phrasing_vectors import FILE, learn_phrasing_vectors

    learn_phrasing_vectors(_phrasings_of(knowledge), model, cache=folder / knowledge.language)
    return folder / knowledge.language / FILE


def compute_words(knowledge: Knowledge) -> tuple[list[str], bytes]:
    """Compute the vectors of the common words of a language, as `WordVectors` takes them.

    Raises:
        MeaningMissingError: as `find_meaning`.
    """
    model, _ = _load_model(knowledge)
    from bot.meaning.words import distil

    return distil({*knowledge.common_words, *model.words}, model)


def learn_kinds(knowledge: Knowledge, folder: Path, tell: Callable[[str], None]) -> Path:
    """Learn to tell the kinds of messages of a knowledge apart; the file that was written into its folder.

    Raises:
        MeaningMissingError: as `find_meaning`.
    """
    model, spelling = _load_model(knowledge)
    from bot.meaning.gist import write_gist
    from bot.meaning.learning import PASSES, learn_gist, read_messages

    messages = read_messages(kinds_of(knowledge), model, spelling)
    weights = learn_gist(messages, lambda number, loss: tell(f"pass {number} of {PASSES}: loss {loss:.3f}"))
    file = folder / knowledge.language / GIST_FILE
    write_gist(file, weights)
    return file


def count_unlearned(knowledge: Knowledge, folder: Path) -> int:
    """By how many messages the kinds differ in number from what was learned; 0 where that cannot be told.

    What came and went in the same kind is not seen, nor is a message that was written anew.
    """
    try:
        from bot.meaning.gist import read_gist
        from bot.meaning.sentence_model import ModelError
    except ImportError:
        return 0
    try:
        weights = read_gist(folder / knowledge.language / GIST_FILE)
    except ModelError:  # told where the model is loaded
        return 0
    if weights is None:
        return 0
    learned = dict(zip(weights.kinds, weights.learned_from, strict=True))
    now = {kind: len(texts) for kind, texts in kinds_of(knowledge).items()}
    return sum(abs(now.get(kind, 0) - learned.get(kind, 0)) for kind in now.keys() | learned.keys())


def _phrasings_of(knowledge: Knowledge) -> dict[str, Sequence[str]]:
    """What is asked of each entry, and of each subject that none is about."""
    elsewhere = {f"elsewhere {id_}": texts for id_, texts in knowledge.elsewhere.items()}
    return {**phrasings_of(knowledge), **elsewhere}


def _load_model(knowledge: Knowledge) -> tuple[SentenceModel, Spelling]:
    """The sentence model, and what mends the spelling of what it reads."""
    try:
        from bot.meaning.nearness import Spelling
        from bot.meaning.sentence_model import ModelError, SentenceModel, model_file

        file = model_file()
    except ImportError as error:
        raise MeaningMissingError(
            f"The meaning model is not installed ({error.name} is missing): `make run` installs it."
        ) from error
    try:
        model = SentenceModel(file)
    except ModelError as error:
        raise MeaningMissingError(str(error)) from error
    return model, Spelling(build_vocabulary(knowledge), model.words)
