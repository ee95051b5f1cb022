"""HTML as publishers write it becomes blocks that read as the page did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Block
from store.text.clean import BODY_LIMIT, clean
from store.text.prose import blocks_of, is_teaser

BASE = "https://site.example/news/today.html"


def texts(html: str) -> list[str]:
    return [block.text for block in blocks_of(html, base=BASE)]


def shapes(html: str) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.marker, block.text) for block in blocks_of(html)]


def linked(html: str) -> list[tuple[str, str]]:
    return [
        (block.text[link.span.start : link.span.end], link.address)
        for block in blocks_of(html, base=BASE)
        for link in block.links
    ]


# ---------------------------------------------------------------- running text


@pytest.mark.parametrize("nothing", ["", "  \n\t ", "<p></p>", "<!-- x -->", "<div><br><hr></div>"])
def test_an_empty_article_has_no_blocks(nothing: str) -> None:
    assert blocks_of(nothing) == ()


def test_spaces_count_once_and_inline_elements_bring_none() -> None:
    html = "<p>\n  A <b>bold</b>word,   <i> slanted </i> and\n<code>x</code>ed </p>"
    assert texts(html) == ["A boldword, slanted and xed"]


def test_one_line_break_is_a_space_and_two_begin_a_paragraph() -> None:
    assert texts("<p>One<br>two<br/> <br>three<br><br><br>four</p>") == ["One two", "three", "four"]


def test_loose_text_between_paragraphs_is_a_paragraph() -> None:
    assert texts("<div>a<div>b</div>c<p>d</p>e</div>f") == ["a", "b", "c", "d", "e", "f"]


def test_plain_text_is_cut_at_blank_lines() -> None:
    text = "First line\nof one & the same.\r\n\r\nSecond, a &lt; b &amp; c.\n  \n\n1 < 2"
    assert texts(text) == ["First line of one & the same.", "Second, a < b & c.", "1 < 2"]


def test_a_page_that_was_escaped_twice_is_still_a_page() -> None:
    assert texts("&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;") == [
        "Fish & chips",
        "Two",
    ]
    assert texts("Use &lt;p&gt; for paragraphs.") == ["Use <p> for paragraphs."]


def test_broken_markup_keeps_its_text() -> None:
    assert texts("<p>one <b>two <p>three</i> four <a href=>five") == ["one two", "three four five"]
    assert texts("a <<b>> c <") != []
    assert texts("<![CDATA[<p>wrapped twice</p>]]>") == ["wrapped twice"]


def test_what_a_reader_of_the_page_would_not_see_is_left_out() -> None:
    html = """<style>p {}</style><script>alert(1)</script><template>t</template><svg><text>v</text>
    </svg><iframe>i</iframe><p hidden>h</p><p style="color: red; display : none">n</p>
    <noscript>ns</noscript><form>Search <input value=x><select><option>o</select>
    <button>Go</button><textarea>ta</textarea></form><!-- c --><p>seen</p>"""
    assert texts(html) == ["Search", "seen"]


def test_text_behind_something_left_out_is_kept() -> None:
    assert texts("<p>a<script>x</script>b<!-- c -->c<?pi?>d</p>") == ["abcd"]


def test_controls_that_only_appear_in_the_text_are_cleaned() -> None:
    html = "<p>a&#27;[31m b&#x9d; c\x1b d\x00 e\ud800 f&#x202e;g&shy;h</p><pre>i&#27;j</pre>"
    for block in blocks_of(html):
        assert clean(block.text, limit=BODY_LIMIT, lines=block.kind == "code") == block.text
    assert "fgh" in texts(html)[0]
    assert texts(html)[1] == "i\ufffdj"


# ---------------------------------------------------------------- kinds of blocks


def test_headings_keep_their_level() -> None:
    assert shapes("<h1>A<br>b</h1><h3>C <i>d</i></h3><h6>e</h6>") == [
        ("heading", 1, "", "A b"),
        ("heading", 3, "", "C d"),
        ("heading", 6, "", "e"),
    ]


def test_lists_are_numbered_and_nested() -> None:
    html = """<ul><li>a<ul><li>b</li></ul>more</li><li><p>c</p><p>d</p></li></ul>
    <ol start="3"><li>x<li value="10">y<li>z</ol><ol reversed><li>p<li>q</ol><li>loose"""
    assert shapes(html) == [
        ("item", 0, "•", "a"),
        ("item", 1, "•", "b"),
        ("item", 0, "", "more"),
        ("item", 0, "•", "c"),
        ("item", 0, "", "d"),
        ("item", 0, "3.", "x"),
        ("item", 0, "10.", "y"),
        ("item", 0, "11.", "z"),
        ("item", 0, "2.", "p"),
        ("item", 0, "1.", "q"),
        ("item", 0, "•", "loose"),
    ]


def test_a_start_that_is_no_number_is_one() -> None:
    assert shapes("<ol start='9999999999999'><li>a</ol><ol start=x><li>b</ol>") == [
        ("item", 0, "1.", "a"),
        ("item", 0, "1.", "b"),
    ]


def test_a_quotation_ends_where_it_ends() -> None:
    html = "<p>a</p><blockquote>b<p>c</p><ul><li>d</ul>e</blockquote>f"
    assert shapes(html) == [
        ("paragraph", 0, "", "a"),
        ("quote", 0, "", "b"),
        ("quote", 0, "", "c"),
        ("item", 0, "•", "d"),
        ("quote", 0, "", "e"),
        ("paragraph", 0, "", "f"),
    ]
    assert texts("<p>He said <q>yes</q>.</p>") == ["He said “yes”."]


def test_code_is_kept_line_by_line() -> None:
    html = "<pre>\n\n<code>def f():\n\treturn  1<br>f()</code>\n\n</pre><p>after</p>"
    assert shapes(html) == [
        ("code", 0, "", "def f():\n\treturn  1\nf()"),
        ("paragraph", 0, "", "after"),
    ]
    assert shapes("<h2>x<pre>a\nb</pre></h2>")[1] == ("code", 0, "", "a\nb")


def test_a_table_is_a_block_a_row() -> None:
    html = """<table><caption>Sales</caption><thead><tr><th>Year</th><th>Sum</th></tr></thead>
    <tr><td><p>2024</p></td><td> 3 <b>bn</b></td></tr><tr><td>only one cell</td></tr></table>"""
    assert shapes(html) == [
        ("paragraph", 0, "", "Sales"),
        ("row", 0, "", "Year | Sum"),
        ("row", 0, "", "2024 | 3 bn"),
        ("paragraph", 0, "", "only one cell"),
    ]


def test_a_table_right_below_another_one_is_another_one() -> None:
    one, other = ("<table><tbody><tr><td>a<td>b</tr></tbody><tr><td>c<td>d</tr></table>",) * 2
    nested = "<table><tr><td><table><tr><td>a<td>b</table></tr><tr><td>e<td>f</tr></table>"
    assert [block.begins for block in blocks_of(one)] == [False, False]
    assert [block.begins for block in blocks_of(one + other)] == [False, False, True, False]
    assert [block.begins for block in blocks_of(f"{one}<p>x</p>{other}")] == [False] * 5
    assert [block.begins for block in blocks_of(nested)] == [False, True]


def test_a_table_that_only_lays_out_a_page_is_no_row() -> None:
    html = """<table><tr><td><h2>Head</h2><p>One</p></td><td><table><tr><td>a<td>b</table></td></tr>
    </table>"""
    assert shapes(html) == [
        ("heading", 2, "", "Head"),
        ("paragraph", 0, "", "One"),
        ("row", 0, "", "a | b"),
    ]


def test_only_code_holds_line_breaks() -> None:
    html = "<p>a\nb</p><h2>c\n<xmp>d\ne</xmp></h2><table><tr><td>f\ng<td>h<listing>i\nj</listing>"
    for block in blocks_of(html):
        assert block.kind == "code" or "\n" not in block.text


def test_a_picture_alone_is_told_by_its_words() -> None:
    html = """<figure><img src=a alt="A  dog"><figcaption>In the park</figcaption></figure>
    <p>Text <img alt="beside"> on <img alt="🙂">.</p><p><img src=b></p>
    <p><img alt="spy" width="1" height="1"></p>"""
    assert texts(html) == ["[image: A dog]", "In the park", "Text on 🙂."]


# ---------------------------------------------------------------- links


def test_links_point_at_their_words() -> None:
    html = """<p>See  <a href="/x">this
      link </a>and \u00ad<a href="https://o.example/a b">that\u200b<b> one</b></a>.</p>"""
    assert texts(html) == ["See this link and that one."]
    assert linked(html) == [
        ("this link", "https://site.example/x"),
        ("that one", "https://o.example/a%20b"),
    ]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("other.html", "https://site.example/news/other.html"),
        ("../a?b#c", "https://site.example/a?b#c"),
        ("?page=2", "https://site.example/news/today.html?page=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("example.org/x", "https://example.org/x"),
        ("www.example.org", "https://www.example.org/"),
        ("http://example.org/x", "http://example.org/x"),
        ("https://u:p@example.org/", "https://example.org/"),
    ],
)
def test_links_are_resolved(href: str, address: str) -> None:
    assert linked(f'<p><a href="{href}">x</a></p>') == [("x", address)]


@pytest.mark.parametrize(
    "href",
    ["", "#top", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "http://["],
)
def test_links_that_lead_to_no_page_are_only_words(href: str) -> None:
    assert linked(f'<p><a href="{href}">x</a></p>') == []
    assert texts(f'<p><a href="{href}">x</a></p>') == ["x"]


def test_a_link_around_paragraphs_is_on_each_of_them() -> None:
    html = '<a href="/x"><h2>One</h2><p>Two</p></a><p>Three</p>'
    assert linked(html) == [("One", "https://site.example/x"), ("Two", "https://site.example/x")]


def test_links_in_code_point_at_their_words() -> None:
    html = '<pre>\n\n  see\r\n\u200b <a href="/x">docs\u200b here</a>\n</pre>'
    assert linked(html) == [("docs here", "https://site.example/x")]


def test_a_link_without_words_is_none() -> None:
    assert linked('<p>a <a href="/x"> </a><a href="/y"><img alt="i"></a>b</p>') == []


# ---------------------------------------------------------------- hostile size and shape


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "tag", ["div", "b", "p", "a", "table", "ul", "ol", "blockquote", "font", "li", "pre", "q", "tr"]
)
def test_a_hundred_thousand_nested_elements_are_read_in_bounded_time(tag: str) -> None:
    html = f"<{tag}>" * 100_000 + "deep" + f"</{tag}>" * 100_000 + "<p>after</p>"
    read = "\n".join(texts(html))
    assert "deep" in read
    assert read.endswith("after")


@pytest.mark.timeout(60)
def test_an_element_with_a_hundred_thousand_attributes_is_read_in_bounded_time() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    assert texts(f"<p {attributes}>text") == ["text"]


def test_a_picture_of_a_megabyte_in_its_address_keeps_its_words() -> None:
    assert texts(f'<p><img src="data:image/png;base64,{"A" * 1_000_000}" alt="Chart"></p>') == [
        "[image: Chart]"
    ]


def test_an_endless_article_is_cut_at_the_limit() -> None:
    for html in ("<p>" + "word " * 400_000, "<p>x" * 600_000, "word\n\n" * 400_000):
        blocks = blocks_of(html)
        length = len("\n".join(block.text for block in blocks))
        assert BODY_LIMIT - 10 <= length <= BODY_LIMIT
        assert all(block.text == block.text.strip() != "" for block in blocks)


def test_deep_pages_leave_scripts_out_too() -> None:
    html = "<div>" * 5_000 + "<script>var x = '<p>no</p>'</script><style>no</style><!-- no -->yes"
    assert texts(html) == ["yes"]


TAG_NAMES = (
    "p div b br ul li ol table tr td th pre xmp blockquote h2 script q a hr details "
    "span_hidden img_alt=words a_href=/x"
)
tags = st.sampled_from([name.replace("_", " ") for name in TAG_NAMES.split()])
pieces = st.one_of(
    tags.map(lambda tag: f"<{tag}>"),
    tags.map(lambda tag: f"</{tag.split()[0]}>"),
    st.text(max_size=8),
    st.sampled_from(
        ["word ", " ", "\n", "&amp;", "&#27;", "\u200d", "\u0301", "\ud800", "é\u00ad"]
    ),
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_whatever_the_page_blocks_are_clean_and_links_lie_on_words(html: str) -> None:
    for block in blocks_of(html, base=BASE):
        is_code = block.kind == "code"
        assert block.text.strip()
        assert clean(block.text, limit=BODY_LIMIT, lines=is_code) == block.text
        assert is_code or (block.text == block.text.strip() and "  " not in block.text)
        last = 0
        for link in block.links:
            words = block.text[link.span.start : link.span.end]
            assert words == words.strip() != ""
            assert link.span.start >= last
            last = link.span.end


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=8))
def test_no_word_is_lost_or_changed(words: list[str]) -> None:
    assert texts("<p>" + " <i>".join(words) + "</p>") == [" ".join(words)]


# ---------------------------------------------------------------- teasers

LONG = Block(kind="paragraph", text="A sentence that says something at length. " * 20)


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)


@pytest.mark.parametrize(
    "ending",
    [
        "It went on […]",
        "It went on [...]",
        "It went on…",
        "And so it ... Read more",
        "Continue reading →",
        "Read the full story",
        "Continue reading “The long title” on the site",
        "cut [+1234 chars]",
    ],
)
def test_an_article_that_breaks_off_is_a_teaser(ending: str) -> None:
    assert is_teaser([LONG, paragraph(ending)])
    assert is_teaser([LONG, paragraph(ending), paragraph("The post X appeared first on Y.")])


def test_a_text_in_a_dense_script_is_not_short_for_having_few_characters() -> None:
    assert not is_teaser([paragraph("北海道の新しいデータセンターは雪で冷やす。" * 13)])
    assert is_teaser([paragraph("北海道の新しいデータセンターは雪で冷やす。")])


def test_a_short_text_or_none_is_a_teaser() -> None:
    assert is_teaser([])
    assert is_teaser([paragraph("Two lines of a summary. No more.")])
    assert is_teaser([paragraph("The post X appeared first on Y.")])


def test_a_whole_article_is_none() -> None:
    assert not is_teaser([LONG, paragraph("People read more when it rains, she said.")])
    assert not is_teaser([LONG, paragraph("It ended… and then it began again.")])
    assert not is_teaser([LONG, LONG, paragraph("The post X appeared first on Y.")])
