"""Messages in languages the bot does not answer in: which one it is, and whether they hold an emergency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.concepts import Places, Span, stands
from bot.core.model import Combination, Language, Languages
from bot.core.text import LONGEST_QUESTION, sentences, words

FEWEST_WORDS = 2  # of a language, for a message to be in it
LEAST_SHARE = 0.4  # of a message's words that are known to be of its language


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a message in another language holds."""

    language: Language
    flags: tuple[str, ...] = ()  # entries on the warning signs in it
    is_crisis: bool = False


class LanguageCheck:
    """Knows a language by its words, and emergencies by combinations of concepts as guards do.

    Words are read as typed, in normal form: the vocabulary is English, and would mend "orinar" into something else.
    """

    def __init__(self, languages: Languages) -> None:
        self._languages = languages
        self._words = {code: _all_words(language.words) for code, language in languages.known.items()}
        self._lines = {code: _Lines(language.concepts) for code, language in languages.known.items()}

    def find(self, text: str) -> Foreign | None:
        """The language of a text and what it holds. A warning sign counts whatever the language seems to be."""
        parts = sentences(text)
        typed = [(word, read) for word in text[:LONGEST_QUESTION].split() if (read := words(word))]
        found = [foreign for code in self._languages.known if (foreign := self._hear(code, parts))]
        if found:
            return max(found, key=lambda foreign: (len(foreign.flags), self._share(foreign.language, typed)))
        shares = {language.code: self._share(language, typed) for language in self._languages.known.values()}
        code = max(shares, key=lambda code: shares[code], default="")
        return Foreign(self._languages.known[code]) if code and shares[code] >= LEAST_SHARE else None

    def _hear(self, code: str, parts: Sequence[Sequence[str]]) -> Foreign | None:
        """What sentences hold of an emergency in one language."""
        languages = self._languages
        stated = [
            places
            for places in map(self._lines[code].find, parts)
            if places and not _any_stands(languages.unless, places)
        ]
        flags = tuple(
            flag
            for flag, combinations in languages.signs.items()
            if any(_any_stands(combinations, places) for places in stated)
        )
        is_crisis = any(_any_stands(languages.crisis, places) for places in stated)
        return Foreign(languages.known[code], flags, is_crisis) if flags or is_crisis else None

    def _share(self, language: Language, typed: Sequence[tuple[str, Sequence[str]]]) -> float:
        """0-1: how many words, as typed and in normal form, are of a language; 0 for too few."""
        known, letters = self._words[language.code], frozenset(language.letters)
        own = sum(not known.isdisjoint(read) or not letters.isdisjoint(word.casefold()) for word, read in typed)
        return own / len(typed) if own >= FEWEST_WORDS else 0.0


class _Lines:
    """The lines of one language's concepts, by their first word."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        self._beginnings: list[tuple[str, str]] = []  # a word's beginning, and the concept it stands for
        for concept, lines in concepts.items():
            for line in lines:
                first, *rest = words(line)
                if line.endswith("*") and not rest:
                    self._beginnings.append((first, concept))
                else:
                    self._exact[first].append(((first, *rest), line.endswith("*"), concept))

    def find(self, sentence: Sequence[str]) -> Places:
        """Where each concept stands in a sentence."""
        said = [word for word in sentence if word != ","]
        places: dict[str, list[Span]] = defaultdict(list)
        for concept, span in self._runs(said):
            places[concept].append(span)
        return places

    def _runs(self, said: Sequence[str]) -> Iterator[tuple[str, Span]]:
        for at, word in enumerate(said):
            for line, is_open, concept in self._exact.get(word, ()):
                run = tuple(said[at : at + len(line)])
                if run == line or (is_open and run[:-1] == line[:-1] and run[-1].startswith(line[-1])):
                    yield concept, Span(at, at + len(line))
            for beginning, concept in self._beginnings:
                if word.startswith(beginning):
                    yield concept, Span(at, at + 1)


def _any_stands(combinations: Sequence[Combination], places: Places) -> bool:
    return any(stands(combination, places) for combination in combinations)


def _all_words(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in words(line))
