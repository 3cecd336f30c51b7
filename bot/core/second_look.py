"""What the words of a message speak for, by messages that people wrote: naive Bayes.

Each word, each pair of neighbours, and each pair of telling words that stand close together speaks for a group of
messages or against it, by how often its messages use it and by how often all others do. Counted at start; it explains
itself word by word.
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

    def features(self, sentence: Sequence[Token]) -> set[str]:
        """The words of a sentence, its pairs of neighbours, and those of telling words that stand close together."""
        words = [token.text for token in sentence if token.text != ","]
        telling = [word for word in words if word not in self._small_words]
        features = {*words, *(f"{one} {other}" for one, other in pairwise(words))}
        features.update(
            f"{min(one, other)}…{max(one, other)}"
            for place, one in enumerate(telling)
            for other in telling[place + 1 : place + 1 + CLOSE]
        )
        return features


class SecondLook:
    """Weighs the words of messages.

    Args:
        groups: what messages may be about.
        everything: all messages, those of the groups among them; a group is told from all that are not in it.
    """

    def __init__(self, groups: Mapping[str, Usage], everything: Usage, reader: Reader) -> None:
        self._groups = {id_: usage for id_, usage in groups.items() if usage.messages}
        self._all = everything
        self._reader = reader

    def weigh(self, text: Sentences) -> list[Evidence]:
        """How much a message speaks for each group, most first; empty where nothing in it was ever used.

        Half of the weight is that of its most telling sentence, half that of all its words, since a sign may stand in
        one sentence of a long story, and the rest of it may explain the sign.
        """
        sentences = [known for sentence in text if (known := self._known(sentence))]
        if not sentences:
            return []
        whole = set().union(*sentences)
        found = [
            Evidence(id_, (self._weight(id_, whole) + max(self._weight(id_, sentence) for sentence in sentences)) / 2)
            for id_ in self._groups
        ]
        return sorted(found, key=lambda evidence: -evidence.weight)

    def _known(self, sentence: Sequence[Token]) -> set[str]:
        return {feature for feature in self._reader.features(sentence) if feature in self._all.counts}

    def _weight(self, group: str, features: set[str]) -> float:
        """The sum of log odds over the root of their number: features of a message repeat each other."""
        odds = sum(self._weigh_feature(group, feature) for feature in features)
        return odds / math.sqrt(max(len(features), FEWEST))

    def _weigh_feature(self, group: str, feature: str) -> float:
        usage, total = self._groups[group], self._all.messages
        used, others = usage.counts[feature], total - usage.messages
        if not others:
            return 0.0
        share = used / usage.messages + SMOOTHING / total
        share_of_others = (self._all.counts[feature] - used) / others + SMOOTHING / total
        return max(-MOST, min(MOST, math.log(share / share_of_others)))
