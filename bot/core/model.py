"""What the bot knows and what it is asked, as plain values that cannot be built wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.core.calibration import Calibrations
from bot.core.word_vectors import WordVectors


class Urgency(StrEnum):
    """How soon a red flag needs care."""

    EMERGENCY = "emergency"  # hospital now
    URGENT = "urgent"  # a doctor today
    SOON = "soon"  # a doctor within days

    @property
    def rank(self) -> int:
        """0 for the most pressing."""
        return list(Urgency).index(self)


class Chat(StrEnum):
    """Where a question was asked."""

    PRIVATE = "private"
    GROUP = "group"  # addressed to the bot
    AMBIENT = "ambient"  # said in a group to nobody's bot


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated answer."""

    id: str
    title: str
    short: str
    answer: str
    phrasings: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: date
    review_by: date
    steps: tuple[str, ...] = ()
    stop: str = ""
    evidence: str = ""
    related: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reviewed_by: str = ""

    def __post_init__(self) -> None:
        for name in ("id", "title", "short", "answer"):
            if not getattr(self, name).strip():
                raise ValueError(f"an entry's {name} is blank: {self.id!r}")
        if not self.phrasings:
            raise ValueError(f"entry {self.id!r} has no phrasings")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that stand together in the topic list."""

    id: str
    title: str
    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that needs medical care, in the words people use for it."""

    id: str
    flag: str  # the entry that tells more; several signs may share one
    urgency: Urgency
    means: str
    phrasings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    action: str = ""
    ever: bool = False  # counts though it is long past: cancer does, chest pain does not
    check: str = ""  # what to ask then, where it is not the usual question; a yes must mean that all is well
    combines: tuple[str, ...] = ()  # concepts that mean it where a sentence holds them: "<numb> + <privates>"
    together: tuple[str, ...] = ()  # concepts and other signs that mean it when a message holds them all
    unless: tuple[str, ...] = ()  # concepts that explain it away: a diet explains weight loss
    unclear: tuple[str, ...] = ()  # phrasings and combinations that may mean it, or something harmless: a suspicion
    is_heard: bool = False  # of a sign found in a message: nothing listed means it, the words only sound like it


def most_urgent(red_flags: Sequence[RedFlag]) -> Urgency:
    """The most pressing urgency of at least one red flag."""
    return min((red_flag.urgency for red_flag in red_flags), key=lambda urgency: urgency.rank)


class GuardOutcome(StrEnum):
    """What a guard's reply is: docs/ask.md has the contract of `ask`."""

    REFERRED = "referred"
    CRISIS = "crisis"
    GREETED = "greeted"
    UNKNOWN = "unknown"  # what no entry will ever answer: other rules, other roles
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Combination:
    """Concepts that stand together in a sentence: how much, and a medicine."""

    concepts: tuple[str, ...]
    in_order: bool = False  # and closer together

    def __post_init__(self) -> None:
        if not self.concepts:
            raise ValueError("a combination names no concept")


@dataclass(frozen=True, slots=True)
class Concepts:
    """What combinations are made of."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # concept -> words and runs of words for it
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # how words are read -> as typed: "cant"
    sayings: tuple[str, ...] = ()  # runs of words that mean none of what they say: "dying to know"

    @property
    def texts(self) -> tuple[str, ...]:
        """Every word and run of words in it."""
        lines = (*self.words.values(), *self.spellings.values(), tuple(self.spellings), self.sayings)
        return tuple(text for texts in lines for text in texts)


@dataclass(frozen=True, slots=True)
class Guard:
    """Something the bot must not do, or need not search for, and what it says instead."""

    id: str
    outcome: GuardOutcome
    reply: str
    combines: tuple[Combination, ...] = ()
    alone: tuple[Combination, ...] = ()  # fit only where they are all that is said
    unless: tuple[Combination, ...] = ()  # what makes it an ordinary sentence after all
    entries: tuple[str, ...] = ()  # offered as buttons
    shows: str = ""  # id of an entry that stands below the reply
    answers: bool = False  # whether an entry that fits the message stands below the reply
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A language the bot does not answer in: how it is known, what is heard in it, and what is said in it."""

    code: str  # ISO 639-1
    name: str
    reply: str
    alarm: str  # above the English alarm
    crisis: str  # above the English crisis reply
    words: tuple[str, ...]  # frequent ones, none that English has
    letters: str = ""  # that only it uses
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a line that ends in * is open


