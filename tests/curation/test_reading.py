"""YAML read to the letter, and refused with its line where a curator would not see what it means."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.files import LARGEST_FILE
from bot.curation.problems import KnowledgeError
from bot.curation.reading import DEEPEST, MOST_NODES, Document, Value, read_yaml

Read = Callable[[str | bytes], Document]

# The sentences of the reader, as a curator sees them behind file and line.
ALIAS = "uses an alias ('*name'). Write the text out, or put it in quotes."
ANCHOR = "uses an anchor ('&x'). Remove it, or put the text in quotes."
TAG = "uses a tag ('!name'). Remove it, or put the text in quotes."
MERGE = "uses a merge key ('<<'). Write the keys out."
DEEP = f"is nested more than {DEEPEST} levels deep. Check the indentation."
LARGE = f"is larger than {LARGEST_FILE:,} bytes. Split the file."
MANY = f"has more than {MOST_NODES:,} values. Split the file."
NOT_UTF8 = "is not UTF-8 text here. Save the file as UTF-8."
TAB = "holds a tab. Use spaces."
NO_END = "opens a quote that nothing closes. Close it, or look for an open one above."
LIST_OPEN = "opens a '[' that nothing closes. Close it, or put the text in quotes."
MAPPING_OPEN = "opens a '{' that nothing closes. Close it, or put the text in quotes."
SECOND = "a second document starts here ('---'). Keep one document a file."
EMPTY = "is empty. Write something into it, or delete the file."
NO_KEY = "has nothing in front of its colon. Write a key there."
BRACKET_KEY = "begins with a bracket where a key should stand. Put the text in quotes."
COLON = "has a colon too many, or is indented too far. Put a text with a colon in quotes."
NO_COLON = "has no colon. Begin a line of a list with '- ', write 'key: text', or indent it like the text above."
STRAY = "has a bracket or comma where a text should stand. Put the text in quotes."
UNLINED = "does not line up, or goes on behind a closing quote. Line it up, or use double quotes."
SIGN = "begins a text with a sign that YAML keeps for itself. Put the text in quotes."
STAR = "begins a text with '*'. Put the text in quotes."
AND = "begins a text with '&'. Put the text in quotes."
BACKSLASH = "holds a backslash between double quotes. Use single quotes, or remove it."
BEHIND_PIPE = "has text right behind '|' or '>'. Begin the text on the next line."
AFTER_END = "stands behind '...', which ends a file. Remove that line."
OTHER = "cannot be read as YAML. Look at the sign that the line begins with."


def hidden(code: str) -> str:
    return f"holds the invisible character U+{code}. Delete it and type the word again."


def escaped(what: str) -> str:
    return f"stands for {what} by a backslash. Remove that."


def doubled(key: str, first: int) -> str:
    return f"the key '{key}' is here already (line {first}). Keep one of them."


BOMB = "a: &x [ice, ice, ice]\nb: [*x, *x, *x]\nc: [*x, *x, *x]\n"

# id: (file, line, sentence); line 0 is the file as a whole
BAD_FILES: dict[str, tuple[str | bytes, int, str]] = {
    "alias": ("ice: cold\nheat: *ice\n", 2, ALIAS),
    "alias in a list": ("steps:\n  - one\n  - *one\n", 3, ALIAS),
    "alias as a key": ("ice: cold\n*ice : warm\n", 2, ALIAS),
    "alias bomb": (BOMB, 1, ANCHOR),
    "anchor": ("ice: &x cold\n", 1, ANCHOR),
    "anchor in a list": ("steps:\n  - &x one\n", 2, ANCHOR),
    "anchor on a mapping": ("ice: &x\n  title: Ice\n", 1, ANCHOR),
    "anchor on a key": ("title: Ice\n&x ice: cold\n", 2, ANCHOR),
    "anchor on the file": ("&x\nice: cold\n", 1, ANCHOR),
    "tag": ("order: !!int 3\n", 1, TAG),
    "tag that calls code": ("a: b\nc: !!python/object/apply:os.system [ls]\n", 2, TAG),
    "tag on a key": ("!!str ice: cold\n", 1, TAG),
    "tag on a set": ("ice: !!set\n  ? cold\n", 1, TAG),
    "tag nobody declared": ("ice: !e!cold x\n", 1, TAG),
    "tag without a name": ("ice: ! cold\n", 1, TAG),
    "text that begins with an exclamation mark": ("ice: !important\n", 1, TAG),
    "merge key": ("ice:\n  <<: {title: Ice}\n", 2, MERGE),
    "merge key with an alias": ("ice:\n  <<: *heat\n", 2, MERGE),
    "doubled key": ("ice: 1\nheat: 2\nice: 3\n", 3, doubled("ice", 1)),
    "doubled key inside": ("ice:\n  title: Ice\n  title: Cold\n", 3, doubled("title", 2)),
    "doubled key in quotes": ('ice: 1\n"ice": 2\n', 2, doubled("ice", 1)),
    "doubled key in braces": ("x: {ice: 1,\n  ice: 2}\n", 2, doubled("ice", 1)),
    "doubled key, Windows line ends": ("ice: 1\r\nheat: 2\r\nice: 3\r\n", 3, doubled("ice", 1)),
    "too deep by indentation": ("".join(" " * n + "a:\n" for n in range(DEEPEST + 2)), DEEPEST + 2, DEEP),
    "too deep by brackets": ("ice: " + "[" * 90_000, 1, DEEP),
    "too large": ("ice: cold\n" * 100_001, 0, LARGE),
    "too many values": ("- a\n" * (MOST_NODES + 1), MOST_NODES, MANY),
    "NUL": ("ice: cold\nheat: \0\n", 2, hidden("0000")),
    "bell": ("ice: \a\n", 1, hidden("0007")),
    "delete": ("ice: \x7f\n", 1, hidden("007F")),
    "next line of a mainframe": ("ice: cold\x85heat: warm\n", 1, hidden("0085")),
    "UTF-16": ("ice: cold\n".encode("utf-16"), 1, NOT_UTF8),
    "Latin-1": (b"ice: cold\ncaf\xe9: warm\n", 2, NOT_UTF8),
    "surrogates": (b"ice: \xed\xa0\x80\n", 1, NOT_UTF8),
    "soft hyphen": ("ice: co\u00adld\n", 1, hidden("00AD")),
    "zero-width space": ("heat: warm\nice: co\u200bld\n", 2, hidden("200B")),
    "zero-width joiner between letters": ("ice: co\u200dld\n", 1, hidden("200D")),
    "word joiner": ("ice: co\u2060ld\n", 1, hidden("2060")),
    "byte order mark in the middle": ("ice: cold\n\ufeffheat: warm\n", 2, hidden("FEFF")),
    "right-to-left override": ("ice: \u202ecold\n", 1, hidden("202E")),
    "Arabic letter mark": ("ice: \u061ccold\n", 1, hidden("061C")),
    "line separator": ("ice: cold\u2028heat: warm\n", 1, hidden("2028")),
    "letter that shows as a gap": ("ice: \u3164\n", 1, hidden("3164")),
    "hidden tag letters": ("ice: cold\U000e0041\n", 1, hidden("E0041")),
    "private sign": ("ice: \ue000\n", 1, hidden("E000")),
    "no character at all": ("ice: \uffff\n", 1, hidden("FFFF")),
    "invisible by an escape": ('ice: "co\\u200bld"\n', 1, escaped("the invisible character U+200B")),
    "NUL by an escape": ('ice: cold\nheat: "\\0"\n', 2, escaped("the invisible character U+0000")),
    "tab by an escape in a key": ('"ice\\t": cold\n', 1, escaped("a tab")),
    "tab as indentation": ("ice:\n\ttitle: Ice\n", 2, TAB),
    "tab behind a dash": ("steps:\n  -\tone\n", 2, TAB),
    "tab in a text": ("ice: very\tcold\n", 1, TAB),
    "unclosed quote": ('ice: "cold\nheat: warm\nrest: no\n', 1, NO_END),
    "unclosed single quote": ("heat: warm\nice: 'cold\n", 2, NO_END),
    "unclosed bracket": ("ice: [cold,\nheat: warm\n", 1, LIST_OPEN),
    "unclosed brace": ("ice: {cold: yes\nheat: warm\n", 1, MAPPING_OPEN),
    "closing bracket alone": ("ice: cold\nheat: ]\n", 2, STRAY),
    "two commas": ("ice: [cold,, wet]\n", 1, STRAY),
    "two documents": ("ice: cold\n---\nheat: warm\n", 2, SECOND),
    "document behind an end": ("ice: cold\n...\nheat: warm\n", 3, AFTER_END),
    "empty file": ("", 1, EMPTY),
    "blank file": ("\n  \n\n", 1, EMPTY),
    "comments only": ("# later\n", 1, EMPTY),
    "only the start of a document": ("---\n", 1, EMPTY),
    "only a byte order mark": (b"\xef\xbb\xbf", 1, EMPTY),
    "list as a key": ("heat: warm\n[ice]: cold\n", 2, BRACKET_KEY),
    "mapping as a key": ("{ice: cold}: wet\n", 1, BRACKET_KEY),
    "list as a key behind a question mark": ("? - ice\n: cold\n", 1, BRACKET_KEY),
    "braces of a template": ("heat: warm\nice: {{cold}}\n", 2, BRACKET_KEY),
    "no key": ("?\n", 1, NO_KEY),
    "blank key": ('"  ": cold\n', 1, NO_KEY),
    "colon in a text": ("ice: Note: it is cold\n", 1, COLON),
    "indented too far": ("ice: cold\n  heat: warm\n", 2, COLON),
    "key without a colon": ("ice: cold\nheat\nrest: no\n", 2, NO_COLON),
    "indented between two levels": ("ice:\n    title: Ice\n  short: Cold\n", 3, UNLINED),
    "list item below a key that has a text": ("ice: cold\n- wet\n", 2, UNLINED),
    "apostrophe in single quotes": ("ice: 'don't'\n", 1, UNLINED),
    "text behind a quote": ('ice: "cold" and wet\n', 1, UNLINED),
    "at sign": ("ice: @cold\n", 1, SIGN),
    "backtick": ("heat: warm\nice: `cold`\n", 2, SIGN),
    "bold with stars": ("ice: **cold**\n", 1, STAR),
    "text that begins with an ampersand": ("ice: & so on\n", 1, AND),
    "unknown escape": ('ice: "\\q"\n', 1, BACKSLASH),
    "half an escape": ('ice: "\\x0"\n', 1, BACKSLASH),
    "text behind a pipe": ("ice: |cold\n", 1, BEHIND_PIPE),
    "YAML of the future": ("%YAML 3.0\n---\nice: cold\n", 1, OTHER),
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text, or bytes, as the file `k.yaml`."""

    def read_it(content: str | bytes) -> Document:
        file = tmp_path / "k.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_yaml(file)

    return read_it


