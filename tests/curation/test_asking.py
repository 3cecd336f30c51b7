"""One question put to the bot without Telegram: the contract of `ask`, docs/ask.md."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.answering import Assistant
from bot.core.choosing import Thresholds
from bot.core.model import Chat, GuardOutcome, Knowledge
from bot.core.rendering import Renderer
from bot.curation.asking import RUNNERS_UP, BadLineError, ask, ask_batch

OUTCOMES = ["answered", "unsure", "unknown", "alarm", "checking", "referred", "crisis", "greeted", "silent"]
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ask.md").read_text(encoding="utf-8")
KEYS = ["outcome", "entries", "suggestions", "red_flags", "scores", "decided_by", "reply", "milliseconds"]

# question -> outcome
ASKED = {
    "how do I use ice": "answered",
    "tax return deadline": "unknown",
    "": "unknown",
    "I cannot pee": "alarm",
    "ice or heat? I have a fever": "alarm",
    "took the whole packet": "alarm",
    "my bladder feels odd": "checking",
    "how many tablets": "referred",
    "I want to die": "crisis",
    "hello": "greeted",
}


@pytest.fixture
def put(assistant: Assistant, renderer: Renderer) -> Any:
    """Asks one question and returns its JSON object, through text and back."""

    def put_it(text: str, *context: str, chat: Chat = Chat.PRIVATE) -> Any:
        return json.loads(json.dumps(ask(assistant, renderer, text, context, chat).as_json()))

    return put_it


@pytest.fixture
def put_all(assistant: Assistant, renderer: Renderer) -> Any:
    """Puts lines as a batch and returns the objects that come back."""
    return lambda *lines: [json.loads(line) for line in ask_batch(assistant, renderer, lines)]


@pytest.mark.parametrize(("question", "outcome"), [("I cannot pee", "alarm"), ("ice or heat?", "unknown")])
def test_a_search_that_fails_costs_no_answer(
    assistant: Assistant, put: Any, question: str, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(assistant._chooser, "choose", broken)
    answer = put(question)

    assert (answer["outcome"], answer["scores"]) == (outcome, [])
    assert answer["reply"]


@pytest.mark.parametrize("question", ASKED)
def test_every_answer_has_the_keys_and_types_of_the_contract(put: Any, question: str) -> None:
    answer = put(question)

    assert list(answer) == KEYS
    assert answer["outcome"] in OUTCOMES
    assert all(isinstance(entry, str) for entry in [*answer["entries"], *answer["suggestions"]])
    assert all(flag.keys() == {"id", "urgency"} for flag in answer["red_flags"])
    assert all(isinstance(entry, str) and 0 <= score <= 100 for entry, score in answer["scores"])
    assert isinstance(answer["decided_by"], str)
    assert answer["decided_by"]
    assert answer["milliseconds"] >= 0


@pytest.mark.parametrize(("question", "outcome"), ASKED.items(), ids=[question or "empty" for question in ASKED])
def test_the_outcome_says_what_the_reply_is(put: Any, question: str, outcome: str) -> None:
    assert put(question)["outcome"] == outcome


@pytest.mark.parametrize("question", ASKED)
def test_every_reply_ends_with_the_disclaimer(put: Any, renderer: Renderer, question: str) -> None:
    assert put(question)["reply"].endswith(renderer.error().disclaimer.text)


def test_an_answer_names_its_entry_and_holds_its_text(put: Any) -> None:
    answer = put("how do I use ice")

    assert answer["entries"] == ["ice"]
    assert answer["suggestions"] == answer["red_flags"] == []
    assert answer["scores"][0][0] == "ice"
    assert "The long answer on ice." in answer["reply"]


def test_the_best_scores_are_told_and_fall(put: Any, knowledge: Knowledge) -> None:
    scores = [score for _, score in put(" ".join(entry.title for entry in knowledge.entries.values()))["scores"]]

    assert scores == sorted(scores, reverse=True)
    assert len(scores) == RUNNERS_UP < len(knowledge.entries)


def test_an_unsure_answer_offers_entries_and_gives_none(knowledge: Knowledge, renderer: Renderer) -> None:
    never_sure = Assistant(knowledge, Thresholds(answer=101))

    answer = ask(never_sure, renderer, "bladder").as_json()

    assert (answer["outcome"], answer["entries"]) == ("unsure", [])
    assert answer["suggestions"][0] == "bladder"


def test_an_emergency_has_no_entry_below_it(put: Any) -> None:
    answer = put("I cannot pee, ice or heat?")

    assert answer["red_flags"] == [{"id": "bladder", "urgency": "emergency"}]
    assert answer["entries"] == []
    assert answer["scores"][0][0] == "ice-vs-heat"
    assert "Get help now." in answer["reply"]


def test_an_urgent_sign_comes_before_the_entry(put: Any) -> None:
    answer = put("ice or heat? I have a fever")

    assert answer["red_flags"] == [{"id": "infection", "urgency": "urgent"}]
    assert answer["entries"] == ["ice-vs-heat"]
    assert answer["reply"].index("See a doctor today.") < answer["reply"].index("ice or heat?")


def test_the_questions_before_are_the_context(put: Any) -> None:
    assert put("how do I use it", "hot water bottle")["entries"] == ["heat"]
    assert put("how do I use it", "hot water bottle")["decided_by"] == "context"
    assert put("how do I use it", "cold pack on my back")["entries"] == ["ice"]


def test_the_last_question_of_the_context_counts(put: Any) -> None:
    assert put("how do I use it", "hot water bottle", "cold pack on my back")["entries"] == ["ice"]


def test_a_question_of_the_context_without_an_answer_is_passed_over(put: Any) -> None:
    assert put("how do I use it", "hot water bottle", "tax return deadline")["entries"] == ["heat"]


@pytest.mark.parametrize("question", ["how do I use ice", "I cannot pee", "I want to die"])
def test_what_is_said_to_nobody_gets_no_reply(put: Any, question: str) -> None:
    answer = put(question, chat=Chat.AMBIENT)

    assert (answer["outcome"], answer["reply"]) == ("silent", "")
    assert answer["entries"] == answer["suggestions"] == answer["red_flags"] == answer["scores"] == []


def test_a_group_gets_the_short_answer(put: Any) -> None:
    answer = put("how do I use ice", chat=Chat.GROUP)

    assert answer["outcome"] == "answered"
    assert "The short answer on ice." in answer["reply"]
    assert "The long answer" not in answer["reply"]


def test_people_see_the_reply_and_why_it_was_chosen(assistant: Assistant, renderer: Renderer) -> None:
    text = ask(assistant, renderer, "ice or heat? I have a fever").as_text()

    assert text.index("See a doctor today.") < text.index("outcome      alarm, decided by phrasing")
    assert "red flag     infection (urgent), by the sign 'fever'" in text
    assert "ice-vs-heat   nearest phrasing: 'Ice or heat?'" in text


def test_a_batch_answers_line_by_line_in_order(put_all: Any) -> None:
    answers = put_all('{"q": "how do I use ice"}\n', "\n", '{"q": "I cannot pee"}', '  {"q": "hello"}  \n', "   ")

    assert [answer["outcome"] for answer in answers] == ["answered", "alarm", "greeted"]


def test_a_line_of_a_batch_may_have_context_and_chat(put_all: Any) -> None:
    (follow_up, silent) = put_all(
        '{"q": "how do I use it", "context": ["hot water bottle"], "chat": "group"}',
        '{"q": "I cannot pee", "chat": "ambient"}',
    )

    assert follow_up["entries"] == ["heat"]
    assert (silent["outcome"], silent["reply"]) == ("silent", "")


def test_lines_of_a_batch_do_not_know_each_other(put_all: Any) -> None:
    alone = put_all('{"q": "how do I use it"}')[0]
    after = put_all('{"q": "hot water bottle"}', '{"q": "how do I use it"}')[1]

    assert after | {"milliseconds": 0} == alone | {"milliseconds": 0}


def test_an_answer_of_a_batch_is_one_line(assistant: Assistant, renderer: Renderer) -> None:
    (line,) = ask_batch(assistant, renderer, ['{"q": "how do I use ice"}'])

    assert "\n" not in line


NO_TEXT = 'has no text "q". Write {"q": "ice or heat?"}.'
NO_LIST = '"context" should be a list of texts, oldest first.'
NO_CHAT = '"chat" should be one of: private, group, ambient.'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ice or heat?", 'is no JSON (Expecting value). Write {"q": "ice or heat?"}.'),
        ('{"q": "ice"', 'is no JSON (Expecting \',\' delimiter). Write {"q": "ice or heat?"}.'),
        ("[" * 100_000, 'is no question. Write {"q": "ice or heat?"}.'),
        ('"ice or heat?"', NO_TEXT),
        ("[]", NO_TEXT),
        ("null", NO_TEXT),
        ("{}", NO_TEXT),
        ('{"q": 7}', NO_TEXT),
        ('{"question": "ice"}', NO_TEXT),
        ('{"q": "ice", "context": "heat"}', NO_LIST),
        ('{"q": "ice", "context": [7]}', NO_LIST),
        ('{"q": "ice", "context": null}', NO_LIST),
        ('{"q": "ice", "chat": "channel"}', NO_CHAT),
        ('{"q": "ice", "chat": null}', NO_CHAT),
        ('{"q": "ice", "chat": ["private"]}', NO_CHAT),
    ],
    ids="words cut deep text list null empty number other-key context-text context-number context-null chat-unknown "
    "chat-null chat-list".split(),
)
def test_a_bad_line_is_named_by_its_number(assistant: Assistant, renderer: Renderer, line: str, message: str) -> None:
    answers = ask_batch(assistant, renderer, ['{"q": "hello"}', "", line, '{"q": "never asked"}'])

    assert json.loads(next(answers))["outcome"] == "greeted"
    with pytest.raises(BadLineError) as refused:
        next(answers)
    assert str(refused.value) == f"line 3: {message}"


def test_what_is_suspected_is_listed_while_it_is_asked_about(put: Any) -> None:
    asked = put("my bladder feels odd, ice or heat?")

    assert asked["outcome"] == "checking"
    assert asked["red_flags"] == [{"id": "bladder", "urgency": "emergency"}]
    assert (asked["entries"], asked["suggestions"]) == ([], [])


@pytest.mark.parametrize(
    ("text", "outcome", "entries"), [("yes, all fine", "answered", ["ice-vs-heat"]), ("dunno", "alarm", [])]
)
def test_the_answer_to_the_checking_question_is_read_as_such(
    put: Any, text: str, outcome: str, entries: list[str]
) -> None:
    asked = put(text, "my bladder feels odd, ice or heat?")

    assert (asked["outcome"], asked["entries"]) == (outcome, entries)


def test_a_conversation_is_checked_once(put: Any) -> None:
    asked = put("my bladder feels odd, hot water bottle", "my bladder feels odd, ice or heat?", "yes")

    assert (asked["outcome"], asked["entries"]) == ("answered", ["heat"])


def names_of(section: str) -> list[str]:
    """What stands in the first column of a section's table on the page."""
    (part,) = re.findall(rf"^## {section}\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\| `(.+?)` \|", part, re.MULTILINE)


