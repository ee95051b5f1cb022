"""Articles are deleted by one key and come back by another; what work rests on is not deleted."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from store.shelf.shelf import Deleted, Shelf


class Deletion(msgspec.Struct, frozen=True, kw_only=True):
    """What became of articles that were to be deleted."""

    deleted: tuple[Deleted, ...]
    """What brings them back."""
    starred: int = 0
    """How many stay because of a star."""
    claimed: int = 0
    """How many stay because of claims, of whomever."""

    @property
    def said(self) -> str:
        """What happened, in a few words, and what to do about those that stay."""
        count = len(self.deleted)
        done = f"{count} articles deleted" if count > 1 else "deleted"
        said = [f"{done} · u brings {'them' if count > 1 else 'it'} back"] if count else []
        if self.starred:
            said.append(f"{_that_stay(self.starred)} starred: f takes the star away first")
        if self.claimed:
            said.append(f"{_that_stay(self.claimed)} carrying claims: C shows them")
        return " · ".join(said) or "not on this desk any more"


def delete(shelf: Shelf, articles: Sequence[tuple[int, int]]) -> Deletion:
    """Delete articles, given as (feed, article), but those that bear a star or a claim.

    Raises:
        ShelfError: They cannot be deleted.
    """
    wanted, starred, claimed = [], 0, 0
    for feed, article in articles:
        headline = shelf.headline(article, feed)
        if headline is not None and headline.starred:
            starred += 1
        elif _bears_claims(shelf, feed, article):
            claimed += 1
        else:
            wanted.append((feed, article))
    return Deletion(deleted=shelf.delete_articles(wanted), starred=starred, claimed=claimed)


def _bears_claims(shelf: Shelf, feed: int, article: int) -> bool:
    """Whether somebody said something of it: a suggestion that was turned down is no work lost."""
    return any(claim.marking.holds for claim in shelf.claims_of(article, feed))


def _that_stay(count: int) -> str:
    return "it stays," if count == 1 else f"{count} stay,"
