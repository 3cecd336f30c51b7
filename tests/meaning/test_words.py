"""What single words mean, for those who run the bot without the sentence model."""

import numpy as np

from bot.meaning.sentence_model import SentenceModel
from bot.meaning.words import KEPT, LENGTH, distil

WORDS = sorted(
    "motorway freeway road street car lorry truck banana apple orange pear fruit lemon doctor doctors physician nurse"
    " clinic surgeon hospital medicine sofa couch chair armchair bench stool monday tuesday friday sunday weekend cold"
    " frost icy freezing warm hot boiling heat happy glad cheerful sad gloomy angry furious walk run stroll jog sprint"
    " bread butter cheese milk cream dog puppy cat kitten horse pony guitar violin piano drum song teacher pupil school"
    " lesson exam money bank loan debt tax window door wall roof floor".split()
)


def test_words_that_mean_the_same_lie_close(model: SentenceModel) -> None:
    stems, numbers = distil([*WORDS, "x", "ça", "two words", "4th"], model)
    vectors = np.frombuffer(numbers, np.int8).reshape(len(stems), KEPT).astype(float)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    at = {stem: row for row, stem in enumerate(stems)}

    for word, like, unlike in (
        ("motorway", "freeway", "puppy"),
        ("sofa", "couch", "debt"),
        ("glad", "cheerful", "wall"),
    ):
        assert vectors[at[word]] @ vectors[at[like]] > 0.3 + vectors[at[word]] @ vectors[at[unlike]]


def test_one_stem_one_vector_and_what_is_no_word_has_none(model: SentenceModel) -> None:
    stems, numbers = distil([*WORDS, "x", "ça", "two words", "4th"], model)

    assert stems == sorted(set(stems))
    assert {"doctor", "bench"} <= set(stems)
    assert set(stems).isdisjoint({"doctors", "x", "ça", "two words", "4th"})
    assert len(numbers) == len(stems) * KEPT


def test_vectors_are_of_one_length_but_for_rounding(model: SentenceModel) -> None:
    stems, numbers = distil(WORDS, model)
    lengths = np.linalg.norm(np.frombuffer(numbers, np.int8).reshape(len(stems), KEPT).astype(float), axis=1)

    assert np.all(np.abs(lengths - LENGTH) < 0.1 * LENGTH)
