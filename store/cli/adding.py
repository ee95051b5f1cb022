"""The command ``add``, for people, for scripts, and as the worker that the app reads along."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from getpass import getpass
from typing import Annotated, TextIO

import msgspec
from cyclopts import Parameter

from store.cli import FAILED, SEVERAL_FOUND, USAGE
from store.cli.fetch_settings import agent_of
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.running import followed, until_ended
from store.cli.say import Progress, Refused, complain, say, say_json
from store.feeds.discover import addresses_in
from store.model.subscribing import (
    Addition,
    ArticleSaved,
    Asking,
    FeedAdded,
    FeedsFound,
    FeedThere,
    NotAdded,
    Wish,
)
from store.settings import FEWEST_MINUTES, MODEST_MINUTES, MOST_MEGABYTES, MOST_MINUTES
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.text.amounts import amount
from store.text.clean import TITLE_LIMIT, clean

FROM_STDIN = ("-", "./-")
"""How a word says that addresses come on stdin; a lone hyphen comes here behind a folder."""
LINE_LIMIT = 64 * 1024
PASSWORD = "WIREDESK_PASSWORD"  # noqa: S105 - the name of a variable

_Text = Annotated[str, Parameter(show_default=False)]


def add(
    *urls: str,
    allow_private: _Text = "",
    folder: Annotated[tuple[str, ...], Parameter(negative="", show_default=False)] = (),
    title: _Text = "",
    full_text: Switch = False,
    every: Annotated[int, Parameter(show_default=False)] = 0,
    megabytes: Annotated[int, Parameter(show_default=False)] = 0,
    account: _Text = "",
    choose: Annotated[int, Parameter(show_default=False)] = 0,
    first: Switch = False,
    found_at: _Text = "",
    article: Switch = False,
    json: Switch = False,
    here: Here,
) -> int:
    """Subscribe to a feed, or to the feed of a web page, and fetch it.

    What cannot be read as a feed is not kept. Where a page has several feeds they are listed and
    none is added; the exit status is 4 then.

    Args:
        urls: Addresses of feeds or of pages; https:// is added where no scheme is given. A name and
            password in one are kept apart from it. "-" reads them from stdin, one a line.
        allow_private: HOST:PORT of the address, whose name leads into a private network.
        folder: Where the feed stands, as News/Chips; may be given several times.
        title: What you call the feed, instead of what its publisher does.
        full_text: Fetch the page of each new article, too.
        every: Minutes between two fetches at the least, instead of the usual ones.
        megabytes: Most that is read of it, unpacked, instead of 10.
        account: Your name for a feed that wants one; the password is asked for, or taken from
            WIREDESK_PASSWORD.
        choose: Of several feeds of a page, add the one with this number.
        first: Of several feeds of a page, add the first.
        found_at: The page that named the address. What is private on its host may be fetched.
        article: Keep the page itself as an article, and subscribe to nothing.
        json: Tell all that happens as lines of JSON.
        here: The folders in use.
    """
    if choose and first:
        complain("Say either --choose or --first. See wiredesk --help.")
        return USAGE
    if wrong := _misused(urls, every=every, megabytes=megabytes, choose=choose, title=title):
        complain(f"{wrong} See wiredesk --help.")
        return USAGE
    if 0 < every < MODEST_MINUTES:
        complain(f"Every {every} minutes is often: publishers may turn such a reader away.")
    wanted = Wish(
        address="",
        found_at=found_at,
        permit=allow_private,
        name=account,
        password=_password(account),
        folders=tuple(tuple(one.split("/")) for one in folder),
        own_title=title,
        minutes=every,
        megabytes=megabytes,
        full_text=full_text,
        first=first,
        choose=choose,
        article=article,
    )
    wishes = list(_wishes(urls, wanted, sys.stdin))
    try:
        with writable(here, make=True) as shelf:
            return until_ended(_added(shelf, wishes, agent_of(here), json=json))
    except ShelfError as error:
        if json:
            say_json(NotAdded(address="", reason=str(error)))
        raise


def _misused(urls: Sequence[str], *, every: int, megabytes: int, choose: int, title: str) -> str:
    if not urls:
        return "add wants the URL of a feed or of a page."
    if every and not FEWEST_MINUTES <= every <= MOST_MINUTES:
        return f"--every takes {FEWEST_MINUTES} to {MOST_MINUTES} minutes."
    if not 0 <= megabytes <= MOST_MEGABYTES:
        return f"--megabytes takes 1 to {MOST_MEGABYTES}."
    if choose < 0:
        return "--choose takes the number of a feed, counted from 1."
    if title and len(urls) > 1:
        return "--title names one feed, so give one URL."
    return ""


def _password(account: str) -> str:
    if not account:
        return ""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        raise Refused(f"--account wants a password: put it into {PASSWORD}, or use a terminal.")
    return getpass(f"Password of {clean(account, limit=TITLE_LIMIT)}: ")


def _wishes(urls: Sequence[str], wanted: Wish, stdin: TextIO | None) -> Iterator[Wish | NotAdded]:
    """What is wished; a line on stdin that is no wish is told, and stops no other."""
    for url in urls:
        lines = _lines(stdin) if url in FROM_STDIN else [url]
        for number, line in enumerate(lines, 1):
            if line.startswith("{"):
                yield _told_wish(line, number)
            else:
                for address in addresses_in(line) or [line]:
                    yield msgspec.structs.replace(wanted, address=address)


def _lines(stdin: TextIO | None) -> Iterator[str]:
    while stdin is not None and (line := stdin.readline(LINE_LIMIT)):
        if line.strip():
            yield line.strip()


def _told_wish(line: str, number: int) -> Wish | NotAdded:
    try:
        return msgspec.json.decode(line, type=Wish)
    except msgspec.MsgspecError as error:
        reason = f"Line {number} is no wish to add something: {error}."
        return NotAdded(address="", reason=reason)


async def _added(shelf: Shelf, wishes: Sequence[Wish | NotAdded], agent: str, *, json: bool) -> int:
    failed = several = came = False
    with Progress(len(wishes), shown=not json) as progress:
        async for told in _additions(shelf, wishes, agent):
            failed = failed or isinstance(told, (NotAdded, FeedThere))
            several = several or isinstance(told, FeedsFound)
            came = came or isinstance(told, (FeedAdded, ArticleSaved))
            if json:
                say_json(told)
            elif isinstance(told, Asking):
                progress.name(told.address)
            else:
                progress.erase()
                _tell(told, among_others=len(wishes) > 1)
    if came:
        await followed(shelf)
    return FAILED if failed else SEVERAL_FOUND if several else 0


async def _additions(
    shelf: Shelf, wishes: Sequence[Wish | NotAdded], agent: str
) -> AsyncIterator[Addition]:
    from store.desk.subscribing import additions

    for one in wishes:
        if isinstance(one, NotAdded):
            yield one
    good = [one for one in wishes if isinstance(one, Wish)]
    async for told in additions(shelf, good, agent=agent):
        yield told


def _tell(told: Addition, *, among_others: bool) -> None:
    match told:
        case FeedAdded():
            articles = amount(told.articles, "article")
            done = "Another name and password for" if told.updated else "Subscribed to"
            say(f"{done} {told.name} as feed {told.number}: {articles}.")
            if told.permit:
                say(f"It is fetched from {told.permit} on your private network, as you typed it.")
        case FeedThere():
            complain(f"You subscribe to {told.name} already: feed {told.number}, {told.address}.")
        case FeedsFound():
            _tell_found(told)
        case ArticleSaved():
            say(f"Saved “{told.title}” as an article. {told.said}".rstrip())
        case NotAdded():
            hint = ""
            if told.private:
                hint = f" If it is yours, --allow-private {told.private} lets it be fetched."
            elif told.large:
                hint = f" --megabytes takes up to {MOST_MEGABYTES}."
            elif told.page:
                hint = " --article keeps the page itself."
            which = f"{told.address}: " if among_others and told.address else ""
            complain(f"{which}{told.reason}{hint}")


def _tell_found(found: FeedsFound) -> None:
    for number, feed in enumerate(found.feeds, 1):
        said = [feed.form or "feed"] + (["comments"] if feed.comments else [])
        said += [f"feed {feed.feed} here"] if feed.feed else []
        say(f"{number:>3}  {feed.title or '(no title)'} · {', '.join(said)} · {feed.address}")
    complain(
        f"{found.address} has {len(found.feeds)} feeds, so none was added: "
        "add --choose N or --first."
    )
