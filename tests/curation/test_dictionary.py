"""What is known of the words of a language."""

import zipfile
from pathlib import Path

import pytest

from bot.core.word_vectors import Means, WordVectors
from bot.curation.dictionary import VECTORS_FILE, common_words, read_word_vectors, write_word_vectors
from bot.curation.problems import KnowledgeError

OURS = Path(__file__).parents[2] / "knowledge/en" / VECTORS_FILE


@pytest.mark.parametrize("word", ["transport", "seaside", "prison", "careful", "concussion", "monday"])
def test_a_word_that_people_use_is_common(word: str) -> None:
    assert word in common_words("en")


@pytest.mark.parametrize("word", ["", "bakc", "thier", "leeks", "canter", "line's"])
def test_a_misspelling_a_rare_word_and_what_is_no_word_are_not(word: str) -> None:
    assert word not in common_words("en")


def test_a_language_without_a_dictionary_has_none() -> None:
    assert common_words("xx") == frozenset()


def test_vectors_that_were_written_are_read_and_the_same_ones_make_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    for file in (one, other):
        write_word_vectors(file, ("cold", "hot"), bytes((1, 2, 255, 254)))

    assert read_word_vectors(one) == WordVectors(["cold", "hot"], bytes((1, 2, 255, 254)))
    assert one.read_bytes() == other.read_bytes()


def test_a_language_without_the_file_has_no_vectors(tmp_path: Path) -> None:
    assert read_word_vectors(tmp_path / VECTORS_FILE).dimensions == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no archive", "cannot be read (BadZipFile)"),
        ({"numbers": b""}, "cannot be read (KeyError)"),
        ({"stems.txt": b"\xff", "numbers": b"1"}, "cannot be read (UnicodeDecodeError)"),
        ({"stems.txt": b"cold\nhot", "numbers": b"123"}, "is not whole"),
        ({"stems.txt": b"", "numbers": b""}, "is not whole"),
    ],
)
def test_a_damaged_file_is_named_with_what_mends_it(
    tmp_path: Path, content: bytes | dict[str, bytes], told: str
) -> None:
    file = tmp_path / VECTORS_FILE
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        with zipfile.ZipFile(file, "w") as archive:
            for name, part in content.items():
                archive.writestr(name, part)

    with pytest.raises(KnowledgeError) as error:
        read_word_vectors(file)

    assert str(error.value.problems[0]) == (
        f"{file}: {told}. Delete it; `make learn ARGS=--words` makes it anew, and the bot runs without it."
    )


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [("motorway", "freeway", "banana"), ("sofa", "couch", "tax"), ("doctor", "physician", "garden")],
)
def test_of_ours_words_that_mean_the_same_lie_close(word: str, like: str, unlike: str) -> None:
    means = Means(read_word_vectors(OURS))
    one, near, far = (means.mean({name: 1.0}) or [] for name in (word, like, unlike))

    cosines = [sum(a * b for a, b in zip(one, other, strict=True)) for other in (near, far)]
    assert cosines[0] > 0.4 + cosines[1]