def said_by(node: ast.AST) -> Iterator[str]:
    """The texts that a piece of code may give."""
    yield from (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def deciders() -> set[str]:
    """Every name that the core gives what decided."""
    found: set[str] = set()
    for file in (ROOT / "bot/core").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "decided_by":
                found.update(said_by(node.value))
            elif isinstance(node, ast.FunctionDef) and node.name == "decided_by":
                found.update(
                    text for part in node.body if isinstance(part, ast.Return | ast.If) for text in said_by(part)
                )
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Choice", "Match"}:
                found.update(text for given in node.args[2:] for text in said_by(given))
    return found


def test_the_page_names_every_key_and_every_outcome() -> None:
    assert names_of("An object out") == KEYS
    assert names_of("Outcomes") == OUTCOMES
    name = next(
        part
        for part in ast.walk(ast.parse((ROOT / "bot/core/outcomes.py").read_text(encoding="utf-8")))
        if isinstance(part, ast.FunctionDef) and part.name == "name"
    )
    given = {text for part in ast.walk(name) if isinstance(part, ast.Return) for text in said_by(part)}
    assert given | {*GuardOutcome} == {*OUTCOMES}


def test_the_page_names_whatever_may_decide() -> None:
    assert deciders() <= {*names_of("What decided")}
    assert {"phrasing", "meaning", "context", "topics", "nothing shared", "guard", "check"} <= deciders()
