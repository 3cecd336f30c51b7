"""What the words of a message speak for, by messages that people wrote: naive Bayes.

Each word, each pair of neighbours, and each pair of telling words that stand close together speaks for a group of
messages or against it, by how often its messages use it and by how often all others do. Counted at start.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.model import Grammar
from bot.core.vocabulary import Sentences, Token, Vocabulary

CLOSE = 4  # telling words from one to another that still make a pair; 2 and 6 do nearly as well
MOST = 2.5  # weight of one feature, for or against, so that no single one decides
SMOOTHING = 1.0  # messages more that are taken to use each feature, shared out by the sizes of the groups
FEWEST = 4  # features that a shorter message counts as, so that a single word weighs half


@dataclass(frozen=True, slots=True)
class Learned:
    """What each feature speaks for.

    The numbers are thousandths of log odds: those of a group that never uses the feature; then, for each group that
    does, its place and what is added for it.
    """

    groups: Sequence[str]
    odds: Mapping[str, Sequence[int]]


class Reader:
    """Finds the features of texts.

    Args:
        grammar: of its small words those that deny are telling too.
    """

    def __init__(self, vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._vocabulary = vocabulary
        self._small_words = grammar.small_words - grammar.negations

    def learn(
        self, kinds: Mapping[str, Sequence[str]], groups_of: Callable[[str], Sequence[str]] = lambda kind: (kind,)
    ) -> Learned:
        """How much oftener each group uses each feature than all other messages do.

        Args:
            kinds: the messages of each.
            groups_of: those that a kind belongs to; one may be in several, or in none.
        """
        of_all: Counter[str] = Counter()
        of_group: dict[str, Counter[str]] = defaultdict(Counter)
        messages: Counter[str] = Counter()
        total = 0
        for kind, texts in kinds.items():
            counts: Counter[str] = Counter()
            for text in texts:
                counts.update(set().union(*map(self.features, self._vocabulary.read(text, mends=False))))
            total += len(texts)
            of_all.update(counts)
            for group in groups_of(kind):
                messages[group] += len(texts)
                of_group[group].update(counts)
        odds = {feature: [_thousandths(_odds_unused(count))] for feature, count in of_all.items()}
        for place, (group, counts) in enumerate(of_group.items()):
            if others := total - messages[group]:
                for feature, used in counts.items():
                    of_others = (of_all[feature] - used) / others
                    ratio = (used / messages[group] + SMOOTHING / total) / (of_others + SMOOTHING / total)
                    added = max(-MOST, min(MOST, math.log(ratio))) - _odds_unused(of_all[feature])
                    odds[feature] += (place, _thousandths(added))
        return Learned(tuple(of_group), odds)

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


class SecondLook:
    """Weighs what messages say.

    Args:
        learned: by the same reader.
    """

    def __init__(self, learned: Learned, reader: Reader) -> None:
        self._learned = learned
        self._reader = reader

    def weigh(self, text: Sentences) -> dict[str, float]:
        """How much a message speaks for each group, about -2 to 5; 0 is no evidence either way.

        Half of the weight is that of its most telling sentence, half that of all its words, since a sign may stand in
        one sentence of a long story, and the rest of it may explain the sign. The weight of some features is the sum of
        their log odds over the root of their number, since features of one message repeat each other.

        Returns:
            Nothing where nothing in it was ever used.
        """
        known = self._learned.odds
        sentences = [[feature for feature in self._reader.features(tokens) if feature in known] for tokens in text]
        sentences = [features for features in sentences if features]
        if not sentences:
            return {}
        stands: dict[str, list[int]] = {feature: [0] for features in sentences for feature in features}
        for place, features in enumerate(sentences, start=1):
            for feature in features:
                stands[feature].append(place)
        unused = [0] * (1 + len(sentences))  # of the whole message first, then of each sentence
        added = [[0] * len(unused) for _ in self._learned.groups]
        for feature, places in stands.items():
            of_unused, *of_groups = known[feature]
            for place in places:
                unused[place] += of_unused
            for group, more in zip(of_groups[::2], of_groups[1::2], strict=True):
                for place in places:
                    added[group][place] += more
        roots = [1000 * math.sqrt(max(number, FEWEST)) for number in (len(stands), *map(len, sentences))]
        weights = {}
        for name, odds in zip(self._learned.groups, added, strict=True):
            of_whole, *of_sentences = map(_divided, unused, odds, roots)
            weights[name] = (of_whole + max(of_sentences)) / 2
        return weights


def _odds_unused(of_all: int) -> float:
    """Log odds that a feature of so many messages speaks for a group that never uses it."""
    return max(-MOST, math.log(SMOOTHING / (of_all + SMOOTHING)))


def _thousandths(odds: float) -> int:
    return round(1000 * odds)


def _divided(unused: int, added: int, root: float) -> float:
    return (unused + added) / root
