"""The line under an article's title: its date, and whether it changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.model import Feed, Headline
from tui.prompts import article_meta

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEED = Feed(number=1, address="https://a.example/", first_address="", title="Wire", added=NOON)


def head(
    published: datetime | None, *, by_seen: bool = False, changed: datetime | None = None
) -> str:
    headline = Headline(
        id=1, feed=1, guid="1", title="T", published=published, seen=NOON, by_seen=by_seen
    )
    return article_meta(FEED, headline, (), NOON + timedelta(hours=2), changed=changed)


def day(at: datetime) -> str:
    local = at.astimezone()
    return f"{local.day} Nov {local:%H:%M}"


def test_the_publishers_date_stands_in_it() -> None:
    at = NOON - timedelta(hours=1)
    assert head(at) == f"Wire · {day(at)} (3 h ago)"


def test_an_article_without_date_has_that_of_its_coming() -> None:
    assert head(None) == f"Wire · {day(NOON)} (2 h ago)"


def test_a_date_that_cannot_be_is_told_as_what_the_publisher_says() -> None:
    assert head(NOON + timedelta(days=20_000), by_seen=True).startswith("Wire · says 2")
    assert head(NOON + timedelta(days=20_000), by_seen=True).endswith("2081 (came in 2 h ago)")


def test_what_came_in_late_tells_its_date_and_when_it_came() -> None:
    at = NOON - timedelta(days=9)
    assert head(at, by_seen=True) == f"Wire · {day(at)} (came in 2 h ago)"


def test_what_changed_says_so_first_and_names_the_key() -> None:
    assert head(NOON, changed=NOON + timedelta(hours=1)).startswith(
        "changed 1 h ago · d what changed · Wire · "
    )
