"""Logistic regression: how much each feature speaks for what messages are told apart by, learned from messages.

Each weight has a learning rate of its own, which falls as it is moved (Adagrad), so that a rare word moves fast and a
frequent one settles. Without numpy it takes five seconds for 40,000 messages.

Source: Duchi, Hazan and Singer, Adaptive Subgradient Methods, 2011.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

PASSES = 8  # over all messages; 5 and 10 do nearly as well
FASTEST = 0.5  # learning rate at first; 0.3 and 1 do nearly as well
RIGHT = 0.003  # a message that is told with so small an error teaches nothing more
_LEAST = 1e-8  # so that nothing is divided by 0
_GOLDEN = 0.618  # of all messages lie between one that is looked at and the next


def learn_weights(
    messages: Sequence[Sequence[int]], wanted: Sequence[bool], shares: Sequence[float], features: int
) -> tuple[list[float], float]:
    """The weight of each feature, and what is added to the sum of a message.

    A sum of 0 is no evidence either way: that more messages are of one sort than of the other is taken out again, since
    it says nothing of what people will write.

    Args:
        messages: the numbers of the features of each.
        wanted: which of them are to get a sum above 0.
        shares: by which the weights of each are multiplied.
        features: how many there are.
    """
    weights, moved = [0.0] * features, [_LEAST] * features
    offset, offset_moved = 0.0, _LEAST
    count = len(messages)
    for at in spread_out(count, PASSES):
        numbers, share = messages[at], shares[at]
        sum_ = sum(map(weights.__getitem__, numbers)) * share + offset
        wrong = 1 / (1 + math.exp(-max(sum_, -30.0))) - wanted[at]
        if abs(wrong) < RIGHT:
            continue
        slope = wrong * share
        for number in numbers:
            moved[number] += slope * slope
            weights[number] -= FASTEST * slope / math.sqrt(moved[number])
        offset_moved += wrong * wrong
        offset -= FASTEST * wrong / math.sqrt(offset_moved)
    own = sum(wanted)
    return weights, offset + math.log((count - own + 1) / (own + 1))


def spread_out(count: int, passes: int) -> Iterator[int]:
    """The numbers below a count, each once a pass, neighbours far apart: no kind of message comes in a row.

    >>> list(spread_out(5, 2))
    [0, 3, 1, 4, 2, 0, 3, 1, 4, 2]
    """
    step = next((step for step in range(int(_GOLDEN * count), count) if math.gcd(step, count) == 1), 1)
    return ((at * step) % count for at in range(passes * count))
