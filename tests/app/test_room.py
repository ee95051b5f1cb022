"""How the panes share the room, and whose keys the window tells."""

from __future__ import annotations

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_text
from settle import settle, until
from textual.pilot import Pilot

from store.settings import Settings, change_state, folders, load_state
from tui.app import WiredeskApp
from tui.screens.room import shares
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree


def widths(pilot: Pilot[None]) -> tuple[int, ...]:
    panes = (FeedTree, ArticleList, ArticleView)
    return tuple(pilot.app.screen.query_one(pane).region.width for pane in panes)


async def drag(pilot: Pilot[None], start: int, end: int) -> None:
    await pilot.mouse_down(offset=(start, 10))
    await pilot.hover(offset=(end, 10))
    await pilot.mouse_up(offset=(end, 10))


async def test_borders_are_dragged_remembered_and_put_back() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        usual = widths(pilot)
        border = app.screen.query_one(FeedTree).region.right - 1
        await drag(pilot, border, border + 10)
        await until(pilot, lambda: widths(pilot)[0] == usual[0] + 10)
        await until(pilot, lambda: load_state(folders()).tree_width == usual[0] + 10)
        for size in ((300, 100), (120, 30), (40, 10), (160, 45)):
            await pilot.resize_terminal(*size)
        await until(pilot, lambda: widths(pilot)[0] == usual[0] + 10)
        await pilot.click(offset=(border + 10, 10), times=2)
        await until(pilot, lambda: widths(pilot) == usual)
        await until(pilot, lambda: load_state(folders()).tree_width == 0)
    desk.close()


async def test_z_shows_one_pane_alone_and_all_again() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    change_state(folders(), lambda state: type(state)(tree_width=40))
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await until(pilot, lambda: widths(pilot)[0] == 40)
        before = widths(pilot)
        await pilot.press("z")
        await until(pilot, lambda: widths(pilot) == (0, 160, 0))
        await pilot.press("l")
        await until(pilot, lambda: widths(pilot) == (0, 0, 160))
        await pilot.press("z")
        await until(pilot, lambda: widths(pilot) == before)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.screen.has_class("-one-pane"))
        await pilot.press("z")
        await until(pilot, lambda: "room for one pane only" in screen_text(app))
    desk.close()


async def test_a_narrower_window_shows_the_pane_one_is_at() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        for keys, at in (("l", 2), ("hh", 0), ("l", 1)):
            await pilot.resize_terminal(160, 45)
            await until(pilot, lambda: all(widths(pilot)))
            await pilot.press(*keys)
            await pilot.resize_terminal(80, 24)
            alone = tuple(80 if pane == at else 0 for pane in range(3))
            await until(pilot, lambda alone=alone: widths(pilot) == alone)  # type: ignore[misc]
    desk.close()


@pytest.mark.parametrize("total", [100, 140, 160, 300])
@pytest.mark.parametrize("wanted", [(0, 0), (1, 1), (500, 0), (0, 500), (500, 500)])
def test_no_pane_is_dragged_out_of_use(total: int, wanted: tuple[int, int]) -> None:
    tree, articles = shares(total, *wanted, with_tree=total >= 140)
    assert tree == 0 or tree >= 12
    assert articles == 0 or articles >= 20
    assert total - tree - articles >= 30


async def test_hints_and_help_tell_the_keys_of_the_preset() -> None:
    fill(folders().desk, HIRING_PUSH)
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana", preset="newsboat"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        assert "N read" in screen_text(app)
        await pilot.press("A")
        await until(pilot, lambda: "U takes that back" in screen_text(app))
        await pilot.press("?")
        await until(pilot, lambda: "Mark as read or unread" in screen_text(app))
        row = next(line for line in screen_text(app).splitlines() if "Mark as read or un" in line)
        assert " N " in row
    desk.close()


async def test_keys_of_ones_own_do_what_is_told_also_where_others_have_a_meaning() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    own = {"desk.leave": "ctrl+e", "list.unread_only": "s", "tag.signal": "t"}
    app = WiredeskApp(desk, Settings(annotator="ana", keys=own))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "t tags sentences" in screen_text(app))
        await pilot.press("j", "s")
        await until(pilot, lambda: "unread only" in screen_text(app))
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "ctrl+e again quits" in screen_text(app))
        await pilot.press("ctrl+e")
        await until(pilot, lambda: not app.is_running or app._exit)
    desk.close()


async def test_dialogs_and_messages_tell_the_keys_of_the_preset() -> None:
    fill(folders().desk, HIRING_PUSH)
    desk = open_desk()
    own = {"help.close": "f8", "desk.add_feed": "f9"}
    app = WiredeskApp(desk, Settings(annotator="ana", preset="newsboat", keys=own))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: "f8 closes" in screen_text(app))
        await pilot.press("f8", "left", "G", "end", "D")
        await until(pilot, lambda: "y unsubscribes, U brings it all back" in screen_text(app))
    desk.close()


async def test_a_list_with_nothing_in_it_names_the_keys_that_were_chosen() -> None:
    fill(folders().desk, HIRING_PUSH)
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana", keys={"tag.signal": "f6"}))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await until(pilot, lambda: "press f6 and a signal" in screen_text(app))
    desk.close()
