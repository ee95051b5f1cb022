"""The list of headlines, as a reader meets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from headlines import NOW, ManyHeadlines, headline
from msgspec.structs import replace
from rich.cells import cell_len
from rich.style import Style
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import Button

from store.model import HeadlineRow
from themes import load_themes
from tui.widgets.article_list import ArticleList

NAMES = {1: "Top News", 2: "Chip Weekly"}


class Host(App[None]):
    """A list, something else to focus, and every message kept."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, rows: Sequence[HeadlineRow], names: dict[int, str] | None = None) -> None:
        super().__init__()
        self.rows = rows
        self.names = NAMES if names is None else names
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ArticleList()
        yield Button("elsewhere", compact=True)

    def on_mount(self) -> None:
        self.show(self.rows, fresh=True)
        self.list.focus()

    @property
    def list(self) -> ArticleList:
        return self.query_one(ArticleList)

    def show(self, rows: Sequence[HeadlineRow], *, fresh: bool = False) -> None:
        self.list.show(
            rows, self.names, NOW, title="Unread", empty="No news is good news.", fresh=fresh
        )

    def _note(self, message: Message) -> None:
        self.told.append(message)

    on_article_list_opened = on_article_list_highlighted = _note
    on_article_list_read_toggled = on_article_list_star_toggled = _note
    on_article_list_unread_only_toggled = on_article_list_all_read = _note
    on_article_list_nothing_unread = on_row_list_misplaced = _note

    def kinds(self) -> Sequence[str]:
        return [type(message).__name__ for message in self.told]

    def opened(self) -> Sequence[int]:
        return [m.row.id for m in self.told if isinstance(m, ArticleList.Opened)]

    def here(self) -> int | None:
        return row.id if (row := self.list.highlighted) else None


def line_with(app: App[Any], words: str) -> int:
    return next(i for i, line in enumerate(screen_lines(app)) if words in line)


def ten(**changes: bool) -> list[HeadlineRow]:
    return [headline(n, **changes) for n in range(10, 20)]


async def test_a_row_tells_state_age_source_title_and_claims() -> None:
    rows = [
        headline(1, "Second fab for Kumamoto", feed=2, starred=True, claims=3, hours=2),
        headline(2, "Old hat", read=True, hours=24 * 9),
    ]
    async with Host(rows).run_test(size=(70, 10)) as pilot:
        lines = screen_lines(pilot.app)
        assert lines[0].startswith(" Unread")
        assert lines[1].startswith("▌●★    2h  Chip Weekly   Second fab for Kumamoto")
        assert lines[1].endswith("3◆")
        assert lines[2].startswith("   16 Nov  Top News      Old hat")


async def test_one_feed_needs_no_source_column() -> None:
    async with Host(ten(), {1: "Top News"}).run_test(size=(80, 24)) as pilot:
        assert "Top News" not in screen_text(pilot.app)
        assert "Headline 10" in screen_text(pilot.app)


@pytest.mark.parametrize(("width", "source", "age"), [(80, True, True), (40, False, True)])
async def test_a_narrow_list_drops_columns_before_the_title(
    width: int, source: bool, age: bool
) -> None:
    async with Host(ten()).run_test(size=(width, 24)) as pilot:
        line = screen_lines(pilot.app)[1]
        assert "Headline 10" in line
        assert ("Top News" in line, "10h" in line) == (source, age)


async def test_when_an_article_goes_the_cursor_comes_to_the_next_even_among_equal_times() -> None:
    rows = [headline(n, hours=1) for n in range(10, 20)]
    async with Host(rows).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "j")
        for gone, follows in ((13, 14), (14, 15), (15, 16)):
            assert pilot.app.here() == gone
            rows = [row for row in rows if row.id != gone]
            pilot.app.show(rows)
            assert pilot.app.here() == follows
        pilot.app.list.go_to(len(rows) - 1)
        pilot.app.show(rows[:-1])
        assert pilot.app.here() == 18


async def test_a_sliver_still_shows_titles() -> None:
    async with Host(ten()).run_test(size=(16, 12)) as pilot:
        assert "Headline 10" in screen_lines(pilot.app)[1]


