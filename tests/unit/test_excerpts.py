"""The part of a long article that is shown before the whole fills the pane, and nothing moves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Block, Sentence, Span, TextVersion, hash_of, text_of
from store.text.sentences import sentences_of
from tui.widgets.article_page import FoldedPage, Page
from tui.widgets.excerpt import excerpt_of

WIDTH, ROWS = 60, 20
KINDS = st.sampled_from(["paragraph", "heading", "item", "quote", "code"])
TEXTS = st.sampled_from(["", "Short.", "It rained all day long. " * 4, "漢字は広い。" * 30])
BLOCKS = st.lists(st.builds(lambda kind, text: Block(kind=kind, text=text.strip()), KINDS, TEXTS))


def page_of(blocks: tuple[Block, ...], **more: int) -> Page:
    text = text_of(blocks)
    version = TextVersion(
        number=1, blocks=blocks, hash=hash_of(text), language="en", taken=datetime.now(UTC)
    )
    return Page(blocks, sentences_of(version), "Top News", **more)


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.floats(0, 1))
def test_an_excerpt_fills_the_pane_around_its_place_with_the_lines_of_the_whole(
    further: list[Block], share: float
) -> None:
    blocks = (Block(kind="title", text="A title"), *further)
    offset = int(share * len(text_of(blocks)))
    part = excerpt_of(blocks, offset, rows=ROWS, width=WIDTH)
    whole = FoldedPage(page_of(blocks), WIDTH)
    shown = FoldedPage(page_of(blocks[part.first : part.end], above=part.above), WIDTH)

    assert (part.above == 0) == (part.first == 0)
    here, there = shown.line_of(offset - part.begin), whole.line_of(offset)
    for by in range(-ROWS + 5, ROWS - 5):
        if 0 <= there + by < len(whole.lines) and whole.lines[there + by].start < len(
            text_of(blocks)
        ):
            one, other = shown.lines[here + by], whole.lines[there + by]
            assert one.end - one.start == other.end - other.start
            assert one.lead == other.lead


def test_a_table_is_never_divided() -> None:
    rows = tuple(Block(kind="row", text="a | b", cells=(Span(0, 1), Span(4, 5))) for _ in range(90))
    blocks = (Block(kind="title", text="A title"), *rows, Block(kind="paragraph", text="So it is."))
    part = excerpt_of(blocks, 200, rows=ROWS, width=WIDTH)
    assert (part.first, part.end) == (1, 91)


@pytest.mark.parametrize(("top", "here", "seen"), [(50, 0, 25), (0, 90, 2), (4, 2, 2)])
def test_the_sentence_nearest_to_the_cursor_is_found_however_far_the_view_went(
    top: int, here: int, seen: int
) -> None:
    blocks = tuple(Block(kind="paragraph", text="One line.") for _ in range(100))
    start = [Sentence(span=Span(10 * n, 10 * n + 9), block=n) for n in range(100)]
    folded = FoldedPage(Page(blocks, tuple(start), "Top News"), WIDTH)
    found = folded.sentence_seen(top, top + 6, here)
    first, last = folded.lines_of_sentence(found)
    assert found == seen
    assert first <= top + 6
    assert last >= top
