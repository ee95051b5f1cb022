"""Status, direction, date, quantity, confidence, note and flag by keyboard, down to the disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from marking import only_claim, press, reading, status, stored
from screen_text import screen_lines, screen_text
from settle import settle
from textual import events

from store.desk import Desk
from store.model import EventDate, Quantity
from store.settings import folders
from tui.widgets.article_view import ArticleView

CLAIM = ("j", "s", "h")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


async def test_two_keys_say_the_status_and_it_is_on_disk(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "a", "p") as pilot:
        assert "saved · planned" in status(pilot)
        assert "details  planned" in screen_text(pilot.app)
    assert only_claim().marking.status == "planned"
    assert only_claim().history[-1].act == "detail"


async def test_the_legend_waits_and_shows_every_status_and_direction(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "a") as pilot:
        shown = screen_text(pilot.app)
        for words in ("r rumoured", "u under way", "d done", "e reported", "+ positive", "t event"):
            assert words in shown
        await press(pilot, "y")
        assert "no status has the key y" in status(pilot)
        assert "a status" in screen_text(pilot.app)
    assert only_claim().marking.status == "reported"


@pytest.mark.parametrize(
    ("key", "polarity"),
    [("+", "positive"), ("-", "negative"), ("=", "neutral"), ("?", "unclear")],
)
async def test_the_direction_is_a_key_of_the_same_legend(
    desk: Desk, key: str, polarity: str
) -> None:
    async with reading(desk, *CLAIM, "a", key) as pilot:
        assert polarity in status(pilot)
    assert only_claim().marking.polarity == polarity


async def test_the_same_direction_again_takes_it_away(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "a", "+", "a", "+"):
        pass
    assert only_claim().marking.polarity is None


async def test_a_date_is_typed_and_what_is_understood_is_shown_before_it_is_saved(
    desk: Desk,
) -> None:
    async with reading(desk, *CLAIM, "a", "t", *"q2 2027") as pilot:
        assert "Q2 2027, exact to the quarter" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "saved · Q2 2027" in status(pilot)
    assert only_claim().marking.event_date == EventDate(value="2027-Q2", precision="quarter")


async def test_what_is_no_date_stays_to_be_mended_and_esc_leaves_all_as_it_was(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "a", "t", *"soon", "enter") as pilot:
        assert "is no date here" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert "☑ hiring" in screen_text(pilot.app)
        assert isinstance(pilot.app.focused, ArticleView)
    assert only_claim().rev == 1


async def test_several_quantities_are_typed_and_empty_removes_them(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "a", "q", *"120MW;300jobs", "enter") as pilot:
        assert "120 MW · 300 jobs" in status(pilot)
        wanted = (Quantity(value=120, unit="MW"), Quantity(value=300, unit="jobs"))
        assert only_claim().marking.quantities == wanted
        await press(pilot, "a", "q", "ctrl+u", "enter")
        assert "no details any more" in status(pilot)
    assert only_claim().marking.quantities == ()


async def test_a_note_is_written_changed_and_taken_back_by_one_undo(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "i", *"ask", "enter") as pilot:
        assert only_claim().marking.note == "ask"
        await press(pilot, "i", " ", *"them", "enter")
        assert only_claim().marking.note == "ask them"
        assert "“ask them”" in screen_text(pilot.app)
        await press(pilot, "u")
        assert only_claim().marking.note == "ask"
        await press(pilot, "ctrl+r")
        assert only_claim().marking.note == "ask them"


async def test_esc_leaves_a_note_as_it_was(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "i", *"ask", "escape"):
        pass
    assert only_claim().marking.note == ""


async def test_a_pasted_note_of_several_lines_becomes_one_line(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "i") as pilot:
        pilot.app.screen.post_message(events.Paste("first\nsecond\x1b[31m\n\n third"))
        await settle(pilot)
        await press(pilot, "enter")
    note = only_claim().marking.note
    assert note.startswith("first second")
    assert "\x1b" not in note
    assert "\n" not in note


async def test_a_long_note_scrolls_and_the_caret_stays_in_view(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "i", size=(80, 24)) as pilot:
        pilot.app.screen.post_message(events.Paste("word " * 40 + "last"))
        await settle(pilot)
        assert "last" in screen_text(pilot.app)
        await press(pilot, "home")
        assert "note" in screen_text(pilot.app)
        await press(pilot, *"X", "enter")
    assert only_claim().marking.note.startswith("Xword word")


async def test_keys_of_the_line_edit_it(desk: Desk) -> None:
    keys = (*"abc", "left", "backspace", "home", "delete", "end", *"d", " ", *"ef", "ctrl+w", *"g")
    async with reading(desk, *CLAIM, "i", *keys, "f5", "enter"):
        pass
    assert only_claim().marking.note == "cd g"


async def test_confidence_goes_up_and_down_in_steps_and_says_its_word(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "=") as pilot:
        assert "high confidence" in status(pilot)
        assert only_claim().marking.confidence == 100
        await press(pilot, "=")
        assert "high already" in status(pilot)
        await press(pilot, "-")
        assert only_claim().marking.confidence == 66
        await press(pilot, "-", "-")
    assert only_claim().marking.confidence is None


async def test_a_flag_is_set_shown_in_the_gutter_and_taken_away(desk: Desk) -> None:
    async with reading(desk, *CLAIM, "!") as pilot:
        assert any("▌h!+ The AI lab" in line for line in screen_lines(pilot.app))
        assert only_claim().marking.flag
        await press(pilot, "!")
        assert not only_claim().marking.flag


async def test_a_status_of_a_suggestion_is_kept_with_it_by_enter(desk: Desk) -> None:
    async with reading(desk, "j", "a", "p") as pilot:
        assert "not saved · enter keeps" in status(pilot)
        assert stored() == []
        await press(pilot, "enter")
    assert (only_claim().marking.review, only_claim().marking.status) == ("accepted", "planned")


async def test_a_note_on_a_sentence_without_a_claim_makes_a_draft_and_is_never_lost(
    desk: Desk,
) -> None:
    async with reading(desk, "j", "j", "j", "i", *"why", "enter") as pilot:
        assert "draft saved" in status(pilot)
    assert (only_claim().marking.review, only_claim().marking.note) == ("draft", "why")


async def test_marking_details_never_moves_the_text(desk: Desk) -> None:
    async with reading(desk, *CLAIM) as pilot:

        def words() -> list[str]:
            return [line[106:] for line in screen_lines(pilot.app)[1:25]]

        before = words()
        await press(pilot, "!", "a", "p", "i", *"so", "enter", "=")
        assert words() == before
