"""The command ``fetch``, for people, for cron, and as the worker that the app reads along."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from store.cli import USAGE
from store.cli.fetch_settings import Minutes, agent_of
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.running import until_ended, until_stopped
from store.cli.say import complain, say_json
from store.settings import MODEST_MINUTES, folders
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.worker import FetchStopped

if TYPE_CHECKING:
    from store.cli.fetch_rounds import Options


def fetch(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative="", show_default=False)] = False,
    feed: Annotated[tuple[int, ...], Parameter(negative="", show_default=False)] = (),
    watch: Switch = False,
    json: Switch = False,
    here: Here,
) -> int:
    """Fetch the feeds that are due.

    The exit status is 1 if any of them failed, or if there is no network.

    Args:
        all_: Fetch also those that are not due; those asked a moment ago are left alone.
        feed: Number of a feed to fetch in any case, as "wiredesk feeds" lists it; may be given
            several times.
        watch: Go on until stopped, and fetch each feed when it is due.
        json: Tell each outcome as one line of JSON as soon as it is known.
        here: The folders in use.
    """
    if all_ and feed:
        complain("Say either --all or --feed. See wiredesk fetch --help.")
        return USAGE
    from store.cli.fetch_rounds import Options, once

    options = Options(named=tuple(dict.fromkeys(feed)), everything=all_, json=json)
    minutes = Minutes(here)
    try:
        # A watch waits for the first feed too; in a folder that was named, a desk is not made.
        with writable(here, make=watch and here.desk == folders().desk) as shelf:
            if watch:
                return _watched(shelf, options, minutes, agent_of(here))
            return until_ended(once(shelf, options, usual=minutes(), agent=agent_of(here)))
    except ShelfError as error:
        if json:
            say_json(FetchStopped(reason=str(error)))
        raise


def _watched(shelf: Shelf, options: Options, minutes: Minutes, agent: str) -> int:
    """Watch until a signal ends it, which is how a watch ends well."""
    from store.cli.fetch_rounds import Watch

    if sys.stderr.isatty() and minutes() < MODEST_MINUTES:
        complain(
            f"Publishers ask readers to wait {MODEST_MINUTES} minutes and more between two "
            "fetches; raise minutes under [fetch] in settings.toml."
        )
    until_stopped(Watch(shelf, options, minutes, agent=agent).go_on())
    return 0
