"""The page on how well labelled questions are answered: tables in Markdown, and plots beside it."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.core.model import Urgency
from bot.curation.figures import Figure, Placing, find_figures, find_placings, is_right, share
from bot.curation.labelled import describe
from bot.curation.markdown import picture, section, table
from bot.curation.misses import find_confusions, find_misses, find_reason, nearest, shown
from bot.curation.plots import draw_reliability, draw_risk, draw_shares
from bot.curation.reliability import (
    Scored,
    expected_error,
    find_bins,
    find_off_topic,
    find_operating_points,
    find_scored,
)
from bot.curation.trials import Trial, split

REPOSITORY = Path(__file__).parents[2]
RISKS = (0.02, 0.05, 0.08)  # shares of wrong answers at which coverage is told
MOST_CONFUSIONS = 40
PARTS = ("held back", "open to tuning")
Hit = Callable[[Trial], bool]


def write_quality_page(file: Path, trials: Sequence[Trial], sources: Mapping[Path, int]) -> None:
    """Write the page, and its plots into a folder of the same name beside it.

    Args:
        sources: the files of questions, and how many each holds.
    """
    folder = file.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    parts = split(trials)
    draw_shares(
        folder / "styles.svg", "Right entry first, by style", dict(zip(PARTS, map(_styles, parts), strict=True))
    )
    draw_shares(folder / "signs.svg", "Warning signs noticed, by sign", {"all": list(_by_sign(trials))})
    draw_reliability(folder / "reliability.svg", dict(zip(PARTS, map(find_scored, parts), strict=True)))
    scored = find_scored(trials)
    draw_risk(folder / "risk.svg", {"questions": scored, "with off-topic ones": scored + find_off_topic(trials)})
    page = "\n".join(page_lines(trials, describe_sources(sources), folder.name))
    file.write_text(re.sub("\n{3,}", "\n\n", page).rstrip() + "\n", encoding="utf-8")


def describe_sources(sources: Mapping[Path, int]) -> str:
    """How many questions come from which folders of the repository, and how many from files that are kept elsewhere."""
    files: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for file, count in sources.items():
        folder = file.resolve().parent
        inside = f"`{folder.relative_to(REPOSITORY).as_posix()}`" if folder.is_relative_to(REPOSITORY) else ""
        files[inside] += 1
        questions[inside] += count
    lines = [
        f"{questions[folder]:,} in {count} file{'s' if count > 1 else ''} "
        + (f"of {folder}" if folder else "kept outside this repository, without which the figures come out otherwise")
        for folder, count in sorted(files.items(), key=lambda item: (not item[0], item[0]))
    ]
    return ", and ".join(lines)


def page_lines(trials: Sequence[Trial], origin: str, folder: str) -> Iterator[str]:
    """The page, line by line.

    Args:
        origin: of the questions, from `describe_sources`.
        folder: holds its plots.
    """
    held_back, open_ = split(trials)
    yield (
        f"# How well questions are answered\n\n"
        f"Made by `make quality`, that is `python -m bot evaluate FILE... --out docs/quality.md`; do not edit. "
        f"{len(trials):,} labelled questions: {origin}. Half of them, chosen by a hash of their words, are held back: "
        f"nobody looks at them while tuning, and only their totals stand here. In brackets: 95 % interval (Wilson)."
    )
    yield from _time_lines(trials)
    yield from _placing_lines(held_back, open_, folder)
    others = {figure.name: figure for figure in find_figures(held_back)}
    yield from section("What comes back")
    yield from table(("", *PARTS), [(each.name, others.get(each.name, ""), each) for each in find_figures(open_)])
    yield from _sign_lines(trials, folder)
    yield from _outside_lines(trials)
    yield from _calibration_lines(held_back, open_, folder)
    yield from _risk_lines(trials, folder)
    yield from section("Which entry is taken for which", f"Open half only; the {MOST_CONFUSIONS} most frequent.")
    yield from table(("wanted", "stood first", "times"), list(find_confusions(open_))[:MOST_CONFUSIONS])
    yield from _miss_lines(held_back, open_)


def _time_lines(trials: Sequence[Trial]) -> Iterator[str]:
    times = sorted(trial.milliseconds for trial in trials) or [0.0]
    yield (
        f"\nHalf of the answers took {statistics.median(times):.1f} ms or less, ninety-nine in a hundred "
        f"{times[int(0.99 * (len(times) - 1))]:.0f} ms or less, on the machine that made this page."
    )


def _placing_lines(held_back: Sequence[Trial], open_: Sequence[Trial], folder: str) -> Iterator[str]:
    yield from section(
        "Where the right entry stands",
        "Entries are ranked as `ask --json` tells them: `entries`, then `suggestions`, then `scores`. MRR: the mean of "
        "one divided by the place of the right entry.",
    )
    yield from picture(f"{folder}/styles.svg", "Right entry first, by style")
    others = {placing.name: placing for placing in find_placings(held_back)}
    yield from table(
        ("", *(f"{part}: {what}" for part in PARTS for what in ("top 1", "top 3", "MRR"))),
        [
            (placing.name, *_placing_cells(others.get(placing.name)), *_placing_cells(placing))
            for placing in find_placings(open_)
        ],
    )


def _placing_cells(placing: Placing | None) -> tuple[object, ...]:
    if placing is None:
        return ("", "", "")
    return placing.top_1, f"{placing.top_3.share:.1%}", f"{placing.mean_reciprocal_rank:.3f}"


def _sign_lines(trials: Sequence[Trial], folder: str) -> Iterator[str]:
    signs = [trial for trial in trials if trial.question.flags]
    calm = [trial for trial in trials if trial.question.flags == ()]
    yield from section(
        "Warning signs",
        "Of messages that tell of a sign: how many raise an alarm of the wanted level or a higher one, and how many "
        "name the right sign. Of look-alikes, by trap: how many raise any alarm. Both halves together.",
    )
    yield from picture(f"{folder}/signs.svg", "Warning signs noticed, by sign")
    for name, key in (("sign", _first_flag), ("level", _urgency), ("style", _style), ("kind", _kind)):
        yield from _by(
            name,
            _grouped(signs, key),
            {
                "noticed": lambda t: t.is_noticed,
                "noticed or asked about": lambda t: t.is_noticed or t.is_asked_about,
                "right sign": is_right,
            },
        )
    yield from _by(
        "look-alike",
        _grouped(calm, _style),
        {
            "alarmed": lambda t: bool(t.answer.red_flags),
            "as emergency": lambda t: t.level is Urgency.EMERGENCY,
            "asked back": lambda t: t.is_asked_about,
        },
    )


def _outside_lines(trials: Sequence[Trial]) -> Iterator[str]:
    yield from section(
        "Outside the knowledge",
        "Messages that want a refusal, a referral, a greeting or silence, by kind. Both halves together.",
    )
    yield from _by(
        "kind",
        _grouped([trial for trial in trials if trial.question.outcomes], _kind),
        {"answered as wanted": is_right, "answered with an entry": lambda t: bool(t.answer.entry_ids)},
    )


def _calibration_lines(held_back: Sequence[Trial], open_: Sequence[Trial], folder: str) -> Iterator[str]:
    yield from section(
        "What a score means",
        "It is meant so: of a hundred best matches that score 80, eighty are right. Single questions only.",
    )
    yield from picture(f"{folder}/reliability.svg", "Reliability diagram")
    parts = [(part, scored) for part, scored in zip(PARTS, map(find_scored, (held_back, open_)), strict=True) if scored]
    yield from table(
        ("", "questions", "mean score", "right"),
        [
            (part, each.count, f"{each.score:.0f}", f"{each.share_right:.0%}")
            for part, scored in parts
            for each in find_bins(scored)
        ],
    )
    errors = ", ".join(f"{part} {expected_error(scored):.3f}" for part, scored in parts)
    yield f"Expected calibration error: {errors or 'nothing scored'}."


def _risk_lines(trials: Sequence[Trial], folder: str) -> Iterator[str]:
    yield from section(
        "What answering more would cost",
        "All single questions with the score of their best match, and the same with every off-topic question added.",
    )
    yield from picture(f"{folder}/risk.svg", "Risk by coverage")
    scored = find_scored(trials)
    groups = (scored, scored + find_off_topic(trials))
    yield from table(
        ("wrong answers at most", "answered, questions", "answered, with off-topic ones"),
        [(f"{risk:.0%}", *(f"{_coverage(group, risk):.0%}" for group in groups)) for risk in RISKS],
    )


def _coverage(scored: Sequence[Scored], risk: float) -> float:
    """The greatest share answered with no more than so many of the answers wrong."""
    return max((point.coverage for point in find_operating_points(scored) if point.risk <= risk), default=0.0)


def _miss_lines(held_back: Sequence[Trial], open_: Sequence[Trial]) -> Iterator[str]:
    misses = find_misses(open_)
    yield from section(
        "Every miss",
        f"{len(misses)} of the {len(open_):,} questions open to tuning were not answered as wanted, among them those "
        f"that were only offered the right entry; of the {len(held_back):,} held back {len(find_misses(held_back))}.",
    )
    yield from table(
        ("question", "wanted", "came", "why", "best scores"),
        [
            (
                shown(trial),
                trial.question.label,
                f"{trial.verdict.name.lower()}: {describe(trial.answer)}",
                find_reason(trial),
                nearest(trial),
            )
            for trial in misses
        ],
    )


def _by(name: str, groups: Iterable[tuple[str, Sequence[Trial]]], columns: Mapping[str, Hit]) -> Iterator[str]:
    """A table of one row a group, and in each column the share of its trials that are so."""
    rows = [(group, *(figure for is_hit in columns.values() for figure in share(group, members, is_hit)))
            for group, members in groups]  # fmt: skip
    yield from table((name, *columns), rows)


def _grouped(trials: Iterable[Trial], key: Callable[[Trial], str]) -> list[tuple[str, list[Trial]]]:
    groups: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[key(trial)].append(trial)
    return sorted(groups.items())


def _styles(trials: Sequence[Trial]) -> list[Figure]:
    return [placing.top_1 for placing in find_placings(trials) if placing.name.startswith(" ")]


def _by_sign(trials: Sequence[Trial]) -> Iterator[Figure]:
    for flag, members in _grouped([trial for trial in trials if trial.question.flags], _first_flag):
        yield from share(flag, members, lambda t: t.is_noticed)


def _first_flag(trial: Trial) -> str:
    return (trial.question.flags or ("",))[0]


def _style(trial: Trial) -> str:
    return trial.question.style


def _kind(trial: Trial) -> str:
    return trial.question.kind


def _urgency(trial: Trial) -> str:
    return str(trial.question.urgency)
