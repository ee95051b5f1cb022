"""What publishers set apart in their HTML is kept with the text, which itself stays as it was."""

from __future__ import annotations

import pytest

from store.feeds.parsing.page_blocks import tidied
from store.model import Block, text_of
from store.text.clean import BODY_LIMIT
from store.text.prose import blocks_of

BASE = "https://site.example/news/today.html"


def blocks(html: str) -> tuple[Block, ...]:
    return blocks_of(html, base=BASE)


def emphasised(html: str) -> list[tuple[str, str]]:
    return [
        (block.text[one.span.start : one.span.end], one.kind)
        for block in blocks(html)
        for one in block.emphases
    ]


def linked(html: str) -> list[tuple[str, str, str]]:
    return [
        (block.kind, block.text[link.span.start : link.span.end], link.address)
        for block in blocks(html)
        for link in block.links
    ]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        *(("b", "strong"), ("strong", "strong"), ("i", "em"), ("em", "em"), ("cite", "em")),
        *(("code", "code"), ("kbd", "code"), ("s", "strike"), ("del", "strike")),
        *(("mark", "mark"), ("sub", "sub"), ("sup", "sup")),
    ],
)
def test_emphasis_points_at_its_words(tag: str, kind: str) -> None:
    assert emphasised(f"<p>An  <{tag}> inner \n word </{tag}> of it</p>") == [("inner word", kind)]


def test_emphasis_may_be_nested_empty_or_around_paragraphs() -> None:
    assert emphasised("<p>a <b>b <b>c</b> <i>d</i></b><i> </i>e</p>") == [
        ("d", "em"),
        ("b c d", "strong"),
    ]
    assert emphasised("<div><em><p>one</p><p>two</p></em></div><p>three</p>") == [
        ("one", "em"),
        ("two", "em"),
    ]


def test_headings_and_code_are_set_apart_as_a_whole() -> None:
    assert emphasised("<h2><b>All</b> <i>of it</i></h2>") == [("of it", "em")]
    assert emphasised("<pre>a <b>b</b></pre>") == []


@pytest.mark.timeout(30)
def test_emphasis_without_end_costs_no_more_than_text() -> None:
    deep = "<b><i>" * 900 + "<p>x</p>" * 2_000
    assert len(blocks(deep)) == 2_000
    assert len(blocks("<p>" + "<b>a</b> " * 9_000)[0].emphases) == 2_000


def test_what_is_cut_off_at_the_limit_is_not_pointed_at() -> None:
    (block,) = blocks("<p>" + "a" * BODY_LIMIT + " <b>b</b> <a href=/x>c</a></p>")
    assert (block.emphases, block.links) == ((), ())


def test_cells_of_a_row_are_told_apart_whatever_they_say() -> None:
    head, row = blocks(
        "<table><tr><th>A<th>B<th>C</tr><tr><td> x | y <td><td>\u00ad<b>z</b></tr></table>"
    )
    assert (head.heads, row.heads) == (True, False)
    assert [row.text[cell.start : cell.end] for cell in row.cells] == ["x | y", "", "z"]
    assert row.text == "x | y | | z"
    hidden = blocks("<table><tr><td hidden>a<td>b<td>c</tr></table>")[0]
    assert [hidden.text[cell.start : cell.end] for cell in hidden.cells][-1] == "c"


def test_a_figure_is_its_caption_with_the_address_of_the_picture() -> None:
    html = """<figure><div><img data-src="/real.jpg" src="data:x" alt="A dog"></div>
    <figcaption>In the <a href="/park">park</a></figcaption></figure><p>Text</p>"""
    assert linked(html) == [
        ("caption", "[image: A dog]", "https://site.example/real.jpg"),
        ("caption", "In the park", "https://site.example/real.jpg"),
        ("caption", "park", "https://site.example/park"),
    ]


def test_pictures_are_found_where_pages_load_them_late_or_offer_sizes() -> None:
    html = '<figure><img srcset="/s.jpg 1x, /l.jpg 2x"><figcaption>Said</figcaption></figure>'
    assert linked(html) == [("caption", "Said", "https://site.example/l.jpg")]
    wordpress = '<div class=wp-caption><img src=/w.png><p class="wp-caption-text">Said</p></div>'
    assert linked(wordpress) == [("caption", "Said", "https://site.example/w.png")]


def test_a_picture_that_only_counts_readers_is_no_figure() -> None:
    html = "<figure><img width=1 height=1 src=/t.gif><figcaption>Said</figcaption></figure>"
    assert linked(html) == []
    assert linked("<figure><figcaption>Said</figcaption></figure>") == []
    assert blocks("<p><img src=/a.png></p>") == ()


def test_footnotes_know_what_links_call_them() -> None:
    html = """<p>Said<sup id=fnref:1><a href="#fn:1">1</a></sup> and
    <a href="https://site.example/news/today.html#fn:2">2</a>, <a href="#top">top</a>,
    <a href="https://o.example/#fn:2">other</a>.</p>
    <ol><li id="fn:1">One <a href="#fnref:1">↩</a></li><li id="fn:2"><p>Two</p><p>more</p></li>"""
    told = blocks(html)
    assert [(block.kind, block.marker, block.name) for block in told[1:]] == [
        ("note", "1.", "fn:1"),
        ("note", "2.", "fn:2"),
        ("note", "", ""),
    ]
    assert [link.address for block in told for link in block.links] == [
        *("#fn:1", "#fn:2", "https://o.example/#fn:2", "#fnref:1"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<aside role="doc-footnote" id="n">Said</aside>',
        '<aside epub:type="footnote" id="n">Said</aside>',
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a><p>Said</p></div>',
        '<p id="_ftn1">Said</p>',
    ],
)
def test_footnotes_are_known_however_they_are_written(html: str) -> None:
    told = blocks(f"<p>Before</p>{html}<p>After</p>")
    assert [block.kind for block in told] == ["paragraph", *["note"] * (len(told) - 2), "paragraph"]
    assert any(block.name for block in told)


def test_quotations_know_how_deep_they_stand() -> None:
    html = "<blockquote>a<blockquote>b</blockquote><ul><li>c</ul></blockquote>d"
    assert [(block.kind, block.quoted) for block in blocks(html)] == [
        ("quote", 1),
        ("quote", 2),
        ("item", 1),
        ("paragraph", 0),
    ]


def test_a_line_between_paragraphs_is_kept_with_the_one_below() -> None:
    assert [block.apart for block in blocks("<hr><p>a</p><hr><hr><p>b</p><p>c</p><hr>")] == [
        *(False, True, False),
    ]


def test_captions_in_a_row_are_no_menu() -> None:
    figure = "<figure><img src=/{0}.png><figcaption>Picture {0} of the day</figcaption></figure>"
    html = "".join(figure.format(number) for number in range(4)) + "<p>" + "Words. " * 60 + "</p>"
    assert text_of(tidied(blocks(html), "A title")) == text_of(blocks(html))
