"""Our reading of Telegram's HTML, held to Telegram's own parser."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.markup import MarkupError, parse_html, trim

Entities = list[tuple[str, int, int]]
Parsed = tuple[str, Entities] | str  # visible text with entities, or the words of a refusal
Parser = Callable[[str], Parsed]

GOOD: dict[str, tuple[str, str, Entities]] = {
    "plain": ("ice or heat", "ice or heat", []),
    "bold": ("<b>Ice</b> first", "Ice first", [("bold", 0, 3)]),
    "other names": (
        "<strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>",
        "abcde",
        [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1), ("strikethrough", 4, 1)],
    ),
    "a host that ends in a dot": ("<a>a.</a>", "a.", [("text_link", 0, 2)]),
    "a host of one dot": ("<a>.</a>", ".", []),
    "nested": ("<b>a<i>b</i>c</b>", "abc", [("bold", 0, 3), ("italic", 1, 1)]),
    "twice the same": ("<b>a<b>b</b></b>", "ab", [("bold", 0, 2), ("bold", 1, 1)]),
    "capitals": ("<B>a</b><i>c</I>", "ac", [("bold", 0, 1), ("italic", 1, 1)]),
    "end without a name": ("<b>a</>", "a", [("bold", 0, 1)]),
    "spaces in tags": ("<b\n>a</b >", "a", [("bold", 0, 1)]),
    "emoji count as two": ("🧊 <b>🔥</b>", "🧊 🔥", [("bold", 3, 2)]),
    "nothing inside": ("a<b></b>", "a", []),
    "white space stays": ("  <b> a </b>", "   a ", [("bold", 2, 3)]),
    "references": ("&lt;&gt;&amp;&quot;&#60;&#x1F9CA;&#X3c;", '<>&"<🧊<', []),
    "references without an end": ("&lt &#60 &ampx", "< < &ampx", []),
    "unknown references": (
        "&nbsp;&apos;&LT;&#0;&#1114111;&#0000000060;",
        "&nbsp;&apos;&LT;&#0;&#1114111;&#0000000060;",
        [],
    ),
    "longest reference": ("&#0000060;&#00000060;", "<&#00000060;", []),
    "read once": ("&amp;lt;", "&lt;", []),
    "bare ampersand and bracket": ("a & b > c", "a & b > c", []),
    "quote": ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    "folded quote": ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    "folded by a value": ("<blockquote expandable=''>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    "not folded by capitals": ("<blockquote EXPANDABLE>a</blockquote>", "a", [("blockquote", 0, 1)]),
    "spoilers": (
        '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
        "ab",
        [("spoiler", 0, 1), ("spoiler", 1, 1)],
    ),
    "code": ("<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
    "link": ('<a href="https://x.org?a=1&amp;b=2">a</a>', "a", [("text_link", 0, 1)]),
    "link without a scheme": ("<a href=x.org>a</a>", "a", [("text_link", 0, 1)]),
    "link in its own text": ("<a>https://x.org/a b</a>", "https://x.org/a b", [("text_link", 0, 17)]),
    "link into Telegram": ("<a href='tg://resolve?domain=x'>a</a>", "a", [("text_link", 0, 1)]),
    "bad links are plain": (
        "<a href='javascript:1'>a</a><a href='http://a b'>b</a><a href='tel:1'>c</a><a href='x'>d</a><a>e</a>",
        "abcde",
        [],
    ),
    "needless attributes": ("<b x y=1 z = 'a>b'>a</b>", "a", [("bold", 0, 1)]),
}
HALF_A_CHARACTER = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)
BAD: dict[str, tuple[str, str]] = {
    "line break": ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
    "paragraph": ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    "comment": ("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0'),
    "closed at once": ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
    "less than": ("1 < 2 or 3 > 2", 'Unsupported start tag "" at byte offset 2'),
    "offset in bytes": ("é🧊<q>a</q>", 'Unsupported start tag "q" at byte offset 6'),
    "look-alike name": ("<bloc\u212aquote>a", 'Unsupported start tag "bloc\u212aquote" at byte offset 0'),
    "bare bracket at the end": ("a <", "Unclosed start tag at byte offset 2"),
    "tag without an end": ("a <b", "Unclosed start tag at byte offset 2"),
    "attribute without an end": ("<b x", 'Unclosed start tag "b" at byte offset 0'),
    "value without an end": ("<a href='x.org>a</a>", "Unclosed start tag at byte offset 0"),
    "no attribute name": ("<b / >a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
    "address without quotes": ("<a href=https://x.org>a</a>", "Unexpected end of name token at byte offset 8"),
    "span": ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    "left open": ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    "never opened": ("a</b>", "Unexpected end tag at byte offset 1"),
    "crossed": ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    "end tag without an end": ("<b>a</b", "Unclosed end tag at byte offset 4"),
    "half a character": ("&#55296;", HALF_A_CHARACTER),
}

TAGS = (
    "b",
    "i",
    "U",
    "del",
    "code",
    "pre",
    "blockquote",
    "blockquote expandable",
    "tg-spoiler",
    'span class="tg-spoiler"',
    "span",
    'a href="https://x.org/?a&amp;b"',
    "a href='javascript:1'",
    "a",
    "a href=x.org",
    "a href=/x",
    "br",
    "p",
    "b x='>'",
    "b/",
)
SCRAPS = (
    *"ab é<>/&'\"=#;x.\n\t\0\v\x0c\xa0",
    "🧊",
    "👨‍👩‍👧",
    "ice ",
    "x.org",
    "&lt;",
    "&gt",
    "&amp;",
    "&quot;",
    "&#60;",
)
SCRAPS += ("&#x1F9CA;", "&#55296;", "&#0;", "&nbsp;", "</", "</>", "<b>", "</b>", "<i ", "</I", "B", "\u212a", "9")
soup = st.lists(st.sampled_from(SCRAPS), max_size=8).map("".join)
nested = st.recursive(
    st.one_of(soup, st.sampled_from(["ice", "🧊", "x.org", "&lt;"])),
    lambda inner: st.builds(
        lambda tag, parts, end: f"<{tag}>{''.join(parts)}{end.replace('=', tag.split()[0])}",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=3),
        st.sampled_from(["</=>", "</=>", "</= >", "</>", "", "</b>"]),
    ),
    max_leaves=8,
)


def read_here(html: str) -> Parsed:
    try:
        text, entities = parse_html(html)
    except MarkupError as error:
        return str(error)
    return text, sorted((entity["type"], entity["offset"], entity["length"]) for entity in entities)


@pytest.fixture(scope="module")
def read_at_telegram() -> Parser:
    tdjson = pytest.importorskip(
        "tdjson", reason="TELEGRAM'S OWN PARSER WAS NOT ASKED: no tdjson here, so bot/local/markup.py is unproven"
    )
    names = {"BlockQuote": "blockquote", "ExpandableBlockQuote": "expandable_blockquote", "TextUrl": "text_link"}

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()))
        return answer

    def read(html: str) -> Parsed:
        mode = {"@type": "textParseModeHTML"}
        answer = ask({"@type": "parseTextEntities", "text": html, "parse_mode": mode})
        if answer["@type"] == "error":
            return str(answer["message"])
        types = [entity["type"]["@type"].removeprefix("textEntityType") for entity in answer["entities"]]
        spans = [(entity["offset"], entity["length"]) for entity in answer["entities"]]
        return answer["text"], sorted(
            (names.get(kind, kind.lower()), *span) for kind, span in zip(types, spans, strict=True)
        )

    ask({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
    return read


@pytest.mark.parametrize(("html", "text", "entities"), GOOD.values(), ids=GOOD)
def test_good_html_becomes_text_and_entities(html: str, text: str, entities: Entities) -> None:
    assert read_here(html) == (text, sorted(entities))


@pytest.mark.parametrize(("html", "words"), BAD.values(), ids=BAD)
def test_bad_html_is_refused_in_telegrams_words(html: str, words: str) -> None:
    assert read_here(html) == f"Can't parse entities: {words}"


@pytest.mark.parametrize("html", [case[0] for case in (*GOOD.values(), *BAD.values())], ids=[*GOOD, *BAD])
def test_telegram_says_the_same(html: str, read_at_telegram: Parser) -> None:
    assert read_at_telegram(html) == read_here(html)


@settings(max_examples=1_000)
@given(html=st.one_of(soup, nested, st.lists(nested, max_size=4).map("".join)))
def test_whatever_is_nested_telegram_says_the_same(html: str, read_at_telegram: Parser) -> None:
    assert read_here(html) == read_at_telegram(html)


def test_half_a_character_in_the_html_itself_is_refused() -> None:
    assert "UTF-8" in read_here("a\ud800")


def test_outer_entities_come_before_inner_ones() -> None:
    _, entities = parse_html("<b><i>a</i>b</b>")

    assert [entity["type"] for entity in entities] == ["bold", "italic"]


def test_a_link_keeps_its_address() -> None:
    _, entities = parse_html('<a href="https://x.org/?a=1&amp;b=2">a</a>')

    assert entities[0]["url"] == "https://x.org/?a=1&b=2"


@pytest.mark.parametrize(
    ("html", "text", "span"),
    [
        pytest.param("  🧊 <b>Ice</b>", "🧊 Ice", (3, 3), id="moved"),
        pytest.param("<b>  Ice\n</b>\n", "Ice", (0, 3), id="cut"),
    ],
)
def test_white_space_around_a_text_is_taken_off_its_entities_too(html: str, text: str, span: tuple[int, int]) -> None:
    trimmed, entities = trim(*parse_html(html))

    assert trimmed == text
    assert [(entity["offset"], entity["length"]) for entity in entities] == [span]


def test_an_entity_of_nothing_but_outer_white_space_is_dropped() -> None:
    assert trim(*parse_html("Ice <b> </b>")) == ("Ice", [])
