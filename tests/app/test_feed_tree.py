"""The tree of places and feeds, as a reader meets it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from rich.cells import cell_len
from screen_text import screen_lines, screen_text
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import Button

from tui.widgets.feed_tree import FeedTree, Place

SMART = (
    Place("unread", None, "Unread", 12),
    Place("today", None, "Today", 3),
    Place("starred", None, "Starred"),
    Place("all", None, "All", 0),
)
TOP = Place("feed", 1, "Top News", 3)
CHIPS = Place("feed", 2, "Chip Weekly", 9)
GONE = Place(
    "feed", 3, "Policy Wire", error="The server gone.example was not found; is it spelt so?"
)


class Host(App[None]):
    """A tree, something else to focus, and every message kept."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "FeedTree { width: 26; }"

    def __init__(self, places: Sequence[Place] = (*SMART, TOP, CHIPS, GONE)) -> None:
        super().__init__()
        self.places = places
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield FeedTree()
        yield Button("elsewhere", compact=True)

    def on_mount(self) -> None:
        self.tree.show(self.places)
        self.tree.focus()

    @property
    def tree(self) -> FeedTree:
        return self.query_one(FeedTree)

    def _note(self, message: Message) -> None:
        self.told.append(message)

    on_feed_tree_chosen = on_feed_tree_refresh_feed = on_row_list_misplaced = _note

    def chosen(self) -> list[str]:
        return [m.place.label for m in self.told if isinstance(m, FeedTree.Chosen)]


async def test_places_stand_in_order_with_what_is_unread_in_them() -> None:
    async with Host().run_test(size=(60, 16)) as pilot:
        lines = [line[:26].rstrip() for line in screen_lines(pilot.app)]
        assert lines[0] == " Feeds"
        assert lines[1].startswith("▌  Unread")
        assert lines[1].endswith(" 12")
        assert lines[3].split() == ["Starred"]
        assert lines[5].startswith("    Top News")
        assert lines[5].endswith(" 3")


async def test_moving_chooses_and_enter_enters() -> None:
    async with Host().run_test() as pilot:
        await pilot.press("j", "down", "k", "G", "k", "enter")
        assert pilot.app.chosen()[:3] == ["Today", "Starred", "Today"]
        last = pilot.app.told[-1]
        assert isinstance(last, FeedTree.Chosen)
        assert (last.place.label, last.entered) == ("Chip Weekly", True)
        assert not any(m.entered for m in pilot.app.told[:-1] if isinstance(m, FeedTree.Chosen))


async def test_a_failed_feed_is_marked_and_says_why_when_it_is_under_the_cursor() -> None:
    async with Host().run_test(size=(60, 16)) as pilot:
        assert screen_lines(pilot.app)[7].startswith(" !  Policy Wire")
        assert "was not found" not in screen_text(pilot.app)
        await pilot.press("G")
        told = " ".join(line[:26].strip() for line in screen_lines(pilot.app)[-5:-1])
        assert "The server gone.example was not found; is it spelt so?" in told
        await pilot.press("k")
        assert "was not found" not in screen_text(pilot.app)


async def test_the_reason_never_hides_the_failed_feed_itself() -> None:
    async with Host().run_test(size=(60, 7)) as pilot:
        await pilot.press("G")
        assert any(line.startswith("▌!  Policy Wire") for line in screen_lines(pilot.app))


async def test_a_feed_being_fetched_is_marked() -> None:
    async with Host().run_test(size=(60, 16)) as pilot:
        pilot.app.tree.show([*SMART, replace(TOP, busy=True), CHIPS, GONE])
        await pilot.pause()
        assert screen_lines(pilot.app)[5].startswith(" ↻  Top News")


async def test_new_counts_and_new_feeds_leave_the_cursor_on_its_place() -> None:
    async with Host().run_test(size=(60, 16)) as pilot:
        app = pilot.app
        assert app.tree.choose("feed", 2)
        await pilot.pause()
        app.told.clear()
        app.tree.show([*SMART, Place("feed", 9, "New"), TOP, replace(CHIPS, unread=44), GONE])
        await pilot.pause()
        assert app.tree.place_here == replace(CHIPS, unread=44)
        assert app.told == []


async def test_when_a_feed_is_gone_the_place_that_took_its_row_is_chosen() -> None:
    async with Host().run_test() as pilot:
        app = pilot.app
        app.tree.choose("feed", 3)
        app.tree.show([*SMART, TOP])
        await pilot.pause()
        assert app.chosen() == ["Policy Wire", "Top News"]


async def test_a_place_that_is_not_there_is_not_chosen() -> None:
    async with Host().run_test() as pilot:
        assert not pilot.app.tree.choose("feed", 77)
        await pilot.pause()
        assert pilot.app.told == []


async def test_r_refreshes_a_feed_and_only_a_feed() -> None:
    async with Host().run_test() as pilot:
        await pilot.press("r")
        assert pilot.app.told == []
        await pilot.press("G", "r")
        last = pilot.app.told[-1]
        assert isinstance(last, FeedTree.RefreshFeed)
        assert last.feed == 3


async def test_r_is_offered_where_it_works() -> None:
    async with Host().run_test() as pilot:
        assert "r" not in pilot.app.screen.active_bindings
        await pilot.press("G")
        assert "r" in pilot.app.screen.active_bindings


async def test_tagging_keys_are_told_and_their_letter_swallowed() -> None:
    async with Host().run_test() as pilot:
        await pilot.press("s", "j", "j")
        assert [type(m).__name__ for m in pilot.app.told] == ["Misplaced", "Chosen"]
        assert pilot.app.chosen() == ["Today"]


async def test_scrolling_with_the_mouse_from_another_pane_chooses_nothing() -> None:
    places = [*SMART, *(Place("feed", n, f"Feed {n}") for n in range(100))]
    async with Host(places).run_test(size=(60, 12)) as pilot:
        app = pilot.app
        await pilot.press("tab")
        app.tree.scroll_to(y=50, animate=False, immediate=True)
        await pilot.pause()
        assert app.told == []
        await pilot.press("shift+tab")
        assert any(line.startswith("▌  Unread") for line in screen_lines(app))


async def test_no_places_at_all() -> None:
    async with Host(()).run_test() as pilot:
        await pilot.press(*"jkgGbr", "enter", "space")
        assert pilot.app.told == []
        assert pilot.app.tree.place_here is None


async def test_long_and_wide_names_leave_the_counts_in_their_column() -> None:
    places = [
        Place("feed", 1, "朝日新聞デジタル版ニュース速報", 4),
        Place("feed", 2, "An agency with a very long name indeed", 4),
        Place("feed", 3, "🇯🇵 Nihon 👩‍💻", 4),
    ]
    async with Host(places).run_test(size=(60, 10)) as pilot:
        for line in screen_lines(pilot.app)[1:4]:
            assert cell_len(line[: line.index(" 4") + 2]) == 25
