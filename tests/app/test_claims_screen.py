"""The table of all claims, by keys, down to what is on disk."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from desks import HIRING_PUSH, QUIET, an_article, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import obeyed, settle, until
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from store.claims.marking.tagging import Write
from store.desk import Desk
from store.model import Claim, Review, Tag
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.claims import ClaimsScreen
from tui.screens.kept_text import KeptText
from tui.widgets.claim_list import ClaimList

HIRING = Tag(dimension="signal", code="hiring", label="hiring")
FUNDING = Tag(dimension="signal", code="funding", label="funding")
JAPAN = Tag(dimension="region", code="JP", label="Japan")
DEALS = "https://deals.example/feed.xml"
ROUND = ("A round for Kumano", "Kumano Semiconductor raised $300 million. It plans a fab.")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    fill(folders().desk, ROUND, address=DEALS)
    desk = open_desk()
    yield desk
    desk.close()


async def tag(
    desk: Desk, title: str, sentence: int, *tags: Tag, review: Review = "accepted"
) -> None:
    row = next(row for row in desk.rows() if row.title == title)
    opened = await desk.open_article(row.feed, row.id)
    span = opened.sentences[sentence].span
    await desk.keep(opened, Write(act="keep", span=span, unit="sentence", tags=tags, review=review))


async def with_claims(desk: Desk) -> None:
    """Hiring twice on one article, funding in Japan and a draft on another."""
    await tag(desk, HIRING_PUSH[0], 1, HIRING)
    await tag(desk, HIRING_PUSH[0], 2, HIRING, JAPAN)
    await tag(desk, ROUND[0], 1, FUNDING, JAPAN)
    await tag(desk, ROUND[0], 2, JAPAN, review="draft")


@asynccontextmanager
async def table(
    desk: Desk, *keys: str, size: tuple[int, int] = (160, 40), who: str = "ana"
) -> AsyncIterator[Pilot[Any]]:
    """The table of claims opened, ordered by quote, and these keys pressed in it."""
    app = WiredeskApp(desk, Settings(annotator=who))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await settle(pilot)
        await pilot.press("o", "q", "g", *keys)
        await settle(pilot)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await obeyed(pilot)
    await settle(pilot)


def quotes(pilot: Pilot[Any]) -> list[str]:
    claims = pilot.app.screen.query_one(ClaimList)
    return [row.quote for row in claims._rows]


def status(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


def head(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[0]


def stored() -> list[Claim]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return list(shelf.claims())


def signals() -> list[str]:
    return sorted(tag.code for one in stored() for tag in one.marking.values("signal"))


IT_GIVES = "It gives the company a foothold in two markets that have made AI infrastructure a"


async def test_without_claims_it_says_how_to_make_one(desk: Desk) -> None:
    async with table(desk, "enter", "s", "x", "A", "u", "O") as pilot:
        assert "No claims yet" in screen_text(pilot.app)
        assert "every claim has its passage" in status(pilot)


@pytest.mark.parametrize("size", [(160, 45), (100, 30), (80, 24)])
async def test_all_claims_stand_in_a_table_at_every_width(
    desk: Desk, size: tuple[int, int]
) -> None:
    await with_claims(desk)
    async with table(desk, size=size) as pilot:
        text = screen_text(pilot.app)
        assert "Claims 4" in head(pilot)
        assert "It gives the company" in text
        assert "hiring" in text
        assert ("Top News" in text.split("accepted")[0]) is (size[0] == 160)
        assert all(len(line) <= size[0] for line in screen_lines(pilot.app))


async def test_a_filter_counts_as_it_is_typed_and_esc_clears_it(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "slash", *"signal:hir") as pilot:
        assert "Claims 2 of 4" in head(pilot)
        await press(pilot, "escape")
        assert "Claims 4" in head(pilot)
        assert isinstance(pilot.app.focused, ClaimList)


async def test_a_mistake_in_a_filter_is_explained_and_what_was_found_stays(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "slash", *"signal:funding ", *"signal:hirng") as pilot:
        assert "there is no signal “hirng”; did you mean hiring?" in screen_text(pilot.app)
        await press(pilot, "enter", "X")
        assert "the filter has a mistake" in status(pilot)
        await press(pilot, "escape")
        assert "Claims 4" in head(pilot)


async def test_a_group_of_regions_finds_what_lies_in_it(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "slash", *"region:APAC", "enter") as pilot:
        assert len(quotes(pilot)) == 3
        assert "draft" in screen_text(pilot.app) or "·" in screen_text(pilot.app)


async def test_nothing_found_says_how_to_go_on(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "slash", *"zebra", "enter") as pilot:
        assert "No claim is found by this filter" in screen_text(pilot.app)


async def test_claims_are_put_in_order_and_the_cursor_stays_on_its_claim(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "j") as pilot:
        claims = pilot.app.screen.query_one(ClaimList)
        here = claims.here
        ordered = quotes(pilot)
        assert ordered == sorted(ordered, key=str.casefold)
        await press(pilot, "o", "q")
        assert quotes(pilot) == ordered[::-1]
        assert "the other way round" in status(pilot)
        assert claims.here is not None
        assert here is not None
        assert claims.here.id == here.id
        await press(pilot, "o", "z")
        assert "nothing here has the key z" in status(pilot)


async def test_two_keys_say_another_signal_and_one_takes_it_back(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "s", "e") as pilot:
        assert "saved · signal hiring → expansion" in status(pilot)
        assert signals() == ["expansion", "funding", "hiring"]
        await press(pilot, "u")
        assert "took back the change" in status(pilot)
        assert signals() == ["funding", "hiring", "hiring"]
        await press(pilot, "ctrl+r")
        assert "did again the change" in status(pilot)
        assert signals() == ["expansion", "funding", "hiring"]


async def test_keys_typed_ahead_act_in_their_order(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk) as pilot:
        for key in ("s", "e", "a", "p", "exclamation_mark", "j", "s", "m"):
            pilot.app.simulate_key(key)
        await settle(pilot)
        (changed,) = [one for one in stored() if one.marking.flag]
        assert changed.marking.status == "planned"
        assert changed.marking.values("signal")[0].code == "expansion"


async def test_details_are_changed_by_the_keys_of_the_article(desk: Desk) -> None:
    await with_claims(desk)
    keys = ("a", "plus", "equals_sign", "exclamation_mark", "i", *"ask", "enter")
    async with table(desk, *keys) as pilot:
        assert "note: ask" in screen_text(pilot.app)
        (one,) = [one.marking for one in stored() if one.marking.note]
        assert (one.polarity, one.confidence, one.flag) == ("positive", 100, True)
        await press(pilot, "a", "plus", "minus", "exclamation_mark", "i", "ctrl+u", "enter")
        assert [one.marking for one in stored() if one.marking.note] == []
        assert not any(one.marking.flag or one.marking.polarity for one in stored())


async def test_a_region_is_added_by_name_and_taken_off_by_the_same_key(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "r", *"germ", "enter") as pilot:
        assert "region Germany added" in status(pilot)
        await press(pilot, "r", "1")
        assert "taken off" in status(pilot)


async def test_a_change_of_many_is_shown_first_and_is_one_step(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "A", "s", "h") as pilot:
        assert "2 claims: signal funding → hiring; 2 already so" in screen_text(pilot.app)
        assert signals() == ["funding", "hiring", "hiring"]
        await press(pilot, "enter")
        assert "saved · 2 claims" in status(pilot)
        assert signals() == ["hiring"] * 4
        await press(pilot, "u")
        assert "took back the change, of 2 claims" in status(pilot)
        assert signals() == ["funding", "hiring", "hiring"]


async def test_any_other_key_leaves_all_as_it_is(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "A", "x", "j") as pilot:
        assert "left as it was" in status(pilot)
        assert not any(one.marking.deleted for one in stored())


async def test_only_what_is_selected_and_seen_is_changed(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "A", "slash", *"funding", "enter", "exclamation_mark", "enter"):
        assert [one.marking.flag for one in stored()].count(True) == 1
    async with table(desk, "space", "J", "exclamation_mark", "enter") as pilot:
        assert "2 selected" in head(pilot)
        await press(pilot, "escape")
        assert "selected" not in head(pilot)


async def test_claims_of_another_annotator_are_left_alone(desk: Desk) -> None:
    await with_claims(desk)
    desk.annotator = "ben"
    async with table(desk, "s", "e", who="ben") as pilot:
        assert "this claim is ana’s and is left alone" in status(pilot)
        await press(pilot, "A", "exclamation_mark")
        assert "4 of another annotator are left alone" in status(pilot)
        assert not any(one.marking.flag for one in stored())


@pytest.mark.parametrize(
    "keys",
    [
        *(("S", "e"), ("a", "p"), ("x",), ("equals_sign",), ("minus",), ("exclamation_mark",)),
        *(("i", "h", "enter"), ("r", *"ger", "enter"), ("c", *"kum", "enter"), ("u",)),
    ],
)
@pytest.mark.parametrize("selected", [(), ("A",)])
async def test_no_key_of_the_table_changes_what_another_annotator_claimed(
    desk: Desk, keys: tuple[str, ...], selected: tuple[str, ...]
) -> None:
    await with_claims(desk)
    desk.annotator = "ben"
    before = stored()
    async with table(desk, *selected, *keys, "enter", who="ben"):
        assert stored() == before


async def test_what_is_removed_is_found_again_and_brought_back(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "x") as pilot:
        assert "Claims 3 of 4" in head(pilot)
        assert [one.marking.deleted for one in stored()].count(True) == 1
        await press(pilot, "slash", *"review:removed", "enter", "s", "e")
        assert "x brings it back" in status(pilot)
        await press(pilot, "x")
        assert "brought back" in status(pilot)
        assert not any(one.marking.deleted for one in stored())


@pytest.mark.parametrize(
    ("key", "title"),
    [("number_sign", "Codebook"), ("at", "Companies"), ("percent_sign", "Agreement")],
)
async def test_the_desks_other_screens_open_from_the_table_too(
    desk: Desk, key: str, title: str
) -> None:
    await with_claims(desk)
    async with table(desk, "j", key) as pilot:
        assert f"Wiredesk  {title}" in screen_text(pilot.app)
        await press(pilot, "escape", "C")
        assert "Claims 4" in head(pilot)
        assert pilot.app.screen.query_one(ClaimList).cursor == 1


async def test_enter_goes_to_the_sentence_and_esc_back_to_the_row(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "j", "enter") as pilot:
        assert not isinstance(pilot.app.screen, ClaimsScreen)
        assert "claim" in screen_text(pilot.app)
        await press(pilot, "s", "e")
        assert "saved" in status(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ClaimsScreen)
        assert pilot.app.screen.query_one(ClaimList).cursor == 1
        assert "expansion" in signals()
        await press(pilot, "C")
        assert not isinstance(pilot.app.screen, ClaimsScreen)


async def test_what_was_changed_in_the_table_shows_in_the_open_article(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "enter") as pilot:
        await press(pilot, "C", "s", "e", "C")
        assert "☑ expansion" in screen_text(pilot.app)


async def test_a_claim_whose_feed_was_removed_is_read_in_its_article(desk: Desk) -> None:
    await with_claims(desk)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.remove_feed(2)
    async with table(desk, "slash", *"signal:funding", "enter", "enter") as pilot:
        assert not isinstance(pilot.app.screen, KeptText)
        assert "Kumano Semiconductor raised $300 million." in screen_text(pilot.app)


async def test_a_claim_whose_article_is_gone_is_read_from_what_was_kept(desk: Desk) -> None:
    await with_claims(desk)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.delete_articles((2, headline.id) for headline in tuple(shelf.headlines(2)))
    async with table(desk, "slash", *"signal:funding", "enter", "enter") as pilot:
        text = screen_text(pilot.app)
        assert "no longer on the desk (Top News)" in text
        assert "Kumano Semiconductor raised $300 million." in text
        assert "plans a fab." in text
        await press(pilot, "j", "k", "escape")
        assert isinstance(pilot.app.screen, ClaimsScreen)


async def test_orphans_are_counted_and_found_by_one_key(desk: Desk) -> None:
    await with_claims(desk)
    edited = an_article((HIRING_PUSH[0], "Nothing of it is true."), version=2)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.take_in(1, lambda _: [edited])
    async with table(desk) as pilot:
        assert "2 lost their passage: O" in head(pilot)
        await press(pilot, "O")
        assert "Claims 2 of 4" in head(pilot)
        await press(pilot, "enter")
        assert "its passage is gone from this text" in status(pilot)
        await press(pilot, "escape", "O")
        assert "Claims 4" in head(pilot)


async def test_what_the_filter_finds_is_exported(desk: Desk, tmp_path: Path) -> None:
    await with_claims(desk)
    file = tmp_path / "out.json"
    async with table(desk, "slash", *"region:JP", "enter") as pilot:
        await pilot.press("X")
        await settle(pilot, standing={"export"})
        assert "“region:JP” finds" in screen_text(pilot.app)
        await pilot.press("ctrl+u", *str(file), "enter")
        await settle(pilot)
        assert "2 claims on 2 articles written" in status(pilot)
    assert len(json.loads(file.read_bytes())["claims"]) == 2


async def test_what_another_program_says_comes_in_and_nothing_moves(desk: Desk) -> None:
    await with_claims(desk)
    async with table(desk, "j", "space") as pilot:
        claims = pilot.app.screen.query_one(ClaimList)
        here = claims.here
        with closing(open_desk()) as other:
            await tag(other, QUIET[0], 1, HIRING)
        await until(pilot, lambda: claims.row_count == 5)
        assert claims.here is not None
        assert here is not None
        assert claims.here.id == here.id
        assert "1 selected" in head(pilot)


async def test_every_key_of_the_table_is_in_the_help_and_the_palette(desk: Desk) -> None:
    async with table(desk, "question_mark") as pilot:
        assert "Filter the claims" in screen_text(pilot.app)
        await press(pilot, "escape")
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        pilot.app.screen.query_one(Input).value = "select all"
        await until(pilot, lambda: "Select all that the filter" in screen_text(pilot.app))


async def test_a_stranger_s_words_are_shown_and_never_obeyed(desk: Desk) -> None:
    hostile = ("[bold]x[/bold]", "[red]Evil[/red] \x1b[31m\u202eis hiring.")
    fill(folders().desk, hostile, address="https://evil.example/feed.xml")
    await desk.take_in_changes()
    await tag(desk, hostile[0], 1, HIRING)
    async with table(desk) as pilot:
        assert "[red]Evil[/red]" in screen_text(pilot.app)
        assert NOON.year == 2026
