"""What is about to be opened has been read already."""

from __future__ import annotations

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from settle import settle, until

from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.screens import reading_ahead
from tui.widgets.article_list import ArticleList


async def test_the_article_one_rests_on_is_read_ahead_and_then_the_next_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(folders().desk, HIRING_PUSH, QUIET, ("Third", "The third text."), ("Fourth", "More."))
    monkeypatch.setattr(reading_ahead, "AT_REST", 1.0)
    read: list[int] = []
    monkeypatch.setattr(Desk, "read_ahead", lambda _desk, _feed, article: read.append(article))
    desk = open_desk()
    rows = [row.id for row in desk.rows()]
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "j", "j")
        await until(pilot, lambda: rows[2] in read)
        assert rows[1] not in read
        await pilot.press("g", "enter")
        await until(pilot, lambda: read[-1] == rows[1])
        assert app.screen.query_one(ArticleList).cursor == 0
    desk.close()
