"""Feeds changed by command: called otherwise, put or fetched elsewhere, unsubscribed from."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from msgspec.structs import replace

from store.cli import FAILED, USAGE
from store.cli.opening import writable
from store.cli.say import complain, say, say_json
from store.desk.readdressing import at_address
from store.desk.unsubscribing import Leaving, leaving, unsubscribe
from store.errors import DeskError
from store.feeds.folders import Path, path_told, paths_told, typed_paths
from store.model import Feed, Value
from store.settings import Folders
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.text.clean import TITLE_LIMIT, clean_line, guard


class FeedChanged(Value, frozen=True, kw_only=True, omit_defaults=False, tag="changed",
                  tag_field="outcome"):  # fmt: skip
    """A feed is called or stands otherwise now."""

    number: int
    name: str
    folders: tuple[Path, ...]
    address: str


class FeedRemoved(Value, frozen=True, kw_only=True, omit_defaults=False, tag="removed",
                  tag_field="outcome"):  # fmt: skip
    """A feed is subscribed to no more."""

    number: int
    name: str
    address: str


def rename_feed(here: Folders, number: int, name: str, *, json: bool) -> int:
    """Call a feed otherwise; an empty name is its publisher's again."""
    called = clean_line(name, limit=TITLE_LIMIT).strip()

    def change(feed: Feed) -> Feed:
        return replace(feed, own_title="" if called == feed.title else called)

    with writable(here) as shelf:
        if not _are_there(shelf, [number]):
            return FAILED
        feed = shelf.change_feed(number, change)
    if json:
        say_json(_changed(feed))
    else:
        say(f"Feed {number} is called {feed.name} now.")
    return 0


def move_feed(here: Folders, number: int, folders: str, *, json: bool) -> int:
    """Put a feed into these folders and out of all others; none: it stands at the top."""
    paths = typed_paths(folders)

    def change(feed: Feed) -> Feed:
        return feed if paths == feed.folders else replace(feed, folders=paths, place=0)

    with writable(here) as shelf:
        if not _are_there(shelf, [number]):
            return FAILED
        feed = shelf.change_feed(number, change)
    if json:
        say_json(_changed(feed))
    elif paths:
        say(f"{feed.name} stands in {paths_told(paths)} now.")
    else:
        say(f"{feed.name} stands in no folder now.")
    return 0


def readdress_feed(here: Folders, number: int, typed: str, *, json: bool) -> int:
    """Fetch a feed elsewhere from now on; it is due, and stays the feed that it is."""
    with writable(here) as shelf:
        if not _are_there(shelf, [number]):
            return FAILED
        feeds = shelf.feeds()
        before = next(feed for feed in feeds if feed.number == number)
        try:
            wanted = at_address(before, typed, feeds)
        except DeskError as error:
            complain(str(error))
            return FAILED
        feed = shelf.change_feed(number, lambda now: wanted if now == before else now)
        if feed.address != before.address:
            shelf.ask_anew(number)
    if json:
        say_json(_changed(feed))
    else:
        say(f"{feed.name} is fetched at {feed.address} now.")
    return 0


def remove_feeds(here: Folders, numbers: Sequence[int], *, sure: bool, json: bool) -> int:
    """Unsubscribe, asking before; what bears claims, stars or labels stays in the lists."""
    numbers = list(dict.fromkeys(numbers))
    with writable(here) as shelf:
        if not _are_there(shelf, numbers):
            return FAILED
        what = leaving(shelf, shelf.columns(), numbers)
        if not sure:
            if not sys.stdin.isatty():
                complain("Nothing was removed: --yes says that it is meant.")
                return USAGE
            if not _agreed(what):
                complain("Nothing was removed.")
                return FAILED
        left = unsubscribe(shelf, numbers)
    for feed in left.feeds:
        if json:
            say_json(FeedRemoved(number=feed.number, name=feed.name, address=feed.address))
        else:
            say(f"Unsubscribed from {feed.name}; --restore {feed.number} brings it back.")
    return 0


def restore_feeds(here: Folders, numbers: Sequence[int], *, json: bool) -> int:
    """Subscribe again to feeds that were removed, with all their articles."""
    with writable(here) as shelf:
        gone = {feed.number for feed in shelf.former_feeds()}
        missing = [number for number in dict.fromkeys(numbers) if number not in gone]
        for number in missing:
            complain(f"No feed {number} was removed from this desk.")
        if missing:
            return FAILED
        try:
            feeds = shelf.bring_back_feeds(numbers)
        except ShelfError as error:
            complain(str(error))
            return FAILED
    for feed in feeds:
        if json:
            say_json(_changed(feed))
        else:
            say(f"Subscribed to {feed.name} again.")
    return 0


def _changed(feed: Feed) -> FeedChanged:
    return FeedChanged(
        number=feed.number, name=feed.name, folders=feed.folders, address=feed.address
    )


def _agreed(what: Leaving) -> bool:
    """Ask on the terminal; the end of the input is a no."""
    named = ", ".join(f"{feed.name} ({path_told(feed.folders[0])})" if feed.folders else feed.name
                      for feed in what.feeds)  # fmt: skip
    sys.stderr.write(guard(f"{named}: {what.told} Unsubscribe? [y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _are_there(shelf: Shelf, numbers: Sequence[int]) -> bool:
    there = {feed.number for feed in shelf.feeds()}
    missing = [number for number in numbers if number not in there]
    for number in missing:
        complain(f"There is no feed {number}: wiredesk feeds lists them with their numbers.")
    return not missing
