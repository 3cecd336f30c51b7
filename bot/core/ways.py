"""What a sentence speaks of: concepts, each a list of ways to say it, found in the words of a sentence.

A way to say a concept is a run of words. Small words may stand between them ("can't really feel"), `...` lets a few
other words pass, and `<name>` stands for any way to say a concept further up: "<cannot> feel". A field word of the
vocabulary brings its lay terms along, unless `=` stands before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from bot.core.vocabulary import Token, Vocabulary

MOST_SMALL = 4  # small words that may stand between two words of a way to say something
MOST_OTHERS = 3  # words of any kind for which `...` stands
_PART = re.compile(r"<[a-z0-9-]+>|\.\.\.|[^\s<]+")

Hits = dict[str, list[tuple[int, int]]]  # concept -> where it stands: first word, and the word behind its last
_Places = Mapping[str, Mapping[int, Sequence[int]]]  # step -> where it begins -> where it ends


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that must come next."""

    key: str  # a stem, a field word, "=" and a stem that is no field word here, or a concept as "<name>"
    wide: bool = False  # other words may stand before it


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to say a concept."""

    order: int  # of the concept in the file
    number: int
    concept: str
    steps: tuple[_Step, ...]
    needed: frozenset[str]  # the keys of its steps


def without_names(way: str) -> str:
    """The words of a way to say something, without the concepts it names.

    >>> without_names("<cannot> feel ... <privates>")
    'feel'
    """
    return " ".join(part for part in _PART.findall(way) if not part.startswith("<") and part not in {"...", "+"})


def find_names(way: str) -> tuple[str, ...]:
    """The concepts that a way to say something names.

    >>> find_names("<cannot> feel ... <privates>")
    ('cannot', 'privates')
    """
    return tuple(part[1:-1] for part in _PART.findall(way) if part.startswith("<"))


class WayFinder:
    """Finds concepts in sentences.

    Args:
        concepts: name -> ways to say it, each written with words and the names of concepts before it.
        passed_over: small words, as stems.
        determiners: stems that make no difference inside a way: "lift my foot" is "lift foot".
        exact: concepts in which they do: "an arm and a leg" is not "arm and leg".
    """

    def __init__(
        self,
        concepts: Mapping[str, Sequence[str]],
        vocabulary: Vocabulary,
        passed_over: frozenset[str],
        determiners: frozenset[str] = frozenset(),
        exact: Collection[str] = (),
    ) -> None:
        self._passed_over = passed_over
        ways = []
        texts = ((order, name, text) for order, (name, texts) in enumerate(concepts.items()) for text in texts)
        for number, (order, name, text) in enumerate(texts):
            left_out = frozenset() if name in exact else determiners
            if steps := tuple(_without_determiners(list(_steps(text, vocabulary)), left_out)):
                ways.append(_Way(order, number, name, steps, frozenset(step.key for step in steps)))
        users = Counter(key for way in ways for key in way.needed)
        found_after = {f"<{name}>": order for order, name in enumerate(concepts)}
        # By the step that is known last, the latest concept or the rarest word: then all others must be there.
        self._ways: dict[str, list[_Way]] = defaultdict(list)
        for way in ways:
            last = max(way.needed, key=lambda key: (found_after.get(key, -1), -users[key], key))
            self._ways[last].append(way)

    def find(self, sentence: Sequence[Token], unsure: Collection[int] = ()) -> Hits:
        """Each concept that a sentence holds, and where; concepts in their own order.

        Args:
            unsure: places of words that were mended on little evidence: they say nothing.
        """
        said, places = _read(sentence, unsure)
        hits: Hits = {}
        queue = [(way.order, way.number, way) for key in places for way in self._possible(key, places)]
        heapify(queue)
        while queue:
            order, _, way = queue[0]
            found: set[tuple[int, int]] = set()
            while queue and queue[0][0] == order:
                found.update(self._stands(heappop(queue)[2], said, places))
            if not found:
                continue
            hits[way.concept] = sorted(found)
            key = f"<{way.concept}>"
            ends: dict[int, list[int]] = defaultdict(list)
            for start, end in hits[way.concept]:
                ends[start].append(end)
            places[key] = ends
            for way in self._possible(key, places):
                heappush(queue, (way.order, way.number, way))
        return hits

    def _possible(self, key: str, places: _Places) -> Iterator[_Way]:
        """The ways of which a key is the last to be known, and all others are there."""
        return (way for way in self._ways.get(key, ()) if way.needed <= places.keys())

    def _stands(self, way: _Way, said: Sequence[str], places: _Places) -> Iterator[tuple[int, int]]:
        first, *rest = way.steps
        if not rest:
            yield from ((start, end) for start, ends in places[first.key].items() for end in ends)
            return
        starts = sorted(places[rest[0].key])
        reach = MOST_SMALL + (MOST_OTHERS if rest[0].wide else 0)
        for start, ends in places[first.key].items():
            for end in ends:
                next_ = bisect_left(starts, end)
                if next_ < len(starts) and starts[next_] <= end + reach:
                    last = self._follow(rest, end, said, places)
                    if last is not None:
                        yield start, last

    def _follow(self, steps: Sequence[_Step], place: int, said: Sequence[str], places: _Places) -> int | None:
        """Where the last of some steps ends; None where one of them does not come."""
        if not steps:
            return place
        stands = places[steps[0].key]
        others = MOST_OTHERS if steps[0].wide else 0
        for at in range(place, min(place + MOST_SMALL + others + 1, len(said))):
            for end in stands.get(at, ()):
                last = self._follow(steps[1:], end, said, places)
                if last is not None:
                    return last
            if said[at] not in self._passed_over:
                if not others or said[at] == ",":
                    return None
                others -= 1
        return None


def _steps(text: str, vocabulary: Vocabulary) -> Iterator[_Step]:
    wide = False
    run: list[str] = []
    for part in [*_PART.findall(text), ""]:
        if part and part[0] not in "<=" and part != "...":
            run.append(part)
            continue
        keys = list(vocabulary.field_words(" ".join(run)))
        if part.startswith("<"):
            keys.append(part)
        elif part.startswith("="):
            keys += [f"={word}" for word in vocabulary.field_words(part)]
        for key in keys:
            yield _Step(key, wide)
            wide = False
        run = []
        wide = wide or part == "..."


def _without_determiners(steps: Sequence[_Step], determiners: frozenset[str]) -> Iterator[_Step]:
    """Steps without the determiners between the first and the last."""
    return (step for at, step in enumerate(steps) if at in {0, len(steps) - 1} or step.key not in determiners)


def _read(sentence: Sequence[Token], unsure: Collection[int]) -> tuple[list[str], dict[str, dict[int, list[int]]]]:
    """The stems of a sentence, and where each of them and each field word begins and ends."""
    said: list[str] = []
    places: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for token in sentence:
        if token.folded:
            whole = (token.text, 0, len(token.stems))
            for field_word, start, end in (whole, *token.within):
                if not unsure or all(len(said) + at not in unsure for at in range(start, end)):
                    places[field_word][len(said) + start].append(len(said) + end)
        for stem in token.stems:
            if len(said) not in unsure:
                if len(said) + 1 not in places[stem][len(said)]:
                    places[stem][len(said)].append(len(said) + 1)
                places[f"={stem}"][len(said)].append(len(said) + 1)
            said.append(stem)
    return said, places
