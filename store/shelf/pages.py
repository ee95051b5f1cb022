"""Which text of an article is shown: that of its feed, or one fetched from its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from store.model import ArticleWrite, Block, Headline, TextVersion, hash_of, text_of
from store.shelf.articles import Articles
from store.shelf.errors import ShelfError
from store.shelf.known import Known


class Pages:
    """Keeps what was fetched from an article's page beside what came by the feed."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def take(
        self, article: int, feed: int, blocks: Sequence[Block], *, language: str, taken: datetime
    ) -> int:
        """Keep the page's text and show it from now on; its number.

        A text that was fetched before is not kept twice. Raises ShelfError.
        """

        def decide(known: Known) -> Sequence[ArticleWrite]:
            before, versions = _there(known, article)
            found = hash_of(text_of(blocks))
            version = next(
                (one for one in versions if (one.source, one.hash) == ("page", found)),
                TextVersion(
                    number=max(before.newest, *(one.number for one in versions), 0) + 1,
                    blocks=tuple(blocks),
                    hash=found,
                    source="page",
                    language=language,
                    taken=taken,
                ),
            )
            return [_shown(before, version)]

        (write,) = self._articles.take_in(feed, decide)
        return write.version.number

    def show(self, article: int, feed: int, number: int) -> None:
        """Show the text of that number from now on. Raises ShelfError when it is not kept."""

        def decide(known: Known) -> Sequence[ArticleWrite]:
            before, versions = _there(known, article)
            for version in versions:
                if version.number == number:
                    return [_shown(before, version)]
            raise ShelfError("That text of the article is not on this desk any more.")

        self._articles.take_in(feed, decide)


def _there(known: Known, article: int) -> tuple[Headline, tuple[TextVersion, ...]]:
    before = known.get(article)
    if before is None or before.deleted:
        raise ShelfError("The article is not on this desk any more, so nothing was saved.")
    return before, known.versions(article)


def _shown(before: Headline, version: TextVersion) -> ArticleWrite:
    """Who chose this text has seen it: it does not count as changed since it was read."""
    newest = max(before.newest, version.number)
    headline = replace(
        before,
        version=version.number,
        last_version=newest,
        shows_page=version.source == "page",
        page_tries=0,
        read_version=newest if before.read_version else 0,
    )
    return ArticleWrite(headline=headline, version=version)
