"""How many suggestions of an article nobody answered yet: counted once for each state it is in."""

from __future__ import annotations

from collections.abc import Callable

from store.claims.marking.focus import focus_on
from store.desk.opened import OpenedArticle
from store.errors import DeskError
from store.shelf.shelf import Shelf

Article = tuple[int, int]
"""Feed and article."""
_State = tuple[object, ...]
"""What a count depends on; as long as it is the same, so is the count."""


class Reviewer:
    """Counts open suggestions article by article. Everything runs in the lane."""

    def __init__(
        self,
        shelf: Shelf,
        read: Callable[[int, int], OpenedArticle],
        learned: Callable[[], object],
    ) -> None:
        """``read`` opens an article; ``learned`` is another value once suggestions may differ."""
        self._shelf = shelf
        self._read = read
        self._learned = learned
        self._counts: dict[Article, tuple[_State, int]] = {}

    def open_in(self, feed: int, article: int) -> int:
        """How many suggestions the article has that were neither kept nor rejected.

        An article whose text is lost has none.

        Raises:
            ShelfError: It cannot be read.
        """
        state = self._state(feed, article)
        if state is None:
            return 0
        before = self._counts.get((feed, article))
        if before is not None and before[0] == state:
            return before[1]
        try:
            count = len(open_sentences(self._read(feed, article)))
        except DeskError:
            return 0
        self._counts[feed, article] = (state, count)
        return count

    def _state(self, feed: int, article: int) -> _State | None:
        headline = self._shelf.headline(article, feed)
        if headline is None:
            return None
        claims = self._shelf.claims_of(article, feed)
        said = tuple((claim.id, claim.rev) for claim in claims)
        return (headline.version, headline.feed_hash, self._learned(), said)


def open_sentences(opened: OpenedArticle) -> tuple[int, ...]:
    """The numbers of the sentences that an Enter would make a claim of."""
    pairs = zip(opened.sentences, opened.suggestions, strict=True)
    return tuple(
        number
        for number, (sentence, suggestion) in enumerate(pairs)
        if focus_on(sentence, suggestion, opened.claims).kind == "suggested"
    )
