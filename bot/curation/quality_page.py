"""The page on how well labelled questions are answered: tables in Markdown, and plots beside it."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bot.curation.calibration import expected_error, find_bins, find_off_topic, find_operating_points, find_scored
from bot.curation.figures import Figure, Placing, find_figures, find_placings, is_right, share
from bot.curation.labelled import describe
from bot.curation.misses import find_confusions, find_misses, find_reason, nearest, shown
from bot.curation.plots import draw_reliability, draw_risk, draw_shares
from bot.curation.trials import Trial, split

RISKS = (0.02, 0.05, 0.08)  # shares of wrong answers at which coverage is told
MOST_CONFUSIONS = 40
PARTS = ("held back", "open to tuning")


def write_quality_page(file: Path, trials: Sequence[Trial], sources: Iterable[Path]) -> None:
    """Write the page, and its plots into a folder of the same name beside it."""
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
    names = ", ".join(f"`{source.parent.name}/{source.name}`" for source in sources)
    page = "\n".join(page_lines(trials, names, folder.name))
    file.write_text(re.sub("\n{3,}", "\n\n", page) + "\n", encoding="utf-8")


def page_lines(trials: Sequence[Trial], names: str, folder: str) -> Iterator[str]:
    """The page, line by line; `folder` holds its plots."""
    held_back, open_ = split(trials)
    yield "# How well questions are answered"
    yield ""
    yield (
        f"Made by `make quality`, that is `python -m bot evaluate FILE... --out docs/quality.md`; do not edit. "
        f"{len(trials):,} labelled questions of {names}. Half of them, chosen by a hash of their words, are held back: "
        f"nobody looks at them while tuning, and only their totals stand here. In brackets: 95 % interval (Wilson)."
    )
    yield from _time_lines(trials)
    yield from _placing_lines(held_back, open_, folder)
    yield from _section("What comes back")
    yield from _two_columns(find_figures(held_back), find_figures(open_))
    yield from _sign_lines(trials, folder)
    yield from _calibration_lines(held_back, open_, folder)
    yield from _risk_lines(trials, folder)
    yield from _confusion_lines(open_)
    yield from _miss_lines(held_back, open_)


def _time_lines(trials: Sequence[Trial]) -> Iterator[str]:
    times = sorted(trial.milliseconds for trial in trials) or [0.0]
    yield (
        f"\nHalf of the answers took {statistics.median(times):.1f} ms or less, ninety-nine in a hundred "
        f"{times[int(0.99 * (len(times) - 1))]:.0f} ms or less, on the machine that made this page."
    )


def _placing_lines(held_back: Sequence[Trial], open_: Sequence[Trial], folder: str) -> Iterator[str]:
    yield from _section("Where the right entry stands")
    yield (
        "Entries are ranked as `ask --json` tells them: `entries`, then `suggestions`, then `scores`. MRR: the mean of "
        "one divided by the place of the right entry."
    )
    yield from _plot(folder, "styles.svg", "Right entry first, by style")
    others = {placing.name: placing for placing in find_placings(held_back)}
    yield from _head("", *(f"{part}: {what}" for part in PARTS for what in ("top 1", "top 3", "MRR")))
    for placing in find_placings(open_):
        yield _row(placing.name.strip(), *_placing_cells(others.get(placing.name)), *_placing_cells(placing))


def _placing_cells(placing: Placing | None) -> tuple[object, ...]:
    if placing is None:
        return ("", "", "")
    return placing.top_1, f"{placing.top_3.share:.1%}", f"{placing.mean_reciprocal_rank:.3f}"


def _sign_lines(trials: Sequence[Trial], folder: str) -> Iterator[str]:
    signs = [trial for trial in trials if trial.question.flags]
    calm = [trial for trial in trials if trial.question.flags == ()]
    yield from _section("Warning signs")
    yield (
        "Of messages that tell of a sign: how many raise an alarm of the wanted level or a higher one, and how many "
        "name the right sign. Of look-alikes, by trap: how many raise any alarm. Both halves together."
    )
    yield from _plot(folder, "signs.svg", "Warning signs noticed, by sign")
    for name, key in (("sign", _first_flag), ("style", _style), ("level", _urgency)):
        yield from _head(name, "noticed", "right sign")
        for group, members in _grouped(signs, key):
            (noticed,) = share(group, members, lambda t: t.is_noticed)
            (named,) = share(group, members, is_right)
            yield _row(group, noticed, named)
    yield from _head("look-alike", "alarmed", "as emergency")
    for group, members in _grouped(calm, _style):
        (alarmed,) = share(group, members, lambda t: bool(t.answer.red_flags))
        (emergency,) = share(group, members, lambda t: t.level == "emergency")
        yield _row(group, alarmed, emergency)


def _calibration_lines(held_back: Sequence[Trial], open_: Sequence[Trial], folder: str) -> Iterator[str]:
    yield from _section("What a score means")
    yield "A score is meant as: of a hundred best matches that score 80, eighty are right. Single questions only."
    yield from _plot(folder, "reliability.svg", "Reliability diagram")
    yield from _head("", "questions", "mean score", "right")
    for part, trials in zip(PARTS, (held_back, open_), strict=True):
        scored = find_scored(trials)
        for each in find_bins(scored):
            yield _row(part, str(each.count), f"{each.score:.0f}", f"{each.share_right:.0%}")
    errors = (
        f"{part} {expected_error(scored):.3f}"
        for part, scored in zip(PARTS, map(find_scored, (held_back, open_)), strict=True)
        if scored
    )
    yield f"\nExpected calibration error: {', '.join(errors)}."


def _risk_lines(trials: Sequence[Trial], folder: str) -> Iterator[str]:
    yield from _section("What answering more would cost")
    yield "All single questions with the score of their best match, and the same with every off-topic question added."
    yield from _plot(folder, "risk.svg", "Risk by coverage")
    scored = find_scored(trials)
    yield from _head("wrong answers at most", "answered, questions", "answered, with off-topic ones")
    for risk in RISKS:
        coverages = [
            max((point.coverage for point in find_operating_points(each) if point.risk <= risk), default=0.0)
            for each in (scored, scored + find_off_topic(trials))
        ]
        yield _row(f"{risk:.0%}", *(f"{coverage:.0%}" for coverage in coverages))


def _confusion_lines(open_: Sequence[Trial]) -> Iterator[str]:
    yield from _section("Which entry is taken for which")
    yield f"Open half only; the {MOST_CONFUSIONS} most frequent."
    yield from _head("wanted", "stood first", "times")
    for wanted, taken, times in list(find_confusions(open_))[:MOST_CONFUSIONS]:
        yield _row(wanted, taken, str(times))


def _miss_lines(held_back: Sequence[Trial], open_: Sequence[Trial]) -> Iterator[str]:
    misses = find_misses(open_)
    yield from _section("Every miss")
    yield (
        f"{len(misses)} of the {len(open_):,} questions open to tuning were not answered as wanted, among them those "
        f"that were only offered the right entry; of the {len(held_back):,} held back {len(find_misses(held_back))}."
    )
    yield from _head("question", "wanted", "came", "why", "best scores")
    for trial in misses:
        came = f"{trial.verdict.name.lower()}: {describe(trial.answer)}"
        yield _row(shown(trial), trial.question.label, came, find_reason(trial), nearest(trial))


def _styles(trials: Sequence[Trial]) -> list[Figure]:
    return [placing.top_1 for placing in find_placings(trials) if placing.name.startswith(" ")]


def _by_sign(trials: Sequence[Trial]) -> Iterator[Figure]:
    for flag, members in _grouped([trial for trial in trials if trial.question.flags], _first_flag):
        yield from share(flag, members, lambda t: t.is_noticed)


def _first_flag(trial: Trial) -> str:
    return (trial.question.flags or ("",))[0]


def _style(trial: Trial) -> str:
    return trial.question.style


def _urgency(trial: Trial) -> str:
    return str(trial.question.urgency)


def _grouped(trials: Iterable[Trial], key: Callable[[Trial], str]) -> Iterator[tuple[str, list[Trial]]]:
    groups: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[key(trial)].append(trial)
    yield from sorted(groups.items())


def _section(title: str) -> Iterator[str]:
    yield f"\n## {title}\n"


def _plot(folder: str, name: str, title: str) -> Iterator[str]:
    yield f"\n![{title}]({folder}/{name})"


def _two_columns(held_back: Iterable[Figure], open_: Iterable[Figure]) -> Iterator[str]:
    others = {figure.name: figure for figure in held_back}
    yield from _head("", *PARTS)
    for figure in open_:
        yield _row(figure.name, others.get(figure.name, ""), figure)


def _head(*cells: str) -> Iterator[str]:
    yield ""
    yield _row(*cells)
    yield "|" + "---|" * len(cells)


def _row(*cells: object) -> str:
    return "| " + " | ".join(_cell(str(cell)) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Nothing a user typed can break out of its cell, or become markup."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return escaped.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("`", "\\`").replace("[", "\\[")
