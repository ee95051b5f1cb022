"""The commands ``search``, which finds articles, and ``index``, which keeps what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter
from msgspec.structs import replace

from store.cli import USAGE
from store.cli.feed_lists import STDOUT
from store.cli.here import Here, Switch
from store.cli.opening import opened, writable
from store.cli.running import until_ended
from store.cli.say import Progress, Refused, complain, say, say_json
from store.cli.whole_articles import tell_whole
from store.model import Article, Company, Span, Value, View
from store.settings import Settings, load_settings
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.text.tracking import without_tracking
from store.worker import Indexed

if TYPE_CHECKING:
    from store.claims.codebook import Codebook
    from store.finding.search import Found, Search
    from store.query import Term

By = Literal["newest", "relevance"]
AT_MOST = 50
BEFORE, AFTER = 60, 140
"""Characters of a text that are told around the first word that was looked for."""
_INDENT = " " * 18
_STEP = 500
"""Articles after which it is told how far the reading is."""


class FoundArticle(Value, frozen=True, kw_only=True, omit_defaults=False):
    """An article as ``--json`` tells it."""

    article: int
    feed: int
    source: str
    """The feed's name."""
    title: str
    address: str
    author: str
    published: datetime | None
    at: datetime
    """What lists sort by: publication, else first sight."""
    read: bool
    starred: bool
    claims: int
    tags: tuple[str, ...]
    """Labels first, then what the publisher files it under."""
    snippet: str
    """Some of the text, around the first word that was looked for."""


def search(
    *query: Annotated[str, Parameter(allow_leading_hyphen=True)],
    by: By = "newest",
    limit: int = AT_MOST,
    view: Annotated[str, Parameter(show_default=False)] = "",
    whole: Switch = False,
    json: Switch = False,
    here: Here,
) -> int:
    """Find articles.

    Words, "phrases", fields as feed:reuters is:unread since:7d, and - before what must not be
    found, as in the app. Nothing found is no failure.

    Args:
        query: What to find, in one word or several.
        by: The newest first, or the best first.
        limit: Most that are told; 0: all.
        view: Look in this saved view only, by its name; without further words, all that is in it.
        whole: Tell each article with all of its text.
        json: Tell each article as one line of JSON.
        here: The folders in use.
    """
    from store.query import QueryError

    text = " ".join("-" if word in STDOUT else word for word in query).strip()
    if not (text or view):
        complain("search wants words to look for, as wiredesk search chips is:unread.")
        return USAGE
    if limit < 0:
        complain("--limit wants how many articles to tell, as --limit 10; 0 tells all.")
        return USAGE
    settings = load_settings(here)
    with opened(here) as shelf:
        if view:
            text = f"{_named(shelf, view).query} {text}".strip()
        _bring_up(shelf)
        try:
            how = _How(by=by, limit=limit or None, whole=whole, json=json)
            return _told(shelf, settings, text, how)
        except QueryError as error:
            complain(f"The query cannot be meant: {_sentence(str(error))}")
            return USAGE


def index(*, json: Switch = False, here: Here) -> int:
    """Bring the search index up to date.

    It is kept up by each fetch, and made anew where it was lost; this does it now.

    Args:
        json: Tell how far it is as lines of JSON.
        here: The folders in use.
    """
    try:
        with writable(here) as shelf:
            return until_ended(_indexed(shelf, json=json))
    except ShelfError as error:
        if json:
            say_json(Indexed(reason=str(error)))
        raise


async def _indexed(shelf: Shelf, *, json: bool) -> int:
    import asyncio

    from store.finding.index import indexed

    with Progress(0, shown=not json) as progress:
        for step in indexed(shelf):
            if json:
                say_json(Indexed(done=step.done, total=step.total))
            else:
                progress.show(step.done, step.total)
            await asyncio.sleep(0)
    if not json:
        say("The search index is up to date.")
    return 0


def _bring_up(shelf: Shelf) -> None:
    """Index what is not yet; where that cannot be, what is indexed is found all the same."""
    from store.finding.index import indexed

    try:
        with Progress(0) as progress:
            for step in indexed(shelf):
                progress.show(step.done, step.total)
    except ShelfError as error:
        complain(str(error))


class _How(Value, frozen=True, kw_only=True):
    by: By
    limit: int | None
    whole: bool
    json: bool


