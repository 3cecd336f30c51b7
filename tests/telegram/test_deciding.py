"""Each stage broken in turn, and each made to hang: the person is told where to get help all the same."""

import threading
from collections.abc import Callable, Iterator

import pytest

from bot.core.answering import Assistant
from bot.core.model import Knowledge
from bot.core.rendering import Renderer
from bot.core.reply import LAST_RESORT, LAST_RESORT_ALARM
from bot.store.kept import Kept
from bot.telegram.deciding import Decider
from tests.telegram.conftest import GROUP, Telegram

Stage = tuple[str, str]
STAGES: tuple[Stage, ...] = (
    ("_vocabulary", "read"),
    ("_red_flags", "find"),
    ("_languages", "find"),
    ("_guards", "find"),
    ("_chooser", "choose"),
)
ERROR, ALARM = "Text error.", "<b>🚨 Get help now.</b>"


@pytest.fixture
def broken() -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("my secret sorrow")

    return fail


@pytest.fixture
def hanging(telegram: Telegram) -> Iterator[Callable[..., None]]:
    """What waits until the test is over; deciding is cut after a moment."""
    telegram.handlers._decider._deadline_seconds = 0.05
    over = threading.Event()

    def hang(*_: object, **__: object) -> None:
        over.wait(10)

    yield hang
    over.set()


def break_stage(monkeypatch: pytest.MonkeyPatch, assistant: Assistant, stage: Stage, by: Callable[..., None]) -> None:
    owner, method = stage
    monkeypatch.setattr(getattr(assistant, owner), method, by)


@pytest.mark.parametrize("stage", STAGES, ids=".".join)
class TestAStage:
    async def test_that_fails_says_where_to_get_help(
        self,
        telegram: Telegram,
        assistant: Assistant,
        knowledge: Knowledge,
        stage: Stage,
        broken: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        break_stage(monkeypatch, assistant, stage, broken)

        await telegram.write("ice or heat?")

        (text,) = telegram.request.texts
        assert text.startswith(ERROR)
        assert text.endswith(f"<i>{knowledge.texts.disclaimer_short}</i>")
        assert "RuntimeError" in caplog.text
        assert "sorrow" not in caplog.text

    @pytest.mark.parametrize("words", ["/help nonsense", "/start nonsense", "/dance", "/country nonsense"])
    async def test_that_fails_behind_a_command_says_so_too(
        self,
        telegram: Telegram,
        assistant: Assistant,
        stage: Stage,
        words: str,
        broken: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        break_stage(monkeypatch, assistant, stage, broken)

        await telegram.write(words)

        assert telegram.request.texts[0].startswith(ERROR)

    async def test_that_hangs_is_cut(
        self,
        telegram: Telegram,
        assistant: Assistant,
        stage: Stage,
        hanging: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        break_stage(monkeypatch, assistant, stage, hanging)

        await telegram.write("@back_bot ice or heat?", GROUP)

        assert telegram.request.texts[0].startswith(ERROR)

    async def test_that_fails_while_a_check_is_open_is_an_emergency(
        self,
        telegram: Telegram,
        assistant: Assistant,
        stage: Stage,
        broken: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await telegram.write("my bladder feels odd")
        break_stage(monkeypatch, assistant, stage, broken)

        await telegram.write("dunno")

        assert telegram.request.texts[-1].startswith(ALARM)


@pytest.mark.parametrize("stage", STAGES[2:], ids=".".join)
async def test_a_red_flag_is_told_though_a_later_stage_fails(
    telegram: Telegram,
    assistant: Assistant,
    stage: Stage,
    broken: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_stage(monkeypatch, assistant, stage, broken)

    await telegram.write("i cannot pee")

    assert telegram.request.texts[0].startswith(ALARM)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("fever. ice or heat?", "<b>⚠️ See a doctor today.</b>"),
        ("my bladder feels odd", "Text checking."),
        ("how many tablets", "I can't give doses."),
        ("i want to die", "Please talk to someone now."),
        ("i cannot pee", ALARM),
    ],
)
async def test_signs_and_limits_are_told_though_the_search_hangs(
    telegram: Telegram,
    assistant: Assistant,
    question: str,
    begins: str,
    hanging: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_stage(monkeypatch, assistant, ("_chooser", "choose"), hanging)

    await telegram.write(question)

    assert telegram.request.texts[0].startswith(begins)


async def test_a_check_that_hangs_is_an_emergency(
    telegram: Telegram, assistant: Assistant, hanging: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await telegram.write("my bladder feels odd")
    break_stage(monkeypatch, assistant, ("_vocabulary", "read"), hanging)

    await telegram.write("yes")

    assert telegram.request.texts[-1].startswith(ALARM)


async def test_one_that_hangs_holds_up_no_other(
    telegram: Telegram, assistant: Assistant, hanging: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        break_stage(patch, assistant, ("_chooser", "choose"), hanging)
        for _ in range(20):
            await telegram.write("ice or heat?")
    await telegram.write("ice or heat?")

    assert telegram.request.texts[-1].startswith("<b>Ice or heat?</b>")


class TestRenderingThatFails:
    @pytest.mark.parametrize(
        ("question", "reply"),
        [("ice or heat?", LAST_RESORT), ("i cannot pee", LAST_RESORT_ALARM), ("took whole packet", LAST_RESORT_ALARM)],
    )
    async def test_sends_a_constant_message(
        self,
        telegram: Telegram,
        question: str,
        reply: object,
        broken: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(Renderer, "answer", broken)

        await telegram.write(question)

        assert telegram.request.texts == [getattr(reply, "html", "")]
        assert "sorrow" not in caplog.text

    @pytest.mark.parametrize("words", ["/start", "/help", "/topics", "/ice", "/country", "/ask", "/dance"])
    async def test_does_so_for_fixed_messages_too(
        self, telegram: Telegram, words: str, broken: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("start", "help", "topics", "country", "entry", "ask_usage", "unknown_command", "error"):
            monkeypatch.setattr(Renderer, name, broken)

        await telegram.write(words)

        (text,) = telegram.request.texts
        assert text.startswith(ERROR)

    @pytest.mark.parametrize(
        ("data", "begins"),
        [("1:topics:", ERROR), ("1:entry:heat", ERROR), ("1:group:relief", ERROR), ("1:yes:", LAST_RESORT.html)],
    )
    async def test_does_so_for_buttons_too(
        self, telegram: Telegram, data: str, begins: str, broken: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("topics", "entry", "group", "answer", "error"):
            monkeypatch.setattr(Renderer, name, broken)

        await telegram.press(data)

        (text,) = telegram.request.texts
        assert text.startswith(begins)


@pytest.mark.parametrize(("data", "begins"), [("1:no:cannot-pee", ALARM), ("1:yes:", ERROR)])
async def test_a_press_that_fails_is_answered(
    telegram: Telegram, data: str, begins: str, broken: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assistant, "after_check", broken)

    await telegram.press(data)

    assert telegram.request.texts[-1].startswith(begins)


async def test_an_error_of_the_core_itself_is_raised_to_nobody(
    assistant: Assistant, renderer: Renderer, broken: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.core.model import Question

    monkeypatch.setattr(Assistant, "answer", broken)

    answer = await Decider(assistant, renderer, Kept(None, "1:x").countries).decide(Question("ice or heat?"))

    assert answer.name == "unknown"
