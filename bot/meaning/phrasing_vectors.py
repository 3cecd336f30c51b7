"""The vectors of the phrasings and the classifier over them: each vector is computed once and kept.

They lie in the knowledge as well, made by `make learn`: the first start takes them from there, and whoever edits a
phrasing waits for that one alone. What is kept is rounded to 8 bits, and so is what is computed now, so that an answer
does not depend on where a vector came from.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.keeping import keep
from bot.meaning.classifier import Weights, learn
from bot.meaning.sentence_model import DIMENSIONS, MODEL_SHA256, SentenceModel, Vectors

FILE = "phrasings.npz"
VERSION = 3  # raise it when the same phrasings give other vectors or weights
HIGHEST = 127  # of 8 bits

Phrasings = Mapping[str, Sequence[str]]  # entry id -> its phrasings


@dataclass(frozen=True, slots=True)
class PhrasingVectors:
    """What was computed from the phrasings."""

    vectors: Vectors  # a row a phrasing
    weights: Weights


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a file holds: the hash of each text, its vector in 8 bits, and what was learned of all of them together."""

    texts: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int8]  # a row a text
    steps: npt.NDArray[np.float32]  # by which a row is multiplied
    weights: Weights
    of: str  # the hash of the phrasings that the weights belong to, in their order

    def vectors(self) -> Vectors:
        return self.rows * self.steps[:, None]


def learn_phrasing_vectors(
    phrasings: Phrasings, model: SentenceModel, cache: Path | None = None, made: Path | None = None
) -> PhrasingVectors:
    """The vectors of the phrasings and the classifier.

    Three milliseconds a vector, and seconds for the classifier over thousands. A folder that cannot be read or written
    changes nothing but the time.

    Args:
        cache: the folder where they are kept; None for nowhere.
        made: the folder where `make learn` wrote them.
    """
    texts = [text for group in phrasings.values() for text in group]
    kept = [found for folder in (cache, made) if folder and (found := _read(folder / FILE))]
    of = _hash(phrasings)
    for found in kept:
        if found.of == of:
            return PhrasingVectors(found.vectors(), found.weights)
    rows, steps = _rounded(texts, model, kept)
    owners = np.repeat(np.arange(len(phrasings)), [len(group) for group in phrasings.values()])
    vectors = rows * steps[:, None]
    learned = PhrasingVectors(vectors, learn(vectors, owners, len(phrasings)))
    if cache:
        _write(cache / FILE, _Kept(_digests(texts), rows, steps, learned.weights, of))
    return learned


def _rounded(
    texts: Sequence[str], model: SentenceModel, kept: Sequence[_Kept]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """The vectors of some texts in 8 bits, and by what each row is multiplied."""
    rows, steps = np.zeros((len(texts), DIMENSIONS), np.int8), np.zeros(len(texts), np.float32)
    digests = _digests(texts)
    for found in kept:
        places = {digest: place for place, digest in enumerate(found.texts.tolist())}
        for row in np.flatnonzero(steps == 0):
            if (place := places.get(int(digests[row]))) is not None:
                rows[row], steps[row] = found.rows[place], found.steps[place]
    missing = np.flatnonzero(steps == 0)
    vectors = model.encode([texts[row] for row in missing.tolist()])
    steps[missing] = np.abs(vectors).max(axis=1, initial=0) / HIGHEST
    rows[missing] = np.rint(vectors / steps[missing, None])
    return rows, steps


def _digests(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    digests = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.array([int.from_bytes(digest, "big") for digest in digests], np.uint64)


def _hash(phrasings: Phrasings) -> str:
    text = repr([(entry_id, tuple(texts)) for entry_id, texts in phrasings.items()])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _made_by() -> str:
    return f"{MODEL_SHA256} {VERSION}"


def _write(file: Path, kept: _Kept) -> None:
    keep(
        file,
        lambda part: np.savez(
            part,
            allow_pickle=False,
            texts=kept.texts,
            rows=kept.rows,
            steps=kept.steps,
            weights=kept.weights,
            of=kept.of,
            made_by=_made_by(),
        ),
    )


def _read(file: Path) -> _Kept | None:
    """What was kept; None where there is nothing, or nothing of this model."""
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
            if str(kept["made_by"]) != _made_by():
                return None
            found = _Kept(kept["texts"], kept["rows"], kept["steps"], kept["weights"], str(kept["of"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    is_whole = found.rows.shape == (len(found.texts), DIMENSIONS) and found.steps.shape == found.texts.shape
    return found if is_whole else None
