"""``wiredesk fetch --watch``, round by round, through good times and bad ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from store.cli import NO_DESK, main
from store.cli.fetch_rounds import LONGEST_PAUSE, PATIENCE, SHORTEST_PAUSE, Options, Round, Watch
from store.cli.say import Refused
from store.model import Feed, FeedFailed, FeedRefreshed, FeedUnchanged, FetchState, Outcome
from store.refresh import NoNetwork
from store.settings import folders
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

NOW = datetime.now(UTC)


class World:
    """What a refresh meets; each feed that is asked gets its next time."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.asked: list[list[int]] = []
        self.trouble: Exception | None = None
        self.wait = timedelta(minutes=30)
        self.answer: Callable[[int], Outcome] = lambda number: FeedRefreshed(feed=number, new=1)

    async def refresh(
        self, shelf: Shelf, feeds: list[Feed], *, usual: int, **_: object
    ) -> AsyncIterator[Outcome]:
        self.asked.append([feed.number for feed in feeds])
        for feed in feeds:
            if self.trouble is not None:
                yield FeedFailed(feed=feed.number, reason=str(self.trouble))
                raise self.trouble
            now = datetime.now(UTC)
            state = FetchState(feed=feed.number, tried=now, due=now + self.wait, every=usual)
            shelf.keep_fetch_states([state])
            yield self.answer(feed.number)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed("https://news.example/feed")
        yield shelf


@pytest.fixture
def world(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> World:
    world = World(shelf)
    monkeypatch.setattr("store.cli.fetch_rounds.refresh", world.refresh)
    return world


def watch(shelf: Shelf, **options: object) -> Watch:
    return Watch(shelf, Options(**options), lambda: 60)


async def test_it_sleeps_until_something_is_due_and_notices_new_feeds(
    shelf: Shelf, world: World
) -> None:
    watching = watch(shelf)
    assert await watching.round() == LONGEST_PAUSE
    assert await watching.round() == LONGEST_PAUSE
    shelf.add_feed("https://other.example/feed")
    world.wait = timedelta(seconds=40)
    assert SHORTEST_PAUSE < await watching.round() <= 40
    world.wait = timedelta(seconds=1)
    shelf.add_feed("https://third.example/feed")
    assert await watching.round() == SHORTEST_PAUSE
    assert world.asked == [[1], [2], [3]]


async def test_all_are_asked_first_if_that_is_wished_and_then_what_is_due(
    shelf: Shelf, world: World
) -> None:
    asked = FetchState(
        feed=1, tried=NOW - timedelta(hours=1), due=NOW + timedelta(hours=9), every=60
    )
    shelf.keep_fetch_states([asked])
    await watch(shelf).round()
    assert world.asked == []
    watching = watch(shelf, everything=True)
    await watching.round()
    await watching.round()
    assert world.asked == [[1]]


async def test_only_the_feeds_that_are_named_are_watched(shelf: Shelf, world: World) -> None:
    shelf.add_feed("https://other.example/feed")
    await watch(shelf, named=(2,)).round()
    assert world.asked == [[2]]


async def test_a_desk_without_feeds_is_watched_for_the_first_one(
    shelf: Shelf, world: World
) -> None:
    shelf.remove_feed(1)
    assert await watch(shelf).round() == LONGEST_PAUSE
    assert world.asked == []


def test_a_desk_that_does_not_exist_yet_is_watched_for_the_first_feed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def go_on(watching: Watch) -> None:
        with closing(Shelf.open(folders().desk)) as other:
            other.add_feed("https://news.example/feed")
        await watching.round()

    async def refresh(shelf: Shelf, feeds: list[Feed], **_: object) -> AsyncIterator[Outcome]:
        shelf.keep_fetch_states([FetchState(feed=feeds[0].number, tried=NOW)])
        yield FeedRefreshed(feed=feeds[0].number, new=1)

    monkeypatch.setattr(Watch, "go_on", go_on)
    monkeypatch.setattr("store.cli.fetch_rounds.refresh", refresh)
    assert main(["fetch", "--watch"]) == 0
    assert capsys.readouterr() == ("https://news.example/feed: 1 new\n", "")
    elsewhere = folders().desk.parent / "mistyped"
    assert main(["--desk", str(elsewhere), "fetch", "--watch"]) == NO_DESK
    assert not elsewhere.exists()


@pytest.mark.parametrize("trouble", [ShelfError("The disk is full."), NoNetwork(5)])
async def test_a_trouble_is_told_once_and_outlasted(
    shelf: Shelf,
    world: World,
    capsys: pytest.CaptureFixture[str],
    trouble: Exception,
) -> None:
    watching = watch(shelf)
    world.trouble = trouble
    pauses = [await watching.round() for _ in range(7)]
    assert pauses[:2] == [LONGEST_PAUSE, 2 * LONGEST_PAUSE]
    assert pauses[-1] == PATIENCE
    told = capsys.readouterr().err
    assert told.count(str(trouble)) <= 2 - isinstance(trouble, ShelfError)
    world.trouble = None
    assert await watching.round() == LONGEST_PAUSE
    said = capsys.readouterr()
    assert said.err == "wiredesk: Fetching goes on.\n"
    assert said.out.endswith(": 1 new\n")


async def test_a_log_that_cannot_be_written_stops_no_watch(
    shelf: Shelf, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Refused("The output cannot be written: No space left on device.")

    monkeypatch.setattr("store.cli.fetch_rounds.tell", full)
    assert await watch(shelf).round() == LONGEST_PAUSE
    assert "No space left" in capsys.readouterr().err
    shelf.keep_fetch_states([])
    shelf.add_feed("https://other.example/feed")
    monkeypatch.setattr("store.cli.fetch_rounds.tell_begun", lambda *_: None)
    with pytest.raises(Refused):
        await watch(shelf, json=True).round()


async def test_now_and_then_the_next_window_is_prepared(
    shelf: Shelf, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[bool] = []
    columns = shelf.columns()
    monkeypatch.setattr(columns, "save", lambda: saved.append(True))
    monkeypatch.setattr("store.cli.fetch_rounds.SAVING", 0.0)
    watching = watch(shelf)
    await watching.round()
    await watching.round()
    assert saved == [True]


async def test_what_another_process_asked_since_the_feeds_were_chosen_is_not_asked_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = Round(shelf, Options(), usual=60)
    choice = round_.due()
    shelf.keep_fetch_states([FetchState(feed=1, tried=datetime.now(UTC))])  # the other one

    async def asks_nothing(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("store.cli.fetch_rounds.Fetcher.fetch", asks_nothing)
    told: list[Outcome] = []
    await round_.fetch(choice.feeds, told.append)
    assert told == [FeedUnchanged(feed=1)]
