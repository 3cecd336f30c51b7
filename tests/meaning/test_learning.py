"""Learning to tell kinds of messages apart."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.meaning.gist import GistModel, shapes_of
from bot.meaning.learning import FEWEST_MESSAGES, learn_gist, learn_ngrams, read_messages, slope
from bot.meaning.nearness import Spelling
from bot.meaning.ngrams import ngrams_of
from bot.meaning.sentence_model import DIMENSIONS, SentenceModel

MESSAGES = {
    "signs/numb/emergency": ("both legs went numb", "I can't feel my legs", "my legs have no feeling", "numb legs"),
    "harmless/denied": ("no numbness at all", "I can feel my legs", "my legs are fine", "nothing is numb"),
    "guards/dose": ("how many tablets", "can I take two pills", "one pill or two", "how much ibuprofen"),
}


def test_slopes_are_those_of_the_loss() -> None:
    """Each number is moved a little; the loss must move as the slope says."""
    random = np.random.default_rng(3)
    numbers = {name: random.normal(size=shape) / 8 for name, shape in shapes_of(3, width=4).items()}
    pieces = random.normal(size=(7, DIMENSIONS))
    begins, wanted = [0, 3, 4], np.eye(3)[[0, 2, 1]]
    kept = (random.integers(0, 2, pieces.shape) * 2, random.integers(0, 2, (7, 4)) * 2)
    _, slopes = slope(numbers, pieces, begins, wanted, kept)

    for name, values in numbers.items():
        for at in (0, values.size // 2, values.size - 1):
            losses = []
            for step in (1e-5, -1e-5):
                moved = values.copy()
                moved.flat[at] += step
                losses.append(slope({**numbers, name: moved}, pieces, begins, wanted, kept)[0])
            assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(slopes[name].flat[at], abs=1e-6), name


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["numb legs, both"], "signs/numb/emergency"),
        (["my legs feel fine"], "harmless/denied"),
        (["how many pills"], "guards/dose"),
        (["We moved house", "I can't feel my legs", "Ice or heat"], "signs/numb/emergency"),
    ],
)
def test_messages_like_those_it_learned_are_told_apart(
    model: SentenceModel, spelling: Spelling, texts: Sequence[str], kind: str
) -> None:
    weights = learn_gist(read_messages(MESSAGES, model, spelling), passes=60)

    shares = GistModel(model, weights).read(texts).shares

    assert max(shares, key=shares.__getitem__) == kind


def test_the_same_messages_give_the_same_numbers(model: SentenceModel, spelling: Spelling) -> None:
    messages = read_messages(MESSAGES, model, spelling)
    losses: list[float] = []

    first = learn_gist(messages, lambda _number, loss: losses.append(loss), passes=3)
    second = learn_gist(messages, passes=3)

    assert len(losses) == 3
    assert losses[-1] < losses[0]
    for name, values in first.numbers.items():
        assert np.array_equal(values, second.numbers[name]), name


def test_a_message_of_several_sentences_is_read_as_one(model: SentenceModel, spelling: Spelling) -> None:
    (read,) = read_messages({"x": ("My legs. Numb!",)}, model, spelling)["x"]
    states = model.states(spelling.mend(["My legs", "Numb"]))

    assert read.pieces == pytest.approx(np.concatenate(states), abs=0.01)
    assert np.array_equal(read.ngrams, ngrams_of(map(model.pieces, spelling.mend(["My legs", "Numb"]))))


def test_ngrams_that_stand_in_signs_speak_for_them() -> None:
    numb, fine, rare = np.array([1, 5], np.uint32), np.array([2, 5], np.uint32), np.array([3, 5], np.uint32)
    enough = FEWEST_MESSAGES
    messages = [*[numb] * enough, *[fine] * enough, *[rare] * (enough - 1)]

    learned = learn_ngrams(messages, [True] * enough + [False] * (2 * enough - 1), passes=300)

    assert learned.known.tolist() == [1, 2, 5]
    assert learned.odds(numb) > 0 > learned.odds(fine)
    assert learned.odds(np.array([3], np.uint32)) == learned.offset
