"""Which words a claim quotes: picked one by one, a sentence more or less, claims over claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from desks import HIRING_PUSH, fill, open_desk
from marking import codes, only_claim, press, reading, status, stored
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import folders
from tui.widgets.article_view import ArticleView
from tui.widgets.gutter import GUTTER

RECRUITING = "The AI lab is recruiting for data centre roles in Australia and Japan."
FOOTHOLD = (
    "It gives the company a foothold in two markets that have made AI infrastructure a "
    "national priority."
)
EAST_ASIAN = (
    "東京の話",
    "新会社は東京で採用を始める。大阪でも人を増やす。",
    "קומאנו מגייסת עובדים ביפן.",
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH)
    desk = open_desk()
    yield desk
    desk.close()


def quotes() -> list[str]:
    return [claim.marking.anchor.exact for claim in stored() if not claim.marking.deleted]


def panel(pilot: Pilot[Any]) -> str:
    """The heading of the panel."""
    return next(line for line in screen_lines(pilot.app) if "─ " in line and "▕─" in line)


# ---------------------------------------------------------------- word mode


async def test_a_tag_key_claims_exactly_the_words_that_were_picked(desk: Desk) -> None:
    async with reading(desk, "j", "v", *["l"] * 6, "w", "w") as pilot:
        assert "words · “data centre roles”" in screen_text(pilot.app)
        assert stored() == []
        await press(pilot, "s", "h")
        assert "saved" in status(pilot)
        assert "words ·" not in screen_text(pilot.app)
    anchor = only_claim().marking.anchor
    assert (anchor.exact, anchor.unit) == ("data centre roles", "span")


async def test_h_and_b_go_back_and_the_panes_stay_where_they_are(desk: Desk) -> None:
    async with reading(desk, "j", "v", "l", "l", "h", "w", "b", "b") as pilot:
        assert isinstance(pilot.app.focused, ArticleView)
        assert "“The AI”" in screen_text(pilot.app)
        await press(pilot, "]", "}", "s", "h")
    assert quotes() == ["AI lab"]


async def test_esc_leaves_word_mode_and_changes_nothing(desk: Desk) -> None:
    async with reading(desk, "j", "v", "l", "escape") as pilot:
        assert isinstance(pilot.app.focused, ArticleView)
        assert "words ·" not in screen_text(pilot.app)
        await press(pilot, "v", "v")
        assert "words ·" not in screen_text(pilot.app)
        await press(pilot, "enter")
    assert quotes() == [RECRUITING]


async def test_esc_in_the_legend_goes_back_to_the_words(desk: Desk) -> None:
    async with reading(desk, "j", "v", "l", "s", "escape") as pilot:
        assert "words · “AI”" in screen_text(pilot.app)


async def test_enter_takes_the_words_as_the_passage(desk: Desk) -> None:
    async with reading(desk, "j", "v", "l", "w", "enter") as pilot:
        assert "not saved" in status(pilot)
        await press(pilot, "enter")
    assert quotes() == ["AI lab"]


async def test_words_of_a_claimed_sentence_are_another_claim_and_the_cursor_is_on_it(
    desk: Desk,
) -> None:
    async with reading(desk, "j", "s", "h", "v", "l", "w", "s", "p") as pilot:
        assert quotes() == [RECRUITING, "AI lab"]
        assert "claim 2 of 2 · “AI lab”" in screen_text(pilot.app)
        await press(pilot, "P")
        assert "claim 1 of 2" in panel(pilot)
        await press(pilot, "N", "x")
    assert quotes() == [RECRUITING]


async def test_word_mode_goes_along_to_the_next_sentence(desk: Desk) -> None:
    async with reading(desk, "j", "v", "j") as pilot:
        assert "“It”" in screen_text(pilot.app)
        await press(pilot, "w", "i", *"who", "enter")
    assert quotes() == ["It gives"]
    assert only_claim().marking.note == "who"


async def test_keys_without_a_meaning_for_words_say_so(desk: Desk) -> None:
    async with reading(desk, "j", "v", "x") as pilot:
        assert "Esc leaves them first" in status(pilot)
        await press(pilot, "h")
        assert "no further in this sentence" in status(pilot)
    assert stored() == []


async def test_a_digit_in_word_mode_keeps_the_words_in_mind(desk: Desk) -> None:
    async with reading(desk, "j", "v", "l", "w") as pilot:
        region = next(n for n in "123456789" if f"{n} ☑ Japan" in screen_text(pilot.app))
        await press(pilot, region)
        assert "not saved" in status(pilot)
        assert "“AI lab”" in screen_text(pilot.app)
        await press(pilot, "enter")
    assert quotes() == ["AI lab"]
    assert "JP" not in codes(only_claim())


async def test_the_words_stand_out_without_colour(desk: Desk) -> None:
    async with reading(desk, "j", "v", "l", "w") as pilot:
        view = pilot.app.screen.query_one(ArticleView)
        strip = next(
            strip
            for strip in (view.render_line(y) for y in range(view.size.height))
            if "recruiting" in strip.text
        )
        reversed_ = [
            segment.text for segment in strip if segment.style is not None and segment.style.reverse
        ]
        assert "".join(reversed_) == "AI lab"
        plain = [segment.text for segment in strip if segment.style and segment.style.bold]
        assert "lab" in plain


async def test_letters_of_a_script_without_spaces_are_picked_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, EAST_ASIAN)
    desk = open_desk()
    async with reading(desk, "j", "v", *["l"] * 4, "w", "s", "h", "J", "v", "l", "w", "s", "h"):
        pass
    desk.close()
    assert quotes() == ["東京", "מגייסת עובדים"]


async def test_dragging_the_mouse_picks_the_words_under_it(desk: Desk) -> None:
    async with reading(desk, "j") as pilot:
        view = pilot.app.screen.query_one(ArticleView)
        row = next(y for y in range(9) if "recruiting" in view.render_line(y).text)
        start = GUTTER + len("The ")
        await pilot.mouse_down(ArticleView, offset=(start, row))
        await pilot.hover(ArticleView, offset=(start + len("AI la"), row))
        await pilot.mouse_up(ArticleView, offset=(start + len("AI la"), row))
        await settle(pilot)
        assert "“AI lab”" in screen_text(pilot.app)
        await press(pilot, "s", "h")
    assert quotes() == ["AI lab"]


async def test_a_click_goes_to_its_sentence_and_the_word_cursor_goes_along(desk: Desk) -> None:
    async with reading(desk, "j", "v") as pilot:
        view = pilot.app.screen.query_one(ArticleView)
        row = next(y for y in range(12) if "weather" in view.render_line(y).text)
        await pilot.click(ArticleView, offset=(GUTTER + 2, row))
        await settle(pilot)
        assert "words · “The”" in screen_text(pilot.app)
        assert view.sentence == 4


# ---------------------------------------------------------------- sentences


async def test_e_takes_in_the_next_sentence_and_shift_e_drops_it(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "e") as pilot:
        assert quotes() == [f"{RECRUITING} {FOOTHOLD}"]
        assert only_claim().marking.anchor.unit == "span"
        await press(pilot, "E")
        assert quotes() == [RECRUITING]
        await press(pilot, "E")
        assert "one sentence in it" in status(pilot)


async def test_a_claim_may_reach_over_the_end_of_a_paragraph(desk: Desk) -> None:
    async with reading(desk, "G", "k", "s", "h", "e") as pilot:
        assert "saved" in status(pilot)
        await press(pilot, "e")
        assert "no sentence of the story follows" in status(pilot)
    assert quotes() == [
        "The weather was mild for the season.\nKumano Semiconductor raised $300 million from "
        "investors in Germany on Tuesday."
    ]


async def test_e_on_a_suggestion_is_not_saved_until_it_is_kept(desk: Desk) -> None:
    async with reading(desk, "j", "e") as pilot:
        assert "not saved · enter keeps" in status(pilot)
        await press(pilot, "enter")
    assert quotes() == [f"{RECRUITING} {FOOTHOLD}"]


# ---------------------------------------------------------------- claims over claims


async def test_a_claim_that_reaches_in_from_above_is_told(desk: Desk) -> None:
    async with reading(desk, "j", "j", "s", "e", "e", "j") as pilot:
        assert "1 from above" in panel(pilot)
        assert any("↑e" in line and "Rivals" in line for line in screen_lines(pilot.app))


async def test_two_claims_on_a_sentence_have_both_badges(desk: Desk) -> None:
    async with reading(desk, "G", "k", "s", "h", "&", "s", "e") as pilot:
        assert any("h+e" in line and "weather" in line for line in screen_lines(pilot.app))


async def test_leaving_a_sentence_takes_a_further_claim_that_was_begun_back(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "&", "[", "j", "k") as pilot:
        assert "☑ hiring" in screen_text(pilot.app)
        assert "not saved" not in panel(pilot)


async def test_the_cursor_stays_with_a_claim_whose_edges_change_its_place(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "&", "[", "s", "e") as pilot:
        assert "claim 2 of 2" in panel(pilot)
        await press(pilot, "P", "[", "[", "[")
        assert "☑ hiring" in screen_text(pilot.app)
        assert "claim 2 of 2" in panel(pilot)


async def test_undo_goes_to_the_claim_that_it_changed(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "v", "l", "w", "s", "e", "!") as pilot:
        assert "claim 2 of 2" in panel(pilot)
        await press(pilot, "P", "u")
        assert "claim 2 of 2 · “AI lab”" in panel(pilot)


async def test_when_the_last_of_three_claims_goes_the_one_before_it_is_in_focus(
    desk: Desk,
) -> None:
    async with reading(desk, "j", "s", "h", "v", "s", "e", "v", "l", "s", "f") as pilot:
        assert "claim 3 of 3" in panel(pilot)
        await press(pilot, "x")
        assert "claim 2 of 2" in panel(pilot)


async def test_walking_to_another_claim_of_the_sentence_leaves_one_that_was_begun(
    desk: Desk,
) -> None:
    async with reading(desk, "j", "s", "h", "v", "s", "e", "&", "[") as pilot:
        assert "not saved" in panel(pilot)
        await press(pilot, "P")
        assert "claim 1 of 2" in panel(pilot)
        assert "☑ hiring" in screen_text(pilot.app)
