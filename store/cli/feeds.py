"""The command ``feeds``: list the subscriptions, change one, write them for other readers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from store.cli import USAGE
from store.cli.feed_changes import (
    move_feed,
    readdress_feed,
    remove_feeds,
    rename_feed,
    restore_feeds,
)
from store.cli.feed_list import list_feeds
from store.cli.feed_lists import write_list
from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import complain

_Two = Parameter(negative="", show_default=False)


def feeds(
    *,
    failing: Switch = False,
    stats: Switch = False,
    rename: Annotated[tuple[int, str] | None, _Two] = None,
    move: Annotated[tuple[int, str] | None, _Two] = None,
    address: Annotated[tuple[int, str] | None, _Two] = None,
    remove: Annotated[tuple[int, ...], Parameter(negative="", show_default=False)] = (),
    yes: Switch = False,
    restore: Annotated[tuple[int, ...], Parameter(negative="", show_default=False)] = (),
    opml: Switch = False,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    json: Switch = False,
    here: Here,
) -> int:
    """List the feeds, or change them.

    Each with its number, unread of all articles, name and address, and what is the matter.

    Args:
        failing: Only those that should be read and cannot be.
        stats: Tell of each what it brings: newest, a week, share read, stars, claims.
        rename: Number of a feed and what to call it; "" calls it as its publisher does.
        move: Number of a feed and its folders, as Tech/Chips,Asia; "" takes it out of all.
        address: Number of a feed and where it is fetched from now on; its articles stay.
        remove: Unsubscribe from the feed of this number; may be given several times. Articles with
            claims, stars or labels stay, and all its claims.
        yes: Remove without asking.
        restore: Subscribe again to the feed that had this number, with all its articles; may be
            given several times.
        opml: Write all of them as a list of feeds (OPML 2.0), which other readers take.
        output: File for that list, instead of stdout.
        json: Tell each feed as one line of JSON.
        here: The folders in use.
    """
    writes = opml or output is not None
    changes: list[Callable[[], int]] = []
    if rename is not None:
        changes.append(partial(rename_feed, here, *rename, json=json))
    if move is not None:
        changes.append(partial(move_feed, here, *move, json=json))
    if address is not None:
        changes.append(partial(readdress_feed, here, *address, json=json))
    if remove:
        changes.append(partial(remove_feeds, here, remove, sure=yes, json=json))
    if restore:
        changes.append(partial(restore_feeds, here, restore, json=json))
    lists = failing or stats
    if mistake := _mistake(changes=len(changes), writes=writes, lists=lists, json=json):
        complain(mistake)
        return USAGE
    if yes and not remove:
        complain("--yes belongs to --remove.")
        return USAGE
    if changes:
        return changes[0]()
    if writes:
        with opened(here) as shelf:
            write_list(shelf, output)
        return 0
    return list_feeds(here, failing=failing, stats=stats, json=json)


def _mistake(*, changes: int, writes: bool, lists: bool, json: bool) -> str:
    """Why these words cannot be meant together; "" if they can."""
    if changes + writes > 1:
        return "One thing at a time: --rename, --move, --address, --remove, --restore, --opml."
    if changes and lists:
        return "--failing and --stats list feeds: leave them out where one is changed."
    if writes and (lists or json):
        return "A list (OPML) has all feeds: leave out --failing, --stats and --json."
    return ""
