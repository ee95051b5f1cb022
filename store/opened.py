"""An article opened for reading: its sentences, what is suggested in them, what was claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.errors import DeskError
from store.model import Article, Claim, Feed, Sentence, Suggestion, Target, Value
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.lexicon import Lexicon


class OpenedArticle(Value, frozen=True, kw_only=True):
    """An article with everything that the reading pane shows of it."""

    article: Article
    feed: Feed
    sentences: tuple[Sentence, ...]
    suggestions: tuple[Suggestion, ...]
    """One a sentence, in the same order."""
    claims: tuple[Claim, ...]
    """All that were ever made on it, found again in this text; tombstones and rejections too."""

    @property
    def target(self) -> Target:
        """The article as a claim tells of it."""
        headline, version = self.article.headline, self.article.version
        return Target(
            article=headline.id,
            feed=self.feed.number,
            source=self.feed.name,
            address=headline.address,
            title=headline.title,
            published=headline.published,
            text_hash=version.hash,
            version=version.number,
        )


def open_article(shelf: Shelf, lexicon: Lexicon, feed: int, article: int) -> OpenedArticle:
    """Read an article and what a machine makes of it.

    Raises:
        DeskError: Its text is not there.
        ShelfError: It cannot be read.
    """
    from store.claims.suggest import suggest
    from store.text.sentences import sentences_of

    found = shelf.article(article, feed)
    subscribed = next((one for one in shelf.feeds() if one.number == feed), None)
    if found is None or subscribed is None:
        if not shelf.read_only:
            shelf.forget_validators(feed)
        raise DeskError("The text of this article is not on this desk; r fetches its feed.")
    sentences = sentences_of(found.version)
    opened = OpenedArticle(
        article=found,
        feed=subscribed,
        sentences=sentences,
        suggestions=suggest(found.version, sentences, lexicon),
        claims=(),
    )
    return with_claims(shelf, opened)


def with_claims(shelf: Shelf, opened: OpenedArticle) -> OpenedArticle:
    """The same article with its claims as they are on disk now.

    Raises:
        ShelfError: They cannot be read.
    """
    claims = shelf.claims_of(opened.article.headline.id, opened.feed.number)
    return replace(opened, claims=tuple(_found_again(claim, opened) for claim in claims))


def _found_again(claim: Claim, opened: OpenedArticle) -> Claim:
    """The claim with its anchor in this text, whatever text it was made on."""
    from store.text.anchors import find_again

    version = opened.article.version
    if claim.target.text_hash == version.hash:
        return claim
    anchor = find_again(claim.marking.anchor, version.text, opened.sentences)
    return replace(claim, marking=replace(claim.marking, anchor=anchor))
