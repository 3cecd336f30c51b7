"""What the bot decides to say."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.core import answering, building, guards, heard
from bot.core.answering import Assistant
from bot.core.building import Learned, build_vocabulary, groups_of
from bot.core.calibration import Calibration, Calibrations
from bot.core.choosing import Found, NotFound, Thresholds, Unsure
from bot.core.classifiers import learn_phrasings
from bot.core.heard import learn_words
from bot.core.meaning import Gist, Meant
from bot.core.model import (
    Chat,
    Check,
    Combination,
    Concepts,
    Guard,
    GuardOutcome,
    Knowledge,
    Messages,
    Question,
    RedFlag,
    Urgency,
)
from bot.core.outcomes import (
    Answer,
    Broken,
    Checking,
    Cleared,
    Empty,
    Guarded,
    OtherLanguage,
    Outcome,
    Silent,
    Withheld,
)
from bot.core.red_flags import LOUD, Signs
from bot.core.word_vectors import WordVectors
from bot.curation.asking import put_in_context
from tests.conftest import GUARDS, LANGUAGES, SIGNS


def test_a_question_that_fits_is_answered(assistant: Assistant) -> None:
    answer = assistant.answer(Question("ice or heat?"))

    assert answer.name == "answered"
    assert answer.entry_ids == ("ice-vs-heat",)


def test_an_emergency_withholds_every_answer(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I cannot pee, ice or heat?"))

    assert isinstance(answer.outcome, Withheld)
    assert answer.name == "alarm"
    assert answer.entry_ids == ()


def test_an_urgent_sign_leaves_room_for_an_answer(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I have a fever. Ice or heat?"))

    assert answer.name == "alarm"
    assert answer.entry_ids == ("ice-vs-heat",)


def test_of_two_entries_that_fit_equally_well_neither_is_sure(knowledge: Knowledge) -> None:
    twin = replace(knowledge.entries["ice"], id="twin")
    assistant = Assistant(replace(knowledge, entries={**knowledge.entries, "twin": twin}))

    answer = assistant.answer(Question("cold pack back today tonight"))

    assert answer.ranked[0].score < Thresholds().answer
    assert isinstance(answer.outcome, Unsure)
    assert set(answer.suggestions[:2]) == {"ice", "twin"}


@pytest.fixture
def among_others(knowledge: Knowledge) -> Assistant:
    """Knows messages about something else too."""
    messages = Messages(harmless={"other-topics": ("ice or heat hockey game", "hockey game tickets", "hockey scores")})
    return Assistant(replace(knowledge, messages=messages), thresholds=Thresholds(answer=1, lead=0))


def test_what_reads_like_messages_about_something_else_is_only_offered(among_others: Assistant) -> None:
    answer = among_others.answer(Question("ice or heat hockey tickets scores"))

    assert isinstance(answer.outcome, Unsure)
    assert answer.suggestions[0] == "ice-vs-heat"
    assert answer.decided_by == "about something else"


def test_words_of_something_else_count_from_their_least_weight_up(
    among_others: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ice or heat hockey tickets scores"
    (weighed,) = among_others._elsewhere_words.weigh(among_others._vocabulary.read(text))

    monkeypatch.setattr(answering, "ELSEWHERE_SAID", weighed.weight)
    assert isinstance(among_others.answer(Question(text)).outcome, Unsure)
    monkeypatch.setattr(answering, "ELSEWHERE_SAID", weighed.weight + 0.1)
    assert isinstance(among_others.answer(Question(text)).outcome, Found)


def test_a_question_that_an_entry_fits_wholly_is_about_no_other_thing(
    among_others: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question("ice or heat hockey tickets scores")

    monkeypatch.setattr(answering, "ALL_SAID", among_others.rank(question)[0].fit)

    assert isinstance(among_others.answer(question).outcome, Found)


@pytest.mark.parametrize("question", [Question("ice or heat"), Question("ice hockey tickets scores", before=("ice",))])
def test_a_whole_phrasing_and_a_follow_up_are_about_no_other_thing(among_others: Assistant, question: Question) -> None:
    assert isinstance(among_others.answer(question).outcome, Found)


def test_an_answer_needs_the_score_that_was_asked_for(knowledge: Knowledge) -> None:
    strict = Assistant(knowledge, Thresholds(answer=100.1))

    assert isinstance(strict.answer(Question("ice or heat?")).outcome, Unsure)


@pytest.mark.parametrize("question", [Question("ice or heat?"), Question("how do I use it", before=("heat",))])
def test_the_runners_up_are_told_to_people_who_ask_why(assistant: Assistant, question: Question) -> None:
    assert assistant.rank(question) == assistant.answer(question).ranked != ()


def test_a_question_about_nothing_we_know_is_not_answered(assistant: Assistant) -> None:
    answer = assistant.answer(Question("who won the lottery yesterday"))

    assert isinstance(answer.outcome, NotFound)
    assert answer.name == "unknown"


@pytest.mark.parametrize("text", ["", "  ", "👍", "?!", "\u200b"])
def test_a_message_without_a_word_is_told_so(assistant: Assistant, text: str) -> None:
    assert isinstance(assistant.answer(Question(text)).outcome, Empty)


@pytest.mark.parametrize(
    ("text", "name"),
    [("how many tablets can I have", "referred"), ("I want to die", "crisis"), ("hello", "greeted")],
)
def test_a_limit_has_its_own_outcome(assistant: Assistant, text: str, name: str) -> None:
    assert assistant.answer(Question(text)).name == name


def test_a_crisis_is_answered_before_a_red_flag(assistant: Assistant) -> None:
    assert assistant.answer(Question("I have a fever and want to die")).name == "crisis"


def test_a_limit_that_is_an_emergency_counts_as_a_red_flag(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I took the whole packet"))

    assert answer.name == "alarm"
    assert [(sign.flag, sign.urgency) for sign in answer.red_flags] == [("overdose", Urgency.EMERGENCY)]


def test_talk_in_a_group_that_is_not_ours_is_left_alone(assistant: Assistant) -> None:
    answer = assistant.answer(Question("I cannot pee", chat=Chat.AMBIENT))

    assert isinstance(answer.outcome, Silent)


def test_a_short_question_is_read_with_what_was_answered_before(assistant: Assistant) -> None:
    after_ice = assistant.answer(Question("how do I use it", before=("ice",)))
    after_heat = assistant.answer(Question("how do I use it", before=("heat",)))

    assert after_ice.entry_ids == ("ice",)
    assert after_heat.entry_ids == ("heat",)
    assert after_heat.decided_by == "context"


def test_the_entry_just_talked_about_is_meant_where_it_comes_near(assistant: Assistant) -> None:
    answer = assistant.answer(Question("how do I use", before=("heat",)))

    assert answer.entry_ids == ("heat",)


def test_another_entry_that_is_named_is_meant_all_the_same(assistant: Assistant) -> None:
    answer = assistant.answer(Question("and a hot water bottle?", before=("ice",)))

    assert answer.entry_ids == ("heat",)


def test_a_full_question_stands_alone_whatever_was_answered_before(assistant: Assistant) -> None:
    answer = assistant.answer(Question("which is better, warm or cold", before=("doctor",)))

    assert answer.entry_ids == ("ice-vs-heat",)


BEER = Guard("beer", GuardOutcome.REFERRED, "Don't.", (Combination(("cold", "drink")),), entries=("ice",), answers=True)
LONG = "and with a beer on the sofa tonight or"  # nine words


@pytest.mark.parametrize(
    ("guard", "before", "text", "is_called"),
    [
        pytest.param(BEER, ("ice",), "and with a beer?", True, id="what it follows"),
        pytest.param(BEER, ("heat", "gone", "ice"), "and with a beer?", True, id="one of several"),
        pytest.param(BEER, ("heat",), "and with a beer?", False, id="something else"),
        pytest.param(BEER, (), "and with a beer?", False, id="nothing"),
        pytest.param(replace(BEER, entries=("heat",)), ("ice",), "and with a beer?", False, id="a limit of another"),
        pytest.param(BEER, ("ice",), LONG.removesuffix(" or"), True, id="not too long"),
        pytest.param(BEER, ("ice",), LONG, False, id="too long"),
    ],
)
def test_a_follow_up_is_read_behind_what_it_follows_for_a_limit(
    knowledge: Knowledge, guard: Guard, before: tuple[str, ...], text: str, *, is_called: bool
) -> None:
    concepts = Concepts(words={"cold": ("ice",), "drink": ("beer",)})
    assistant = Assistant(replace(knowledge, guards=(guard,), concepts=concepts))

    assert (assistant.answer(Question(text, before)).name == "referred") is is_called


def test_an_entry_that_is_gone_does_not_disturb_a_follow_up(assistant: Assistant) -> None:
    assert isinstance(assistant.answer(Question("hot water bottle", before=("gone",))).outcome, Found)


def broken(*_: object, **__: object) -> None:
    raise RuntimeError


@pytest.mark.parametrize("stage", ["_red_flags", "_languages", "_guards", "_chooser"])
def test_a_stage_that_fails_says_where_to_get_help(
    assistant: Assistant, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getattr(assistant, stage), "choose" if stage == "_chooser" else "find", broken)

    answer = assistant.answer(Question("ice or heat?"))

    assert answer.outcome == Broken("RuntimeError")


def test_a_failure_after_the_check_keeps_the_alarm(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant._guards, "find", broken)

    answer = assistant.answer(Question("I cannot pee"))

    assert isinstance(answer.outcome, Withheld)
    assert answer.name == "alarm"


def in_turn(assistant: Assistant, *texts: str) -> Answer:
    """The answer to the last of some messages of one conversation."""
    return assistant.answer(put_in_context(assistant, texts[-1], texts[:-1], Chat.PRIVATE))


SUSPICIOUS = "My bladder feels odd. Ice or heat?"


class TestChecking:
    def test_a_suspicion_is_asked_about_before_the_answer(self, assistant: Assistant) -> None:
        answer = assistant.answer(Question(SUSPICIOUS))

        assert answer.name == "checking"
        assert [sign.id for sign in answer.noticed] == ["cannot-pee"]
        assert answer.red_flags == ()
        assert answer.entry_ids == ()

    def test_only_ids_are_kept_of_it(self, assistant: Assistant) -> None:
        outcome = assistant.answer(Question(SUSPICIOUS)).outcome

        assert isinstance(outcome, Checking)
        assert outcome.check == Check(("cannot-pee",), ("ice-vs-heat",))

    def test_a_clear_yes_gives_the_answer_that_was_held_back(self, assistant: Assistant) -> None:
        answer = in_turn(assistant, SUSPICIOUS, "yes, all normal")

        assert answer.name == "answered"
        assert answer.entry_ids == ("ice-vs-heat",)
        assert answer.red_flags == ()

    @pytest.mark.parametrize("text", ["no", "yes but it tingles", "dunno", "", "👍", "ice or heat?", "hello"])
    def test_anything_else_is_an_emergency(self, assistant: Assistant, text: str) -> None:
        answer = in_turn(assistant, SUSPICIOUS, text)

        assert isinstance(answer.outcome, Withheld)
        assert [sign.id for sign in answer.red_flags] == ["cannot-pee"]

    def test_a_sign_beside_a_yes_is_no_clear_yes(self, assistant: Assistant) -> None:
        assert isinstance(in_turn(assistant, SUSPICIOUS, "yes all fine. fever").outcome, Withheld)

    def test_a_crisis_in_the_answer_comes_first(self, assistant: Assistant) -> None:
        assert in_turn(assistant, SUSPICIOUS, "I want to die").name == "crisis"

    def test_it_is_asked_once_in_a_conversation(self, assistant: Assistant) -> None:
        answer = in_turn(assistant, SUSPICIOUS, "yes", "the bladder feels odd. hot water bottle")

        assert answer.name == "answered"
        assert answer.entry_ids == ("heat",)

    def test_a_stated_emergency_leaves_nothing_to_ask(self, assistant: Assistant) -> None:
        assert isinstance(assistant.answer(Question("My bladder feels odd. My legs are numb.")).outcome, Withheld)

    def test_a_lesser_sign_is_told_with_the_question(self, assistant: Assistant) -> None:
        answer = assistant.answer(Question("I have a fever. My bladder feels odd."))

        assert isinstance(answer.outcome, Checking)
        assert answer.name == "alarm"
        assert [sign.id for sign in answer.noticed] == ["fever"]

    def test_a_limit_that_was_held_back_follows_a_yes(self, assistant: Assistant) -> None:
        assert in_turn(assistant, "bladder feels odd. how many tablets", "yes").name == "referred"

    def test_what_came_near_is_offered_after_a_yes(self, assistant: Assistant) -> None:
        answer = assistant.after_check(Check(("cannot-pee",), suggestions=("ice", "gone")), is_clear=True)

        assert answer.outcome == Unsure(("ice",))

    def test_without_an_entry_a_yes_leads_to_the_topics(self, assistant: Assistant) -> None:
        answer = assistant.after_check(Check(("gone",), ("gone",), guard="gone"), is_clear=True)

        assert answer.outcome == Cleared(())
        assert answer.name == "unsure"

    def test_a_crisis_is_never_held_back(self, assistant: Assistant) -> None:
        assert assistant.answer(Question("bladder feels odd, I want to die")).name == "crisis"

    def test_a_failure_while_the_answer_is_due_is_an_emergency(
        self, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(assistant._guards, "find", broken)

        answer = assistant.answer(Question("yes", checked=True, check=Check(("cannot-pee",))))

        assert isinstance(answer.outcome, Withheld)


@pytest.mark.parametrize("part", ["red_flags", "guards", "entries"])
def test_a_part_of_the_knowledge_that_is_empty_says_where_to_get_help(knowledge: Knowledge, part: str) -> None:
    object.__setattr__(knowledge, part, {} if part == "entries" else ())
    assistant = Assistant(knowledge)

    assert assistant.answer(Question("ice or heat?")).outcome == Broken(f"no {part}")


def test_a_red_flag_is_heard_though_a_part_of_the_knowledge_is_empty(knowledge: Knowledge) -> None:
    assistant = Assistant(replace(knowledge, guards=(), entries={}))

    assert isinstance(assistant.answer(Question("I cannot pee")).outcome, Withheld)


@pytest.mark.parametrize(
    ("text", "name", "flags"),
    [
        ("ice or heat?", "unknown", []),
        ("fever. ice or heat?", "alarm", ["fever"]),
        (SUSPICIOUS, "checking", ["cannot-pee"]),
    ],
)
def test_red_flags_are_told_before_the_search_begins(
    assistant: Assistant, text: str, name: str, flags: list[str]
) -> None:
    told: list[Answer] = []
    assistant.answer(Question(text), told.append)

    (so_far,) = told
    assert so_far.name == name
    assert [sign.id for sign in so_far.noticed] == flags
    assert so_far.entry_ids == ()


def test_a_limit_may_stand_above_an_entry_that_fits(assistant: Assistant) -> None:
    answer = assistant.answer(Question("my scan says what? ice or heat?"))

    assert answer.name == "referred"
    assert answer.entry_ids == ("ice-vs-heat",)
    assert answer.suggestions == ()


def test_a_limit_offers_its_entries_where_none_fits(assistant: Assistant) -> None:
    answer = assistant.answer(Question("read my scan"))

    assert answer.entry_ids == ()
    assert answer.suggestions == ("ice",)


def test_a_limit_may_always_show_one_entry(assistant: Assistant) -> None:
    assert assistant.answer(Question("my son has pain, ice or heat?")).entry_ids == ("doctor",)


@pytest.mark.parametrize(
    ("text", "name"),
    [(SUSPICIOUS, "checking"), ("fever. ice or heat?", "alarm"), ("read my scan, ice or heat?", "referred")],
)
def test_a_search_that_fails_loses_no_sign(
    assistant: Assistant, text: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant._chooser, "choose", broken)

    answer = assistant.answer(Question(text))

    assert answer.name == name
    assert answer.decided_by == "error"


def test_another_language_is_told_so_in_that_language(assistant: Assistant) -> None:
    answer = assistant.answer(Question("me duele la espalda"))

    assert answer == Answer(OtherLanguage(LANGUAGES.known["es"]), decided_by="language")
    assert answer.name == "unknown"


def test_a_crisis_in_another_language_is_told_so_where_there_is_no_limit_for_it(knowledge: Knowledge) -> None:
    others = tuple(guard for guard in GUARDS if guard.outcome is not GuardOutcome.CRISIS)

    answer = Assistant(replace(knowledge, guards=others)).answer(Question("quiero morir"))

    assert answer.outcome == OtherLanguage(LANGUAGES.known["es"])


def test_a_suspicion_is_asked_about_in_another_language_too(assistant: Assistant) -> None:
    assert assistant.answer(Question("me duele la espalda, bladder feels odd")).name == "checking"


def test_an_emergency_in_another_language_is_an_emergency(assistant: Assistant) -> None:
    answer = assistant.answer(Question("no puedo orinar, ice or heat?"))

    assert isinstance(answer.outcome, Withheld)
    assert answer.red_flags == (RedFlag("bladder-es", "bladder", Urgency.EMERGENCY, "Pida ayuda ahora."),)


def test_a_crisis_in_another_language_gets_a_line_of_it(assistant: Assistant) -> None:
    answer = assistant.answer(Question("quiero morir"))

    assert answer.name == "crisis"
    assert isinstance(answer.outcome, Guarded)
    assert answer.outcome.guard.reply == "Hable con alguien.\n\nPlease talk to someone now."


@pytest.mark.parametrize(
    ("text", "decided_by"),
    [
        ("I want to die", "guard"),
        ("took the whole packet", "guard"),
        ("how many tablets", "guard"),
        ("read my scan", "guard"),
        ("I cannot pee", "red flag"),
        (SUSPICIOUS, "suspicion"),
        ("", "no words"),
        ("zzz qqq", "nothing shared"),
        ("ice or heat?", "phrasing"),
    ],
)
def test_it_is_told_what_decided(assistant: Assistant, text: str, decided_by: str) -> None:
    assert assistant.answer(Question(text)).decided_by == decided_by


def test_silence_was_decided_by_the_chat(assistant: Assistant) -> None:
    assert assistant.answer(Question("ice or heat?", chat=Chat.AMBIENT)) == Answer(Silent(), decided_by="chat")


def test_what_came_near_is_held_back_too(knowledge: Knowledge) -> None:
    twin = replace(knowledge.entries["ice"], id="twin")
    assistant = Assistant(replace(knowledge, entries={**knowledge.entries, "twin": twin}))

    outcome = assistant.answer(Question("bladder feels odd. cold pack back today tonight")).outcome

    assert isinstance(outcome, Checking)
    assert {"ice", "twin"} <= {*outcome.check.suggestions}
    assert outcome.check.entries == ()


class TestAfterACheck:
    def test_what_is_no_yes_is_an_emergency_with_its_signs(self, assistant: Assistant) -> None:
        (cannot_pee, *_) = SIGNS

        answer = assistant.after_check(Check(("cannot-pee",), ("ice",)), is_clear=False)

        assert answer == Answer(Withheld(), (cannot_pee,), decided_by="check")

    def test_a_limit_comes_with_its_entries(self, assistant: Assistant) -> None:
        results = next(guard for guard in GUARDS if guard.id == "results")

        answer = assistant.after_check(Check((), ("ice", "gone"), guard="results"), is_clear=True)

        assert answer == Answer(Guarded(results, ("ice",)), decided_by="check")

    @pytest.mark.parametrize(
        ("check", "outcome"),
        [
            (Check((), ("ice",), ("heat",)), Cleared(("ice",))),
            (Check((), (), ("heat",)), Unsure(("heat",))),
            (Check(()), Cleared(())),
        ],
    )
    def test_an_entry_goes_before_suggestions_and_these_before_the_topics(
        self, assistant: Assistant, check: Check, outcome: Outcome
    ) -> None:
        assert assistant.after_check(check, is_clear=True) == Answer(outcome, decided_by="check")


class TestAPartThatIsEmpty:
    def test_leaves_the_lesser_signs_told(self, knowledge: Knowledge) -> None:
        answer = Assistant(replace(knowledge, guards=(), entries={})).answer(Question("fever, ice or heat?"))

        assert answer.outcome == Broken("no guards, no entries")
        assert [sign.id for sign in answer.red_flags] == ["fever"]
        assert answer.decided_by == "error"

    def test_leaves_a_suspicion_asked_about(self, knowledge: Knowledge) -> None:
        assistant = Assistant(replace(knowledge, entries={}))

        assert assistant.answer(Question(SUSPICIOUS)).name == "checking"


@pytest.mark.parametrize(("text", "flags"), [("read my scan, ice or heat", []), ("fever. read my scan", ["fever"])])
def test_a_limit_is_told_before_the_search_begins(assistant: Assistant, text: str, flags: list[str]) -> None:
    told: list[Answer] = []
    answer = assistant.answer(Question(text), told.append)

    (so_far,) = told
    assert isinstance(so_far.outcome, Guarded)
    assert so_far.outcome.shown == ()
    assert so_far.decided_by == "guard"
    assert [sign.id for sign in so_far.red_flags] == [sign.id for sign in answer.red_flags] == flags


def test_a_suspicion_beside_a_limit_is_told_before_the_search_begins(assistant: Assistant) -> None:
    told: list[Answer] = []
    assistant.answer(Question("bladder feels odd. read my scan"), told.append)

    assert [answer.name for answer in told] == ["checking"]


def test_before_the_search_begins_it_counts_as_cut(assistant: Assistant) -> None:
    told: list[Answer] = []
    assistant.answer(Question("ice or heat?"), told.append)

    assert told == [Answer(Broken("TimeoutError"), decided_by="error")]


def test_an_overdose_is_a_sign_of_its_own(assistant: Assistant) -> None:
    answer = assistant.answer(Question("took the whole packet and have a fever"))

    overdose = next(guard for guard in GUARDS if guard.id == "overdose")
    assert answer.outcome == Guarded(overdose)
    assert answer.red_flags[0] == RedFlag(
        "overdose", "overdose", Urgency.EMERGENCY, "Call now and keep the packet.", sources=("NHS-BACK",)
    )
    assert [sign.id for sign in answer.red_flags[1:]] == ["fever"]


def test_a_sign_leads_a_follow_up_too(assistant: Assistant) -> None:
    answer = assistant.answer(Question("fever. how do I use it", before=("heat",)))

    assert [sign.id for sign in answer.red_flags] == ["fever"]


def test_the_runners_up_are_told_with_a_suspicion(assistant: Assistant) -> None:
    assert assistant.answer(Question(SUSPICIOUS)).ranked[0].entry_id == "ice-vs-heat"


def test_signs_go_by_the_concepts_of_the_knowledge(knowledge: Knowledge) -> None:
    dead = RedFlag("dead-leg", "bladder", Urgency.EMERGENCY, "It can be a nerve.", (), combines=("<dead> + leg",))
    signs = replace(knowledge, red_flags=(dead,), ways={"dead": ("like wood", "asleep")})

    assert isinstance(Assistant(signs).answer(Question("my leg is like wood")).outcome, Withheld)


def test_a_limit_tells_the_runners_up_where_it_searched(assistant: Assistant) -> None:
    assert assistant.answer(Question("read my scan, ice or heat")).ranked[0].entry_id == "ice-vs-heat"
    assert assistant.answer(Question("how many tablets")).ranked == ()


class FailingModel:
    """A sentence model that breaks at whatever it is asked."""

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        raise OSError(texts)

    def gist(self, text: str) -> Gist | None:
        raise OSError(text)


def test_a_model_that_fails_leaves_the_signs_to_the_words(knowledge: Knowledge) -> None:
    assistant = Assistant(knowledge, meaning=FailingModel())

    assert isinstance(assistant.answer(Question("I cannot pee")).outcome, Withheld)
    assert assistant.answer(Question("ice or heat?")).outcome == Broken("OSError")


class Listener(FailingModel):
    """A sentence model that keeps what it was asked to hear."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def gist(self, text: str) -> Gist | None:
        self.heard.append(text)
        return None