def _told(shelf: Shelf, settings: Settings, text: str, how: _How) -> int:
    from contextlib import closing

    with closing(searching_on(shelf, settings)) as searching:
        found = searching.find(text, by=how.by, limit=how.limit)
    shared = str if settings.tracking == "kept" else without_tracking
    if how.whole:
        rows = [shelf.columns().row(row) for row in found.rows]
        only = settings.annotator if settings.others == "hidden" else ""
        tell_whole(shelf, rows, json=how.json, shared=shared, only=only)
    else:
        known = (*shelf.feeds(), *shelf.former_feeds())
        names = {feed.number: feed.name for feed in known}
        for one in _in_order(shelf, found, names):
            handed = replace(one, address=shared(one.address))
            say_json(handed) if how.json else _tell(handed)
    if not (found.rows or how.json):
        say("Nothing is found.")
    if found.behind and not how.json:
        complain(f"{found.behind} articles are not indexed yet: wiredesk index does it.")
    return 0


def _in_order(shelf: Shelf, found: Found, names: Mapping[int, str]) -> Iterator[FoundArticle]:
    """What is told of each article, in the order that they were found in."""
    rows = {row.id: row for row in map(shelf.columns().row, found.rows)}
    told: dict[int, FoundArticle] = {}
    with Progress(0) as progress:
        for article in shelf.articles((row.feed, row.id) for row in rows.values()):
            row = rows[article.headline.id]
            told[row.id] = _found(article, names.get(row.feed, ""), row.claims, found.terms)
            if len(told) % _STEP == 0:
                progress.show(len(told), len(rows))
    return (told[article] for article in rows if article in told)


def searching_on(shelf: Shelf, settings: Settings) -> Search:
    """What finds articles on a desk, for this annotator."""
    from store.claims.codebook.file import load_codebook
    from store.finding.search import Search

    codebook = load_codebook(settings.codebook)
    return Search(
        shelf,
        codebook=lambda: codebook,
        companies=lambda: _companies(shelf, codebook),
        clock=lambda: datetime.now(UTC),
        only=settings.annotator if settings.others == "hidden" else "",
    )


def _named(shelf: Shelf, name: str) -> View:
    from store.query import nearest

    views = {view.name: view for view in shelf.interests.views.all()}
    known = {spelled.casefold(): view for spelled, view in views.items()}
    if found := known.get(name.strip().casefold()):
        return found
    near = nearest(name, views)
    meant = f"did you mean {near}?" if near else "wiredesk views lists them."
    raise Refused(f"There is no view called “{name}”; {meant}")


def _companies(shelf: Shelf, codebook: Codebook) -> Mapping[str, Company]:
    from store.claims.lexicon.listed import known_companies
    from store.claims.names.directory import Directory

    return Directory(known_companies(codebook), shelf.companies()).records()


def _found(article: Article, source: str, claims: int, terms: Sequence[Term]) -> FoundArticle:
    headline = article.headline
    return FoundArticle(
        article=headline.id,
        feed=headline.feed,
        source=source,
        title=headline.title,
        address=headline.address,
        author=headline.author,
        published=headline.published,
        at=headline.at,
        read=headline.read,
        starred=headline.starred,
        claims=claims,
        tags=tuple(dict.fromkeys((*headline.labels, *headline.categories))),
        snippet=snippet(_body(article), terms),
    )


def _body(article: Article) -> str:
    blocks = article.version.blocks
    return " ".join(block.text for block in blocks if block.kind != "title")


def snippet(text: str, terms: Sequence[Term]) -> str:
    """Some of a text around the first word that was looked for, or its beginning."""
    from store.text.matching import matches

    place = next(iter(matches(text, terms)), Span(0, 0))
    start, end = max(0, place.start - BEFORE), min(len(text), place.end + AFTER)
    if start:
        start = text.find(" ", start, place.start) + 1 or start
    if end < len(text):
        cut = text.rfind(" ", place.end, end)
        end = cut if cut > 0 else end
    said = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{said}{'…' if end < len(text) else ''}"


def _tell(one: FoundArticle) -> None:
    say(f"{one.at.astimezone():%Y-%m-%d %H:%M}  {one.source} · {one.title}")
    if one.snippet:
        say(f"{_INDENT}{one.snippet}")
    if one.address:
        say(f"{_INDENT}{one.address}")


def _sentence(said: str) -> str:
    return said if said.endswith("?") else f"{said}."
