"""Files that only save time: written whole or not at all, and missing without harm."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO


def keep(file: Path, write: Callable[[IO[bytes]], object]) -> bool:
    """Write a file that takes the place of the one there was; a folder that cannot be written changes nothing.

    Returns:
        Whether it was written.
    """
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
            unfinished = Path(part.name)
            try:
                write(part)
                part.close()
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)
        return True
    return False
