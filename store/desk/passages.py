"""How surely the passages of claims stand in the texts that are on the desk now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from store.model import Claim, Sentence, TextVersion
from store.shelf.shelf import Shelf


def found_in(claim: Claim, version: TextVersion, sentences: Sequence[Sentence]) -> Claim:
    """The claim with its anchor in this text.

    A hash alone proves nothing: a claim that came in a file may name any.
    """
    from store.text.anchors import find_again

    anchor, text = claim.marking.anchor, version.text
    quotes_it = text[anchor.span.start : anchor.span.end] == anchor.exact
    if claim.target.text_hash == version.hash and quotes_it:
        return claim
    return replace(
        claim, marking=replace(claim.marking, anchor=find_again(anchor, text, sentences))
    )


def text_of_others(
    shelf: Shelf, feed: int, article: int, versions: Iterable[int]
) -> TextVersion | None:
    """The text of an article as it is now, if any claim was made on another one.

    None too where the article is not on the desk, or its text is lost.
    """
    headline = shelf.headline(article, feed)
    if headline is None or set(versions) == {headline.version}:
        return None
    found = shelf.article(article, feed)
    return None if found is None else found.version


def told_as_found(shelf: Shelf, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, each with how surely its passage stands in the text of its article now.

    Quotation and place stay those of the text that the claim was made on.

    Raises:
        ShelfError: An article cannot be read.
    """
    from store.text.sentences import sentences_of

    by_article: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        by_article.setdefault((claim.target.feed, claim.target.article), []).append(claim)
    for (feed, article), some in by_article.items():
        made_on = {claim.target.version for claim in some}
        version = text_of_others(shelf, feed, article, made_on)
        if version is None:
            yield from some
            continue
        sentences = sentences_of(version)
        for claim in some:
            yield _told(claim, found_in(claim, version, sentences))


def _told(claim: Claim, found: Claim) -> Claim:
    now = found.marking.anchor
    anchor = replace(claim.marking.anchor, state=now.state, score=now.score)
    return replace(claim, marking=replace(claim.marking, anchor=anchor))
