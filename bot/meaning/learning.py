"""Learning what kinds of messages there are, from those that a knowledge holds: the numbers of `gist.py`.

Each message is shown with its kind; many with harmless sentences around them, as in a story. Cross-entropy, dropout,
and Adam with decoupled weight decay and one cycle of the learning rate.

Source: Kingma and Ba, Adam, 2015; Loshchilov and Hutter, 2019; Smith and Topin, Super-Convergence, 2018.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.kinds import GUARDS, HARMLESS, SIGNS
from bot.meaning.classifier import softmax
from bot.meaning.gist import (
    STEEPNESS,
    GistWeights,
    Numbers,
    Values,
    ahead,
    behind,
    bend,
    owners_of,
    run,
    shapes_of,
    windows,
)
from bot.meaning.nearness import Spelling
from bot.meaning.ngrams import Hashes, NgramWeights, find, ngrams_of, share_of_each
from bot.meaning.sentence_model import SentenceModel

WIDTH = 192  # inner values of a piece; 224 does better than 128, and takes longer
PASSES = 16  # over all messages; 18 do better than 12, and take longer
BATCH = 64  # messages a step
FASTEST = 3e-3  # learning rate of the network, at a third of the way
FASTEST_NGRAMS = 3e-2  # that of the n-grams, most of which stand in few messages
FEWEST_MESSAGES = 6  # with an n-gram that is learned; 2 do no better and take four times the room
DECAY = 0.2  # of the network's numbers, each step, times the learning rate; 0.01 and 1 do worse
DECAY_NGRAMS = 0.01  # of those of the n-grams
DROPPED = 0.2  # share of the values left out at each step
SMOOTHING = 0.02  # of each label, given to all kinds alike
IN_A_STORY = 0.4  # share of the messages that stand among harmless ones
MOST_AROUND = 3  # of these


@dataclass(frozen=True, slots=True)
class Message:
    """A message, as the vectors of its pieces, with 16 bits a value, and its n-grams."""

    pieces: npt.NDArray[np.float16]
    ngrams: Hashes


@dataclass(frozen=True, slots=True)
class Lesson:
    """The vectors of a message's pieces, and the number of its kind."""

    pieces: npt.NDArray[np.float16]
    kind: int


def read_messages(
    kinds: Mapping[str, Sequence[str]], model: SentenceModel, spelling: Spelling
) -> dict[str, list[Message]]:
    """Kind -> its messages, read as `GistModel` reads them."""
    read = {}
    for kind, texts in kinds.items():
        cut = [spelling.mend(said) for text in texts if (said := windows(text))]
        states = iter(model.states([window for windows_ in cut for window in windows_]))
        read[kind] = [
            Message(
                np.concatenate([next(states) for _ in windows_]).astype(np.float16),
                ngrams_of(map(model.pieces, windows_)),
            )
            for windows_ in cut
        ]
    return read


def learn_gist(
    messages: Mapping[str, Sequence[Message]],
    on_pass: Callable[[int, float], None] = lambda _number, _loss: None,
    *,
    passes: int = PASSES,
    seed: int = 0,
) -> GistWeights:
    """The numbers that tell the kinds of messages apart, and signs from all others by their n-grams.

    Args:
        messages: by their kind.
        on_pass: told after each pass over all messages, with its mean loss.
    """
    random = np.random.default_rng(seed)
    kinds = tuple(messages)
    lessons = [Lesson(message.pieces, kind) for kind, name in enumerate(kinds) for message in messages[name]]
    harmless = [lesson for lesson in lessons if kinds[lesson.kind].startswith(HARMLESS)]
    alone = {kind for kind, name in enumerate(kinds) if name.startswith(GUARDS)}
    numbers = _begin(len(kinds), random)
    optimiser = _Adam(numbers, passes * math.ceil(len(lessons) / BATCH), FASTEST, DECAY)
    for number in range(passes):
        losses = []
        order = random.permutation(len(lessons))
        for begin in range(0, len(order), BATCH):
            some = [lessons[at] for at in order[begin : begin + BATCH]]
            batch = [lesson if lesson.kind in alone else _tell(lesson, harmless, random) for lesson in some]
            wanted = np.full((len(batch), len(kinds)), SMOOTHING / len(kinds), np.float32)
            wanted[np.arange(len(batch)), [lesson.kind for lesson in batch]] += 1 - SMOOTHING
            pieces = np.concatenate([lesson.pieces for lesson in batch]).astype(np.float32)
            begins = np.cumsum([0, *(len(lesson.pieces) for lesson in batch[:-1])]).tolist()
            kept = (_keep(pieces.shape, random), _keep((len(pieces), WIDTH), random))
            loss, slopes = slope(numbers, pieces, begins, wanted, kept)
            numbers = optimiser.step(numbers, slopes)
            losses.append(loss)
        on_pass(number + 1, sum(losses) / len(losses))
    ngrams = learn_ngrams(
        [message.ngrams for some in messages.values() for message in some],
        [name.startswith(SIGNS) for name, some in messages.items() for _ in some],
        passes=passes,
        seed=seed,
    )
    return GistWeights(kinds, numbers, ngrams, tuple(map(len, messages.values())))


