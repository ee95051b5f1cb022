"""Marking sentences by keyboard, in the app, down to what is on disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from marking import codes, only_claim, press, reading, status, stored
from screen_text import screen_lines, screen_text
from settle import settle, until

from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.widgets.article_view import ArticleView

RECRUITING = "The AI lab is recruiting for data centre roles in Australia and Japan."


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


async def test_the_first_enter_only_goes_to_a_suggestion(desk: Desk) -> None:
    async with reading(desk, "enter") as pilot:
        assert stored() == []
        assert "suggested" in screen_text(pilot.app)


async def test_one_key_keeps_a_whole_suggested_claim_and_moves_on(desk: Desk) -> None:
    async with reading(desk, "j", "enter") as pilot:
        assert "saved" in status(pilot)
    claim = only_claim()
    assert claim.marking.anchor.exact == RECRUITING
    assert {"hiring", "org:anthropic", "AU", "JP"} <= codes(claim)
    assert {tag.origin for tag in claim.marking.tags} == {"suggested"}
    assert claim.provenance.creator == "ana"


async def test_two_keys_say_the_signal_and_the_rest_comes_along(desk: Desk) -> None:
    async with reading(desk, "j", "s", "e") as pilot:
        assert "saved" in status(pilot)
        assert "☑ expansion" in screen_text(pilot.app)
    claim = only_claim()
    assert {"expansion", "AU", "JP"} <= codes(claim)
    assert "hiring" not in codes(claim)


async def test_an_unknown_key_after_s_is_swallowed(desk: Desk) -> None:
    async with reading(desk, "j", "s", "question_mark") as pilot:
        assert stored() == []
        assert "no signal has the key" in status(pilot)


async def test_a_region_is_picked_by_name_and_stored_as_a_draft(desk: Desk) -> None:
    async with reading(desk, "j", "j", "j", "j", "r", *"germ", "enter") as pilot:
        assert "draft saved" in status(pilot)
    claim = only_claim()
    assert claim.marking.review == "draft"
    assert "DE" in codes(claim)


async def test_the_picker_offers_what_the_article_names_by_digit(desk: Desk) -> None:
    async with reading(desk, "j", "j", "j", "s", "e", "r", "1") as pilot:
        assert "saved" in status(pilot)
    assert codes(only_claim()) & {"AU", "JP", "DE"}


async def test_a_new_company_is_only_created_by_its_own_row(desk: Desk) -> None:
    async with reading(desk, "j", "j", "j", "s", "e", "c", *"Zyxgrid", "enter"):
        assert not any("zyxgrid" in code for code in codes(only_claim()))
    async with reading(desk, "g", "j", "j", "j", "c", *"Zyxgrid", "down", "down", "enter"):
        pass
    created = [tag for tag in only_claim().marking.tags if tag.label == "Zyxgrid"]
    assert [tag.dimension for tag in created] == ["company"]
    assert [choice.label for choice in desk.lexicon.candidates("zyxg", "company")] == ["Zyxgrid"]


async def test_typing_finds_what_the_article_names(desk: Desk) -> None:
    async with reading(desk, "j", "s", "e", "c", *"kuman") as pilot:
        assert "1 Kumano Semiconductor" in screen_text(pilot.app)
        await press(pilot, "enter")
    assert "org:kumano-semiconductor" in codes(only_claim())


async def test_a_new_name_is_kept_with_single_blanks(desk: Desk) -> None:
    keys = ("c", *"Zyx", "space", "space", *"grid", "space", "down", "enter")
    async with reading(desk, "j", "s", "h", *keys):
        pass
    assert "Zyx grid" in {tag.label for tag in only_claim().marking.tags}


async def test_keys_typed_ahead_act_in_their_order(desk: Desk) -> None:
    """No pause between the keys: the picker gets its letters, the article its own."""
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter")
        await settle(pilot)
        for key in ("j", "s", "h", "c", "t", "s", "m", "c", "enter", "j", "s", "e"):
            app.simulate_key(key)
        await settle(pilot)
    claims = sorted(stored(), key=lambda claim: claim.marking.anchor.span.start)
    assert [sorted(codes(claim) & {"hiring", "expansion"}) for claim in claims] == [
        ["hiring"],
        ["expansion"],
    ]
    assert "org:tsmc" in codes(claims[0])


async def test_x_rejects_a_suggestion_and_it_does_not_come_back(desk: Desk) -> None:
    async with reading(desk, "j", "x"):
        assert only_claim().marking.review == "rejected"
    async with reading(desk, "j") as pilot:
        assert "suggested" not in screen_text(pilot.app)


async def test_x_removes_a_claim_and_u_brings_it_back(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "x") as pilot:
        assert only_claim().marking.deleted
        await pilot.press("u")
        await settle(pilot)
        assert "took back" in status(pilot)
        assert not only_claim().marking.deleted
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert only_claim().marking.deleted


async def test_undo_still_works_after_a_restart(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h"):
        assert not only_claim().marking.deleted
    async with reading(desk, "u") as pilot:
        assert "took back the claim" in status(pilot)
    assert only_claim().marking.deleted


async def test_the_end_moves_by_a_word_and_the_quote_follows(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "left_square_bracket") as pilot:
        assert "saved" in status(pilot)
    anchor = only_claim().marking.anchor
    assert anchor.exact == RECRUITING.removesuffix(" Japan.")
    assert anchor.unit == "span"


async def test_an_edge_moved_on_an_unmarked_sentence_is_not_saved_until_kept(desk: Desk) -> None:
    async with reading(desk, "j", "j", "left_square_bracket") as pilot:
        assert "not saved" in status(pilot)
        assert stored() == []
        await pilot.press("s", "e")
        await settle(pilot)
    assert only_claim().marking.anchor.unit == "span"


async def test_repeat_says_the_same_of_another_sentence(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "j", "full_stop"):
        pass
    first, second = sorted(stored(), key=lambda claim: claim.marking.anchor.span.start)
    assert codes(first) == codes(second)
    assert {tag.origin for tag in second.marking.tags} == {"inherited"}


async def test_digits_tick_and_clear_values_of_a_claim(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h") as pilot:
        before = codes(only_claim())
        number = next(
            str(digit) for digit in range(1, 10) if f"{digit} ☑ Japan" in screen_text(pilot.app)
        )
        await pilot.press(number)
        await settle(pilot)
        assert codes(only_claim()) == before - {"JP"}


async def test_marking_never_moves_the_text(desk: Desk) -> None:
    async with reading(desk, "j") as pilot:

        def words() -> list[str]:
            return [line[100:] for line in screen_lines(pilot.app)[1:20] if "lab" in line]

        before = words()
        await pilot.press("s", "h")
        await settle(pilot)
        assert words() == before


async def test_a_second_claim_on_a_sentence_needs_an_ampersand(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "ampersand", "s", "e"):
        pass
    assert len(stored()) == 2
    assert {code for claim in stored() for code in codes(claim)} >= {"hiring", "expansion"}


async def test_esc_takes_back_the_ampersand_and_stays_in_the_article(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "ampersand") as pilot:
        assert "another claim on this sentence" in screen_text(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.focused, ArticleView)
        assert "☑ hiring" in screen_text(pilot.app)


async def test_a_draft_says_what_makes_it_a_claim(desk: Desk) -> None:
    async with reading(desk, "j", "r", *"germ", "enter") as pilot:
        assert "enter makes it a claim" in status(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert only_claim().marking.review == "accepted"


async def test_there_is_a_word_when_nothing_is_left_to_walk_to(desk: Desk) -> None:
    async with reading(desk, "G", "N") as pilot:
        await pilot.press("N")
        assert "no suggestion or claim below" in status(pilot)


async def test_the_last_set_can_be_repeated_after_a_restart(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h"):
        pass
    async with reading(desk, "j", "j", "full_stop"):
        assert len(stored()) == 2


async def test_a_tall_terminal_lists_the_claims_of_the_article(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "j", "s", "e") as pilot:
        listed = [line.rpartition("▕")[2] for line in screen_lines(pilot.app)[-7:-1]]
        assert any(line.startswith("   h   hiring, Anthropic") for line in listed)
        assert any(line.startswith("  ▌e   expansion, Anthropic") for line in listed)
    async with reading(desk, size=(100, 30)) as pilot:
        assert "h   hiring, Anthropic" not in screen_text(pilot.app)


async def test_a_terminal_that_shrinks_keeps_its_article_in_view(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h") as pilot:
        await pilot.resize_terminal(160, 24)
        await until(pilot, lambda: "hiring, Anthropic" not in screen_text(pilot.app))
        assert "s c r change" in screen_text(pilot.app)
        assert RECRUITING[:40] in screen_text(pilot.app)


async def test_a_value_beyond_the_ninth_is_taken_off_by_picking_it_again(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h") as pilot:
        for region in ("Brazil", "Canada", "China", "Germany", "France", "India", "Spain"):
            await press(pilot, "r", *region, "enter")
        assert "ES" in codes(only_claim())
        await press(pilot, "r", *"Spain")
        assert "picking it takes it off" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "Spain taken off" in status(pilot)
        assert {"IN", "hiring"} < codes(only_claim())
        assert "ES" not in codes(only_claim())
        await press(pilot, "u")
        assert "ES" in codes(only_claim())
