"""Messages in languages the bot does not answer in: which one it is, and whether they hold an emergency."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
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
        self._of_word: dict[str, set[str]] = defaultdict(set)
        self._of_letter: dict[str, set[str]] = defaultdict(set)
        for code, language in languages.known.items():
            for word in (word for line in language.words for word in words(line)):
                self._of_word[word].add(code)
            for letter in language.letters:
                self._of_letter[letter].add(code)
        self._lines = _Lines(languages.known)

    def find(self, text: str) -> Foreign | None:
        """The language of a text and what it holds. A warning sign counts whatever the language seems to be."""
        shares = self._shares(text)
        read = [self._lines.find(sentence) for sentence in sentences(text)]
        found = [foreign for code in self._languages.known if (foreign := self._hear(code, read))]
        if found:
            return max(found, key=lambda foreign: (len(foreign.flags), shares[foreign.language.code]))
        code = max(shares, key=lambda code: shares[code], default="")
        return Foreign(self._languages.known[code]) if code and shares[code] >= LEAST_SHARE else None

    def _hear(self, code: str, read: Sequence[Mapping[str, Places]]) -> Foreign | None:
        """What sentences hold of an emergency in one language."""
        languages = self._languages
        said = (places[code] for places in read if code in places)
        stated = [places for places in said if not _any_stands(languages.unless, places)]
        flags = tuple(
            flag
            for flag, combinations in languages.signs.items()
            if any(_any_stands(combinations, places) for places in stated)
        )
        is_crisis = any(_any_stands(languages.crisis, places) for places in stated)
        return Foreign(languages.known[code], flags, is_crisis) if flags or is_crisis else None

    def _shares(self, text: str) -> dict[str, float]:
        """Code -> how many words, as typed and in normal form, are of a language, 0-1; 0 for too few."""
        own: Counter[str] = Counter()
        count = 0
        for word in text[:LONGEST_QUESTION].split():
            if read := words(word):
                count += 1
                known = [self._of_word[part] for part in read if part in self._of_word]
                known += [self._of_letter[letter] for letter in word.casefold() if letter in self._of_letter]
                own.update(set().union(*known) if known else ())
        return {code: own[code] / count if own[code] >= FEWEST_WORDS else 0.0 for code in self._languages.known}


class _Lines:
    """The lines of the concepts of all languages, by their first word."""

    def __init__(self, known: Mapping[str, Language]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], bool, str, str]]] = defaultdict(list)
        # A word's beginning -> the languages and the concepts it stands for.
        self._beginnings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, language in known.items():
            for concept, lines in language.concepts.items():
                for line in lines:
                    first, *rest = words(line)
                    if line.endswith("*") and not rest:
                        self._beginnings[first].append((code, concept))
                    else:
                        self._exact[first].append(((first, *rest), line.endswith("*"), code, concept))
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def find(self, sentence: Sequence[str]) -> Mapping[str, Places]:
        """Code -> where each concept of that language stands in a sentence."""
        said = [word for word in sentence if word != ","]
        places: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for code, concept, span in self._runs(said):
            places[code][concept].append(span)
        return places

    def _runs(self, said: Sequence[str]) -> Iterator[tuple[str, str, Span]]:
        for at, word in enumerate(said):
            for line, is_open, code, concept in self._exact.get(word, ()):
                run = tuple(said[at : at + len(line)])
                if run == line or (is_open and run[:-1] == line[:-1] and run[-1].startswith(line[-1])):
                    yield code, concept, Span(at, at + len(line))
            for length in self._lengths[: bisect_right(self._lengths, len(word))]:
                for code, concept in self._beginnings.get(word[:length], ()):
                    yield code, concept, Span(at, at + 1)


def _any_stands(combinations: Sequence[Combination], places: Places) -> bool:
    return any(stands(combination, places) for combination in combinations)
