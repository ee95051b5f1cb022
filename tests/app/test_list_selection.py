"""Rows selected in the list, passages lit in titles, badges: as a reader meets them."""

from __future__ import annotations

from collections.abc import Sequence

from headlines import NOW, ManyHeadlines, headline
from msgspec.structs import replace
from screen_text import screen_lines
from textual.app import App, ComposeResult
from textual.message import Message

from store.model import HeadlineRow, Span
from tui.widgets.article_list import ArticleList


class Host(App[None]):
    """A list in its usual order, and the marks that were asked for."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, rows: Sequence[HeadlineRow]) -> None:
        super().__init__()
        self.rows = rows
        self.told: list[Message] = []
        self.escaped = False

    def compose(self) -> ComposeResult:
        yield ArticleList()

    def on_mount(self) -> None:
        self.show(self.rows, fresh=True)
        self.list.focus()

    @property
    def list(self) -> ArticleList:
        return self.query_one(ArticleList)

    def show(self, rows: Sequence[HeadlineRow], *, fresh: bool = False) -> None:
        def lit(title: str) -> list[tuple[Span, str]]:
            at = title.find("chip")
            return [(Span(at, at + 4), "hit"), (Span(at, at + 9), "watch")] if at >= 0 else []

        self.list.show(rows, {1: "Top"}, NOW, title="All", fresh=fresh, lit=lit)

    def _note(self, message: Message) -> None:
        self.told.append(message)

    on_article_list_read_toggled = on_article_list_link_wanted = on_article_list_all_read = _note

    def on_key(self) -> None:
        self.escaped = True


def ten() -> list[HeadlineRow]:
    return [headline(n) for n in range(10, 20)]


def selected(app: Host) -> list[int]:
    return [row.id for row in app.list.selected]


async def test_v_selects_and_goes_down_and_keys_mean_all_that_is_selected() -> None:
    async with Host(ten()).run_test(size=(60, 14)) as pilot:
        app = pilot.app
        await pilot.press("v", "j", "v", "m", "Y")
        assert selected(app) == [10, 12]
        lines = screen_lines(app)
        assert "All · 2 selected" in lines[0]
        assert [line[1:3] for line in lines[1:5]] == ["✓ ", "  ", "✓ ", "  "]
        read, link = app.told
        assert isinstance(read, ArticleList.ReadToggled)
        assert isinstance(link, ArticleList.LinkWanted)
        assert [row.id for row in read.rows] == [row.id for row in link.rows] == [10, 12]
        assert link.what == "markdown"


async def test_v_again_and_esc_give_the_selection_up() -> None:
    async with Host(ten()).run_test(size=(60, 14)) as pilot:
        app = pilot.app
        await pilot.press("v", "v", "k", "v")
        assert selected(app) == [10]
        app.escaped = False
        await pilot.press("escape")
        assert not app.list.has_selection
        assert selected(app) == [12]  # the one under the cursor
        assert "✓" not in "".join(screen_lines(app))


async def test_a_click_with_ctrl_selects() -> None:
    async with Host(ten()).run_test(size=(60, 14)) as pilot:
        await pilot.click(ArticleList, offset=(20, 4), control=True)
        await pilot.click(ArticleList, offset=(20, 2), control=True)
        assert selected(pilot.app) == [11, 13]


async def test_a_refresh_keeps_the_selection_and_another_list_does_not() -> None:
    async with Host(ten()).run_test(size=(60, 14)) as pilot:
        app = pilot.app
        await pilot.press("v", "v", "v")
        news = [headline(n, read=n == 11) for n in range(7, 20) if n != 12]
        app.show(news)
        assert selected(app) == [10, 11]
        assert [row.read for row in app.list.selected] == [False, True]
        app.show(news, fresh=True)
        assert not app.list.has_selection


async def test_the_cursor_and_the_selection_stay_on_their_articles_in_another_order() -> None:
    async with Host(ten()).run_test(size=(60, 14)) as pilot:
        app = pilot.app
        await pilot.press("v", "j", "j")
        turned = ten()[::-1]
        places = {row.id: index for index, row in enumerate(turned)}
        app.list.show(turned, {1: "Top"}, NOW, title="All", find=places.get)
        here = app.list.highlighted
        assert here is not None
        assert here.id == 13
        assert selected(app) == [10]


async def test_all_above_or_below_the_cursor_is_asked_for() -> None:
    async with Host(ten()).run_test(size=(60, 14)) as pilot:
        await pilot.press("j", "j", "[", "]", "A")
        asked = [m for m in pilot.app.told if isinstance(m, ArticleList.AllRead)]
        assert [(one.where, one.index) for one in asked] == [("above", 2), ("below", 2), ("all", 2)]


async def test_what_was_looked_for_is_lit_in_titles_each_letter_once() -> None:
    rows = [headline(1, "A chip maker grows"), headline(2, "Nothing to see")]
    async with Host(rows).run_test(size=(60, 8)) as pilot:
        strip = pilot.app.list.render_line(1)
        looks = {text: style for text, style, _ in strip if style is not None}
        assert looks["chip"].reverse
        assert looks[" make"].underline
        assert not looks["A "].reverse
        assert "A chip maker grows" in strip.text


async def test_a_lit_passage_that_is_cut_off_does_not_move_the_columns() -> None:
    rows = [headline(1, "東京の chip 工場" * 9, claims=3)]
    for width in (16, 24, 40, 60):
        async with Host(rows).run_test(size=(width, 6)) as pilot:
            assert pilot.app.list.render_line(1).cell_length == width
            assert screen_lines(pilot.app)[1].rstrip().endswith("3◆")


async def test_badges_tell_full_text_changes_and_claims() -> None:
    row = replace(headline(1, "Plant", claims=3), full_text=True, changed=True)
    async with Host([row, headline(2, "مصنع جديد في دبي")]).run_test(size=(60, 6)) as pilot:
        lines = screen_lines(pilot.app)
        assert lines[1].endswith(" ≡≠3◆")
        assert "مصنع جديد في دبي" in lines[2]


async def test_a_list_that_scrolls_makes_only_what_came_into_sight() -> None:
    rows = ManyHeadlines(1_000)
    async with Host(rows).run_test(size=(60, 24)) as pilot:
        await pilot.press("j", *["j"] * 40)
        made = rows.made
        await pilot.press("j")
        assert rows.made - made <= 6
        lines = screen_lines(pilot.app)
        assert "Headline 42" in next(line for line in lines if line.startswith("▌"))
        numbers = [int(line.partition("Headline ")[2].split()[0]) for line in lines[1:23]]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
