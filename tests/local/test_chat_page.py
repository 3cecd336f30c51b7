"""The chat page as a person meets it: in a browser, with the real bot and its knowledge behind it."""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

from bot.core.answering import Assistant
from bot.core.model import Knowledge, RedFlag
from bot.core.red_flags import Signs
from bot.local.chatting import chat_here

pytestmark = pytest.mark.browser

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
MOST_SECONDS = 30  # against hanging
ENTRY = "ice-vs-heat"  # what "ice or heat?" asks for
PHONE = {"width": 360, "height": 740}

OpenPage = Callable[..., Page]


class Messenger:
    """The page as a person uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_role("textbox", name="Your message")
        self.mine = page.locator(".message.mine")
        self.answers = page.locator(".message:not(.mine)")

    def ask(self, question: str) -> Locator:
        """Type a question; the bot's answer to it."""
        before = self.answers.count()
        self.field.fill(question)
        self.field.press("Enter")
        expect(self.answers).to_have_count(before + 1)
        return self.answers.last


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("THE CHAT PAGE WAS NOT TRIED: no chromium on this machine; Debian has it as `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def assistant(real_assistant: Assistant) -> Assistant:
    return real_assistant


@pytest.fixture
def knowledge(assistant: Assistant) -> Knowledge:
    """The real one, as the person sees it; what it should say is read from it, so that curators are free to edit."""
    return assistant.knowledge


@contextmanager
def live_bot(assistant: Assistant, port: int = 0) -> Iterator[str]:
    """The bot and its page, running beside the test as `make run` starts them, with a new chat; their address."""
    ready: Queue[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Queue()

    async def live() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        await chat_here(assistant, port, "", stop, lambda address: ready.put((address, loop, stop)))

    running = threading.Thread(target=asyncio.run, args=(live(),))
    running.start()
    address, loop, stop = ready.get(timeout=MOST_SECONDS)
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(stop.set)
        running.join(timeout=MOST_SECONDS)
    assert not running.is_alive()


@pytest.fixture
def address(assistant: Assistant) -> Iterator[str]:
    with live_bot(assistant) as address:
        yield address


def is_complaint(line: ConsoleMessage) -> bool:
    """Whether something went wrong in the page; a refusal or a stop of the server is shown to the person."""
    return line.type == "error" and not line.text.startswith("Failed to load resource")


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens the chat in a window of its own; what the page complains about fails the test."""
    with windows(browser) as open_window:
        yield lambda **look: open_window(address, **look)


@contextmanager
def windows(browser: Browser) -> Iterator[OpenPage]:
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_window(address: str, *, width: int = 800, height: int = 800, dark: bool = False, scale: float = 1) -> Page:
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                device_scale_factor=scale,
            )
        )
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if is_complaint(line) else None)
        page.goto(address)
        expect(page.get_by_role("button", name="Start")).to_be_visible()
        return page

    try:
        yield open_window
    finally:
        for context in contexts:
            context.close()
    assert complaints == []


@pytest.fixture
def chat(open_page: OpenPage) -> Messenger:
    return Messenger(open_page())


def test_the_field_is_ready_to_type_in(chat: Messenger) -> None:
    expect(chat.field).to_be_focused()


def test_a_new_chat_says_what_the_bot_is_and_starts_it(chat: Messenger, knowledge: Knowledge) -> None:
    expect(chat.page.locator("#welcome")).to_contain_text(knowledge.texts.description)

    chat.page.get_by_role("button", name="Start").click()

    expect(chat.answers).to_contain_text(knowledge.texts.disclaimer_long)
    expect(chat.page.locator("#welcome")).to_be_hidden()


def test_a_question_is_answered_with_the_disclaimer(chat: Messenger, knowledge: Knowledge) -> None:
    answer = chat.ask("ice or heat?")

    expect(chat.mine).to_contain_text("ice or heat?")
    expect(answer.locator("b").first).to_have_text(knowledge.entries[ENTRY].title)
    expect(answer.locator("i").last).to_have_text(knowledge.texts.disclaimer_short)


def test_the_send_button_sends(chat: Messenger) -> None:
    chat.field.fill("ice or heat?")

    chat.page.get_by_role("button", name="Send").click()

    expect(chat.answers).to_have_count(1)
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()


def test_shift_and_enter_begin_a_new_line(chat: Messenger) -> None:
    chat.field.press_sequentially("my back hurts")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("ice or heat?")

    expect(chat.field).to_have_value("my back hurts\nice or heat?")
    expect(chat.mine).to_have_count(0)


def test_a_button_opens_a_related_entry(chat: Messenger, knowledge: Knowledge) -> None:
    related = knowledge.entries[knowledge.entries[ENTRY].related[1]]

    chat.ask("ice or heat?").get_by_role("button", name=related.title, exact=True).click()

    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last.locator("b").first).to_have_text(related.title)
    expect(chat.page.locator(".waiting")).to_have_count(0)


def test_topics_open_in_place(chat: Messenger, knowledge: Knowledge) -> None:
    group = knowledge.groups[0]
    topics = chat.ask("/topics")

    topics.get_by_role("button", name=group.title, exact=True).click()

    title = knowledge.entries[group.entry_ids[0]].title
    expect(topics.get_by_role("button", name=title, exact=True)).to_be_visible()
    expect(chat.answers).to_have_count(1)


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_a_folded_quote_opens_and_closes(chat: Messenger, how: str) -> None:
    quote = chat.ask("ice or heat?").locator("blockquote")
    folded = quote.evaluate("quote => quote.clientHeight")

    toggle(quote, how)

    expect(quote).to_have_attribute("aria-expanded", "true")
    assert quote.evaluate("quote => quote.clientHeight") > folded

    toggle(quote, how)

    expect(quote).to_have_attribute("aria-expanded", "false")
    assert quote.evaluate("quote => quote.clientHeight") == folded


def toggle(quote: Locator, how: str) -> None:
    if how == "click":
        quote.click()
    else:
        quote.press(how)


def test_an_emergency_comes_first_and_without_self_care(chat: Messenger, knowledge: Knowledge) -> None:
    answer = chat.ask("i cant pee since my back went")

    alarm = knowledge.texts.alarm_emergency.split("\n\n")[0]
    assert answer.inner_text().strip().startswith(f"🚨 {alarm}")
    expect(answer.locator("i").last).to_have_text(knowledge.texts.disclaimer_short)
    expect(answer.locator("b")).to_have_count(1)  # no title of an entry
    expect(answer.locator("blockquote, .keyboard")).to_have_count(0)
    expect(answer).not_to_contain_text(knowledge.texts.steps_heading)


def test_the_number_of_the_chosen_country_can_be_copied(chat: Messenger) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.ask("/country").get_by_role("button", name="United Kingdom").click()
    expect(chat.answers).to_have_count(2)

    answer = chat.ask("i cant pee since my back went")
    answer.get_by_role("button", name="Copy 999").click()

    expect(chat.page.locator("#notice")).to_have_text("Copied")
    assert chat.page.evaluate("navigator.clipboard.readText()") == "999"


@pytest.fixture
def suspected(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> RedFlag:
    """A sign that every message is taken to mean."""
    sign = next(sign for sign in assistant.knowledge.red_flags if sign.id == "cannot-pee")
    monkeypatch.setattr(assistant._red_flags, "find", lambda *_, **__: Signs(suspected=(sign,)))
    return sign


def test_the_checking_question_is_answered_by_a_button(
    chat: Messenger, knowledge: Knowledge, suspected: RedFlag
) -> None:
    chat.ask("ice or heat?")
    question = chat.answers.first
    expect(question.get_by_role("button")).to_have_text([knowledge.texts.button_yes, knowledge.texts.button_no])

    question.get_by_role("button", name=knowledge.texts.button_no).click()
    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last).to_contain_text(suspected.means)

    question.get_by_role("button", name=knowledge.texts.button_yes).click()
    expect(chat.answers).to_have_count(3)
    expect(chat.answers.last).to_contain_text(knowledge.entries[ENTRY].short)


def test_an_edited_question_changes_its_answer_in_place(chat: Messenger, knowledge: Knowledge) -> None:
    answer = chat.ask("ice or heat?")
    chat.mine.locator(".bubble").dblclick()
    expect(chat.field).to_have_value("ice or heat?")

    chat.field.fill("how to use ice")
    chat.field.press("Enter")

    expect(answer.locator("b").first).to_have_text(knowledge.entries["ice"].title)
    expect(answer.locator("i").last).to_have_text(knowledge.texts.disclaimer_short)
    expect(chat.mine).to_contain_text("how to use ice")
    expect(chat.mine.locator("time")).to_contain_text("edited")
    expect(chat.answers).to_have_count(1)


def test_the_newest_question_is_edited_without_a_mouse(chat: Messenger) -> None:
    chat.ask("ice or heat?")

    chat.field.press("ArrowUp")

    expect(chat.page.get_by_text("Editing your message")).to_be_visible()
    expect(chat.field).to_have_value("ice or heat?")

    chat.field.press("Escape")

    expect(chat.page.get_by_text("Editing your message")).to_be_hidden()
    expect(chat.field).to_have_value("")


def test_the_command_menu_opens_and_sends(chat: Messenger) -> None:
    opener = chat.page.get_by_role("button", name="Commands")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")

    chat.page.get_by_role("button", name="/warning").click()

    expect(chat.mine).to_contain_text("/warning")
    expect(chat.answers).to_have_count(1)
    expect(chat.page.locator("#menu")).to_be_hidden()


@pytest.mark.parametrize("how", ["Escape", "a click elsewhere"])
def test_the_command_menu_closes(chat: Messenger, how: str) -> None:
    chat.page.get_by_role("button", name="Commands").click()
    expect(chat.page.locator("#menu")).to_be_visible()

    if how == "Escape":
        chat.page.keyboard.press("Escape")
    else:
        chat.page.get_by_role("heading").click()

    expect(chat.page.locator("#menu")).to_be_hidden()
    expect(chat.page.get_by_role("button", name="Commands")).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_wider_than_a_phone(open_page: OpenPage, dark: bool) -> None:  # noqa: FBT001  a case of the table
    chat = Messenger(open_page(**PHONE, dark=dark))
    chat.ask("ice or heat?")
    chat.ask("/topics")
    chat.ask("/help")
    chat.ask("W" * 200)
    chat.page.get_by_role("button", name="Commands").click()

    wide = chat.page.evaluate(
        "() => [...document.querySelectorAll('*')]"
        ".filter((one) => one.getBoundingClientRect().right > innerWidth || one.scrollWidth > one.clientWidth + 1)"
        ".filter((one) => getComputedStyle(one).display !== 'inline')"
        ".map((one) => one.outerHTML)"
    )

    assert wide == []


def test_buttons_are_big_enough_for_a_thumb(open_page: OpenPage) -> None:
    chat = Messenger(open_page(**PHONE))
    chat.ask("ice or heat?")
    chat.page.get_by_role("button", name="Commands").click()

    boxes = [button.bounding_box() for button in chat.page.get_by_role("button").all() if button.is_visible()]

    assert len(boxes) > 10
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(open_page: OpenPage, dark: bool) -> None:  # noqa: FBT001  a case of the table
    chat = Messenger(open_page(dark=dark))
    chat.ask("ice or heat?")
    contrasts: dict[str, float] = {}
    for name, selector, ground in [
        ("answer", ".message:not(.mine) .text", ".message:not(.mine) .bubble"),
        ("time", ".message:not(.mine) time", ".message:not(.mine) .bubble"),
        ("question", ".mine .text", ".mine .bubble"),
        ("time of a question", ".mine time", ".mine .bubble"),
        ("state", "#state", "header"),
        ("field", "#text", "#text"),
        ("send", "#send", "#send"),
    ]:
        colours = [
            chat.page.locator(one).first.evaluate("one => getComputedStyle(one)." + what)
            for one, what in ((selector, "color"), (ground, "backgroundColor"))
        ]
        contrasts[name] = contrast(*colours)

    assert {name: value for name, value in contrasts.items() if value < 4.5} == {}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, from 1 to 21; 4.5 is its floor for text."""

    def luminance(colour: str) -> float:
        channels = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_dark_mode_is_dark(open_page: OpenPage) -> None:
    def ground(*, dark: bool) -> str:
        page = open_page(dark=dark)
        return str(page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"))

    assert contrast(ground(dark=True), "rgb(0, 0, 0)") < 2 < contrast(ground(dark=False), "rgb(0, 0, 0)")


def test_nothing_is_asked_of_another_host(open_page: OpenPage, address: str) -> None:
    page = open_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.reload()

    chat = Messenger(page)
    chat.ask("ice or heat?").locator(".keyboard button").first.click()
    expect(chat.answers).to_have_count(2)

    assert hosts - {""} == {urlsplit(address).netloc}


@pytest.mark.parametrize(
    "typed",
    [
        "<b>x</b>",
        "<img src=x onerror=document.title='gone'>",
        "<script>document.title='gone'</script>",
        "&lt;b&gt; & <",
        "*x* _y_ [z](javascript:1)",
        "\u202eabc 👩‍🦽",
    ],
    ids=["bold", "picture", "script", "references", "Markdown", "right to left"],
)
def test_what_is_typed_is_shown_as_typed(chat: Messenger, typed: str) -> None:
    title = chat.page.title()

    chat.ask(typed)

    assert chat.mine.locator(".text").text_content() == typed
    expect(chat.mine.locator(".text *")).to_have_count(0)
    assert chat.page.title() == title


def test_a_page_that_is_opened_again_shows_the_chat(chat: Messenger) -> None:
    chat.ask("ice or heat?")

    chat.page.reload()

    expect(chat.mine).to_have_count(1)
    expect(chat.answers).to_have_count(1)


def test_an_open_page_follows_a_bot_that_is_started_again(browser: Browser, assistant: Assistant) -> None:
    with windows(browser) as open_window:
        with live_bot(assistant) as address:
            chat = Messenger(open_window(address))
            chat.ask("ice or heat?")

        expect(chat.page.get_by_role("status").first).to_contain_text("make run")

        with live_bot(assistant, urlsplit(address).port or 0):
            expect(chat.mine).to_have_count(0)
            chat.ask("what helps a spasm")


def test_what_could_not_be_sent_stays_in_the_field(chat: Messenger) -> None:
    chat.field.fill("ice or heat?")
    chat.field.evaluate("field => { field.value = 'a'.repeat(5000) }")  # more than a person can type

    chat.field.press("Enter")

    expect(chat.page.locator("#notice")).to_contain_text("4096")
    assert len(chat.field.input_value()) == 5000


@pytest.mark.skipif("SCREENSHOT" not in os.environ, reason="SCREENSHOT names no file to write")
def test_screenshot(open_page: OpenPage) -> None:
    file = Path(os.environ["SCREENSHOT"])
    page = open_page(width=400, height=860, scale=2)
    answer = Messenger(page).ask("shud i ice it or heet")
    page.emulate_media(reduced_motion="reduce")
    answer.evaluate("answer => answer.scrollIntoView({ block: 'start', behavior: 'instant' })")

    page.screenshot(path=file)

    assert file.stat().st_size > 10_000
