"""A long article opens with what the pane shows of it, and keys act on no less than the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from marking import only_claim
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.screens.reading import ReadingScreen
from tui.widgets.article_view import ArticleView

LONG_READ = ("A long read", *(f"Kumano Chips is hiring in town {n}." for n in range(900)))
TOP, LAST = LONG_READ[1], LONG_READ[-1]


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, LONG_READ, QUIET, HIRING_PUSH)
    desk = open_desk()
    yield desk
    desk.close()


def app_of(desk: Desk) -> WiredeskApp:
    return WiredeskApp(desk, Settings(annotator="ana"))


async def opened(pilot: Pilot[None]) -> ArticleView:
    await settle(pilot)
    await pilot.press("g", "enter")
    await settle(pilot)
    return pilot.app.screen.query_one(ArticleView)


async def test_its_first_lines_stand_before_it_is_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    cut = Desk.with_sentences

    async def look(self: Desk, found: object) -> object:
        shown.append(len(view.sentences))
        assert TOP in screen_text(app)
        before.extend(screen_lines(app))
        return await cut(self, found)  # type: ignore[arg-type]

    before: list[str] = []
    monkeypatch.setattr(Desk, "with_sentences", look)
    app = app_of(desk)
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        view = app.screen.query_one(ArticleView)
        await opened(pilot)
        assert 0 < shown[0] < 100 < len(view.sentences)
        after = screen_lines(app)
        first = next(number for number, line in enumerate(before) if TOP in line)
        text = [line[80:150].replace("▌", " ").replace("h?", "  ") for line in before[first:30]]
        same = [line[80:150].replace("▌", " ").replace("h?", "  ") for line in after[first:30]]
        assert text == same


async def test_keys_typed_at_once_act_on_the_whole_and_on_what_is_suggested(desk: Desk) -> None:
    app = app_of(desk)
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter", "G", "k", "N", "enter")
        await settle(pilot)
        assert LAST in screen_text(app)
        assert only_claim().marking.anchor.exact == LAST


async def test_it_is_found_where_it_was_left_and_nothing_moves_then(desk: Desk) -> None:
    app = app_of(desk)
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        view = await opened(pilot)
        await pilot.press(*"      ")
        await settle(pilot)
        left = view.sentence
        assert left > 50
        await pilot.press("q", "j", "enter")
        await settle(pilot)
        await pilot.press("q", "k", "enter")
        await settle(pilot)
        assert view.sentence == left
        assert LONG_READ[left] in screen_text(app)


async def test_the_next_article_does_not_wait_for_it(desk: Desk) -> None:
    app = app_of(desk)
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter", "n")
        await settle(pilot)
        assert QUIET[1] in screen_text(app)
        assert "1 unread" in screen_lines(app)[0]


async def test_leaving_at_once_leaves_it_read(desk: Desk) -> None:
    app = app_of(desk)
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter")
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await until(pilot, lambda: TOP in screen_text(app))
        app.exit()
    assert next(iter(desk.rows())).read
