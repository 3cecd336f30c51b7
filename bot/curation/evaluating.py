"""How well the bot answers labelled questions: figures with their intervals, and every miss with its reason."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.answering import Answer, Assistant
from bot.core.model import Urgency
from bot.curation.asking import put_in_context
from bot.curation.labelled import Labelled, Verdict, describe, judge

Z = 1.96  # standard deviations of a 95 % interval


@dataclass(frozen=True, slots=True)
class Trial:
    """A labelled question and what came back."""

    question: Labelled
    answer: Answer

    @property
    def ids(self) -> tuple[str, ...]:
        """Entries as the bot ranks them: those it answers, then the runners-up."""
        return tuple(dict.fromkeys((*self.answer.entry_ids, *(match.entry_id for match in self.answer.ranked))))

    @property
    def place(self) -> int:
        """Where the first right entry stands, from 1; 0 for nowhere."""
        return next((at for at, entry_id in enumerate(self.ids, start=1) if entry_id in self.question.wanted), 0)

    @property
    def verdict(self) -> Verdict:
        """How good the answer is."""
        return judge(self.question, self.answer)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of some questions."""

    name: str
    hits: int
    asked: int

    @property
    def share(self) -> float:
        """0-1."""
        return self.hits / self.asked

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the share lies with 95 % certainty, were such questions asked for ever.

        Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
        """
        middle = (self.share + Z * Z / (2 * self.asked)) / (1 + Z * Z / self.asked)
        spread = Z * math.sqrt(self.share * (1 - self.share) / self.asked + Z * Z / (4 * self.asked**2))
        spread /= 1 + Z * Z / self.asked
        return max(0.0, middle - spread), min(1.0, middle + spread)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:6.1%} of {self.asked:<4} [{low:.0%}-{high:.0%}]"


def is_held_back(question: Labelled) -> bool:
    """Whether a question is out of sight of those who tune: half of all, chosen by its words and so for ever."""
    return hashlib.sha1(question.text.encode(errors="replace"), usedforsecurity=False).digest()[0] % 2 == 0


def try_out(assistant: Assistant, questions: Sequence[Labelled]) -> tuple[Trial, ...]:
    """Each question asked, in order."""
    return tuple(
        Trial(asked, assistant.answer(put_in_context(assistant, asked.text, asked.context, asked.chat)))
        for asked in questions
    )


def find_figures(trials: Sequence[Trial]) -> Iterator[Figure]:
    """The figures in the order of a report; one without a question is left out."""
    plain = [t for t in trials if t.question.wanted and not t.question.outcomes and t.question.flags is None]
    single = [t for t in plain if not t.question.context]
    yield from _share("right entry first (top 1)", single, lambda t: t.place == 1)
    yield from _share("right entry among three (top 3)", single, lambda t: 0 < t.place <= 3)  # noqa: PLR2004
    for style in sorted({t.question.style for t in single}):
        yield from _share(f"  top 1, {style}", [t for t in single if t.question.style == style], lambda t: t.place == 1)
    yield from _share("answered with the right entry", single, lambda t: t.verdict is Verdict.RIGHT)
    yield from _share(
        "right entry answered or offered", single, lambda t: t.verdict in {Verdict.RIGHT, Verdict.OFFERED}
    )
    yield from _share("answered with a wrong entry", single, lambda t: t.verdict is Verdict.WRONG)
    yield from _share("several topics, all answered", [t for t in trials if t.question.all_wanted], _is_right)
    yield from _share("follow-up, right entry first", [t for t in plain if t.question.context], lambda t: t.place == 1)
    yield from _share("ordinary question alarmed", plain, lambda t: bool(t.answer.red_flags))
    signs = [t for t in trials if t.question.flags]
    for level in Urgency:
        at_level = [t for t in signs if t.question.urgency is level]
        yield from _share(f"warning sign noticed, {level}", at_level, _is_noticed)
    yield from _share("warning sign noticed, all", signs, _is_noticed)
    yield from _share("the right sign named", signs, _is_right)
    calm = [t for t in trials if t.question.flags == ()]
    yield from _share("look-alike alarmed", calm, lambda t: bool(t.answer.red_flags))
    yield from _share("look-alike alarmed as emergency", calm, lambda t: _level(t) is Urgency.EMERGENCY)
    yield from _share("look-alike, right entry first", calm, lambda t: t.place == 1)
    outside = [t for t in trials if t.question.outcomes]
    for wanted in sorted({t.question.label for t in outside}):
        yield from _share(f"out of scope: {wanted}", [t for t in outside if t.question.label == wanted], _is_right)
    yield from _share(
        "off-topic answered with an entry",
        [t for t in outside if t.question.label == "refuse"],
        lambda t: bool(t.answer.entry_ids),
    )


def evaluation_lines(trials: Sequence[Trial], *, misses: bool) -> Iterator[str]:
    """The figures of the questions we may tune on and of those held back, side by side; misses of the former only."""
    open_ = [trial for trial in trials if not is_held_back(trial.question)]
    held_back = {figure.name: figure for figure in find_figures([t for t in trials if is_held_back(t.question)])}
    yield f"{len(trials):,} labelled questions; those held back are for measuring only. In brackets: 95 % interval.\n"
    yield f"{'':<44}{'held back':<26}{'open to tuning'}"
    for figure in find_figures(open_):
        other = held_back.get(figure.name)
        yield f"{figure.name:<44}{f'{other}' if other else '':<26}{figure}"
    if misses:
        yield "\nMisses among the questions open to tuning:"
        yield from miss_lines(open_)


def miss_lines(trials: Sequence[Trial]) -> Iterator[str]:
    """Each question not answered as wanted: what was wanted, what came, the best score and what was near."""
    for trial in trials:
        if trial.verdict is not Verdict.RIGHT:
            near = ", ".join(f"{match.entry_id} {match.score:.0f}" for match in trial.answer.ranked[:3])
            text = " ".join(trial.question.text.split())
            yield f"{trial.verdict.name.lower():<8} {text[:110]!r}"
            yield f"         wanted {trial.question.label}; got {describe(trial.answer)} (by {trial.answer.decided_by})"
            yield f"         near: {near or 'nothing'}"


def _share(name: str, trials: Sequence[Trial], is_hit: Callable[[Trial], bool]) -> Iterator[Figure]:
    if trials:
        yield Figure(name, sum(map(is_hit, trials)), len(trials))


def _is_right(trial: Trial) -> bool:
    return trial.verdict is Verdict.RIGHT


def _level(trial: Trial) -> Urgency | None:
    return trial.answer.red_flags[0].urgency if trial.answer.red_flags else None


def _is_noticed(trial: Trial) -> bool:
    """Whether any sign was noticed at the level wanted, or a higher one."""
    level = _level(trial)
    return level is not None and level.rank <= (trial.question.urgency or Urgency.SOON).rank
