"""An article opened for reading: its sentences, what is suggested in them, what was claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from store.desk.passages import found_in
from store.desk.text_history import changed_at
from store.errors import DeskError
from store.model import (
    NO_FEED,
    Anchor,
    Article,
    Claim,
    Coverage,
    Feed,
    Sentence,
    Suggestion,
    Target,
    TextVersion,
    Value,
    decided_by,
)
from store.settings_page import SHOWN_UNASKED
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.learning.learn import Learner
    from store.claims.lexicon import Lexicon


Known = Literal["text", "sentences", "all"]
"""How far an article was read: the text alone, its sentences with the claims, what they say."""

LONG = 20_000
"""Code points of a text from which on to cut it into sentences takes a while."""


class OpenedArticle(Value, frozen=True, kw_only=True):
    """An article with everything that the reading pane shows of it."""

    article: Article
    feed: Feed
    sentences: tuple[Sentence, ...]
    suggestions: tuple[Suggestion, ...]
    """One a sentence, in the same order."""
    claims: tuple[Claim, ...]
    """The annotator's own, found again in this text; tombstones and rejections too.

    Where the annotator settled a disagreement, the decision alone is there.
    """
    others: tuple[Claim, ...] = ()
    """What other annotators said of it, found again too; none where each works blind.

    With what came in a file before the article did and cannot be moved to it, whoever made it.
    """
    annotator: str = ""
    """Whose eyes see it; without a name all claims are one's own."""
    blind: bool = False
    """Whether others' claims are kept out of sight."""
    coverage: tuple[Coverage, ...] = ()
    """Who said when that this article is done, also of texts before this one."""
    changed: datetime | None = None
    """When its text changed since it was read; None if it did not."""
    known: Known = "all"
    """What is not known yet is missing, or for suggestions empty; claims stand as stored."""

    @property
    def is_long(self) -> bool:
        """Whether its text is shown before it is cut into sentences."""
        return len(self.article.version.text) > LONG

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


def open_article(
    shelf: Shelf,
    lexicon: Lexicon,
    feed: int,
    article: int,
    *,
    annotator: str = "",
    blind: bool = False,
    learner: Learner | None = None,
    threshold: float = SHOWN_UNASKED,
) -> OpenedArticle:
    """Read an article and what a machine makes of it, as an annotator sees it.

    The machine goes by what the learner was taught, and shows unasked what scores ``threshold``.

    Raises:
        DeskError: Its text is not there.
        ShelfError: It cannot be read.
    """
    from store.claims.suggesting.suggest import suggest

    found = find_article(shelf, feed, article, annotator=annotator, blind=blind)
    opened = with_sentences(shelf, found)
    version = opened.article.version
    suggestions = suggest(version, opened.sentences, lexicon, learner, threshold)
    return replace(opened, suggestions=suggestions, known="all")


def find_article(
    shelf: Shelf, feed: int, article: int, *, annotator: str = "", blind: bool = False
) -> OpenedArticle:
    """An article's text; what was claimed of it is another question.

    Raises:
        DeskError: Its text is not there.
        ShelfError: It cannot be read.
    """
    found = shelf.article(article, feed)
    subscribed = shelf.feed(feed)
    if found is not None and subscribed is None:
        subscribed = next((one for one in shelf.former_feeds() if one.number == feed), None)
    if found is None or subscribed is None:
        if shelf.is_deleted(article, feed):
            raise DeskError("This article was deleted on this desk.")
        if not shelf.read_only:
            shelf.forget_validators(feed)
        raise DeskError("The text of this article is not on this desk; r fetches its feed.")
    return OpenedArticle(
        article=found,
        feed=subscribed,
        sentences=(),
        suggestions=(),
        claims=(),
        annotator=annotator,
        blind=blind,
        changed=changed_at(shelf, found.headline),
        known="text",
    )


def with_sentences(shelf: Shelf, found: OpenedArticle) -> OpenedArticle:
    """The article cut into sentences, its claims found again in them, and nothing suggested yet.

    Raises:
        ShelfError: The claims cannot be read.
    """
    sentences = _cut(found.article.version)
    nothing = tuple(Suggestion(sentence=sentence.span) for sentence in sentences)
    cut = replace(
        found, sentences=sentences, suggestions=nothing, known="sentences", claims=(), others=()
    )
    return with_claims(shelf, cut)


def read_ahead(shelf: Shelf, feed: int, article: int) -> None:
    """Have what it takes to open an article at hand; a long one is not cut.

    Raises:
        ShelfError: It cannot be read.
    """
    found = shelf.article(article, feed)
    if found is not None and len(found.version.text) <= LONG:
        _cut(found.version)


@lru_cache(maxsize=8)
def _cut(version: TextVersion) -> tuple[Sentence, ...]:
    from store.text.sentences import sentences_of

    return sentences_of(version)


def with_claims(shelf: Shelf, opened: OpenedArticle) -> OpenedArticle:
    """The same article with its claims as they are on disk now.

    Raises:
        ShelfError: They cannot be read.
    """
    headline = opened.article.headline
    stored = shelf.claims_of(headline.id, opened.feed.number)
    mine = _as_decided(claim for claim in stored if is_mine(claim, opened.annotator))
    others: tuple[Claim, ...] = ()
    if opened.annotator and not opened.blind:
        foreign = shelf.claims_of(headline.id, NO_FEED)
        others = (*(one for one in stored if not is_mine(one, opened.annotator)), *foreign)
    # Looking for a passage takes milliseconds; what has not changed since stands where it stood.
    known = {
        (claim.id, claim.rev): claim.marking.anchor for claim in (*opened.claims, *opened.others)
    }
    return replace(
        opened,
        claims=tuple(_found_again(claim, opened, known) for claim in mine),
        others=tuple(_found_again(claim, opened, known) for claim in others),
        coverage=shelf.coverage_of(headline.id, opened.feed.number),
    )


def _as_decided(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims without those that another one of the same person stands for."""
    claims = tuple(claims)
    decided = decided_by(claims)
    return tuple(claim for claim in claims if claim.id not in decided)


def is_mine(claim: Claim, annotator: str) -> bool:
    """Whether the annotator made it; where nobody is named, all are one's own."""
    return annotator in ("", claim.provenance.creator)


def _found_again(
    claim: Claim, opened: OpenedArticle, known: Mapping[tuple[str, int], Anchor]
) -> Claim:
    """The claim with its anchor in this text, whatever text it was made on."""
    if opened.known == "text":
        return claim
    anchor = known.get((claim.id, claim.rev))
    if anchor is None:
        return found_in(claim, opened.article.version, opened.sentences)
    if anchor == claim.marking.anchor:
        return claim
    return replace(claim, marking=replace(claim.marking, anchor=anchor))
