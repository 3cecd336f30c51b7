"""What a chat was about, for a while and in memory only: entry ids and message ids, no words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Generic, TypeVar

from bot.core.model import Check, Conversation, Question
from bot.core.outcomes import Answer, Checking, carry_on

KEPT_SECONDS = 3 * 3600
MOST_KEPT = 10_000

Person = tuple[int, int | None]  # chat id, user id
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass
class ShortMemory(Generic[Key, Value]):
    """A bounded map that forgets: the oldest when full, everything after three hours."""

    most: int = MOST_KEPT
    seconds: float = KEPT_SECONDS
    clock: Callable[[], float] = monotonic
    _kept: OrderedDict[Key, tuple[float, Value]] = field(default_factory=OrderedDict)

    def put(self, key: Key, value: Value) -> None:
        """Remember a value."""
        self._kept[key] = (self.clock(), value)
        self._kept.move_to_end(key)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)

    def get(self, key: Key) -> Value | None:
        """What was remembered, if it is not too old."""
        at, value = self._kept.get(key, (0.0, None))
        if value is not None and self.clock() - at > self.seconds:
            del self._kept[key]
            return None
        return value


@dataclass(frozen=True, slots=True)
class Given:
    """What was sent to one message, so that an edit of it can be answered in place."""

    message_ids: tuple[int, ...]
    alarms: frozenset[str]  # what was alarmed of, or asked about; an edit that changes it is answered anew
    check: Check | None = None  # the checking question that the message answered


@dataclass(frozen=True, slots=True)
class Asked:
    """A checking question that was sent, so that a press of its buttons finds whom it was for."""

    person_id: int | None
    check: Check


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said in all chats; ids only."""

    conversations: ShortMemory[Person, Conversation] = field(default_factory=ShortMemory)
    given: ShortMemory[tuple[int, int], Given] = field(default_factory=ShortMemory)  # by chat id and message id
    asked: ShortMemory[tuple[int, int], Asked] = field(default_factory=ShortMemory)  # by the same of our message
    emergencies: ShortMemory[tuple[int, int], bool] = field(default_factory=ShortMemory)  # decided; before it is sent

    def conversation(self, person: Person) -> Conversation:
        """What was said to a person."""
        return self.conversations.get(person) or Conversation()

    def has_emergency(self, person: Person, message_id: int) -> bool:
        """Whether a failure has to be told as an emergency (H9).

        One was decided for the message, or the checking question still waits for the person.
        """
        is_decided = self.emergencies.get((person[0], message_id))
        return bool(is_decided) or self.conversation(person).check is not None

    def talk_about(self, person: Person, entry_ids: tuple[str, ...]) -> None:
        """Entries were shown without a question."""
        self.conversations.put(person, replace(self.conversation(person), before=entry_ids))

    def answered(
        self, person: Person, message_id: int, question: Question, answer: Answer, message_ids: tuple[int, ...]
    ) -> None:
        """A message was answered with messages of ours. A checking question that it did not answer goes on waiting."""
        chat_id, person_id = person
        waiting = self.conversation(person).check if question.checked and question.check is None else None
        after = carry_on(Conversation(question.before, question.checked), answer)
        self.conversations.put(person, replace(after, check=after.check or waiting))
        self.given.put((chat_id, message_id), Given(message_ids, answer.alarms, question.check))
        if isinstance(answer.outcome, Checking) and message_ids:
            self.asked.put((chat_id, message_ids[-1]), Asked(person_id, answer.outcome.check))
