"""What takes seconds to learn from a knowledge, learned once for each change of it and kept beside the bot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import IO, TypeVar

import bot.core
from bot.core.building import Learned, build_vocabulary, groups_of
from bot.core.classifiers import LearnedPhrasings
from bot.core.heard import learn_words
from bot.core.kinds import kinds_of
from bot.core.letters import LearnedLetters, learn_letters
from bot.core.model import Knowledge
from bot.core.second_look import LearnedWords
from bot.core.word_vectors import LearnedVectors, learn_vectors
from bot.curation import dictionary, files, loading, reading, shapes
from bot.curation.dictionary import VECTORS_FILE
from bot.keeping import keep

MANY = 5_000  # messages and phrasings; they are learned in two seconds

# The code that makes a knowledge of its files; the other modules it goes through only say what is wrong with them.
READERS = tuple(Path(str(module.__file__)) for module in (dictionary, files, loading, reading, shapes))

PartT = TypeVar("PartT", LearnedWords, LearnedLetters, LearnedVectors)


def find_learned(
    knowledge: Knowledge,
    folder: Path,
    cache: Path,
    on_learning: Callable[[], None] = lambda: None,
    *,
    has_meaning: bool,
) -> Learned:
    """What is learned from the messages and the phrasings, taken from a folder where it was kept before.

    Learning takes some twenty seconds. It depends on the files of the knowledge, on the code that reads them and on the
    core, so their hash names the files. A folder that cannot be read or written changes nothing but the time.

    Args:
        folder: of the knowledge.
        cache: where that is kept.
        on_learning: told before messages are learned, where there are so many that it takes a while.
        has_meaning: a sentence model does what would be learned from the phrasings.
    """
    digest = _hash(folder)

    def learn() -> LearnedWords:
        if sum(map(len, kinds_of(knowledge).values())) >= MANY:
            on_learning()
        return learn_words(knowledge, build_vocabulary(knowledge))

    words = _find(cache / f"words-{digest}.json", LearnedWords, learn)
    if has_meaning:
        return Learned(words)
    letters = _find(cache / f"letters-{digest}.json", LearnedLetters, lambda: learn_letters(groups_of(knowledge)))
    vectors = _find(cache / f"vectors-{digest}.json", LearnedVectors, lambda: _learn_vectors(knowledge))
    return Learned(words, LearnedPhrasings(letters, vectors))


def _learn_vectors(knowledge: Knowledge) -> LearnedVectors:
    vocabulary, small_words = build_vocabulary(knowledge), knowledge.grammar.small_words
    return learn_vectors(groups_of(knowledge), knowledge.word_vectors, vocabulary, small_words)


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
    code = (Path(path).glob("*.py") for path in bot.core.__path__)
    for group in (folder.rglob("*.yaml"), folder.rglob(VECTORS_FILE), *code, READERS):
        for file in sorted(group):
            digest.update(f"{file.name} {file.stat().st_size} ".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]
