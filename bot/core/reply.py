"""One message, ready to send: never without its disclaimer, never longer than Telegram takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

LONGEST_MESSAGE = 4096  # UTF-16 units shown; Bot API, sendMessage; a test holds it to telegram.constants
BETWEEN_BLOCKS = "\n\n"


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it.

    >>> utf16_units("ice"), utf16_units("🧊")
    (3, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """The notice under every message the bot sends. Never blank."""

    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("the disclaimer is blank")


class Style(StrEnum):
    """How a block of a message is shown."""

    PLAIN = "plain"
    BOLD = "bold"
    FOLDED = "folded"  # a quote that opens when tapped


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a folded part; plain text, escaped only when it is shown."""

    text: str
    style: Style = Style.PLAIN

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a block is blank")

    @property
    def html(self) -> str:
        """The block in Telegram's HTML."""
        text = escape(self.text, quote=False)
        match self.style:
            case Style.PLAIN:
                return text
            case Style.BOLD:
                return f"<b>{text}</b>"
            case Style.FOLDED:
                return f"<blockquote expandable>{text}</blockquote>"


class Action(StrEnum):
    """What pressing a button does."""

    SHOW_ENTRY = "entry"
    SHOW_GROUP = "group"
    SHOW_TOPICS = "topics"
    BACK_TO_TOPICS = "back"  # the same, in place of the list it stands under
    CLEAR = "yes"  # to the checking question
    NOT_CLEAR = "no"  # to the same; the target is a sign that was suspected
    CHOOSE_COUNTRY = "country"  # a country code; none forgets the choice
    COPY = "copy"  # the target, to the clipboard; no press reaches us
    OPEN_IN_PRIVATE = "private"  # a link to the entry in the private chat; no press reaches us


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    action: Action
    target: str = ""  # an entry id, a group id, what the action says


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: what it says, the notice below it, and its buttons in rows."""

    blocks: tuple[Block, ...]
    disclaimer: Disclaimer
    buttons: tuple[tuple[Button, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("a reply says nothing")
        if (length := utf16_units(self.text)) > LONGEST_MESSAGE:
            raise ValueError(f"a reply has {length} UTF-16 units; Telegram takes {LONGEST_MESSAGE}")

    @property
    def html(self) -> str:
        """What goes out."""
        body = BETWEEN_BLOCKS.join(block.html for block in self.blocks)
        return f"{body}{BETWEEN_BLOCKS}<i>{escape(self.disclaimer.text, quote=False)}</i>"

    @property
    def text(self) -> str:
        """The same as a person reads it, without markup."""
        return BETWEEN_BLOCKS.join((*(block.text for block in self.blocks), self.disclaimer.text))


# What is said where not even the knowledge can be read; a test holds it to knowledge/en/texts.yaml.
LAST_RESORT = Reply(
    (
        Block("Sorry, something went wrong on my side and I could not answer."),
        Block(
            "If you feel very ill or scared, do not wait for me: call 112, 911, 999 or your local emergency number. "
            "Otherwise please ask again in a minute, or ask a doctor or pharmacist."
        ),
    ),
    Disclaimer(
        "General info, not medical advice. Can't pee, numb between the legs, weak legs or chest pain? "
        "Get emergency help now."
    ),
)
LAST_RESORT_ALARM = Reply(
    (
        Block("🚨 Please stop and get emergency help now.", Style.BOLD),
        Block(
            "Call 112, 911, 999 or your local emergency number (112 connects on most mobile phones), or go to the "
            "nearest emergency department. This needs to be checked in hospital now, day or night. Do not drive "
            "yourself. Do not wait to see if it passes."
        ),
        Block(
            "Tell them you have back pain, what you told me, and when it began. I am a bot and can't check you. "
            "Doctors can."
        ),
    ),
    LAST_RESORT.disclaimer,
)


def compose(
    blocks: Iterable[Block], disclaimer: Disclaimer, buttons: Sequence[Sequence[Button]] = ()
) -> tuple[Reply, ...]:
    """As few messages as hold the blocks, in order, the disclaimer in each and the buttons under the last.

    A message ends between blocks; a block too long for a message of its own is cut between its lines or words.
    """
    room = LONGEST_MESSAGE - utf16_units(disclaimer.text)
    parts: list[list[Block]] = [[]]
    used = 0
    for block in (piece for whole in blocks for piece in _pieces(whole, room)):
        length = utf16_units(block.text) + utf16_units(BETWEEN_BLOCKS)
        if parts[-1] and used + length > room:
            parts.append([])
            used = 0
        parts[-1].append(block)
        used += length
    rows = tuple(tuple(row) for row in buttons)
    last = len(parts) - 1
    return tuple(Reply(tuple(part), disclaimer, rows if at == last else ()) for at, part in enumerate(parts))


def _pieces(block: Block, room: int) -> Iterable[Block]:
    """A block as it is where it fits, else cut into blocks that do."""
    rest = block.text
    room -= utf16_units(BETWEEN_BLOCKS)
    while utf16_units(rest) > room:
        cut = _last_break(rest, room)
        yield Block(rest[:cut].rstrip(), block.style)
        rest = rest[cut:].lstrip()
    if rest.strip():
        yield Block(rest, block.style)


def _last_break(text: str, room: int) -> int:
    """How many characters of a text fit into a room of UTF-16 units, cut at a line or word end where there is one."""
    head = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    for separator in ("\n", " "):
        at = head.rfind(separator)
        if at > len(head) // 2:
            return at
    return len(head)
