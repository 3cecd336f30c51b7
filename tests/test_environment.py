"""What stands beside the code agrees with it: .env.example, lock files, README."""

import argparse
import re
from pathlib import Path

import pytest

from bot.cli import _parser
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
README = ROOT / "README.md"
LOCKS = sorted(ROOT.glob("requirements*.lock"))
NAMES_IN_EXAMPLE = re.findall(r"^#? ?([A-Z][A-Z_]+)=", EXAMPLE, re.MULTILINE)
COMMANDS = next(list(action.choices) for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))


def test_every_setting_stands_in_the_example_once_and_nothing_else_does() -> None:
    assert sorted(NAMES_IN_EXAMPLE) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("name", NAMES_IN_EXAMPLE)
def test_every_variable_of_the_example_has_a_comment_above_it(name: str) -> None:
    above = EXAMPLE.split(f"{name}=")[0].rstrip("# ").split("\n\n")[-1]

    assert re.search(r"^# \w", above, re.MULTILINE)


def test_the_example_as_it_is_sets_what_is_set_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    unset = Settings()
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")

    assert Settings() == unset


def test_there_is_a_lock_file_for_running_with_and_without_the_model_for_testing_and_for_measuring() -> None:
    names = [lock.name.removeprefix("requirements").removesuffix(".lock") for lock in LOCKS]

    assert names == ["-bench", "-meaning", "-test", ""]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_names_no_index(lock: Path) -> None:
    assert "://" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_distribution_in_a_lock_file_is_pinned_by_hash(lock: Path) -> None:
    blocks = re.split(r"^(?=[a-zA-Z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert blocks
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block or "==" not in block] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    readme = README.read_text(encoding="utf-8")

    assert re.search(rf"(python -m bot |make |`){command}\b", readme)
