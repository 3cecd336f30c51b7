"""What a sentence model makes of a question."""

import pytest

from bot.core.matching import Index
from bot.core.model import Grammar
from bot.core.vocabulary import Vocabulary
from bot.meaning.nearness import PhrasingMeaning, Spelling
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
