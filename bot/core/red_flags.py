"""Which warning signs a text states, which it may mean, and how urgent they are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from bot.core.denial import find_denials
from bot.core.heard import SignWords
from bot.core.kinds import SIGNS
from bot.core.meaning import Gist
from bot.core.model import Grammar, RedFlag, Urgency
from bot.core.phrases import PhraseFinder
from bot.core.scope import Part, Scope
from bot.core.vocabulary import Sentences, Token, Vocabulary, is_understood
from bot.core.ways import WayFinder

IDIOM = "idiom"  # the concept whose words are not heard at all
NAME = "medical-name"  # the concept that is no sign where it is the whole sentence: "foot drop?" asks about a word
WIDEST = 5  # telling words that may stand between two concepts of a combination
FEWEST_WORDS = 2  # that are weighed; a single one says little
LONGEST_UNSURE = 8  # letters of a word whose first one is taken as it was typed
_COMMA = 2  # telling words that a comma counts for
# Weights of the words and the sentence model; docs/decisions/0009-second-look.md has what they were chosen by.
CLEAR = 1.3  # states a sign
LOUD = 3.3  # states one though an entry surely answers the message, or another part of it asks about a word
SUSPICIOUS = 0.6  # makes an emergency suspected
MORE_URGENT = 1.0  # by how much more must speak for an emergency than for less where something less is listed
DOUBTFUL = -1.4  # below it what is listed is only suspected; of signs that count for ever all words are weighed
_FAR = 100  # a word behind which nothing belongs to what stood before: "but"


@dataclass(frozen=True, slots=True)
class Signs:
    """The red flags in a text, most urgent first, one a flag: the most urgent of its signs."""

    stated: tuple[RedFlag, ...] = ()
    suspected: tuple[RedFlag, ...] = ()  # by unclear words; never a flag that is stated too
    weight: float = 0.0  # of the words and the sentence model, whatever is listed
    reassures: bool = False  # something is denied, called well, over, or another person's
    rest: str = ""  # what the message holds besides that, in normal form; empty where nothing reassures
    is_contradicted: bool = False  # words alone speak for a sign, and a sentence model much against it
    listed: Signs | None = None  # the same without a second look, where there was one

    @property
    def are_faint(self) -> bool:
        """Whether a second look alone speaks for what is stated, nothing that is listed, and not loudly."""
        return self.listed is not None and bool(self.stated) and not self.listed.stated and self.weight < LOUD

    def put_off(self) -> Signs:
        """What is stated is only suspected."""
        return replace(self, stated=(), suspected=(*self.stated, *self.suspected))


class _Weighed(NamedTuple):
    """What a second look found."""

    weight: float
    is_contradicted: bool = False


@dataclass(frozen=True, slots=True)
class _Combination:
    """Concepts that mean a sign."""

    sign: RedFlag
    names: tuple[str, ...]
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a concept stands in a sentence."""

    start: int
    end: int
    part: int
    own: frozenset[int]  # negations that belong to it: "not feel"
    denied_by: frozenset[int]  # negations that reach it from outside


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence read for signs."""

    stands: Mapping[str, Sequence[_Stand]]
    parts: Sequence[Part]
    lengths: Sequence[int]  # telling words before each place
    unheard: frozenset[int]  # places of words that hold no sign
    past: frozenset[int]  # places of words about something over
    hearsay: frozenset[int]  # places of words about somebody whose back is not spoken of
    calm: frozenset[int]  # places of words that are denied or called well

    def names(self, counts: Callable[[Part], bool]) -> Iterator[str]:
        """The concepts that stand undenied in some part that counts."""
        for name, stands in self.stands.items():
            if any(not stand.denied_by and counts(self.parts[stand.part]) for stand in stands):
                yield name


class RedFlagCheck:
    """Looks for red flags in the whole text of a message, whatever else it asks.

    Args:
        concepts: name -> ways to say it; what stands under `idiom` is passed over.
        sign_words: weighs a message at a second look; without it only what is listed is heard.
    """

    def __init__(
        self,
        red_flags: Sequence[RedFlag],
        vocabulary: Vocabulary,
        grammar: Grammar,
        concepts: Mapping[str, Sequence[str]] | None = None,
        sign_words: SignWords | None = None,
    ) -> None:
        self._grammar = grammar
        self._scope = Scope(grammar)
        self._red_flags = {red_flag.id: red_flag for red_flag in red_flags}
        self._by_urgency = sorted(red_flags, key=lambda sign: sign.urgency.rank)
        self._stated = PhraseFinder({sign.id: sign.phrasings for sign in red_flags}, vocabulary, grammar)
        unclear = {sign.id: [text for text in sign.unclear if not _is_combination(text)] for sign in red_flags}
        self._unclear = PhraseFinder(unclear, vocabulary, grammar)
        ways = dict(concepts or {})
        self._combinations: dict[str, list[_Combination]] = defaultdict(list)
        self._together: list[_Combination] = []
        for sign in red_flags:
            for text in sign.combines:
                self._add(_Combination(sign, _names(text, ways)))
            for text in sign.unclear:
                if _is_combination(text):
                    self._add(_Combination(sign, _names(text, ways), unclear=True))
            self._together += [_Combination(sign, _names(text, ways, self._red_flags)) for text in sign.together]
        self._sign_words = sign_words
        passed_over = (grammar.small_words | grammar.fillers) - grammar.negations - grammar.joints
        self._concepts = WayFinder(ways, vocabulary, passed_over, grammar.determiners, exact={IDIOM})

    def find(self, text: Sentences, typed: Sequence[Sequence[str]], gist: Gist | None = None) -> Signs:
        """The signs that a text states, and those that it may mean.

        What is told in general, of another person or as over holds none; what is long past holds only signs that count
        for ever. Equal urgencies keep the order of the knowledge file.

        Args:
            text: as the vocabulary read it.
            typed: the words of the same sentences.
            gist: what a sentence model makes of it.
        """
        parts = self._scope.read_parts(typed)
        read = [self._read(*sentence) for sentence in zip(text, typed, parts, strict=True)]
        here = {name for sentence in read for name in sentence.names(lambda part: not part.past)}
        ever = {name for sentence in read for name in sentence.names(lambda part: not part.hearsay)}
        stated: set[str] = set()
        suspected: set[str] = set()
        for sentence in read:
            self._find_combined(sentence, stated, suspected)
        self._find_phrasings(text, read, stated, suspected)
        for combination in self._together:
            said = ever if combination.sign.ever else here
            if all(name in said or name in stated for name in combination.names):
                stated.add(combination.sign.id)
        explained = {id_ for id_, sign in self._red_flags.items() if not here.isdisjoint(sign.unless)}
        stated -= explained
        suspected -= explained
        reassures = any(sentence.calm or sentence.past or sentence.hearsay for sentence in read)
        rest = _rest(typed, read) if reassures else ""
        listed = Signs(*self._by_flag(stated, suspected), reassures=reassures, rest=rest)
        meant = frozenset(stated)
        weighed = self._look_twice(text, read, gist, stated, suspected)
        if weighed is None:
            return listed
        clear, unclear = self._by_flag(stated - explained, suspected - explained)
        told = tuple(sign if sign.id in meant else replace(sign, is_heard=True) for sign in clear)
        return Signs(told, unclear, weighed.weight, reassures, rest, weighed.is_contradicted, listed)

    def _add(self, combination: _Combination) -> None:
        self._combinations[combination.names[0]].append(combination)

    def _by_flag(
        self, stated: Collection[str], suspected: Collection[str]
    ) -> tuple[tuple[RedFlag, ...], tuple[RedFlag, ...]]:
        """The most urgent stated sign of each flag, and so the suspected ones of other flags."""
        clear, unclear = self._most_urgent(stated), self._most_urgent(suspected)
        return tuple(clear.values()), tuple(unclear[flag] for flag in unclear if flag not in clear)

    def _most_urgent(self, signs: Collection[str]) -> dict[str, RedFlag]:
        """The most urgent sign of each flag, by flag."""
        found: dict[str, RedFlag] = {}
        for sign in self._by_urgency:
            if sign.id in signs:
                found.setdefault(sign.flag, sign)
        return found

    def _read(self, sentence: Sequence[Token], typed: Sequence[str], parts: Sequence[Part]) -> _Sentence:
        said = [stem for token in sentence for stem in token.stems]
        hits = self._concepts.find(sentence, _unsure(said, typed))
        unheard = {place for start, end in hits.pop(IDIOM, ()) for place in range(start, end)}
        named = {place for start, end in hits.pop(NAME, ()) for place in range(start, end)}
        if all(place in named or self._length(word) == 0 for place, word in enumerate(said)):
            unheard |= named
        denials = find_denials(said, self._grammar)
        part_of = [number for number, part in enumerate(parts) for _ in range(part.start, part.end)]
        stands: dict[str, list[_Stand]] = defaultdict(list)
        for name, spans in hits.items():
            for start, end in spans:
                part = part_of[start]
                if parts[part].void or not unheard.isdisjoint(range(start, end)):
                    continue
                reached = {by for by in denials[start:end] if by is not None}
                own = frozenset(place for place in range(start, end) if said[place] in self._grammar.negations)
                stands[name].append(_Stand(start, end, part, own, frozenset(reached - own)))
        lengths = [0, *accumulate(self._length(word) for word in said)]
        unheard |= {place for part in parts if part.void for place in range(part.start, part.end)}
        past = frozenset(place for part in parts if part.past for place in range(part.start, part.end))
        hearsay = frozenset(place for part in parts if part.hearsay for place in range(part.start, part.end))
        denied = find_denials([token.text for token in sentence], self._grammar)
        calm = {token.position for token, by in zip(sentence, denied, strict=True) if by is not None}
        calm |= {place for part in parts if part.well for place in range(part.start, part.end)}
        return _Sentence(stands, parts, lengths, frozenset(unheard), past, hearsay, frozenset(calm))

    def _length(self, word: str) -> int:
        if word == ",":
            return _COMMA
        if word in self._grammar.breaks:
            return _FAR
        return 0 if word in self._grammar.small_words else 1

    def _find_combined(self, sentence: _Sentence, stated: set[str], suspected: set[str]) -> None:
        """Add the signs whose combinations stand in a sentence to those found before."""
        for name in sentence.stands:
            for combination in self._combinations.get(name, ()):
                found = suspected if combination.unclear else stated
                if (
                    combination.sign.id not in found
                    and all(other in sentence.stands for other in combination.names)
                    and any(self._belongs(combination, stand, sentence) for stand in sentence.stands[name])
                ):
                    found.add(combination.sign.id)

    def _belongs(self, combination: _Combination, anchor: _Stand, sentence: _Sentence) -> bool:
        """Whether the concepts of a combination stand close together around one of them, and nothing denies them."""
        stands = [anchor]
        for name in combination.names[1:]:
            near = min(sentence.stands[name], key=lambda stand: _gap(anchor, stand, sentence))
            if _gap(anchor, near, sentence) > WIDEST * (len(combination.names) - 1):
                return False
            stands.append(near)
        own = frozenset().union(*(stand.own for stand in stands))
        if any(stand.denied_by - own for stand in stands):
            return False
        if len({stand.part for stand in stands}) > 1 and any(sentence.parts[stand.part].well for stand in stands):
            return False
        told = [sentence.parts[stand.part] for stand in stands]
        return not any(part.hearsay if combination.sign.ever else part.past for part in told)

    def _look_twice(
        self,
        text: Sentences,
        read: Sequence[_Sentence],
        gist: Gist | None,
        stated: set[str],
        suspected: set[str],
    ) -> _Weighed | None:
        """Weigh a text, but for words that are denied, over or about nobody here, and move signs by what it weighs."""
        words = self._sign_words
        if words is None or not is_understood(text):
            return None
        kept = tuple(map(_telling, text, read))
        if sum(map(len, kept)) < FEWEST_WORDS:
            is_apart = any(part.void or part.past for sentence in read for part in sentence.parts)
            meant = _emergency_in_general(words, text, gist) if gist and is_apart else set()
            suspected |= meant
            return _Weighed(0.0) if meant else None
        said = words.read(kept)
        if not said:
            return None
        weight = words.weigh(said, gist)
        if weight >= SUSPICIOUS:
            nearest, lead = words.nearest(said, gist)
            if not stated or (lead >= MORE_URGENT and weight >= CLEAR):
                (stated if weight >= CLEAR else suspected).add(nearest.id)
        for_ever = {id_ for id_ in stated if self._red_flags[id_].ever}
        doubted = stated - for_ever if weight < DOUBTFUL else set()
        if for_ever and words.weigh(words.read(text), gist) < DOUBTFUL:
            doubted |= for_ever
        is_told_apart = kept != text and weight >= LOUD  # "why do they ask about pee? I can't pee since last night"
        if not is_told_apart and words.are_about_a_word(said if kept == text else words.read(text)):
            doubted |= stated
        suspected |= doubted
        stated -= doubted
        return _Weighed(weight, words.weigh(said, gist, -math.inf) < SUSPICIOUS)

    def _find_phrasings(
        self, text: Sentences, read: Sequence[_Sentence], stated: set[str], suspected: set[str]
    ) -> None:
        """Add the signs whose phrasings stand in a text: most in the words about now, some in those about ever."""
        always, now, ever = [], [], []
        for tokens, sentence in zip(text, read, strict=True):
            heard = tuple(token for token in tokens if token.position not in sentence.unheard)
            if sentence.past or sentence.hearsay:
                now.append(tuple(token for token in heard if token.position not in sentence.past))
                ever.append(tuple(token for token in heard if token.position not in sentence.hearsay))
            else:
                always.append(heard)
        for finder, signs in ((self._stated, stated), (self._unclear, suspected)):
            signs |= {phrase.id for phrase in finder.find(always)}
            signs |= {phrase.id for phrase in finder.find(now) if not self._red_flags[phrase.id].ever}
            signs |= {phrase.id for phrase in finder.find(ever) if self._red_flags[phrase.id].ever}


def _telling(tokens: Sequence[Token], sentence: _Sentence) -> tuple[Token, ...]:
    """The words of a sentence that tell of a trouble here and now: not denied, not over, not called well."""
    silent = sentence.unheard | sentence.past | sentence.calm
    return tuple(token for token in tokens if token.position not in silent)


def _rest(typed: Sequence[Sequence[str]], read: Sequence[_Sentence]) -> str:
    """The words of some sentences that are not denied, over or called well."""
    kept = (
        " ".join(word for place, word in enumerate(words) if place not in sentence.calm | sentence.past)
        for words, sentence in zip(typed, read, strict=True)
    )
    return ". ".join(filter(None, kept))


def _emergency_in_general(words: SignWords, text: Sentences, gist: Gist) -> set[str]:
    """What a sentence model hears in a question in general: "what should one do whose legs lose strength?"."""
    said = words.read(text) if gist.odds(SIGNS) + gist.sign_odds > 0 else {}
    if not said or words.weigh(said, gist) < CLEAR:
        return set()
    nearest, _ = words.nearest(said, gist)
    return {nearest.id} if nearest.urgency is Urgency.EMERGENCY else set()


def _is_combination(text: str) -> bool:
    return "<" in text


def _names(text: str, ways: dict[str, Sequence[str]], signs: Collection[str] = ()) -> tuple[str, ...]:
    """The concepts of a combination; a part that is more than a name becomes a concept of its own."""
    names = []
    for part in text.split(" + "):
        name = part.removeprefix("<").removesuffix(">")
        if name not in ways and name not in signs:
            name = f"={part}"
            ways[name] = (part,)
        names.append(name)
    return tuple(names)


def _unsure(said: Sequence[str], typed: Sequence[str]) -> frozenset[int]:
    """Places of short words whose first letter was mended: "rake" is no "bake"."""
    return frozenset(
        place
        for place, (stem, word) in enumerate(zip(said, typed, strict=True))
        if len(word) <= LONGEST_UNSURE and stem[:1] != word[:1]
    )


def _gap(one: _Stand, other: _Stand, sentence: _Sentence) -> int:
    """The telling words between two places; 0 where they overlap."""
    first, second = sorted((one, other), key=lambda stand: stand.start)
    return max(sentence.lengths[second.start] - sentence.lengths[first.end], 0)
