"""The core decides and does no I/O: it imports itself, rapidfuzz and a short list of the standard library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "bot" / "core"
ALLOWED = set(
    "__future__ array bisect collections collections.abc contextlib dataclasses datetime enum heapq html itertools math"
    " operator re typing unicodedata rapidfuzz rapidfuzz.distance".split()
)
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize("file", sorted(CORE.glob("*.py")), ids=lambda file: file.name)
def test_a_core_module_imports_nothing_that_reaches_out(file: Path) -> None:
    strangers = {name for name in imports(ast.parse(file.read_text("utf-8"))) if not name.startswith("bot.core")}

    assert strangers <= ALLOWED


@pytest.mark.parametrize("file", sorted(CORE.glob("*.py")), ids=lambda file: file.name)
def test_a_core_module_opens_and_prints_nothing(file: Path) -> None:
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert calls.isdisjoint(FORBIDDEN_CALLS)


@pytest.mark.parametrize("file", sorted(CORE.glob("*.py")), ids=lambda file: file.name)
def test_a_core_module_reads_no_clock(file: Path) -> None:
    names = {node.attr for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)}

    assert names.isdisjoint({"now", "today", "utcnow"})


@pytest.mark.parametrize("file", sorted(CORE.glob("*.py")), ids=lambda file: file.name)
def test_a_core_module_keeps_nothing_that_people_write(file: Path) -> None:
    """A cache of words or questions would be a memory of them."""
    assert "cache" not in file.read_text("utf-8")
