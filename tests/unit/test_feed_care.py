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
from store.desk.feed_care import FeedSettings, FolderThere
from store.desk.feed_figures import typed_amount, typed_megabytes, typed_minutes
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


# ---------------------------------------------------------------- folders and leaving


@pytest.fixture
def three(desk: Desk) -> Desk:
    """A desk with three feeds in one folder, Top News with its article among them."""
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, folders=(("News",),)))
        for number, name in ((2, "A wire"), (3, "B wire")):
            shelf.add_feed(f"https://{number}.example/")
            shelf.change_feed(
                number, lambda feed, name=name: replace(feed, title=name, folders=(("News",),))
            )
    return desk


def tree(desk: Desk) -> list[str]:
    """Folders and their feeds as they stand."""
    return [
        f"{'/'.join(folder.path)}: {', '.join(feed.name for feed in folder.feeds)}"
        for folder in desk.feed_tree().folders
    ]


async def test_all_that_is_set_in_one_form_is_one_step(three: Desk) -> None:
    care, before = three.feed_care, on_disk()
    wanted = FeedSettings(
        own_title="Mine", folders=(("A", "B"),), minutes=90, megabytes=3, full_text=True,
        paused=True, keep_days=30, keep_articles=9,
    )  # fmt: skip
    assert await care.edit(1, wanted) == "Mine: saved"
    assert FeedSettings.of(on_disk()) == wanted
    assert await care.edit(1, wanted) == "Mine: nothing changed"
    assert await care.undo() == "took back: Mine: saved"
    assert on_disk() == before
    await care.edit(1, replace(wanted, own_title="Top News"))
    assert on_disk().own_title == ""


async def test_feeds_and_folders_are_moved_kept_and_taken_back(three: Desk) -> None:
    care = three.feed_care
    assert await care.move_feed(1, ("News",), -1) == "Top News moved up"
    assert tree(three) == ["News: A wire, Top News, B wire"]
    assert await care.move_feed(2, ("News",), -1) == "A wire stands first here"
    await care.undo()
    assert tree(three) == ["News: A wire, B wire, Top News"]
    await care.edit(2, FeedSettings(folders=(("Asia",),)))
    assert await care.move_folder(("News",), -1) == "News moved up"
    assert [one.path for one in open_desk().feed_tree().folders] == [("News",), ("Asia",)]
    assert await care.move_folder(("News",), -1) == "News stands first here"
    await care.undo()
    assert tree(three) == ["Asia: A wire", "News: B wire, Top News"]


async def test_a_folder_is_renamed_and_two_are_put_together_only_when_it_is_meant(
    three: Desk,
) -> None:
    care = three.feed_care
    await care.edit(2, FeedSettings(folders=(("Asia",),)))
    with pytest.raises(DeskError, match="needs a name"):
        await care.rename_folder(("Asia",), ())
    with pytest.raises(DeskError, match="no folder Nowhere"):
        await care.rename_folder(("Nowhere",), ("X",))
    with pytest.raises(FolderThere, match="There is a folder News already"):
        await care.rename_folder(("Asia",), ("News",))
    said = await care.rename_folder(("Asia",), ("News",), merge=True)
    assert said == "Asia is part of News now"
    assert tree(three) == ["News: A wire, B wire, Top News"]
    step = care.last_step
    assert await care.undo(step) == f"took back: {said}"
    assert await care.undo(step) == f"took back: {said}"
    assert tree(three) == ["Asia: A wire", "News: B wire, Top News"]
    assert await care.rename_folder(("News",), ("News",)) == "News: nothing changed"
    assert await care.rename_folder(("News",), ("News", "World")) == "News is News/World now"


async def test_unsubscribing_keeps_what_work_rests_on_and_undo_brings_all_back(
    three: Desk,
) -> None:
    care, before = three.feed_care, on_disk()
    (row,) = three.rows()
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.keep_account(1, Account(name="ana", password="secret"))
    assert (await care.leaving([1])).told == "1 article leaves the lists."
    await three.mark([(1, row.id)], starred=True)
    what = await care.leaving([1, 2, 99])
    assert what.name == "2 feeds"
    assert "1 article stays, with claims, stars or labels" in what.told
    said = await care.unsubscribe([1])
    assert said == "unsubscribed from Top News · 1 article stays · u takes it back"
    assert [one.id for one in three.rows(starred=True)] == [row.id]
    assert three.feed_names()[1] == "Top News"
    assert (await three.open_article(1, row.id)).feed.name == "Top News"
    assert [feed.number for feed in three.feeds()] == [2, 3]
    with pytest.raises(DeskError, match="no longer on the desk"):
        await care.unsubscribe([1])
    await care.undo()
    assert on_disk() == before
    with closing(Shelf.open(folders().desk)) as shelf:
        assert shelf.account(1) == Account(name="ana", password="secret")


async def test_a_feed_does_not_come_back_where_another_has_its_address(three: Desk) -> None:
    care = three.feed_care
    await care.unsubscribe([2])
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(3, lambda feed: replace(feed, address="https://2.example/"))
    with pytest.raises(DeskError, match="B wire is fetched at that address now"):
        await care.undo()
    assert care.last_step is not None


async def test_folded_folders_are_remembered(three: Desk) -> None:
    await three.fold(("News",), folded=True)
    assert open_desk().folded() == {("News",)}
    three.show_folders([("News",)])
    assert three.folded() == frozenset()
    await three.fold(("News",), folded=False)
    assert open_desk().folded() == frozenset()


@pytest.mark.parametrize(("typed", "days"), [("", 0), ("30", 30), (" 1 day", 1), ("7 DAYS", 7)])
def test_how_long_articles_are_kept_is_typed_in_days(typed: str, days: int) -> None:
    assert typed_amount(typed, "days") == days


@pytest.mark.parametrize("typed", ["0", "-1", "x", "9" * 400, "1.5", "3 articles"])
def test_an_amount_that_cannot_be_meant_is_told(typed: str) -> None:
    with pytest.raises(DeskError, match="whole number of days"):
        typed_amount(typed, "days")
