"""What a person reads."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.answering import Assistant
from bot.core.choosing import Found, NotFound, Unsure
from bot.core.matching import Match
from bot.core.model import Chat, Check, EmergencyNumber, Knowledge, Question
from bot.core.outcomes import Answer, Broken, Cleared, Empty, Guarded, OtherLanguage, Outcome, Withheld
from bot.core.rendering import Renderer
from bot.core.reply import Action, Block, Button, Disclaimer, Reply, Style
from tests.conftest import GUARDS, LANGUAGES, SIGNS

Read = Callable[..., str]
Buttons = tuple[tuple[Button, ...], ...]


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


GB = EmergencyNumber("GB", "United Kingdom", "999", names=("UK",), common=True)
COPY = ((Button("Copy 999", Action.COPY, "999"),),)
COUNTRIES = (
    (
        Button("United Kingdom", Action.CHOOSE_COUNTRY, "GB"),
        Button("Text button_no_country.", Action.CHOOSE_COUNTRY),
    ),
)
TOPICS = Button("Text button_topics.", Action.SHOW_TOPICS)
GROUPS = ((Button("Relief", Action.SHOW_GROUP, "relief"), Button("Warning signs", Action.SHOW_GROUP, "signs")),)
ICE, HEAT = (Button(name.title(), Action.SHOW_ENTRY, name) for name in ("ice", "heat"))
BOTH = Button("Ice or heat?", Action.SHOW_ENTRY, "ice-vs-heat")


@pytest.mark.parametrize(
    ("name", "buttons"),
    [
        ("start", ((TOPICS,),)),
        ("help", ((TOPICS,),)),
        ("about", ()),
        ("privacy", ()),
        ("topics", GROUPS),
        ("ask_usage", ()),
        ("not_text", ((TOPICS,),)),
        ("unknown_command", ((TOPICS,),)),
        ("error", ()),
        ("country", COUNTRIES),
    ],
)
def test_a_fixed_message_is_its_text_and_its_buttons(
    renderer: Renderer, knowledge: Knowledge, name: str, buttons: Buttons
) -> None:
    long = name in {"start", "help", "about"}
    disclaimer = knowledge.texts.disclaimer_long if long else knowledge.texts.disclaimer_short

    assert getattr(renderer, name)() == Reply((Block(f"Text {name}."),), Disclaimer(disclaimer), buttons)


@pytest.mark.parametrize(
    ("name", "number", "text", "buttons"),
    [
        ("country_chosen", GB, "999 (United Kingdom)", COPY),
        ("country_none", GB, "999 (United Kingdom)", COPY),
        ("country_none", None, "112", ()),
        ("country_unknown", GB, "999 (United Kingdom)", COUNTRIES),
        ("country_unknown", None, "112", COUNTRIES),
        ("country_in_group", GB, "999 (United Kingdom)", COPY),
        ("country_in_group", None, "112", ()),
    ],
)
def test_what_is_said_on_a_country_names_the_number(
    renderer: Renderer, knowledge: Knowledge, name: str, number: EmergencyNumber | None, text: str, buttons: Buttons
) -> None:
    reply = getattr(renderer, name)(number)

    short = Disclaimer(knowledge.texts.disclaimer_short)
    assert reply == Reply((Block(f"Text {name}: {text}."),), short, buttons)


@pytest.mark.parametrize(("number", "call", "buttons"), [(GB, "999 (United Kingdom)", COPY), (None, "112", ())])
def test_an_emergency_names_the_number_and_has_it_to_copy(
    assistant: Assistant, renderer: Renderer, number: EmergencyNumber | None, call: str, buttons: Buttons
) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("I cannot pee")), number=number)

    assert reply.blocks == (
        Block("🚨 Get help now.", Style.BOLD),
        Block("Trouble with pee can mean squeezed nerves."),
        Block(f"Call {call}."),
    )
    assert reply.buttons == buttons


def test_a_lesser_alarm_may_name_the_number_too(knowledge: Knowledge) -> None:
    texts = replace(knowledge.texts, alarm_urgent="See a doctor.\n\nOr call {number}.")
    (reply,) = Renderer(replace(knowledge, texts=texts)).answer(Answer(NotFound(), (SIGNS[2],)), number=GB)

    assert [block.text for block in reply.blocks[1:]] == [SIGNS[2].means, "Or call 999 (United Kingdom)."]


@pytest.mark.parametrize(
    ("is_heard", "text"),
    [(False, "It may be squeezed nerves."), (True, "Text alarm_heard. It may be squeezed nerves.")],
    ids=["listed", "heard"],
)
def test_a_reason_is_called_a_guess_where_words_only_sound_like_the_sign(
    renderer: Renderer, *, is_heard: bool, text: str
) -> None:
    sign = replace(SIGNS[0], means="It may be squeezed nerves.", is_heard=is_heard)

    (reply,) = renderer.answer(Answer(Withheld(), (sign,)))

    assert reply.blocks[1] == Block(text)


def test_an_emergency_gives_one_reason_and_every_action(renderer: Renderer) -> None:
    signs = [replace(SIGNS[0], flag=f"{number}", means=f"Why {number}.") for number in range(3)]
    signs[2] = replace(signs[2], action="Keep still.")
    (reply,) = renderer.answer(Answer(Withheld(), tuple(signs)))

    assert [block.text for block in reply.blocks[1:-1]] == ["Why 0.", "Keep still."]


def test_an_alarm_says_each_sentence_of_what_to_do_once(renderer: Renderer) -> None:
    actions = ("Go now.", "Go now.", "Go now. Keep still. Note the time.", "Call first! Note the time.")
    signs = [replace(SIGNS[0], flag=f"{at}", means=f"Why {at}.", action=action) for at, action in enumerate(actions)]
    (reply,) = renderer.answer(Answer(Withheld(), tuple(signs)))

    assert [block.text for block in reply.blocks[1:-1]] == [
        "Why 0. Go now.",
        "Keep still. Note the time.",
        "Call first!",
    ]


def test_a_lesser_alarm_says_a_reason_of_two_signs_once(renderer: Renderer) -> None:
    (reply,) = renderer.answer(Answer(NotFound(), (SIGNS[2], replace(SIGNS[2], id="shivers", action="Rest."))))

    assert [block.text for block in reply.blocks[1:-1]] == [SIGNS[2].means, "Rest."]


def test_a_lesser_alarm_gives_every_reason_of_its_level(renderer: Renderer) -> None:
    fever = SIGNS[2]
    signs = (replace(fever, means="Why 0."), replace(fever, means="Why 1.", action="Rest."), SIGNS[3])
    (reply,) = renderer.answer(Answer(NotFound(), signs))

    assert [block.text for block in reply.blocks] == [
        "⚠️ See a doctor today.",
        "Why 0.",
        "Why 1. Rest.",
        "Call your doctor.",
    ]


def test_a_crisis_has_the_number_to_copy(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("I want to die")), number=GB)

    assert reply.buttons == COPY


def test_an_answer_is_the_whole_entry_with_what_is_near(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("how do I use ice")))

    assert reply == renderer.entry("ice")[0]
    assert reply.blocks == (
        Block("Ice", Style.BOLD),
        Block("The short answer on ice."),
        Block("The long answer on ice."),
        Block("A second paragraph."),
        Block("Text steps_heading.\n1. First step.\n2. Second step."),
        Block("Text stop_heading. Stop if it burns."),
        Block(
            "Text evidence_heading. Little proof.\nText sources_heading. NHS (England).\n"
            "Text reviewed_heading. 2026-11-23.",
            Style.FOLDED,
        ),
    )
    assert reply.buttons == ((HEAT,), (TOPICS,))


def test_in_a_group_it_is_the_title_the_sentence_and_the_way_to_the_rest(
    assistant: Assistant, renderer: Renderer
) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("how do I use ice")), Chat.GROUP)

    assert reply.blocks == (Block("Ice", Style.BOLD), Block("The short answer on ice."))
    assert reply.buttons == ((Button("Text button_more.", Action.OPEN_IN_PRIVATE, "ice"),),)


def test_a_footnote_names_what_there_is(knowledge: Knowledge) -> None:
    source = knowledge.sources["NHS-BACK"]
    ice = replace(knowledge.entries["ice"], evidence="", sources=("NHS-BACK", "WHO"))
    known = replace(
        knowledge,
        entries={**knowledge.entries, "ice": ice},
        sources={"NHS-BACK": source, "WHO": replace(source, key="WHO", organisation="WHO")},
    )
    (reply,) = Renderer(known).entry("ice")

    assert reply.blocks[-1].text == "Text sources_heading. NHS (England); WHO.\nText reviewed_heading. 2026-11-23."


@pytest.mark.parametrize("chat", [Chat.PRIVATE, Chat.GROUP])
def test_what_a_limit_or_a_yes_shows_is_the_entry_as_it_always_is(renderer: Renderer, chat: Chat) -> None:
    limit = replace(GUARDS[0], reply="A limit.")
    (entry,) = renderer.entry("ice", chat)
    (guarded,) = renderer.answer(Answer(Guarded(limit, ("ice",))), chat)
    (cleared,) = renderer.answer(Answer(Cleared(("ice",))), chat)

    assert cleared == entry
    assert guarded.blocks == (Block("A limit."), *entry.blocks)
    assert guarded.buttons == entry.buttons


def test_a_group_is_its_title_its_entries_and_the_way_back(renderer: Renderer, knowledge: Knowledge) -> None:
    back = Button("Text button_back.", Action.BACK_TO_TOPICS)

    assert renderer.group("relief") == Reply(
        (Block("Relief", Style.BOLD),), Disclaimer(knowledge.texts.disclaimer_short), ((ICE, HEAT), (BOTH,), (back,))
    )


def test_the_buttons_of_a_check_say_what_they_mean(assistant: Assistant, renderer: Renderer) -> None:
    (reply,) = renderer.answer(assistant.answer(Question("my bladder feels odd")))

    assert [button.label for (*row,) in reply.buttons for button in row] == ["Text button_yes.", "Text button_no."]


def test_what_finds_nothing_leads_to_the_topics(renderer: Renderer) -> None:
    (reply,) = renderer.answer(Answer(NotFound()))

    assert reply.buttons == ((TOPICS,),)


def test_another_language_gets_its_line_and_the_topics(renderer: Renderer) -> None:
    (reply,) = renderer.answer(Answer(OtherLanguage(LANGUAGES.known["es"])))

    assert reply.blocks == (Block("Solo respondo en inglés."),)
    assert reply.buttons == ((TOPICS,),)


@pytest.mark.parametrize(
    ("chat", "buttons"),
    [
        (Chat.PRIVATE, ((ICE, HEAT), (TOPICS,))),
        (Chat.GROUP, ((Button("Text button_more.", Action.OPEN_IN_PRIVATE, "ice"),),)),
    ],
)
def test_several_entries_are_told_in_short_with_the_way_to_each(
    renderer: Renderer, chat: Chat, buttons: Buttons
) -> None:
    matches = tuple(Match(entry_id, "", 90, "topics") for entry_id in ("ice", "heat"))
    (reply,) = renderer.answer(Answer(Found(matches)), chat)

    assert reply.blocks == (
        Block("Ice", Style.BOLD),
        Block("The short answer on ice."),
        Block("Heat", Style.BOLD),
        Block("The short answer on heat."),
    )
    assert reply.buttons == buttons


@pytest.mark.parametrize(
    "outcome", [Cleared(("ice", "heat")), Guarded(GUARDS[1], ("ice", "heat"))], ids=["after a check", "below a limit"]
)
def test_several_entries_are_told_in_short_wherever_they_stand(renderer: Renderer, outcome: Outcome) -> None:
    (reply,) = renderer.answer(Answer(outcome))

    assert reply.blocks[-4:] == (
        Block("Ice", Style.BOLD),
        Block("The short answer on ice."),
        Block("Heat", Style.BOLD),
        Block("The short answer on heat."),
    )
    assert reply.buttons == ((ICE, HEAT), (TOPICS,))


def test_a_message_without_a_word_gets_its_text_and_the_topics(renderer: Renderer) -> None:
    (reply,) = renderer.answer(Answer(Empty()))

    assert reply.blocks == (Block("Text empty."),)
    assert reply.buttons == ((TOPICS,),)
