"""The one checking question: asked, answered by button or by text, in private and in groups, after a restart."""

import pytest

from bot.core.answering import Assistant
from tests.telegram.conftest import GROUP, PERSON, PRIVATE, Json, Telegram, buttons

SUSPICIOUS = "My bladder feels odd. Ice or heat?"
OTHER: Json = {"id": 6, "is_bot": False, "first_name": "Bo"}
ADMIN: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
ALARM, QUESTION, HELD_BACK = "<b>🚨 Get help now.</b>", "Text checking.", "<b>Ice or heat?</b>"
VOICE = {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}}
ASKED = 100  # the id of the first message that the stand-in sends


async def test_the_question_has_two_buttons_and_no_answer_yet(telegram: Telegram) -> None:
    await telegram.write(SUSPICIOUS)

    (sent,) = telegram.request.sent
    assert sent["text"].startswith(QUESTION)
    assert "short answer" not in sent["text"]
    assert buttons(sent) == ["1:yes:", "1:no:cannot-pee"]


@pytest.mark.parametrize(("data", "begins"), [("1:yes:", HELD_BACK), ("1:no:cannot-pee", ALARM)])
async def test_a_button_answers_it(telegram: Telegram, data: str, begins: str) -> None:
    await telegram.write(SUSPICIOUS)
    await telegram.press(data, message_id=ASKED)

    assert telegram.request.texts[-1].startswith(begins)
    assert len(telegram.request.made("answerCallbackQuery")) == 1


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("yes all fine", HELD_BACK),
        ("I can", HELD_BACK),
        ("no", ALARM),
        ("yes but it tingles", ALARM),
        ("ice or heat?", ALARM),
        ("/ask dunno", ALARM),
        ("👍", ALARM),
    ],
)
async def test_a_text_answers_it(telegram: Telegram, text: str, begins: str) -> None:
    await telegram.write(SUSPICIOUS)
    await telegram.write(text)

    assert telegram.request.texts[-1].startswith(begins)


async def test_what_holds_no_words_is_no_clear_yes(telegram: Telegram) -> None:
    await telegram.write(SUSPICIOUS)
    await telegram.deliver(message={"message_id": 7, "date": 1, "chat": PRIVATE, "from": PERSON, **VOICE})

    assert telegram.request.texts[-1].startswith(ALARM)


async def test_a_pinned_message_is_no_answer(telegram: Telegram) -> None:
    await telegram.write(SUSPICIOUS)
    timer = {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}
    await telegram.deliver(message={"message_id": 7, "date": 1, "chat": PRIVATE, "from": PERSON, **timer})

    assert len(telegram.request.texts) == 1


@pytest.mark.parametrize("between", ["/country GB", "/help", "/topics", "/ice", "/help fever"])
async def test_a_command_is_no_answer_and_the_question_still_waits(telegram: Telegram, between: str) -> None:
    await telegram.write(SUSPICIOUS)
    await telegram.write(between)
    between_text = telegram.request.texts[-1]
    await telegram.write("no")

    assert not between_text.startswith(ALARM)
    assert telegram.request.texts[-1].startswith(ALARM)


async def test_the_answer_to_it_ends_it(telegram: Telegram) -> None:
    await telegram.write(SUSPICIOUS)
    await telegram.press("1:yes:", message_id=ASKED)
    await telegram.write("hot water bottle")

    assert telegram.request.texts[-1].startswith("<b>Heat</b>")


@pytest.mark.parametrize(("after_seconds", "begins"), [(60.0, "<b>Heat</b>"), (4 * 3600.0, QUESTION)])
async def test_it_is_asked_once_in_a_conversation(telegram: Telegram, after_seconds: float, begins: str) -> None:
    now = [0.0]
    telegram.handlers.memory.conversations.clock = lambda: now[0]
    await telegram.write(SUSPICIOUS)
    await telegram.write("yes")
    now[0] += after_seconds
    await telegram.write("the bladder feels odd. hot water bottle")

    assert telegram.request.texts[-1].startswith(begins)


async def test_a_sign_is_heard_after_a_yes(telegram: Telegram) -> None:
    await telegram.write(SUSPICIOUS)
    await telegram.write("yes")
    await telegram.write("now I cannot pee")

    assert telegram.request.texts[-1].startswith(ALARM)


async def test_no_words_are_kept(telegram: Telegram) -> None:
    await telegram.write(SUSPICIOUS)
    kept = repr(telegram.handlers.memory)

    assert "cannot-pee" in kept
    assert not {"odd", "Ice", "feels"} & set(kept.replace("'", " ").split())


