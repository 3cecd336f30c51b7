"""An answer that waits for a checking question where an emergency is suspected, and what follows the reply to it."""

from __future__ import annotations

from bot.core.choosing import Unsure
from bot.core.model import Check, Knowledge, Question, Urgency
from bot.core.outcomes import Answer, Checking, Cleared, Guarded, Withheld
from bot.core.red_flags import Signs


def ask_first(question: Question, signs: Signs, answer: Answer) -> Answer:
    """An answer held back by the checking question where an emergency is suspected, once in a conversation."""
    suspected = tuple(sign for sign in signs.suspected if sign.urgency is Urgency.EMERGENCY)
    if not suspected or question.checked:
        return answer
    guard_id = answer.outcome.guard.id if isinstance(answer.outcome, Guarded) else ""
    check = Check(
        signs=tuple(sign.id for sign in suspected),
        entries=answer.entry_ids,
        suggestions=answer.suggestions,
        guard=guard_id,
    )
    return Answer(Checking(suspected, check), answer.red_flags, answer.ranked, decided_by="suspicion")


def after_check(check: Check, knowledge: Knowledge, *, is_clear: bool) -> Answer:
    """What to say to the answer to a checking question: what was held back, or the emergency message."""
    if not is_clear:
        signs = tuple(sign for sign in knowledge.red_flags if sign.id in check.signs)
        return Answer(Withheld(), signs, decided_by="check")
    entry_ids = tuple(entry_id for entry_id in check.entries if entry_id in knowledge.entries)
    guard = next((guard for guard in knowledge.guards if guard.id == check.guard), None)
    if guard is not None:
        return Answer(Guarded(guard, entry_ids), decided_by="check")
    suggestions = tuple(entry_id for entry_id in check.suggestions if entry_id in knowledge.entries)
    if suggestions and not entry_ids:
        return Answer(Unsure(suggestions), decided_by="check")
    return Answer(Cleared(entry_ids), decided_by="check")
