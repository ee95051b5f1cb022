"""The page about fetching: each figure on it is the program's own."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from store.cli import feed_lists as list_command
from store.cli import fetch_rounds
from store.desk import feed_health, feed_lists, feed_search
from store.feeds import choosing, merge, moving, page_text, renamed, schedule
from store.feeds.parsing import enclosures, entries, outlines, page, syndication
from store.model.subscribing import DEEPEST
from store.refresh import PARALLEL, full_text, hosts, ledger
from store.settings import FEWEST_MINUTES, USUAL_MINUTES
from store.shelf.bodies import FEED_VERSIONS_KEPT
from store.text import clean
from store.worker import NICENESS
from tui.screens import automatic, pacing

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PAGE = " ".join((Path(__file__).parents[2] / "docs" / "fetching.md").read_text("utf-8").split())


def minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


FIGURES = (
    f"| the person | {USUAL_MINUTES} minutes, unless",
    f"never less than {FEWEST_MINUTES} |",
    f"`sy:updateFrequency`; {minutes(schedule.LONGEST) // 60} hours at most",
    f"no `ETag` and no `Last-Modified` | {'an hour' * (minutes(schedule.UNMARKED) == 60)} |",
    f"end at {schedule._PUNCTUAL - schedule.SPREAD:.0%} to {schedule._PUNCTUAL:.0%}".replace(
        "%", "", 1
    ).replace("%", " %"),
    f"up to {schedule.SPREAD:.0%} longer".replace("%", " %"),
    f"asked less than {minutes(choosing.COOL_DOWN)} minutes ago",
    f"{PARALLEL} feeds in work at once",
    f"{'a quarter of a second' * (hosts.GAP == 1 / 4)} between two requests to it",
    f"loses its leases after {WORDS[int(ledger.LEASE) // 60]} minutes",
    f"{WORDS[moving.AGREEMENTS]} fetches in a row led to the same place",
    f"at least {WORDS[moving.OVER.days]} days after the first",
    f"the lock is free for {ledger.BREATH * 1000:g} ms",
    f"written together every {WORDS[int(ledger.FLUSH)]} seconds",
    f"lower priority (nice {NICENESS})",
    f"shown at most {'once' * (pacing.APART == 1)} a second",
    f"entries of one document | {entries.MOST_ENTRIES:,}, the first",
    f"text of an article | {clean.BODY_LIMIT:,} characters",
    f"{clean.TITLE_LIMIT:,}, {clean.AUTHOR_LIMIT}, {clean.ADDRESS_LIMIT:,} characters",
    f"At most {WORDS[enclosures.MOST_ENCLOSURES]}. They are never fetched",
    f"longer holds, {syndication.LONGEST // 60 // 24} days at most",
    f"at most {merge.MOST_SILENT_CHANGES} times in a row",
    f"{WORDS[round(10 * renamed.LEAST_LIKENESS)]} words in ten of the text",
    f"texts of less than {renamed.FEWEST_WORDS} words",
    f"lies more than {'a day' * (merge.AHEAD.days == 1)} ahead",
    f"more than {WORDS[merge.BEHIND.days]} days old",
    f"The last {WORDS[FEED_VERSIONS_KEPT]} texts of a feed are kept",
    f"fewer than {page.SHORTEST} letters",
    f"under {page_text.WORTH:.0%} of its text".replace("%", " %"),
    f"at most {full_text.MOST_PAGES} a refresh",
    f"{WORDS[full_text.TRIES]} times in all",
    f"after {WORDS[full_text.FAILURES_IN_A_ROW]} failures in a row the feed's other pages",
    f"up to {WORDS[feed_search.MOST_LINKS_TRIED]} ordinary links",
    f"each has {feed_search.PROBE_DEADLINE:g} s and all have {feed_search.PROBING:g} s",
    f"up to {feed_lists.SIZE_LIMIT // 1024**2} MB and {outlines.MOST_OUTLINES:,} feeds",
    f"Folders in folders are kept, {DEEPEST} deep",
    f"or for {feed_health.SILENT_AFTER.days} days",
    f"from {automatic.FIRST_AFTER:g} seconds after the start on",
    f"looks every {fetch_rounds.SHORTEST_PAUSE:g} to {fetch_rounds.LONGEST_PAUSE:g} seconds",
    f"tries again after 1, 2, 4 … {fetch_rounds.PATIENCE / 60:g} minutes",
    f"stderr each, {list_command.MOST_TOLD} a file at most",
)


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_on_the_page_is_that_of_the_program(figure: str) -> None:
    assert re.search(re.escape(figure), PAGE), figure
