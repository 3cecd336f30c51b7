"""What is learned from the messages of a knowledge, and what a sentence model adds to it."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.building import build_vocabulary
from bot.core.heard import (
    GENERAL_LEAD,
    GIST_SHARE,
    IN_DOUBT,
    LIMIT_WITHOUT,
    LONGEST_COUNTED,
    SIGN_LEAST,
    WORDS_LEAST,
    Heard,
    SignWords,
    Words,
    learn_words,
)
from bot.core.kinds import IN_GENERAL, SIGNS, kind_of
from bot.core.meaning import Gist
from bot.core.model import Knowledge, Messages, RedFlag, Urgency
from bot.core.vocabulary import Sentences, Vocabulary

NUMB = "all dead below the belt"
FAINT = "sweat pours and the room turns"


def gist(**shares: float) -> Gist:
    """So much for a kind of sign, by the name of its flag; the rest for what is harmless."""
    signs = {f"signs/{flag}/emergency": share for flag, share in shares.items()}
    return Gist({**signs, "harmless/ordinary": 1 - sum(shares.values())})


@pytest.fixture
def read(knowledge: Knowledge) -> Vocabulary:
    return build_vocabulary(replace(knowledge, elsewhere={"x": (NUMB, FAINT)}))


@pytest.fixture
def heard(knowledge: Knowledge, read: Vocabulary) -> Heard:
    signs = tuple(RedFlag(flag, flag, Urgency.EMERGENCY, "Help.", (flag,)) for flag in ("numb", "faint"))
    messages = Messages(
        {("numb", Urgency.EMERGENCY): (NUMB,) * 3, ("faint", Urgency.EMERGENCY): (FAINT,) * 3},
        {"dose": ("one spoon or two",) * 3},
        {"everyday": ("which pillow is best",) * 3},
    )
    return Heard(replace(knowledge, red_flags=signs, messages=messages), read)


@pytest.fixture
def words(heard: Heard) -> SignWords:
    words = heard.sign_words()
    assert words is not None
    return words


def weight(words: SignWords, text: Sentences, said: Gist | None) -> float:
    return words.weigh(words.read(text), said)


def test_a_model_that_hears_a_sign_adds_to_the_weight_of_the_words(words: SignWords, read: Vocabulary) -> None:
    text = read.read(NUMB)

    assert weight(words, text, gist(numb=0.9)) > weight(words, text, gist(numb=0.7)) > weight(words, text, None)


def test_its_ngrams_are_heard_beside_its_network(words: SignWords, read: Vocabulary) -> None:
    text, half = read.read(NUMB), gist(numb=0.5)

    added = weight(words, text, replace(half, sign_odds=3.0)) - weight(words, text, replace(half, sign_odds=1.0))

    assert added == pytest.approx(2)


def test_as_much_is_taken_away_where_there_is_no_model_as_by_one_that_hears_nothing(
    words: SignWords, read: Vocabulary
) -> None:
    text = read.read(NUMB)

    added = weight(words, text, gist(numb=0.5)) - weight(words, text, None)

    assert added == pytest.approx(-SIGN_LEAST)


def test_harmless_words_outweigh_a_model_that_hears_a_sign_only_so_far(words: SignWords) -> None:
    many, few = ({SIGNS: weight_} for weight_ in (-9.0, WORDS_LEAST))

    assert words.weigh(many, gist(numb=0.9)) == words.weigh(few, gist(numb=0.9)) > words.weigh(many, None)


def test_a_model_that_hears_none_makes_no_less_of_a_message_than_no_model(words: SignWords, read: Vocabulary) -> None:
    text = read.read(NUMB)

    assert weight(words, text, gist(numb=0.0)) == weight(words, text, None)


def test_a_model_may_take_away_more_where_that_is_asked_for(words: SignWords, read: Vocabulary) -> None:
    said = words.read(read.read(NUMB))

    without, least = words.weigh(said, None), SIGN_LEAST - 2

    assert words.weigh(said, gist(numb=0.0), least) == pytest.approx(without - 2)
    assert words.weigh(said, None, least) == without


def test_the_model_has_a_say_in_which_sign_it_is(words: SignWords, read: Vocabulary) -> None:
    said = words.read(read.read(f"{NUMB} and the room turns"))

    assert words.nearest(said, gist(numb=0.99))[0].id == "numb"
    assert words.nearest(said, gist(faint=0.99))[0].id == "faint"


@pytest.mark.parametrize(
    ("said", "are"),
    [
        pytest.param({IN_GENERAL: 1 + GENERAL_LEAD, SIGNS: 1.0}, True, id="by so much"),
        pytest.param({IN_GENERAL: 0.9 + GENERAL_LEAD, SIGNS: 1.0}, False, id="by less"),
        pytest.param({SIGNS: -9.0}, False, id="nobody wrote down such a question"),
    ],
)
def test_words_are_about_a_word_where_they_say_so_more_than_that_there_is_a_sign(
    said: dict[str, float], *, are: bool
) -> None:
    assert SignWords.are_about_a_word(said) is are


Nearest = Callable[..., tuple[str, float]]


@pytest.fixture
def nearest(knowledge: Knowledge, read: Vocabulary) -> Nearest:
    """The nearest of some signs of one flag, and by how much a text speaks more for an emergency than for less."""

    def nearest_(text: str, *signs: RedFlag, **said: str) -> tuple[str, float]:
        of_signs = {("nerves", Urgency(urgency)): (message,) * 3 for urgency, message in said.items()}
        messages = Messages(of_signs, {}, {"everyday": ("which pillow is best",) * 3})
        words = Heard(replace(knowledge, red_flags=signs, messages=messages), read).sign_words()
        assert words is not None
        sign, lead = words.nearest(words.read(read.read(text)), None)
        return sign.id, lead

    return nearest_


def sign(id_: str, *phrasings: str, urgency: Urgency = Urgency.EMERGENCY) -> RedFlag:
    return RedFlag(id_, "nerves", urgency, "Help.", phrasings)


@pytest.mark.parametrize(("text", "id_"), [("dead below the belt", "numb"), ("sweat pours", "faint")])
def test_of_signs_of_one_kind_that_one_is_meant_whose_phrasings_are_used(nearest: Nearest, text: str, id_: str) -> None:
    signs = (sign("numb", NUMB), sign("silent"), sign("faint", FAINT))

    assert nearest(text, *signs, emergency=f"{NUMB}. {FAINT}")[0] == id_


def test_of_signs_without_phrasings_the_first_is_meant(nearest: Nearest) -> None:
    assert nearest("sweat pours", sign("numb"), sign("faint"), emergency=FAINT)[0] == "numb"


def test_a_message_speaks_for_an_emergency_or_for_something_less(nearest: Nearest) -> None:
    signs = (sign("numb", NUMB), sign("faint", FAINT, urgency=Urgency.SOON))

    assert nearest("dead below the belt", *signs, emergency=NUMB, soon=FAINT)[1] > 1
    assert nearest("sweat pours", *signs, emergency=NUMB, soon=FAINT)[1] < -1


@pytest.mark.parametrize(("behind", "id_"), [(IN_DOUBT, "numb"), (IN_DOUBT + 0.1, "faint")])
def test_in_doubt_it_is_the_emergency(knowledge: Knowledge, read: Vocabulary, behind: float, id_: str) -> None:
    emergency, soon = sign("numb"), sign("faint", urgency=Urgency.SOON)
    messages = Messages({("nerves", Urgency.EMERGENCY): (NUMB,) * 3}, {}, {"everyday": ("which pillow is best",) * 3})
    words = Heard(replace(knowledge, red_flags=(emergency, soon), messages=messages), read).sign_words()
    assert words is not None

    nearest, lead = words.nearest({kind_of(emergency): 1.0, kind_of(soon): 1.0 + behind}, None)

    assert nearest.id == id_
    assert lead == pytest.approx(-behind)


@pytest.mark.parametrize(("soon", "urgent", "id_"), [(3.0, 2.0, "faint"), (2.0, 3.0, "weak")])
def test_of_what_can_wait_that_is_meant_which_is_spoken_for_most(
    knowledge: Knowledge, read: Vocabulary, soon: float, urgent: float, id_: str
) -> None:
    signs = sign("faint", urgency=Urgency.SOON), sign("weak", urgency=Urgency.URGENT)
    messages = Messages({("nerves", Urgency.SOON): (FAINT,) * 3}, {}, {"everyday": ("which pillow is best",) * 3})
    words = Heard(replace(knowledge, red_flags=signs, messages=messages), read).sign_words()
    assert words is not None

    assert words.nearest({kind_of(signs[0]): soon, kind_of(signs[1]): urgent}, None)[0].id == id_


@pytest.mark.parametrize(("urgency", "lead"), [(Urgency.EMERGENCY, math.inf), (Urgency.URGENT, -math.inf)])
def test_an_urgency_without_any_other_leads_for_ever(nearest: Nearest, urgency: Urgency, lead: float) -> None:
    assert nearest("sweat pours", sign("faint", urgency=urgency), **{urgency: FAINT}) == ("faint", lead)


def test_a_limit_is_weighed_with_the_model_too(heard: Heard, read: Vocabulary) -> None:
    limits = heard.guard_words()
    text = read.read("one spoon")

    (alone,) = limits.weigh(text)
    (together,) = limits.weigh(text, Gist({"guards/dose": 1.0}))

    assert together.kind == alone.kind == "guards/dose"
    assert together.weight == pytest.approx(
        alone.weight - LIMIT_WITHOUT + GIST_SHARE * Gist({"guards/dose": 1.0}).odds("guards/dose")
    )


def test_most_words_of_a_long_message_are_about_something_else(knowledge: Knowledge, read: Vocabulary) -> None:
    story = f"{'which pillow is best. ' * 20}{NUMB}"
    messages = Messages({("bladder", Urgency.EMERGENCY): (story,) * 2}, {}, {"everyday": ("which pillow is best",)})

    counted = Heard(replace(knowledge, messages=messages), read).sign_words()

    assert counted is not None
    assert not counted.read(read.read("dead below"))


def test_a_message_of_the_longest_length_is_counted_still(knowledge: Knowledge, read: Vocabulary) -> None:
    messages = Messages({("bladder", Urgency.EMERGENCY): (NUMB.ljust(LONGEST_COUNTED, "."),) * 2})

    counted = Heard(replace(knowledge, messages=messages), read).sign_words()

    assert counted is not None
    assert counted.read(read.read("dead below"))


def test_signs_are_told_apart_as_one_by_kind_and_by_their_phrasings_and_limits_by_name(
    knowledge: Knowledge, read: Vocabulary
) -> None:
    sign = RedFlag("numb", "legs", Urgency.EMERGENCY, "Help.", (NUMB, NUMB))
    messages = Messages(
        {("legs", Urgency.URGENT): (FAINT,) * 2}, {"self-harm": ("no way out",) * 2}, {"everyday": ("a pillow",) * 2}
    )

    learned = learn_words(replace(knowledge, red_flags=(sign,), messages=messages), read)

    kinds = {"signs/", "signs/legs/emergency", "signs/legs/emergency#numb", "signs/legs/urgent", "guards/self-harm"}
    assert set(learned.groups) == kinds
    assert learned.offsets.keys() == {"signs/", "guards/self-harm"}  # those that regression tells


def test_nobody_hears_anything_where_nothing_was_written_down(knowledge: Knowledge, read: Vocabulary) -> None:
    silent = Heard(replace(knowledge, messages=Messages()), read)

    assert silent.sign_words() is None
    assert isinstance(silent.guard_words(), Words)
    assert silent.guard_words().weigh(read.read(NUMB)) == []