@pytest.fixture(params=["libyaml", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML; the slow one stands in on machines without libyaml."""
    if request.param == "Python":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    return str(request.param)


@pytest.mark.parametrize(
    "typed",
    "no yes on Off true null ~ 1:30 3.10 017 0x1F 1e3 1_000 .inf 2026-11-23 112 +44 12:30:45 =".split(),
)
def test_a_value_stays_the_text_that_was_typed(read: Read, parser: str, typed: str) -> None:
    assert read(f"ice: {typed}\n").value == {"ice": typed}, parser


@pytest.mark.parametrize("typed", ["no", "1:30", "017", "2026-11-23", "~"])
def test_a_key_stays_the_text_that_was_typed(read: Read, typed: str) -> None:
    assert read(f"{typed}: cold\n").value == {typed: "cold"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ice: it's, or? 50% less\n", {"ice": "it's, or? 50% less"}),
        ("ice:\n", {"ice": ""}),
        ("ice: []\nheat: {}\n", {"ice": [], "heat": {}}),
        ("ice: |-\n  one\n\n  two\n", {"ice": "one\n\ntwo"}),
        ("ice: >-\n  one\n  two\n", {"ice": "one two"}),
        ("ice: 'it''s \"cold\"'\n", {"ice": 'it\'s "cold"'}),
        ('ice: "one\\ntwo"\n', {"ice": "one\ntwo"}),
        ("- what helps: ice\n", [{"what helps": "ice"}]),
        ("'<<': cold\n", {"<<": "cold"}),
        ("\ufeffice: cold\n", {"ice": "cold"}),
        ("ice: cold\r\nheat: warm\r\n", {"ice": "cold", "heat": "warm"}),
        ("---\nice: cold\n...\n", {"ice": "cold"}),
        ("ice: 🧑\u200d⚕️ ❤️ e\u0301\n", {"ice": "🧑\u200d⚕️ ❤️ e\u0301"}),
    ],
    ids="signs blank empty lines folded single-quotes line-break colon-in-a-list-item quoted-merge-key "
    "byte-order-mark Windows-line-ends one-document emoji-and-accents".split(),
)
def test_what_a_curator_may_write_is_read(read: Read, parser: str, text: str, value: Value) -> None:
    assert read(text).value == value, parser


def test_keys_and_list_items_know_their_lines(read: Read) -> None:
    document = read("# comment\nice:\n  title: Ice\n  steps:\n    - one\n\n    - >-\n      two\n  list: [a,\n    b]\n")

    assert document.lines == {
        (): 2,
        ("ice",): 2,
        ("ice", "title"): 3,
        ("ice", "steps"): 4,
        ("ice", "steps", 0): 5,
        ("ice", "steps", 1): 7,
        ("ice", "list"): 9,
        ("ice", "list", 0): 9,
        ("ice", "list", 1): 10,
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [(("ice", "short"), 2), (("ice", "steps", 7), 3), (("heat",), 1), ((), 1)],
    ids=["missing key", "missing item", "missing at the top", "the file"],
)
def test_what_is_missing_has_the_line_of_what_is_around_it(read: Read, path: tuple[str | int, ...], line: int) -> None:
    document = read("rest: no\nice:\n  steps: [one]\n")

    assert document.line(path) == line


@pytest.mark.parametrize(("content", "line", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_with_its_line_in_plain_words(
    read: Read, parser: str, content: str | bytes, line: int, message: str
) -> None:
    with pytest.raises(KnowledgeError) as refused:
        read(content)

    assert [(problem.line, problem.message) for problem in refused.value.problems] == [(line, message)], parser


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\U00110000"])
def test_an_escape_of_no_character_is_refused(read: Read, parser: str, escape: str) -> None:
    with pytest.raises(KnowledgeError, match="backslash") as refused:
        read(f'ice: "{escape}"\n')

    assert [problem.line for problem in refused.value.problems] == [1], parser


def test_every_doubled_key_of_a_file_is_named(read: Read) -> None:
    with pytest.raises(KnowledgeError) as refused:
        read("ice: 1\nice: 2\nheat:\n  a: 1\n  a: 2\nice: 3\n")

    assert [problem.line for problem in refused.value.problems] == [2, 5, 6]


def test_every_line_with_an_invisible_character_is_named_once(read: Read) -> None:
    with pytest.raises(KnowledgeError) as refused:
        read("ice: co\u200bl\u200bd\nheat: warm\nrest:\tno\n")

    assert [problem.line for problem in refused.value.problems] == [1, 3]


@pytest.mark.parametrize("name", ["missing.yaml", "."], ids=["missing", "a folder"])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match=r"cannot be read \(.+\)\. Check its name and who may read it\."):
        read_yaml(tmp_path / name)


# Pieces that mean something in YAML, so that most texts get past its first character.
PIECES = st.sampled_from(
    [
        *"\n\n  :-?[]{},#&*!|>'\"%@`\\~<\t\r\0\u2028\u200b\ufeffé🧊",
        *("ice", "- ", ": ", "\n  ", "---\n", "...\n", "&x ", "*x", "!!int ", "<<: ", "|2", ">-\n"),
        *("\\U", "\\x", "FFFFFFFF", "%YAML 1.", "%TAG ! "),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(content=st.one_of(TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary()))
@pytest.mark.parametrize("with_libyaml", [True, False], ids=["libyaml", "Python"])
def test_any_file_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, *, with_libyaml: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", with_libyaml)

        try:
            found: object = read_yaml(file).value
        except KnowledgeError as error:
            found = error.problems

    assert found
