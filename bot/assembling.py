"""The assistant as all commands use it: a knowledge, the meaning model, and what was learned from both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial

from bot.beside import begin
from bot.core.answering import Assistant
from bot.core.model import Knowledge
from bot.curation.learned import find_learned
from bot.curation.loading import load_knowledge
from bot.meaning.finding import MeaningMissingError, find_meaning
from bot.settings import Settings

LEARNING = "Learning what people write, once for each change of the knowledge; this takes half a minute or so ..."


def build_assistant(settings: Settings, tell: Callable[[str], None]) -> Assistant:
    """The assistant, with the meaning model unless it is switched off or missing; a missing one is told.

    It stays to the end. The garbage collector need not look at it while it grows, a fifth of the start, and not
    whenever it runs later, 60 ms in which nothing else happens.

    Args:
        tell: told what takes long, and what is missing.

    Raises:
        KnowledgeError: the knowledge has problems.
    """
    gc.disable()
    try:
        return _put_together(settings, tell)
    finally:
        gc.freeze()
        gc.enable()


def build_both(before: Settings, now: Settings, tell: Callable[[str], None]) -> tuple[Assistant, Assistant]:
    """Two assistants that differ in their knowledge alone: where the meaning model fails one, neither has it.

    Args:
        before: with a cache of its own: what is learned from its knowledge takes the place of what was kept there.
        tell: as `build_assistant`.

    Raises:
        KnowledgeError: one of the two has problems.
    """
    old, new = load_knowledge(before.knowledge_dir), load_knowledge(now.knowledge_dir)
    if now.meaning == "auto":
        try:
            return _with_meaning(old, before, tell), _with_meaning(new, now, tell)
        except MeaningMissingError as error:
            tell(f"{error} Compared without the sentence model.")
    return _without_meaning(old, before, tell), _without_meaning(new, now, tell)


def _put_together(settings: Settings, tell: Callable[[str], None]) -> Assistant:
    knowledge = load_knowledge(settings.knowledge_dir)
    if settings.meaning == "auto":
        try:
            return _with_meaning(knowledge, settings, tell)
        except MeaningMissingError as error:
            tell(f"{error} Questions are matched by their letters alone.")
    return _without_meaning(knowledge, settings, tell)


def _with_meaning(knowledge: Knowledge, settings: Settings, tell: Callable[[str], None]) -> Assistant:
    folder, cache = settings.knowledge_dir, settings.cache_dir
    find = partial(find_learned, knowledge, folder, cache, lambda: tell(LEARNING), has_meaning=True)
    words = begin(find)  # the model hardly needs the interpreter meanwhile
    try:
        meaning = find_meaning(knowledge, folder, cache)
    finally:
        learned = words.result()
    return Assistant(knowledge, meaning=meaning, learned=learned)


def _without_meaning(knowledge: Knowledge, settings: Settings, tell: Callable[[str], None]) -> Assistant:
    folder, cache = settings.knowledge_dir, settings.cache_dir
    learned = find_learned(knowledge, folder, cache, lambda: tell(LEARNING), has_meaning=False)
    return Assistant(knowledge, learned=learned)
