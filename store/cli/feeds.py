"""The command ``feeds``: list the subscriptions, or write them as a list for other readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from store.cli import USAGE
from store.cli.feed_list import list_feeds
from store.cli.feed_lists import write_list
from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import complain


def feeds(
    *,
    failing: Switch = False,
    opml: Switch = False,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    json: Switch = False,
    here: Here,
) -> int:
    """List the feeds.

    Each with its number, unread of all articles, name and address, and what is the matter.

    Args:
        failing: Only those that should be read and cannot be.
        opml: Write all of them as a list of feeds (OPML 2.0), which other readers take.
        output: File for that list, instead of stdout.
        json: Tell each feed as one line of JSON.
        here: The folders in use.
    """
    writes = opml or output is not None
    if writes and (failing or json):
        complain("A list (OPML) has all feeds: leave out --failing and --json.")
        return USAGE
    if writes:
        with opened(here) as shelf:
            write_list(shelf, output)
        return 0
    return list_feeds(here, failing=failing, json=json)
