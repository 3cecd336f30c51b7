"""What goes out for everything a person can do, seen where the network would be."""

import pytest

from bot.core.answering import Assistant
from bot.core.model import Knowledge, Question
from bot.core.reply import LAST_RESORT_ALARM
from bot.store.kept import Kept
from bot.telegram.delivery import Delivery
from tests.telegram.conftest import BOT, GROUP, PERSON, Json, Telegram, buttons, refusal

REFUSED = refusal(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")  # nothing that the one door knows
SUSPICIOUS = "my bladder feels odd"
ASKED = 100  # the id of the first message that the stand-in sends
OTHER: Json = {"id": 6, "is_bot": False, "first_name": "Bo"}
APOLOGY, ALARM = "Text error.", LAST_RESORT_ALARM.html


async def test_a_question_is_answered_in_private(telegram: Telegram) -> None:
    await telegram.write("ice or heat?")

    (text,) = telegram.request.texts
    assert text.startswith("<b>Ice or heat?</b>")


async def test_a_red_flag_comes_before_everything(telegram: Telegram) -> None:
    await telegram.write("I cannot pee, ice or heat?")

    (text,) = telegram.request.texts
    assert text.startswith("<b>🚨 Get help now.</b>")
    assert "short answer" not in text


@pytest.mark.parametrize(
    ("command", "start"),
    [
        ("/start", "Text start"),
        ("/help", "Text help"),
        ("/about", "Text about"),
        ("/privacy", "Text privacy"),
        ("/topics", "Text topics"),
        ("/ask", "Text ask_usage"),
        ("/ask ice or heat", "<b>Ice or heat?</b>"),
        ("/ice", "<b>Ice</b>"),
        ("/heat@back_bot", "<b>Heat</b>"),
        ("/iceheat", "<b>Ice or heat?</b>"),
        ("/start heat", "<b>Heat</b>"),
        ("/start nonsense_payload", "Text start"),
        ("/dance", "Text unknown_command"),
    ],
)
async def test_a_command_is_answered(telegram: Telegram, command: str, start: str) -> None:
    await telegram.write(command)

    (text,) = telegram.request.texts
    assert text.startswith(start)


@pytest.mark.parametrize("command", ["/help", "/ice", "/dance", "/start", "/ask", "/topics"])
async def test_a_red_flag_behind_any_command_is_heard(telegram: Telegram, command: str) -> None:
    await telegram.write(f"{command} i cannot pee")

    assert telegram.request.texts[0].startswith("<b>🚨")


@pytest.mark.parametrize(
    "content",
    [
        {
            "sticker": {
                "file_id": "1",
                "file_unique_id": "1",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]},
        {"location": {"longitude": 1.0, "latitude": 1.0}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_holds_no_words_gets_a_polite_reply(telegram: Telegram, content: Json) -> None:
    await telegram.deliver(
        message={"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "from": PERSON, **content}
    )

    assert telegram.request.texts[0].startswith("Text not_text")


async def test_the_caption_of_a_photo_is_read(telegram: Telegram) -> None:
    photo = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
    await telegram.deliver(
        message={
            "message_id": 1,
            "date": 1,
            "chat": {"id": 5, "type": "private"},
            "from": PERSON,
            "photo": photo,
            "caption": "I cannot pee",
        }
    )

    assert telegram.request.texts[0].startswith("<b>🚨")


async def test_a_service_message_gets_no_reply(telegram: Telegram) -> None:
    await telegram.deliver(
        message={
            "message_id": 1,
            "date": 1,
            "chat": {"id": 5, "type": "private"},
            "from": PERSON,
            "message_auto_delete_timer_changed": {"message_auto_delete_time": 60},
        }
    )

    assert telegram.request.texts == []


async def test_a_short_follow_up_is_read_with_what_was_answered(telegram: Telegram) -> None:
    await telegram.write("hot water bottle")
    await telegram.write("how do I use it")

    assert telegram.request.texts[1].startswith("<b>Heat</b>")


class TestInGroups:
    async def test_talk_among_people_is_left_alone(self, telegram: Telegram) -> None:
        await telegram.write("ice or heat? I cannot pee", GROUP)

        assert telegram.request.calls == []

    async def test_a_mention_is_answered_to_whoever_asked(self, telegram: Telegram) -> None:
        message_id = await telegram.write("🙂 hey @back_bot ice or heat?", GROUP)

        (sent,) = telegram.request.sent
        assert sent["reply_parameters"]["message_id"] == message_id
        assert sent["reply_parameters"]["allow_sending_without_reply"]
        assert sent["text"].startswith("<b>Ice or heat?</b>")

    async def test_the_answer_is_short_and_leads_to_the_private_chat(self, telegram: Telegram) -> None:
        await telegram.write("@back_bot ice or heat?", GROUP)

        (sent,) = telegram.request.sent
        assert "The long answer" not in sent["text"]
        assert buttons(sent) == ["https://t.me/back_bot?start=ice-vs-heat"]

    async def test_a_reply_to_the_bot_is_answered(self, telegram: Telegram) -> None:
        ours = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "earlier"}
        await telegram.write("ice or heat?", GROUP, reply_to_message=ours)

        assert len(telegram.request.texts) == 1

    async def test_a_reply_to_somebody_else_is_not(self, telegram: Telegram) -> None:
        theirs = {"message_id": 9, "date": 1, "chat": GROUP, "from": PERSON, "text": "earlier"}
        await telegram.write("ice or heat?", GROUP, reply_to_message=theirs)

        assert telegram.request.calls == []

    async def test_the_answer_goes_into_the_same_topic(self, telegram: Telegram) -> None:
        await telegram.write("/ask ice or heat", GROUP, message_thread_id=7, is_topic_message=True)

        assert telegram.request.sent[0]["message_thread_id"] == 7

    @pytest.mark.parametrize("text", ["/ask@other_bot ice", "/dance", "@back_bottle ice or heat?", "@other_bot ice?"])
    async def test_what_is_meant_for_another_is_left_alone(self, telegram: Telegram, text: str) -> None:
        await telegram.write(text, GROUP)

        assert telegram.request.calls == []

    @pytest.mark.parametrize(
        "sender",
        [{"from": {"id": 6, "is_bot": True, "first_name": "Other"}}, {"via_bot": BOT}, {"is_automatic_forward": True}],
        ids=["another bot", "through a bot", "a channel post"],
    )
    @pytest.mark.parametrize("text", ["@back_bot ice or heat?", "/ice", "/ask ice or heat?"])
    async def test_machines_get_no_answer(self, telegram: Telegram, sender: Json, text: str) -> None:
        await telegram.write(text, GROUP, **sender)

        assert telegram.request.calls == []

    async def test_two_people_are_not_mixed_up(self, telegram: Telegram) -> None:
        await telegram.write("@back_bot hot water bottle", GROUP)
        other = {"id": 6, "is_bot": False, "first_name": "Bo"}
        await telegram.write("@back_bot how do I use it", GROUP, **{"from": other})

        assert not telegram.request.texts[1].startswith("<b>Heat</b>")


class TestEdits:
    async def test_an_edited_question_changes_its_answer_in_place(self, telegram: Telegram) -> None:
        message_id = await telegram.write("ice or heat?")
        await telegram.rewrite(message_id, "when should I see a doctor")

        (edited,) = telegram.request.made("editMessageText")
        assert edited["text"].startswith("<b>When to see a doctor</b>")
        assert len(telegram.request.sent) == 1

    async def test_an_edit_that_adds_a_red_flag_rings(self, telegram: Telegram) -> None:
        message_id = await telegram.write("ice or heat?")
        await telegram.rewrite(message_id, "ice or heat? I cannot pee")

        assert telegram.request.made("editMessageText") == []
        assert telegram.request.texts[1].startswith("<b>🚨")

    async def test_an_edit_of_a_message_we_do_not_remember_changes_nothing(self, telegram: Telegram) -> None:
        await telegram.rewrite(12345, "ice or heat?")

        assert telegram.request.calls == []

    async def test_but_a_red_flag_in_it_is_answered(self, telegram: Telegram) -> None:
        await telegram.rewrite(12345, "I cannot pee")

        assert telegram.request.texts[0].startswith("<b>🚨")

    async def test_an_edited_command_changes_its_answer_too(self, telegram: Telegram) -> None:
        message_id = await telegram.write("/ask ice or heat", GROUP)
        await telegram.rewrite(message_id, "/ask hot water bottle", GROUP)

        assert telegram.request.made("editMessageText")[0]["text"].startswith("<b>Heat</b>")

    async def test_an_anonymous_admin_is_a_person(self, telegram: Telegram) -> None:
        admin = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        await telegram.write("/ask ice or heat", GROUP, **{"from": admin, "sender_chat": GROUP})

        assert len(telegram.request.texts) == 1

    async def test_an_edited_command_is_not_carried_out_again(self, telegram: Telegram) -> None:
        await telegram.rewrite(12345, "/start")

        assert telegram.request.calls == []


class TestButtons:
    async def test_a_topic_is_shown_in_place(self, telegram: Telegram) -> None:
        await telegram.press("1:group:relief")

        (edited,) = telegram.request.made("editMessageText")
        assert edited["message_id"] == 50
        assert edited["text"].startswith("<b>Relief</b>")

    async def test_the_way_back_is_in_place_too(self, telegram: Telegram) -> None:
        await telegram.press("1:back:")

        assert telegram.request.made("editMessageText")[0]["text"].startswith("Text topics")

    async def test_an_entry_is_a_message_of_its_own(self, telegram: Telegram) -> None:
        await telegram.press("1:entry:heat")

        assert telegram.request.texts[0].startswith("<b>Heat</b>")

    async def test_a_follow_up_after_a_button_is_understood(self, telegram: Telegram) -> None:
        await telegram.press("1:entry:heat")
        await telegram.write("how do I use it")

        assert telegram.request.texts[1].startswith("<b>Heat</b>")

    @pytest.mark.parametrize(
        "data", ["1:entry:heat", "1:entry:gone", "1:group:gone", "1:topics:", "0:entry:heat", "x", "1:dance:heat"]
    )
    async def test_every_press_is_acknowledged_exactly_once(self, telegram: Telegram, data: str) -> None:
        await telegram.press(data)

        assert len(telegram.request.made("answerCallbackQuery")) == 1

    async def test_a_button_of_an_entry_that_is_gone_leads_to_the_topics(self, telegram: Telegram) -> None:
        await telegram.press("1:entry:gone")

        assert telegram.request.texts[0].startswith("Text topics")


async def test_every_message_carries_a_disclaimer(telegram: Telegram, knowledge: Knowledge) -> None:
    for text in ("ice or heat?", "I cannot pee", "hello", "nonsense", "", "/start", "/help", "/dance", "/privacy"):
        await telegram.write(text)
    await telegram.press("1:entry:heat")
    await telegram.press("1:group:relief")

    ends = tuple(f"<i>{text}</i>" for text in (knowledge.texts.disclaimer_short, knowledge.texts.disclaimer_long))
    outgoing = telegram.request.sent + telegram.request.made("editMessageText")
    assert len(outgoing) == 11
    assert all(parameters["text"].endswith(ends) for parameters in outgoing)


async def test_a_handler_that_fails_says_where_to_get_help(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Assistant, question: Question, *__: object) -> None:
        raise RuntimeError(question.text)

    monkeypatch.setattr(Assistant, "answer", fail)

    await telegram.write("my secret sorrow")

    assert telegram.request.texts[0].startswith("Text error.")
    assert "sorrow" not in caplog.text
    assert "RuntimeError" in caplog.text


class TestWhatCannotBeSent:
    @pytest.mark.parametrize(
        ("text", "begins"), [("i cannot pee", ALARM), ("took whole packet", ALARM), ("ice or heat?", APOLOGY)]
    )
    async def test_is_apologised_for_unless_it_was_the_alarm(self, telegram: Telegram, text: str, begins: str) -> None:
        telegram.request.planned = [REFUSED]

        await telegram.write(text)

        assert telegram.request.texts[1].startswith(begins)

    async def test_so_is_an_alarm_that_the_deadline_cuts(self, telegram: Telegram) -> None:
        telegram.delivery = Delivery(
            telegram.application, telegram.handlers, Kept(None, "1:x").handled, telegram.unanswered, 1.0
        )
        telegram.request.planned = [refusal(429, "Too Many Requests: retry after 7", retry_after=7)]

        await telegram.write("i cannot pee")

        assert telegram.request.texts[1] == ALARM

    async def test_goes_to_the_group_though_an_edit_names_the_bot_no_more(self, telegram: Telegram) -> None:
        message_id = await telegram.write("@back_bot ice or heat?", GROUP)
        telegram.request.planned = [REFUSED]

        await telegram.rewrite(message_id, "i cannot pee", GROUP)

        assert telegram.request.texts[-1] == ALARM

    async def test_is_an_alarm_for_its_own_message_only(self, telegram: Telegram) -> None:
        await telegram.write("i cannot pee")
        telegram.request.planned = [REFUSED]

        await telegram.write("ice or heat?")

        assert telegram.request.texts[-1].startswith(APOLOGY)

    async def test_and_what_an_edit_makes_of_it_counts(self, telegram: Telegram) -> None:
        message_id = await telegram.write("i cannot pee")
        telegram.request.planned = [REFUSED]

        await telegram.rewrite(message_id, "ice or heat?")

        assert telegram.request.texts[-1].startswith(APOLOGY)

    async def test_is_an_emergency_while_a_checking_question_waits(self, telegram: Telegram) -> None:
        await telegram.write(SUSPICIOUS)
        telegram.request.planned = [REFUSED]

        await telegram.write("/help")

        assert telegram.request.texts[-1] == ALARM

    async def test_is_none_for_whom_nothing_was_asked(self, telegram: Telegram) -> None:
        await telegram.write(f"@back_bot {SUSPICIOUS}", GROUP)
        telegram.request.planned = [REFUSED]

        await telegram.write("/help", GROUP, **{"from": OTHER})

        assert telegram.request.texts[-1].startswith(APOLOGY)


class TestAPressThatFails:
    @pytest.mark.parametrize(
        ("data", "begins"), [("1:no:cannot-pee", ALARM), ("1:yes:", APOLOGY), ("1:entry:heat", ALARM)]
    )
    async def test_while_the_checking_question_waits_is_an_emergency_unless_it_is_a_yes(
        self, telegram: Telegram, data: str, begins: str
    ) -> None:
        await telegram.write(SUSPICIOUS)
        telegram.request.planned = [REFUSED, REFUSED]  # the acknowledgement and the answer

        await telegram.press(data, message_id=ASKED)

        assert telegram.request.texts[-1].startswith(begins)

    @pytest.mark.parametrize(
        ("data", "is_asked", "begins"),
        [("1:no:cannot-pee", True, ALARM), ("1:no:cannot-pee", False, ALARM), ("1:yes:", True, APOLOGY)],
        ids=["no", "no after a restart", "yes"],
    )
    async def test_before_it_is_acknowledged_counts_for_what_it_says(
        self, telegram: Telegram, data: str, begins: str, *, is_asked: bool
    ) -> None:
        if is_asked:
            await telegram.write(SUSPICIOUS)
        telegram.delivery = Delivery(
            telegram.application, telegram.handlers, Kept(None, "1:x").handled, telegram.unanswered, 0.05
        )
        telegram.request.planned = [refusal(429, "Too Many Requests: retry after 7", retry_after=7)]

        await telegram.press(data, message_id=ASKED)

        assert telegram.request.texts[-1].startswith(begins)

    async def test_in_a_group_a_no_is_one_that_was_decided(self, telegram: Telegram) -> None:
        await telegram.write(f"@back_bot {SUSPICIOUS}", GROUP)
        telegram.request.planned = [(200, b'{"ok": true, "result": true}'), REFUSED]

        await telegram.press("1:no:cannot-pee", GROUP, ASKED)

        assert telegram.request.texts[-1] == ALARM
