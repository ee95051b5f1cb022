"""The codebook on its screen: read, changed by keyboard, undone, down to what is on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from store.claims.codebook import Code
from store.claims.codebook.edit import add_code
from store.claims.codebook.file import load_codebook
from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.screens.code_form import CodeForm
from tui.widgets.code_list import CodeList


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def at_codebook(
    desk: Desk, *keys: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("number_sign")
        await settle(pilot)
        await press(pilot, *keys)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def status(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


def file() -> Path:
    return folders().desk / "codebook.toml"


def code(id_: str, dimension: str = "signal") -> Code:
    found = load_codebook(file()).code(dimension, id_)
    assert found is not None
    return found


async def go_to(pilot: Pilot[Any], label: str) -> None:
    codes = pilot.app.screen.query_one(CodeList)
    labels = [line.label for line in codes._lines]
    codes.go_to(labels.index(label))
    await settle(pilot)


def fill_in(pilot: Pilot[Any], name: str, value: str) -> None:
    form = pilot.app.screen
    assert isinstance(form, CodeForm)
    for widget in form.query(".form--row > *"):
        if widget.name == name:
            if isinstance(widget, Input):
                widget.value = value
            elif isinstance(widget, TextArea):
                widget.text = value


async def test_the_codes_are_listed_with_their_page_beside_them(desk: Desk) -> None:
    async with at_codebook(desk, "j") as pilot:
        shown = screen_text(pilot.app)
        assert "Business signals 1.0" in shown
        assert "An organisation opens or enlarges a site" in shown
        assert "only a sum of money is named: capex" in shown


async def test_claims_are_counted(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter", "j", "enter")
        await press(pilot, "escape", "number_sign")
        await go_to(pilot, "hiring")
        assert "on 1 claim, 1 of them of the last 30 days" in screen_text(pilot.app)


async def test_a_key_that_is_taken_is_said_with_one_that_is_free(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "e")
        fill_in(pilot, "key", "f")
        await press(pilot, "ctrl+s")
        assert "taken by “funding”; “q” is free" in " ".join(screen_text(pilot.app).split())
        fill_in(pilot, "key", "q")
        await press(pilot, "ctrl+s")
        assert "saved" in status(pilot)
    assert code("hiring").key == "q"
    assert load_codebook(file()).version == "1.1"


async def test_every_field_of_a_code_can_be_changed(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "e")
        fill_in(pilot, "label", "jobs")
        fill_in(pilot, "definition", "More people.")
        fill_in(pilot, "triggers", "take|took on staff\n\nhire")
        fill_in(pilot, "examples", "It took on staff.")
        await press(pilot, "ctrl+s")
    made = code("hiring")
    assert (made.label, made.definition) == ("jobs", "More people.")
    assert made.triggers == ("take|took on staff", "hire")
    assert made.examples == ("It took on staff.",)


async def test_a_colour_is_chosen_with_the_arrows(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "e", "tab", "tab", "tab", "right", "ctrl+s")
    assert code("hiring").colour == "rules"


async def test_a_mistake_in_a_trigger_is_named_and_nothing_is_saved(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "e")
        fill_in(pilot, "triggers", "... at an end")
        await press(pilot, "ctrl+s")
        assert "In triggers" in screen_text(pilot.app)
    assert not file().exists()


async def test_what_was_typed_is_not_lost_by_one_escape(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "e")
        fill_in(pilot, "label", "jobs")
        await press(pilot, "escape")
        assert "Esc again gives it up" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, CodeForm)
    assert not file().exists()


async def test_a_code_is_added_with_a_free_key_and_can_be_tagged_at_once(desk: Desk) -> None:
    async with at_codebook(desk, "j", "a") as pilot:
        fill_in(pilot, "label", "moon base")
        fill_in(pilot, "definition", "Somebody lives on the moon.")
        await press(pilot, "ctrl+s")
        assert "moon base added · version 1.1 · saved" in " ".join(status(pilot).split())
    made = code("moon_base")
    assert made.key == "q"
    assert made.since == "1.1"
    assert desk.codebook.code("signal", "moon_base") == made
    assert desk.lexicon.candidates("moon", "signal")[0].code == "moon_base"


async def test_a_dimension_is_added_and_asked_for_after_t(desk: Desk) -> None:
    async with at_codebook(desk, "d") as pilot:
        fill_in(pilot, "label", "Topic")
        await press(pilot, "ctrl+s", "a")
        fill_in(pilot, "label", "chips")
        fill_in(pilot, "definition", "It is about chips.")
        await press(pilot, "ctrl+s")
    (topic,) = desk.codebook.further_dimensions
    assert (topic.id, topic.key, topic.kind) == ("topic", "t", "closed")
    assert [one.id for one in topic.codes] == ["chips"]


async def test_a_retired_code_is_offered_no_more_and_comes_back(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "x")
        assert "hiring · retired" in screen_text(pilot.app)
        assert code("hiring").retired
        assert not any(one.code == "hiring" for one in desk.lexicon.candidates("hiring", "signal"))
        await press(pilot, "x")
    assert not code("hiring").retired


async def test_a_merge_says_how_many_claims_and_is_taken_back(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter", "j", "enter", "escape", "number_sign")
        await go_to(pilot, "hiring")
        await pilot.press("M")
        await settle(pilot, standing=["write"])
        assert "1 claim of hiring will read as" in " ".join(screen_text(pilot.app).split())
        await pilot.press(*"expan", "enter")
        await settle(pilot)
        assert "hiring · → expansion" in screen_text(pilot.app)
        assert [tag.code for claim in desk._shelf.claims() for tag in
                claim.marking.values("signal")] == ["expansion"]  # fmt: skip
        await press(pilot, "u")
        assert "undone: hiring merged into expansion" in status(pilot)
    assert [tag.code for claim in desk._shelf.claims() for tag in
            claim.marking.values("signal")] == ["hiring"]  # fmt: skip


async def test_codes_are_put_in_order_by_hand_undone_and_redone(desk: Desk) -> None:
    def first() -> list[str]:
        signal = desk.codebook.dimension("signal")
        assert signal is not None
        return [one.id for one in signal.codes[:2]]

    async with at_codebook(desk, "j", "J") as pilot:
        assert first() == ["funding", "expansion"]
        await press(pilot, "u")
        assert first() == ["expansion", "funding"]
        await press(pilot, "ctrl+r")
        assert first() == ["funding", "expansion"]
        await press(pilot, "v")
        shown = screen_text(pilot.app)
        assert "1.3" in shown
        assert "redone: expansion moved down" in shown


async def test_nothing_to_undo_is_said(desk: Desk) -> None:
    async with at_codebook(desk, "u") as pilot:
        assert "no change of the codebook to undo" in status(pilot)


async def test_another_codebook_is_used_with_its_guidelines_and_left_again(desk: Desk) -> None:
    async with at_codebook(desk, "w") as pilot:
        await pilot.press(*"political", "enter")
        await settle(pilot)
        assert "Political events (PLOVER)" in screen_text(pilot.app)
        await press(pilot, "i")
        assert "Coding political events" in screen_text(pilot.app)
        await press(pilot, "escape", "u")
        assert "Business signals" in screen_text(pilot.app)


async def test_a_file_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    async with at_codebook(desk) as pilot:
        await go_to(pilot, "hiring")
        await press(pilot, "x")
        theirs = file().read_text("utf-8").replace("An organisation adds staff", "Somebody adds")
        file().write_text(theirs, "utf-8")
        await press(pilot, "x")
        assert "changed by another program" in screen_text(pilot.app)
        assert file().read_text("utf-8") == theirs


async def test_a_broken_file_is_told_and_the_codebook_stays(desk: Desk) -> None:
    file().write_text("[[code]\n", "utf-8")
    desk.__dict__["codebook"] = load_codebook(None)
    async with at_codebook(desk) as pilot:
        assert "line 1: this is no TOML" in screen_text(pilot.app)
        assert "expansion" in screen_text(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_a_narrow_terminal_shows_one_pane_at_a_time(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with at_codebook(desk, "j", size=size) as pilot:
        assert "An organisation opens" not in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "An organisation opens" in screen_text(pilot.app)
        await press(pilot, "escape", "e")
        assert "ctrl+s saves" in screen_text(pilot.app)


async def test_an_open_article_follows_the_changed_codebook(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter", "j", "number_sign")
        await go_to(pilot, "hiring")
        await press(pilot, "e")
        fill_in(pilot, "label", "zany jobs")
        await press(pilot, "ctrl+s", "escape")
        assert "zany jobs" in screen_text(pilot.app)


async def test_what_another_window_adds_can_be_said_in_this_one(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter", "j")
        with closing(open_desk()) as theirs:
            edit = add_code(
                theirs.codebook,
                "signal",
                {"label": "drought", "key": "q", "definition": "Too little water."},
            )
            await theirs.codebook_care.change(edit)
        await until(pilot, lambda: "changed elsewhere" in status(pilot))
        await press(pilot, "s", "q")
        assert "drought" in screen_text(app)
        file().write_text("no codebook", "utf-8")
        await until(pilot, lambda: "codebook.toml, line 1" in status(pilot))
        signals = desk.codebook.dimension("signal")
        assert signals is not None
        assert signals.code("drought") is not None


async def test_what_another_program_changed_is_taken_in(desk: Desk) -> None:
    assert desk.codebook.version == "1.0"
    theirs = desk.codebook.toml.replace('version = "1.0"', 'version = "7.0"')
    file().write_text(theirs.replace('label = "hiring"', 'label = "staffing"'), "utf-8")
    async with at_codebook(desk) as pilot:
        shown = screen_text(pilot.app)
        assert "Business signals 7.0" in shown
        assert "staffing" in shown
        assert "changed elsewhere" in shown


async def test_the_codebook_that_ships_says_how_to_code(desk: Desk) -> None:
    async with at_codebook(desk, "i") as pilot:
        assert "Coding business signals" in screen_text(pilot.app)


async def test_a_codebook_without_guidelines_says_so_also_in_a_narrow_terminal(desk: Desk) -> None:
    bare = 'id = "bare"\nversion = "1"\ntitle = "Bare"\n\n[[dimension]]\nid = "signal"\n'
    file().write_text(bare + 'label = "Signal"\nkind = "closed"\n', "utf-8")
    async with at_codebook(desk, "i", size=(80, 24)) as pilot:
        assert "no guidelines in the codebook's file" in status(pilot)


async def test_a_codebook_that_is_not_there_is_told_and_nothing_changes(desk: Desk) -> None:
    async with at_codebook(desk, "w", "enter") as pilot:
        assert "the name of a file first" in " ".join(screen_text(pilot.app).split())
        await pilot.press(*"nope")
        await press(pilot, "enter")
        assert "cannot be read" in screen_text(pilot.app)
        await press(pilot, "escape")
    assert not file().exists()
