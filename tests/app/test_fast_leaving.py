"""Keys that leave a screen, typed twice with no pause between them."""

from __future__ import annotations

from contextlib import closing

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_text
from settle import settle, until

from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.screens.reading import ReadingScreen


@pytest.mark.parametrize("leaves", ["enter", "escape", "q"])
@pytest.mark.parametrize("opens", ["at", "C", "percent_sign", "number_sign", "W", "question_mark"])
async def test_a_screen_that_is_left_twice_at_once_is_left_once(
    monkeypatch: pytest.MonkeyPatch, opens: str, leaves: str
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    with closing(open_desk()) as desk:
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("g", "enter")
            await settle(pilot)
            await pilot.press("j", "s", "h")
            await settle(pilot)
            await pilot.press(opens)
            await settle(pilot)
            for _ in range(3):
                app.simulate_key(leaves)
            await settle(pilot)
            assert any(isinstance(screen, ReadingScreen) for screen in app.screen_stack)
            assert app.is_running
            assert screen_text(app)


@pytest.mark.parametrize("opens", ["plus", "X", "question_mark"])
async def test_ctrl_q_quits_from_a_dialog_too(monkeypatch: pytest.MonkeyPatch, opens: str) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH)
    with closing(open_desk()) as desk:
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press(opens)
            await until(pilot, lambda: len(app.screen_stack) > 1)
            assert app.return_code is None
            app.simulate_key("ctrl+q")
            await until(pilot, lambda: app.return_code == 0)
