"""What a sentence model is asked."""

from collections.abc import Sequence

import pytest

from bot.core.meaning import LONGEST_PARTS, MOST_PARTS, Gist, Meant, listen


class Listener:
    """Stands where a sentence model would be: keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def weigh(self, texts: Sequence[str]) -> Sequence[Sequence[Meant]]:
        self.asked += texts
        return [(Meant(0.5, 1.0, 0),) for _ in texts]

    def gist(self, text: str) -> Gist | None:
        self.asked.append(text)
        return None


def sentences_asked(text: str) -> list[str]:
    listener = Listener()
    listen(listener, text)
    return [asked for asked in listener.asked if asked != text]


def test_a_message_of_one_sentence_is_asked_as_a_whole() -> None:
    assert sentences_asked("ice or heat?") == []


def test_each_sentence_is_asked_once() -> None:
    assert sentences_asked("It hurts. Ice or heat? It hurts.") == ["It hurts", "Ice or heat"]


def test_of_many_sentences_the_last_are_asked() -> None:
    text = " ".join(f"Number {number}." for number in range(20))

    assert sentences_asked(text) == [f"Number {number}" for number in range(20 - MOST_PARTS, 20)]


def test_of_long_sentences_the_last_that_are_short_enough_together_are_asked() -> None:
    asked = sentences_asked(". ".join(f"{number}{' and so on' * 18}" for number in range(8)))

    assert [text[0] for text in asked] == ["6", "7"]
    assert sum(map(len, asked)) <= LONGEST_PARTS


def test_the_odds_of_kinds_are_those_of_all_whose_names_begin_so() -> None:
    gist = Gist({"signs/a/urgent": 0.2, "signs/b/soon": 0.3, "harmless/denied": 0.5})

    assert gist.odds("signs/") == pytest.approx(0)
    assert gist.odds("signs/a/") < 0 < gist.odds("")


def test_odds_are_never_endless() -> None:
    gist = Gist({"signs/a/urgent": 1.0, "harmless/denied": 0.0})

    assert 9 < gist.odds("signs/") < 10
    assert -10 < gist.odds("harmless/") < -9
