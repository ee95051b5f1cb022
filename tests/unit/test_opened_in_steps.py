"""An article is opened step by step: its text, its sentences, what is suggested in them."""

from __future__ import annotations

import asyncio

import pytest
from desks import HIRING_PUSH, fill, open_desk

from store.desk import Desk
from store.desk.opened import LONG, _cut
from store.model import Sentence, TextVersion
from store.settings import folders
from store.text import sentences

LONG_READ = ("A long read", *("Kumano Semiconductor is hiring in Japan.",) * (LONG // 30))


@pytest.fixture
def desk() -> Desk:
    fill(folders().desk, HIRING_PUSH, LONG_READ)
    return open_desk()


@pytest.mark.parametrize("place", [0, 1])
def test_step_by_step_it_comes_to_the_same(desk: Desk, place: int) -> None:
    async def both() -> None:
        row = list(desk.rows())[place]
        at_once = await desk.open_article(row.feed, row.id)
        found = await desk.find_article(row.feed, row.id)
        cut = found if found.known == "sentences" else await desk.with_sentences(found)
        assert await desk.tutor.read(cut) == at_once

    asyncio.run(both())
    desk.close()


def test_only_a_long_text_is_not_cut_at_once(desk: Desk) -> None:
    async def found() -> list[tuple[str, bool]]:
        articles = [await desk.find_article(row.feed, row.id) for row in desk.rows()]
        return [(one.known, bool(one.sentences)) for one in articles]

    assert asyncio.run(found()) == [("sentences", True), ("text", False)]
    desk.close()


def test_nothing_is_suggested_before_it_was_read(desk: Desk) -> None:
    async def suggested() -> list[bool]:
        row = next(iter(desk.rows()))
        found = await desk.find_article(row.feed, row.id)
        whole = await desk.tutor.read(found)
        return [any(one.values for one in opened.suggestions) for opened in (found, whole)]

    assert asyncio.run(suggested()) == [False, True]
    desk.close()


def test_what_was_read_ahead_is_not_cut_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _cut.cache_clear()
    cut: list[str] = []
    cuts = sentences.sentences_of

    def noted(version: TextVersion) -> tuple[Sentence, ...]:
        cut.append(version.text)
        return cuts(version)

    monkeypatch.setattr(sentences, "sentences_of", noted)

    async def opened() -> None:
        rows = list(desk.rows())
        for row in rows:
            desk.read_ahead(row.feed, row.id)
        desk.read_ahead(rows[0].feed, 0)  # gone meanwhile
        found = await desk.find_article(rows[0].feed, rows[0].id)
        assert found.sentences
        assert cut == [found.article.version.text]

    asyncio.run(opened())
    desk.close()
