"""How long a start takes without the sentence model, step by step, beside PyYAML's C loader on the same files, in turn.

Run: make bench, or python -m benchmarks.loading. Ends with 1 where loading takes longer than its aim.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bot.core.answering import Assistant
from bot.curation.learned import find_learned
from bot.curation.loading import load_knowledge

FOLDER = Path(__file__).parent.parent / "knowledge"
TURNS = 5
LONGEST_LOAD = 1500  # milliseconds of processor time that loading may take at the median
PARSING, LOADING = "PyYAML's C loader alone", "our loading, with every check"


def parse_alone() -> None:
    """Every file through PyYAML's C loader: no lines kept, nothing checked."""
    for file in FOLDER.rglob("*.yaml"):
        yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)


def main() -> int:
    """1 where loading takes longer than its aim, else 0."""
    characters = sum(len(file.read_text("utf-8")) for file in FOLDER.rglob("*.yaml"))
    print(f"\nLoading {characters:,} characters of knowledge, {TURNS} turns (aim: {LONGEST_LOAD:,} ms for loading)\n")
    knowledge = load_knowledge(FOLDER)
    with TemporaryDirectory() as cache:
        learned = find_learned(knowledge, FOLDER, Path(cache), has_meaning=False)  # now: later it is read
        steps: dict[str, Callable[[], object]] = {
            PARSING: parse_alone,
            LOADING: lambda: load_knowledge(FOLDER),
            "reading what was learned": lambda: find_learned(knowledge, FOLDER, Path(cache), has_meaning=False),
            "making the assistant from both": lambda: Assistant(knowledge, learned=learned),
        }
        milliseconds: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(TURNS):
            for name, step in steps.items():
                milliseconds[name].append(_milliseconds(step))
    return report(milliseconds)


def report(milliseconds: Mapping[str, Sequence[float]]) -> int:
    """Print the times of each step; 1 where the median of loading is over its aim, else 0."""
    base = statistics.median(milliseconds[PARSING])
    print(f"{'step':<32}{'median':>10}{'slowest':>10}{'ratio':>8}")
    for name, times in milliseconds.items():
        median = statistics.median(times)
        print(f"{name:<32}{median:>7.0f} ms{max(times):>7.0f} ms{median / base:>7.1f}x")
    return int(statistics.median(milliseconds[LOADING]) > LONGEST_LOAD)


def _milliseconds(step: Callable[[], object]) -> float:
    """Of processor time, which others that use the machine do not add to; as at a start, without garbage collector."""
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        step()
        return (time.process_time() - begin) * 1000
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
