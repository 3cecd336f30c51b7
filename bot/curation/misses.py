"""Questions not answered as wanted: what came instead, what was near, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.core.choosing import Found
from bot.core.outcomes import Broken, Checking, Guarded
from bot.curation.labelled import Verdict, describe
from bot.curation.trials import Trial

LONGEST_SHOWN = 110  # characters of a question


def find_misses(trials: Sequence[Trial]) -> tuple[Trial, ...]:
    """Trials without the wanted answer, in order."""
    return tuple(trial for trial in trials if trial.verdict is not Verdict.RIGHT)


def find_confusions(trials: Sequence[Trial]) -> Iterator[tuple[str, str, int]]:
    """A wanted entry, the one that stood first in its place, and how often; the most frequent first."""
    pairs = Counter(
        (trial.question.wanted[0], trial.ids[0]) for trial in trials if trial.wants_an_entry and trial.ids[:1]
        if trial.ids[0] not in trial.question.wanted
    )  # fmt: skip
    for (wanted, taken), times in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        yield wanted, taken, times


def find_reason(trial: Trial) -> str:
    """Why an answer is not what was wanted, for whoever mends it."""
    asked, answer = trial.question, trial.answer
    if isinstance(answer.outcome, Checking):
        return f"asked back about the sign '{answer.outcome.suspected[0].id}'"
    if asked.flags:
        if not answer.red_flags:
            return "no sign was noticed"
        return "the level is too low" if not trial.is_noticed else "another sign was noticed"
    if answer.red_flags and asked.flags == ():
        return f"alarmed by the sign '{answer.red_flags[0].id}'"
    match answer.outcome:
        case Broken(error_type):
            return f"a stage failed with {error_type}"
        case Guarded(guard):
            return f"the guard '{guard.id}' took it"
        case _ if answer.red_flags and not answer.entry_ids:
            return f"alarmed by the sign '{answer.red_flags[0].id}'"
    if asked.all_wanted:
        return f"left out: {', '.join(wanted for wanted in asked.all_wanted if wanted not in answer.entry_ids)}"
    if asked.outcomes:
        return f"answered from a score of {_score(trial, 0):.0f}" if isinstance(answer.outcome, Found) else "no guard"
    return _why_not_first(trial)


def miss_lines(trials: Sequence[Trial]) -> Iterator[str]:
    """Each question not answered as wanted: what was wanted, what came, why, and the best scores."""
    for trial in find_misses(trials):
        yield f"{trial.verdict.name.lower():<8} {shown(trial)!r}"
        yield (
            f"         wanted {trial.question.label}; got {describe(trial.answer)} (by {trial.answer.decided_by}): "
            f"{find_reason(trial)}"
        )
        yield f"         near: {nearest(trial)}"


def shown(trial: Trial) -> str:
    """The question on one line, cut where it is long."""
    return " ".join(trial.question.text.split())[:LONGEST_SHOWN]


def nearest(trial: Trial) -> str:
    """The best three entries with their scores."""
    return ", ".join(f"{match.entry_id} {match.score:.0f}" for match in trial.answer.ranked[:3]) or "nothing"


def _why_not_first(trial: Trial) -> str:
    ranked = trial.answer.ranked
    at = next((at for at, match in enumerate(ranked) if match.entry_id in trial.question.wanted), None)
    if at is None:
        return "the right entry is not among the best five" if ranked else "no word is shared with any entry"
    if at:
        return f"the right entry is {at + 1}. by {_score(trial, 0) - _score(trial, at):.0f}"
    if trial.answer.entry_ids:
        return "another entry was talked about before"
    lead = _score(trial, 0) - _score(trial, 1)
    return f"first, but not sure enough: score {_score(trial, 0):.0f}, lead {lead:.0f}"


def _score(trial: Trial, at: int) -> float:
    return trial.answer.ranked[at].score if at < len(trial.answer.ranked) else 0.0