async def test_wide_letters_do_not_move_the_columns() -> None:
    rows = [
        headline(1, "東京で新工場" * 9, feed=2, claims=4),
        headline(2, "👨‍👩‍👧 family" * 9, claims=4),
        headline(3, "e\u0301" * 90, claims=4),
        headline(4, "plain " * 30, claims=4),
    ]
    names = {1: "Déjà Vu", 2: "朝日新聞デジタル版"}
    async with Host(rows, names).run_test(size=(60, 10)) as pilot:
        for line in screen_lines(pilot.app)[1:5]:
            assert line.endswith(" 4◆")
            assert cell_len(line) == 59


@pytest.mark.parametrize(
    ("keys", "ends_on"),
    [
        (["j"], 11),
        (["down", "down"], 12),
        (["j", "k"], 10),
        (["k"], 10),
        (["G"], 19),
        (["end", "j"], 19),
        (["G", "g"], 10),
        (["end", "home"], 10),
        (["space"], 14),
        (["pagedown", "pagedown", "pageup"], 14),
        (["space", "space", "space", "b"], 15),
    ],
)
async def test_keys_that_move(keys: list[str], ends_on: int) -> None:
    async with Host(ten()).run_test(size=(60, 6)) as pilot:
        await pilot.press(*keys)
        assert pilot.app.here() == ends_on
        assert f"Headline {ends_on}" in next(
            line for line in screen_lines(pilot.app) if line.startswith("▌")
        )


async def test_moving_tells_where_the_cursor_is() -> None:
    async with Host(ten()).run_test() as pilot:
        pilot.app.told.clear()
        await pilot.press("j", "k", "k")
        ids = [m.row.id for m in pilot.app.told if isinstance(m, ArticleList.Highlighted)]
        assert ids == [11, 10]


async def test_a_new_list_starts_on_its_first_unread() -> None:
    rows = ten(read=True)
    rows[4] = replace(rows[4], read=False)
    async with Host(rows).run_test(size=(60, 24)) as pilot:
        assert pilot.app.here() == 14
        assert not pilot.app.opened()
        assert "Headline 10" in screen_lines(pilot.app)[1]


async def test_the_first_unread_below_the_fold_is_in_view() -> None:
    rows = ten(read=True)
    rows[9] = replace(rows[9], read=False)
    async with Host(rows).run_test(size=(60, 6)) as pilot:
        assert "Headline 19" in screen_text(pilot.app)


async def test_a_refresh_leaves_article_and_screen_line_alone() -> None:
    rows = [headline(n) for n in range(100, 200)]
    async with Host(rows).run_test(size=(60, 20)) as pilot:
        app = pilot.app
        await pilot.press(*["j"] * 30, *["k"] * 5)
        before, told = line_with(app, "Headline 125"), len(app.told)
        app.show([headline(n) for n in range(60, 200)])
        await pilot.pause()
        assert app.here() == 125
        assert line_with(app, "Headline 125") == before
        assert len(app.told) == told


async def test_news_above_the_very_first_row_does_not_push_it_down() -> None:
    async with Host(ten()).run_test(size=(60, 6)) as pilot:
        pilot.app.show([headline(n) for n in range(5, 20)])
        await pilot.pause()
        assert "▌●    10h" in screen_lines(pilot.app)[1]
        await pilot.press("k")
        assert pilot.app.here() == 9


async def test_an_article_whose_time_was_changed_is_still_found() -> None:
    async with Host(ten()).run_test() as pilot:
        await pilot.press("j", "j", "j")
        rows = ten()
        moved = replace(rows.pop(3), at=NOW)
        pilot.app.show([moved, *rows])
        assert pilot.app.here() == 13


async def test_an_article_far_from_its_old_row_is_found_without_reading_them_all() -> None:
    few, many = ManyHeadlines(100_000), ManyHeadlines(100_000)
    async with Host(few).run_test() as pilot:
        pilot.app.list.go_to(50_000)
        here = pilot.app.list.highlighted
        assert here is not None
        newer = [headline(-n, hours=-n) for n in range(3000, 0, -1)]

        class Grown(ManyHeadlines):
            def __len__(self) -> int:
                return 103_000

            def __getitem__(self, index: Any) -> Any:
                return newer[index] if index < 3000 else many[index - 3000]

        pilot.app.show(Grown(0))
        await pilot.pause()
        assert pilot.app.here() == here.id
        assert many.made < 2000


async def test_when_the_article_is_gone_the_next_one_takes_its_place() -> None:
    async with Host(ten()).run_test() as pilot:
        await pilot.press("j", "j")
        pilot.app.show([row for row in ten() if row.id != 12])
        assert pilot.app.here() == 13
        pilot.app.show(ten()[:1])
        assert pilot.app.here() == 10


