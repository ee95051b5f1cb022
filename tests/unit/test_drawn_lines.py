"""An article in lines: what it is made of is seen, whatever width and script it has."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from store.model import Block, Link, Span, TextVersion
from store.text.prose import blocks_of
from store.text.sentences import sentences_of
from tui.widgets.article_page import META, FoldedPage, Page
from tui.widgets.hints import HOME_ROW, hints_for
from tui.widgets.wrapping import _lines_of_atoms, by_words, items_in_lines

GOLDENS = Path(__file__).parent / "goldens"
"""NEW_GOLDENS=1 writes them anew."""
BASE = "https://s.example/post"
RICH = """<h2>What is told</h2>
<p>It <b>is <i>so</i></b>: H<sub>2</sub>O<sup id=fnref1><a href="#fn1">1</a></sup>, 10<sup>th</sup>,
<code>x = 1</code> and <del>old</del> <mark>new</mark> words.
漢字かな混じり文のテスト、とても長い文章です。これは折り返されるはずです。もっと。</p>
<hr><blockquote>Outer, a quotation that is long enough to be folded over the end of the
line<blockquote>Inner</blockquote><ul><li>listed there</ul></blockquote>
<ul><li>one<ol><li>a nested item that is long enough to be folded over the end</ol></li><li>two</ul>
<figure><img src=/a.png alt="A chart"><figcaption>Sales by <a href=/c>year</a></figcaption></figure>
<table><tr><th>Name</th><th>Sum</th><th>What is said of it at length</th></tr>
<tr><td>Åsa</td><td></td><td>Words and more of them 漢字かな and some words after</td></tr>
<tr><td>Bob <b>b</b></td><td>x | y</td><td>سلام 👨‍👩‍👧 e\u0301</td></tr></table>
<pre>def f(): return "a long line of code that is wider than most panes are, it may be"
f()</pre>
<div class=footnotes><ol><li id=fn1>The note. <a href="#fnref1">↩</a></ol></div>"""


def folded(html: str, width: int) -> FoldedPage:
    blocks = (Block(kind="title", text="A title"), *blocks_of(html, base=BASE))
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    version = TextVersion(number=1, blocks=blocks, hash="", taken=taken)
    return FoldedPage(Page(blocks, sentences_of(version), "Top News · today"), width)


def drawn(page: FoldedPage) -> list[str]:
    nowhere = Span(0, 0)
    return [
        "".join(text for text, _ in page.parts(number, (), nowhere)) if line.block != META else "·"
        for number, line in enumerate(page.lines)
    ]


def looks(html: str, words: str) -> set[str]:
    page = folded(html, 60)
    parts = (page.parts(n, (), Span(0, 0)) for n, one in enumerate(page.lines) if one.block != META)
    return {look for line in parts for text, looks in line if words in text for look in looks}


@pytest.mark.parametrize("width", [78, 46, 24])
def test_a_rich_article_looks_as_it_did(width: int) -> None:
    text = "\n".join(line.rstrip() for line in drawn(folded(RICH, width))) + "\n"
    golden = GOLDENS / f"article_{width}.txt"
    if os.environ.get("NEW_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("width", [78, 46, 24, 12])
def test_no_line_is_wider_than_the_measure_and_every_letter_is_shown(width: int) -> None:
    page = folded(RICH, width)
    lines = drawn(page)
    assert max(map(cell_len, lines)) <= width
    starts = [line.start for line in page.lines]
    assert starts == sorted(starts)
    shown: set[int] = set()
    for line in page.lines:
        if line.block == META:
            continue
        for start, end in [(p.start, p.end) for p in line.pieces] or [(line.start, line.end)]:
            shown.update(range(start, end))
    text = "\n".join(block.text for block in page.page.blocks)
    missing = {text[at] for at in range(len(text)) if at not in shown}
    assert missing <= set(" |\n")


def test_words_are_set_as_they_were_written() -> None:
    html = "<p>a <b>bold</b> <em>slanted</em> <s>gone</s> <code>code</code> <mark>lit</mark></p>"
    for words, look in [
        *(("bold", "strong"), ("slanted", "em"), ("gone", "strike")),
        *(("code", "code"), ("lit", "mark")),
    ]:
        assert look in looks(html, words)
    assert "caption" in looks("<figure><img src=a alt=x><figcaption>Said</figcaption>", "Said")
    assert "cell" in looks("<table><tr><th>Who</th><th>What</th></tr>", "Who")


def test_a_table_that_is_too_wide_stands_cell_under_cell_with_names() -> None:
    html = "<table><tr><th>Name<th>Sum</tr><tr><td>Åsa Lindgren<td>9</tr><tr><td>Bo<td>8</table>"
    lines = drawn(folded(html, 16))
    assert lines[-6:] == ["Name: Åsa", "      Lindgren", "Sum: 9", "", "Name: Bo", "Sum: 8"]
    assert drawn(folded("<table><tr><td>one two<td>three four</table>", 12))[-2:] == [
        "· one two",
        "· three four",
    ]


def test_the_mouse_finds_words_and_links_in_a_table() -> None:
    page = folded("<table><tr><td>one<td><a href=/x>two</a></table>", 60)
    last = len(page.lines) - 1
    link = page.link_at(last, len("one │ t"))
    assert link is not None
    assert link.address == "https://s.example/x"
    assert page.link_at(last, 1) is None
    assert page.link_at(last, 40) is None
    assert page.sentence_at(last, 40) == 1


def test_a_note_is_found_from_its_number_and_back() -> None:
    page = folded(RICH, 60)
    (_, number), *_, (_, back) = page.links_between(0, len(page.lines))
    assert number.address == "#fn1"
    note = page.place_of(number)
    assert note is not None
    assert page.page.blocks[page.page.sentences[note].block].kind == "note"
    there = page.place_of(back)
    assert there is not None
    assert page.page.sentences[there].span.start <= number.span.start
    assert page.place_of(Link(span=Span(0, 1), address="#nothing")) is None


def test_hints_are_drawn_over_words_without_moving_any() -> None:
    page = folded("<p><a href=/x>宛先</a> and <a href=/y>so</a>.</p>", 60)
    hints = hints_for(page.links_between(0, 10))
    (line,) = (n for n, one in enumerate(page.lines) if one.block == 1 and one.end > one.start)
    parts = list(page.parts(line, (), Span(0, 0), hints=hints.drawn))
    assert "".join(text for text, _ in parts) == f"{HOME_ROW[0]} 先 and {HOME_ROW[1]}o."
    assert ("hint" in parts[0][1]) is True


def test_many_links_have_two_letters_each() -> None:
    links = [(n, Link(span=Span(n, n + 1), address=f"https://s.example/{n}")) for n in range(30)]
    hints = hints_for(links)
    assert {len(letters) for letters in hints.targets} == {2}
    first = hints.after("f")
    assert first is not None
    assert first.chosen is None
    assert len(first.drawn) < len(hints.drawn)
    second = first.after("j")
    assert second is not None
    assert second.chosen == links[1][1]
    assert second.told.endswith("https://s.example/1")
    assert first.after("7") is None
    assert first.after("escape") is None
    copying = hints.after("y")
    assert copying is not None
    assert copying.purpose == "copy"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("ab,é–“", min_size=1, max_size=30), min_size=1, max_size=20),
    st.integers(4, 40),
)
def test_text_of_one_cell_a_letter_is_folded_as_all_other_text(words: list[str], room: int) -> None:
    text = " ".join(words)
    assert list(by_words(text, room)) == list(_lines_of_atoms(text, room))


def test_tables_without_heads_that_follow_each_other_stand_apart() -> None:
    firms = "<table><tr><td>Tamar</td><td>300</td></tr><tr><td>Exe</td><td>20</td></tr></table>"
    towns = "<table><tr><td>Newcastle upon Tyne</td><td>9</td></tr></table>"
    assert drawn(folded(firms + towns, 60))[-4:] == [
        "Tamar │ 300",
        "Exe   │ 20",
        "",
        "Newcastle upon Tyne │ 9",
    ]


def test_tables_that_follow_each_other_keep_their_own_heads() -> None:
    firms = "<table><tr><th>Firm</th><th>Jobs</th></tr><tr><td>Tamar</td><td>300</td></tr></table>"
    towns = "<table><tr><th>Town</th><th>Rain</th></tr><tr><td>Leeds</td><td>9</td></tr></table>"
    bare = "<table><tr><td>a</td><td>b</td><td>c</td></tr></table>"
    narrow = [line.rstrip() for line in drawn(folded(firms + towns + bare, 11))]
    told = [line for line in narrow if ": " in line or "│" in line]
    assert told == ["Firm: Tamar", "Jobs: 300", "Town: Leeds", "Rain: 9", "a │ b │ c"]
    wide = [line.rstrip() for line in drawn(folded(firms + towns + bare, 60))]
    assert wide.count("──────┼─────") == 2
    assert wide[-2:] == ["", "a │ b │ c"]


def test_what_is_told_under_a_title_breaks_before_an_item_and_no_dot_dangles() -> None:
    told = "Top News · 22 Nov 09:30 (2 h ago) · 2 claims · Åsa Öst · tags: chips, 半導体, a b"
    assert items_in_lines(told, 200, lines=3) == [told]
    assert items_in_lines(told, 24, lines=9) == [
        *("Top News", "22 Nov 09:30 (2 h ago)", "2 claims · Åsa Öst", "tags: chips, 半導体, a b"),
    ]
    assert items_in_lines(told, 12, lines=4) == [
        *("Top News", "22 Nov 09:30", "(2 h ago)", "2 claims …"),
    ]
    assert items_in_lines("", 20, lines=3) == []
    assert items_in_lines(told, 0, lines=3) == []


@given(st.lists(st.text("ab 漢", max_size=9), max_size=6), st.integers(2, 20))
def test_every_line_of_what_is_told_fits_and_begins_and_ends_with_words(
    items: list[str], room: int
) -> None:
    told = " · ".join(filter(None, (" ".join(item.split()) for item in items)))
    for line in items_in_lines(told, room, lines=99):
        assert cell_len(line) <= room
        assert line.strip(" ·") == line
