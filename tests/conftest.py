"""A made-up knowledge of a few entries, so that a curator's edit breaks no unit test; another on disk."""

import shutil
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from bot.core.answering import Assistant
from bot.core.calibration import Calibration, Calibrations
from bot.core.model import (
    Combination,
    Concepts,
    EmergencyNumber,
    Entry,
    Grammar,
    Group,
    Guard,
    GuardOutcome,
    Knowledge,
    Language,
    Languages,
    RedFlag,
    Source,
    Texts,
    Urgency,
)
from bot.core.rendering import Renderer
from bot.curation.consistency import PLACES
from bot.curation.learned import find_learned
from bot.curation.loading import load_knowledge
from bot.settings import KNOWLEDGE_DIR

GRAMMAR = Grammar(
    small_words=frozenset("a an the i my is it to of and in on or should can you me what since".split()),
    negations=frozenset("no not without never dont havent".split()),
    denial_ends=frozenset("but i he she".split()),
    denial_ends_at_a_start=frozenset("my his the".split()),
    stating_verbs=frozenset("is are was cant".split()),
    never_shortened=frozenset({"legs"}),
    question_openers=frozenset("why is what".split()),
    own_trouble=frozenset("i my cant if now dad".split()),
    long_ago=frozenset({("years", "ago"), ("2014",)}),
    still_there=frozenset({"now", "since"}),
    yes=frozenset({("yes",), ("i", "can"), ("can", "pee"), ("can", "feel"), ("all", "fine"), ("normal",)}),
    beside_yes=frozenset({("all",), ("and",), ("fine",), ("there",), ("no", "problem"), ("it",)}),
    can_pee=frozenset({"pee"}),
    can_feel=frozenset({"feel"}),
)
SIGNS = (
    RedFlag(
        "cannot-pee",
        "bladder",
        Urgency.EMERGENCY,
        "Trouble with pee can mean squeezed nerves.",
        ("cannot pee", "nothing comes out when I pee"),
        unclear=("bladder feels odd",),
    ),
    RedFlag("numb-legs", "bladder", Urgency.EMERGENCY, "Numb legs need a check.", ("numb legs", "legs are numb")),
    RedFlag("fever", "infection", Urgency.URGENT, "Fever can be a sign of infection.", ("fever", "high temperature")),
    RedFlag("not-better", "doctor", Urgency.SOON, "It lasts long.", ("six weeks no better",), action="Note the dates."),
)
CONCEPTS = Concepts(
    words={
        "how-much": ("how many", "how much", "max"),
        "medicine": ("TABLET",),
        "tablets": ("tablets", "packet"),
        "wish": ("want to", "hope"),
        "die": ("die", "end my life"),
        "took": ("took", "swallowed"),
        "whole": ("whole", "all"),
        "child": ("son", "daughter"),
        "ails": ("back", "pain"),
        "lift": ("lifted",),
        "scan": ("my scan",),
        "hello": ("hello", "hi", "how are you"),
        "filler": ("bot",),
    },
    spellings={"want to": ("wanna",), "do not": ("dont",)},
    sayings=("die laughing", "do not want to die"),
)
LANGUAGES = Languages(
    known={
        "es": Language(
            "es",
            "Spanish",
            reply="Solo respondo en inglés.",
            alarm="Pida ayuda ahora.",
            crisis="Hable con alguien.",
            words=("el", "la", "espalda", "duele"),
            letters="ñ",
            concepts={
                "cannot": ("no puedo",),
                "pee": ("orinar", "hacer pis"),
                "numb": ("dormid*", "muy dormid*"),
                "legs": ("piernas",),
                "without": ("sin",),
                "wish": ("quiero",),
                "die": ("morir",),
            },
        ),
        "de": Language("de", "German", "Nur Englisch.", "Hilfe.", "Reden.", words=("der", "hat", "duele")),
    },
    signs={
        "bladder": (Combination(("cannot", "pee")),),
        "infection": (Combination(("numb", "legs")),),
    },
    crisis=(Combination(("wish", "die"), in_order=True),),
    unless=(Combination(("without", "numb"), in_order=True),),
)
GUARDS = (
    Guard("greeting", GuardOutcome.GREETED, "Hello. What would you like to know?", alone=(Combination(("hello",)),)),
    Guard(
        "child",
        GuardOutcome.REFERRED,
        "For anyone under 18, ask a doctor.",
        combines=(Combination(("child", "ails")),),
        unless=(Combination(("lift", "child")),),
        shows="doctor",
    ),
    Guard(
        "dose",
        GuardOutcome.REFERRED,
        "I can't give doses. Ask a pharmacist.",
        combines=(Combination(("how-much", "medicine")),),
        alone=(Combination(("how-much",)),),
        entries=("heat",),
    ),
    Guard(
        "results",
        GuardOutcome.REFERRED,
        "I can't read results.",
        combines=(Combination(("scan",)),),
        entries=("ice",),
        answers=True,
    ),
    Guard(
        "overdose",
        GuardOutcome.ALARM,
        "Call now and keep the packet.",
        (Combination(("took", "whole", "tablets")),),
        sources=("NHS-BACK",),
    ),
    Guard(
        "self-harm",
        GuardOutcome.CRISIS,
        "Please talk to someone now.",
        (Combination(("wish", "die"), in_order=True), Combination(("how-much", "tablets", "die"))),
    ),
)
SMALL_KNOWLEDGE = Path(__file__).parent / "small-knowledge"
CALIBRATION = Calibration(2.0, 4.2, -0.5, topic_offset=-100)  # whatever a message holds, it is one topic
VOCABULARY = {
    "pee": "pee",
    "wee": "pee",
    "pass water": "pee",
    "cant": "cannot",
    "unable to": "cannot",
    "frozen peas": "ice",
    "tablet": "tablet",
    "ibuprofen": "tablet",
}


