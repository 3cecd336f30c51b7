"""What matchers are measured on: phrasings of entries, questions with their right entries, and off-topic ones.

Any subject will do. A file is JSON (or YAML, by its ending) of this form:

    {
      "phrasings": {"entry-id": ["one way to ask for it", "another way"]},
      "questions": [{"q": "a question", "expect": ["entry-id"]}],
      "off_topic": {"near": ["about the subject, but no entry answers it"], "far": ["about something else"]}
    }

`expect` holds every entry that would be right. Either list of `off_topic` may be empty. To measure on a table of your
own (one question and its label a line), put ten lines of each label into `phrasings`, others into `questions`, and the
lines of some labels that you leave out altogether into `near`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.calibration import Calibrations
from bot.core.model import Grammar
from bot.core.word_vectors import WordVectors

ROOT = Path(__file__).parent.parent
NEAR_KINDS = (
    "other-body",
    "other-health",
    "other-illness",
    "product",
)  # of labelled questions that want a refusal: bodies, not backs


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the entries that would be right."""

    text: str
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Everything one run is measured on; the words are for matchers that use them."""

    name: str
    phrasings: Mapping[str, tuple[str, ...]]
    questions: tuple[Asked, ...]
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what no entry answers, by subject
    grammar: Grammar = field(default_factory=Grammar)
    common_words: frozenset[str] = frozenset()  # of the language
    word_vectors: WordVectors = field(default_factory=WordVectors)  # of the language
    calibrations: Calibrations = field(default_factory=Calibrations)


def read_set(file: Path) -> QuestionSet:
    """The set of a file of the form above; without terms, with the words of the language that our knowledge has."""
    import yaml

    from bot.curation.dictionary import VECTORS_FILE, read_word_vectors
    from bot.curation.loading import load_knowledge

    text = file.read_text(encoding="utf-8")
    read = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
    off_topic = read.get("off_topic", {})
    knowledge = load_knowledge(ROOT / "knowledge")
    return QuestionSet(
        name=file.stem,
        phrasings={entry_id: tuple(texts) for entry_id, texts in read["phrasings"].items()},
        questions=tuple(Asked(row["q"], tuple(row["expect"])) for row in read["questions"]),
        near=tuple(off_topic.get("near", ())),
        far=tuple(off_topic.get("far", ())),
        grammar=knowledge.grammar,
        common_words=knowledge.common_words,
        word_vectors=read_word_vectors(ROOT / "knowledge" / knowledge.language / VECTORS_FILE),
    )


def our_set(files: Iterable[Path]) -> QuestionSet:
    """Our knowledge, asked the labelled questions of some files that stand alone and want an entry or a refusal."""
    from bot.curation.labelled import read_labelled
    from bot.curation.loading import load_knowledge

    knowledge = load_knowledge(ROOT / "knowledge")
    labelled = [asked for asked in read_labelled(files, knowledge) if not asked.context]
    refused = [asked for asked in labelled if asked.wanted == ("refuse",) and asked.text.strip()]
    return QuestionSet(
        name="our knowledge",
        phrasings={entry.id: (entry.title, *entry.phrasings) for entry in knowledge.entries.values()},
        questions=tuple(
            Asked(asked.text, asked.wanted)
            for asked in labelled
            if asked.wanted and not asked.outcomes and asked.flags is None
        ),
        near=tuple(asked.text for asked in refused if asked.kind.startswith(NEAR_KINDS)),
        far=tuple(asked.text for asked in refused if not asked.kind.startswith(NEAR_KINDS)),
        terms=knowledge.vocabulary,
        elsewhere={subject: tuple(texts) for subject, texts in knowledge.elsewhere.items()},
        grammar=knowledge.grammar,
        common_words=knowledge.common_words,
        word_vectors=knowledge.word_vectors,
        calibrations=knowledge.calibrations,
    )
