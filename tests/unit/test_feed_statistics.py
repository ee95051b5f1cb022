"""What a feed brings, counted; and which feed is silent by its own rhythm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from many_articles import NEWEST, build_desk
from shelf_cases import small_desk

from store.desk.feed_health import fare_of, health_of_all, rhythm_told
from store.desk.feed_statistics import rhythm_of, statistics_of
from store.model import Feed, FetchState
from store.shelf.shelf import Mark, Shelf

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def at(*days_ago: float) -> list[int]:
    return [int((NOW - DAY * ago).timestamp() * 1e6) for ago in days_ago]


def test_a_rhythm_is_told_from_days_with_news() -> None:
    assert rhythm_of(at(0, 0.1, 0.2, 1, 2, 3, 4, 7)) == DAY
    assert rhythm_of(at(0, 7, 14, 21)) == timedelta(days=7)
    assert rhythm_of(at(0, 1, 2)) is None
    assert rhythm_of([]) is None
    assert (rhythm_told(DAY), rhythm_told(timedelta(days=7))) == ("every day", "every 7 days")


@pytest.mark.parametrize(
    ("rhythm", "days", "fare"),
    [
        (DAY, 6, "fine"),
        (DAY, 8, "silent"),
        (timedelta(days=7), 20, "fine"),
        (timedelta(days=7), 22, "silent"),
        (timedelta(days=30), 59, "fine"),
        (timedelta(days=30), 61, "silent"),
        (None, 59, "fine"),
        (None, 61, "silent"),
    ],
)
def test_a_feed_is_silent_after_thrice_its_rhythm_or_sixty_days(
    rhythm: timedelta | None, days: int, fare: str
) -> None:
    feed = Feed(number=1, address="https://a.example/", first_address="x", added=NOW - 400 * DAY)
    state = FetchState(feed=1, tried=NOW, succeeded=NOW)
    assert fare_of(feed, state, NOW - days * DAY, NOW, rhythm=rhythm) == fare


def test_items_a_week_stars_claims_and_share_read_are_counted(tmp_path: Path) -> None:
    desk = small_desk(tmp_path / "desk")
    desk.shelf.mark({(1, desk.writes[1].headline.id): Mark(starred=True)})
    columns, now = desk.shelf.columns(), desk.writes[0].headline.at
    columns.refresh()
    found = statistics_of(columns, [1, 9], now)
    assert (found[1].week, found[1].starred, found[1].claimed) == (3.0, 1, 1)
    assert found[9].week == 0
    (health,) = health_of_all(desk.shelf, columns, usual=60, now=now)
    assert health.read_share == pytest.approx(1 / 3)


def test_a_week_counts_the_last_eight_or_as_many_as_there_were(tmp_path: Path) -> None:
    build_desk(tmp_path / "desk", feeds=1, articles=2_500)
    columns = Shelf.open(tmp_path / "desk").columns()
    found = statistics_of(columns, [1], NEWEST + timedelta(weeks=7))
    assert found[1].week == pytest.approx(1440 / 8, rel=0.01)
    assert statistics_of(columns, [1], NEWEST + timedelta(weeks=20))[1].week == 0