@dataclass(frozen=True, slots=True)
class Languages:
    """All other languages, and what is an emergency in any of them."""

    known: Mapping[str, Language] = field(default_factory=dict)  # by code
    signs: Mapping[str, tuple[Combination, ...]] = field(default_factory=dict)  # by the entry that tells more
    crisis: tuple[Combination, ...] = ()
    unless: tuple[Combination, ...] = ()  # what denies a sign


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    key: str
    title: str
    organisation: str
    date: str
    status: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """The number to call in one country."""

    country_code: str
    country: str
    number: str
    names: tuple[str, ...] = ()  # what people call the country beside `country` and its code
    common: bool = False  # among the buttons of /country
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything the bot says that is no entry, by name; one field a text of texts.yaml."""

    disclaimer_short: str
    disclaimer_long: str
    alarm_emergency: str
    alarm_urgent: str
    alarm_soon: str
    alarm_heard: str
    start: str
    help: str
    about: str
    privacy: str
    topics: str
    unsure: str
    unknown: str
    empty: str
    not_text: str
    unknown_command: str
    error: str
    evidence_heading: str
    steps_heading: str
    stop_heading: str
    sources_heading: str
    reviewed_heading: str
    button_topics: str
    button_back: str
    button_more: str
    description: str
    short_description: str
    command_ice: str
    command_heat: str
    command_iceheat: str
    command_warning: str
    command_topics: str
    command_ask: str
    command_help: str
    command_about: str
    command_privacy: str
    command_start: str
    ask_usage: str
    checking: str
    button_yes: str
    button_no: str
    button_copy: str
    button_no_country: str
    number_known: str
    number_unknown: str
    country: str
    country_chosen: str
    country_none: str
    country_unknown: str
    country_in_group: str
    command_country: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of a language, as stems, by what they do to a sentence."""

    small_words: frozenset[str] = frozenset()
    small_unless_denied: frozenset[str] = frozenset()  # a part of the small words
    negations: frozenset[str] = frozenset()
    denial_ends: frozenset[str] = frozenset()
    denial_ends_at_a_start: frozenset[str] = frozenset()
    stating_verbs: frozenset[str] = frozenset()
    never_shortened: frozenset[str] = frozenset()  # as typed
    question_openers: frozenset[str] = frozenset()  # as typed
    own_trouble: frozenset[str] = frozenset()  # as typed: they make a question somebody's own
    long_ago: frozenset[tuple[str, ...]] = frozenset()  # as typed: times, of one or several words
    still_there: frozenset[str] = frozenset()  # as typed: they say that something is not over
    yes: frozenset[tuple[str, ...]] = frozenset()  # as typed: they answer a checking question with a yes
    beside_yes: frozenset[tuple[str, ...]] = frozenset()  # as typed: they leave a yes as clear as it was
    can_pee: frozenset[str] = frozenset()  # as typed: one half of what is asked
    can_feel: frozenset[str] = frozenset()  # as typed: the other half
    no_denials: frozenset[tuple[str, ...]] = frozenset()  # stems: begin with a negation and deny nothing, "not only"
    joins: frozenset[str] = frozenset()  # as typed: between two things asked in one message
    joints: frozenset[str] = frozenset()  # as typed, as all below: begin a new part of a sentence
    breaks: frozenset[str] = frozenset()  # words over which nothing belongs together: "but"
    speakers: frozenset[str] = frozenset()  # begin a new part where no comma stands: "i"
    binders: frozenset[str] = frozenset()  # words behind which they do not: "that i"
    subjects: frozenset[str] = frozenset()  # make a part a statement of its own
    persons: frozenset[str] = frozenset()  # other people
    near_now: frozenset[str] = frozenset()  # make another person's trouble, or one that has gone, count
    own_words: frozenset[str] = frozenset()  # whose trouble it is: one's own
    own_back: frozenset[tuple[str, ...]] = frozenset()  # phrases that say whose back it is: one's own
    own_now: frozenset[str] = frozenset()  # make a question about a subject somebody's own after all
    about_a_subject: frozenset[tuple[str, ...]] = frozenset()  # phrases of questions in general: "why do doctors"
    resolved: frozenset[tuple[str, ...]] = frozenset()  # phrases that say that something is over
    all_clear: frozenset[tuple[str, ...]] = frozenset()  # phrases that say that all before was looked at
    well: frozenset[str] = frozenset()  # say that something is as it should be
    before_now: frozenset[str] = frozenset()  # say that it was so, and is so no more
    complaint: frozenset[str] = frozenset()  # what somebody complains of: "back"
    determiners: frozenset[str] = frozenset()  # stems: make no difference inside a way to say a concept
    fillers: frozenset[str] = frozenset()  # stems: may stand between the words of a way to say a concept

    @property
    def plain_words(self) -> frozenset[str]:
        """Words that are never taken for misspellings of others."""
        return self.small_words | self.negations | self.well | self.persons


@dataclass(frozen=True, slots=True)
class Messages:
    """What people wrote, by what it holds. Nobody is shown it; the bot learns how such messages sound."""

    signs: Mapping[tuple[str, Urgency], tuple[str, ...]] = field(default_factory=dict)  # flag and urgency -> messages
    guards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # guard id -> messages
    harmless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what they look like -> messages


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that was loaded for one language, whole and checked."""

    language: str
    groups: tuple[Group, ...]
    entries: Mapping[str, Entry]
    red_flags: tuple[RedFlag, ...]
    guards: tuple[Guard, ...]
    texts: Texts
    vocabulary: Mapping[str, str]  # term -> field word, both as typed
    grammar: Grammar
    sources: Mapping[str, Source]
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # subject -> how people ask for it
    messages: Messages = field(default_factory=Messages)
    calibrations: Calibrations = field(default_factory=Calibrations)
    numbers: Mapping[str, EmergencyNumber] = field(default_factory=dict)
    concepts: Concepts = field(default_factory=Concepts)  # of the guards
    languages: Languages = field(default_factory=Languages)  # that the bot does not answer in
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # concepts of the signs: ways to say each
    common_words: frozenset[str] = frozenset()  # of the language, in lower case: no misspellings of others
    word_vectors: WordVectors = field(default_factory=WordVectors)  # of the language; none where they do not count


@dataclass(frozen=True, slots=True)
class Check:
    """A checking question that was asked: what was suspected, and what would have been said. Ids, no words."""

    signs: tuple[str, ...]
    entries: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before in a chat. Ids, no words."""

    before: tuple[str, ...] = ()  # entries answered just before, best first
    checked: bool = False  # a checking question was asked; there is at most one
    check: Check | None = None  # the checking question that still waits for its answer


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, and what the bot needs to know to answer it."""

    text: str  # as typed; may hold no word at all
    before: tuple[str, ...] = ()  # ids of the entries answered just before in this chat, best first
    chat: Chat = Chat.PRIVATE
    checked: bool = False  # in this conversation a checking question was asked: not again
    check: Check | None = None  # this text is the answer to that checking question
