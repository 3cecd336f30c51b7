"""The assistant as all commands use it: a knowledge, the meaning model, and what was learned from both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial

from bot.beside import begin
from bot.core.answering import Assistant
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


def _put_together(settings: Settings, tell: Callable[[str], None]) -> Assistant:
    folder, cache = settings.knowledge_dir, settings.cache_dir
    knowledge = load_knowledge(folder)
    find = partial(find_learned, knowledge, folder, cache, lambda: tell(LEARNING))
    if settings.meaning == "off":
        return Assistant(knowledge, learned=find(has_meaning=False))
    words = begin(partial(find, has_meaning=True))  # the model hardly needs the interpreter meanwhile
    try:
        meaning = find_meaning(knowledge, folder, cache)
    except MeaningMissingError as error:
        tell(f"{error} Questions are matched by their letters alone.")
        words.result()
        return Assistant(knowledge, learned=find(has_meaning=False))
    return Assistant(knowledge, meaning=meaning, learned=words.result())