def test_a_long_message_of_unknown_words_is_not_given_to_the_model(knowledge: Knowledge) -> None:
    listener = Listener()
    assistant = Assistant(knowledge, meaning=listener)

    for text in ("qwrt xzvb", "qwrt xzvb " * 25, "qwrt xzvb " * 26, "ice or heat " * 50):
        assistant.answer(Question(text))

    assert listener.heard == ["qwrt xzvb", "qwrt xzvb " * 25, "ice or heat " * 50]


@pytest.fixture
def several(knowledge: Knowledge) -> Assistant:
    """Answers several things that one message asks."""
    grammar = replace(knowledge.grammar, joins=frozenset({"and"}))
    calibrations = Calibrations(Calibration(2.0, 4.2, -0.5, topic_offset=100))
    return Assistant(replace(knowledge, grammar=grammar, calibrations=calibrations))


BOTH = "why does my bladder matter, and does warmth help"


def test_of_several_topics_a_denied_emergency_is_left_out(several: Assistant) -> None:
    assert several.answer(Question(f"no numb legs. {BOTH}")).entry_ids == ("heat",)
    assert several.answer(Question("no numb legs. why does my bladder matter")).entry_ids == ("bladder",)


@pytest.mark.parametrize(
    ("signs", "entry_ids"),
    [
        (Signs(reassures=True), ("heat",)),
        (Signs(reassures=True, weight=0.1), ("bladder", "heat")),
        (Signs(), ("bladder", "heat")),
    ],
    ids=["reassures", "and speaks for a sign", "says nothing of it"],
)
def test_an_emergency_is_no_topic_only_where_it_is_denied_and_no_words_speak_for_it(
    several: Assistant, signs: Signs, entry_ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(several._red_flags, "find", lambda *_: signs)

    assert several.answer(Question(BOTH)).entry_ids == entry_ids


@pytest.mark.parametrize(
    ("rest", "entry_ids", "suggestions"),
    [
        pytest.param("how do I use it", ("ice",), (), id="asks for something else"),
        pytest.param("my bladder warm", ("bladder",), (), id="asks for it too"),
        pytest.param("warm water", (), ("bladder", "heat", "ice-vs-heat"), id="is near something else"),
        pytest.param("bladder or heat", (), ("bladder", "ice-vs-heat", "heat"), id="is near both"),
        pytest.param("xyzzy plugh", ("bladder",), (), id="asks for nothing"),
    ],
)
def test_an_emergency_is_told_of_where_what_is_not_denied_asks_for_it(
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    rest: str,
    entry_ids: tuple[str, ...],
    suggestions: tuple[str, ...],
) -> None:
    monkeypatch.setattr(assistant._red_flags, "find", lambda *_: Signs(reassures=True, rest=rest))

    answer = assistant.answer(Question("why does my bladder matter"))

    assert (answer.entry_ids, answer.suggestions) == (entry_ids, suggestions)


class Hears:
    """A sentence model that takes every message for one kind; all entries are alike to it."""

    def __init__(self, kind: str) -> None:
        self._gist = Gist({kind: 1.0})

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        return [(Meant(0.7, 0.2, 0),) * 6 for _ in texts]

    def gist(self, text: str) -> Gist | None:  # noqa: ARG002  whatever it is
        return self._gist


DOSE, GREETING, RESULTS, SELF_HARM = (
    next(guard for guard in GUARDS if guard.id == id_) for id_ in ("dose", "greeting", "results", "self-harm")
)


class TestWhatPeopleWrote:
    """What messages of people say speaks for signs and limits, beside what is listed."""

    @pytest.fixture
    def learned(self, knowledge: Knowledge) -> Callable[..., Assistant]:
        messages = Messages(
            signs={
                ("bladder", Urgency.EMERGENCY): ("the tap is stuck shut", "key to my tap lost", "stuck tap") * 3,
                ("infection", Urgency.URGENT): ("a fever since monday", "fever and shivers") * 3,
            },
            guards={
                "self-harm": ("no light at the end", "my light is gone") * 3,
                "dose": ("which spoon", "two spoons") * 3,
                "greeting": ("most kind of you", "much obliged") * 3,
                "results": ("grey blob on film", "film shows blob") * 3,
            },
            harmless={"other-topics": ("ice hockey game", "hockey game tickets", "hockey scores")},
        )
        known = replace(knowledge, messages=messages, ways={"stuck": ("stuck tap", "lost key")})
        return lambda kind="": Assistant(known, meaning=Hears(kind) if kind else None)

    def test_states_a_sign(self, learned: Callable[..., Assistant]) -> None:
        answer = learned().answer(Question("my tap is stuck, key lost"))

        assert isinstance(answer.outcome, Withheld)
        assert [sign.id for sign in answer.red_flags] == ["cannot-pee"]

    def test_states_a_sign_with_the_help_of_a_sentence_model(self, learned: Callable[..., Assistant]) -> None:
        question = Question("cold pack tap")

        assert learned().answer(question).name == "answered"
        assert isinstance(learned("signs/bladder/emergency").answer(question).outcome, Withheld)

    def test_calls_for_a_crisis_before_an_answer(self, learned: Callable[..., Assistant]) -> None:
        answer = learned().answer(Question("my light is gone. ice or heat?"))

        assert answer == Answer(Guarded(SELF_HARM), decided_by="guard")

    def test_calls_for_a_limit_with_the_help_of_a_sentence_model(self, learned: Callable[..., Assistant]) -> None:
        question = Question("cold pack tonight")

        assert learned().answer(question).name == "answered"
        assert learned("guards/self-harm").answer(question).name == "crisis"

    @pytest.mark.parametrize(
        ("text", "name"), [("ice or heat?", "answered"), ("me duele la espalda, light gone", "unknown")]
    )
    def test_calls_for_none_in_a_question_of_the_curators_and_in_another_language(
        self, learned: Callable[..., Assistant], text: str, name: str
    ) -> None:
        assert learned("guards/self-harm").answer(Question(text)).name == name

    def test_calls_for_a_limit_where_no_entry_answers_or_its_words_are_very_clear(
        self, learned: Callable[..., Assistant], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assistant, both = learned(), Question("two spoons. ice or heat?")

        assert assistant.answer(Question("two spoons")).name == "referred"
        assert assistant.answer(both).name == "answered"
        monkeypatch.setattr(guards, "INSTEAD_OF_AN_ANSWER", 1.0)
        assert assistant.answer(both).outcome == Guarded(DOSE)

    @pytest.mark.parametrize(
        ("signs", "name"),
        [(Signs(), "answered"), (Signs(weight=0.1), "referred"), (Signs((SIGNS[2],)), "alarm")],
        ids=["nothing", "words", "a sign"],
    )
    def test_takes_a_listed_limit_away_only_where_nothing_speaks_for_a_sign(
        self, learned: Callable[..., Assistant], signs: Signs, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assistant = learned()
        monkeypatch.setattr(guards, "DOUBTFUL", {GuardOutcome.REFERRED: 9.0})
        monkeypatch.setattr(assistant._red_flags, "find", lambda *_: signs)

        answer = assistant.answer(Question("how many tablets. ice or heat?"))

        assert answer.name == name
        assert isinstance(answer.outcome, Found if name == "answered" else Guarded)

    def test_calls_for_a_limit_that_leaves_the_answer_below_it(self, learned: Callable[..., Assistant]) -> None:
        assistant, question = learned(), Question("fever since monday. grey blob on film. ice or heat?")

        answer = assistant.answer(question)

        expected = Guarded(RESULTS, ("ice-vs-heat",))
        assert answer == Answer(expected, (SIGNS[2],), assistant.rank(question), "guard")

    def test_thanks_for_an_answer_and_does_not_ask_for_it_again(self, learned: Callable[..., Assistant]) -> None:
        assistant, question = learned(), Question("fever. most kind of you", before=("ice",))

        answer = assistant.answer(question)

        assert answer == Answer(Guarded(GREETING), (SIGNS[2],), assistant.rank(question), "guard")

    def test_thanks_for_nothing_where_something_is_asked(self, learned: Callable[..., Assistant]) -> None:
        answer = learned("guards/greeting").answer(Question("most kind of you. cold pack", before=("heat",)))

        assert answer.entry_ids == ("ice",)

    @pytest.mark.parametrize(
        ("text", "entry_ids"),
        [("ice or heat tickets", ("ice-vs-heat",)), ("read my scan. cold pack tickets", ("ice",))],
    )
    def test_is_about_something_else_with_the_help_of_a_sentence_model(
        self, learned: Callable[..., Assistant], text: str, entry_ids: tuple[str, ...]
    ) -> None:
        assert learned().answer(Question(text)).entry_ids == entry_ids
        assert learned("harmless/other-topics").answer(Question(text)).entry_ids == ()

    @pytest.mark.parametrize("kind", ["harmless/other-topics", "harmless/other-senses"])
    def test_is_about_something_else_by_a_sentence_model_alone(
        self, learned: Callable[..., Assistant], kind: str
    ) -> None:
        answer = learned(kind).answer(Question("cold pack tonight"))

        assert (answer.name, answer.decided_by) == ("unsure", "about something else")

    def test_is_about_something_else_from_so_much_on(
        self, learned: Callable[..., Assistant], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(answering, "ELSEWHERE_SAID", 99.0)
        assistant = learned("harmless/other-topics")
        odds = Gist({"harmless/other-topics": 1.0}).odds("harmless/other-topics")
        names = []
        for least in (odds, odds + 0.1):
            monkeypatch.setattr(answering, "ELSEWHERE_MEANT", least)
            names.append(assistant.answer(Question("cold pack tonight")).name)

        assert names == ["unsure", "answered"]

    def test_is_about_something_else_by_words_and_model_together(
        self, learned: Callable[..., Assistant], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(answering, "ELSEWHERE_MEANT", 99.0)
        question = Question("ice or heat tickets")

        assert learned().answer(question).name == "answered"
        assert learned("harmless/other-topics").answer(question).name == "unsure"


NO_SIGNS = Signs()


class TestFaintWords:
    """What only words speak for, and not loudly, is no sign where an entry surely answers the message."""

    @pytest.fixture
    def put(self, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
        def put_(
            *signs: RedFlag,
            text: str = "ice or heat?",
            listed: Signs | None = NO_SIGNS,
            weight: float = 0.0,
            is_contradicted: bool = False,
            **asked: Any,
        ) -> Answer:
            found = Signs(signs, weight=LOUD - 0.1 + weight, is_contradicted=is_contradicted, listed=listed)
            monkeypatch.setattr(assistant._red_flags, "find", lambda *_: found)
            return assistant.answer(Question(text, **asked))

        return put_

    def test_an_emergency_is_asked_about(self, put: Callable[..., Answer]) -> None:
        answer = put(SIGNS[0])

        assert isinstance(answer.outcome, Checking)
        assert answer.outcome.suspected == (SIGNS[0],)
        assert answer.outcome.check.entries == ("ice-vs-heat",)
        assert answer.red_flags == ()

    def test_what_is_less_urgent_is_passed_over(self, put: Callable[..., Answer]) -> None:
        answer = put(SIGNS[2])

        assert (answer.name, answer.entry_ids, answer.red_flags) == ("answered", ("ice-vs-heat",), ())

    def test_a_limit_is_told_without_it(self, put: Callable[..., Answer]) -> None:
        answer = put(SIGNS[2], text="read my scan, ice or heat")

        assert isinstance(answer.outcome, Guarded)
        assert (answer.entry_ids, answer.red_flags) == (("ice-vs-heat",), ())

    @pytest.mark.parametrize(
        "found",
        [
            {"weight": 0.1},
            {"listed": Signs((SIGNS[2],))},
            {"listed": None},
            {"text": "how do I use it"},
            {"text": "xyzzy plugh"},
            {"before": ("heat",)},
            {"checked": True},
            {"check": Check(("cannot-pee",))},
        ],
        ids=[
            "loud",
            "listed too",
            "no second look",
            "no sure answer",
            "no answer",
            "a follow-up",
            "asked before",
            "a reply to that",
        ],
    )
    def test_an_alarm_is_told_all_the_same(self, put: Callable[..., Answer], found: dict[str, Any]) -> None:
        answer = put(SIGNS[0], **found)

        assert isinstance(answer.outcome, Withheld)
        assert answer.red_flags == (SIGNS[0],)

    @pytest.mark.parametrize("asked", [{"text": "how do I use it"}, {"before": ("heat",)}], ids=["unsure", "follow-up"])
    def test_an_emergency_that_the_model_speaks_against_is_asked_about_whatever_the_answer(
        self, put: Callable[..., Answer], asked: dict[str, Any]
    ) -> None:
        answer = put(SIGNS[0], is_contradicted=True, **asked)

        assert isinstance(answer.outcome, Checking)
        assert answer.red_flags == ()

    @pytest.mark.parametrize(
        ("sign", "found"),
        [
            pytest.param(SIGNS[2], {"text": "how do I use it"}, id="no emergency"),
            pytest.param(SIGNS[0], {"weight": 0.1}, id="loud"),
            pytest.param(SIGNS[0], {"listed": Signs((SIGNS[2],))}, id="listed too"),
            pytest.param(SIGNS[0], {"checked": True}, id="asked before"),
            pytest.param(SIGNS[0], {"check": Check(("cannot-pee",))}, id="a reply to that"),
        ],
    )
    def test_a_model_speaks_in_vain_against_the_rest(
        self, put: Callable[..., Answer], sign: RedFlag, found: dict[str, Any]
    ) -> None:
        assert put(sign, is_contradicted=True, **found).red_flags == (sign,)

    def test_an_answer_is_sure_from_so_high_a_score_on(
        self, put: Callable[..., Answer], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        score = assistant.rank(Question("ice or heat?"))[0].score
        names = []
        for least in (score, score + 0.1):
            monkeypatch.setattr(answering, "SURELY_ANSWERED", least)
            names.append(put(SIGNS[0]).name)

        assert names == ["checking", "alarm"]

    @pytest.mark.parametrize(("sign", "outcome"), [(SIGNS[0], Withheld()), (SIGNS[2], Broken("TimeoutError"))])
    def test_the_alarm_is_told_before_the_search_begins(
        self, assistant: Assistant, monkeypatch: pytest.MonkeyPatch, sign: RedFlag, outcome: Outcome
    ) -> None:
        told: list[Answer] = []
        monkeypatch.setattr(assistant._red_flags, "find", lambda *_: Signs((sign,), listed=Signs()))
        monkeypatch.setattr(assistant._chooser, "choose", lambda *_: 1 / 0)

        answer = assistant.answer(Question("ice or heat?"), told.append)

        assert told == [Answer(outcome, (sign,), decided_by="red flag")]
        assert answer.red_flags == (sign,)


def test_what_was_learned_before_is_not_learned_again(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    vocabulary = build_vocabulary(knowledge)
    of_phrasings = learn_phrasings(groups_of(knowledge), WordVectors(), vocabulary, frozenset())
    learned = Learned(learn_words(knowledge, vocabulary), of_phrasings)
    monkeypatch.delattr(heard, "learn_words")
    monkeypatch.delattr(building, "learn_phrasings")

    assert Assistant(knowledge, learned=learned).answer(Question("ice or heat?")).entry_ids == ("ice-vs-heat",)
