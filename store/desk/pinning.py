"""Which articles are in a saved view that pins, and so never go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.desk.retention import Pinned
from store.model import Company
from store.query import QueryError
from store.settings import Settings
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.codebook import Codebook


class PinsUnclear(ShelfError):
    """It cannot be told what is pinned: then nothing may go."""


@contextmanager
def pinning(shelf: Shelf, settings: Settings) -> Iterator[Pinned]:
    """Tell which of some articles are pinned; the search index must be up to date.

    Asking raises PinsUnclear where a view cannot be read or meant, or the index does not know all
    articles.
    """
    if not shelf.interests.views.is_whole:
        yield _unclear
        return
    views = [view for view in shelf.interests.views.all() if view.pins]
    if not views:
        yield _none
        return
    from store.claims.codebook.file import load_codebook
    from store.finding.search import Search

    codebook = load_codebook(settings.codebook)
    search = Search(
        shelf,
        codebook=lambda: codebook,
        companies=lambda: _companies(shelf, codebook),
        clock=lambda: datetime.now(UTC),
    )

    def pinned(articles: Collection[int]) -> Collection[int]:
        found: set[int] = set()
        for view in views:
            try:
                found |= search.which(view.query, articles)
            except QueryError as error:
                raise PinsUnclear(
                    f"The view “{view.name}” pins articles and cannot be meant ({error}): nothing"
                    " goes until it is changed, with e in the tree."
                ) from error
        if search.behind():
            raise PinsUnclear(
                "Views pin articles and the search index does not know all of these yet: nothing"
                " goes; run wiredesk index, then again."
            )
        return found

    with closing(search):
        yield pinned


def _none(_: Collection[int]) -> Collection[int]:
    return ()


def _unclear(_: Collection[int]) -> Collection[int]:
    raise PinsUnclear(
        "A view cannot be read and may pin articles: nothing goes until interests.json on the desk"
        " is mended."
    )


def _companies(shelf: Shelf, codebook: Codebook) -> Mapping[str, Company]:
    from store.claims.lexicon.listed import known_companies
    from store.claims.names.directory import Directory

    return Directory(known_companies(codebook), shelf.companies()).records()
