"""Warning signs found in messages."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from bot.core import red_flags
from bot.core.heard import SIGN_LEAST, Heard, SignWords
from bot.core.meaning import Gist
from bot.core.model import Knowledge, Messages, RedFlag, Urgency
from bot.core.red_flags import CLEAR, DOUBTFUL, LOUD, MORE_URGENT, SUSPICIOUS, RedFlagCheck, Signs
from bot.core.text import sentences
from bot.core.vocabulary import Sentences, Vocabulary
from tests.conftest import GRAMMAR, SIGNS, VOCABULARY

Find = Callable[..., Signs]


def is_noticed(signs: Signs) -> bool:
    return bool(signs.stated or signs.suspected)


@pytest.fixture
def find() -> Find:
    texts = [phrasing for sign in SIGNS for phrasing in (*sign.phrasings, *sign.unclear)]
    vocabulary = Vocabulary(VOCABULARY, texts, GRAMMAR.small_words | GRAMMAR.negations, GRAMMAR.never_shortened)
    check = RedFlagCheck(SIGNS, vocabulary, GRAMMAR)
    return lambda text: check.find(vocabulary.read(text), sentences(text))


def test_the_most_urgent_sign_comes_first(find: Find) -> None:
    found = find("six weeks no better, and a fever, and I can't pee").stated

    assert [sign.urgency for sign in found] == [Urgency.EMERGENCY, Urgency.URGENT, Urgency.SOON]


def test_two_signs_of_one_flag_are_told_once(find: Find) -> None:
    found = find("I can't pee. My legs are numb.").stated

    assert [sign.flag for sign in found] == ["bladder"]


def test_a_sign_buried_in_a_story_is_found(find: Find) -> None:
    story = "We moved house on Sunday. " * 40 + "Since then I cant pee. " + "How long do I ice it? " * 40

    assert [sign.flag for sign in find(story).stated] == ["bladder"]


def test_a_question_about_a_sign_in_general_holds_none(find: Find) -> None:
    assert not is_noticed(find("Why is a fever on the list?"))


@pytest.mark.parametrize(
    "text",
    [
        "Why can't I pee?",
        "What if numb legs come?",
        "Is my fever bad?",
        "why is a fever so bad now",
        "fever, is it bad",
    ],
)
def test_a_question_about_ones_own_sign_is_heard(find: Find, text: str) -> None:
    assert find(text).stated


def test_what_is_long_past_raises_no_alarm(find: Find) -> None:
    assert not is_noticed(find("I had a fever in 2014. Ice or heat?"))


@pytest.mark.parametrize("text", ["Had a fever two years ago and now again", "I can't pee since 2014", "fever. 2014."])
def test_what_is_not_over_is_heard(find: Find, text: str) -> None:
    assert find(text).stated


def test_a_sign_that_counts_for_ever_is_heard_though_long_past() -> None:
    cancer = RedFlag("cancer", "cancer", Urgency.URGENT, "It can come back.", ("had cancer",), ever=True)
    vocabulary = Vocabulary({}, cancer.phrasings)
    text = "had cancer years ago"

    assert RedFlagCheck((cancer,), vocabulary, GRAMMAR).find(vocabulary.read(text), sentences(text)).stated == (cancer,)


def test_a_general_question_does_not_cancel_a_sign_beside_it(find: Find) -> None:
    assert [sign.flag for sign in find("Why is a fever on the list? I can't pee.").stated] == ["bladder"]


@pytest.mark.parametrize("text", ["", "ice or heat?", "no fever", "I can pee fine"])
def test_an_ordinary_message_holds_none(find: Find, text: str) -> None:
    assert not is_noticed(find(text))


def test_unclear_words_raise_a_suspicion_only(find: Find) -> None:
    found = find("my bladder feels odd")

    assert [sign.flag for sign in found.suspected] == ["bladder"]
    assert found.stated == ()


def test_a_flag_that_is_stated_is_not_suspected_too(find: Find) -> None:
    found = find("My bladder feels odd. I can't pee.")

    assert [sign.id for sign in found.stated] == ["cannot-pee"]
    assert found.suspected == ()


def test_a_flag_is_suspected_beside_another_that_is_stated(find: Find) -> None:
    found = find("I have a fever. My bladder feels odd.")

    assert [sign.id for sign in (*found.stated, *found.suspected)] == ["fever", "cannot-pee"]


@pytest.mark.parametrize("text", ["my bladder never feels odd", "bladder felt odd in 2014", "why is a bladder odd"])
def test_unclear_words_are_denied_and_long_past_as_others_are(find: Find, text: str) -> None:
    assert not is_noticed(find(text))


@pytest.mark.parametrize(
    ("text", "reassures"),
    [
        ("no fever. Ice?", True),
        ("I had a fever in 2014. Ice?", True),
        ("ice or heat?", False),
        ("I have a fever", False),
    ],
)
def test_what_is_denied_or_over_reassures(find: Find, text: str, *, reassures: bool) -> None:
    assert find(text).reassures is reassures


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("no fever. Ice or heat?", "ice or heat"),
        ("ice or heat? no fever", "ice or heat"),
        ("I had a fever years ago. ice or heat", "ice or heat"),
        ("ice or heat", ""),
    ],
)
def test_what_is_not_denied_or_over_is_left(find: Find, text: str, rest: str) -> None:
    assert find(text).rest == rest


CONCEPTS = {
    "numb": ("numb", "<dont> feel"),
    "dont": ("dont",),
    "place": ("legs", "privates"),
    "ill": ("fever",),
    "mad": ("confused",),
    "diet": ("on a diet",),
    "thin": ("lost weight",),
    "idiom": ("numb with boredom", "fever pitch"),
    "medical-name": ("numb legs",),
}
COMBINED = (
    RedFlag(
        "dead-legs", "legs", Urgency.EMERGENCY, "Legs.", combines=("<numb> + <place>",), unclear=("odd + <place>",)
    ),
    RedFlag("very-ill", "fever", Urgency.EMERGENCY, "Very ill.", together=("<ill> + <mad>", "<ill> + <dead-legs>")),
    RedFlag("thinner", "weight", Urgency.URGENT, "Thinner.", combines=("<thin>",), unless=("diet",)),
)


@pytest.fixture
def combined() -> Find:
    grammar = replace(GRAMMAR, breaks=frozenset({"but"}), joints=frozenset({",", "but"}), well=frozenset({"fine"}))
    texts = ["numb dont feel legs privates fever confused on a diet lost weight boredom pitch odd stone"]
    vocabulary = Vocabulary(VOCABULARY, texts, grammar.small_words | grammar.negations, grammar.never_shortened)
    check = RedFlagCheck(COMBINED, vocabulary, grammar, CONCEPTS)
    return lambda text: check.find(vocabulary.read(text), sentences(text))


@pytest.mark.parametrize(
    "text",
    [
        "my privates went all numb",
        "legs, really numb",
        "I dont feel my legs",
        "no fever but my legs are numb",
        "numb with boredom, and numb legs too",
    ],
)
def test_concepts_near_each_other_mean_a_sign(combined: Find, text: str) -> None:
    assert "dead-legs" in {sign.id for sign in combined(text).stated}


@pytest.mark.parametrize(
    "text",
    [
        "numb toes. stiff legs",
        "a numb toe that the big stone of last week fell on hurts my legs",
        "toe numb but legs there",
        "toe numb, legs fine",
        "my legs are not numb",
        "numb with boredom, legs up",
        "my legs were numb in 2014",
        "numb legs",
    ],
)
def test_concepts_apart_denied_over_or_in_an_idiom_mean_nothing(combined: Find, text: str) -> None:
    assert not is_noticed(combined(text))


@pytest.mark.parametrize(
    "text", ["fever and confused", "Fever since Monday. He is confused.", "fever. My legs are numb."]
)
def test_what_a_message_holds_together_may_mean_more(combined: Find, text: str) -> None:
    assert combined(text).stated[-1].id == "very-ill"


def test_what_is_denied_means_nothing_together(combined: Find) -> None:
    assert not is_noticed(combined("no fever. He is confused."))


def test_a_short_word_whose_first_letter_was_mended_says_nothing(combined: Find) -> None:
    assert not is_noticed(combined("numb begs"))
    assert combined("nmb legs today").stated


def test_what_is_over_counts_only_where_it_counts_for_ever(combined: Find) -> None:
    assert not is_noticed(combined("fever in 2014. He is confused."))


def test_a_sign_that_counts_for_ever_is_not_another_persons() -> None:
    cancer = RedFlag("cancer", "cancer", Urgency.URGENT, "It can come back.", combines=("cancer",), ever=True)
    grammar = replace(GRAMMAR, persons=frozenset({"dad"}), own_words=frozenset({"i"}), complaint=frozenset({"back"}))
    vocabulary = Vocabulary({}, ["cancer"])
    check = RedFlagCheck((cancer,), vocabulary, grammar)

    def found(text: str) -> Signs:
        return check.find(vocabulary.read(text), sentences(text))

    assert not is_noticed(found("dad had cancer. can i run"))
    assert found("i had cancer in 2014").stated == (cancer,)


def test_what_explains_a_sign_takes_it_away(combined: Find) -> None:
    assert combined("I lost weight").stated
    assert not is_noticed(combined("I lost weight. I am on a diet."))


def test_unclear_combinations_raise_a_suspicion_only(combined: Find) -> None:
    assert combined("odd privates").suspected[0].id == "dead-legs"
    assert combined("odd privates").stated == ()


HARMLESS = ("which stretch", "heat or ice", "is a stretch good", "the tap is fine", "a key to stretch") * 2


@pytest.fixture
def learned(knowledge: Knowledge) -> Find:
    """Hears what is listed, and what messages with a sign say: of a tap that is stuck, and of legs that tire."""
    signs = (
        RedFlag("cannot-pee", "bladder", Urgency.EMERGENCY, "Pee.", ("cannot pee", "pee stuck")),
        RedFlag("tired-legs", "legs", Urgency.URGENT, "Legs.", ("legs tire", "which stretch tire"), unless=("race",)),
    )
    messages = Messages(
        signs={
            ("bladder", Urgency.EMERGENCY): ("lost the key to my tap", "tap is stuck shut", "stuck tap and key lost")
            * 4,
            ("legs", Urgency.URGENT): ("legs tire on the hill", "my legs tire and tire") * 4,
        },
        harmless={"everyday": HARMLESS, "about-a-word": ("my course asks of a tap", "a leaflet on my course") * 6},
    )
    grammar = replace(GRAMMAR, joints=frozenset({","}), well=frozenset({"fine"}))
    known = (*HARMLESS, *(text for texts in messages.signs.values() for text in texts), "cannot pee never fine in")
    vocabulary = Vocabulary(VOCABULARY, known, grammar.small_words)
    knowledge = replace(knowledge, red_flags=signs, entries={}, grammar=grammar, messages=messages)
    sign_words = Heard(knowledge, vocabulary).sign_words()
    check = RedFlagCheck(signs, vocabulary, grammar, {"race": ("race",)}, sign_words)
    return lambda text, gist=None: check.find(vocabulary.read(text), sentences(text), gist)


def test_words_that_only_messages_with_a_sign_use_state_it(learned: Find) -> None:
    found = learned("heat or ice, my key is lost, tap stuck shut")

    assert [sign.id for sign in found.stated] == ["cannot-pee"]
    assert found.weight >= CLEAR


def test_words_that_are_less_clear_raise_a_suspicion_only(learned: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(red_flags, "CLEAR", 9.0)

    found = learned("heat or ice, my key is lost, tap stuck shut")

    assert [sign.id for sign in found.suspected] == ["cannot-pee"]
    assert found.stated == ()


def test_what_is_listed_is_only_suspected_where_all_words_are_harmless(learned: Find) -> None:
    found = learned("which stretch is good, tire a stretch, heat or ice, is a stretch good")

    assert [sign.id for sign in found.suspected] == ["tired-legs"]
    assert found.stated == ()


def test_words_of_an_emergency_go_before_something_less_that_is_listed(learned: Find) -> None:
    found = learned("legs tire. The tap is stuck shut, stuck tap and key lost.")

    assert [sign.id for sign in found.stated] == ["cannot-pee", "tired-legs"]
    assert found.listed is not None
    assert [sign.id for sign in found.listed.stated] == ["tired-legs"]


def test_a_sign_that_is_only_asked_about_in_general_is_suspected(learned: Find) -> None:
    asked = learned("a leaflet, my course: cannot pee")
    told = learned("cannot pee, my tap is stuck shut")

    assert ([sign.id for sign in asked.stated], [sign.id for sign in asked.suspected]) == ([], ["cannot-pee"])
    assert [sign.id for sign in told.stated] == ["cannot-pee"]


def test_whether_it_is_asked_in_general_is_heard_in_what_is_denied_too(learned: Find) -> None:
    found = learned("never a leaflet my course asks of, never a leaflet my course asks of, cannot pee")

    assert [sign.id for sign in found.suspected] == ["cannot-pee"]


@pytest.mark.parametrize(("more", "is_stated"), [(0.0, True), (0.1, False)])
def test_a_sign_that_is_told_loudly_beside_such_a_question_is_stated(
    learned: Find, monkeypatch: pytest.MonkeyPatch, more: float, *, is_stated: bool
) -> None:
    text = "never a leaflet my course asks of, never a leaflet my course asks of, cannot pee"
    monkeypatch.setattr(red_flags, "LOUD", learned(text).weight + more)

    assert [sign.id for sign in learned(text).stated] == ["cannot-pee"] * is_stated


def test_two_words_are_weighed(learned: Find) -> None:
    assert learned("stuck tap").listed is not None


def test_what_explains_a_sign_takes_it_away_at_a_second_look_too(learned: Find) -> None:
    assert learned("legs tire on the hill").stated
    assert not is_noticed(learned("legs tire on the hill in a race"))


def test_a_sentence_model_adds_to_the_weight_and_has_a_say_in_the_sign(learned: Find) -> None:
    text = "tap is stuck, my tire on the hill"
    alone, pee, legs = (
        learned(text, gist) for gist in (None, Gist({"signs/bladder/emergency": 1.0}), Gist({"signs/legs/urgent": 1.0}))
    )

    assert alone.weight < pee.weight == legs.weight
    assert [sign.id for sign in (*pee.stated, *legs.stated)] == ["cannot-pee", "tired-legs"]


@pytest.mark.parametrize(
    ("kind", "suspected"), [("signs/bladder/emergency", ["cannot-pee"]), ("signs/legs/urgent", []), ("harmless", [])]
)
def test_an_emergency_that_a_sentence_model_hears_in_a_general_question_is_suspected(
    learned: Find, kind: str, suspected: list[str]
) -> None:
    text = "why is a tap stuck, key lost"

    found = learned(text, Gist({kind: 1.0}))

    assert not is_noticed(learned(text))
    assert [sign.id for sign in found.suspected] == suspected
    assert found.weight == 0
    assert (found.listed is not None) is bool(suspected)


def test_a_part_that_is_well_leaves_the_words_before_it(learned: Find) -> None:
    assert learned("stuck tap and key lost, heat is fine").stated
    assert not is_noticed(learned("heat it is, stuck tap and key lost all fine"))


@pytest.mark.parametrize(
    ("text", "reassures"),
    [("no stuck tap", True), ("no tap", True), ("the tap is fine", True), ("stuck tap", False), ("tap", False)],
)
def test_it_is_told_whether_something_is_denied_or_well(learned: Find, text: str, *, reassures: bool) -> None:
    found = learned(text)

    assert found.reassures is reassures
    assert found.listed is None or found.listed.reassures is reassures


class Told(SignWords):
    """Says of any message that it speaks so much for a trouble to pee, and so much more for an emergency."""

    def __init__(self, weight: float, lead: float, against: float = 0.0) -> None:
        self._weight, self._lead, self._against = weight, lead, against

    def read(self, text: Sentences) -> Mapping[str, float]:  # noqa: ARG002  always the same
        return {"said": 0.0}

    def weigh(self, said: Mapping[str, float], gist: Gist | None, least: float = SIGN_LEAST) -> float:  # noqa: ARG002
        return self._weight + (self._against if least < SIGN_LEAST else 0)

    def nearest(self, said: Mapping[str, float], gist: Gist | None) -> tuple[RedFlag, float]:  # noqa: ARG002
        return SIGNS[0], self._lead


@pytest.mark.parametrize(
    ("text", "weight", "lead", "stated", "suspected"),
    [
        ("ice or heat", SUSPICIOUS - 0.1, 9, [], []),
        ("ice or heat", SUSPICIOUS, 0, [], ["cannot-pee"]),
        ("ice or heat", CLEAR - 0.1, 9, [], ["cannot-pee"]),
        ("ice or heat", CLEAR, 0, ["cannot-pee"], []),
        ("my fever", CLEAR, MORE_URGENT, ["cannot-pee", "fever"], []),
        ("my fever", CLEAR, MORE_URGENT - 0.1, ["fever"], []),
        ("my fever", CLEAR - 0.1, MORE_URGENT, ["fever"], []),
        ("my fever", DOUBTFUL, 0, ["fever"], []),
        ("my fever", DOUBTFUL - 0.1, 0, [], ["fever"]),
    ],
)
def test_from_so_much_weight_on_words_make_a_difference(
    text: str, weight: float, lead: float, stated: list[str], suspected: list[str]
) -> None:
    vocabulary = Vocabulary({}, [text, "fever"])
    check = RedFlagCheck(SIGNS, vocabulary, GRAMMAR, sign_words=Told(weight, lead))

    found = check.find(vocabulary.read(text), sentences(text))

    assert ([sign.id for sign in found.stated], [sign.id for sign in found.suspected]) == (stated, suspected)


def test_a_sign_that_is_explained_away_leaves_room_for_what_the_words_say() -> None:
    signs = (SIGNS[0], replace(SIGNS[2], unless=("race",)))
    vocabulary = Vocabulary({}, ["fever after the race"])
    check = RedFlagCheck(signs, vocabulary, GRAMMAR, {"race": ("race",)}, Told(CLEAR, lead=0))

    found = check.find(vocabulary.read("fever after the race"), sentences("fever after the race"))

    assert [sign.id for sign in found.stated] == ["cannot-pee"]


@pytest.mark.parametrize("text", ["stuck", "xyzzy plugh stuck tap frob", "tap"])
def test_a_single_word_and_another_language_weigh_nothing(learned: Find, text: str) -> None:
    assert not is_noticed(learned(text))


@pytest.mark.parametrize("text", ["no stuck tap lost key", "stuck tap lost key in 2014", "heat or ice", "entirely new"])
def test_words_that_are_denied_or_over_or_harmless_weigh_nothing(learned: Find, text: str) -> None:
    found = learned(text)

    assert (found.stated, found.suspected) == ((), ())
    assert found.weight < SUSPICIOUS


def heard(text: str, *signs: RedFlag, **grammar: object) -> set[str]:
    """The signs that a text states, by concepts of one word each: numb, legs, cold; an idiom and a medical name."""
    concepts = {
        "numb": ("numb",),
        "legs": ("legs",),
        "cold": ("cold",),
        "idiom": ("numb with boredom", "on and on"),
        "medical-name": ("dead legs",),
    }
    rules = replace(GRAMMAR, joints=frozenset({",", "but"}), well=frozenset({"fine"}), **grammar)  # type: ignore[arg-type]  # any field
    known = " ".join(phrasing for sign in signs for phrasing in sign.phrasings)
    vocabulary = Vocabulary({}, [text, known], rules.small_words | rules.negations, rules.never_shortened)
    check = RedFlagCheck(signs, vocabulary, rules, concepts)
    return {sign.id for sign in check.find(vocabulary.read(text), sentences(text)).stated}


def combines(id_: str, combination: str) -> RedFlag:
    return RedFlag(id_, id_, Urgency.EMERGENCY, id_, combines=(combination,))


NUMB_LEGS = combines("dead", "<numb> + <legs>")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("numb one two three four five legs", {"dead"}),
        ("numb one two three four five six legs", set()),
        ("numb, one two three legs", {"dead"}),
        ("numb, one two three four legs", set()),
        ("numb it is of the in to on my legs", {"dead"}),
        ("numb legs one two three four five six seven eight nine cold", {"dead", "cold-dead"}),
        ("numb legs one two three four five six seven eight nine ten cold", {"dead"}),
        ("legs one two three four five six seven numb legs", {"dead"}),
        ("numb groin", {"groin"}),
        ("numb jaw", {"jaw"}),
        ("feel fine but numb legs", {"dead"}),
        ("numb legs fine", {"dead"}),
        ("numb is, odd, legs fine", set()),
        ("numb is, odd, legs cold", {"dead", "cold-dead"}),
        ("no legs odd i numb legs", {"dead"}),
    ],
)
def test_concepts_stand_so_near_and_no_farther(text: str, found: set[str]) -> None:
    others = (
        combines("cold-dead", "<numb> + <legs> + <cold>"),
        combines("groin", "<numb> + groin"),
        combines("jaw", "<numb> + jaw"),
    )

    assert heard(text, NUMB_LEGS, *others) == found


def test_concepts_in_the_same_words_are_nearest_at_the_beginning_too() -> None:
    assert heard("can I of I can fine", combines("can", "can i + can"), speakers=frozenset({"i"})) == {"can"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("legs all numb and numb with boredom", {"dead"}),
        ("numb with boredom", set()),
        ("numb with boredom in my legs", set()),
    ],
)
def test_an_idiom_is_not_heard_and_what_stands_before_it_is(text: str, found: set[str]) -> None:
    boredom = RedFlag("boredom", "boredom", Urgency.EMERGENCY, "Boredom.", ("numb boredom",))

    assert heard(text, NUMB_LEGS, boredom) == found


@pytest.mark.parametrize(
    ("text", "found"), [("dead legs", set()), ("my dead legs", set()), ("awful dead legs", {"dead"})]
)
def test_a_name_alone_asks_about_a_word(text: str, found: set[str]) -> None:
    assert heard(text, combines("dead", "dead + <legs>")) == found


def test_an_idiom_beside_such_a_name_is_not_heard_either() -> None:
    on = combines("on", "on and")

    assert heard("dead legs on and yet", on) == {"on"}
    assert heard("dead legs on and on", on) == set()


@pytest.mark.parametrize(("text", "found"), [("numb with boredom legs", set()), ("numb boredom legs", {"dead"})])
def test_an_idiom_is_said_word_for_word(text: str, found: set[str]) -> None:
    assert heard(text, NUMB_LEGS, determiners=frozenset({"with"})) == found


def test_a_determiner_inside_a_way_to_say_something_may_be_left_out() -> None:
    lift = combines("drop", "lift my foot")

    assert heard("not to lift foot", combines("drop", "lift my toe"), determiners=frozenset({"my"})) == set()
    assert heard("to lift foot", lift, determiners=frozenset({"my"})) == {"drop"}


OTHERS = {
    "persons": frozenset({"dad"}),
    "own_words": frozenset({"i", "my"}),
    "complaint": frozenset({"back"}),
    "subjects": frozenset({"dad", "i", "my"}),
}


def test_what_stands_before_a_part_about_somebody_else_is_heard() -> None:
    sign = RedFlag("cannot-pee", "bladder", Urgency.EMERGENCY, "Pee.", ("cannot pee",))

    assert heard("my back, I cannot pee, dad is here", sign, **OTHERS) == {"cannot-pee"}
    assert heard("my back, dad cannot pee", sign, **OTHERS) == set()


@pytest.mark.parametrize(
    ("text", "found"), [("I had cancer, dad is here", {"cancer"}), ("dad had cancer, I am here", set())]
)
def test_what_counts_for_ever_is_not_heard_in_a_part_about_somebody_else(text: str, found: set[str]) -> None:
    cancer = RedFlag("cancer", "cancer", Urgency.URGENT, "Cancer.", ("had cancer",), ever=True)

    assert heard(text, cancer, **OTHERS) == found


def test_what_stands_before_a_part_about_the_past_is_heard() -> None:
    sign = RedFlag("cannot-pee", "bladder", Urgency.EMERGENCY, "Pee.", ("cannot pee",))
    text = "I cannot pee, my bad and long fever was back in 2014"

    assert heard(text, sign, subjects=frozenset({"i", "my"})) == {"cannot-pee"}


@pytest.mark.parametrize(
    ("text", "found"), [("numb jollly", True), ("numb polliday", False), ("numb hollidayish", True)]
)
def test_a_word_of_eight_letters_is_short_too(text: str, found: bool) -> None:  # noqa: FBT001  a case of the table
    signs = (
        combines("jolly", "<numb> + jolly"),
        combines("holiday", "<numb> + jolliday"),
        combines("ish", "<numb> + jollidayish"),
    )
    vocabulary = Vocabulary({}, ["numb jolly jolliday jollidayish"], GRAMMAR.small_words)
    check = RedFlagCheck(signs, vocabulary, GRAMMAR, {"numb": ("numb",)})

    assert bool(check.find(vocabulary.read(text), sentences(text)).stated) is found


def test_together_in_the_past_counts_where_it_counts_for_ever() -> None:
    cancer = RedFlag("cancer", "cancer", Urgency.URGENT, "Cancer.", together=("<numb> + <cold>",), ever=True)

    assert heard("cold in 2014. numb now", cancer) == {"cancer"}
    assert heard("cold in 2014. numb now", replace(cancer, ever=False)) == set()


@pytest.mark.parametrize(("text", "count"), [("odd legs", 1), ("odd legs. cold", 0)])
def test_a_suspicion_may_be_explained_away_too(text: str, count: int) -> None:
    sign = RedFlag("dead", "legs", Urgency.EMERGENCY, "Legs.", unclear=("odd + <legs>",), unless=("cold",))
    vocabulary = Vocabulary({}, ["odd legs cold"], GRAMMAR.small_words, GRAMMAR.never_shortened)
    check = RedFlagCheck((sign,), vocabulary, GRAMMAR, {"legs": ("legs",), "cold": ("cold",)})

    assert len(check.find(vocabulary.read(text), sentences(text)).suspected) == count


def test_small_words_may_stand_inside_a_way_to_say_it(combined: Find) -> None:
    assert combined("I lost of my weight").stated[0].id == "thinner"


class Calm(Told):
    """Says that the words of a message speak against any sign, unless "cancer" is one of them."""

    def read(self, text: Sentences) -> Mapping[str, float]:
        return {token.text: 0.0 for tokens in text for token in tokens}

    def weigh(self, said: Mapping[str, float], gist: Gist | None, least: float = SIGN_LEAST) -> float:  # noqa: ARG002
        return 0.0 if "cancer" in said else DOUBTFUL - 0.1


@pytest.mark.parametrize(
    ("sign_words", "stated"), [(Calm(0, 0), ["cancer"]), (Told(DOUBTFUL - 0.1, 0), []), (Told(DOUBTFUL, 0), ["cancer"])]
)
def test_a_sign_that_counts_for_ever_is_doubted_only_where_all_words_are_harmless(
    sign_words: SignWords, stated: list[str]
) -> None:
    text = "i had cancer in 2014. ice or heat"
    cancer = RedFlag("cancer", "cancer", Urgency.URGENT, "It counts.", ("i had cancer",), ever=True)
    vocabulary = Vocabulary({}, [text])
    check = RedFlagCheck((cancer,), vocabulary, GRAMMAR, sign_words=sign_words)

    assert [sign.id for sign in check.find(vocabulary.read(text), sentences(text)).stated] == stated


class Modelled(Told):
    """Says that a message speaks so much for a sign where a sentence model was asked, and otherwise against any."""

    def weigh(self, said: Mapping[str, float], gist: Gist | None, least: float = SIGN_LEAST) -> float:  # noqa: ARG002
        return DOUBTFUL - 0.1 if gist is None else self._weight


CANCER = RedFlag("cancer", "cancer", Urgency.URGENT, "It counts.", ("i had cancer",), ever=True)


def stated(text: str, *signs: RedFlag, by: SignWords, gist: Gist | None = None) -> set[str]:
    vocabulary = Vocabulary({}, [text])
    check = RedFlagCheck(signs, vocabulary, GRAMMAR, sign_words=by)
    return {sign.id for sign in check.find(vocabulary.read(text), sentences(text), gist).stated}


def test_a_sentence_model_has_a_say_in_whether_a_sign_that_counts_for_ever_is_doubted() -> None:
    text, said = "i had cancer in 2014. ice or heat", Modelled(0, 0)

    assert stated(text, CANCER, by=said) == set()
    assert stated(text, CANCER, by=said, gist=Gist({})) == {"cancer"}


def test_harmless_words_make_all_signs_doubtful_those_that_count_for_ever_too() -> None:
    text = "i had cancer and a fever. ice or heat"

    assert stated(text, CANCER, SIGNS[2], by=Told(DOUBTFUL, 0)) == {"cancer", "fever"}
    assert stated(text, CANCER, SIGNS[2], by=Told(DOUBTFUL - 0.1, 0)) == set()


@pytest.mark.parametrize(
    ("weight", "sign_odds", "is_heard"),
    [(CLEAR, 0.5, True), (CLEAR, 0.0, False), (CLEAR, -0.5, False), (CLEAR - 0.1, 0.5, False)],
)
def test_an_emergency_in_general_is_heard_from_even_odds_on(weight: float, sign_odds: float, *, is_heard: bool) -> None:
    text = "why is a tap stuck, key lost"
    vocabulary = Vocabulary({}, [text])
    check = RedFlagCheck(SIGNS, vocabulary, GRAMMAR, sign_words=Modelled(weight, 0))
    even = Gist({"signs/bladder/emergency": 0.5}, sign_odds)

    assert bool(check.find(vocabulary.read(text), sentences(text), even).suspected) is is_heard


@pytest.mark.parametrize(("against", "is_contradicted"), [(-0.8, True), (-0.7, False)])
def test_words_are_contradicted_where_all_that_a_model_says_against_them_leaves_too_little(
    against: float, *, is_contradicted: bool
) -> None:
    vocabulary = Vocabulary({}, ["ice or heat"])
    check = RedFlagCheck(SIGNS, vocabulary, GRAMMAR, sign_words=Told(SUSPICIOUS + 0.75, 0, against))

    found = check.find(vocabulary.read("ice or heat"), sentences("ice or heat"))

    assert [sign.id for sign in found.stated] == ["cannot-pee"]
    assert found.is_contradicted is is_contradicted


@pytest.mark.parametrize(("text", "is_heard"), [("ice or heat", True), ("cannot pee", False)])
def test_a_sign_is_heard_where_nothing_listed_means_it(text: str, *, is_heard: bool) -> None:
    vocabulary = Vocabulary({}, [text])
    check = RedFlagCheck(SIGNS, vocabulary, GRAMMAR, sign_words=Told(CLEAR, 0))

    (sign,) = check.find(vocabulary.read(text), sentences(text)).stated

    assert (sign.id, sign.is_heard) == ("cannot-pee", is_heard)


def test_what_is_put_off_is_suspected_before_the_rest() -> None:
    signs = Signs((SIGNS[2],), (SIGNS[0],), weight=1.5, reassures=True, listed=Signs())

    assert signs.put_off() == replace(signs, stated=(), suspected=(SIGNS[2], SIGNS[0]))


@pytest.mark.parametrize(
    ("signs", "are_faint"),
    [
        (Signs((SIGNS[0],), weight=LOUD - 0.1, listed=Signs(suspected=(SIGNS[0],))), True),
        (Signs((SIGNS[0],), weight=LOUD, listed=Signs()), False),
        (Signs((SIGNS[0],), weight=1.0, listed=Signs((SIGNS[2],))), False),
        (Signs((SIGNS[0],), weight=1.0), False),
        (Signs(weight=1.0, listed=Signs()), False),
    ],
    ids=["by words", "loud", "listed", "no second look", "nothing"],
)
def test_signs_are_faint_where_words_alone_speak_for_them(signs: Signs, *, are_faint: bool) -> None:
    assert signs.are_faint is are_faint
