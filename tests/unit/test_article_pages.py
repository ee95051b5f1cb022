"""Turning an article to the text of its page and back, on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import QUIET, fill, open_desk
from feed_server import FeedServer
from msgspec.structs import replace
from web_words import PARAGRAPHS, TITLE

from store import worker
from store.cli import main
from store.desk import Desk, DeskError
from store.desk.pages import STALE, ArticlePages, Turned
from store.model import ArticleWrite, Block, HeadlineRow, PageFailed, PageOutcome, PageTaken
from store.settings import folders
from store.shelf.shelf import Shelf

PAGE = (
    Block(kind="title", text=QUIET[0]),
    *(Block(kind="paragraph", text=one) for one in PARAGRAPHS),
)
HTML = (
    f"<html><body><article><h1>{TITLE}</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article>"
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


def row(desk: Desk) -> HeadlineRow:
    return desk.rows()[0]


async def shown(desk: Desk) -> list[str]:
    opened = await desk.open_article(row(desk).feed, row(desk).id)
    return [block.text for block in opened.article.version.blocks[1:]]


async def turned(desk: Desk, *, seen: int = 0) -> Turned | None:
    return await desk.pages.turn_here(row(desk).feed, row(desk).id, seen)


def keep_page(desk: Desk, *, taken: datetime | None = None) -> int:
    """As the worker does: through a shelf of its own."""
    shelf = Shelf.open(desk.folders.desk)
    one = row(desk)
    number = shelf.take_page(one.id, one.feed, PAGE, taken=taken or datetime.now(UTC))
    shelf.close()
    return number


def answered(monkeypatch: pytest.MonkeyPatch, outcome: PageOutcome) -> None:
    async def fetching_page(*_: object) -> PageOutcome:
        return outcome

    monkeypatch.setattr(worker, "fetching_page", fetching_page)


async def test_what_is_not_here_is_to_be_fetched(desk: Desk) -> None:
    assert await turned(desk) is None


async def test_the_texts_are_turned_without_fetching_while_the_page_is_fresh(desk: Desk) -> None:
    keep_page(desk)
    assert await shown(desk) == list(PARAGRAPHS)
    assert await turned(desk) == Turned(shows="feed")
    assert await shown(desk) == list(QUIET[1:])
    assert await turned(desk) == Turned(shows="page")
    assert await shown(desk) == list(PARAGRAPHS)


async def test_a_page_of_days_ago_is_fetched_anew(desk: Desk) -> None:
    keep_page(desk, taken=datetime.now(UTC) - STALE - timedelta(minutes=1))
    assert await turned(desk) == Turned(shows="feed")
    assert await turned(desk) is None


async def test_what_came_while_another_text_was_seen_is_shown_first(desk: Desk) -> None:
    keep_page(desk)
    assert await turned(desk, seen=1) == Turned(shows="page")
    assert await shown(desk) == list(PARAGRAPHS)


async def test_an_article_that_names_no_page_says_so(desk: Desk) -> None:
    one = row(desk)
    shelf = Shelf.open(desk.folders.desk)
    there = shelf.article(one.id, one.feed)
    assert there is not None
    write = ArticleWrite(headline=replace(there.headline, address=""), version=there.version)
    shelf.take_in(one.feed, lambda _: [write])
    shelf.close()
    with pytest.raises(DeskError, match="names no page"):
        await turned(desk)


async def test_an_article_that_went_says_so(desk: Desk) -> None:
    with pytest.raises(DeskError, match="not on this desk any more"):
        await desk.pages.turn_here(row(desk).feed, 12)


async def test_a_desk_that_cannot_be_written_says_so_before_anything_is_fetched(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "read_only", property(lambda _: True))
    with pytest.raises(DeskError, match="read-only"):
        await turned(desk)


async def test_a_fetched_page_is_told_to_be_new_or_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = row(desk)
    taken = PageTaken(feed=one.feed, article=one.id, version=2, partial=True)
    answered(monkeypatch, taken)
    assert await desk.pages.fetch(one.feed, one.id) == Turned(shows="page", partial=True)
    assert keep_page(desk) == 2
    assert await desk.pages.fetch(one.feed, one.id) == Turned(shows="same", partial=True)


async def test_a_page_that_cannot_be_fetched_is_the_one_fetched_before_or_an_error(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = row(desk)
    answered(monkeypatch, PageFailed(feed=one.feed, article=one.id, reason="No network."))
    with pytest.raises(DeskError, match="No network"):
        await desk.pages.fetch(one.feed, one.id)
    assert await shown(desk) == list(QUIET[1:])
    keep_page(desk)
    await turned(desk)
    assert await desk.pages.fetch(one.feed, one.id) == Turned(shows="page", note="No network.")
    assert await shown(desk) == list(PARAGRAPHS)
    assert await desk.pages.fetch(one.feed, one.id) == Turned(shows="kept", note="No network.")
    assert await shown(desk) == list(PARAGRAPHS)


async def test_a_worker_that_says_nothing_is_told_as_such(desk: Desk) -> None:
    nowhere = ArticlePages(desk.pages._lane, desk._shelf, desk.folders.desk / "no", desk.now)
    with pytest.raises(DeskError, match=r"page ended early|no desk"):
        await nowhere.fetch(row(desk).feed, row(desk).id)


# -------------------------------------------------------- by command


def test_wiredesk_page_fetches_the_text_of_an_article(capsys: pytest.CaptureFixture[str]) -> None:
    with FeedServer() as server:
        server.serve("/a", HTML, content_type="text/html")
        item = f"<item><title>Plant</title><link>{server.address('/a')}</link></item>"
        server.serve("/f", f"<rss version='2.0'><channel><title>News</title>{item}</channel></rss>")
        assert main(["add", server.address("/f")]) == 0
        shelf = Shelf.open(folders().desk)
        (headline,) = shelf.headlines(1)
        shelf.close()
        capsys.readouterr()
        assert main(["page", "1", str(headline.id)]) == 0
        assert capsys.readouterr().out == "Full text of “Plant”.\n"
        assert main(["page", "1", str(headline.id), "--json"]) == 0
        assert '"outcome":"page"' in capsys.readouterr().out
        server.status("/a", 404)
        assert main(["page", "1", str(headline.id)]) == 1
        assert "(404)" in capsys.readouterr().err
        assert main(["page", "1", "12", "--json"]) == 1
        assert '"outcome":"page failed"' in capsys.readouterr().out


def test_wiredesk_page_tells_the_app_too_why_the_desk_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = ["--desk", str(tmp_path / "nowhere"), "page", "1", "2"]
    assert main([*nowhere, "--json"]) == 3
    assert '"outcome":"page failed"' in capsys.readouterr().out
    assert main(nowhere) == 3
    assert not capsys.readouterr().out