class TestInGroups:
    async def test_whoever_was_asked_answers(self, telegram: Telegram) -> None:
        await telegram.write(f"@back_bot {SUSPICIOUS}", GROUP)
        await telegram.press("1:yes:", GROUP, ASKED)

        assert telegram.request.texts[-1].startswith(HELD_BACK)

    @pytest.mark.parametrize("data", ["1:yes:", "1:no:cannot-pee"])
    async def test_a_press_of_somebody_else_is_acknowledged_and_does_nothing(
        self, telegram: Telegram, data: str
    ) -> None:
        await telegram.write(f"@back_bot {SUSPICIOUS}", GROUP)
        await telegram.press(data, GROUP, ASKED, OTHER)

        assert len(telegram.request.made("answerCallbackQuery")) == 1
        assert len(telegram.request.texts) == 1

    async def test_words_of_somebody_else_are_no_answer(self, telegram: Telegram) -> None:
        await telegram.write(f"@back_bot {SUSPICIOUS}", GROUP)
        await telegram.write("@back_bot hot water bottle", GROUP, **{"from": OTHER})
        await telegram.write("@back_bot no", GROUP)

        assert telegram.request.texts[1].startswith("<b>Heat</b>")
        assert telegram.request.texts[2].startswith(ALARM)

    async def test_after_a_restart_the_message_tells_who_was_asked(
        self, telegram: Telegram, assistant: Assistant
    ) -> None:
        await telegram.start_anew(assistant)
        question = {"message_id": 3, "date": 1, "chat": GROUP, "from": PERSON, "text": "?"}
        await telegram.press("1:no:cannot-pee", GROUP, ASKED, OTHER, reply_to_message=question)
        before = list(telegram.request.texts)
        await telegram.press("1:no:cannot-pee", GROUP, ASKED, PERSON, reply_to_message=question)

        assert before == []
        assert telegram.request.texts[-1].startswith(ALARM)
        assert telegram.request.sent[-1]["reply_parameters"]["message_id"] == question["message_id"]

    async def test_an_admin_who_hides_can_press_too(self, telegram: Telegram) -> None:
        await telegram.write(f"@back_bot {SUSPICIOUS}", GROUP, **{"from": ADMIN, "sender_chat": GROUP})
        await telegram.press("1:no:cannot-pee", GROUP, ASKED, OTHER)

        assert telegram.request.texts[-1].startswith(ALARM)


class TestAfterARestart:
    async def test_a_no_is_still_an_emergency_and_names_its_sign(
        self, telegram: Telegram, assistant: Assistant
    ) -> None:
        await telegram.start_anew(assistant)
        await telegram.press("1:no:cannot-pee")

        assert telegram.request.texts[-1].startswith(ALARM)
        assert "squeezed nerves" in telegram.request.texts[-1]

    async def test_a_no_about_a_sign_that_is_gone_is_an_emergency_all_the_same(self, telegram: Telegram) -> None:
        await telegram.press("1:no:gone")

        assert telegram.request.texts[-1].startswith(ALARM)

    async def test_a_yes_leads_to_the_topics(self, telegram: Telegram) -> None:
        await telegram.press("1:yes:")

        assert telegram.request.texts[-1].startswith("Text topics.")
        assert buttons(telegram.request.sent[-1]) == ["1:group:relief", "1:group:signs"]


class TestEdits:
    async def test_an_edit_that_takes_the_suspicion_back_is_answered(self, telegram: Telegram) -> None:
        message_id = await telegram.write(SUSPICIOUS)
        await telegram.rewrite(message_id, "ice or heat?")
        await telegram.write("hot water bottle")

        assert [text[: len(HELD_BACK)] for text in telegram.request.texts[1:2]] == [HELD_BACK]
        assert telegram.request.texts[2].startswith("<b>Heat</b>")

    async def test_an_edit_that_raises_one_rings(self, telegram: Telegram) -> None:
        message_id = await telegram.write("ice or heat?")
        await telegram.rewrite(message_id, SUSPICIOUS)

        assert telegram.request.texts[-1].startswith(QUESTION)
        assert telegram.request.made("editMessageText") == []

    async def test_an_edit_that_leaves_it_does_not_answer_it(self, telegram: Telegram) -> None:
        message_id = await telegram.write(SUSPICIOUS)
        await telegram.rewrite(message_id, f"{SUSPICIOUS}!")
        await telegram.write("no")

        assert len(telegram.request.sent) == 2
        assert telegram.request.texts[-1].startswith(ALARM)

    async def test_an_answer_that_is_edited_to_a_no_is_an_emergency(self, telegram: Telegram) -> None:
        await telegram.write(SUSPICIOUS)
        message_id = await telegram.write("yes")
        await telegram.rewrite(message_id, "no")

        assert telegram.request.texts[-1].startswith(ALARM)
        assert telegram.request.made("editMessageText") == []

    async def test_an_edit_of_another_message_is_no_answer(self, telegram: Telegram) -> None:
        message_id = await telegram.write("ice or heat?")
        await telegram.write(SUSPICIOUS)
        await telegram.rewrite(message_id, "hot water bottle")
        await telegram.write("no")

        assert telegram.request.made("editMessageText")[0]["text"].startswith("<b>Heat</b>")
        assert telegram.request.texts[-1].startswith(ALARM)

    async def test_after_it_was_answered_an_edit_does_not_ask_again(self, telegram: Telegram) -> None:
        message_id = await telegram.write(SUSPICIOUS)
        await telegram.write("yes")
        await telegram.rewrite(message_id, "My bladder feels odd. hot water bottle")

        assert telegram.request.texts[-1].startswith("<b>Heat</b>")
