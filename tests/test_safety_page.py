"""docs/safety.md names only what is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/safety.md").read_text(encoding="utf-8")
HAZARDS = {part.split("\n", 1)[0]: part for part in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]}
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)((?:::\w+)+)`", PAGE)))
CONSTANTS = sorted(set(re.findall(r"`(\w+)`\s+in\s+`(bot/[\w/]+\.py)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    here: ast.AST = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    for part in name.split("::")[1:]:
        inside = {node.name: node for node in getattr(here, "body", []) if isinstance(node, _NAMED)}
        assert part in inside
        here = inside[part]


_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@pytest.mark.parametrize(("name", "file"), CONSTANTS, ids=[name for name, _ in CONSTANTS])
def test_a_constant_that_is_named_stands_in_its_file(name: str, file: str) -> None:
    assert re.search(rf"^(class )?{name}\b", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_no_threshold_is_copied() -> None:
    assert re.findall(r"-?\d+\.\d+|\s-\d+", PAGE) == []


@pytest.mark.parametrize("hazard", HAZARDS.values(), ids=HAZARDS)
def test_a_hazard_has_cause_effect_control_proof_and_what_remains(hazard: str) -> None:
    parts = re.findall(r"^- \*\*(.+?)\.\*\* ", hazard, re.MULTILINE)

    assert parts == ["Cause", "Effect", "Control", "Shown by", "Remains"]


def test_hazards_are_numbered_in_order() -> None:
    numbers = [title.split()[0] for title in HAZARDS]

    assert numbers == [f"H{number}" for number in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", PAGE))))
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).exists()
