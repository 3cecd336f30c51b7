"""What a person reads."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.answering import Answer, Assistant, Broken, Unsure
from bot.core.model import Chat, Check, Knowledge, Question
from bot.core.rendering import Renderer
from bot.core.reply import Action, Reply

Read = Callable[..., str]


@pytest.fixture
def read(assistant: Assistant, renderer: Renderer) -> Read:
    def read_(question: str, chat: Chat = Chat.PRIVATE) -> str:
        return "\n".join(reply.text for reply in renderer.answer(assistant.answer(Question(question, chat=chat)), chat))

    return read_


def buttons(reply: Reply) -> list[tuple[Action, str]]:
    return [(button.action, button.target) for row in reply.buttons for button in row]


def test_an_answer_begins_with_its_title_and_its_one_sentence(read: Read) -> None:
    assert read("ice or heat").startswith("Ice or heat?\n\nThe short answer on ice or heat?.\n\nThe long answer")


def test_a_line_break_inside_a_paragraph_is_only_the_files_layout(read: Read) -> None:
    assert "A second paragraph." in read("ice or heat")


def test_steps_are_numbered(read: Read) -> None:
    assert "1. First step.\n2. Second step." in read("ice or heat")


def test_evidence_sources_and_date_are_folded_away(renderer: Renderer) -> None:
    (reply,) = renderer.entry("ice")

    assert reply.blocks[-1].html.startswith("<blockquote expandable>Text evidence_heading. Little proof.\n")
    assert "NHS (England)" in reply.blocks[-1].text
    assert "2026-11-23" in reply.blocks[-1].text


def test_a_group_gets_the_one_sentence_and_the_way_to_the_rest(renderer: Renderer) -> None:
    (reply,) = renderer.entry("ice", Chat.GROUP)

    assert "The long answer" not in reply.text
    assert buttons(reply) == [(Action.OPEN_IN_PRIVATE, "ice")]


def test_an_emergency_is_the_whole_message(read: Read) -> None:
    text = read("I cannot pee, ice or heat?")

    assert text.startswith("🚨 Get help now.\n\nTrouble with pee can mean squeezed nerves.\n\nCall 112.")
    assert "Ice" not in text


def test_an_emergency_has_no_buttons_to_self_care(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("I cannot pee")))

    assert reply.buttons == ()


def test_an_urgent_alarm_leads_and_the_answer_follows(read: Read) -> None:
    text = read("I have a fever. Ice or heat?")

    assert text.startswith("⚠️ See a doctor today.")
    assert text.index("Fever can be a sign") < text.index("The short answer on ice or heat")


def test_a_sign_that_can_wait_says_what_to_do(read: Read) -> None:
    assert read("six weeks no better").startswith("🩺 Book a visit.\n\nIt lasts long. Note the dates.")


def test_what_comes_near_is_offered_as_buttons(renderer: Renderer) -> None:
    (reply,) = renderer.answer(Answer(Unsure(("heat", "ice"))))

    assert reply.text.startswith("Text unsure.")
    assert buttons(reply) == [(Action.SHOW_ENTRY, "heat"), (Action.SHOW_ENTRY, "ice")]


def test_a_limit_speaks_for_itself_and_offers_its_entries(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("how many tablets")))

    assert reply.text.startswith("I can't give doses.")
    assert buttons(reply) == [(Action.SHOW_ENTRY, "heat")]


def test_a_crisis_offers_no_topics(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("I want to die")))

    assert reply.text.startswith("Please talk to someone now.")
    assert reply.buttons == ()


def test_a_failure_says_where_to_get_help(renderer: Renderer) -> None:
    (reply,) = renderer.answer(Answer(Broken("KeyError")))

    assert reply.text.startswith("Text error.")
    assert "KeyError" not in reply.text


def test_silence_is_no_message(read: Read) -> None:
    assert read("ice or heat", Chat.AMBIENT) == ""


def test_topics_lead_to_groups_and_groups_to_entries_and_back(renderer: Renderer) -> None:
    assert buttons(renderer.topics()) == [(Action.SHOW_GROUP, "relief"), (Action.SHOW_GROUP, "signs")]
    assert buttons(renderer.group("signs")) == [
        (Action.SHOW_ENTRY, "bladder"),
        (Action.SHOW_ENTRY, "infection"),
        (Action.SHOW_ENTRY, "doctor"),
        (Action.BACK_TO_TOPICS, ""),
    ]


@pytest.mark.parametrize(
    "name",
    ["topics", "start", "help", "about", "privacy", "ask_usage", "not_text", "unknown_command", "error"],
)
def test_every_fixed_message_carries_a_disclaimer(renderer: Renderer, knowledge: Knowledge, name: str) -> None:
    text = getattr(renderer, name)().text

    assert text.endswith((knowledge.texts.disclaimer_short, knowledge.texts.disclaimer_long))


def test_the_checking_question_has_two_buttons(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("my bladder feels odd")))

    assert reply.text.startswith("Text checking.")
    assert buttons(reply) == [(Action.CLEAR, ""), (Action.NOT_CLEAR, "cannot-pee")]


def test_a_sign_may_have_a_checking_question_of_its_own(knowledge: Knowledge) -> None:
    signs = tuple(replace(sign, check="Is your breath normal?") for sign in knowledge.red_flags)
    knowledge = replace(knowledge, red_flags=signs)
    (reply,) = Renderer(knowledge).answer(Assistant(knowledge).answer(Question("my bladder feels odd")))

    assert reply.text.startswith("Is your breath normal?")


def test_a_limit_comes_before_the_entry_it_shows(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("my son has pain")))

    assert reply.text.startswith("For anyone under 18, ask a doctor.\n\nWhen to see a doctor\n\nThe short answer")
    assert buttons(reply)[-1] == (Action.SHOW_TOPICS, "")


def test_a_lesser_alarm_leads_the_checking_question(read: Read) -> None:
    text = read("I have a fever. My bladder feels odd.")

    assert text.startswith("⚠️ See a doctor today.")
    assert text.index("Call your doctor.") < text.index("Text checking.")


def test_a_yes_shows_the_entry_that_was_held_back(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.after_check(Check(("cannot-pee",), ("heat",)), is_clear=True))

    assert reply.text.startswith("Heat\n\nThe short answer")
    assert buttons(reply)[0] == (Action.SHOW_ENTRY, "ice")


def test_a_yes_without_an_entry_shows_the_topics(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.after_check(Check(()), is_clear=True))

    assert reply.text.startswith("Text topics.")
    assert buttons(reply) == [(Action.SHOW_GROUP, "relief"), (Action.SHOW_GROUP, "signs")]


def test_an_emergency_is_told_though_its_sign_is_gone(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.after_check(Check(("gone",)), is_clear=False))

    assert reply.text.startswith("🚨 Get help now.\n\nCall 112.")
    assert reply.buttons == ()