async def test_an_empty_list_says_so_and_no_key_harms() -> None:
    async with Host([]).run_test(size=(60, 12)) as pilot:
        assert "No news is good news." in screen_text(pilot.app)
        await pilot.press(*"jkgGbmftAnp", "space", "enter", "pageup", "pagedown", "home", "end")
        assert set(pilot.app.kinds()) == {"UnreadOnlyToggled", "NothingUnread"}
        pilot.app.show(ten())
        await pilot.pause()
        assert pilot.app.here() == 10
        pilot.app.show([])
        await pilot.pause()
        assert pilot.app.here() is None
        assert "No news is good news." in screen_text(pilot.app)


async def test_enter_opens() -> None:
    async with Host(ten()).run_test() as pilot:
        await pilot.press("j", "enter")
        assert pilot.app.opened() == [11]


async def test_n_and_p_walk_the_unread_and_those_opened_in_this_visit() -> None:
    rows = [headline(n, read=n not in (12, 14, 17)) for n in range(10, 20)]
    async with Host(rows).run_test() as pilot:
        app = pilot.app
        assert app.here() == 12
        await pilot.press("n", "n")
        assert app.opened() == [14, 17]
        app.show([replace(row, read=row.id != 12) for row in rows])
        await pilot.press("p")
        assert app.opened() == [14, 17, 14]
        await pilot.press("p")
        assert app.opened()[-1] == 12


async def test_n_after_the_last_unread_goes_round_once_and_then_says_there_is_none() -> None:
    rows = [headline(n, read=n not in (11, 15)) for n in range(10, 20)]
    async with Host(rows).run_test() as pilot:
        app = pilot.app
        await pilot.press("G", "n")
        assert app.opened() == [11]
        app.show([replace(row, read=row.read or row.id == 11) for row in rows])
        await pilot.press("n")
        assert app.opened() == [11, 15]
        app.show(ten(read=True))
        await pilot.press("n")
        assert app.opened() == [11, 15]
        assert app.kinds()[-1] == "NothingUnread"


async def test_another_list_forgets_what_was_opened() -> None:
    async with Host(ten()).run_test() as pilot:
        app = pilot.app
        await pilot.press("enter")
        assert app.list.opened == {10}
        app.show(ten(read=True), fresh=True)
        assert app.list.opened == frozenset()
        await pilot.press("n")
        assert app.opened() == [10]


async def test_marks_are_asked_for_not_made() -> None:
    async with Host(ten()).run_test() as pilot:
        pilot.app.told.clear()
        await pilot.press("m", "f", "t", "A")
        assert pilot.app.kinds() == ["ReadToggled", "StarToggled", "UnreadOnlyToggled", "AllRead"]
        assert all(not row.read and not row.starred for row in pilot.app.rows)


@pytest.mark.parametrize("key", ["s", "c"])
async def test_a_tagging_key_in_the_list_swallows_the_letter_meant_for_it(key: str) -> None:
    async with Host(ten()).run_test() as pilot:
        pilot.app.told.clear()
        await pilot.press(key, "m", "f")
        assert pilot.app.kinds() == ["Misplaced", "StarToggled"]


async def test_a_misplaced_key_does_not_swallow_the_way_out() -> None:
    async with Host(ten()).run_test() as pilot:
        await pilot.press("s", "tab")
        assert isinstance(pilot.app.focused, Button)
        await pilot.press("shift+tab", "m")
        assert pilot.app.kinds()[-1] == "ReadToggled"
        await pilot.press("s", "down", "m")
        assert pilot.app.here() == 11
        assert pilot.app.kinds()[-1] == "ReadToggled"


async def test_a_click_selects_and_a_second_one_opens() -> None:
    async with Host(ten()).run_test(size=(60, 20)) as pilot:
        await pilot.click(ArticleList, offset=(20, 4))
        assert (pilot.app.here(), pilot.app.opened()) == (13, [])
        await pilot.click(ArticleList, offset=(25, 4))
        assert pilot.app.opened() == [13]


async def test_a_double_click_opens_once_it_is_selected() -> None:
    async with Host(ten()).run_test(size=(60, 20)) as pilot:
        await pilot.click(ArticleList, offset=(20, 3), times=2)
        assert pilot.app.opened() == [12]


