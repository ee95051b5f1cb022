"""A desk to try things on: temporary, subscribed to the sample feeds, gone afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from store.desk import DeskError
from store.model import Feed, FeedFailed, HeadlineRow, Outcome, PageFailed, Value
from store.sample.server import SampleServer
from store.sample.stories import Issue
from store.settings import Folders
from store.shelf.rows import Rows
from store.shelf.shelf import Shelf, ShelfError


class SampleDesk(Value, frozen=True, kw_only=True):
    """Where the desk lies and who serves its feeds."""

    folders: Folders
    server: SampleServer


@contextmanager
def throw_away_desk() -> Iterator[SampleDesk]:
    """Make a desk that is subscribed to the sample's feeds; nothing is fetched yet.

    Raises:
        DeskError: The temporary folder cannot hold a desk.
        OSError: There is no temporary folder, or no port of 127.0.0.1.
    """
    # A worker that is just ending may still write there: what it leaves is the system's to clear.
    with (
        TemporaryDirectory(prefix="wiredesk-sample-", ignore_cleanup_errors=True) as name,
        SampleServer() as server,
    ):
        root = Path(name)
        folders = Folders(desk=root / "desk", settings=root / "settings", state=root / "state")
        _subscribe(folders.desk, server)
        yield SampleDesk(folders=folders, server=server)


def check() -> list[str]:
    """Fetch the sample through everything a real feed goes through; return what went wrong."""
    try:
        with throw_away_desk() as desk, closing(Shelf.open(desk.folders.desk)) as shelf:
            return _problems(shelf, desk.server)
    except (DeskError, ShelfError, OSError) as error:
        return [str(error)]


def _subscribe(folder: Path, server: SampleServer) -> None:
    try:
        with closing(Shelf.open(folder)) as shelf:
            for address in server.addresses:
                shelf.add_feed(address, permit=server.permit)
    except ShelfError as error:
        raise DeskError(str(error)) from error


def _problems(shelf: Shelf, server: SampleServer) -> list[str]:
    outcomes = asyncio.run(_refreshed(shelf))
    issues = dict(zip(server.addresses, server.issues, strict=True))
    problems = _failures(shelf.feeds(), outcomes, expected=len(issues))
    for feed in shelf.feeds():
        problems += _shortfalls(shelf, feed, issues[feed.first_address])
    return problems + asyncio.run(_page_problems(shelf))


async def _refreshed(shelf: Shelf) -> list[Outcome]:
    from store.refresh import refresh

    return [outcome async for outcome in refresh(shelf, shelf.feeds())]


async def _page_problems(shelf: Shelf) -> list[str]:
    """Why the page of an article that only begins in its feed cannot be read."""
    from store.refresh.full_text import fetch_page

    headlines = (one for feed in shelf.feeds() for one in shelf.headlines(feed.number))
    teaser = next((one for one in headlines if one.teaser), None)
    if teaser is None:
        return ["No article of the sample is a teaser."]
    outcome = await fetch_page(shelf, teaser.feed, teaser.id)
    return [f"“{teaser.title}”: {outcome.reason}"] if isinstance(outcome, PageFailed) else []


def _failures(feeds: tuple[Feed, ...], outcomes: list[Outcome], *, expected: int) -> list[str]:
    problems = [
        f"{feed.name}: {outcome.reason}"
        for feed in feeds
        for outcome in outcomes
        if isinstance(outcome, FeedFailed) and outcome.feed == feed.number
    ]
    if len(outcomes) != expected:
        problems.append(f"{len(outcomes)} of {expected} feeds were refreshed.")
    return problems


def _shortfalls(shelf: Shelf, feed: Feed, issue: Issue) -> list[str]:
    columns = shelf.columns()
    rows = Rows(columns, columns.order(feed=feed.number))
    lost = {story.title for story in issue.stories} - {row.title for row in rows}
    problems = [f"{issue.title}: “{title}” did not arrive." for title in sorted(lost)]
    if len(rows) != len(issue.stories):
        problems.append(
            f"{issue.title}: {len(rows)} articles arrived, {len(issue.stories)} were sent."
        )
    if feed.title != issue.title:
        problems.append(f"{issue.title}: the feed calls itself “{feed.title}”.")
    problems += [f"“{row.title}” has no sentence." for row in rows if not _reads(shelf, row)]
    return problems


def _reads(shelf: Shelf, row: HeadlineRow) -> bool:
    """Whether the cursor finds a sentence to stand on, beyond the title."""
    from store.text.sentences import sentences_of

    article = shelf.article(row.id, row.feed)
    return article is not None and any(s.block > 0 for s in sentences_of(article.version))
