"""A small knowledge folder on disk, valid to begin with, for tests that break it."""

import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from bot.core.model import Texts

SMALL_KNOWLEDGE = Path(__file__).parent.parent / "small-knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder without a problem, one made-up text for each text the bot needs."""
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL_KNOWLEDGE, folder)
    texts = "".join(f"  {field.name}: Text {field.name}.\n" for field in fields(Texts))
    (folder / "en/texts.yaml").write_text(f"texts:\n{texts}", encoding="utf-8")
    return folder


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """Replaces a piece of one file, as a curator would by hand; the piece must be there once."""

    def edit_it(name: str, old: str, new: str) -> None:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return edit_it
