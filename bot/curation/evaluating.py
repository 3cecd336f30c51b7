"""How well the bot answers labelled questions, for the terminal: figures with their intervals, and every miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.curation.figures import Placing, find_figures, find_placings
from bot.curation.misses import miss_lines
from bot.curation.reliability import expected_error, find_scored
from bot.curation.trials import Trial, split


def evaluation_lines(trials: Sequence[Trial], *, misses: bool) -> Iterator[str]:
    """The figures of the questions we may tune on and of those held back, side by side; misses of the former only."""
    held_back, open_ = split(trials)
    yield f"{len(trials):,} labelled questions; those held back are for measuring only. In brackets: 95 % interval.\n"
    yield f"{'':<38}{'held back':<40}{'open to tuning'}"
    yield f"{'right entry among those ranked':<38}" + f"{'top 1':<26}{'top 3':<8}{'MRR':<6}" * 2
    others = {placing.name: placing for placing in find_placings(held_back)}
    for placing in find_placings(open_):
        yield f"{placing.name:<38}{_cells(others.get(placing.name)):<40}{_cells(placing)}"
    yield ""
    figures = {figure.name: figure for figure in find_figures(held_back)}
    for figure in find_figures(open_):
        other = figures.get(figure.name)
        yield f"{figure.name:<38}{f'{other}' if other else '':<40}{figure}"
    errors = [f"{expected_error(scored):.3f}" if scored else "" for scored in map(find_scored, (held_back, open_))]
    yield f"{'expected calibration error of scores':<38}{errors[0]:<40}{errors[1]}"
    if misses:
        yield "\nMisses among the questions open to tuning:"
        yield from miss_lines(open_)


def _cells(placing: Placing | None) -> str:
    if placing is None:
        return ""
    return f"{placing.top_1!s:<26}{placing.top_3.share:<8.1%}{placing.mean_reciprocal_rank:.3f}"
