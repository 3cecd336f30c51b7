"""Messages made to be slow: at most as long as Telegram lets anybody type, each of another kind."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle, islice

from benchmarks.typos import mistype
from bot.core.model import Knowledge
from bot.core.text import LONGEST_QUESTION, words

LOOK_ALIKES = str.maketrans("aeopcx", "аеорсх")  # Latin to Cyrillic
LONG_WORD = 7  # letters; from here on two edits are mended, which takes longest
ZERO_WIDTH = "\u200b"
STACKED = "e" + "\u0301" * 30


def hostile_messages(knowledge: Knowledge, seed: int = 1) -> Mapping[str, str]:
    """The kind of each message, and the message; the same for the same seed."""
    chance = random.Random(seed)
    phrasings = [text for entry in knowledge.entries.values() for text in entry.phrasings]
    signs = [text for sign in knowledge.red_flags for text in sign.phrasings]
    guards = list(knowledge.concepts.texts)
    known = sorted({word for text in (*phrasings, *signs) for word in words(text)})
    chance.shuffle(known)
    long = [word for word in known if len(word) >= LONG_WORD]
    near = mistype(long, 1, seed)
    unknown = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 10))) for _ in range(2000)]
    small = sorted(knowledge.grammar.small_words | knowledge.grammar.negations)
    messages = {
        "one known word, again and again": _fill(["spasm"]),
        "one unknown word, again and again": _fill(["spqrzm"]),
        "one letter, no spaces": "a" * LONGEST_QUESTION,
        "unknown words": _fill(unknown),
        "unknown words of 24 letters": _fill(["".join(chance.choices("aeinrst", k=24)) for _ in range(200)]),
        "unknown words of three letters": _fill(["".join(chance.choices("aeinrst", k=3)) for _ in range(2000)]),
        "every known word": _fill(known),
        "every known word, no spaces": _fill(known, ""),
        "every known word, each a sentence": _fill(known, ". "),
        "every known word, commas between": _fill(known, ", "),
        "near misses of known words": _fill(near),
        "near misses, no spaces": _fill(near, ""),
        "near misses, two slips": _fill(mistype(near, 1, seed + 1)),
        "near misses, each a sentence": _fill(near, ".\n"),
        "small words": _fill(small),
        "negations": _fill(sorted(knowledge.grammar.negations)),
        "terms of the vocabulary": _fill(_shuffled(knowledge.vocabulary, chance)),
        "beginnings of terms": _fill([term.rsplit(" ", 1)[0] for term in _shuffled(knowledge.vocabulary, chance)]),
        "phrasings": _fill(_shuffled(phrasings, chance), ". "),
        "phrasings, mistyped": _fill(mistype(_shuffled(phrasings, chance), 2, seed), ". "),
        "phrasings of warning signs": _fill(_shuffled(signs, chance), ". "),
        "phrasings of warning signs, no full stops": _fill(_shuffled(signs, chance)),
        "denied warning signs": _fill([f"no {text}" for text in _shuffled(signs, chance)], ", "),
        "warning signs, mistyped": _fill(mistype(_shuffled(signs, chance), 2, seed), ". "),
        "phrasings of guards": _fill(_shuffled(guards, chance), ". "),
        "one phrasing, again and again": _fill(phrasings[:1], "? "),
        "mixed scripts": _fill(phrasings).translate(LOOK_ALIKES),
        "zero-width signs between letters": ZERO_WIDTH.join(_fill(phrasings))[:LONGEST_QUESTION],
        "capitals and full width": _fill(phrasings).translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
        "stacked accents": _fill([STACKED]),
        "one sign that unfolds to eighteen": "\ufdfa" * LONGEST_QUESTION,
        "emoji": _fill(["🤕"], ""),
        "another script": _fill(["腰が痛い", "بهداشت", "спина"], ""),
        "digits": _fill([str(number) for number in range(1000)]),
        "punctuation": _fill(["?!.,;:"], ""),
        "line breaks": _fill(["a"], "\n"),
        "apostrophes and hyphens": _fill(["can't-won't'd"], "-"),
        "markup": _fill(["<b>{0.__class__}*_[`\\"]),
        "NUL and right-to-left": _fill(["\0back\u202epain"]),
    }
    return {kind: text[:LONGEST_QUESTION] for kind, text in messages.items()}


def _fill(parts: Sequence[str], between: str = " ") -> str:
    """Parts one after the other, over and over, up to the longest message."""
    return between.join(islice(cycle(parts), LONGEST_QUESTION))[:LONGEST_QUESTION]


def _shuffled(parts: Iterable[str], chance: random.Random) -> list[str]:
    shuffled = list(parts)
    chance.shuffle(shuffled)
    return shuffled
