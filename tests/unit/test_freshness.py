"""How long a copy is good for and when a server wants to be asked again, whatever it writes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.web.freshness import LONGEST_FRESH, LONGEST_WAIT, fresh_seconds, wait_seconds

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
THEIR_NOW = "Sun, 02 Nov 2014 08:00:00 GMT"
"""A server's clock that is twelve years late."""
THEIR_HOUR = "Sun, 02 Nov 2014 09:00:00 GMT"
OUR_HOUR = "Tue, 03 Nov 2026 11:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": 'public, MAX-AGE="600"'}, 600),
        ({"Cache-Control": "max-age=600, max-age=9"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "700"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "old"}, 600),
        ({"Cache-Control": "max-age=600, no-cache"}, 0),
        ({"Cache-Control": "no-store", "Expires": OUR_HOUR}, 0),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "max-age=-1", "Expires": OUR_HOUR}, 0),
        ({"Cache-Control": "max-age=0", "Expires": OUR_HOUR}, 0),
        ({"Cache-Control": "public", "Expires": OUR_HOUR}, 3600),
        ({"Expires": OUR_HOUR}, 3600),
        ({"Expires": THEIR_HOUR, "Date": THEIR_NOW}, 3600),
        ({"Expires": OUR_HOUR, "Date": "today", "Age": "600"}, 3000),
        ({"Expires": "0"}, 0),
        ({"Expires": THEIR_HOUR}, 0),
        ({"Cache-Control": "max-age=" + "9" * 5000}, 31 * 86_400),
        ({"Cache-Control": "max-age=٦٠"}, 0),
    ],
)
def test_a_server_says_how_long_a_copy_is_good_for(headers: dict[str, str], seconds: int) -> None:
    assert fresh_seconds(headers, now=NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Retry-After": " 120 "}, 120),
        ({"Retry-After": "9999999"}, 86_400),
        ({"Retry-After": "-1"}, 0),
        ({"Retry-After": "soon"}, 0),
        ({"Retry-After": OUR_HOUR}, 3600),
        ({"Retry-After": THEIR_HOUR}, 0),
        ({"Retry-After": THEIR_HOUR, "Date": THEIR_NOW}, 3600),
        ({"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}, 86_400),
        ({"Retry-After": "Fri, 01 Jan 2100 00:00:00 +9999999999999"}, 0),
        ({"Retry-After": "Sun, 02 Nov 2014 09:00:00", "Date": THEIR_NOW}, 3600),
    ],
)
def test_a_server_says_when_it_wants_to_be_asked_again(
    headers: dict[str, str], seconds: int
) -> None:
    assert wait_seconds(headers, now=NOW) == seconds


NAMES = ("Cache-Control", "Expires", "Date", "Age", "Retry-After")
VALUES = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.integers().map(lambda number: f"max-age={number}"),
    st.datetimes(timezones=st.timezones()).map(lambda at: at.strftime("%a, %d %b %Y %H:%M:%S %z")),
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_whatever_a_server_writes_the_times_stay_within_bounds(headers: dict[str, str]) -> None:
    assert 0 <= fresh_seconds(headers, now=NOW) <= LONGEST_FRESH.total_seconds()
    assert 0 <= wait_seconds(headers, now=NOW) <= LONGEST_WAIT.total_seconds()
