"""What speaks for each entry: how well it fits, who uses such words and letters, what a sentence model makes of it.

Three views are added up to an entry's value, and two more: those learned from the phrasings, or those of a model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.alignment import Alignment, Fit, inverse_frequency
from bot.core.calibration import Calibration
from bot.core.classifiers import Classifier
from bot.core.likelihood import Likelihood, letter_features, letter_runs, word_features
from bot.core.meaning import Meant
from bot.core.vocabulary import Sentences, Token, Vocabulary

WORDS_SHARE = 0.1  # of the logarithm of an entry's likelihood by words, against its fit
LETTERS_SHARE = 0.05  # the same, by letters
VERBATIM_VALUE = 10.0  # the fit of a question that is a phrasing as it stands: nothing outdoes it


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found about the entries, by number; those that are elsewhere come behind the rest."""

    values: Mapping[int, float]
    fits: Mapping[int, Fit]
    meant: Sequence[Meant]  # of every entry; empty without a model

    @property
    def best(self) -> tuple[float, float]:
        """The two highest values, of entries or of what is elsewhere."""
        first, second, *_ = (*sorted(self.values.values(), reverse=True)[:2], 0.0, 0.0)
        return first, second

    def prefers(self, entry: int) -> bool:
        """Whether no entry has a higher value than this one."""
        return bool(self.values) and self.values.get(entry) == max(self.values.values())

    def fit(self, entry: int) -> float:
        """0-100: how much of the question an entry explains."""
        by_letters = self.fits[entry].value if entry in self.fits else 0.0
        by_meaning = self.meant[entry].nearness if self.meant else 0.0
        return 100 * min(max(by_letters, by_meaning), 1.0)

    def decided_by(self, entry: int) -> str:
        """Which view speaks for an entry: "phrasing", "vocabulary" or "meaning"."""
        fit = self.fits.get(entry)
        if self.meant and (fit is None or any(other.value > fit.value for other in self.fits.values())):
            return "meaning"
        return "vocabulary" if fit and fit.folded else "phrasing"


class Weigher:
    """Weighs entries, each known by its number.

    Args:
        groups: the phrasings of each entry.
        small_words: words that say little wherever they stand.
        calibration: how much of the value is what a model says.
        classifiers: learned from the same phrasings.
    """

    def __init__(
        self,
        groups: Sequence[Sequence[str]],
        vocabulary: Vocabulary,
        small_words: frozenset[str],
        calibration: Calibration,
        classifiers: Sequence[Classifier] = (),
    ) -> None:
        self._classifiers = classifiers
        self._small_words = small_words
        self._calibration = calibration
        self._texts = [text for texts in groups for text in texts]
        self._owners = owners = [number for number, texts in enumerate(groups) for _ in texts]
        read = [
            (owner, [token for sentence in vocabulary.read(text) for token in _words(sentence)])
            for owner, text in zip(owners, self._texts, strict=True)
        ]
        self._verbatim: dict[tuple[str, ...], int] = {}
        for number, (_, tokens) in enumerate(read):
            self._verbatim.setdefault(tuple(token.text for token in tokens), number)
        self._count = count = len(groups)
        self._alignment = Alignment(read, count, small_words)
        self._weights = self._alignment.weights
        self._letter_weights = _weigh_letters(read, count)
        self._by_words = Likelihood(((o, word_features(tokens, self._weights)) for o, tokens in read), count)
        self._by_letters = Likelihood(((o, letter_features(tokens, self._letter_weights)) for o, tokens in read), count)

    def weigh(self, text: str, read: Sentences, meant: Sequence[Meant], *, stands_alone: bool = True) -> Weighed:
        """What speaks for each entry; nothing for any where only small words are said.

        Args:
            text: what was asked, as typed.
            read: the same as the vocabulary read it.
            meant: what a model makes of each entry; empty without one.
            stands_alone: nothing was said before it that could be meant too.
        """
        parts = [_words(sentence) for sentence in read]
        tokens = [token for part in parts for token in part]
        if all(token.text in self._small_words for token in tokens):
            return Weighed({}, {}, ())
        fits = self._alignment.fits(parts)
        verbatim = self._verbatim.get(tuple(token.text for token in tokens))
        if verbatim is not None and stands_alone and all(token.certainty == 1 for token in tokens):
            fits[self._owners[verbatim]] = Fit(verbatim, VERBATIM_VALUE, folded=False)
        if not fits and not meant:
            return Weighed({}, {}, ())
        by_words = self._by_words.weigh(word_features(tokens, self._weights))
        by_letters = self._by_letters.weigh(letter_features(tokens, self._letter_weights))
        values = {
            entry: (fits[entry].value if entry in fits else 0.0)
            + WORDS_SHARE * by_words[entry]
            + LETTERS_SHARE * by_letters[entry]
            for entry in (range(self._count) if meant else fits)
        }
        for classifier in self._classifiers:
            for entry, log in enumerate(classifier.weigh(text, tokens)):
                if entry in values:
                    values[entry] += classifier.share * log
        for entry, view in enumerate(meant):
            values[entry] += self._calibration.nearness * view.nearness
            values[entry] += self._calibration.probability * view.probability
        return Weighed(values, fits, meant)

    def nearest(self, entry: int, weighed: Weighed) -> str:
        """The phrasing that explains best why an entry was chosen."""
        fit, meant = weighed.fits.get(entry), weighed.meant
        if fit and not (meant and meant[entry].nearness > fit.value):
            return self._texts[fit.phrasing]
        return self._texts[self._owners.index(entry) + meant[entry].phrasing]


def _words(sentence: Iterable[Token]) -> list[Token]:
    """Its tokens without the commas."""
    return [token for token in sentence if token.text != ","]


def _weigh_letters(texts: Iterable[tuple[int, Sequence[Token]]], entries: int) -> dict[str, float]:
    """How telling each run of letters is."""
    users: dict[str, set[int]] = defaultdict(set)
    for entry, word in {(entry, token.text) for entry, tokens in texts for token in tokens}:
        for run in letter_runs(word):
            users[run].add(entry)
    return {run: inverse_frequency(entries, len(owners)) for run, owners in users.items()}