def learn_ngrams(
    messages: Sequence[Hashes], are_signs: Sequence[bool], *, passes: int = PASSES, seed: int = 0
) -> NgramWeights:
    """How much each n-gram speaks for a sign: logistic regression.

    Args:
        messages: the n-grams of each.
        are_signs: whether each tells of a sign.
    """
    random = np.random.default_rng(seed)
    ngrams, counts = np.unique(np.concatenate(messages), return_counts=True)
    known = ngrams[counts >= FEWEST_MESSAGES]
    rows = [find(known, message) for message in messages]
    wanted = np.array(are_signs, np.float32)
    numbers: Numbers = {"weights": np.zeros(len(known), np.float32), "offset": np.zeros(1, np.float32)}
    optimiser = _Adam(numbers, passes * math.ceil(len(rows) / BATCH), FASTEST_NGRAMS, DECAY_NGRAMS)
    for _ in range(passes):
        order = random.permutation(len(rows))
        for begin in range(0, len(order), BATCH):
            some = order[begin : begin + BATCH]
            counted = [len(rows[at]) for at in some]
            owners, places = np.repeat(np.arange(len(some)), counted), np.concatenate([rows[at] for at in some])
            shares = np.array([share_of_each(count) for count in counted], np.float32)
            logits = np.bincount(owners, numbers["weights"][places], len(some)) * shares + numbers["offset"]
            wrong = (1 / (1 + np.exp(-logits)) - wanted[some]) / len(some)
            slopes = {
                "weights": np.bincount(places, (wrong * shares)[owners], len(known)),
                "offset": wrong.sum(keepdims=True),
            }
            numbers = optimiser.step(numbers, slopes)
    return NgramWeights(known, numbers["weights"], float(numbers["offset"][0]))


def slope(
    numbers: Mapping[str, Values], pieces: Values, begins: Sequence[int], wanted: Values, kept: tuple[Any, Any] = (1, 1)
) -> tuple[float, Numbers]:
    """The mean cross-entropy of some texts, and how steeply each number moves it.

    Args:
        wanted: how probable each kind should be, one row a text; see `run` for the others.
    """
    layers = run(numbers, pieces, begins, kept)
    owners = owners_of(begins, len(pieces))
    probable = softmax(layers.logits)
    loss = -float((wanted * np.log(probable + 1e-9)).sum(axis=1).mean())
    of_text = (probable - wanted) / len(begins)
    of_said = layers.shares * of_text[owners]
    of_listens = of_said * (layers.said - (layers.logits - numbers["offset"])[owners])
    of_deep = (of_said @ numbers["speaks"].T + of_listens @ numbers["listens"].T) * kept[1]
    of_beside = of_deep * _steepness(layers.before_beside)
    of_near = of_beside @ numbers["beside"].T
    of_last, of_this, of_next = np.split(of_near, 3, axis=1)
    of_inner = of_deep + of_this + ahead(of_last, begins) + behind(of_next, begins)
    of_before = of_inner * _steepness(layers.before)
    return loss, {
        "inner": (pieces * kept[0]).T @ of_before,
        "inner_offset": of_before.sum(axis=0),
        "beside": layers.near.T @ of_beside,
        "beside_offset": of_beside.sum(axis=0),
        "speaks": layers.deep.T @ of_said,
        "listens": layers.deep.T @ of_listens,
        "offset": of_text.sum(axis=0),
    }


def _steepness(values: Values) -> Values:
    """How steep x * bend(x) is."""
    factors = bend(values)
    steepness: Values = factors * (1 + STEEPNESS * values * (1 - factors))
    return steepness


def _begin(kinds: int, random: np.random.Generator) -> Numbers:
    """Small random numbers; offsets begin at 0."""
    return {
        name: (random.standard_normal(shape) / math.sqrt(shape[0]) if len(shape) > 1 else np.zeros(shape)).astype(
            np.float32
        )
        for name, shape in shapes_of(kinds, WIDTH).items()
    }


def _tell(lesson: Lesson, harmless: Sequence[Lesson], random: np.random.Generator) -> Lesson:
    """A message by itself, or among harmless ones, in any order."""
    if not harmless or random.random() >= IN_A_STORY:
        return lesson
    around = random.integers(len(harmless), size=random.integers(1, MOST_AROUND + 1))
    parts = [lesson.pieces, *(harmless[at].pieces for at in around)]
    return Lesson(np.concatenate([parts[at] for at in random.permutation(len(parts))]), lesson.kind)


def _keep(shape: tuple[int, ...], random: np.random.Generator) -> Values:
    kept = random.random(shape, dtype=np.float32) >= DROPPED
    return kept.astype(np.float32) / np.float32(1 - DROPPED)


class _Adam:
    """Adam with decoupled weight decay.

    Args:
        fastest: the highest learning rate.
        decay: of the numbers, each step, times the learning rate.
    """

    def __init__(self, numbers: Numbers, steps: int, fastest: float, decay: float) -> None:
        self._fastest = fastest
        self._decay = decay
        self._means = {name: np.zeros_like(values) for name, values in numbers.items()}
        self._squares = {name: np.zeros_like(values) for name, values in numbers.items()}
        self._steps = steps
        self._step = 0

    def step(self, numbers: Numbers, slopes: Mapping[str, Values]) -> Numbers:
        """The numbers a step further down."""
        rate = self._rate()
        self._step += 1
        moved = {}
        for name, values in numbers.items():
            mean = self._means[name] = 0.9 * self._means[name] + 0.1 * slopes[name]
            square = self._squares[name] = 0.999 * self._squares[name] + 0.001 * slopes[name] ** 2
            towards = mean / (1 - 0.9**self._step) / (np.sqrt(square / (1 - 0.999**self._step)) + 1e-8)
            moved[name] = (values - rate * (towards + self._decay * values)).astype(np.float32)
        return moved

    def _rate(self) -> float:
        """Up from a 25th of the fastest to it, then down to nothing, both along half a cosine."""
        rise = 0.3 * self._steps
        if self._step < rise:
            return self._fastest * (0.04 + 0.96 * (1 - math.cos(math.pi * self._step / rise)) / 2)
        return self._fastest * (1 + math.cos(math.pi * (self._step - rise) / (self._steps - rise))) / 2
