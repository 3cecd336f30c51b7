"""The kinds of messages that are told apart, each with what people wrote: signs, limits, and what is harmless."""

from __future__ import annotations

from collections import defaultdict

from bot.core.model import Knowledge, RedFlag

SIGNS, GUARDS, HARMLESS = "signs/", "guards/", "harmless/"  # what the name of a kind begins with
SELF_HARM = f"{GUARDS}self-harm"  # asks for help with thoughts of it
OWN = "#"  # before the id of a sign, in the name of the kind of its phrasings alone
ORDINARY = f"{HARMLESS}ordinary"  # asks what the entries answer
IN_GENERAL = f"{HARMLESS}about-a-word"  # asks what a sign is, or why it is one
ELSEWHERE = f"{HARMLESS}other-topics"  # is about no back at all
OTHER_SENSES = f"{HARMLESS}other-senses"  # nor is this, though it uses our words


def kinds_of(knowledge: Knowledge, *, signs_apart: bool = False) -> dict[str, list[str]]:
    """Name of each kind -> its messages, the phrasings of signs, entries and other subjects among them.

    Entries about a warning sign are asked for in its words, so their phrasings are of no kind.

    Args:
        signs_apart: the phrasings of each sign are a kind of their own.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for sign in knowledge.red_flags:
        kinds[own_kind(sign) if signs_apart else kind_of(sign)] += sign.phrasings
    for (flag, urgency), texts in knowledge.messages.signs.items():
        kinds[f"{SIGNS}{flag}/{urgency}"] += texts
    for guard, texts in knowledge.messages.guards.items():
        kinds[GUARDS + guard] += texts
    flags = {sign.flag for sign in knowledge.red_flags}
    for entry in knowledge.entries.values():
        if entry.id not in flags:
            kinds[ORDINARY] += [entry.title, *entry.phrasings]
    for texts in knowledge.elsewhere.values():
        kinds[ELSEWHERE] += texts
    for kind, texts in knowledge.messages.harmless.items():
        kinds[HARMLESS + kind] += texts
    return {kind: texts for kind, texts in kinds.items() if texts}


def kind_of(sign: RedFlag) -> str:
    """The kind of messages that tell of a sign."""
    return f"{SIGNS}{sign.flag}/{sign.urgency}"


def own_kind(sign: RedFlag) -> str:
    """The kind of its phrasings alone."""
    return f"{kind_of(sign)}{OWN}{sign.id}"
