"""Labelled questions, and whether an answer is what they want."""

from pathlib import Path

import pytest

from bot.core.choosing import Found, NotFound, Unsure
from bot.core.matching import Match
from bot.core.model import Chat, Guard, GuardOutcome, Knowledge, RedFlag, Urgency
from bot.core.outcomes import Answer, Guarded, Outcome, Silent, Withheld
from bot.curation.labelled import Labelled, Verdict, describe, judge, read_labelled
from bot.curation.loading import load_knowledge
from bot.curation.problems import KnowledgeError


def found(*entry_ids: str) -> Found:
    return Found(tuple(Match(entry_id, "x", 90.0, "phrasing") for entry_id in entry_ids))


def sign(flag: str, urgency: Urgency = Urgency.EMERGENCY) -> RedFlag:
    return RedFlag(flag, flag, urgency, "It can mean trouble.", ("x",))


ICE = Labelled("ice?", ("ice", "heat"))
BOTH = Labelled("ice and heat?", (), all_wanted=("ice", "heat"))
BLADDER = Labelled("no pee", (), flags=("bladder", "saddle"), urgency=Urgency.URGENT)
CALM = Labelled("I pee fine", ("ice",), flags=())
HARMLESS = Labelled("I pee fine", (), flags=())
REFER = Labelled("how many", ("refer",), outcomes=frozenset({"referred", "alarm"}))
CRISIS = Guard("self-harm", GuardOutcome.CRISIS, "Talk to someone.")
DOSE = Guard("dose", GuardOutcome.REFERRED, "Ask a pharmacist.")

CASES: dict[str, tuple[Labelled, Outcome, tuple[RedFlag, ...], Verdict]] = {
    "the entry wanted": (ICE, found("ice"), (), Verdict.RIGHT),
    "the second best entry": (ICE, found("heat"), (), Verdict.RIGHT),
    "another entry": (ICE, found("yoga"), (), Verdict.WRONG),
    "the entry offered": (ICE, Unsure(("yoga", "ice")), (), Verdict.OFFERED),
    "others offered": (ICE, Unsure(("yoga",)), (), Verdict.NOTHING),
    "nothing": (ICE, NotFound(), (), Verdict.NOTHING),
    "all topics": (BOTH, found("heat", "ice"), (), Verdict.RIGHT),
    "one topic": (BOTH, found("heat"), (), Verdict.OFFERED),
    "no topic": (BOTH, found("yoga"), (), Verdict.WRONG),
    "no topic, no answer": (BOTH, NotFound(), (), Verdict.NOTHING),
    "the sign noticed": (BLADDER, Withheld(), (sign("bladder"),), Verdict.RIGHT),
    "the other sign noticed": (BLADDER, NotFound(), (sign("saddle", Urgency.URGENT),), Verdict.RIGHT),
    "the sign at a lower level": (BLADDER, NotFound(), (sign("bladder", Urgency.SOON),), Verdict.WRONG),
    "another sign": (BLADDER, Withheld(), (sign("chest"),), Verdict.WRONG),
    "no sign noticed": (BLADDER, found("ice"), (), Verdict.WRONG),
    "a false alarm": (CALM, found("ice"), (sign("bladder"),), Verdict.WRONG),
    "no alarm and the entry": (CALM, found("ice"), (), Verdict.RIGHT),
    "no alarm where nothing else is wanted": (HARMLESS, found("yoga"), (), Verdict.RIGHT),
    "an alarm where nothing is wanted": (HARMLESS, Withheld(), (sign("bladder"),), Verdict.WRONG),
    "referred": (REFER, Guarded(DOSE), (), Verdict.RIGHT),
    "referred by an entry that refers": (REFER, found("pregnancy"), (), Verdict.RIGHT),
    "crisis in place of referral": (REFER, Guarded(CRISIS), (), Verdict.WRONG),
    "silence in place of referral": (REFER, Silent(), (), Verdict.WRONG),
}


@pytest.mark.parametrize(("question", "outcome", "signs", "verdict"), CASES.values(), ids=CASES)
def test_an_answer_is_judged_by_what_was_wanted(
    question: Labelled, outcome: Outcome, signs: tuple[RedFlag, ...], verdict: Verdict
) -> None:
    assert judge(question, Answer(outcome, signs)) is verdict


def test_an_answer_is_described_in_a_line() -> None:
    assert describe(Answer(Withheld(), (sign("bladder"), sign("bladder"), sign("saddle")))) == "alarm: bladder, saddle"
    assert describe(Answer(found("ice", "heat"))) == "ice, heat"
    assert describe(Answer(Unsure(("ice", "heat")))) == "unsure: ice, heat"
    assert describe(Answer(NotFound())) == "unknown"


@pytest.fixture
def small(folder: Path) -> Knowledge:
    return load_knowledge(folder)


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "questions.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_kind_of_question_is_read(tmp_path: Path, small: Knowledge) -> None:
    file = write(
        tmp_path,
        """
positives:
  - {q: no pee, flags: [bladder], also: [ice], urgency: emergency, style: plain, why: x}
negatives:
  - {q: I pee fine, flags: [], expect: [ice], style: negation}
questions:
  - {q: how many, kind: dose-request, expect: refer, also: [ignore]}
  - {q: "pay\\u200b", kind: ambient-group-chat, expect: ignore, meaning: y}
  - {q: both, expect_all: [ice, bladder], kind: multi}
  - {q: and then, expect: [ice], kind: followup, context: [ice?]}
""",
    )

    bladder, fine, dose, ambient, multi, followup = read_labelled([file], small)

    assert (bladder.flags, bladder.urgency, bladder.label) == (
        ("bladder", "ice"),
        Urgency.EMERGENCY,
        "alarm: bladder or ice",
    )
    assert (fine.flags, fine.wanted) == ((), ("ice",))
    assert (set(dose.outcomes), dose.label) == ({"referred", "alarm", "silent"}, "refer")
    assert (ambient.text, ambient.chat) == ("pay\u200b", Chat.AMBIENT)
    assert (multi.all_wanted, multi.label) == (("ice", "bladder"), "ice + bladder")
    assert followup.context == ("ice?",)


def test_a_bad_question_is_told_with_its_line(tmp_path: Path, small: Knowledge) -> None:
    file = write(
        tmp_path,
        "- {q: a, expect: [icce]}\n- {expect: [ice]}\n- {q: b, expect: sing}\n- {q: c, mood: x}\n"
        "- {q: d, expect: refuse, also: [answer]}\n",
    )

    with pytest.raises(KnowledgeError) as caught:
        read_labelled([file, tmp_path / "none.yaml"], small)

    help_ = "is missing or not right. tests/questions/README.md helps."
    assert [str(problem) for problem in caught.value.problems] == [
        f"{tmp_path}/none.yaml: cannot be read (No such file or directory). Check its name and who may read it.",
        f"{file}:1: no entry is called 'icce'. Did you mean 'ice'?",
        f"{file}:2: is no labelled question: 'q' {help_}",
        f"{file}:3: is no labelled question: 'expect' {help_}",
        f"{file}:4: is no labelled question: 'mood' {help_}",
        f"{file}:5: nothing that could come back is called 'answer'. Did you mean 'answered'?",
    ]
