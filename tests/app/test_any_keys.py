"""Keys in any order, at any size: nothing ends the app, and what is stored is sound."""

from __future__ import annotations

import random

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from settle import settle

from store.settings import Settings, folders
from tui.app import WiredeskApp

KEYS = (
    *"jkJKbgGNPsScrxunpmfhlqtAtTae1234567",
    *("space", "enter", "enter", "enter", "escape", "tab", "shift+tab", "backspace", "ctrl+r"),
    *("full_stop", "ampersand", "question_mark", "colon", "plus", "X", "down", "up", "home", "end"),
    *"vvvwweEiatwlh",
    *("exclamation_mark", "equals_sign", "minus", "delete"),
    *("right_square_bracket", "left_square_bracket", "right_curly_bracket", "left_curly_bracket"),
)
SIZES = ((160, 45), (100, 30), (80, 24), (20, 5))


@pytest.mark.parametrize("seed", range(4))
async def test_no_keys_in_any_order_end_the_app_or_spoil_a_claim(seed: int) -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    chance = random.Random(seed)
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=chance.choice(SIZES), notifications=True) as pilot:
        await settle(pilot)
        for _ in range(70):
            if not app.is_running:
                break
            await pilot.press(chance.choice(KEYS))
            if chance.random() < 0.05:
                await pilot.resize_terminal(*chance.choice(SIZES))
    for row in desk.rows():
        opened = await desk.open_article(row.feed, row.id)
        text = opened.article.version.text
        for claim in opened.claims:
            marking = claim.marking
            span = marking.anchor.span
            assert text[span.start : span.end] == marking.anchor.exact
            assert marking.review != "accepted" or marking.values("signal")
            assert [step.rev for step in claim.history] == list(range(1, claim.rev + 1))
    desk.close()
