"""What is painted when something changes: the lines that look otherwise, and nothing beside."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from headlines import NOW, headline
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from settle import settle, until
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from store.model import HeadlineRow
from tui.widgets.article_list import ArticleList
from tui.widgets.painting import SparingScreen, bands_of

ROWS = [headline(number) for number in range(1, 31)]


class Asked(ArticleList):
    """A list that notes which of its lines are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.lines_asked: list[int] = []

    def render_lines(self, crop: Region) -> list[Strip]:
        self.lines_asked += crop.line_range
        return super().render_lines(crop)


class TwoLists(SparingScreen):
    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Asked()
            yield Asked()

    def on_mount(self) -> None:
        for one in self.query(Asked):
            one.show(ROWS, {1: "Top"}, NOW, title="All", fresh=True)
        self.query(Asked).first().focus()


class Host(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def get_default_screen(self) -> Screen[None]:
        return TwoLists()

    @property
    def lists(self) -> list[Asked]:
        return list(self.screen.query(Asked))


async def asked_after(
    pilot: Pilot[None], rows: Sequence[HeadlineRow] | None = None
) -> list[set[int]]:
    """The lines of each list that are asked for when rows change, or ``j`` is pressed."""
    app = pilot.app
    assert isinstance(app, Host)
    await pilot.pause(0.1)
    for one in app.lists:
        one.lines_asked.clear()
    if rows is None:
        await pilot.press("j")
    else:
        app.lists[0].show(rows, {1: "Top"}, NOW, title="All")
    await pilot.pause(0.1)
    return [set(one.lines_asked) for one in app.lists]


async def test_a_step_paints_two_rows_and_the_heading_of_one_pane() -> None:
    async with Host().run_test(size=(100, 20)) as pilot:
        assert await asked_after(pilot) == [{0, 1, 2}, set()]


@pytest.mark.parametrize("number", [0, 7])
async def test_a_mark_paints_its_row_alone(number: int) -> None:
    marked = [*ROWS]
    marked[number] = replace(marked[number], read=not marked[number].read)
    async with Host().run_test(size=(100, 20)) as pilot:
        of_marked, _ = await asked_after(pilot, marked)
    assert of_marked == {number + 1}


async def test_a_list_that_is_as_it_was_paints_nothing() -> None:
    async with Host().run_test(size=(100, 20)) as pilot:
        assert await asked_after(pilot, list(ROWS)) == [set(), set()]


async def test_a_list_told_to_draw_itself_anew_paints_what_looks_otherwise() -> None:
    async with Host().run_test(size=(100, 20)) as pilot:
        app = pilot.app
        assert isinstance(app, Host)
        shown = app.lists[0]
        await until(pilot, lambda: set(shown.lines_asked) == set(range(20)))
        await settle(pilot)
        shown.lines_asked.clear()
        shown.refresh()
        await settle(pilot)
        assert shown.lines_asked == []
        app.theme = "textual-light"
        await until(pilot, lambda: set(shown.lines_asked) == set(range(20)))


async def test_the_focus_goes_by_two_lines_of_a_pane() -> None:
    async with Host().run_test(size=(100, 20)) as pilot:
        app = pilot.app
        assert isinstance(app, Host)
        left, right = app.lists
        await until(pilot, lambda: set(left.lines_asked) == set(range(20)))
        await settle(pilot)
        left.lines_asked.clear()
        right.lines_asked.clear()
        app.screen.set_focus(right)
        await settle(pilot)
        assert (set(left.lines_asked), set(right.lines_asked)) == ({0, 1}, {0, 1})


REGIONS = st.builds(
    Region, st.integers(0, 9), st.integers(0, 30), st.integers(1, 9), st.integers(1, 9)
)


@settings(max_examples=50)
@given(st.lists(REGIONS, max_size=8))
def test_bands_hold_every_line_once(regions: list[Region]) -> None:
    bands = bands_of(regions)
    lines = [line for band in bands for line in band.line_range]
    assert lines == sorted({line for region in regions for line in region.line_range})
    assert all(any(band.contains_region(region) for band in bands) for region in regions)