async def test_the_click_that_brings_the_focus_opens_nothing() -> None:
    async with Host(ten()).run_test(size=(60, 20)) as pilot:
        await pilot.press("tab")
        await pilot.click(ArticleList, offset=(20, 1))
        assert pilot.app.focused is pilot.app.list
        assert pilot.app.opened() == []


async def test_clicks_beside_the_rows_do_nothing() -> None:
    async with Host(ten()[:2]).run_test(size=(60, 20)) as pilot:
        await pilot.click(ArticleList, offset=(20, 0))
        await pilot.click(ArticleList, offset=(20, 12))
        assert (pilot.app.here(), pilot.app.opened()) == (10, [])


async def test_the_wheel_takes_the_cursor_along() -> None:
    rows = [headline(n) for n in range(100, 200)]
    async with Host(rows).run_test(size=(60, 20)) as pilot:
        app = pilot.app
        app.list.scroll_to(y=40, animate=False, immediate=True)
        await pilot.pause()
        assert app.here() == 140
        assert any(line.startswith("▌") for line in screen_lines(app))
        app.list.scroll_to(y=0, animate=False, immediate=True)
        await pilot.pause()
        assert any(line.startswith("▌") for line in screen_lines(app))


async def test_a_pane_without_focus_looks_different_without_colour_too() -> None:
    async with Host(ten()).run_test(size=(60, 20)) as pilot:
        assert screen_lines(pilot.app)[1].startswith("▌")
        await pilot.press("tab")
        assert screen_lines(pilot.app)[1].startswith("▏")


def cursor_is_in_view(app: App[None]) -> bool:
    drawn = screen_lines(app)
    return len(drawn) == app.size.height and any(line.startswith("▌") for line in drawn)


async def test_growing_and_shrinking_the_window_keeps_the_cursor_in_view() -> None:
    rows = [headline(n) for n in range(100, 200)]
    async with Host(rows).run_test(size=(60, 30)) as pilot:
        await pilot.press(*["j"] * 25)
        for height in (8, 40):
            await pilot.resize_terminal(60, height)
            await until(pilot, lambda: cursor_is_in_view(pilot.app))
        assert pilot.app.here() == 125


async def test_a_hundred_thousand_rows_are_made_only_where_they_are_seen() -> None:
    rows = ManyHeadlines(100_000, read=True)
    async with Host(rows).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert rows.made < 1000
        made = rows.made
        await pilot.press("G", "g", "j")
        assert pilot.app.here() == 1
        assert rows.made - made < 500
        assert "2/100000" in screen_text(pilot.app)


async def test_a_step_draws_two_rows_not_the_page() -> None:
    rows = ManyHeadlines(1000)
    async with Host(rows).run_test(size=(80, 40)) as pilot:
        await pilot.press("j")
        await settle(pilot)
        made = rows.made
        pilot.app.list.action_down()
        await settle(pilot)
        assert rows.made - made <= 6  # each for the message and for the lines that it is drawn on


async def test_a_title_of_nothing_can_still_be_seen() -> None:
    async with Host([headline(1, "  ")]).run_test() as pilot:
        assert "(no title)" in screen_text(pilot.app)


async def test_every_theme_lets_titles_be_read_and_the_cursor_be_found() -> None:
    rows = [headline(n, read=n % 2 == 0, starred=n % 3 == 0, claims=n) for n in range(1, 9)]
    async with Host(rows).run_test(size=(80, 12)) as pilot:
        app = pilot.app
        for theme in load_themes().themes:
            app.register_theme(theme)
        for name, theme in app.available_themes.items():
            app.theme = name
            await pilot.pause()
            cursor, other = (app.list.render_line(y) for y in (1, 3))
            assert cursor.text.startswith("▌"), name
            assert [s.style for s in cursor] != [s.style for s in other], name
            for strip in (cursor, other, app.list.render_line(2)):
                for text, style, _ in strip:
                    if text.strip() and theme.background and not name.startswith("ansi"):
                        assert style is not None
                        least = 4.5 if "Headline" in text and style.bold else 2.9
                        assert contrast(style) >= least, (name, text)


def contrast(style: Style) -> float:
    """Of letters and ground (WCAG 2.1, 1.4.3)."""
    assert style.color is not None
    assert style.bgcolor is not None
    letters, ground = (
        0.2126 * _linear(r) + 0.7152 * _linear(g) + 0.0722 * _linear(b)
        for r, g, b in (style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False))
    )
    return (max(letters, ground) + 0.05) / (min(letters, ground) + 0.05)


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
