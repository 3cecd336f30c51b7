"""Matchers side by side in one run, on our knowledge or on any file of phrasings and questions.

Run: make bench, or python -m benchmarks.matching [FILE ...] [--only NAME ...]. benchmarks/sets.py shows a FILE.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from benchmarks.measuring import Measured, measure_apart
from benchmarks.peers import BASE, PEERS, is_missing
from benchmarks.sets import ROOT, QuestionSet, our_set, read_set

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
COLUMNS = (
    ("top 1", 7), ("top 3", 7), ("1 typo", 8), ("2 typos", 9), ("auroc n/f", 16), ("right n/f", 17),
    ("median", 9), ("99th pct", 10), ("load", 9), ("memory", 9),
)  # fmt: skip
LEGEND = """\
1 typo, 2 typos: top 1 of the same questions mistyped. auroc n/f: how often a question of the subject gets a
higher value than an off-topic one, near / far. right n/f: answered rightly at the threshold that lets 10 % of the
near / far off-topic questions through. Times are ratios to a question put to token_set_ratio in the same process;
load is seconds with imports, memory the growth of the process in MB. One thread."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="sets to measure on; our knowledge otherwise"
    )
    parser.add_argument("--only", nargs="+", choices=list(PEERS), metavar="NAME", help=f"of: {', '.join(PEERS)}")
    parser.add_argument(
        "--questions", nargs="+", type=Path, metavar="FILE", help="labelled questions for our knowledge"
    )
    given = parser.parse_args()
    os.environ.update(dict.fromkeys(THREADS, "1"))
    ours = given.questions or sorted((ROOT / "tests/questions").glob("*.yaml"))
    for known in map(read_set, given.files) if given.files else [our_set(ours)]:
        _compare(known, given.only or list(PEERS))
    print(LEGEND)


def _compare(known: QuestionSet, names: list[str]) -> None:
    phrasings = sum(map(len, known.phrasings.values()))
    print(
        f"{known.name}: {phrasings:,} phrasings of {len(known.phrasings)} entries, {len(known.questions):,} questions, "
        f"{len(known.near):,} near and {len(known.far):,} far off-topic\n"
    )
    print(f"{'':<28}" + "".join(f"{name:>{width}}" for name, width in COLUMNS))
    base = 0.0
    for name in names:
        if is_missing(name):
            print(f"{name:<28}  not installed")
            continue
        measured = measure_apart(name, known)
        base = measured.base_milliseconds if name == BASE else base
        print(f"{name:<28}" + _row(measured), flush=True)
    print(f"\n{BASE}: {base:.2f} ms a question\n" if base else "")


def _row(measured: Measured) -> str:
    cells = (
        _percent(measured.top_1),
        _percent(measured.top_3),
        _percent(measured.top_1_one_typo),
        _percent(measured.top_1_two_typos),
        _pair(measured.auroc_near, measured.auroc_far, "{:.3f}"),
        _pair(measured.right_near, measured.right_far, "{:.1%}"),
        f"{measured.median:.2f}x",
        f"{measured.percentile_99:.2f}x",
        f"{measured.load_seconds:.2f}",
        f"{measured.megabytes:.0f}",
    )
    return "".join(f"{cell:>{width}}" for cell, (_, width) in zip(cells, COLUMNS, strict=True))


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _pair(near: float | None, far: float | None, form: str) -> str:
    return " / ".join("-" if value is None else form.format(value) for value in (near, far))


if __name__ == "__main__":
    main()
