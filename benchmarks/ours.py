"""Our matcher as the benchmarks see it: the one place to change when its interface does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.sets import QuestionSet

if TYPE_CHECKING:  # a peer's process shall not load what is ours
    from bot.core.classifiers import Classifier
    from bot.core.meaning import Meaning
    from bot.core.vocabulary import Vocabulary
    from bot.meaning.sentence_model import SentenceModel

Ranking = list[tuple[str, float]]  # (entry id, a value that tells how good the match is), best first
Rank = Callable[[str], Ranking]
Embed = Callable[[Sequence[str]], Any]  # texts -> their vectors, of length 1, one a row


def build_ours(known: QuestionSet) -> Rank:
    """Ours by letters and words alone."""
    from bot.core.classifiers import build_classifiers, learn_phrasings

    vocabulary = _read_words(known)
    groups = [*known.phrasings.values(), *known.elsewhere.values()]
    learned = learn_phrasings(groups, known.word_vectors, vocabulary, known.grammar.small_words)
    calibration = known.calibrations.without_meaning
    classifiers = build_classifiers(learned, known.word_vectors, len(groups), calibration)
    return _rank_with(known, vocabulary, classifiers=classifiers)


def build_ours_with_meaning(known: QuestionSet) -> Rank:
    """Ours with the sentence model beside it."""
    from bot.meaning.nearness import PhrasingMeaning, Spelling
    from bot.meaning.phrasing_vectors import learn_phrasing_vectors

    vocabulary, model = _read_words(known), _load_model()
    groups = {**known.phrasings, **{f"elsewhere {subject}": texts for subject, texts in known.elsewhere.items()}}
    spelling = Spelling(vocabulary, model.words)
    return _rank_with(
        known, vocabulary, PhrasingMeaning(groups, model, spelling, learn_phrasing_vectors(groups, model))
    )


def _rank_with(
    known: QuestionSet,
    vocabulary: Vocabulary,
    meaning: Meaning | None = None,
    classifiers: Sequence[Classifier] = (),
) -> Rank:
    from bot.core.matching import Index

    calibration = known.calibrations.with_meaning if meaning else known.calibrations.without_meaning
    index = Index(known.phrasings, vocabulary, known.grammar, known.elsewhere, meaning, calibration, classifiers)
    return lambda question: [(match.entry_id, match.score) for match in index.rank(question)]


def _read_words(known: QuestionSet) -> Vocabulary:
    from bot.core.vocabulary import Vocabulary

    texts = [text for groups in (known.phrasings, known.elsewhere) for group in groups.values() for text in group]
    grammar = known.grammar
    return Vocabulary(known.terms, texts, grammar.plain_words, grammar.never_shortened, known.common_words)


def has_sentence_model() -> bool:
    """Whether the sentence model can be had: the extra `meaning` is installed."""
    try:
        from bot.meaning.sentence_model import model_file

        return model_file().exists()
    except ImportError:
        return False


def load_embedder() -> Embed:
    """The sentence model itself."""
    embed: Embed = _load_model().encode
    return embed


def _load_model() -> SentenceModel:
    from bot.meaning.sentence_model import SentenceModel, model_file

    return SentenceModel(model_file())
