"""What strangers write is shown as text: it commands no terminal and means nothing to us."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from headlines import NOW, headline
from rich.cells import cell_len
from screen_text import screen_lines, screen_text
from textual.app import App, ComposeResult

from tui.screens.add_feed import AddFeed
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree, Place
from tui.widgets.picker import Option, Picker
from tui.widgets.status import Masthead, Status

HOSTILE = (
    "[/] Fed [$accent]hikes[/b] [@click=app.quit]now[/]",
    "\x1b]0;owned\x07 window title",
    "\x1b]52;c;cm0gLXJmIH4=\x07 clipboard",
    "\x1b[2J\x1b[6n screen",
    "\x9d0;owned\x9c c1",
    "\x90q\x9c dcs",
    "NUL\x00DEL\x7fBEL\x07BS\x08",
    "two\nlines\r\nand\ttabs\u2028here",
    "\u202egnihtemos \u2067bidi\u2069",
    "lone \ud83d surrogate \ufffe",
    "\u200b\ufeff\u00adinvisible\U000e0041",
    "z" + "\u0315" * 200 + "algo",
    "👨‍👩‍👧‍👦🏳️‍🌈👍🏽 emoji",
    "朝日新聞デジタル版ニュース速報",
    "عنوان خبر عاجل",
    "x" * 100_000,
)

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e0fff]"
)


class Host(App[None]):
    """Every place where a stranger's words are drawn, at once."""

    CSS = """
    FeedTree { height: 9; }
    ArticleList { height: 1fr; }
    Picker { height: 5; }
    """

    def __init__(self, strings: Sequence[str]) -> None:
        super().__init__()
        self.strings = strings

    def compose(self) -> ComposeResult:
        yield Masthead(clock=lambda: NOW)
        yield FeedTree()
        yield ArticleList()
        yield Picker()
        yield Status()

    def on_mount(self) -> None:
        self.query_one(FeedTree).show(
            [Place("feed", n, text, 7, error=text) for n, text in enumerate(self.strings)]
        )
        self.query_one(ArticleList).show(
            [
                headline(n, text, feed=n, claims=2, hours=n / 60)
                for n, text in enumerate(self.strings)
            ],
            dict(enumerate(self.strings)),
            NOW,
            title=self.strings[0],
        )
        self.query_one(Masthead).show(self.strings[0], unread=1)
        self.query_one(Status).say(self.strings[0], error=True)
        self.query_one(Picker).open(
            self.strings[0],
            lambda _query: (),
            offered=[Option(text, text, text) for text in self.strings],
        )


@pytest.mark.parametrize("size", [(160, 45), (80, 24), (30, 24)])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_string_is_only_text_everywhere(text: str, size: tuple[int, int]) -> None:
    async with Host([text] * 3).run_test(size=size, notifications=True) as pilot:
        pilot.app.query_one(FeedTree).focus()
        await pilot.press("j")
        assert not FORBIDDEN.search(pilot.app.export_screenshot())
        assert all(cell_len(line) <= size[0] for line in screen_lines(pilot.app))


async def test_markup_is_read_not_obeyed() -> None:
    async with Host([HOSTILE[0]]).run_test(size=(120, 30), notifications=True) as pilot:
        lines = [line for line in screen_lines(pilot.app) if HOSTILE[0] in line]
        assert len(lines) >= 3
        await pilot.click(ArticleList, offset=(60, 1))
        assert pilot.app.is_running


async def test_counts_and_badges_stay_in_their_columns_beside_hostile_names() -> None:
    async with Host(HOSTILE).run_test(size=(80, 40), notifications=True) as pilot:
        rows = [line for line in screen_lines(pilot.app) if line.endswith("2◆")]
        assert len(rows) == len(HOSTILE)
        assert {cell_len(line) for line in rows} == {79}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_dialogs_show_hostile_strings_as_text(text: str) -> None:
    async with Host(["a"]).run_test(size=(80, 24), notifications=True) as pilot:
        pilot.app.push_screen(AddFeed(object(), text=text[:300], error=text[:300]))
        await pilot.pause()
        assert not FORBIDDEN.search(pilot.app.export_screenshot())


async def test_a_notice_about_a_hostile_feed_does_not_end_the_app() -> None:
    async with Host(HOSTILE).run_test(size=(80, 24), notifications=True) as pilot:
        pilot.app.query_one(Status).say(HOSTILE[0], error=True)
        pilot.app.notify(HOSTILE[0], markup=False)
        await pilot.pause()
        assert "[$accent]hikes" in screen_text(pilot.app)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_query_is_cleaned_as_it_is_pasted(text: str) -> None:
    async with Host(["a"]).run_test(size=(80, 24)) as pilot:
        pilot.app.query_one(Picker).paste(text)
        await pilot.pause()
        assert not FORBIDDEN.search(pilot.app.export_screenshot())
