"""What takes seconds to learn from a knowledge, learned once for each change of it and kept beside the bot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import IO, TypeVar

import bot.core
from bot.core.building import Learned, build_vocabulary, learn_phrasing_letters
from bot.core.heard import learn_words
from bot.core.kinds import kinds_of
from bot.core.letters import LearnedLetters
from bot.core.model import Knowledge
from bot.core.second_look import LearnedWords
from bot.keeping import keep

MANY = 5_000  # messages and phrasings; they are learned in two seconds

PartT = TypeVar("PartT", LearnedWords, LearnedLetters)


def find_learned(
    knowledge: Knowledge,
    folder: Path,
    cache: Path,
    on_learning: Callable[[], None] = lambda: None,
    *,
    has_meaning: bool,
) -> Learned:
    """What is learned from the messages and the phrasings, taken from a folder where it was kept before.

    Learning takes some twenty seconds. It depends on the files of the knowledge and on the code that reads them, so
    their hash names the files. A folder that cannot be read or written changes nothing but the time.

    Args:
        folder: of the knowledge.
        cache: where that is kept.
        on_learning: told before messages are learned, where there are so many that it takes a while.
        has_meaning: a sentence model does what the letters of the phrasings would.
    """
    digest = _hash(folder)

    def learn() -> LearnedWords:
        if sum(map(len, kinds_of(knowledge).values())) >= MANY:
            on_learning()
        return learn_words(knowledge, build_vocabulary(knowledge))

    words = _find(cache / f"words-{digest}.json", LearnedWords, learn)
    if has_meaning:
        return Learned(words)
    letters = _find(cache / f"letters-{digest}.json", LearnedLetters, lambda: learn_phrasing_letters(knowledge))
    return Learned(words, letters)


def _find(file: Path, form: type[PartT], learn: Callable[[], PartT]) -> PartT:
    """One part, as it was kept or learned now; then it takes the place of what was kept for an older knowledge."""
    try:
        return form(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        learned = learn()

    def write(part: IO[bytes]) -> None:
        parts = {field.name: getattr(learned, field.name) for field in fields(learned)}
        part.write(json.dumps(parts, ensure_ascii=False).encode())

    if keep(file, write):
        kind, _, _ = file.name.partition("-")
        for old in set(file.parent.glob(f"{kind}-*.json")) - {file}:
            old.unlink(missing_ok=True)
    return learned


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for files in (folder.rglob("*.yaml"), *(Path(path).glob("*.py") for path in bot.core.__path__)):
        for file in sorted(files):
            digest.update(f"{file.name} {file.stat().st_size} ".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]
