"""Watch words, rules and labels by keyboard, down to what is on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.pilot import Pilot

from store.desk import Desk
from store.desk.aftercare import follow
from store.model import FeedRefreshed, Noticed, Rule, WatchWord
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.reading import ReadingScreen

STANDING = {"interests", "change", "labels"}


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    shelf = Shelf.open(folders().desk)
    follow(shelf)
    shelf.close()
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def running(desk: Desk, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot, standing=STANDING)


async def shows(pilot: Pilot[Any], text: str) -> None:
    await until(pilot, lambda: text in screen_text(pilot.app))


def labels(desk: Desk) -> tuple[str, ...]:
    """Of the newest article, on disk."""
    row = desk.columns.row(desk.columns.order()[0])
    headline = desk._shelf.headline(row.id, row.feed)
    return () if headline is None else headline.labels


async def typed(pilot: Pilot[Any], text: str) -> None:
    await pilot.press(*("space" if one == " " else one for one in text))
    await settle(pilot, standing=STANDING)


async def test_a_watch_word_is_added_and_lit_and_told_of_where_only_the_text_says_it(
    desk: Desk,
) -> None:
    async with running(desk) as pilot:
        await press(pilot, "I")
        await shows(pilot, "none yet")
        await press(pilot, "a")
        await typed(pilot, "foothold")
        await shows(pilot, "finds 1 article, 1 unread")
        await press(pilot, "ctrl+s", "q")
        await until(pilot, lambda: "†" in screen_text(pilot.app))
        await press(pilot, "g", "enter")
        await shows(pilot, "watch: foothold")
    assert desk._shelf.interests.watch_words.all() == (WatchWord(text="foothold"),)


async def test_what_says_a_watch_word_has_a_place_in_the_tree(desk: Desk) -> None:
    desk._shelf.interests.watch_words.change(lambda _: [WatchWord(text="rained")])
    async with running(desk, (160, 45)) as pilot:
        await until(pilot, lambda: "Watched" in screen_text(pilot.app))
        await press(pilot, "h", "g", "j", "j", "j", "j")
        await shows(pilot, "A quiet day")
        assert any("Watched" in line for line in screen_lines(pilot.app)[:2])
        assert "hiring push" not in screen_text(pilot.app)


async def test_the_place_of_watch_words_is_there_before_they_are_looked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.watching.WATCH_AFTER", 1e6)
    desk._shelf.interests.watch_words.change(lambda _: [WatchWord(text="rained")])
    async with running(desk, (160, 45)) as pilot:
        before = screen_lines(pilot.app)
        assert any("Watched" in line for line in before)
        await press(pilot, "h", "g", "j", "j", "j", "j")
        await shows(pilot, "Looking …")
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen._first_look()
        await shows(pilot, "A quiet day")


async def test_a_mistake_in_a_rule_is_told_as_it_is_typed_and_nothing_is_kept(desk: Desk) -> None:
    async with running(desk) as pilot:
        await press(pilot, "I", "G", "a")
        await typed(pilot, "singal:hiring")
        await shows(pilot, "there is no filter “singal:”")
        await press(pilot, "ctrl+s", "escape", "escape")
        await shows(pilot, "none yet: a adds one, a query")
    assert desk._shelf.interests.rules.all() == ()


async def test_a_rule_is_applied_to_what_is_there_after_a_look_and_taken_back(desk: Desk) -> None:
    rules = [
        Rule(id="1", name="Jobs", query="recruiting", star=True, labels=("jobs",)),
        Rule(id="2", name="Broken", query="oops:1", star=True),
    ]
    desk._shelf.interests.rules.change(lambda _: rules)
    async with running(desk, (80, 24)) as pilot:
        await press(pilot, "I", "G")
        await shows(pilot, "there is no filter “oops:”")
        await press(pilot, "k", "p")
        await shows(pilot, "It finds 1 article, 1 unread: stars · labels jobs.")
        await press(pilot, "enter")
        await shows(pilot, "1 of 1 articles changed")
        await until(pilot, lambda: bool(desk.columns.order(starred=True)))
        await press(pilot, "u")
        await until(pilot, lambda: not desk.columns.order(starred=True))


async def test_rules_are_switched_moved_deleted_and_brought_back(desk: Desk) -> None:
    rules = [Rule(id=name, name=name, query="x", star=True) for name in ("one", "two")]
    desk._shelf.interests.rules.change(lambda _: rules)

    def kept() -> list[tuple[str, bool]]:
        return [(one.name, one.on) for one in desk._shelf.interests.rules.all()]

    async with running(desk) as pilot:
        await press(pilot, "I", "G", "x")
        await until(pilot, lambda: kept() == [("one", True), ("two", False)])
        await press(pilot, "K")
        await until(pilot, lambda: kept() == [("two", False), ("one", True)])
        await press(pilot, "d")
        await until(pilot, lambda: kept() == [("one", True)])
        await press(pilot, "u", "u", "u")
        await until(pilot, lambda: kept() == [("one", True), ("two", True)])
        await shows(pilot, "took back: two: switched off")
        await press(pilot, "u")
        await shows(pilot, "nothing to undo")


async def test_a_label_is_typed_ticked_shown_and_taken_back(desk: Desk) -> None:
    async with running(desk) as pilot:
        await press(pilot, "g", "enter", "'")
        await typed(pilot, "to quote")
        await shows(pilot, "new label “to quote”")
        await press(pilot, "tab", "enter")
        await shows(pilot, "labels: to quote")
        await press(pilot, "escape", "'")
        await shows(pilot, "☑ to quote")
        await press(pilot, "tab", "enter")
        await until(pilot, lambda: labels(desk) == ())
        await press(pilot, "u")
        await until(pilot, lambda: labels(desk) == ("to quote",))


async def test_u_in_the_article_takes_back_labels_and_claims_the_last_first(desk: Desk) -> None:
    async with running(desk) as pilot:
        await press(pilot, "g", "enter", "j", "s", "h", "'")
        await typed(pilot, "later")
        await press(pilot, "tab", "enter")
        await until(pilot, lambda: labels(desk) == ("later",))
        await press(pilot, "s", "e")
        await shows(pilot, "later")
        await press(pilot, "u")
        assert labels(desk) == ("later",)
        await press(pilot, "u")
        await shows(pilot, "took back: labels + later")
        assert labels(desk) == ()
        assert desk.columns.claimed() == 1
        await press(pilot, "u")
        await until(pilot, lambda: desk.columns.claimed() == 0)


async def test_labels_of_several_articles_are_shown_as_they_are(desk: Desk) -> None:
    row = desk.columns.row(desk.columns.order()[0])
    await desk.labels.change([(row.feed, row.id)], put=["chips"])
    async with running(desk) as pilot:
        await press(pilot, "g", "v", "v", "'")
        await shows(pilot, "Labels of 2 articles")
        await shows(pilot, "◪ chips")
        await typed(pilot, "other")
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: "Labels of" not in screen_text(pilot.app))
    assert await desk.labels.offered() == ("chips",)


async def test_what_rules_found_is_told_once_a_fetch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refresh(*_: object, **__: object) -> AsyncIterator[object]:
        yield FeedRefreshed(feed=1, new=2)
        yield Noticed(name="Chip exports", articles=2, titles=("A [b]fab[/b]", "Two"))

    monkeypatch.setattr(desk, "refresh", refresh)
    async with running(desk) as pilot:
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, ReadingScreen)
        await shows(pilot, "2 articles for “Chip exports”: A [b]fab[/b] · Two")
        (told,) = pilot.app._notifications
        assert "Chip exports" in told.message
