"""What the words of a knowledge's messages speak for, learned once for each change of it and kept beside the bot."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import bot.core
from bot.core.building import build_vocabulary
from bot.core.heard import learn_words
from bot.core.model import Knowledge
from bot.core.second_look import Learned


def find_learned(knowledge: Knowledge, folder: Path, cache: Path) -> Learned:
    """What the words of the messages speak for, taken from a folder where it was kept before.

    Learning takes some seconds. It depends on the files of the knowledge and on the code that reads them, so their hash
    names the file. A folder that cannot be read or written changes nothing but the time.

    Args:
        folder: of the knowledge.
        cache: where that is kept.
    """
    file = cache / f"words-{_hash(folder)}.json"
    if kept := _read(file):
        return kept
    learned = learn_words(knowledge, build_vocabulary(knowledge))
    _write(file, learned)
    return learned


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for files in (folder.rglob("*.yaml"), *(Path(path).glob("*.py") for path in bot.core.__path__)):
        for file in sorted(files):
            digest.update(f"{file.name} {file.stat().st_size} ".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _read(file: Path) -> Learned | None:
    """What was kept; None where there is nothing, or nothing that fits."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        return Learned(tuple(kept["groups"]), kept["odds"], kept["offsets"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(file: Path, learned: Learned) -> None:
    """Keep it, whole or not at all, in place of what was kept for an older knowledge."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, suffix=".part", delete=False) as part:
            json.dump(asdict(learned), part, ensure_ascii=False)
        Path(part.name).replace(file)
        for old in set(file.parent.glob("words-*.json")) - {file}:
            old.unlink(missing_ok=True)
    except OSError:
        return
