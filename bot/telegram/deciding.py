"""What to say to a question whatever breaks: the core in a thread, within a deadline, and a last resort behind it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from bot.beside import begin
from bot.core.answering import Assistant
from bot.core.model import Chat, Check, EmergencyNumber, Question
from bot.core.outcomes import Answer, Broken, Withheld
from bot.core.rendering import Renderer
from bot.core.reply import LAST_RESORT, LAST_RESORT_ALARM, Reply
from bot.store.countries import ChosenCountries

DEADLINE_SECONDS = 3.0  # for deciding: 0.03 at the median, 0.4 at worst (0003); an update's own is 10 (delivery.py)

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Decider:
    """Decides and renders. Always comes back, always with something to say where something is to be said."""

    def __init__(
        self,
        assistant: Assistant,
        renderer: Renderer,
        countries: ChosenCountries,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self.knowledge = assistant.knowledge
        self._assistant = assistant
        self._renderer = renderer
        self._countries = countries
        self._deadline_seconds = deadline_seconds

    async def decide(self, question: Question) -> Answer:
        """The answer to a question. Past the deadline: its red flags and limits, without the search for entries."""
        so_far: list[Answer] = []
        try:
            answer = await _in_time(lambda: self._assistant.answer(question, so_far.append), self._deadline_seconds)
        except Exception as error:  # noqa: BLE001  the thread raises whatever it met, and silence is worse (H9)
            name = type(error).__name__
            alone = Answer(Withheld() if question.check else Broken(name), decided_by="error")
            answer = so_far[-1] if so_far else alone
        if answer.decided_by == "error":
            name = answer.outcome.error_type if isinstance(answer.outcome, Broken) else "some of it was known"
            logger.error("a stage of answering failed: %s", name)
        logger.debug("answered: %s %s", answer.name, ",".join(answer.entry_ids))
        return answer

    def after_check(self, check: Check, *, is_clear: bool) -> Answer:
        """The answer to a press of a checking question's button."""
        try:
            return self._assistant.after_check(check, is_clear=is_clear)
        except Exception as error:  # noqa: BLE001  an open check that breaks in any way is an emergency (H9)
            logger.error("a stage of answering failed: %s", type(error).__name__)
            return Answer(Broken(type(error).__name__) if is_clear else Withheld(), decided_by="error")

    def number(self, chat_id: int) -> EmergencyNumber | None:
        """The emergency number to show in a chat; None where its country is not known."""
        return self.knowledge.numbers.get(self._countries.of(chat_id))

    def render(self, answer: Answer, chat: Chat, chat_id: int) -> tuple[Reply, ...]:
        """The messages of an answer; where they cannot be made, a constant one."""
        try:
            return self._renderer.answer(answer, chat, self.number(chat_id))
        except Exception as error:  # noqa: BLE001  a text that cannot be made has a constant one in its place (H9)
            logger.error("an answer could not be rendered: %s", type(error).__name__)
            return (LAST_RESORT_ALARM if answer.is_emergency else LAST_RESORT,)


async def _in_time(call: Callable[[], Result], seconds: float) -> Result:
    """The result of a call in a thread of its own, which past the deadline is left to itself.

    Raises:
        TimeoutError: the call took too long.
    """
    done = begin(call)
    async with asyncio.timeout(seconds):
        return await asyncio.wrap_future(done)
