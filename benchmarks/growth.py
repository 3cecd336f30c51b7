"""How time grows: with the number of phrasings, beside token_set_ratio, and for messages made to be slow.

Run: make bench, or python -m benchmarks.growth. Ends with 1 where a message keeps others waiting too long.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from benchmarks.hostile import hostile_messages
from benchmarks.ours import Rank, build_ours, has_sentence_model
from benchmarks.peers import token_set_ratio
from benchmarks.sets import ROOT, QuestionSet, our_set
from bot.core.answering import Assistant
from bot.core.model import Question
from bot.curation.loading import load_knowledge
from bot.meaning.finding import find_meaning

SIZES = (100, 1_000, 10_000, 100_000)  # phrasings
PHRASINGS_AN_ENTRY = 25
ASKED = 40  # questions at each size
TURNS = 3  # for each hostile message; the fastest counts, since others use the machine too
LONGEST_WAIT = 50  # milliseconds that the loop, and so everybody else, may wait for the answer to a message
TICK = 0.001  # seconds after which the loop is asked whether it still goes round


def main() -> int:
    known = our_set(sorted((ROOT / "tests/questions").glob("*.yaml")))
    failed = _print_hostile(_median_milliseconds(token_set_ratio(known), _some_questions(known)))
    _print_growth(known)
    return failed


def grow(known: QuestionSet, size: int, seed: int = 1) -> QuestionSet:
    """A set of so many phrasings: each the beginning of one and the end of another, from two entries for a new one."""
    chance = random.Random(seed)
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
    texts = _some_questions(known)
    print(f"\nTime a question, median of {ASKED}, without meaning\n")
    print(f"{'phrasings':>10}{'token_set_ratio':>18}{'ours':>12}{'ratio':>9}{'ours to load':>15}")
    for size in SIZES:
        grown = grow(known, size)
        begin = time.process_time()
        ours = build_ours(grown)
        load_seconds = time.process_time() - begin
        base, median = _median_milliseconds(token_set_ratio(grown), texts), _median_milliseconds(ours, texts)
        print(f"{size:>10,}{base:>15.2f} ms{median:>9.2f} ms{median / base:>8.2f}x{load_seconds:>13.2f} s", flush=True)


def _some_questions(known: QuestionSet) -> list[str]:
    return [asked.text for asked in random.Random(1).sample(known.questions, ASKED)]


def _print_hostile(base: float) -> int:
    """Each message, its times and the wait; then the median and the worst, also against `base`, one pass in ms."""
    knowledge = load_knowledge(ROOT / "knowledge")
    messages = hostile_messages(knowledge)
    print(f"\n{len(messages)} messages of 4,096 characters made to be slow: the whole answer without meaning, with it,")
    print(f"and how long all others wait meanwhile, since it is made in a thread: at most {LONGEST_WAIT} ms\n")
    assistants = [Assistant(knowledge)]
    if has_sentence_model():
        assistants.append(Assistant(knowledge, meaning=find_meaning(knowledge, ROOT / "knowledge")))
    columns = [_hostile_milliseconds(assistant, messages) for assistant in assistants]
    waits = {kind: asyncio.run(_shortest_wait(assistants[-1], text)) for kind, text in messages.items()}
    for kind in sorted(messages, key=lambda kind: -columns[0][kind]):
        times = "".join(f"{column[kind]:>9.1f} ms" for column in (*columns, waits))
        print(f"{kind:<46}{times}{'   TOO LONG' if waits[kind] > LONGEST_WAIT else ''}")
    for name, summary in (("median", statistics.median), ("worst", max)):
        figures = [summary(column.values()) for column in (*columns, waits)]
        times = "".join(f"{figure:>9.1f} ms" for figure in figures)
        print(f"{name:<46}{times}   " + ", ".join(f"{figure / base:.0f}x" for figure in figures))
    print(f"x: of one token_set_ratio pass over our phrasings, {base:.2f} ms")
    return int(max(waits.values()) > LONGEST_WAIT)


async def _shortest_wait(assistant: Assistant, text: str) -> float:
    """The longest time that the loop stands still while a message is answered; of some turns the shortest such time."""
    return min([await _longest_wait(assistant, text) for _ in range(TURNS)])


async def _longest_wait(assistant: Assistant, text: str) -> float:
    answered = asyncio.create_task(asyncio.to_thread(assistant.answer, Question(text)))
    longest = 0.0
    while not answered.done():
        begin = time.perf_counter()
        await asyncio.sleep(TICK)
        longest = max(longest, time.perf_counter() - begin - TICK)
    await answered
    return longest * 1000


def _hostile_milliseconds(assistant: Assistant, messages: Mapping[str, str]) -> dict[str, float]:
    assistant.answer(Question("warm up"))
    return {kind: _fastest_milliseconds(assistant, text) for kind, text in messages.items()}


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
