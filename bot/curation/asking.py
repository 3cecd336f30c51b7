"""One question put to the bot without Telegram: the reply, why it was chosen, and what came close."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from bot.core.answering import Assistant
from bot.core.model import Chat, Conversation, Question
from bot.core.outcomes import Answer, Silent, carry_on
from bot.core.rendering import Renderer

RUNNERS_UP = 5


class BadLineError(ValueError):
    """A line of a batch that is no question; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, its text and how long it took."""

    answer: Answer
    reply: str
    milliseconds: float

    def as_json(self) -> dict[str, Any]:
        """The object that `ask --json` prints: its contract is docs/ask.md."""
        return {
            "outcome": self.answer.name,
            "entries": list(self.answer.entry_ids),
            "suggestions": list(self.answer.suggestions),
            "red_flags": [{"id": sign.flag, "urgency": str(sign.urgency)} for sign in self.answer.noticed],
            "scores": [[match.entry_id, round(match.score, 1)] for match in self.answer.ranked[:RUNNERS_UP]],
            "decided_by": self.answer.decided_by,
            "reply": self.reply,
            "milliseconds": round(self.milliseconds, 2),
        }

    def as_text(self) -> str:
        """The same for people."""
        lines = [self.reply, "", "─" * 40, f"outcome      {self.answer.name}, decided by {self.answer.decided_by}"]
        lines += [f"red flag     {sign.flag} ({sign.urgency}), by the sign '{sign.id}'" for sign in self.answer.noticed]
        for place, match in enumerate(self.answer.ranked[:RUNNERS_UP], start=1):
            lines.append(f"{place}.  {match.score:5.1f}   {match.entry_id}   nearest phrasing: {match.phrasing!r}")
        lines.append(f"             {self.milliseconds:.1f} ms")
        return "\n".join(lines)


def ask(
    assistant: Assistant, renderer: Renderer, text: str, context: Sequence[str] = (), chat: Chat = Chat.PRIVATE
) -> Asked:
    """The answer to a question, after the questions of its context (oldest first) in the same chat."""
    question = put_in_context(assistant, text, context, chat)
    begin = perf_counter()
    answer = assistant.answer(question)
    reply = "\n\n".join(part.text for part in renderer.answer(answer, chat))
    milliseconds = (perf_counter() - begin) * 1000
    return Asked(with_ranks(assistant, question, answer), reply, milliseconds)


def with_ranks(assistant: Assistant, question: Question, answer: Answer) -> Answer:
    """An answer with the entries that come nearest, also where an alarm or a limit was told without looking for any."""
    if answer.ranked or isinstance(answer.outcome, Silent):
        return answer
    with suppress(Exception):  # a stage that fails costs the ranks, never the alarm above them
        return replace(answer, ranked=assistant.rank(question))
    return answer


def put_in_context(assistant: Assistant, text: str, context: Sequence[str], chat: Chat) -> Question:
    """A question that knows what was answered to the ones before it (oldest first) in the same chat."""
    so_far = Conversation()
    for earlier in context:
        question = Question(earlier, so_far.before, chat, so_far.checked, so_far.check)
        so_far = carry_on(so_far, assistant.answer(question))
    return Question(text, so_far.before, chat, so_far.checked, so_far.check)


def ask_batch(assistant: Assistant, renderer: Renderer, lines: Iterable[str]) -> Iterator[str]:
    """One JSON line out for each JSON line in, in order; blank lines are passed over.

    Raises:
        BadLineError: a line is no question; with its number.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            text, context, chat = _read_line(number, line)
            yield json.dumps(ask(assistant, renderer, text, context, chat).as_json(), ensure_ascii=False)


def _read_line(number: int, line: str) -> tuple[str, Sequence[str], Chat]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLineError(f'line {number}: is no JSON ({error.msg}). Write {{"q": "ice or heat?"}}.') from error
    except RecursionError:
        raise BadLineError(f'line {number}: is no question. Write {{"q": "ice or heat?"}}.') from None
    if not isinstance(asked, dict) or not isinstance(asked.get("q"), str):
        raise BadLineError(f'line {number}: has no text "q". Write {{"q": "ice or heat?"}}.')
    context = asked.get("context", [])
    if not isinstance(context, list) or not all(isinstance(earlier, str) for earlier in context):
        raise BadLineError(f'line {number}: "context" should be a list of texts, oldest first.')
    try:
        return asked["q"], context, Chat(asked.get("chat", "private"))
    except ValueError as error:
        raise BadLineError(f'line {number}: "chat" should be one of: {", ".join(Chat)}.') from error
