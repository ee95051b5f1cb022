"""Political events and a person's own dimensions, tagged in an article by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from desks import fill, open_desk
from screen_text import screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp

STRIKE = (
    "Dock workers walk out",
    "Dock workers went on strike in Kenya before the election. The weather was mild.",
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, STRIKE)
    folders().settings.mkdir(parents=True)
    (folders().settings / "settings.toml").write_text('codebook = "political"\n', "utf-8")
    desk = open_desk()
    yield desk
    desk.close()


def only_claim() -> Claim:
    with closing(Shelf.open(folders().desk)) as shelf:
        (claim,) = shelf.claims()
    return claim


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def test_a_suggested_event_is_kept_with_its_mode_context_and_region(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter", "j")
        shown = screen_text(app)
        assert "limited strike" in shown
        await press(pilot, "enter")
    tags = {(tag.dimension, tag.label) for tag in only_claim().marking.tags}
    assert {("signal", "protest"), ("mode", "limited strike"), ("context", "election")} <= tags
    assert ("region", "Kenya") in tags
    assert only_claim().provenance.codebook == "wiredesk-political"


async def test_t_asks_for_a_dimension_then_for_its_value_and_remembers_new_ones(
    desk: Desk,
) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter", "j", "s", "p", "t", "c", "e")
        await press(pilot, "t", "a", *"Dockers", "space", *"Union", "down", "enter")
        claim = only_claim()
        assert [tag.code for tag in claim.marking.values("context")].count("economic") == 1
        assert [tag.label for tag in claim.marking.values("actor")] == ["Dockers Union"]
        assert "Dockers Union" in screen_text(app)
    found = desk.lexicon.candidates("dock", "actor")
    assert [(one.label, one.hint) for one in found] == [("Dockers Union", "this desk")]
