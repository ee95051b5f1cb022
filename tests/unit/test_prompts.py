"""How ages, numbers and keys read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Feed, FetchState
from tui.prompts import (
    AGE_CELLS,
    age,
    ago,
    ahead,
    count,
    day_and_time,
    failure_told,
    key_name,
    outcome_of_refresh,
)

NOW = datetime(2025, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "reads", "in_words"),
    [
        (timedelta(hours=-20), "now", "just now"),
        (timedelta(seconds=59), "now", "just now"),
        (timedelta(minutes=1), "1m", "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59m", "59 min ago"),
        (timedelta(hours=2), "2h", "2 h ago"),
        (timedelta(hours=26), "1d", "yesterday"),
        (timedelta(days=6, hours=23), "6d", "6 days ago"),
        (timedelta(days=7), "18 Nov", "7 days ago"),
        (timedelta(days=329), "31 Dec", "329 days ago"),
        (timedelta(days=330), "2024", "330 days ago"),
    ],
)
def test_ages(before: timedelta, reads: str, in_words: str) -> None:
    assert age(NOW - before, NOW) == reads
    assert ago(NOW - before, NOW) == in_words


@given(st.timedeltas(timedelta(days=-30_000), timedelta(days=20_000)))
def test_an_age_always_fits_its_column(before: timedelta) -> None:
    assert 0 < len(age(NOW - before, NOW)) <= AGE_CELLS


def test_numbers_stay_short() -> None:
    assert [count(n) for n in (0, 7, 9999, 10_000, 123_456)] == ["0", "7", "9999", "10k", "123k"]


@pytest.mark.parametrize(
    ("key", "reads"),
    [
        ("question_mark", "?"),
        ("plus", "+"),
        ("+", "+"),
        ("j", "j"),
        ("G", "G"),
        ("enter", "enter"),
        ("escape", "Esc"),
        ("pagedown", "PgDn"),
        ("down", "↓"),
        ("ctrl+p", "ctrl+p"),
        ("shift+tab", "shift+Tab"),
        ("right_square_bracket", "]"),
        ("space", "space"),
    ],
)
def test_keys_read_as_they_are_written_on_keyboards(key: str, reads: str) -> None:
    assert key_name(key) == reads


@pytest.mark.parametrize(
    ("new", "changed", "failures", "reads"),
    [
        (0, 0, (), "nothing new"),
        (1, 0, (), "1 new article"),
        (0, 2, (), "nothing new, 2 changed"),
        (3, 1, (), "3 new articles, 1 changed"),
        (0, 0, ("Wire: gone",), "Wire: gone"),
        (0, 1, ("Wire: gone",), "nothing new, 1 changed; Wire: gone"),
    ],
)
def test_what_a_refresh_brought(
    new: int, changed: int, failures: tuple[str, ...], reads: str
) -> None:
    assert outcome_of_refresh(new, failures, changed=changed) == reads


@pytest.mark.parametrize(
    ("after", "reads"),
    [
        (timedelta(hours=-2), "soon"),
        (timedelta(seconds=59), "soon"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(hours=47), "in 47 h"),
        (timedelta(days=3, hours=1), "in 3 days"),
    ],
)
def test_what_lies_ahead(after: timedelta, reads: str) -> None:
    assert ahead(NOW + after, NOW) == reads


def test_a_moment_of_another_year_names_it() -> None:
    assert day_and_time(NOW - timedelta(days=3), NOW) == "22 Nov 12:00"
    assert day_and_time(NOW - timedelta(days=400), NOW) == "21 Oct 2024"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (None, ""),
        (FetchState(feed=1), ""),
        (FetchState(feed=1, failures=1, error="No.", failing_since=NOW), "No."),
        (FetchState(feed=1, failures=2, error="No."), "No."),
        (
            FetchState(feed=1, failures=2, error="No.", failing_since=NOW),
            "Fails since 25 Nov 12:00: No.",
        ),
        (FetchState(feed=1, failures=2, error="Gone.", failing_since=NOW, gone=True), "Gone."),
    ],
)
def test_a_feed_that_fails_says_since_when(state: FetchState | None, told: str) -> None:
    feed = Feed(number=1, address="https://a.example/", first_address="", added=NOW)
    assert failure_told(feed, state, NOW) == told
