"""What the words of a message speak for, by messages that people wrote.

Each word, each pair of neighbours, and each pair of telling words that stand close together speaks for a group of
messages or against it: by how often its messages use it and how often all others do (naive Bayes), or as it best tells
them apart (logistic regression).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.model import Grammar
from bot.core.regression import learn_weights
from bot.core.vocabulary import Sentences, Token, Vocabulary

CLOSE = 4  # telling words from one to another that still make a pair; 2 and 6 do nearly as well
MOST = 2.5  # weight of one feature, for or against, so that no single one decides
SMOOTHING = 1.0  # messages more that are taken to use each feature, shared out by the sizes of the groups
FEWEST_MESSAGES = 2  # that use a feature; one of a single message says little, and two thirds are such
FEWEST = 4  # features that a shorter message counts as, so that a single word weighs half


@dataclass(frozen=True, slots=True)
class LearnedWords:
    """What each feature speaks for.

    The numbers are thousandths of log odds: those of a group that never uses the feature; then, for each group that
    does, its place and what is added for it.
    """

    groups: Sequence[str]
    odds: Mapping[str, Sequence[int]]
    offsets: Mapping[str, float]  # group -> what is added to the weight of any message


class Reader:
    """Finds the features of texts.

    Args:
        grammar: of its small words those that deny are telling too.
    """

    def __init__(self, vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._vocabulary = vocabulary
        self._small_words = grammar.small_words - grammar.negations

    def learn(
        self,
        kinds: Mapping[str, Sequence[str]],
        groups_of: Callable[[str], Sequence[str]] = lambda kind: (kind,),
        regressed: Collection[str] = (),
    ) -> LearnedWords:
        """How much each feature speaks for each group, by naive Bayes.

        Args:
            kinds: the messages of each.
            groups_of: those that a kind belongs to; one may be in several, or in none.
            regressed: groups told from all other messages by logistic regression, which hears more and takes longer.
        """
        numbers: dict[str, int] = {}
        read = [
            [numbers.setdefault(feature, len(numbers)) for feature in self._read(text)]
            for texts in kinds.values()
            for text in texts
        ]
        of_all = Counter(number for message in read for number in message)
        messages = [[number for number in message if of_all[number] >= FEWEST_MESSAGES] for message in read]
        odds = {
            number: [_thousandths(_odds_unused(count))] for number, count in of_all.items() if count >= FEWEST_MESSAGES
        }
        offsets = {}
        groups = {kind: groups_of(kind) for kind in kinds}
        names = list(dict.fromkeys(name for names in groups.values() for name in names))
        for place, name in enumerate(names):
            are_in = [is_in for kind, texts in kinds.items() for is_in in [name in groups[kind]] * len(texts)]
            if name in regressed:
                shares = [1 / _root(len(message)) for message in messages]
                weights, offsets[name] = learn_weights(messages, are_in, shares, len(numbers))
                told = {number: weights[number] for number in odds}
            else:
                told = _count(
                    [message for message, is_in in zip(messages, are_in, strict=True) if is_in], of_all, len(read)
                )
            for number, weight in told.items():
                odds[number] += (place, _thousandths(weight) - odds[number][0])
        return LearnedWords(
            names, {feature: odds[number] for feature, number in numbers.items() if number in odds}, offsets
        )

    def _read(self, text: str) -> tuple[str, ...]:
        """The features of a message, each once; its spelling is not mended."""
        sentences = self._vocabulary.read(text, mends=False)
        return tuple(dict.fromkeys(feature for sentence in sentences for feature in self.features(sentence)))

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

    def __init__(self, learned: LearnedWords, reader: Reader) -> None:
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
        roots = [1000 * _root(number) for number in (len(stands), *map(len, sentences))]
        weights = {}
        for name, odds in zip(self._learned.groups, added, strict=True):
            of_whole, *of_sentences = map(_divided, unused, odds, roots)
            weights[name] = (of_whole + max(of_sentences)) / 2 + self._learned.offsets.get(name, 0.0)
        return weights


def _count(messages: Sequence[Sequence[int]], of_all: Mapping[int, int], total: int) -> dict[int, float]:
    """The log odds of each feature that some messages use, against all others.

    Args:
        of_all: how many messages use each, those of the group and all others.
        total: of all messages.
    """
    others = total - len(messages)
    if not others:
        return {}
    smoothing = SMOOTHING / total
    return {
        number: _limited(math.log((used / len(messages) + smoothing) / ((of_all[number] - used) / others + smoothing)))
        for number, used in Counter(number for message in messages for number in message).items()
    }


def _odds_unused(of_all: int) -> float:
    """Log odds that a feature of so many messages speaks for a group that never uses it."""
    return _limited(math.log(SMOOTHING / (of_all + SMOOTHING)))


def _limited(odds: float) -> float:
    return max(-MOST, min(MOST, odds))


def _root(features: int) -> float:
    """By what the weights of the features of a message are divided: they repeat each other."""
    return math.sqrt(max(features, FEWEST))


def _thousandths(odds: float) -> int:
    return round(1000 * odds)


def _divided(unused: int, added: int, root: float) -> float:
    return (unused + added) / root
