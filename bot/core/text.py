"""One normal form for questions and phrasings: the same words, however they were typed."""

from __future__ import annotations

import re
import unicodedata

MOST_SENTENCES = 60  # of one text that are told apart; nobody tells a story in more
LONGEST_QUESTION = 4096  # characters looked at; Telegram lets nobody type more in one message

# Letters of other scripts that pass for Latin ones (TR39 confusables, lower case only). NFKC leaves them as they are.
_LOOK_ALIKES = str.maketrans(
    "авеёзіїјкмнорсѕтухһԁԛԝьпгциαβγεηικνορστυχωıɩɑɡʏᴀᴄᴇɪɴᴏᴘᴛᴜօոսհ",
    "abee3iijkmhopcstyxhdqwbnruuabyenikvopotuxwiiagyaceinoptuonuh",
)
_COMBINING_MARKS = re.compile("[̀-ͯ҃-҇⃐-⃿︠-︯]")
_APOSTROPHES = re.compile("['’‘ʼ`´′＇]")
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_COMMA = re.compile(r"[^\W_]+|,")
_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cs", "Cn"})
_ASCII_LEFT_OUT = dict.fromkeys(map(ord, "'`\x7f" + "".join(map(chr, range(32))).replace("\n", "").replace("\t", "")))
SENTENCE_END = re.compile(r"[.!?;:\n\r…]+(?=\s|$)|[\n\r;]+")


def normalise(text: str) -> str:
    r"""The normal form: no case, width, accents, look-alike letters, apostrophes or invisible characters.

    Line breaks stay, since they end sentences. At most `LONGEST_QUESTION` characters come back.

    >>> normalise("I CAN’T pее\u200b, ｉｃｅ?")
    'i cant pee, ice?'
    """
    if text.isascii():  # most texts, and none of the rest applies to them
        return text[:LONGEST_QUESTION].lower().translate(_ASCII_LEFT_OUT)
    folded = unicodedata.normalize("NFKC", text[:LONGEST_QUESTION])[:LONGEST_QUESTION]
    hidden = [c for c in set(folded) - {"\n", "\t"} if unicodedata.category(c) in _INVISIBLE]
    visible = folded.translate(dict.fromkeys(map(ord, hidden)))
    plain = _COMBINING_MARKS.sub("", unicodedata.normalize("NFKD", visible.casefold()))
    latin = _APOSTROPHES.sub("", plain.translate(_LOOK_ALIKES))
    return unicodedata.normalize("NFC", latin)[:LONGEST_QUESTION]


def words(text: str) -> tuple[str, ...]:
    """The words of a text in normal form, in order.

    >>> words("Ice, or HEAT — 20 min?")
    ('ice', 'or', 'heat', '20', 'min')
    """
    return tuple(_WORD.findall(normalise(text)))


def sentences(text: str) -> tuple[tuple[str, ...], ...]:
    """The words and commas of each sentence of a text, in order; sentences without a word are left out.

    Of a text with more than `MOST_SENTENCES`, what is over stands in the last one.

    >>> sentences("No fever, really. I cant pee!!! 3.5 km")
    (('no', 'fever', ',', 'really'), ('i', 'cant', 'pee'), ('3', '5', 'km'))
    """
    split = SENTENCE_END.split(normalise(text), maxsplit=MOST_SENTENCES - 1)
    parts = (tuple(_WORD_OR_COMMA.findall(part)) for part in split)
    return tuple(part for part in parts if any(word != "," for word in part))


def sentence_texts(text: str) -> tuple[str, ...]:
    """The sentences of a text as typed, in order; those without a word are left out.

    >>> sentence_texts("Hurts! Ice, or heat?")
    ('Hurts', 'Ice, or heat')
    """
    return tuple(part.strip() for part in SENTENCE_END.split(text[:LONGEST_QUESTION]) if _WORD.search(part))


def stem(word: str) -> str:
    """A word without its English ending, so that 'spasms', 'spasming' and 'spasmed' are one.

    Cuts plurals, -ing, -ed and -ly only; never below three letters. Not a real word in every case: both sides go
    through it.

    >>> [stem(w) for w in ("spasms", "lifting", "lifted", "stretches", "this", "pins", "ice", "running", "slowly")]
    ['spasm', 'lift', 'lift', 'stretch', 'this', 'pin', 'ice', 'run', 'slow']
    """
    if len(word) < 4 or word in _NO_ENDING:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and _has_vowel(word[: -len(ending)]):
            base = word[: -len(ending)]
            return (
                base[:-1]
                if ending != "ly" and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz"
                else base
            )
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


_NO_ENDING = frozenset(
    """
    this his has was is does yes gas always during morning evening nothing anything something everything thing
    bring spring string need feed bleed red bed speed used tired news less pass plus bus lens weeds
    """.split()
)


def _has_vowel(text: str) -> bool:
    return any(letter in "aeiouy" for letter in text)
