"""The page of claims, and the schemas for editors."""

import json
from dataclasses import replace
from pathlib import Path

from bot.core.model import Knowledge
from bot.curation.coverage import coverage_page
from bot.curation.loading import load_knowledge
from bot.curation.schema import SCHEMAS, write_schemas

ROOT = Path(__file__).parents[2]


def test_the_page_in_docs_is_the_one_the_knowledge_makes() -> None:
    """Make it anew: python -m bot check --coverage > docs/coverage.md."""
    assert (ROOT / "docs/coverage.md").read_text("utf-8") == coverage_page(load_knowledge(ROOT / "knowledge"))


def test_a_claim_stands_beside_its_entry_and_the_rest_is_named_as_added(knowledge: Knowledge) -> None:
    ice = replace(knowledge.entries["ice"], claims=("Ice | cold helps",))
    page = coverage_page(replace(knowledge, entries={**knowledge.entries, "ice": ice}))

    assert "| Ice / cold helps | `ice` |" in page
    assert "Added from guidance: `heat`," in page


def test_every_kind_of_file_has_a_schema_that_refuses_unknown_keys(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new" / "folder")

    assert len(written) == len(SCHEMAS)
    assert all(json.loads(file.read_text("utf-8"))["additionalProperties"] is False for file in written)
