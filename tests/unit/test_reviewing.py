"""How many suggestions wait for an answer, counted once for each state of an article."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk

from store.claims.marking.focus import focus_on
from store.claims.marking.tagging import cross_out, enter
from store.desk import Desk
from store.desk.opened import OpenedArticle
from store.desk.reviewing import Reviewer, open_sentences
from store.errors import DeskError
from store.settings import folders
from store.shelf.shelf import Shelf


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    with closing(open_desk()) as desk:
        yield desk


async def counts(desk: Desk) -> list[int]:
    return [await desk.open_suggestions(row.feed, row.id) for row in desk.rows()]


async def test_what_is_kept_or_rejected_waits_no_longer(desk: Desk) -> None:
    many, none = await counts(desk)
    assert many >= 2
    assert none == 0
    row = desk.rows()[0]
    for answer in (enter, cross_out):
        opened = await desk.open_article(row.feed, row.id)
        at = open_sentences(opened)[0]
        focus = focus_on(opened.sentences[at], opened.suggestions[at], opened.claims)
        write = answer(focus).write
        assert write is not None
        opened = await desk.keep(opened, write)
    assert await counts(desk) == [many - 2, 0]
    await desk.take_back(opened, act="undo")
    assert await counts(desk) == [many - 1, 0]


async def test_an_article_is_read_again_only_when_something_changed(desk: Desk) -> None:
    row = desk.rows()[0]
    opened = await desk.open_article(row.feed, row.id)
    read: list[OpenedArticle] = []
    learned = [1]

    def reads(feed: int, article: int) -> OpenedArticle:
        read.append(opened)
        return opened

    with closing(Shelf.open(folders().desk)) as shelf:
        reviewer = Reviewer(shelf, reads, lambda: learned[0])
        first = reviewer.open_in(row.feed, row.id)
        assert reviewer.open_in(row.feed, row.id) == first == len(open_sentences(opened))
        assert len(read) == 1
        learned[0] = 2
        assert reviewer.open_in(row.feed, row.id) == first
        assert len(read) == 2


async def test_an_article_that_is_lost_has_no_suggestions(desk: Desk) -> None:
    row = desk.rows()[0]

    def lost(feed: int, article: int) -> OpenedArticle:
        raise DeskError("The text of this article is not on this desk.")

    with closing(Shelf.open(folders().desk)) as shelf:
        reviewer = Reviewer(shelf, lost, lambda: 1)
        assert reviewer.open_in(row.feed, row.id) == 0
        assert reviewer.open_in(row.feed, 12345) == 0
