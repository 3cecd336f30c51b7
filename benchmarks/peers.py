"""Other ways to find the entry: each is given the phrasings once, and then ranks entries for a question.

Each stands as its own documentation would have it used, at settings that did well on public sets. The value beside an
entry is what one would hold against a threshold: a similarity, a margin or a probability.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from benchmarks.ours import Rank, Ranking, build_ours, build_ours_with_meaning, has_sentence_model, load_embedder
from benchmarks.sets import QuestionSet

MOST_RANKED = 5
ANY_WORD = r"(?u)\w+"
Build = Callable[[QuestionSet], Rank]


def token_set_ratio(known: QuestionSet) -> Rank:
    """The one that all times are measured against."""
    from rapidfuzz import fuzz

    return _rapidfuzz(known, fuzz.token_set_ratio)


def wratio(known: QuestionSet) -> Rank:
    from rapidfuzz import fuzz

    return _rapidfuzz(known, fuzz.WRatio)


def bm25(known: QuestionSet) -> Rank:
    """One document an entry; words as they are."""
    import bm25s

    def tokenize(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(texts, token_pattern=ANY_WORD, stopwords=[], return_ids=False, show_progress=False)

    entry_ids = list(known.phrasings)
    retriever = bm25s.BM25()
    retriever.index(tokenize([" ".join(texts) for texts in known.phrasings.values()]), show_progress=False)

    def rank(question: str) -> Ranking:
        (tokens,) = tokenize([question])
        return _best(entry_ids, retriever.get_scores(tokens)) if tokens else []

    return rank


def character_tfidf(known: QuestionSet) -> Rank:
    """Cosine of character 2- to 4-grams; one document an entry."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    entry_ids = list(known.phrasings)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    entries = vectorizer.fit_transform([" ".join(texts) for texts in known.phrasings.values()]).T.tocsr()
    return lambda question: _best(entry_ids, (vectorizer.transform([question]) @ entries).toarray()[0])


def linear_svm(known: QuestionSet) -> Rank:
    """A linear support vector machine on words, word pairs and character 2- to 5-grams."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    by_words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=ANY_WORD)
    by_letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(by_words, by_letters), LinearSVC(random_state=0))
    model.fit(*_labelled(known))
    return lambda question: _best(model.classes_, model.decision_function([question])[0])


def sentence_model(known: QuestionSet) -> Rank:
    """Cosine to the nearest phrasing of each entry."""
    embed = load_embedder()
    texts, owners = _labelled(known)
    vectors = embed(texts)
    ends = dict(zip(owners, range(1, len(owners) + 1), strict=True))  # phrasings of an entry stand together

    def rank(question: str) -> Ranking:
        cosines = vectors @ embed([question])[0]
        starts = [0, *ends.values()]
        best = {
            entry_id: cosines[start:end].max() for start, (entry_id, end) in zip(starts, ends.items(), strict=False)
        }
        return sorted(best.items(), key=lambda pair: -pair[1])[:MOST_RANKED]

    return rank


def sentence_classifier(known: QuestionSet) -> Rank:
    """Logistic regression on the sentence model's vectors."""
    from sklearn.linear_model import LogisticRegression

    embed = load_embedder()
    texts, owners = _labelled(known)
    model = LogisticRegression(C=10, max_iter=1000).fit(embed(texts), owners)
    return lambda question: _best(model.classes_, model.predict_proba(embed([question]))[0])


BASE = "rapidfuzz token_set_ratio"
PEERS: Mapping[str, Build] = {
    "rapidfuzz WRatio": wratio,
    BASE: token_set_ratio,
    "BM25": bm25,
    "character TF-IDF": character_tfidf,
    "linear SVM": linear_svm,
    "sentence model": sentence_model,
    "sentence model + regression": sentence_classifier,
    "ours without meaning": build_ours,
    "ours": build_ours_with_meaning,
}
_WITH_A_MODEL = {"sentence model", "sentence model + regression", "ours"}
_NEEDS = {
    "BM25": "bm25s",
    "character TF-IDF": "sklearn",
    "linear SVM": "sklearn",
    "sentence model + regression": "sklearn",
}


def is_missing(name: str) -> bool:
    """Whether what a peer needs is not installed."""
    return (name in _WITH_A_MODEL and not has_sentence_model()) or (name in _NEEDS and find_spec(_NEEDS[name]) is None)


def _rapidfuzz(known: QuestionSet, scorer: Callable[..., float]) -> Rank:
    from rapidfuzz import process, utils

    texts, owners = _labelled(known)
    prepared = [utils.default_process(text) for text in texts]

    def rank(question: str) -> Ranking:
        asked = utils.default_process(question)
        hits = process.extract(asked, prepared, scorer=scorer, processor=None, limit=6 * MOST_RANKED)
        best: dict[str, float] = {}
        for _, score, number in hits:
            best.setdefault(owners[number], score)
        return list(best.items())

    return rank


def _labelled(known: QuestionSet) -> tuple[list[str], list[str]]:
    """Every phrasing, and beside it its entry."""
    pairs = [(text, entry_id) for entry_id, texts in known.phrasings.items() for text in texts]
    return [text for text, _ in pairs], [entry_id for _, entry_id in pairs]


def _best(entry_ids: Sequence[str], values: Any) -> Ranking:
    """The entries of highest value above none at all."""
    order = (-values).argsort(kind="stable")[:MOST_RANKED]
    return [(str(entry_ids[at]), float(values[at])) for at in order]
