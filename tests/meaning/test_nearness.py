"""What a sentence model makes of a question."""

from pathlib import Path

import numpy as np
import pytest

from bot.core.matching import Index
from bot.core.model import Grammar
from bot.core.vocabulary import Vocabulary
from bot.meaning.nearness import PhrasingMeaning, Spelling, learn_phrasings
from bot.meaning.sentence_model import SentenceModel
from tests.meaning.conftest import PHRASINGS

ENTRIES = list(PHRASINGS)


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("something chilled out of the freezer", "ice"),
        ("what should my head rest on while I am asleep", "sleep"),
        ("at what point do I ring my GP", "doctor"),
    ],
)
def test_other_words_for_the_same_are_near(meaning: PhrasingMeaning, question: str, entry_id: str) -> None:
    (weighed,) = meaning.weigh([question])

    nearest = max(range(len(ENTRIES)), key=lambda entry: weighed[entry].nearness)
    assert ENTRIES[nearest] == entry_id


def test_every_text_weighs_every_entry(meaning: PhrasingMeaning) -> None:
    weighed = meaning.weigh(["ice", "", "heat"])

    assert [len(entries) for entries in weighed] == [4, 4, 4]
    assert all(sum(said.probability for said in entries) == pytest.approx(1, abs=1e-4) for entries in weighed)


def test_an_entry_with_one_phrasing_is_as_near_as_that(meaning: PhrasingMeaning) -> None:
    (weighed,) = meaning.weigh(["when should I see a doctor"])

    assert weighed[ENTRIES.index("doctor")].nearness == pytest.approx(1, abs=0.01)


def test_the_nearest_phrasing_is_named(meaning: PhrasingMeaning) -> None:
    (weighed,) = meaning.weigh(["frozen peas"])

    assert weighed[0].phrasing == 2


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Wich PILOW at nihgt?", "which pillow at night ?"),
        ("sholder hurts", "shoulder hurts"),  # the model's word, not the knowledge's
        ("can't do it", "can't do it"),
        ("zzqxk", "zzqxk"),
    ],
)
def test_words_that_nobody_knows_are_mended(spelling: Spelling, typed: str, mended: str) -> None:
    assert spelling.mend([typed]) == [mended]


def test_an_index_with_a_model_finds_what_shares_no_word(meaning: PhrasingMeaning) -> None:
    vocabulary = Vocabulary({}, [text for texts in PHRASINGS.values() for text in texts])
    index = Index(PHRASINGS, vocabulary, Grammar(frozenset({"i", "do", "my", "at", "a", "of", "the"})), meaning=meaning)

    best = index.rank("something chilled out of the freezer")[0]

    assert (best.entry_id, best.decided_by) == ("ice", "meaning")


def test_what_was_learned_is_kept_and_taken_again(model: SentenceModel, tmp_path: Path) -> None:
    first = learn_phrasings(PHRASINGS, model, tmp_path / "new folder")
    (file,) = (tmp_path / "new folder").iterdir()
    marked = first.vectors + 1
    np.savez(file, vectors=marked, weights=first.weights)

    told: list[str] = []
    again = learn_phrasings(PHRASINGS, model, tmp_path / "new folder", lambda: told.append("learning"))

    assert np.array_equal(again.vectors, marked)
    assert told == []


def test_it_is_told_before_something_is_learned(model: SentenceModel, tmp_path: Path) -> None:
    told: list[str] = []
    learn_phrasings(PHRASINGS, model, tmp_path, lambda: told.append("learning"))

    assert told == ["learning"]


def test_other_phrasings_are_learned_anew(model: SentenceModel, tmp_path: Path) -> None:
    learn_phrasings(PHRASINGS, model, tmp_path)
    learn_phrasings({**PHRASINGS, "doctor": ("do I need a GP",)}, model, tmp_path)

    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 rubbish", b"no archive"])
def test_a_damaged_file_is_learned_anew(model: SentenceModel, tmp_path: Path, damage: bytes) -> None:
    learn_phrasings(PHRASINGS, model, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)

    assert learn_phrasings(PHRASINGS, model, tmp_path).vectors.shape == (9, 384)


def test_a_folder_that_cannot_be_written_changes_nothing(model: SentenceModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert learn_phrasings(PHRASINGS, model, tmp_path / "file").vectors.shape == (9, 384)
