"""Keys are told where they work: help, palette, status line and the printed table."""

from __future__ import annotations

import pytest
from headlines import NOW, headline
from screen_text import screen_lines, screen_text
from settle import until
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.command import CommandPalette
from textual.widgets import Input

from tui.palette import KeyCommands
from tui.screens.help import Help, key_table, sources_of, working_on
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree, Place
from tui.widgets.status import Status

PANES = (FeedTree, ArticleList)


class Desk(App[None]):
    """Two panes and a status line."""

    COMMANDS = {KeyCommands}
    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS = [
        Binding("question_mark", "help", "help", id="app.help", tooltip="Show every key"),
        Binding("f9", "hidden", "Hidden", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield FeedTree()
        yield ArticleList()
        yield Status()

    def on_mount(self) -> None:
        self.query_one(FeedTree).show([Place("unread", None, "Unread")])
        rows = [headline(n, read=n == 4) for n in range(4, 9)]
        self.query_one(ArticleList).show(rows, {}, NOW, title="Unread", fresh=True)
        self.query_one(ArticleList).focus()

    starred = 0

    def on_article_list_star_toggled(self) -> None:
        self.starred += 1

    def action_help(self) -> None:
        self.push_screen(Help(sources_of(self.screen)))


def test_the_table_names_pane_keys_and_what_they_do() -> None:
    table = key_table(PANES)
    assert ("Article list", "m", "Mark as read or unread") in table
    assert ("Lists", "j ↓", "Go one row down") in table
    assert ("Feeds", "r", "Fetch this feed") in table


def test_what_lists_share_is_told_once() -> None:
    table = key_table(PANES)
    assert len(table) == len(set(table))
    assert [group for group, keys, _ in table if keys == "j ↓"] == ["Lists"]
    groups = [group for group, _, _ in table]
    assert [g for i, g in enumerate(groups) if i == 0 or groups[i - 1] != g] == [
        "Feeds",
        "Lists",
        "Article list",
    ]


def test_every_key_of_ours_has_a_name_a_description_and_a_sentence() -> None:
    for pane in (*PANES, Help):
        for binding in Binding.make_bindings(pane.BINDINGS):
            if binding.action.startswith("misplaced"):
                continue
            assert binding.id, binding
            assert binding.description, binding
            assert binding.tooltip, binding


def test_the_keys_that_a_person_chose_are_the_ones_told() -> None:
    table = key_table([ArticleList], {"list.read": "x,ctrl+r"})
    assert ("Article list", "x ctrl+r", "Mark as read or unread") in table


async def test_help_begins_where_the_focus_is_and_tells_the_other_panes_too() -> None:
    async with Desk().run_test(size=(100, 120)) as pilot:
        await pilot.press("?")
        lines = [line.strip(" │") for line in screen_lines(pilot.app)]
        lines = lines[lines.index("Keys") :]
        places = [lines.index(group) for group in ("Article list", "Lists", "Everywhere", "Feeds")]
        assert places == sorted(places)
        assert any(line.startswith("m ") and "Mark as read" in line for line in lines)


@pytest.mark.parametrize("key", ["escape", "q", "?"])
async def test_help_closes(key: str) -> None:
    async with Desk().run_test(size=(80, 24)) as pilot:
        await pilot.press("?")
        assert isinstance(pilot.app.screen, Help)
        await pilot.press(key)
        assert not isinstance(pilot.app.screen, Help)
        assert isinstance(pilot.app.focused, ArticleList)


async def test_help_scrolls_in_a_small_terminal() -> None:
    async with Desk().run_test(size=(80, 24)) as pilot:
        await pilot.press("?")
        assert "Fetch this feed" not in screen_text(pilot.app)
        await pilot.press("space", "space", "end")
        await until(pilot, lambda: "Fetch this feed" in screen_text(pilot.app))
        await pilot.press("b", "j", "k", "down", "up", "home")
        await until(pilot, lambda: "Open the next unread" in screen_text(pilot.app))


async def test_the_palette_offers_what_works_here_and_runs_it() -> None:
    async with Desk().run_test(size=(100, 30)) as pilot:
        app = pilot.app
        await pilot.press("ctrl+p")
        await until(pilot, lambda: "Mark as read or unread" in screen_text(app))
        text = screen_text(app)
        assert "Fetch this feed" not in text
        assert text.index("Show every key") < text.index("Go one row down")
        app.screen.query_one(Input).value = "star"
        await until(pilot, lambda: "Star, or take the star away" in screen_text(app))
        await until(pilot, lambda: "Mark as read" not in screen_text(app))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: not isinstance(app.screen, CommandPalette))
        await until(pilot, lambda: app.starred == 1)


async def test_the_palette_tells_where_a_command_works_that_does_not_work_here() -> None:
    async with Desk().run_test(size=(120, 30)) as pilot:
        await pilot.press("ctrl+p")
        pilot.app.screen.query_one(Input).value = "split off names"
        await until(pilot, lambda: "in: Companies" in screen_text(pilot.app))
        assert "Split off other names" in screen_text(pilot.app)


async def test_help_tells_first_what_works_here_and_finds_keys_by_words() -> None:
    async with Desk().run_test(size=(100, 60)) as pilot:
        screen = pilot.app.screen
        pilot.app.push_screen(Help(sources_of(screen), working_on(screen)))
        await until(pilot, lambda: "Article list" in screen_text(pilot.app))
        assert "Fetch this feed" not in screen_text(pilot.app).partition("not now")[0]
        await pilot.press("/", *"fetch this")
        await until(pilot, lambda: "Mark as read" not in screen_text(pilot.app))
        assert "Feeds · elsewhere or not now" in screen_text(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: "Mark as read" in screen_text(pilot.app))
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, Help)


async def test_the_status_line_tells_the_keys_of_the_focused_pane() -> None:
    async with Desk().run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        line = screen_lines(pilot.app)[-1]
        assert "enter open   n next unread   m read   f star" in line
        assert "Hidden" not in line
        pilot.app.query_one(FeedTree).focus()
        await pilot.pause()
        line = screen_lines(pilot.app)[-1]
        assert "m read" not in line
        assert "? help" in line


async def test_hints_that_do_not_fit_whole_are_left_out() -> None:
    async with Desk().run_test(size=(40, 20)) as pilot:
        pilot.app.query_one(Status).say("saved")
        await pilot.pause()
        assert screen_lines(pilot.app)[-1] == " ? help   enter open              saved"


async def test_a_hint_can_be_clicked() -> None:
    async with Desk().run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        at = screen_lines(pilot.app)[-1].index("? help")
        await pilot.click(Status, offset=(at + 3, 0))
        assert isinstance(pilot.app.screen, Help)
