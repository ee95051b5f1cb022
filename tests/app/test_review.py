"""Walking suggestions over many articles: N across, and V."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import fill, open_desk
from marking import press, reading, stored
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle

from store.desk import Desk
from store.settings import Settings, folders, load_settings
from tui.app import WiredeskApp

FIRST = ("One", "Kumano Semiconductor will build a fab in Japan.", "It rained.")
QUIET = ("Two", "Nothing in particular happened.")
THIRD = (
    "Three",
    "Acme Corp. raised $300 million from investors.",
    "Acme Corp. will build a plant in Norway.",
)
LAST = ("Four", "Anthropic is hiring in Australia.")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, FIRST, QUIET, THIRD, LAST)
    desk = open_desk()
    yield desk
    desk.close()


@pytest.fixture
def crossing(desk: Desk) -> Iterator[Desk]:
    """The same with ``[review] across = true``."""
    desk.close()
    places = folders()
    other = Desk.open(places, replace(load_settings(places), review_across=True))
    yield other
    other.close()


def head(pilot: object) -> str:
    return screen_lines(pilot.app)[0]  # type: ignore[attr-defined]


def said(pilot: object) -> str:
    return screen_lines(pilot.app)[-1]  # type: ignore[attr-defined]


async def test_n_says_at_the_end_that_v_reviews_more_articles(desk: Desk) -> None:
    async with reading(desk, "G", "N") as pilot:
        assert "no suggestion or claim below · V reviews more articles" in said(pilot)


async def test_n_crosses_to_the_next_article_with_a_suggestion(crossing: Desk) -> None:
    async with reading(crossing, "G", "N") as pilot:
        assert THIRD[2] in screen_text(pilot.app)
        assert "☑ funding?" in screen_text(pilot.app)
        await press(pilot, "enter")
    assert [claim.marking.anchor.exact for claim in stored()] == [THIRD[1]]


async def test_n_after_the_last_suggestion_of_all_says_so(crossing: Desk) -> None:
    async with reading(crossing, "G", "N", "G", "N", "G", "N") as pilot:
        assert LAST[1] in screen_text(pilot.app)
        assert "no suggestion in any article below" in said(pilot)


async def test_v_walks_the_suggestions_of_the_list_with_enter_x_and_n(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V")
        assert "suggestion 1 of 4 · 2 articles left" in head(pilot)
        assert FIRST[1] in screen_text(app)
        await press(pilot, "enter")
        assert "suggestion 2 of 4 · 1 article left" in head(pilot)
        assert "Three" in screen_text(app)
        await press(pilot, "x")
        assert "suggestion 3 of 4 · 1 article left" in head(pilot)
        await press(pilot, "N")
        assert "suggestion 4 of 4 · 0 articles left" in head(pilot)
        assert LAST[1] in screen_text(app)
        await press(pilot, "enter")
        assert "that was the last suggestion in 4 articles" in said(pilot)
        assert "1 to review" in head(pilot)
    quotes = {(claim.marking.anchor.exact, claim.marking.review) for claim in stored()}
    assert quotes == {(FIRST[1], "accepted"), (THIRD[1], "rejected"), (LAST[1], "accepted")}


async def test_p_goes_back_in_a_review(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V", "N", "P")
        assert "suggestion 1 of 4" in head(pilot)
        await press(pilot, "P")
        assert "this is the first article of the review" in said(pilot)


async def test_a_review_marks_nothing_read(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V", "N")
        assert "4 unread" in head(pilot)


async def test_esc_ends_the_review_where_one_is(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V", "N", "escape")
        assert "the review ends here" in said(pilot)
        assert "suggestion" not in head(pilot)
        assert THIRD[1][:30] in screen_text(app)
        await press(pilot, "enter", "enter")
    assert len(stored()) == 2  # the last one stays, as in any article


async def test_a_list_without_suggestions_is_told_and_v_again_takes_all(desk: Desk) -> None:
    unread = {row.title for row in desk.rows()} - {"Two"}
    rows = [(row.feed, row.id) for row in desk.rows() if row.title in unread]
    await desk.mark(rows, read=True)
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V")
        assert "no open suggestion in 1 article" in said(pilot)
        await press(pilot, "V")
        assert "suggestion 1 of 4" in head(pilot)


async def test_0_in_a_review_goes_on_in_the_review(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V", "0")
        assert "suggestion 2 of 4" in head(pilot)
        assert "Three" in screen_text(app)


async def test_an_article_chosen_from_the_list_ends_the_review(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "V", "h", "j", "enter")
        assert "suggestion" not in head(pilot)
        assert QUIET[1] in screen_text(app)
