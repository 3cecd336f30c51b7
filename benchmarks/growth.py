"""How time grows: with the number of phrasings, beside token_set_ratio, and for messages made to be slow.

Run: make bench, or python -m benchmarks.growth. Ends with 1 where a message takes longer than it may.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.hostile import hostile_messages
from benchmarks.ours import Rank, build_ours
from benchmarks.peers import token_set_ratio
from benchmarks.sets import ROOT, QuestionSet, our_set
from bot.core.answering import Assistant
from bot.core.model import Question
from bot.curation.loading import load_knowledge

SIZES = (100, 1_000, 10_000, 100_000)  # phrasings
PHRASINGS_AN_ENTRY = 25
ASKED = 40  # questions at each size
TURNS = 3  # for each hostile message; the fastest counts, since others use the machine too
LONGEST_ANSWER = 50  # milliseconds; the loop stands still meanwhile


def main() -> int:
    _print_growth(our_set(sorted((ROOT / "tests/questions").glob("*.yaml"))))
    return _print_hostile()


def grow(known: QuestionSet, size: int, seed: int = 1) -> QuestionSet:
    """A set of so many phrasings: each the beginning of one and the end of another, from two entries for a new one."""
    chance = random.Random(seed)  # noqa: S311  no secret
    groups = list(known.phrasings.values())
    grown: dict[str, tuple[str, ...]] = {}
    for number in range(size // PHRASINGS_AN_ENTRY):
        lenders = [text.split() for group in chance.sample(groups, 2) for text in group]
        pairs = [chance.sample(lenders, 2) for _ in range(PHRASINGS_AN_ENTRY)]
        grown[f"entry-{number}"] = tuple(
            " ".join(one[: (len(one) + 1) // 2] + other[len(other) // 2 :]) for one, other in pairs
        )
    return QuestionSet(f"{size} phrasings", grown, known.questions, terms=known.terms, grammar=known.grammar)


def _print_growth(known: QuestionSet) -> None:
    texts = [asked.text for asked in random.Random(1).sample(known.questions, ASKED)]  # noqa: S311  no secret
    print(f"\nTime a question, median of {ASKED}, without meaning\n")
    print(f"{'phrasings':>10}{'token_set_ratio':>18}{'ours':>12}{'ratio':>9}{'ours to load':>15}")
    for size in SIZES:
        grown = grow(known, size)
        begin = time.perf_counter()
        ours = build_ours(grown)
        load_seconds = time.perf_counter() - begin
        base, median = _median_milliseconds(token_set_ratio(grown), texts), _median_milliseconds(ours, texts)
        print(f"{size:>10,}{base:>15.2f} ms{median:>9.2f} ms{median / base:>8.2f}x{load_seconds:>13.2f} s", flush=True)


def _print_hostile() -> int:
    knowledge = load_knowledge(ROOT / "knowledge")
    assistant = Assistant(knowledge)
    assistant.answer(Question("warm up"))
    slow = sorted(
        ((_fastest_milliseconds(assistant, text), kind) for kind, text in hostile_messages(knowledge).items()),
        reverse=True,
    )
    print(f"\nWhole answer to {len(slow)} messages of 4,096 characters made to be slow (at most {LONGEST_ANSWER} ms)\n")
    for milliseconds, kind in slow:
        print(f"{kind:<46}{milliseconds:>8.1f} ms{'   TOO SLOW' if milliseconds > LONGEST_ANSWER else ''}")
    return int(slow[0][0] > LONGEST_ANSWER)


def _median_milliseconds(rank: Rank, texts: Sequence[str]) -> float:
    rank(texts[0])
    return statistics.median(_milliseconds(partial(rank, text)) for text in texts)


def _fastest_milliseconds(assistant: Assistant, text: str) -> float:
    return min(_milliseconds(partial(assistant.answer, Question(text))) for _ in range(TURNS))


def _milliseconds(act: Callable[[], object]) -> float:
    """Of processor time, which others that use the machine do not add to."""
    begin = time.process_time()
    act()
    return (time.process_time() - begin) * 1000


if __name__ == "__main__":
    sys.exit(main())
