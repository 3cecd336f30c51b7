"""What is known of the words of a language, whatever the knowledge is about: which are common, which mean the same."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

from bot.core.word_vectors import WordVectors
from bot.curation.problems import KnowledgeError, Problem

VECTORS_FILE = "word-vectors.zip"  # in the folder of a language; made by `make learn ARGS=--words`
_STEMS, _NUMBERS = "stems.txt", "numbers"  # what it holds
_MEND = "Delete it; `make learn ARGS=--words` makes it anew, and the bot runs without it."
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the date of both, so that the same vectors make the same file
LEAST_USED = 300  # times in the film subtitles that were counted; "december" has 378, "leeks" and "canter" less


@cache
def common_words(language: str) -> frozenset[str]:
    """Some 31,000 words of English, in lower case: no misspellings of others, though the knowledge does not use them.

    None of a language without a dictionary.

    Source: the word counts of pyspellchecker, from the OpenSubtitles corpus.
    """
    try:
        counts = SpellChecker(language=language).word_frequency
    except ValueError:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count >= LEAST_USED and word.isalpha())


def read_word_vectors(file: Path) -> WordVectors:
    """The vectors of a file; none where there is no such file.

    Raises:
        KnowledgeError: it holds something else.
    """
    try:
        with zipfile.ZipFile(file) as kept:
            stems, numbers = kept.read(_STEMS).decode().splitlines(), kept.read(_NUMBERS)
    except FileNotFoundError:
        return WordVectors()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        message = f"cannot be read ({type(error).__name__}). {_MEND}"
        raise KnowledgeError([Problem(file, 0, message)]) from error
    if not stems or len(numbers) % len(stems):
        raise KnowledgeError([Problem(file, 0, f"is not whole. {_MEND}")])
    return WordVectors(stems, numbers)


def write_word_vectors(file: Path, stems: Sequence[str], numbers: bytes) -> None:
    """Write what `read_word_vectors` reads: words without their endings, and a signed byte for each number."""
    with zipfile.ZipFile(file, "w") as kept:
        for name, content in ((_STEMS, "\n".join(stems).encode()), (_NUMBERS, numbers)):
            kept.writestr(zipfile.ZipInfo(name, _ALWAYS), content, zipfile.ZIP_DEFLATED)
