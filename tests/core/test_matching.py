"""Entries ranked for a question."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calibration import Calibration
from bot.core.classifiers import Classifier
from bot.core.follow_up import Before
from bot.core.letters import LearnedLetters, LetterClassifier
from bot.core.matching import Index, Match
from bot.core.model import Grammar
from bot.core.topics import Part
from bot.core.vocabulary import Vocabulary

PHRASINGS = {
    "ice": ["how do I use ice", "cold pack on my back"],
    "heat": ["how do I use heat", "hot water bottle on my back"],
    "ice-vs-heat": ["ice or heat", "which is better, ice or heat"],
    "scan": ["do I need a scan of my back", "should I get an x-ray"],
}
SMALL_WORDS = ["how", "do", "i", "my", "on", "is", "a", "of", "or"]


Rank = Callable[..., tuple[Match, ...]]


def ranker(phrasings: Mapping[str, Sequence[str]], terms: Mapping[str, str], small_words: Sequence[str] = ()) -> Rank:
    vocabulary = Vocabulary(terms, [text for group in phrasings.values() for text in group])
    return Index(phrasings, vocabulary, Grammar(frozenset(small_words))).rank


@pytest.fixture(scope="module")
def rank() -> Rank:
    return ranker(PHRASINGS, {"frozen peas": "ice"}, SMALL_WORDS)


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("ice or heat?", "ice-vs-heat"),
        ("ICE OR HEAT", "ice-vs-heat"),
        ("ise or haet", "ice-vs-heat"),
        ("frozen peas on my back", "ice"),
        ("is a hotwater botle any good", "heat"),
        ("xray", "scan"),
        ("It started on Monday when I bent for the cat. Nobody was home. Should I get an x-ray?", "scan"),
    ],
)
def test_the_entry_that_fits_comes_first(rank: Rank, question: str, entry_id: str) -> None:
    assert rank(question)[0].entry_id == entry_id


def test_a_phrasing_itself_scores_high(rank: Rank) -> None:
    assert rank("ice or heat")[0].score > 80


def test_a_phrasing_as_it_stands_outdoes_everything(rank: Rank) -> None:
    first, second, *_ = rank("how do I use ice")

    assert (first.entry_id, first.score > 99) == ("ice", True)
    assert second.score < 5


def test_small_words_alone_ask_for_nothing(rank: Rank) -> None:
    assert rank("how do I") == ()


def test_a_higher_value_or_lead_never_lowers_a_score() -> None:
    calibration = Calibration()

    assert calibration.score(0.4, 0.1) < calibration.score(0.5, 0.1) < calibration.score(0.5, 0.2)


def test_another_calibration_gives_another_score() -> None:
    vocabulary = Vocabulary({}, ["ice pack"])
    index = Index({"ice": ["ice pack"]}, vocabulary, calibration=Calibration(value=0, lead=0, offset=0))

    assert index.rank("ice")[0].score == 50


def test_a_telling_word_outweighs_a_common_one(rank: Rank) -> None:
    assert rank("back scan")[0].entry_id == "scan"


def test_scores_fall_and_stay_between_0_and_100(rank: Rank) -> None:
    scores = [match.score for match in rank("how do I use a hot or cold pack on my back")]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_each_entry_comes_once(rank: Rank) -> None:
    entry_ids = [match.entry_id for match in rank("ice heat back")]

    assert len(entry_ids) == len(set(entry_ids))


def test_equal_scores_keep_the_order_of_the_knowledge() -> None:
    rank = ranker({"b": ["same words"], "a": ["same words"]}, {})

    assert [match.entry_id for match in rank("same words")] == ["b", "a"]


@pytest.mark.parametrize("question", ["", "???", "👍", "zzzz qqqq"])
def test_nothing_shared_ranks_nothing(rank: Rank, question: str) -> None:
    assert rank(question) == ()


def test_an_unknown_word_speaks_against_every_entry(rank: Rank) -> None:
    assert rank("ice cream sundae")[0].score < rank("ice")[0].score


def test_field_words_are_named_as_what_decided(rank: Rank) -> None:
    assert rank("frozen peas")[0].decided_by == "vocabulary"
    assert rank("x-ray")[0].decided_by == "phrasing"


def test_only_so_many_entries_come_back(rank: Rank) -> None:
    assert len(rank("ice heat back scan", limit=2)) == 2


@given(st.text(max_size=200))
def test_any_text_can_be_ranked(text: str) -> None:
    rank = ranker({"ice": ["ice or heat"]}, {})

    assert all(0 <= match.score <= 100 for match in rank(text))


@pytest.fixture(scope="module")
def index() -> Index:
    vocabulary = Vocabulary({}, [text for group in PHRASINGS.values() for text in group])
    elsewhere = {"rink": ["ice skating with friends", "ice hockey on tv"]}
    return Index(PHRASINGS, vocabulary, Grammar(frozenset(SMALL_WORDS)), elsewhere)


def test_what_is_elsewhere_is_never_returned_and_lowers_the_rest(index: Index, rank: Rank) -> None:
    ranked = index.rank("ice skating")

    assert "rink" not in {match.entry_id for match in ranked}
    assert ranked[0].score < 50 < rank("ice skating")[0].score


def test_a_short_question_is_read_behind_the_entry_before(index: Index) -> None:
    best = index.rank("how do I use", before=Before(("heat",)))[0]

    assert best.entry_id == "heat"


def test_a_question_of_small_words_alone_means_the_entry_before(index: Index) -> None:
    best = index.rank("how do I", before=Before(("scan",)))[0]

    assert (best.entry_id, best.decided_by) == ("scan", "context")


def test_a_question_that_is_clear_stands_alone(index: Index) -> None:
    assert index.rank("hot water bottle on my back", before=Before(("ice",)))[0].entry_id == "heat"


def test_entries_that_people_ask_for_next_are_favoured(index: Index) -> None:
    plain = {match.entry_id: match.score for match in index.rank("and my back", before=Before(("scan",)))}
    favoured = {match.entry_id: match.score for match in index.rank("and my back", before=Before(("scan",), ("ice",)))}

    assert favoured["ice"] > plain["ice"]


def test_a_question_after_two_answers_is_read_with_both(index: Index) -> None:
    ranked = index.rank("how do I", before=Before(("ice", "heat")), limit=2)

    assert {match.entry_id for match in ranked} == {"ice", "heat"}


def test_parts_have_their_own_best_entries(index: Index) -> None:
    text = "hot water bottle, should I get an x-ray"
    _, topics = index.rank_with_parts(text, [Part("hot water bottle"), Part("should I get an x-ray")])

    assert {match.entry_id: match.part for match in topics} == {
        "heat": Part("hot water bottle"),
        "scan": Part("should I get an x-ray"),
    }
    assert all(0 <= match.score <= 100 for match in topics)


def test_learned_letters_help_to_decide() -> None:
    phrasings = {"ice": ["cold pack"], "heat": ["cold bath"]}
    vocabulary = Vocabulary({}, [text for group in phrasings.values() for text in group])
    letters = LetterClassifier(LearnedLetters({"ld ": (1.0, [1], [4000])}), 2)
    plain, taught = (
        Index(phrasings, vocabulary, classifiers=classifiers)
        for classifiers in ((), (Classifier(lambda text, _: letters.weigh(text), 0.1),))
    )

    assert [match.entry_id for match in plain.rank("the cold one")] == ["ice", "heat"]
    assert [match.entry_id for match in taught.rank("the cold one")] == ["heat", "ice"]


def test_a_question_of_one_telling_word_leans_on_the_entry_before_though_a_phrasing_says_it() -> None:
    phrasings = {"ice": ["ice pack", "ice on my back"], "often": ["how often", "how often do people get it"]}
    vocabulary = Vocabulary({}, [text for group in phrasings.values() for text in group])
    clear, scant = (
        Index(phrasings, vocabulary, grammar).rank("how often", before=Before(("ice",)))
        for grammar in (
            Grammar(frozenset(SMALL_WORDS[2:]), question_openers=frozenset(openers)) for openers in ((), ("how",))
        )
    )

    assert {match.entry_id: match.score for match in clear}["ice"] < {m.entry_id: m.score for m in scant}["ice"]
