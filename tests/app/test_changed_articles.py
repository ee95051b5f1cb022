"""Claims on an article that its publisher changed: confirmed, put right, put elsewhere, let go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from builders import NOON
from desks import an_article, fill, open_desk
from marking import press, reading, stored
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import folders
from store.shelf.shelf import Shelf
from tui.widgets.article_view import ArticleView

TITLE = "Kumano plans a fab"
RECRUITS = "Kumano Semiconductor plans to recruit 1,900 people in Japan, 700 of them engineers."
ROAD = "The town will widen the road that leads to the plant."
OLD = (TITLE, RECRUITS, ROAD)
UPDATED = RECRUITS.replace("1,900", "2,100")
ONE_CLAIM = ("j", "s", "h")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, OLD)
    desk = open_desk()
    yield desk
    desk.close()


def publish(*paragraphs: str, title: str = TITLE, version: int = 2) -> None:
    """The article comes again with another text."""
    with closing(Shelf.open(folders().desk)) as shelf:
        write = an_article((title, *paragraphs), version=version, at=NOON + timedelta(hours=1))
        article = next(iter(_known(shelf)))
        headline = replace(write.headline, id=article, guid=TITLE)
        shelf.take_in(1, lambda _known: [replace(write, headline=headline)])


def _known(shelf: Shelf) -> Sequence[int]:
    found: list[int] = []

    def look(known: Any) -> list[Any]:
        found.extend(known)
        return []

    shelf.take_in(1, look)
    return found


def said(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


async def test_a_moved_claim_waits_with_a_badge_and_enter_confirms_it(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish("It was a quiet Monday on the island.", RECRUITS, ROAD)
    async with reading(desk, "N") as pilot:
        assert "h~" in screen_text(pilot.app)
        assert "the text changed, enter confirms the place" in screen_text(pilot.app)
        assert "it was" not in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "h~" not in screen_text(pilot.app)
    (claim,) = stored()
    assert claim.marking.anchor.state == "anchored"
    assert claim.history[-1].act == "confirm"
    assert claim.target.version == 2


async def test_a_changed_passage_shows_what_was_quoted_beside_what_it_says_now(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish(UPDATED, ROAD)
    async with reading(desk, "N") as pilot:
        shown = screen_text(pilot.app)
        assert "it was" in shown
        assert "1,900 people in Japan" in shown.split("it was")[1]
        await press(pilot, "enter")
        assert "it was" not in screen_text(pilot.app)
        await press(pilot, "u")
        assert "took back the confirmation" in said(pilot)
        assert "it was" in screen_text(pilot.app)  # asked again, not lost
    (claim,) = stored()
    assert claim.marking.anchor.exact == RECRUITS


async def test_undo_goes_to_the_claim_where_the_new_text_has_it(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM, "j", "s", "e"):
        pass
    publish("It was a quiet Monday on the island.", ROAD, RECRUITS)
    async with reading(desk, "N", "N", "enter") as pilot:
        assert pilot.app.screen.query_one(ArticleView).sentence == 3
        await press(pilot, "u")
        assert "took back the confirmation" in said(pilot)
        assert pilot.app.screen.query_one(ArticleView).sentence == 3


async def test_undo_stays_where_a_claim_is_lost_again(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish("It was a quiet Monday.", ROAD, "Hundreds are to find work there.")
    async with reading(desk, "G", "tilde", "enter", "u") as pilot:
        assert "1 lost its place (~)" in screen_text(pilot.app)
        assert pilot.app.screen.query_one(ArticleView).sentence == 3


async def test_x_lets_go_of_a_claim_that_is_not_so_any_more(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish(UPDATED, ROAD)
    async with reading(desk, "N", "x") as pilot:
        assert "removed" in said(pilot)
    (claim,) = stored()
    assert claim.marking.deleted
    assert claim.marking.anchor.exact == RECRUITS


async def test_edges_that_are_moved_confirm_the_place_too(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish(UPDATED, ROAD)
    async with reading(desk, "N", "left_square_bracket"):
        pass
    (claim,) = stored()
    assert claim.marking.anchor.state == "anchored"
    assert claim.marking.anchor.exact == UPDATED.removesuffix(" engineers.")


async def test_a_lost_claim_is_told_under_the_title_and_put_on_another_sentence(
    desk: Desk,
) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish("Hundreds are to find work there.", ROAD)
    async with reading(desk) as pilot:
        assert "1 lost its place (~)" in screen_text(pilot.app)
        await press(pilot, "j", "tilde")
        shown = screen_text(pilot.app)
        assert "A claim lost its place" in shown
        assert f"it quoted: {RECRUITS[:40]}" in shown
        assert "the sentence in focus: Hundreds are to find work there." in shown
        await press(pilot, "enter")
        assert "lost its place" not in screen_text(pilot.app)
        assert stored()[0].marking.anchor.exact == "Hundreds are to find work there."
        await press(pilot, "u")
        assert "1 lost its place (~)" in screen_text(pilot.app)
    (claim,) = stored()
    assert claim.marking.anchor.exact == RECRUITS


async def test_a_lost_claim_can_be_removed_and_brought_back(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish("Hundreds are to find work there.", ROAD)
    async with reading(desk, "tilde", "x") as pilot:
        assert "removed" in said(pilot)
        assert "lost its place" not in screen_text(pilot.app)
        (claim,) = stored()
        assert claim.marking.deleted
        assert claim.marking.anchor.exact == RECRUITS
        await press(pilot, "u")
        assert "1 lost its place (~)" in screen_text(pilot.app)


async def test_esc_leaves_lost_claims_as_they_are(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM, "j", "s", "e"):
        pass
    publish("Hundreds are to find work there.", "The mayor did not want to say more than that.")
    async with reading(desk, "tilde") as pilot:
        assert "2 claims lost their place" in screen_text(pilot.app)
        await press(pilot, "j", "escape")
        assert "2 lost their place (~)" in screen_text(pilot.app)
    assert all(len(claim.history) == 1 for claim in stored())


async def test_without_lost_claims_the_key_says_so(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM, "tilde") as pilot:
        assert "every claim of this article has its place" in said(pilot)


async def test_a_lost_claim_is_found_when_its_words_come_back(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish("Hundreds are to find work there.", ROAD)
    publish(RECRUITS, ROAD, version=3)
    async with reading(desk) as pilot:
        assert "lost" not in screen_text(pilot.app)
        assert "☑ hiring" not in screen_text(pilot.app)
        await press(pilot, "j")
        assert "☑ hiring" in screen_text(pilot.app)


async def test_the_place_of_a_lost_claim_hides_no_suggestion(desk: Desk) -> None:
    async with reading(desk, *ONE_CLAIM):
        pass
    publish("Anthropic raised $300 million from investors.", ROAD)
    async with reading(desk, "j") as pilot:
        assert "☑ funding?" in screen_text(pilot.app)


async def test_being_done_with_a_text_is_not_being_done_with_the_next_one(desk: Desk) -> None:
    async with reading(desk, "0"):
        pass
    publish(UPDATED, ROAD)
    async with reading(desk) as pilot:
        assert "read through" not in screen_text(pilot.app)
        await press(pilot, "0")
        assert "saved · read through, nothing found" in said(pilot)
    with closing(Shelf.open(folders().desk)) as shelf:
        assert sorted(one.version for one in shelf.coverage()) == [1, 2]
