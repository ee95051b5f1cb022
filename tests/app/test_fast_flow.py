"""Keys of the flow typed ahead, with no pause between them."""

from __future__ import annotations

from contextlib import closing

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from marking import stored
from screen_text import screen_text
from settle import settle

from store.settings import Settings, folders
from tui.app import WiredeskApp

FABS = [(f"Fab {n}", f"Kumano Semiconductor will build fab {n} in Japan.") for n in range(3)]
"""Three articles with one suggestion each."""


@pytest.mark.parametrize("keys", [("0", "j", "s", "h"), ("n", "j", "s", "h")])
async def test_keys_after_0_or_n_go_to_the_next_article(
    monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    with closing(open_desk()) as desk:
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("g", "enter")
            await settle(pilot)
            for key in keys:
                app.simulate_key(key)
            await settle(pilot)
            assert QUIET[1] in screen_text(app)
        opened = [(row.title, row.claims) for row in desk.rows()]
    assert opened == [(HIRING_PUSH[0], 0), (QUIET[0], 1)]
    assert [claim.marking.anchor.exact for claim in stored()] == [QUIET[1]]


async def test_enters_in_a_row_walk_a_review_one_claim_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, *FABS)
    with closing(open_desk()) as desk:
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("V")
            await settle(pilot)
            for _ in range(5):
                app.simulate_key("enter")
            await settle(pilot)
    quotes = [claim.marking.anchor.exact for claim in stored()]
    assert sorted(quotes) == [sentence for _, sentence in FABS]


async def test_a_suggestion_that_is_skipped_in_a_review_is_not_kept_by_the_enter_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, *FABS)
    with closing(open_desk()) as desk:
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("V")
            await settle(pilot)
            for key in ("N", "enter", "N"):
                app.simulate_key(key)
            await settle(pilot)
            second = next(row.title for row in desk.rows() if row.claims)
    assert [claim.target.title for claim in stored()] == [second]
    assert second == "Fab 1"


async def test_a_star_before_the_next_article_is_the_shown_one_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    with closing(open_desk()) as desk:
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("g", "enter")
            await settle(pilot)
            for key in ("f", "n"):
                app.simulate_key(key)
            await settle(pilot)
            assert QUIET[1] in screen_text(app)
        assert [row.title for row in desk.rows(starred=True)] == [HIRING_PUSH[0]]