def make_entry(entry_id: str, title: str, *phrasings: str, related: tuple[str, ...] = ()) -> Entry:
    return Entry(
        id=entry_id,
        title=title,
        short=f"The short answer on {title.lower()}.",
        answer=f"The long answer on {title.lower()}.\n\nA second\nparagraph.",
        phrasings=phrasings,
        sources=("NHS-BACK",),
        reviewed=date(2026, 11, 23),
        review_by=date(2027, 11, 23),
        steps=("First step.", "Second step."),
        stop="Stop if it burns.",
        evidence="Little proof.",
        related=related,
    )


ENTRIES = (
    make_entry("ice", "Ice", "how do I use ice", "cold pack on my back", related=("heat",)),
    make_entry("heat", "Heat", "how do I use heat", "hot water bottle", "does warmth help", related=("ice", "bladder")),
    make_entry("ice-vs-heat", "Ice or heat?", "ice or heat", "which is better, warm or cold", related=("ice", "heat")),
    make_entry("bladder", "Bladder trouble", "why does my bladder matter"),
    make_entry("infection", "Infection", "can an infection hurt my back"),
    make_entry("doctor", "When to see a doctor", "when should I see a doctor"),
)

# No test is held to the clock: the machines that run them are shared.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


@pytest.fixture
def knowledge() -> Knowledge:
    names = [field.name for field in fields(Texts)]
    texts = {name: f"Text {name}." for name in names} | {
        "disclaimer_short": "Not medical advice. Numb or can't pee? Get help now.",
        "disclaimer_long": "A long notice: not medical advice. Numb or can't pee? Get help now.",
        "alarm_emergency": "Get help now.\n\nCall {number}.",
        "alarm_urgent": "See a doctor today.\n\nCall your doctor.",
        "alarm_soon": "Book a visit.\n\nWrite it down.",
        "number_known": "{number} ({country})",
        "number_unknown": "112",
        "button_copy": "Copy {number}",
        **{name: f"Text {name}: {{number}}." for name in names if name.startswith("country_")},
    }
    return Knowledge(
        language="en",
        groups=(
            Group("relief", "Relief", ("ice", "heat", "ice-vs-heat")),
            Group("signs", "Warning signs", ("bladder", "infection", "doctor")),
        ),
        entries={entry.id: entry for entry in ENTRIES},
        red_flags=SIGNS,
        guards=GUARDS,
        concepts=CONCEPTS,
        languages=LANGUAGES,
        texts=Texts(**texts),
        vocabulary=VOCABULARY,
        grammar=GRAMMAR,
        calibrations=Calibrations(without_meaning=CALIBRATION),
        sources={"NHS-BACK": Source("NHS-BACK", "Back pain", "NHS (England)", "n.d.", "copy")},
        numbers={
            "GB": EmergencyNumber("GB", "United Kingdom", "999", names=("UK",), common=True),
            "BR": EmergencyNumber("BR", "Brazil", "192"),
        },
    )


@pytest.fixture
def assistant(knowledge: Knowledge) -> Assistant:
    return Assistant(knowledge)


@pytest.fixture
def renderer(knowledge: Knowledge) -> Renderer:
    return Renderer(knowledge)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder without a problem, one made-up text for each text the bot needs."""
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL_KNOWLEDGE, folder)
    texts = "".join(
        f"  {field.name}: {' '.join((f'Text {field.name}.', *PLACES.get(field.name, ())))}\n" for field in fields(Texts)
    )
    (folder / "en/texts.yaml").write_text(f"texts:\n{texts}", encoding="utf-8")
    return folder


@pytest.fixture
def entry_maker() -> Callable[..., Entry]:
    return make_entry


@pytest.fixture(scope="session")
def learned_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what is learned from the words of the real messages is kept, so that only the first test waits."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def real_assistant(learned_cache: Path) -> Assistant:
    """What the bot really says: the knowledge of this repository, without the sentence model."""
    knowledge = load_knowledge(KNOWLEDGE_DIR)
    return Assistant(knowledge, learned=find_learned(knowledge, KNOWLEDGE_DIR, learned_cache, has_meaning=False))
