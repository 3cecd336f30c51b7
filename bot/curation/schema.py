"""JSON Schema of each kind of knowledge file, so that an editor completes keys and marks slips while one types."""

from __future__ import annotations

import json
from pathlib import Path

from bot.curation import shapes

SCHEMAS: dict[str, type[shapes.Shape]] = {
    "entries": shapes.EntriesShape,
    "red-flags": shapes.RedFlagsShape,
    "guards": shapes.GuardsShape,
    "elsewhere": shapes.ElsewhereShape,
    "messages": shapes.MessagesShape,
    "calibration": shapes.CalibrationsShape,
    "vocabulary": shapes.VocabularyShape,
    "grammar": shapes.GrammarShape,
    "texts": shapes.TextsShape,
    "sources": shapes.SourcesShape,
    "emergency-numbers": shapes.NumbersShape,
    "languages": shapes.LanguagesShape,
}


def write_schemas(folder: Path) -> list[Path]:
    """Write one schema a kind of file into a folder, which is made; the files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, shape in SCHEMAS.items():
        file = folder / f"{name}.schema.json"
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.model_json_schema()}
        file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")
        written.append(file)
    return written
