"""What a desk's claims teach: at once, after a restart, from other processes, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from builders import EXPANSION, FUNDING, HIRING
from desks import HIRING_PUSH, QUIET, fill, open_desk

from store.claims.learning.learn import Lesson
from store.claims.marking.focus import focus_on
from store.claims.marking.tagging import cross_out, signal
from store.desk import Desk, OpenedArticle
from store.desk.learning import Teacher
from store.model import Suggested, Suggestion, Tag
from store.settings import folders

AGAIN = ("The same story, elsewhere", *HIRING_PUSH[1:])
FOOTHOLD, SIMILAR, WEATHER = 2, 3, 4
KUMANO = "org:kumano-semiconductor"
"""Sentences of the article: its second one, a hint of sites, and one that says nothing."""


@pytest.fixture(autouse=True)
def stories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, AGAIN, QUIET)


@asynccontextmanager
async def started() -> AsyncIterator[Desk]:
    """The desk, having learned from what is on it."""
    desk = open_desk()
    try:
        await desk.tutor.catch_up()
        yield desk
    finally:
        desk.close()


async def article(desk: Desk, number: int = 0) -> OpenedArticle:
    row = desk.rows()[number]
    return await desk.open_article(row.feed, row.id)


async def mark(desk: Desk, opened: OpenedArticle, sentence: int, tag: Tag) -> OpenedArticle:
    focus = focus_on(opened.sentences[sentence], opened.suggestions[sentence], opened.claims)
    write = signal(focus, tag).write
    assert write is not None
    opened = await desk.keep(opened, write)
    await desk.tutor.learn(opened)
    return opened


async def reject(desk: Desk, opened: OpenedArticle, sentence: int) -> OpenedArticle:
    focus = focus_on(opened.sentences[sentence], opened.suggestions[sentence], opened.claims)
    write = cross_out(focus).write
    assert write is not None
    opened = await desk.keep(opened, write)
    await desk.tutor.learn(opened)
    return opened


async def first_signal(desk: Desk, sentence: int, number: int = 1) -> Suggested:
    opened = await article(desk, number)
    return opened.suggestions[sentence].of("signal")[0]


async def test_a_claim_teaches_at_once_and_after_a_restart() -> None:
    async with started() as desk:
        await mark(desk, await article(desk), WEATHER, EXPANSION)
        value = await first_signal(desk, WEATHER)
        assert (value.code, value.shown) == ("expansion", True)
        assert value.reason == "you marked this sentence in Top News"
    async with started() as desk:
        assert await first_signal(desk, WEATHER) == value


async def test_a_company_that_was_kept_is_found_by_whoever_types_its_name() -> None:
    async with started() as desk:
        opened = await article(desk)
        place = next(n for n, one in enumerate(opened.suggestions) if _names(one, KUMANO))
        assert desk.lexicon.candidates("kuman", "company") == ()
        await mark(desk, opened, place, FUNDING)
        (found,) = desk.lexicon.candidates("kuman", "company")
        assert (found.code, found.label) == (KUMANO, "Kumano Semiconductor")
    async with started() as desk:
        assert [one.code for one in desk.lexicon.candidates("kuman", "company")] == [KUMANO]
        assert [one.id for one in desk.lexicon.directory.own.values()] == [KUMANO]


async def test_a_rejected_company_is_not_met() -> None:
    async with started() as desk:
        opened = await article(desk)
        place = next(n for n, one in enumerate(opened.suggestions) if _names(one, KUMANO))
        await reject(desk, opened, place)
        assert desk.lexicon.candidates("kuman", "company") == ()


def _names(suggestion: Suggestion, company: str) -> bool:
    return any(one.code == company and one.shown for one in suggestion.of("company"))


async def test_an_undone_claim_teaches_nothing_and_redone_it_does_again() -> None:
    async with started() as desk:
        before = await first_signal(desk, WEATHER)
        opened = await mark(desk, await article(desk), WEATHER, EXPANSION)
        opened, *_ = await desk.take_back(opened, act="undo")
        await desk.tutor.learn(opened)
        assert await first_signal(desk, WEATHER) == before
        assert desk.tutor.learner.lessons == 0
        opened, *_ = await desk.take_back(opened, act="redo")
        await desk.tutor.learn(opened)
        assert (await first_signal(desk, WEATHER)).code == "expansion"
    async with started() as desk:
        assert (await first_signal(desk, WEATHER)).code == "expansion"


async def test_a_changed_claim_teaches_what_it_says_now() -> None:
    async with started() as desk:
        opened = await mark(desk, await article(desk), WEATHER, EXPANSION)
        await mark(desk, opened, WEATHER, FUNDING)
        codes = [
            v.code for v in (await article(desk, 1)).suggestions[WEATHER].of("signal") if v.shown
        ]
        assert codes == ["funding"]


async def test_the_suggestion_that_another_signal_replaced_is_refused() -> None:
    async with started() as desk:
        opened = await mark(desk, await article(desk), FOOTHOLD, FUNDING)
        (claim,) = opened.claims
        assert [tag.code for tag in claim.marking.declined] == ["expansion"]
        values = (await article(desk, 1)).suggestions[FOOTHOLD].of("signal")
        assert [value.code for value in values if value.shown] == ["funding"]
        assert "refused" in next(value.reason for value in values if value.code == "expansion")


async def test_a_rejected_suggestion_does_not_come_back_with_the_story() -> None:
    async with started() as desk:
        await reject(desk, await article(desk), FOOTHOLD)
        assert not any(
            value.shown for value in (await article(desk, 1)).suggestions[FOOTHOLD].of("signal")
        )


async def test_what_another_process_claims_teaches_here() -> None:
    async with started() as desk, started() as other:
        await mark(other, await article(other), WEATHER, EXPANSION)
        await desk.take_in_changes()
        await desk.tutor.catch_up()
        assert (await first_signal(desk, WEATHER)).code == "expansion"
        opened, *_ = await other.take_back(await article(other), act="undo")
        await other.tutor.learn(opened)
        await desk.tutor.catch_up()
        assert not (await first_signal(desk, WEATHER)).shown


async def test_who_works_unseen_learns_only_from_their_own_claims(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with started() as desk:
        await mark(desk, await article(desk), WEATHER, EXPANSION)
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ben")
    settings = folders().settings
    settings.mkdir(parents=True, exist_ok=True)
    async with started() as desk:
        assert desk.tutor.learner.lessons == 1
    (settings / "settings.toml").write_text('others = "hidden"\n')
    async with started() as desk:
        assert desk.tutor.learner.lessons == 0


async def test_an_article_with_nothing_in_it_teaches_against_what_was_shown() -> None:
    async with started() as desk:
        before = await first_signal(desk, FOOTHOLD)
        opened = await article(desk)
        opened = await desk.cover(opened)
        await desk.tutor.learn(opened)
        after = await first_signal(desk, FOOTHOLD)
        assert after.code == before.code
        assert after.score < before.score
        taught = desk.tutor.learner.lessons
        assert taught > 0
        opened, *_ = await desk.take_back(opened, act="undo")
        await desk.tutor.learn(opened)
        assert desk.tutor.learner.lessons == 0
        await desk.cover(opened)
    async with started() as desk:
        assert desk.tutor.learner.lessons == taught
        assert (await first_signal(desk, FOOTHOLD)).score < before.score


async def test_what_was_learned_long_ago_is_unlearned_by_learning_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.claims.learning.learn.TRACES", 0)
    async with started() as desk:
        before = await first_signal(desk, WEATHER)
        opened = await mark(desk, await article(desk), WEATHER, EXPANSION)
        opened = await mark(desk, opened, SIMILAR, HIRING)
        opened, *_ = await desk.take_back(opened, act="undo")
        opened, *_ = await desk.take_back(opened, act="undo")
        await desk.tutor.learn(opened)
        assert desk.tutor.learner.lessons == 0
        assert await first_signal(desk, WEATHER) == before


async def test_only_the_newest_tags_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    async with started() as desk:
        opened = await article(desk)
        for sentence in (FOOTHOLD, SIMILAR, WEATHER):
            opened = await mark(desk, opened, sentence, EXPANSION)
    monkeypatch.setattr("store.desk.learning.NEWEST_TAGS", 1)
    async with started() as desk:
        assert desk.tutor.learner.lessons == 1
        assert (await first_signal(desk, WEATHER)).score == 0.97


async def test_a_rule_that_is_switched_off_is_told_once() -> None:
    async with started() as desk:
        learner = desk.tutor.learner
        for number in range(5):
            text = f"It gives somebody a foothold in {number} markets."
            learner.learn([Lesson(dimension="signal", text=text, no=("expansion",))])
        (off,) = await desk.tutor.newly_off()
        assert off.written == "foothold"
        assert await desk.tutor.newly_off() == ()
        assert desk.tutor.switched_off() == (off,)


async def test_learning_is_done_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a key pressed meanwhile is answered between two of them."""
    async with started() as desk:
        opened = await article(desk)
        for sentence in (FOOTHOLD, SIMILAR, WEATHER):
            opened = await mark(desk, opened, sentence, EXPANSION)
        monkeypatch.setattr("store.desk.learning.PIECE", 0.0)
        teacher = Teacher(desk._shelf, desk.lexicon)
        pieces: Iterator[None] = teacher.catching_up()
        assert sum(1 for _ in pieces) >= len(opened.claims)
        assert teacher.learner.lessons == desk.tutor.learner.lessons


async def test_the_threshold_of_the_settings_says_what_is_shown() -> None:
    settings = folders().settings
    settings.mkdir(parents=True, exist_ok=True)
    async with started() as desk:
        assert (await first_signal(desk, FOOTHOLD)).shown
    (settings / "settings.toml").write_text("[suggestions]\nthreshold = 0.99\n")
    async with started() as desk:
        assert not (await first_signal(desk, FOOTHOLD)).shown
