"""The real sentence model, loaded once, and a knowledge small enough to learn in a moment."""

from collections.abc import Mapping, Sequence

import pytest

from bot.core.vocabulary import Vocabulary
from bot.meaning.nearness import PhrasingMeaning, Spelling
from bot.meaning.phrasing_vectors import learn_phrasing_vectors
from bot.meaning.sentence_model import SentenceModel, model_file

PHRASINGS: Mapping[str, Sequence[str]] = {
    "ice": ("how do I use ice", "cold pack on my back", "frozen peas"),
    "heat": ("hot water bottle", "does warmth help"),
    "sleep": ("which pillow at night", "how should I lie in bed", "best mattress for my back"),
    "doctor": ("when should I see a doctor",),
}


@pytest.fixture(scope="session")
def model() -> SentenceModel:
    return SentenceModel(model_file())


@pytest.fixture(scope="session")
def spelling(model: SentenceModel) -> Spelling:
    return Spelling(Vocabulary({}, [text for texts in PHRASINGS.values() for text in texts]), model.words)


@pytest.fixture(scope="session")
def meaning(model: SentenceModel, spelling: Spelling) -> PhrasingMeaning:
    return PhrasingMeaning(PHRASINGS, model, spelling, learn_phrasing_vectors(PHRASINGS, model))
