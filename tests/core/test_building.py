"""What is built from a knowledge once, at start."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core import building, classifiers, word_vectors
from bot.core.building import build_chooser, build_vocabulary
from bot.core.calibration import Calibration, Calibrations
from bot.core.choosing import Choice, Found, NotFound
from bot.core.letters import LearnedLetters
from bot.core.meaning import Gist, Meaning, Meant
from bot.core.model import Knowledge, Question
from bot.core.word_vectors import WordVectors


def chosen(knowledge: Knowledge, text: str, *before: str, meaning: Meaning | None = None) -> Choice:
    vocabulary = build_vocabulary(knowledge)
    return build_chooser(knowledge, vocabulary, meaning).choose(Question(text, before=before), vocabulary.read(text))


@pytest.mark.parametrize("kind", ["small_words", "negations", "well", "persons"])
def test_a_plain_word_is_never_mended(knowledge: Knowledge, kind: str) -> None:
    grammar = replace(knowledge.grammar, **{kind: frozenset({"seat"})})  # type: ignore[arg-type]  # any field of words
    plain = replace(knowledge, grammar=grammar)

    assert build_vocabulary(knowledge).mend("seat") == "heat"
    assert build_vocabulary(plain).mend("seat") == "seat"


def test_a_common_word_is_never_mended(knowledge: Knowledge) -> None:
    common = replace(knowledge, common_words=frozenset({"seat"}))

    assert [token.text for known in (knowledge, common) for token in build_vocabulary(known).read("seat")[0]] == [
        "heat",
        "seat",
    ]


def test_a_word_whose_ending_tells_something_keeps_it(knowledge: Knowledge) -> None:
    ((legs, packs),) = build_vocabulary(knowledge).read("legs packs")

    assert (legs.text, packs.text) == ("legs", "pack")


def test_what_is_asked_for_elsewhere_is_not_answered(knowledge: Knowledge) -> None:
    drinks = replace(knowledge, elsewhere={"drinks": ("ice or heat for my tea", "hot water for my tea")})

    assert isinstance(chosen(knowledge, "hot water for my tea").outcome, Found)
    assert isinstance(chosen(drinks, "hot water for my tea").outcome, NotFound)


def test_a_word_that_opens_a_question_makes_a_follow_up_no_longer(knowledge: Knowledge) -> None:
    grammar = replace(knowledge.grammar, question_openers=frozenset())
    as_opener, as_word = (
        chosen(known, "why often", "ice").ranked[0] for known in (knowledge, replace(knowledge, grammar=grammar))
    )

    assert as_opener.entry_id == as_word.entry_id == "ice"
    assert as_opener.score > as_word.score


class Indifferent:
    """A sentence model to which all entries are alike."""

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        return [(Meant(0.5, 0.1, 0),) * 6 for _ in texts]

    def gist(self, text: str) -> Gist | None:
        raise NotImplementedError(text)


@pytest.mark.parametrize(("meaning", "score"), [(None, 25), (Indifferent(), 75)], ids=["without", "with"])
def test_scores_are_calibrated_with_a_sentence_model_and_without(
    knowledge: Knowledge, meaning: Meaning | None, score: float
) -> None:
    without, with_ = (Calibration(value=0, lead=0, offset=offset) for offset in (-math.log(3), math.log(3)))
    learned = replace(knowledge, calibrations=Calibrations(without, with_))

    assert chosen(learned, "ice or heat", meaning=meaning).ranked[0].score == pytest.approx(score)


def test_letters_decide_where_there_is_no_model(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    for_heat = LearnedLetters({"ack": (1.0, [list(knowledge.entries).index("heat")], [90_000])})
    monkeypatch.setattr(classifiers, "learn_letters", lambda _: for_heat)

    assert chosen(knowledge, "cold pack, not hot").ranked[0].entry_id == "heat"


def test_beside_a_model_no_phrasings_are_learned(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(building, "learn_phrasings")

    assert chosen(knowledge, "cold pack", meaning=Indifferent()).ranked[0].entry_id == "ice"


def test_words_that_mean_the_same_decide_where_there_is_no_model(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_vectors, "FEWEST_LEARNED", 2)
    vectors = WordVectors(("ice", "glacier", "hot", "warm", "volcano"), bytes((100, 100, 156, 156, 156)))
    plain, taught = (
        chosen(known, "how do I use a volcano").ranked[0].entry_id
        for known in (knowledge, replace(knowledge, word_vectors=vectors))
    )

    assert (plain, taught) == ("ice", "heat")


def test_vectors_count_as_the_calibration_says(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_vectors, "FEWEST_LEARNED", 2)
    vectors = WordVectors(("ice", "glacier", "hot", "warm", "volcano"), bytes((100, 100, 156, 156, 156)))
    without = Calibrations(replace(Calibration(), vectors=0.0))
    taught = replace(knowledge, word_vectors=vectors, calibrations=without)

    assert chosen(taught, "how do I use a volcano").ranked[0].entry_id == "ice"
