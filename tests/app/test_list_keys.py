"""Reading on from feed to feed, marking many, sorting, handing on: by keyboard, on a whole desk."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from desks import an_article, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines
from settle import settle, until
from textual.pilot import Pilot

from store.desk import Desk, DeskError
from store.settings import Pipe, Settings, change_state, folders, load_state
from store.shelf.shelf import Mark, Shelf
from tui.app import WiredeskApp
from tui.screens.link_dialogs import ChoosePipe, OpenMany, OutputSheet
from tui.widgets.article_list import ArticleList

NEWS = [(f"Story {letter}", f"It happened in {letter}.") for letter in "CABD"]
CHIPS = [("Chip one", "A chip."), ("Chip two", "Two chips.")]
OTHER = "https://chips.example/feed.xml"


@asynccontextmanager
async def running(*keys: str, settings: Settings | None = None) -> AsyncIterator[Pilot[Any]]:
    fill(folders().desk, *NEWS)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed(OTHER)
        shelf.change_feed(2, partial(replace, title="Chip Weekly"))
        writes = [an_article(one, feed=2, address=OTHER) for one in CHIPS]
        shelf.take_in(2, lambda _known: writes)
    settings = settings or Settings(annotator="ana", automatic=False)
    desk = Desk.open(folders(), settings)
    try:
        async with WiredeskApp(desk, settings).run_test(
            size=(160, 45), notifications=True
        ) as pilot:
            await settle(pilot)
            await press(pilot, *keys)
            yield pilot
    finally:
        desk.close()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot, standing=("link", "pipe"))


def said(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


def head(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[0]


def unread(pilot: Pilot[Any]) -> int:
    found = re.search(r"(\d+) unread", head(pilot))
    return int(found[1]) if found else 0


def listed(pilot: Pilot[Any]) -> list[str]:
    articles = pilot.app.screen.query_one(ArticleList)
    return [articles._rows[index].title for index in range(articles.row_count)]


def choose_feed(pilot: Pilot[Any], number: int) -> None:
    pilot.app.screen._browsing.go_to_feed(number)  # type: ignore[attr-defined] - the desk's screen


async def test_n_goes_on_into_the_next_feed_and_says_so_until_nothing_is_unread() -> None:
    async with running() as pilot:
        choose_feed(pilot, 1)
        await settle(pilot)
        await press(pilot, "enter", "n", "n", "n")
        assert "2 unread" in head(pilot)
        await press(pilot, "n")
        assert "on to Chip Weekly" in said(pilot)
        assert listed(pilot) == ["Chip one", "Chip two"]
        await press(pilot, "n")
        assert unread(pilot) == 0
        await press(pilot, "n")
        assert "nothing unread anywhere" in said(pilot)
        assert listed(pilot) == ["Chip one", "Chip two"]


async def test_p_goes_back_into_the_feed_before_to_its_last_unread() -> None:
    async with running() as pilot:
        choose_feed(pilot, 2)
        await settle(pilot)
        await press(pilot, "enter", "n", "p", "p")
        assert "on to Top News" in said(pilot)
        here = pilot.app.screen.query_one(ArticleList).highlighted
        assert here is not None
        assert here.title == "Story D"


@pytest.mark.parametrize(("key", "left"), [("[", 3), ("]", 3), ("A", 0)])
async def test_all_above_below_or_all_are_read_in_one_step_that_u_takes_back(
    key: str, left: int
) -> None:
    async with running("g", "j", "j", "m", "j", key) as pilot:
        # Of six one is read already, and the cursor is on the fourth.
        assert unread(pilot) == left
        assert "marked read · u takes that back" in said(pilot)
        await press(pilot, "u")
        assert "5 unread" in head(pilot)
        assert "took back" in said(pilot)
        await press(pilot, "g", "[")
        assert "nothing is unread above" in said(pilot)


async def test_marks_that_cannot_be_saved_are_shown_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise DeskError("The disk is full.")

    async with running("g") as pilot:
        monkeypatch.setattr(Shelf, "mark", full)
        await press(pilot, "A")
        assert "The disk is full." in said(pilot)
        assert "6 unread" in head(pilot)


async def test_u_takes_all_read_back_while_it_is_still_being_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved, goes_on = Shelf.mark, threading.Event()
    heard: list[str] = []

    def slowly(shelf: Shelf, marks: Mapping[tuple[int, int], Mark]) -> None:
        saved(shelf, marks)
        heard.append("a file")
        goes_on.wait()

    async with running("g") as pilot:
        monkeypatch.setattr("store.desk.news._AT_A_TIME", 1)
        monkeypatch.setattr(Shelf, "mark", slowly)
        await pilot.press("A")
        await until(pilot, lambda: bool(heard))
        await until(pilot, lambda: "0 unread" in head(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "6 unread" in head(pilot))
        goes_on.set()
        await settle(pilot)
        assert "took back: 6 articles marked read" in said(pilot)
        assert "6 unread" in head(pilot)
        with closing(open_desk()) as later:
            assert [row.read for row in later.rows()] == [False] * 6


async def test_the_order_turns_the_cursor_stays_and_it_is_remembered() -> None:
    async with running("g", "j") as pilot:
        here = pilot.app.screen.query_one(ArticleList).highlighted
        await press(pilot, "backslash", "backslash")
        assert "by title" in said(pilot)
        assert listed(pilot) == sorted(title for title, _ in [*NEWS, *CHIPS])
        assert pilot.app.screen.query_one(ArticleList).highlighted == here
        await press(pilot, "tilde")
        assert listed(pilot)[0] == "Story D"
        assert load_state(folders()).orders == {"unread": "-title"}
        choose_feed(pilot, 1)
        await settle(pilot)
        assert listed(pilot) == [title for title, _ in NEWS]
    desk = open_desk()
    assert desk.orders.of("unread").reverse
    desk.close()


async def test_an_order_that_was_remembered_is_there_after_a_start_however_long_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.shelf.sorting.SMALL", 3)
    change_state(folders(), lambda state: replace(state, orders={"unread": "title"}))
    async with running() as pilot:
        assert listed(pilot) == sorted(title for title, _ in [*NEWS, *CHIPS])
        here = pilot.app.screen.query_one(ArticleList).highlighted
        assert here is not None
        assert here.title == "Story C"


async def test_several_are_marked_starred_deleted_and_copied_together() -> None:
    async with running("g", "v", "v", "f") as pilot:
        assert "2 articles starred" in said(pilot)
        await press(pilot, "m")
        assert "4 unread" in head(pilot)
        await press(pilot, "y")
        assert "copied 2 links" in said(pilot)
        assert len(pilot.app.clipboard.splitlines()) == 2
        await press(pilot, "Y")
        assert all(line.startswith("[") for line in pilot.app.clipboard.splitlines())
        await press(pilot, "u", "u", "d")
        assert "2 articles deleted" in said(pilot)
        assert len(listed(pilot)) == 4
        await press(pilot, "u")
        assert len(listed(pilot)) == 6


async def test_u_takes_back_a_mark_and_leaves_the_star_that_another_window_put() -> None:
    async with running("g", "m") as pilot:
        row = pilot.app.screen.query_one(ArticleList).highlighted
        assert row is not None
        with closing(Shelf.open(folders().desk)) as shelf:
            shelf.mark({(row.feed, row.id): Mark(starred=True)})
        await press(pilot, "u")
        with closing(Shelf.open(folders().desk)) as shelf:
            headline = shelf.headline(row.id, row.feed)
        assert headline is not None
        assert (headline.read, headline.starred) == (False, True)


async def test_many_pages_are_opened_only_after_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "opened"
    log.touch()
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {log}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setattr("tui.screens.links.MANY", 3)

    def opened() -> int:
        return log.read_text().count("\n")  # by programs that nobody waits for

    async with running("g", "v", "v", "O") as pilot:
        await until(pilot, lambda: "2 pages opened" in said(pilot))
        await until(pilot, lambda: opened() == 2)
        await press(pilot, "v", "v", "O")
        assert isinstance(pilot.app.screen, OpenMany)
        await press(pilot, "n")
        assert opened() == 2
        await press(pilot, "O", "y")
        await until(pilot, lambda: "4 pages opened" in said(pilot))
        await until(pilot, lambda: opened() == 6)


def piped(**programs: tuple[str, ...]) -> Settings:
    pipes = {name: Pipe(command=words, format="text") for name, words in programs.items()}
    return Settings(annotator="ana", automatic=False, pipes=pipes)


COUNT = (sys.executable, "-c", "import sys; print(sys.stdin.read().count('Story')); print('end')")


async def test_one_program_gets_an_article_with_one_key_and_its_output_can_be_read() -> None:
    async with running("g", "j", "j", "v", "v", "|", settings=piped(count=COUNT)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: "count: done" in said(pilot))
        assert "ctrl+o shows all" in said(pilot)
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, OutputSheet)
        assert any("end" in line for line in screen_lines(pilot.app))


async def test_of_several_programs_a_key_chooses_one() -> None:
    settings = piped(count=COUNT, fails=(sys.executable, "-c", "raise SystemExit(4)"))
    async with running("g", "enter", "|", settings=settings) as pilot:
        assert isinstance(pilot.app.screen, ChoosePipe)
        await press(pilot, "9", "2")
        await settle(pilot)
        await until(pilot, lambda: "fails: status 4" in said(pilot))
        await press(pilot, "|", "escape")
        assert not isinstance(pilot.app.screen, ChoosePipe)


async def test_without_a_program_the_setting_is_named() -> None:
    async with running("g", "|") as pilot:
        assert "[open.pipe.NAME]" in said(pilot)
        await press(pilot, "ctrl+o")
        assert "no program has got an article yet" in said(pilot)
