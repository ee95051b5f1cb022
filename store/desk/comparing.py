"""What several annotators said of the same articles, read off the desk and compared."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from store.claims.annotators.agreement import Edges, Measure, Said, edges, measure
from store.claims.annotators.disagreements import (
    DETAILS,
    WHETHER,
    Disagreement,
    Passage,
    Words,
    deciders,
    decisions_on,
    is_judgement,
    marked_only,
    passages,
)
from store.claims.codebook import Codebook
from store.desk.passages import found_in
from store.errors import DeskError
from store.model import NO_FEED, Claim, Sentence, Span, TextVersion, Value
from store.shelf.shelf import Shelf
from store.text.sentences import sentences_of

Step = Callable[[int, int], None]
"""Told how many articles of how many were compared."""


class Annotator(Value, frozen=True, kw_only=True):
    """Somebody who claimed something on this desk, or said that there was nothing."""

    name: str
    claims: int
    articles: int


class Comparison(Value, frozen=True, kw_only=True):
    """How far annotators agree, and where they do not."""

    annotators: tuple[Annotator, ...]
    """All of this desk, who claimed most first."""
    chosen: tuple[str, ...]
    """Those that are compared."""
    articles: int = 0
    """That at least two of them read."""
    without_text: int = 0
    """Of those: whose text is not here, so that only what somebody marked can be compared."""
    measures: tuple[Measure, ...] = ()
    """Whether a sentence says anything, then each dimension of the codebook, then the details."""
    edges: Edges = Edges(passages=0, exact=None, overlapping=None)
    disagreements: tuple[Disagreement, ...] = ()
    """In the order of the articles and their texts, settled ones too."""


class _Read(Value, frozen=True, kw_only=True):
    """An article with who read it and what they claimed."""

    id: int
    feeds: tuple[int, ...]
    """Where something was said of it."""
    claims: tuple[Claim, ...]
    readers: frozenset[str]


def compare(
    shelf: Shelf,
    codebook: Codebook,
    between: Collection[str] = (),
    step: Step = lambda _done, _all: None,
) -> Comparison:
    """Compare these annotators, or all of the desk.

    Raises:
        DeskError: Somebody who is named never claimed anything here.
        ShelfError: A file of the desk cannot be read.
    """
    stored = tuple(shelf.claims())
    read = list(_articles(shelf, stored))
    annotators = _annotators(read)
    known = {annotator.name for annotator in annotators}
    for name in between:
        if name not in known:
            raise DeskError(f"Nobody called {name} claimed anything here{_those(annotators)}.")
    chosen = frozenset(between or known)
    shared = [one for one in read if len(one.readers & chosen) > 1]
    decided = deciders(stored)
    dimensions = [dimension.id for dimension in codebook.dimensions]
    compared = []
    for done, article in enumerate(shared):
        step(done, len(shared))
        compared.append(_compared(shelf, article, article.readers & chosen, decided, dimensions))
    step(len(shared), len(shared))
    found = [passage for one in compared for passage in one.passages]
    return Comparison(
        annotators=annotators,
        chosen=tuple(sorted(chosen)),
        articles=len(shared),
        without_text=sum(one.without_text for one in compared),
        measures=tuple(_measures(codebook, found)),
        edges=edges(one.spans for one in compared),
        disagreements=tuple(one for article in compared for one in article.disagreements),
    )


def _those(annotators: Sequence[Annotator]) -> str:
    names = ", ".join(annotator.name for annotator in annotators)
    return f"; there are {names}" if names else ""


def _articles(shelf: Shelf, claims: Iterable[Claim]) -> Iterator[_Read]:
    """What was said of each article, in the order in which it was begun."""
    said: dict[int, list[Claim]] = {}
    readers: dict[int, set[str]] = {}
    feeds: dict[int, dict[int, None]] = {}
    for claim in claims:
        if not (claim.marking.deleted or claim.marking.decides_on):
            said.setdefault(claim.target.article, []).append(claim)
            readers.setdefault(claim.target.article, set()).add(claim.provenance.creator)
            feeds.setdefault(claim.target.article, {})[claim.target.feed] = None
    for coverage in shelf.coverage():
        if coverage.state != "opened":
            readers.setdefault(coverage.article, set()).add(coverage.annotator)
            feeds.setdefault(coverage.article, {})[coverage.feed] = None
    for article, names in readers.items():
        yield _Read(
            id=article,
            feeds=tuple(feeds[article]),
            claims=tuple(said.get(article, ())),
            readers=frozenset(names),
        )


def _annotators(read: Iterable[_Read]) -> tuple[Annotator, ...]:
    claims: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for article in read:
        articles.update(article.readers)
        claims.update(claim.provenance.creator for claim in article.claims if is_judgement(claim))
    found = [
        Annotator(name=name, claims=claims[name], articles=articles[name]) for name in articles
    ]
    return tuple(sorted(found, key=lambda one: (-one.claims, one.name)))


# ---------------------------------------------------------------- one article


class _Compared(Value, frozen=True, kw_only=True):
    """What one article adds to a comparison."""

    passages: tuple[Passage, ...]
    spans: Mapping[str, Sequence[Span]]
    disagreements: tuple[Disagreement, ...]
    without_text: bool = False


def _compared(
    shelf: Shelf,
    article: _Read,
    readers: frozenset[str],
    decided: Mapping[str, Sequence[Claim]],
    dimensions: Sequence[str],
) -> _Compared:
    found = text_of_article(shelf, article.id, article.feeds, article.claims)
    feed, version = found or (NO_FEED, None)
    sentences: tuple[Sentence, ...] = ()
    if version is None:
        claims = [claim for claim in article.claims if is_judgement(claim)]
        by_text = groupby(sorted(claims, key=_text_hash), key=_text_hash)
        there = [one for _, said in by_text for one in marked_only(said, readers)]
    else:
        sentences = sentences_of(version)
        placed = (found_in(claim, version, sentences) for claim in article.claims)
        claims = [claim for claim in placed if is_judgement(claim)]
        there = passages(sentences, claims, readers)
    return _Compared(
        passages=tuple(there),
        spans={
            name: [
                claim.marking.anchor.span for claim in claims if claim.provenance.creator == name
            ]
            for name in sorted(readers)
        },
        disagreements=tuple(
            Disagreement(
                article=article.id,
                feed=feed,
                source=passage.claims[0].target.source,
                title=passage.claims[0].target.title,
                words=_words(passage, version, sentences),
                passage=passage,
                differs=differs,
                decisions=decisions_on(passage, decided),
            )
            for passage in there
            if (differs := passage.differs(dimensions))
        ),
        without_text=version is None,
    )


def text_of_article(
    shelf: Shelf, article: int, feeds: Iterable[int], claims: Iterable[Claim]
) -> tuple[int, TextVersion] | None:
    """The feed an article is of and its newest text, else a text that claims were made on.

    Claims that came in a file may be on an article that has come to this desk since.
    """
    columns = shelf.columns()
    index = columns.index(article)
    known = [] if index is None else [columns.row(index).feed]
    for feed in (*feeds, *known):
        found = shelf.article(article, feed) if feed != NO_FEED else None
        if found is not None:
            return feed, found.version
    for claim in claims:
        of = claim.target
        kept = shelf.snapshot_of(article, of.feed, of.version, text_hash=of.text_hash)
        if kept is not None:
            return of.feed, kept
    return None


def _text_hash(claim: Claim) -> str:
    return claim.target.text_hash


def _words(passage: Passage, version: TextVersion | None, sentences: Sequence[Sentence]) -> Words:
    """The passage with the sentences around it, or what a claim quotes where there is no text."""
    if version is None:
        anchor = passage.claims[0].marking.anchor
        return Words(before=anchor.prefix, text=anchor.exact, after=anchor.suffix)
    text = version.text
    at = bisect_left(sentences, passage.span, key=lambda sentence: sentence.span)
    before, after = sentences[max(0, at - 1) : at], sentences[at + 1 : at + 2]
    return Words(
        before=_slice(text, before),
        text=text[passage.span.start : passage.span.end],
        after=_slice(text, after),
    )


def _slice(text: str, sentences: Sequence[Sentence]) -> str:
    return " ".join(text[one.span.start : one.span.end] for one in sentences)


# ---------------------------------------------------------------- the numbers


def _measures(codebook: Codebook, found: Sequence[Passage]) -> Iterator[Measure]:
    """Whether, then what; the details only where two or more marked the sentence."""
    yes = frozenset({"yes"})
    yield measure(
        WHETHER,
        "Marked at all",
        [{one.by: yes if one.claims else frozenset() for one in p.versions} for p in found],
    )
    for dimension in codebook.dimensions:
        yield measure(dimension.id, dimension.label, [one.said(dimension.id) for one in found])
    for name in DETAILS:
        yield measure(name, name.capitalize(), [_marked(one, name) for one in found])


def _marked(passage: Passage, detail: str) -> Said:
    return {one.by: one.detail(detail) for one in passage.versions if one.claims}
