"""Single pages kept as articles, in a feed of their own that is never fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from store.feeds.page_text import blocks_for
from store.feeds.parsing.children import ParserPool
from store.feeds.web.answers import FetchFailed, ParseFailed
from store.feeds.web.fetch import Fetcher
from store.model import (
    SAVED_PAGES,
    Account,
    ArticleWrite,
    Feed,
    Headline,
    PageFailed,
    ParsedPage,
    TextVersion,
    article_id,
    hash_of,
    text_of,
)
from store.model.subscribing import ArticleSaved, NotAdded
from store.refresh.full_text import page_at, take_page
from store.shelf.known import Known
from store.shelf.shelf import Shelf
from store.shelf.subscriptions import new_feed
from store.text.tracking import without_tracking

TITLE = "Saved pages"
_UNCHANGED = "Its text is the one that was here already."
_CHANGED = "It was here already; this is its text now."


async def save_page(
    shelf: Shelf,
    fetcher: Fetcher,
    parsers: ParserPool,
    address: str,
    *,
    permit: str = "",
    account: Account | None = None,
) -> ArticleSaved | NotAdded:
    """Fetch the page at an address that a person typed and keep it as an article.

    A page that is an article of some feed gives that article its full text instead. ``permit`` is
    the private "host:port" that was typed: it holds for this fetch only.

    Raises:
        ShelfError: it cannot be stored.
    """
    answer = await page_at(fetcher, parsers, address, permit=permit, account=account)
    if isinstance(answer, FetchFailed | ParseFailed):
        return _not_saved(address, answer)
    return keep_page(shelf, answer, address, datetime.now(UTC))


def _not_saved(address: str, failure: FetchFailed | ParseFailed) -> NotAdded:
    if isinstance(failure, ParseFailed):
        return NotAdded(address=address, reason=failure.reason)
    return NotAdded(
        address=address,
        reason=failure.reason,
        status=failure.status,
        private=failure.permit_for(address),
    )


def keep_page(shelf: Shelf, page: ParsedPage, address: str, now: datetime) -> ArticleSaved:
    """Keep what was found on the page at an address.

    Raises:
        ShelfError: it cannot be stored.
    """
    known = {without_tracking(one) for one in (page.address, address)}
    if (there := _article_of_a_feed(shelf, known)) is not None:
        return _as_full_text(shelf, *there, page)
    return _as_saved_page(shelf, page, now)


def _article_of_a_feed(shelf: Shelf, addresses: set[str]) -> tuple[Feed, Headline] | None:
    """The article that a feed brought of the page."""
    for feed in shelf.feeds():
        if not feed.is_fetched:
            continue
        for headline in shelf.headlines(feed.number):
            if not headline.deleted and without_tracking(headline.address) in addresses:
                return feed, headline
    return None


def _as_full_text(shelf: Shelf, feed: Feed, headline: Headline, page: ParsedPage) -> ArticleSaved:
    outcome = take_page(shelf, headline, page)
    said = f"It is an article of {feed.name}, and has its full text now."
    if isinstance(outcome, PageFailed):
        said = f"It is an article of {feed.name}, which gives more text than the page."
    return ArticleSaved(feed=feed.number, article=headline.id, title=headline.title, said=said)


def _as_saved_page(shelf: Shelf, page: ParsedPage, now: datetime) -> ArticleSaved:
    feed = _saved_pages(shelf)
    guid = without_tracking(page.address)
    id_ = article_id(feed.first_address, guid)
    blocks = blocks_for(page, None)
    before = shelf.headline(id_, feed.number)
    if before is not None and not before.deleted:
        shelf.take_page(id_, feed.number, blocks, language=page.language, taken=now)
        shown = shelf.headline(id_, feed.number)
        said = _UNCHANGED if shown and shown.version == before.version else _CHANGED
        return ArticleSaved(feed=feed.number, article=id_, title=before.title, said=said)

    def decide(known: Known) -> Sequence[ArticleWrite]:
        deleted = known.get(id_)
        version = TextVersion(
            number=deleted.newest + 1 if deleted is not None else 1,
            blocks=blocks,
            hash=hash_of(text_of(blocks)),
            source="page",
            language=page.language,
            taken=now,
        )
        headline = Headline(
            id=id_,
            feed=feed.number,
            guid=guid,
            address=guid,
            title=blocks[0].text,
            author=page.author,
            published=page.published,
            seen=now,
            by_seen=True,
            version=version.number,
            shows_page=True,
        )
        return [ArticleWrite(headline=headline, version=version)]

    (write,) = shelf.take_in(feed.number, decide)
    return ArticleSaved(feed=feed.number, article=id_, title=write.headline.title)


def _saved_pages(shelf: Shelf) -> Feed:
    """The feed of saved pages, made when the first page is saved."""

    def decide(present: Sequence[Feed]) -> Sequence[Feed]:
        if all(feed.is_fetched for feed in present):
            return [replace(new_feed(SAVED_PAGES), title=TITLE)]
        return []

    made = shelf.change_feeds(decide)
    return next(feed for feed in made or shelf.feeds() if not feed.is_fetched)
