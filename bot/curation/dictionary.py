"""The common words of a language: no misspellings of others, though the knowledge does not use them."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker

LEAST_USED = 300  # times in the film subtitles that were counted; "december" has 378, "leeks" and "canter" less


@cache
def common_words(language: str) -> frozenset[str]:
    """Some 31,000 words of English, in lower case; none of a language without a dictionary.

    Source: the word counts of pyspellchecker, from the OpenSubtitles corpus.
    """
    try:
        counts = SpellChecker(language=language).word_frequency
    except ValueError:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count >= LEAST_USED and word.isalpha())
