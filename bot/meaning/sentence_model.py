"""Texts as vectors of meaning: bge-small-en-v1.5 with 8-bit weights, run by onnxruntime from a local file.

Nothing is downloaded: the file comes with the package `compartment`, of which no code is run, and is checked against
the hash of the published one before use.

Source: Xiao et al., C-Pack, 2023; model BAAI/bge-small-en-v1.5 (MIT), its 8-bit file by Xenova.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from bot.meaning.wordpiece import WordPiece

PACKAGE = "compartment"
FILE = "models/bge-small-en-v1.5-int8/model_quantized.onnx"
MODEL_SHA256 = "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
VOCABULARY_FILE = Path(__file__).with_name("vocabulary.txt")
DIMENSIONS = 384
LONGEST = 128  # word pieces of a text that are looked at; the model could see 512, in many times the time
BATCH = 16  # texts at once; more is no faster on one thread
MOST_KEPT = 32  # texts whose vectors are kept
MOST_PADDING = 16  # word pieces that shorter texts wait for a longer one; a run of its own takes as long

Vectors = npt.NDArray[np.float32]


class ModelError(Exception):
    """The model cannot be used; says why, in one line."""


class SentenceModel:
    """Turns texts into vectors of length 1.

    Args:
        file: the ONNX file.

    Raises:
        ModelError: the file is missing, or is not the one that was measured.
    """

    def __init__(self, file: Path) -> None:
        _check(file, MODEL_SHA256)
        _check(VOCABULARY_FILE, VOCABULARY_SHA256)
        pieces = VOCABULARY_FILE.read_text("utf-8").splitlines()
        self.words = tuple(piece for piece in pieces if piece.isalpha())
        self._tokenizer = WordPiece(pieces)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a question is small, a machine often too
        self._kept: dict[tuple[int, ...], Vectors] = {}  # a message is looked at twice: for its kind, then for entries
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of `DIMENSIONS` a text, in order; the cosine of two texts is the product of their rows."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, states in self._states(texts):
            vectors[row] = states.mean(axis=0)
        self._kept = {}
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def last_texts(self, texts: Sequence[str], most: int) -> Sequence[str]:
        """The last of some texts, together of at most so many pieces; the last one in any case."""
        pieces = accumulate(len(self.pieces(text)) for text in reversed(texts))
        return texts[-max(1, sum(count <= most for count in pieces)) :]

    def states(self, texts: Sequence[str]) -> list[Vectors]:
        """For each text, one row of `DIMENSIONS` a word piece, in order; kept for the next call of `encode`."""
        self._kept = {}
        found = dict(self._states(texts))
        if len(texts) <= MOST_KEPT:
            self._kept = {self.pieces(text): found[row] for row, text in enumerate(texts)}
        return [found[row] for row in range(len(texts))]

    def _states(self, texts: Sequence[str]) -> Iterator[tuple[int, Vectors]]:
        """The number of each text and the vectors of its pieces, in any order."""
        kept = self._kept
        pieces = [self.pieces(text) for text in texts]
        missing = [row for row, key in enumerate(pieces) if key not in kept]
        yield from ((row, kept[key]) for row, key in enumerate(pieces) if key in kept)
        for batch in _batches([len(pieces[row]) for row in missing]):
            rows = [missing[at] for at in batch]
            yield from zip(rows, self._run([pieces[row] for row in rows]), strict=True)

    def pieces(self, text: str) -> tuple[int, ...]:
        """The numbers of a text's word pieces, at most `LONGEST`; the first and the last are its beginning and end."""
        return tuple(self._tokenizer.encode(text, LONGEST))

    def _run(self, pieces: Sequence[Sequence[int]]) -> list[Vectors]:
        """The vectors of each text's pieces."""
        longest = max(map(len, pieces))
        numbers = np.array([[*row, *[0] * (longest - len(row))] for row in pieces], np.int64)
        present = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in pieces], np.int64)
        inputs = {"input_ids": numbers, "attention_mask": present, "token_type_ids": np.zeros_like(numbers)}
        (hidden,) = self._session.run(None, inputs)
        return [states[: len(row)] for states, row in zip(hidden, pieces, strict=True)]


def model_file() -> Path:
    """Where the package that carries the model keeps it.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"{PACKAGE} is not installed", name=PACKAGE)
    return Path(package.origin).parent / FILE


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts that are run at once, the shortest first: each takes as long as the longest of them."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        padding = len(batch) * (lengths[row] - lengths[batch[-1]]) if batch else 0
        if len(batch) == BATCH or padding > MOST_PADDING:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _check(file: Path, sha256: str) -> None:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"{file.name} of the meaning model cannot be read ({type(error).__name__}).") from error
    if found != sha256:
        raise ModelError(f"{file.name} of the meaning model is not the file that was measured. Install it again.")
