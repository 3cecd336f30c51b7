"""How long the knowledge takes to load, beside PyYAML's C loader alone on the same files, in turn.

Run: make bench
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from bot.core.answering import Assistant
from bot.curation.loading import load_knowledge

FOLDER = Path(__file__).parent.parent / "knowledge"
TURNS = 15
LONGEST_LOAD = 150  # milliseconds that loading may take


def parse_alone() -> None:
    """Every file through PyYAML's C loader: no lines kept, nothing checked."""
    for file in FOLDER.rglob("*.yaml"):
        yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)


def main() -> None:
    knowledge = load_knowledge(FOLDER)
    steps: dict[str, Callable[[], object]] = {
        "PyYAML's C loader alone": parse_alone,
        "our loading, with every check": lambda: load_knowledge(FOLDER),
        "making the assistant from it": lambda: Assistant(knowledge),
    }
    milliseconds: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(TURNS):
        for name, step in steps.items():
            begin = time.perf_counter()
            step()
            milliseconds[name].append((time.perf_counter() - begin) * 1000)
    characters = sum(len(file.read_text("utf-8")) for file in FOLDER.rglob("*.yaml"))
    base = statistics.median(milliseconds["PyYAML's C loader alone"])
    print(f"\nLoading {characters:,} characters of knowledge, {TURNS} turns (aim: {LONGEST_LOAD} ms)\n")
    print(f"{'step':<32}{'median':>10}{'slowest':>10}{'ratio':>8}")
    for name, times in milliseconds.items():
        median = statistics.median(times)
        print(f"{name:<32}{median:>7.0f} ms{max(times):>7.0f} ms{median / base:>7.1f}x")


if __name__ == "__main__":
    main()
