"""Files that only save time."""

from pathlib import Path
from typing import IO

import pytest

from bot.keeping import keep


def test_a_file_takes_the_place_of_the_one_there_was(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"

    assert keep(file, lambda part: part.write(b"old"))
    assert keep(file, lambda part: part.write(b"new"))
    assert file.read_bytes() == b"new"
    assert list(file.parent.iterdir()) == [file]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def fill(part: IO[bytes]) -> None:
        part.write(b"half")
        raise OSError(28, "No space left on device")

    keep(tmp_path / "file", lambda part: part.write(b"old"))

    assert not keep(tmp_path / "file", fill)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_an_error_of_the_writer_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        keep(tmp_path / "file", lambda _: 1 / 0)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert not keep(tmp_path / "file" / "below", lambda part: part.write(b"x"))
