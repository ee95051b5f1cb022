"""The command ``stories``: reports of one event in several feeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.cli import USAGE
from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import complain, say, say_json
from store.model import HeadlineRow, Value
from store.shelf.shelf import Shelf

USUAL_DAYS = 3
_INDENT = " " * 18


class ToldReport(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A report as ``--json`` tells it."""

    article: int
    feed: int
    source: str
    """The feed's name."""
    title: str
    at: datetime
    read: bool
    starred: bool


class ToldStory(Value, frozen=True, kw_only=True, omit_defaults=False):
    """An event as ``--json`` tells it."""

    reports: tuple[ToldReport, ...]
    """Newest first."""


def stories(*, days: int = USUAL_DAYS, json: Switch = False, here: Here) -> int:
    """Tell which articles of the last days report the same event, newest first.

    Args:
        days: How far back the newest report of an event may lie; 0: all.
        json: Tell each event as one line of JSON.
        here: The folders in use.
    """
    if days < 0:
        complain("--days wants a number from 0, as wiredesk stories --days 7.")
        return USAGE
    with opened(here) as shelf:
        told = _told(shelf, days)
    for story in told:
        if json:
            say_json(story)
        else:
            first, *others = story.reports
            say(f"{first.at.astimezone():%Y-%m-%d %H:%M}  {first.source} · {first.title}")
            for report in others:
                say(f"{_INDENT}{report.source} · {report.title}")
    if not (told or json):
        say("No event is reported by several feeds in these days.")
    return 0


def _told(shelf: Shelf, days: int) -> list[ToldStory]:
    from store.finding.stories import grouped
    from store.finding.story_file import load_stories

    if not shelf.read_only:
        for _ in grouped(shelf):  # a desk that no fetch has touched since has them told too
            pass
    known = (*shelf.feeds(), *shelf.former_feeds())
    columns, names = shelf.columns(), {feed.number: feed.name for feed in known}
    since = datetime.now(UTC) - timedelta(days=days)
    found: list[ToldStory] = []
    for story in load_stories(shelf.folder):
        rows = [
            columns.row(row)
            for report in story
            if (row := columns.index(report.article)) is not None
        ]
        rows.sort(key=lambda row: row.at, reverse=True)
        if len(rows) > 1 and (not days or rows[0].at >= since):
            reports = tuple(_report(row, names) for row in rows)
            found.append(ToldStory(reports=reports))
    return sorted(found, key=lambda story: story.reports[0].at, reverse=True)


def _report(row: HeadlineRow, names: dict[int, str]) -> ToldReport:
    return ToldReport(
        article=row.id,
        feed=row.feed,
        source=names.get(row.feed, ""),
        title=row.title,
        at=row.at,
        read=row.read,
        starred=row.starred,
    )
