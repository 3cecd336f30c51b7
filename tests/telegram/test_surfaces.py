"""A warning sign on every surface there is, seen where the network would be."""

from collections.abc import Awaitable, Callable

import pytest

from bot.core.model import Knowledge
from tests.telegram.conftest import BOT, GROUP, PERSON, PRIVATE, Json, Telegram

Surface = Callable[[Telegram, str], Awaitable[object]]
PHOTO = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
OURS = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "earlier"}
COMMANDS = ("start", "help", "about", "privacy", "topics", "country", "ask", "ice", "heat", "iceheat", "warning")


def captioned(text: str, chat: Json, offset: int | None = None, length: int = 0, kind: str = "mention") -> Json:
    """A photo with a caption, in which Telegram marked something."""
    message: Json = {"message_id": 1, "date": 1, "chat": chat, "from": PERSON, "photo": PHOTO, "caption": text}
    if offset is not None:
        message["caption_entities"] = [{"type": kind, "offset": offset, "length": length}]
    return message


async def in_a_follow_up(telegram: Telegram, text: str) -> None:
    await telegram.write("hot water bottle")
    await telegram.write(text)


async def in_an_edit(telegram: Telegram, text: str) -> None:
    await telegram.rewrite(await telegram.write("ice or heat?"), f"ice or heat? {text}")


async def in_an_edit_in_a_group(telegram: Telegram, text: str) -> None:
    message_id = await telegram.write("@back_bot ice or heat?", GROUP)
    await telegram.rewrite(message_id, f"@back_bot ice or heat? {text}", GROUP)


async def in_an_edited_caption(telegram: Telegram, text: str) -> None:
    await telegram.deliver(message=captioned("ice or heat?", PRIVATE))
    await telegram.deliver(edited_message={**captioned(text, PRIVATE), "edit_date": 2})


def behind(command: str, chat: Json) -> Surface:
    return lambda telegram, text: telegram.write(f"/{command} {text}", chat)


SURFACES: dict[str, Surface] = {
    "private": lambda telegram, text: telegram.write(text),
    "group, by name": lambda telegram, text: telegram.write(f"@back_bot {text}", GROUP),
    "group, as a reply": lambda telegram, text: telegram.write(text, GROUP, reply_to_message=OURS),
    "group, by command": lambda telegram, text: telegram.write(f"/ask {text}", GROUP),
    "group topic": lambda telegram, text: telegram.write(
        f"@back_bot {text}", GROUP, message_thread_id=7, is_topic_message=True
    ),
    "edit": in_an_edit,
    "edit in a group": in_an_edit_in_a_group,
    "edit of a message we do not remember": lambda telegram, text: telegram.rewrite(999, text),
    "edited caption": in_an_edited_caption,
    "follow-up": in_a_follow_up,
    "caption": lambda telegram, text: telegram.deliver(message=captioned(text, PRIVATE)),
    "caption in a group": lambda telegram, text: telegram.deliver(
        message=captioned(f"@back_bot {text}", GROUP, 0, len("@back_bot"))
    ),
    "caption with a command in a group": lambda telegram, text: telegram.deliver(
        message=captioned(f"/ask {text}", GROUP, 0, len("/ask"), "bot_command")
    ),
    "deep link": lambda telegram, text: telegram.write(f"/start {text.replace(' ', '_')}"),
    "deep link with hyphens": lambda telegram, text: telegram.write(f"/start {text.replace(' ', '-')}"),
    "unknown command": lambda telegram, text: telegram.write(f"/{text.replace(' ', '_')}"),
    "unknown command with words": lambda telegram, text: telegram.write(f"/dance {text}"),
    "unknown command by name in a group": lambda telegram, text: telegram.write(f"/dance@back_bot {text}", GROUP),
    **{f"/{command}": behind(command, PRIVATE) for command in COMMANDS},
    **{f"/{command} in a group": behind(command, GROUP) for command in COMMANDS},
}


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
async def test_an_emergency_is_the_whole_message_and_a_new_one(
    telegram: Telegram, knowledge: Knowledge, surface: Surface
) -> None:
    await surface(telegram, "i cannot pee")

    alarm = telegram.request.texts[-1]
    assert alarm.startswith("<b>🚨 Get help now.</b>")
    assert alarm.endswith(f"<i>{knowledge.texts.disclaimer_short}</i>")
    assert "short answer" not in alarm
    assert telegram.request.made("editMessageText") == []


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
async def test_a_crisis_is_heard(telegram: Telegram, surface: Surface) -> None:
    await surface(telegram, "I want to die")

    assert telegram.request.texts[-1].startswith("Please talk to someone now.")


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
async def test_a_suspicion_is_asked_about(telegram: Telegram, surface: Surface) -> None:
    await surface(telegram, "bladder feels odd")

    assert telegram.request.texts[-1].startswith("Text checking.")


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
async def test_a_sign_for_today_leads(telegram: Telegram, surface: Surface) -> None:
    await surface(telegram, "high temperature")

    assert telegram.request.texts[-1].startswith("<b>⚠️ See a doctor today.</b>")


async def test_lines_behind_a_command_stay_lines(telegram: Telegram) -> None:
    await telegram.write("/ask six weeks no\ncannot pee", GROUP)

    assert telegram.request.texts[-1].startswith("<b>🚨")


UNADDRESSED: dict[str, Surface] = {
    "talk": lambda telegram, text: telegram.write(text, GROUP),
    "a reply to somebody else": lambda telegram, text: telegram.write(
        text, GROUP, reply_to_message={**OURS, "from": PERSON}
    ),
    "a caption": lambda telegram, text: telegram.deliver(message=captioned(text, GROUP)),
    "an edit": lambda telegram, text: telegram.rewrite(999, text, GROUP),
    "another bot's command": lambda telegram, text: telegram.write(f"/ask@other_bot {text}", GROUP),
    "a command nobody knows": lambda telegram, text: telegram.write(f"/dance {text}", GROUP),
}


@pytest.mark.parametrize("surface", UNADDRESSED.values(), ids=UNADDRESSED)
async def test_talk_in_a_group_that_is_not_for_us_is_left_alone(telegram: Telegram, surface: Surface) -> None:
    await surface(telegram, "i cannot pee")

    assert telegram.request.calls == []


async def test_a_sign_is_heard_however_much_was_written_before(telegram: Telegram) -> None:
    for _ in range(60):
        await telegram.write("ice or heat?")
    await telegram.write("i cannot pee")

    assert telegram.request.texts[-1].startswith("<b>🚨")


class TestEdits:
    async def test_an_edit_that_adds_a_graver_sign_rings(self, telegram: Telegram) -> None:
        message_id = await telegram.write("six weeks no better")
        await telegram.rewrite(message_id, "six weeks no better and I cannot pee")

        assert telegram.request.made("editMessageText") == []
        assert telegram.request.texts[-1].startswith("<b>🚨")

    async def test_an_alarm_is_never_edited_away(self, telegram: Telegram) -> None:
        message_id = await telegram.write("I cannot pee, ice or heat?")
        await telegram.rewrite(message_id, "ice or heat?")

        assert telegram.request.made("editMessageText") == []
        assert [text[:5] for text in telegram.request.texts] == ["<b>🚨 ", "<b>Ic"]

    async def test_an_edit_that_leaves_the_sign_changes_the_message_in_place(self, telegram: Telegram) -> None:
        message_id = await telegram.write("I cannot pee")
        await telegram.rewrite(message_id, "I cannot pee!")

        assert len(telegram.request.made("editMessageText")) == 1
        assert len(telegram.request.sent) == 1
