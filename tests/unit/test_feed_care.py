"""How feeds fare, in sentences, and what a person can change about each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import NOON
from desks import FEED, QUIET, fill, open_desk
from msgspec.structs import replace

from store.desk import Desk, DeskError
from store.desk.feed_figures import typed_megabytes, typed_minutes
from store.desk.feed_health import (
    FeedHealth,
    healths,
    told,
    told_next,
    told_status,
    told_validators,
)
from store.model import SAVED_PAGES, Account, Feed, FetchState, Moving, is_failing
from store.settings import folders
from store.shelf.shelf import Shelf

NOW = NOON + timedelta(hours=1)
LONG_AGO = NOW - timedelta(days=90)


def a_feed(number: int = 1, **changes: Any) -> Feed:
    address = f"https://{number}.example/feed"
    feed = Feed(number=number, address=address, first_address=address, added=LONG_AGO)
    return replace(feed, **changes)


def a_state(**changes: Any) -> FetchState:
    return replace(FetchState(feed=1, tried=NOON, succeeded=NOON, due=NOON, every=60), **changes)


FAILED = {"failures": 3, "error": "No answer.", "failing_since": LONG_AGO, "succeeded": None}


def health(
    feed: Feed | None = None, state: FetchState | None = None, newest: datetime | None = NOON
) -> FeedHealth:
    feed = feed or a_feed()
    states = {} if state is None else {feed.number: state}
    dates = {} if newest is None else {feed.number: newest}
    (found,) = healths([feed], states, {feed.number: (2, 5)}, dates, usual=60, now=NOW)
    return found


def when(at: datetime) -> str:
    return f"{at:%d.%m.}"


@pytest.mark.parametrize(
    ("found", "fare", "said"),
    [
        (health(state=a_state()), "fine", ""),
        (health(), "unfetched", "Not fetched yet."),
        (health(state=a_state(**FAILED)), "failing", "Fails since 24.08.: No answer."),
        (
            health(state=a_state(**{**FAILED, "failures": 1})),
            "failing",
            "Fails since 24.08.: No answer.",
        ),
        (
            health(state=a_state(**FAILED, not_before=NOW)),
            "failing",
            "Fails since 24.08.: No answer. Its server wants no request before 22.11..",
        ),
        (
            health(state=a_state(**FAILED, gone=True)),
            "gone",
            "No longer fetched by itself since 24.08.: No answer.",
        ),
        (
            health(a_feed(paused=True), a_state()),
            "paused",
            "Paused: fetched only when it is asked for by name.",
        ),
        (
            health(a_feed(paused=True), a_state(**FAILED)),
            "paused",
            "Paused: fetched only when it is asked for by name. Fails since 24.08.: No answer.",
        ),
        (
            health(state=a_state(), newest=LONG_AGO),
            "silent",
            "Answers well, but nothing new came since 24.08..",
        ),
        (
            health(state=a_state(), newest=None),
            "silent",
            "Answers well, but nothing new came yet.",
        ),
        (
            health(state=a_state(moving=Moving(address="https://b.example/", since=NOON))),
            "fine",
            "Its server says that it moved to https://b.example/ for good.",
        ),
        (
            health(a_feed(address=SAVED_PAGES)),
            "fine",
            "Pages that were saved one by one; there is nothing to fetch.",
        ),
    ],
)
def test_what_is_the_matter_is_said_in_a_sentence(found: FeedHealth, fare: str, said: str) -> None:
    assert (found.fare, told(found, when)) == (fare, said)


def test_a_new_feed_without_articles_is_not_called_silent() -> None:
    assert health(a_feed(added=NOON), a_state(), newest=None).fare == "fine"


def test_those_that_want_to_be_looked_at_stand_first() -> None:
    feeds = [
        a_feed(1, title="b fine"),
        a_feed(2, title="A fine"),
        a_feed(3, title="silent"),
        a_feed(4, title="new"),
        a_feed(5, title="paused", paused=True),
        a_feed(6, title="gone"),
        a_feed(7, title="failing"),
    ]
    states = {
        1: a_state(),
        2: a_state(),
        3: a_state(),
        6: a_state(gone=True, failures=1),
        7: a_state(failures=1),
    }
    found = healths(feeds, states, {}, {1: NOON, 2: NOON}, usual=60, now=NOW)
    assert [one.feed.name for one in found] == [
        *("failing", "gone", "paused", "new", "silent", "A fine", "b fine")
    ]


def test_when_it_is_asked_again_is_told() -> None:
    later = NOW + timedelta(hours=2)
    assert told_next(health(state=a_state(due=later)), when, NOW) == "22.11."
    assert told_next(health(state=a_state(due=NOON)), when, NOW) == "soon"
    assert told_next(health(), when, NOW) == "soon"
    assert told_next(health(a_feed(paused=True), a_state()), when, NOW) == "never by itself"


def test_what_its_server_gives_is_told() -> None:
    assert told_validators(a_state(etag='"1"', modified="x")) == "yes (ETag and date)"
    assert told_validators(a_state()).startswith("no: the whole")
    assert told_validators(a_state(succeeded=None)) == "not known yet"
    assert told_status(a_state(status=404)) == "404 Not Found"
    assert told_status(a_state(status=799)) == "799"
    assert told_status(a_state()) == ""


@pytest.mark.parametrize(
    ("feed", "state", "fails"),
    [
        (a_feed(), None, False),
        (a_feed(), a_state(), False),
        (a_feed(), a_state(failures=1), True),
        (a_feed(), a_state(gone=True), True),
        (a_feed(paused=True), a_state(failures=1), False),
        (a_feed(address=SAVED_PAGES), a_state(failures=1), False),
    ],
)
def test_those_that_should_be_read_and_cannot_be_count_as_failing(
    feed: Feed, state: FetchState | None, fails: bool
) -> None:
    assert is_failing(feed, state) is fails


@pytest.mark.parametrize(
    ("typed", "minutes"), [("", 0), ("90", 90), ("2h", 120), (" 1 D ", 1440), ("15 min", 15)]
)
def test_an_interval_is_typed_as_people_say_it(typed: str, minutes: int) -> None:
    assert typed_minutes(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "told"),
    [("soon", "Type minutes"), ("2x", "Type minutes"), ("-5", "Type minutes"), ("1.5h", "Type"),
     ("4", "Between 5 min"), ("8d", "and 7 days"), ("9" * 5000, "Between"), ("٣٠", "Type")],
)  # fmt: skip
def test_an_interval_that_cannot_be_meant_is_told(typed: str, told: str) -> None:
    with pytest.raises(DeskError, match=told):
        typed_minutes(typed)


def test_a_cap_is_typed_in_megabytes() -> None:
    assert [typed_megabytes(typed) for typed in ("", "20", " 20 MB")] == [0, 20, 20]
    for typed in ("0", "51", "x", "1.5", "9" * 5000):
        with pytest.raises(DeskError, match="whole megabytes from 1 to 50"):
            typed_megabytes(typed)


# ---------------------------------------------------------------- on a desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


def on_disk() -> Feed:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.feeds()[0]


async def test_what_is_changed_is_on_disk_and_taken_back_step_by_step(desk: Desk) -> None:
    care = desk.feed_care
    before = on_disk()
    said = [
        await care.set_minutes(1, 120),
        await care.set_megabytes(1, 20),
        await care.switch_full_text(1),
        await care.switch_paused(1),
    ]
    now = on_disk()
    assert (now.minutes, now.megabytes, now.full_text, now.paused) == (120, 20, True, True)
    assert said == [
        "Top News: fetched every 2 h",
        "Top News: read up to 20 MB",
        "Top News: full text fetched with each new article",
        "Top News: paused, r fetches it all the same",
    ]
    for one in reversed(said):
        assert await care.undo() == f"took back: {one}"
    assert on_disk() == before
    assert await care.undo() == "nothing to undo among the feeds"


async def test_what_another_window_changed_meanwhile_stays_when_a_step_is_taken_back(
    desk: Desk,
) -> None:
    await desk.feed_care.set_minutes(1, 120)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, own_title="Mine"))
    await desk.feed_care.undo()
    assert (on_disk().own_title, on_disk().minutes) == ("Mine", 0)


async def test_what_is_set_back_to_the_usual_says_so(desk: Desk) -> None:
    care = desk.feed_care
    assert (await care.set_minutes(1, 0)).endswith("as often as the others")
    assert (await care.set_megabytes(1, 0)).endswith("up to the usual size")
    await care.switch_paused(1)
    assert (await care.switch_paused(1)).endswith("fetched by itself again")


async def test_a_feed_that_went_elsewhere_is_told(desk: Desk) -> None:
    with pytest.raises(DeskError, match="no longer on the desk"):
        await desk.feed_care.set_minutes(7, 60)


async def test_saved_pages_have_no_settings_of_fetching(desk: Desk) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        pages = shelf.add_feed(SAVED_PAGES)
    with pytest.raises(DeskError, match="not fetched: its pages come one by one"):
        await desk.feed_care.switch_paused(pages.number)


async def test_rows_tell_articles_and_under_which_name_a_feed_is_asked(desk: Desk) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.keep_account(1, Account(name="ana", password="secret"))
    (row,) = await desk.feed_care.rows()
    assert (row.unread, row.articles, row.newest) == (1, 1, NOON)
    assert (row.account, row.feed.address, row.every) == ("ana", FEED, 60)
    assert "secret" not in repr(row)


async def test_what_is_due_is_known_without_asking_anybody(desk: Desk) -> None:
    def state(**changes: Any) -> None:
        with closing(Shelf.open(folders().desk)) as shelf:
            shelf.keep_fetch_states([a_state(**changes)])

    now = datetime.now(UTC)
    state(tried=now, due=now + timedelta(hours=1))
    assert await desk.feed_care.due() == []
    state(tried=now, due=now)
    assert await desk.feed_care.due() == [1]
    await desk.feed_care.switch_paused(1)
    assert await desk.feed_care.due() == []
