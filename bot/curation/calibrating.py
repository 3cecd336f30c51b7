"""What labelled questions say about values and scores: the numbers of knowledge/en/calibration.yaml, learned anew."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from bot.core.building import build_chooser, build_vocabulary
from bot.core.calibration import Calibration, logit
from bot.core.choosing import Chooser
from bot.core.meaning import Meaning
from bot.core.model import Knowledge, Question
from bot.core.vocabulary import Vocabulary
from bot.curation.labelled import Labelled
from bot.curation.reliability import Scored, expected_error
from bot.curation.trials import is_held_back

FOLDS = 5
FEWEST_QUESTIONS = 2  # that come near an entry: without any one of them there must be another to learn from
STEPS = 25  # of Newton's method; it stands still long before
RIDGE = 0.01  # a pull towards 0, so that what separates perfectly stays finite

Row = tuple[tuple[float, ...], bool]  # what was measured, and whether the entry was right


class TooFewError(Exception):
    """There are too few labelled questions to learn from; says how many there must be."""


@dataclass(frozen=True, slots=True)
class LearnedCalibration:
    """A calibration, and how far its scores were from the truth on questions it was not learned from."""

    calibration: Calibration
    questions: int
    error: float  # expected calibration error, 0-1


def learn_calibration(
    knowledge: Knowledge, meaning: Meaning | None, questions: Sequence[Labelled]
) -> LearnedCalibration:
    """The numbers that fit the questions open to tuning best; the shares of the model's views stay as they are.

    Each question with one right entry, and each without any, is put to the matching alone. Two logistic curves are
    fitted: right or wrong by value and lead, and asked or not by what the whole and a part of it say of a topic, and by
    what kind of part it is. Those held back are passed over.

    Raises:
        TooFewError: fewer than `FEWEST_QUESTIONS` of them come near an entry.
    """
    calibrations = knowledge.calibrations
    old = calibrations.with_meaning if meaning else calibrations.without_meaning
    vocabulary = build_vocabulary(knowledge)
    chooser = build_chooser(knowledge, vocabulary, meaning)
    bests: list[Row] = []
    topics: list[Row] = []
    for question in questions:
        if not is_held_back(question):
            for row, is_topic in _measure(chooser, vocabulary, question):
                (topics if is_topic else bests).append(row)
    if len(bests) < FEWEST_QUESTIONS:
        raise TooFewError(
            f"{len(bests)} of the labelled questions that are open to tuning come near an entry; "
            f"{FEWEST_QUESTIONS} are the least to learn from. Name more files."
        )
    value, lead, offset = fit_logistic(bests)
    if topics:
        whole, part, asks, share, topic_offset = fit_logistic(topics)
        old = replace(
            old,
            topic_whole=round(whole, 3),
            topic_part=round(part, 3),
            topic_asks=round(asks, 3),
            topic_share=round(share, 3),
            topic_offset=round(topic_offset, 3),
        )
    calibration = replace(old, value=round(value, 3), lead=round(lead, 3), offset=round(offset, 3))
    return LearnedCalibration(calibration, len(bests), cross_validated_error(bests))


def calibration_page(without_meaning: LearnedCalibration, with_meaning: LearnedCalibration) -> str:
    """The file of both."""
    lines = ["# Learned from labelled questions by `make calibrate`. Not edited by hand."]
    for name, learned in (("without_meaning", without_meaning), ("with_meaning", with_meaning)):
        lines.append(f"{name}:  # {learned.questions} questions, expected calibration error {learned.error:.3f}")
        lines += [f"  {key}: {number:g}" for key, number in asdict(learned.calibration).items()]
    return "\n".join(lines) + "\n"


def fit_logistic(rows: Sequence[Row]) -> tuple[float, ...]:
    """The weight of each measure, then the offset, of the logistic curve that makes what happened likeliest.

    >>> weight, offset = fit_logistic([((0.0,), False), ((1.0,), True), ((0.4,), False), ((0.6,), True)] * 50)
    >>> weight > 5, round(-offset / weight, 1)
    (True, 0.5)
    """
    size = len(rows[0][0]) + 1
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [-RIDGE * weight for weight in weights]
        curve = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for measured, is_right in rows:
            inputs = (*measured, 1.0)
            chance = _logistic(sum(weight * value for weight, value in zip(weights, inputs, strict=True)))
            for row in range(size):
                slope[row] += (is_right - chance) * inputs[row]
                for column in range(size):
                    curve[row][column] += chance * (1 - chance) * inputs[row] * inputs[column]
        weights = [weight + step for weight, step in zip(weights, _solve(curve, slope), strict=True)]
    return tuple(weights)


def cross_validated_error(rows: Sequence[Row]) -> float:
    """The expected calibration error, 0-1, of scores that were each learned without their fold."""
    scored: list[Scored] = []
    for fold in range(FOLDS):
        weights = fit_logistic([row for at, row in enumerate(rows) if at % FOLDS != fold])
        for measured, is_right in rows[fold::FOLDS]:
            total = sum(weight * value for weight, value in zip(weights, (*measured, 1.0), strict=True))
            scored.append(Scored(100 * _logistic(total), is_right))
    return expected_error(scored)


def _measure(chooser: Chooser, vocabulary: Vocabulary, question: Labelled) -> Iterator[tuple[Row, bool]]:
    """The best entry of a question and its topics, each with what was measured, and whether it is a topic."""
    wants_one = bool(question.wanted) and not question.outcomes and not question.flags
    if question.context or not (wants_one or question.all_wanted or question.outcomes == {"unknown", "unsure"}):
        return
    choice = chooser.choose(Question(question.text), vocabulary.read(question.text))
    right = {*question.wanted, *question.all_wanted}
    if not question.all_wanted:
        for best in choice.ranked[:1]:
            yield ((best.value, best.lead), best.entry_id in right), False
    for topic in choice.topics:
        if topic.part and topic.entry_id != choice.ranked[0].entry_id:  # that one is told anyway
            measures = (topic.value, logit(topic.part_score), float(topic.part.asks), topic.part.share)
            yield (measures, topic.entry_id in right), True


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-500.0, min(value, 500.0))))


def _solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a few linear equations with a positive definite matrix, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, pivot in enumerate(rows):
        for other in rows[:at] + rows[at + 1 :]:
            share = other[at] / pivot[at]
            other[:] = [value - share * own for value, own in zip(other, pivot, strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]
