"""What the words of a message speak for, by messages that people wrote: naive Bayes.

Each word, each pair of neighbours, and each pair of telling words that stand close together speaks for a group of
messages or against it, by how often its messages use it and by how often all others do. Counted at start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.core.model import Grammar
from bot.core.vocabulary import Sentences, Token, Vocabulary

CLOSE = 4  # telling words from one to another that still make a pair; 2 and 6 do nearly as well
MOST = 2.5  # weight of one feature, for or against, so that no single one decides
SMOOTHING = 1.0  # messages more that are taken to use each feature, shared out by the sizes of the groups
FEWEST = 4  # features that a shorter message counts as, so that a single word weighs half


@dataclass(frozen=True, slots=True)
class Usage:
    """What some messages use."""

    messages: int = 0
    counts: Counter[str] = field(default_factory=Counter)  # feature -> in how many of them


def together(usages: Iterable[Usage]) -> Usage:
    """What the messages of several groups use."""
    counts: Counter[str] = Counter()
    messages = 0
    for usage in usages:
        counts.update(usage.counts)
        messages += usage.messages
    return Usage(messages, counts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much the words of a message speak for a group."""

    group: str
    weight: float  # about -2 to 5; 0 is no evidence either way


class Reader:
    """Finds the features of texts.

    Args:
        grammar: of its small words those that deny are telling too.
    """

    def __init__(self, vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._vocabulary = vocabulary
        self._small_words = grammar.small_words - grammar.negations

    def count(self, texts: Iterable[str]) -> Usage:
        """What some messages use."""
        counts: Counter[str] = Counter()
        number = 0
        for text in texts:
            counts.update(set().union(*map(self.features, self._vocabulary.read(text, mends=False))))
            number += 1
        return Usage(number, counts)

    def features(self, sentence: Sequence[Token]) -> list[str]:
        """The words of a sentence, its pairs of neighbours, and those of telling words that stand close together."""
        words = [token.text for token in sentence if token.text != ","]
        telling = [word for word in words if word not in self._small_words]
        features = [*words, *(f"{one} {other}" for one, other in pairwise(words))]
        features += [
            f"{one}…{other}" if one < other else f"{other}…{one}"
            for place, one in enumerate(telling)
            for other in telling[place + 1 : place + 1 + CLOSE]
        ]
        return list(dict.fromkeys(features))  # in one order, so that sums are the same to the last digit


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says: the features that some message used, of all its words first, then of each sentence."""

    places: Mapping[str, Sequence[int]]  # feature -> where it stands; all stand in the first place
    odds: Sequence[float]  # of each place, for a group that uses none of it
    roots: Sequence[float]  # of the number of features of each place


Odds = Mapping[str, float]  # feature that a group uses -> log odds that it adds to those of a group that does not


class SecondLook:
    """Weighs what messages say.

    Args:
        everything: what all messages use; a group is told from those that are not in it.
    """

    def __init__(self, everything: Usage, reader: Reader) -> None:
        self._all = everything
        self._reader = reader
        self._odds_unused = {
            count: max(-MOST, math.log(SMOOTHING / (count + SMOOTHING))) for count in {*everything.counts.values()}
        }

    def learn(self, group: Usage) -> Odds:
        """How much oftener a group uses each of its features than all other messages do."""
        total = self._all.messages
        others = total - group.messages
        if not others:
            return {}
        smoothing = SMOOTHING / total
        odds = {}
        for feature, used in group.counts.items():
            of_all = self._all.counts[feature]
            ratio = (used / group.messages + smoothing) / ((of_all - used) / others + smoothing)
            odds[feature] = max(-MOST, min(MOST, math.log(ratio))) - self._odds_unused[of_all]
        return odds

    def read(self, text: Sentences) -> Said | None:
        """What a message says; None where nothing in it was ever used."""
        counts = self._all.counts
        sentences = [[feature for feature in self._reader.features(tokens) if feature in counts] for tokens in text]
        sentences = [features for features in sentences if features]
        if not sentences:
            return None
        places: dict[str, list[int]] = {feature: [0] for features in sentences for feature in features}
        for place, features in enumerate(sentences, start=1):
            for feature in features:
                places[feature].append(place)
        odds = [0.0] * (1 + len(sentences))
        for feature, stands in places.items():
            unused = self._odds_unused[counts[feature]]
            for place in stands:
                odds[place] += unused
        numbers = [len(places), *map(len, sentences)]
        return Said(places, odds, [math.sqrt(max(number, FEWEST)) for number in numbers])


def weigh(said: Said, groups: Mapping[str, Odds]) -> list[Evidence]:
    """How much a message speaks for each of some groups, most first.

    Half of the weight is that of its most telling sentence, half that of all its words, since a sign may stand in one
    sentence of a long story, and the rest of it may explain the sign. The weight of some features is the sum of their
    log odds over the root of their number, since features of one message repeat each other.
    """
    found = [Evidence(id_, _weigh(said, odds)) for id_, odds in groups.items()]
    return sorted(found, key=lambda evidence: -evidence.weight)


def _weigh(said: Said, group: Odds) -> float:
    odds = list(said.odds)
    for feature in filter(group.__contains__, said.places):
        added = group[feature]
        for place in said.places[feature]:
            odds[place] += added
    of_whole, *of_sentences = (sum_ / root for sum_, root in zip(odds, said.roots, strict=True))
    return (of_whole + max(of_sentences)) / 2
