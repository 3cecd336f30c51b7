"""Matchers side by side on the knowledge's own phrasings: a fifth is asked, the rest is known, five times over.

Run: make bench
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from bot.core.matching import Index
from bot.core.model import Knowledge
from bot.core.vocabulary import Vocabulary
from bot.curation.loading import load_knowledge

FOLDS = 5
Phrasings = Mapping[str, Sequence[str]]
Rank = Callable[[str], list[str]]  # a question -> entry ids, best first


def rapidfuzz_ranker(phrasings: Phrasings, scorer: Callable[..., float]) -> Rank:
    texts = [utils.default_process(text) for group in phrasings.values() for text in group]
    owners = [entry_id for entry_id, group in phrasings.items() for _ in group]

    def rank(question: str) -> list[str]:
        hits = process.extract(utils.default_process(question), texts, scorer=scorer, processor=None, limit=30)
        return list(dict.fromkeys(owners[number] for _, _, number in hits))

    return rank


def our_ranker(phrasings: Phrasings, knowledge: Knowledge, *, with_vocabulary: bool) -> Rank:
    grammar = knowledge.grammar
    vocabulary = Vocabulary(
        knowledge.vocabulary if with_vocabulary else {},
        [text for group in phrasings.values() for text in group],
        grammar.small_words | grammar.negations,
        grammar.never_shortened,
    )
    index = Index(phrasings, vocabulary, grammar.small_words)
    return lambda question: [match.entry_id for match in index.rank(vocabulary.read(question))]


def split(knowledge: Knowledge, fold: int) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """What is known in a fold, and what is asked: (entry id, phrasing)."""
    known: dict[str, list[str]] = {}
    asked = []
    for entry in knowledge.entries.values():
        known[entry.id] = [entry.title, *(text for n, text in enumerate(entry.phrasings) if n % FOLDS != fold)]
        asked += [(entry.id, text) for n, text in enumerate(entry.phrasings) if n % FOLDS == fold]
    return known, asked


def main() -> None:
    knowledge = load_knowledge(Path(__file__).parent.parent / "knowledge")
    matchers: dict[str, Callable[[Phrasings], Rank]] = {
        "rapidfuzz WRatio": lambda known: rapidfuzz_ranker(known, fuzz.WRatio),
        "rapidfuzz token_set_ratio": lambda known: rapidfuzz_ranker(known, fuzz.token_set_ratio),
        "ours without vocabulary": lambda known: our_ranker(known, knowledge, with_vocabulary=False),
        "ours": lambda known: our_ranker(known, knowledge, with_vocabulary=True),
    }
    first = dict.fromkeys(matchers, 0)
    third = dict.fromkeys(matchers, 0)
    seconds: dict[str, list[float]] = {name: [] for name in matchers}
    total = 0
    for fold in range(FOLDS):
        known, asked = split(knowledge, fold)
        total += len(asked)
        rankers = {name: build(known) for name, build in matchers.items()}
        for entry_id, question in asked:
            for name, rank in rankers.items():
                begin = time.perf_counter()
                entry_ids = rank(question)
                seconds[name].append(time.perf_counter() - begin)
                first[name] += entry_ids[:1] == [entry_id]
                third[name] += entry_id in entry_ids[:3]
    base = statistics.median(seconds["rapidfuzz token_set_ratio"])
    print(f"{total} phrasings of {len(knowledge.entries)} entries, each asked while it was left out\n")
    print(f"{'matcher':<28}{'top 1':>8}{'top 3':>8}{'time, median':>15}{'99th percentile':>17}")
    for name in matchers:
        share = f"{first[name] / total:>8.1%}{third[name] / total:>8.1%}"
        median, high = statistics.median(seconds[name]), statistics.quantiles(seconds[name], n=100)[-1]
        print(f"{name:<28}{share}{median / base:>14.2f}x{high / base:>16.2f}x")
    print("\nTimes are ratios to the median of token_set_ratio in this run.")


if __name__ == "__main__":
    main()
