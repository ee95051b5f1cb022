"""What a key does to the sentence in focus, cell by cell, from the keyboard to the disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from desks import HIRING_PUSH, fill, open_desk
from marking import press, reading, status, stored
from screen_text import screen_text
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim
from store.settings import folders
from tui.widgets.article_view import ArticleView

TO_PLAIN = ("g", *["j"] * 4)
TO_SUGGESTED = ("g", "j")
A_DRAFT = (*TO_PLAIN, "r", *"germ", "enter")
A_DRAFT_WITH_ITS_SIGNAL = (*TO_SUGGESTED, "r", *"germ", "enter")
A_CLAIM = (*TO_SUGGESTED, "s", "h")
A_CLAIM_BEFORE = ("g", "j", "j", "s", "e")
"""On another sentence, for ``.`` to repeat."""

NOTHING, UNSAVED = "nothing", "unsaved"

Cell = tuple[str, tuple[str, ...], tuple[str, ...], str, str, str]
"""Name, keys before, keys, what is stored then, what the status says, whether it moves on."""

CELLS: list[Cell] = [
    # ---------------------------------------------------------------- plain
    ("plain enter", TO_PLAIN, ("enter",), NOTHING, "", "next"),
    ("plain digit", TO_PLAIN, ("1",), "accepted", "saved", "stay"),
    ("plain s", TO_PLAIN, ("s", "e"), "accepted", "saved · expansion", "stay"),
    ("plain r", TO_PLAIN, ("r", *"jp", "enter"), "draft", "draft saved · pick a signal", "stay"),
    ("plain c", TO_PLAIN, ("c", "1"), "draft", "draft saved · pick a signal", "stay"),
    ("plain x", TO_PLAIN, ("x",), NOTHING, "nothing to remove", "stay"),
    ("plain [", TO_PLAIN, ("[",), UNSAVED, "not saved · enter keeps", "stay"),
    ("plain e", TO_PLAIN, ("e",), UNSAVED, "not saved · enter keeps", "stay"),
    ("plain E", TO_PLAIN, ("E",), NOTHING, "one sentence", "stay"),
    ("plain v", TO_PLAIN, ("v", "s", "e"), "accepted", "saved", "stay"),
    ("plain .", (*A_CLAIM_BEFORE, *TO_PLAIN), (".",), "accepted", "saved", "stay"),
    ("plain . first", TO_PLAIN, (".",), NOTHING, "nothing to repeat", "stay"),
    ("plain a", TO_PLAIN, ("a", "p"), UNSAVED, "not saved · enter keeps", "stay"),
    ("plain =", TO_PLAIN, ("=",), UNSAVED, "not saved · enter keeps", "stay"),
    ("plain !", TO_PLAIN, ("!",), "draft", "draft saved", "stay"),
    ("plain i", TO_PLAIN, ("i", *"why", "enter"), "draft", "draft saved", "stay"),
    ("plain &", TO_PLAIN, ("&",), NOTHING, "nothing is marked", "stay"),
    ("plain t", TO_PLAIN, ("t",), NOTHING, "no further dimension: # adds one", "stay"),
    # ---------------------------------------------------------------- suggested
    ("suggested enter", TO_SUGGESTED, ("enter",), "accepted", "saved · hiring", "next"),
    ("suggested digit", TO_SUGGESTED, ("2",), "accepted", "saved · expansion", "stay"),
    ("suggested digit of a value", TO_SUGGESTED, ("4",), UNSAVED, "not saved", "stay"),
    ("suggested s", TO_SUGGESTED, ("s", "e"), "accepted", "saved · expansion", "stay"),
    ("suggested r", TO_SUGGESTED, ("r", *"germ", "enter"), "draft", "enter makes it", "stay"),
    ("suggested x", TO_SUGGESTED, ("x",), "rejected", "rejected", "next"),
    ("suggested [", TO_SUGGESTED, ("[",), UNSAVED, "not saved · enter keeps", "stay"),
    ("suggested e", TO_SUGGESTED, ("e",), UNSAVED, "not saved · enter keeps", "stay"),
    ("suggested v", TO_SUGGESTED, ("v", "s", "e"), "accepted", "saved", "stay"),
    ("suggested .", (*A_CLAIM_BEFORE, *TO_SUGGESTED), (".",), "accepted", "saved", "stay"),
    ("suggested a", TO_SUGGESTED, ("a", "p"), UNSAVED, "not saved · enter keeps", "stay"),
    ("suggested !", TO_SUGGESTED, ("!",), "draft", "enter makes it a claim", "stay"),
    # ---------------------------------------------------------------- draft
    ("draft enter", A_DRAFT, ("enter",), "draft", "pick a signal", "stay"),
    ("draft enter, signal", A_DRAFT_WITH_ITS_SIGNAL, ("enter",), "accepted", "saved", "next"),
    ("draft digit", A_DRAFT, ("1",), "accepted", "saved", "stay"),
    ("draft s", A_DRAFT, ("s", "e"), "accepted", "saved · expansion", "stay"),
    ("draft r", A_DRAFT, ("r", *"jp", "enter"), "draft", "draft saved", "stay"),
    ("draft x", A_DRAFT, ("x",), "removed", "saved · removed", "stay"),
    ("draft [", A_DRAFT, ("[",), "draft", "draft saved", "stay"),
    ("draft e", A_DRAFT, ("e",), "draft", "draft saved", "stay"),
    ("draft .", (*A_CLAIM_BEFORE, *A_DRAFT), (".",), "accepted", "saved", "stay"),
    ("draft a", A_DRAFT, ("a", "p"), "draft", "saved · planned", "stay"),
    ("draft !", A_DRAFT, ("!",), "draft", "saved · ! flagged", "stay"),
    # ---------------------------------------------------------------- claim
    ("claim enter", A_CLAIM, ("enter",), "accepted", "", "next"),
    ("claim digit", A_CLAIM, ("4",), "accepted", "saved", "stay"),
    ("claim digit of its last signal", A_CLAIM, ("1",), "draft", "pick a signal", "stay"),
    ("claim s", A_CLAIM, ("s", "e"), "accepted", "saved · expansion", "stay"),
    ("claim s, the same", A_CLAIM, ("s", "h"), "accepted", "already hiring", "stay"),
    ("claim r", A_CLAIM, ("r", *"germ", "enter"), "accepted", "saved", "stay"),
    ("claim x", A_CLAIM, ("x",), "removed", "saved · removed", "stay"),
    ("claim [", A_CLAIM, ("[",), "accepted", "saved", "stay"),
    ("claim e", A_CLAIM, ("e",), "accepted", "saved", "stay"),
    ("claim .", A_CLAIM, (".",), "accepted", "& adds another", "stay"),
    ("claim a", A_CLAIM, ("a", "p"), "accepted", "saved · planned", "stay"),
    ("claim !", A_CLAIM, ("!",), "accepted", "saved · ! flagged", "stay"),
    ("claim i", A_CLAIM, ("i", *"why", "enter"), "accepted", "saved · “why”", "stay"),
]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH)
    desk = open_desk()
    yield desk
    desk.close()


def here(pilot: Pilot[Any]) -> ArticleView:
    return pilot.app.screen.query_one(ArticleView)


def state_of(claims: list[Claim]) -> str:
    if not claims:
        return NOTHING
    (claim,) = claims
    return "removed" if claim.marking.deleted else claim.marking.review


@pytest.mark.parametrize("cell", CELLS, ids=[cell[0] for cell in CELLS])
async def test_a_key_does_what_the_table_says(desk: Desk, cell: Cell) -> None:
    _, before, keys, state, said, goes = cell
    async with reading(desk, *before) as pilot:
        sentence = here(pilot).sentence
        span = here(pilot).sentences[sentence].span
        await press(pilot, *keys)
        assert said in status(pilot)
        moved = here(pilot).sentence != sentence
        assert moved == (goes == "next")
        told = stored()
        unsaved = "· not saved" in screen_text(pilot.app)
    owned = [one for one in told if span.start <= one.marking.anchor.span.start < span.end]
    assert state_of(owned) == (NOTHING if state == UNSAVED else state)
    assert unsaved == (state == UNSAVED)


@pytest.mark.parametrize(("goes_to", "number"), [("enter", 2), ("x", 2)])
async def test_going_on_means_to_the_next_suggestion(desk: Desk, goes_to: str, number: int) -> None:
    async with reading(desk, *TO_SUGGESTED, goes_to) as pilot:
        assert here(pilot).sentence == number
