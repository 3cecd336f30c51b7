"""One matcher measured on one set, in a process of its own so that its memory and its imports are its own."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ours import Rank, Ranking
from benchmarks.peers import BASE, PEERS
from benchmarks.sets import Asked, QuestionSet
from benchmarks.typos import mistype

ANSWERED_OFF_TOPIC = 0.1  # share of off-topic questions that may get an answer
MOST_TIMED = 300  # questions
TURNS = 3  # for each of them; the fastest counts, since others use the machine too
WARM_UP = 10  # questions before the clock counts
NO_MATCH = float("-inf")
PAGE = 4096  # bytes; where /proc is, it is this


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares are 0-1, None where nothing was asked; times are ratios to the base matcher's in the same process."""

    top_1: float
    top_3: float
    top_1_one_typo: float
    top_1_two_typos: float
    auroc_near: float | None
    auroc_far: float | None
    right_near: float | None  # right, at the threshold that lets so many near off-topic questions through
    right_far: float | None
    median: float
    percentile_99: float
    base_milliseconds: float
    load_seconds: float
    megabytes: float


def measure_apart(name: str, known: QuestionSet) -> Measured:
    """The figures of one matcher, measured in a child process.

    Raises:
        RuntimeError: the child ended without figures; what went wrong is on its standard error.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_measure_and_send, args=(name, known, there))
    child.start()
    there.close()
    try:
        measured: Measured = here.recv()
    except EOFError:
        raise RuntimeError(f"measuring {name} failed") from None
    child.join()
    return measured


def measure(name: str, known: QuestionSet) -> Measured:
    """The figures of one matcher, measured here."""
    before = _resident_bytes()
    begin = time.perf_counter()
    rank = PEERS[name](known)
    load_seconds = time.perf_counter() - begin
    texts = [asked.text for asked in known.questions]
    rankings = [rank(text) for text in texts]
    megabytes = (_resident_bytes() - before) / 2**20
    values = sorted(_value(ranking) for ranking in rankings)
    near, far = ([_value(rank(text)) for text in group] for group in (known.near, known.far))
    seconds, base_seconds = _time_in_turn(rank, PEERS[BASE](known), texts[:MOST_TIMED])
    base = statistics.median(base_seconds)
    return Measured(
        top_1=_share_right(rankings, known.questions, 1),
        top_3=_share_right(rankings, known.questions, 3),
        top_1_one_typo=_share_right([rank(text) for text in mistype(texts, 1)], known.questions, 1),
        top_1_two_typos=_share_right([rank(text) for text in mistype(texts, 2, seed=2)], known.questions, 1),
        auroc_near=auroc(values, near),
        auroc_far=auroc(values, far),
        right_near=right_while_refusing(rankings, known.questions, near),
        right_far=right_while_refusing(rankings, known.questions, far),
        median=statistics.median(seconds) / base,
        percentile_99=statistics.quantiles(seconds, n=100)[-1] / base,
        base_milliseconds=base * 1000,
        load_seconds=load_seconds,
        megabytes=megabytes,
    )


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """How often a question of the subject has a higher value than one that is not; ties count half.

    >>> auroc([1, 2, 3], [0, 2])
    0.75
    """
    if not inside or not outside:
        return None
    ordered = sorted(outside)
    below = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in inside) / 2
    return below / (len(inside) * len(outside))


def right_while_refusing(
    rankings: Iterable[Ranking], questions: Sequence[Asked], outside: Sequence[float]
) -> float | None:
    """The share answered rightly at the lowest threshold that at most a tenth of the off-topic values reach."""
    if not outside:
        return None
    allowed = int(ANSWERED_OFF_TOPIC * len(outside))
    bar = sorted(outside, reverse=True)[allowed]  # must be outdone, since it belongs to one too many
    right = [
        bool(ranking) and ranking[0][1] > bar and ranking[0][0] in asked.expect
        for ranking, asked in zip(rankings, questions, strict=True)
    ]
    return statistics.mean(map(bool, right))  # numpy's truths are no numbers


def _measure_and_send(name: str, known: QuestionSet, there: multiprocessing.connection.Connection) -> None:
    there.send(measure(name, known))
    there.close()


def _share_right(rankings: Iterable[Ranking], questions: Iterable[Asked], most: int) -> float:
    return statistics.mean(
        any(entry_id in asked.expect for entry_id, _ in ranking[:most])
        for ranking, asked in zip(rankings, questions, strict=True)
    )


def _value(ranking: Ranking) -> float:
    return ranking[0][1] if ranking else NO_MATCH


def _time_in_turn(rank: Rank, base: Rank, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds a question, of both; one after the other, so that a busy machine slows both."""
    for text in texts[:WARM_UP]:
        rank(text)
        base(text)
    seconds = [[_seconds(each, text) for each in (rank, base)] for text in texts for _ in range(TURNS)]
    turns = [seconds[at : at + TURNS] for at in range(0, len(seconds), TURNS)]
    return [min(ours for ours, _ in each) for each in turns], [min(others for _, others in each) for each in turns]


def _seconds(rank: Rank, text: str) -> float:
    begin = time.perf_counter()
    rank(text)
    return time.perf_counter() - begin


def _resident_bytes() -> int:
    """Memory this process holds; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[1]) * PAGE if statm.exists() else 0
