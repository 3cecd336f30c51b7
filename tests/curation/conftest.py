"""Edits of the small knowledge folder for tests that break it, and trials for tests that count them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.choosing import Found, NotFound, Unsure
from bot.core.matching import Match
from bot.core.model import RedFlag, Urgency
from bot.core.outcomes import Answer
from bot.curation.labelled import Labelled
from bot.curation.trials import Trial


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """Replaces a piece of one file, as a curator would by hand; the piece must be there once."""

    def edit_it(name: str, old: str, new: str) -> None:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return edit_it


@pytest.fixture
def trials() -> tuple[Trial, ...]:
    """Trials of each kind: three single questions, a follow-up, several topics, a sign, a look-alike, off-topic."""
    ice = Labelled("ice", ("ice",), style="short")
    soon, emergency = (
        RedFlag("numb", "saddle", urgency, "It can mean trouble.", ("x",))
        for urgency in (Urgency.SOON, Urgency.EMERGENCY)
    )
    saddle = Labelled("numb", (), flags=("saddle",), urgency=Urgency.URGENT)
    weather = Labelled("weather", ("refuse",), outcomes=frozenset({"unknown", "unsure"}))
    return (
        Trial(ice, Answer(Found(matches("ice")), ranked=matches("ice", "heat")), 1.0),
        Trial(ice, Answer(Unsure(("heat", "ice")), ranked=matches("heat", "ice"))),
        Trial(ice, Answer(Found(matches("yoga")), (soon,), matches("yoga", "a", "b", "ice"))),
        Trial(Labelled("and heat?", ("heat",), context=("ice",)), Answer(Found(matches("heat")), decided_by="context")),
        Trial(Labelled("both", (), all_wanted=("ice", "heat")), Answer(Found(matches("ice", "heat")))),
        Trial(saddle, Answer(NotFound(), (soon,))),
        Trial(Labelled("not numb", ("ice",), flags=()), Answer(NotFound(), (emergency,))),
        Trial(weather, Answer(NotFound(), ranked=matches("rest"))),
    )


def matches(*entry_ids: str) -> tuple[Match, ...]:
    """The first scores 90, each further one 1 less."""
    return tuple(Match(entry_id, "x", 90.0 - at, "phrasing") for at, entry_id in enumerate(entry_ids))
