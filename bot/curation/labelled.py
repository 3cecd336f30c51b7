"""Labelled questions: what people typed and what should come back; whether an answer is that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from bot.core.model import Chat, Knowledge, Urgency
from bot.core.outcomes import Answer
from bot.curation.problems import KnowledgeError, Problem, did_you_mean
from bot.curation.reading import Value, read_yaml
from bot.curation.shapes import Id, Shape, Text

# What a message outside the knowledge should get, and the outcomes of `ask` (docs/ask.md) that are that.
_OUTCOMES = {
    "refuse": {"unknown", "unsure"},
    "refer": {"referred", "alarm"},
    "greet": {"greeted"},
    "crisis": {"crisis"},
    "ignore": {"silent"},
}
_ALSO = {"answered", "alarm"}  # what passes as well, by the name of the outcome
_ABOUT_PEOPLE_WE_REFER = {"pregnancy", "children-and-teens"}
_AMBIENT = "ambient-group-chat"


class LabelledShape(Shape):
    """One line of a file of labelled questions; tests/questions/README.md says what each key means."""

    q: str
    expect: tuple[Id, ...] | Literal["refuse", "refer", "greet", "crisis", "ignore"] = ()
    expect_all: tuple[Id, ...] = ()
    also: tuple[Text, ...] = ()
    flags: tuple[Id, ...] | None = None
    urgency: Urgency | None = None
    context: tuple[str, ...] = ()
    kind: Text = "question"
    style: Text = "clean"
    why: str = ""
    meaning: str = ""


class Verdict(IntEnum):
    """How good an answer is, worst first."""

    WRONG = 0  # another entry, a warning sign not noticed, a false alarm
    NOTHING = 1  # no answer
    OFFERED = 2  # the right entry among the buttons
    RIGHT = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and what should come back."""

    text: str
    wanted: tuple[str, ...]  # entry ids, any of which is right, or the name of an outcome
    all_wanted: tuple[str, ...] = ()  # entry ids, each of which must be among the answers
    flags: tuple[str, ...] | None = None  # the warning signs to notice, any of them; () for none, None where open
    urgency: Urgency | None = None  # the least at which they must be noticed
    outcomes: frozenset[str] = frozenset()  # outcomes that are right; empty where entries are wanted
    context: tuple[str, ...] = ()  # asked before in the same chat, oldest first
    chat: Chat = Chat.PRIVATE
    kind: str = "question"
    style: str = "clean"

    @property
    def label(self) -> str:
        """What is wanted, in a word or two."""
        if self.flags:
            return f"alarm: {' or '.join(self.flags)}"
        return " + ".join(self.all_wanted) or " or ".join(self.wanted)


def judge(question: Labelled, answer: Answer) -> Verdict:
    """How good an answer is for a labelled question."""
    if question.flags:
        signs = [sign for sign in answer.red_flags if sign.flag in question.flags]
        least = question.urgency or Urgency.SOON
        return Verdict.RIGHT if signs and answer.red_flags[0].urgency.rank <= least.rank else Verdict.WRONG
    if question.flags == () and answer.red_flags:
        return Verdict.WRONG
    if not (question.wanted or question.all_wanted):
        return Verdict.RIGHT
    if question.outcomes:
        referred = "referred" in question.outcomes and _ABOUT_PEOPLE_WE_REFER & {*answer.entry_ids}
        return Verdict.RIGHT if answer.name in question.outcomes or referred else Verdict.WRONG
    if question.all_wanted:
        return _judge_topics(set(question.all_wanted), answer)
    if answer.entry_ids:
        return Verdict.RIGHT if answer.entry_ids[0] in question.wanted else Verdict.WRONG
    return Verdict.OFFERED if {*question.wanted} & {*answer.suggestions} else Verdict.NOTHING


def _judge_topics(wanted: set[str], answer: Answer) -> Verdict:
    if wanted <= {*answer.entry_ids}:
        return Verdict.RIGHT
    if wanted & {*answer.entry_ids, *answer.suggestions}:
        return Verdict.OFFERED
    return Verdict.WRONG if answer.entry_ids else Verdict.NOTHING


def describe(answer: Answer) -> str:
    """What an answer is, in a line for a curator."""
    if answer.red_flags:
        return f"alarm: {', '.join(dict.fromkeys(sign.flag for sign in answer.red_flags))}"
    if answer.entry_ids:
        return ", ".join(answer.entry_ids)
    if answer.suggestions:
        return f"{answer.name}: {', '.join(answer.suggestions)}"
    return answer.name


def read_labelled(files: Iterable[Path], knowledge: Knowledge) -> tuple[Labelled, ...]:
    """The labelled questions of some files, in order.

    Raises:
        KnowledgeError: a file cannot be used; with every problem of all files.
    """
    questions: list[Labelled] = []
    problems: list[Problem] = []
    for file in files:
        try:
            document = read_yaml(file, allow_hidden=True)
        except KnowledgeError as error:
            problems += error.problems
            continue
        for path, row in _rows(document.value):
            problem = None
            try:
                shape = LabelledShape.model_validate(row)
                problem = _unknown_name(shape, knowledge)
                questions.append(_build(shape))
            except ValidationError as error:
                detail = error.errors()[0]
                where = ".".join(str(part) for part in detail["loc"][:1])
                problem = (
                    f"is no labelled question: '{where}' is missing or not right. tests/questions/README.md helps."
                )
            if problem:
                problems.append(Problem(file, document.line(path), problem))
    if problems:
        raise KnowledgeError(problems)
    return tuple(questions)


def _rows(value: Value) -> Iterator[tuple[tuple[str | int, ...], Value]]:
    """Each question of a file and its path: the file is a list, or has lists below its keys."""
    lists: Sequence[tuple[tuple[str | int, ...], Value]] = (
        [((key,), rows) for key, rows in value.items()] if isinstance(value, dict) else [((), value)]
    )
    for path, rows in lists:
        for at, row in enumerate(rows if isinstance(rows, list) else []):
            yield (*path, at), row


def _unknown_name(shape: LabelledShape, knowledge: Knowledge) -> str | None:
    named = [*(() if isinstance(shape.expect, str) else shape.expect), *shape.expect_all, *(shape.flags or ())]
    for entry_id in named:
        if entry_id not in knowledge.entries:
            return f"no entry is called '{entry_id}'.{did_you_mean(entry_id, knowledge.entries)}"
    for name in shape.also:
        if name not in (known := {*_OUTCOMES, *_ALSO, *knowledge.entries}):
            return f"nothing that could come back is called '{name}'.{did_you_mean(name, known)}"
    return None


def _build(shape: LabelledShape) -> Labelled:
    outcome = shape.expect if isinstance(shape.expect, str) else None
    accepted = [outcome, *shape.also] if outcome else []
    return Labelled(
        text=shape.q,
        wanted=(shape.expect,) if isinstance(shape.expect, str) else shape.expect,
        all_wanted=shape.expect_all,
        flags=None if shape.flags is None else (*shape.flags, *(shape.also if shape.flags else ())),
        urgency=shape.urgency,
        outcomes=frozenset(name for word in accepted for name in _OUTCOMES.get(word, {word})),
        context=shape.context,
        chat=Chat.AMBIENT if shape.kind == _AMBIENT else Chat.PRIVATE,
        kind=shape.kind,
        style=shape.style,
    )
