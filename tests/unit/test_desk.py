"""The desk as the app meets it, on a real folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from builders import EXPANSION, HIRING, JAPAN, NOON
from desks import HIRING_PUSH, QUIET, an_article, fill, open_desk
from msgspec.structs import replace

from store.claims.marking.focus import focus_on
from store.claims.marking.tagging import Write, cross_out, pick, signal
from store.cli import main
from store.desk import Desk, DeskError, ExportExists, OpenedArticle
from store.model import Tag
from store.settings import folders, load_settings
from store.shelf.shelf import Shelf


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


async def opened(desk: Desk) -> OpenedArticle:
    row = desk.rows()[0]
    return await desk.open_article(row.feed, row.id)


def write_on(article: OpenedArticle, tag: Tag, sentence: int = 1) -> Write:
    focus = focus_on(article.sentences[sentence], article.suggestions[sentence], article.claims)
    write = signal(focus, tag).write
    assert write is not None
    return write


async def test_a_kept_claim_is_there_for_whoever_opens_the_desk_next(desk: Desk) -> None:
    article = await opened(desk)
    await desk.keep(article, write_on(article, HIRING))
    other = open_desk()
    try:
        (claim,) = (await opened(other)).claims
    finally:
        other.close()
    assert claim.marking.values("signal")[0].code == "hiring"
    assert claim.target.text_hash == article.article.version.hash


async def test_a_claim_that_was_changed_elsewhere_is_not_overwritten(desk: Desk) -> None:
    article = await opened(desk)
    mine = await desk.keep(article, write_on(article, HIRING))
    theirs = await desk.keep(mine, write_on(mine, EXPANSION))
    with pytest.raises(DeskError, match="another window"):
        await desk.keep(mine, write_on(mine, EXPANSION))
    assert (await desk.look_again(mine)).claims == theirs.claims


async def test_a_value_that_the_codebook_does_not_know_is_refused(desk: Desk) -> None:
    article = await opened(desk)
    unknown = Tag(dimension="signal", code="weather", label="weather")
    with pytest.raises(DeskError, match="weather"):
        await desk.keep(article, write_on(article, unknown))
    assert (await desk.look_again(article)).claims == ()


async def test_a_claim_whose_code_left_the_codebook_can_still_be_removed(desk: Desk) -> None:
    article = await opened(desk)
    kept = await desk.keep(article, write_on(article, HIRING))
    (claim,) = kept.claims
    gone = Tag(dimension="signal", code="weather", label="weather")
    old = replace(claim, marking=replace(claim.marking, tags=(gone,)))
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_claims(claim.target.article, claim.target.feed, lambda _: [old])
    again = await desk.look_again(kept)
    focus = focus_on(again.sentences[1], again.suggestions[1], again.claims)
    for write in (pick(focus, JAPAN).write, cross_out(focus).write):
        assert write is not None
        current = await desk.look_again(kept)
        await desk.keep(current, replace(write, rev=current.claims[0].rev))
    assert (await desk.look_again(kept)).claims[0].marking.deleted


async def test_a_claim_moves_with_its_sentence_when_the_publisher_edits(desk: Desk) -> None:
    article = await opened(desk)
    await desk.keep(article, write_on(article, HIRING))
    title, first, *rest = HIRING_PUSH
    edited = an_article((title, "A new beginning stands here. " + first, *rest), at=NOON, version=2)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.take_in(1, lambda _: [edited])
    found = await opened(desk)
    (claim,) = found.claims
    anchor = claim.marking.anchor
    assert anchor.state == "moved"
    assert found.article.version.text[anchor.span.start : anchor.span.end] == anchor.exact


async def test_a_claim_whose_sentence_is_gone_is_kept_and_said_to_be_lost(desk: Desk) -> None:
    article = await opened(desk)
    await desk.keep(article, write_on(article, HIRING))
    edited = an_article((HIRING_PUSH[0], "Something else entirely."), at=NOON, version=2)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.take_in(1, lambda _: [edited])
    (claim,) = (await opened(desk)).claims
    assert claim.marking.anchor.state == "orphan"
    assert claim.marking.anchor.exact.startswith("The AI lab")


async def test_the_annotated_text_stays_readable_after_edits(desk: Desk) -> None:
    article = await opened(desk)
    await desk.keep(article, write_on(article, HIRING))
    id_, feed = article.article.headline.id, article.feed.number
    with closing(Shelf.open(folders().desk)) as shelf:
        snapshot = shelf.snapshot_of(id_, feed, 1)
    assert snapshot is not None
    assert snapshot.text == article.article.version.text


async def test_creating_a_company_twice_makes_one(desk: Desk) -> None:
    first = await desk.create_company("Zyxgrid Energy")
    assert await desk.create_company("Zyxgrid Energy") == first
    assert [one.code for one in desk.lexicon.candidates("zyxgrid", "company")] == [first.id]


async def test_an_export_is_written_whole_and_never_over_a_file_unasked(
    desk: Desk, tmp_path: Path
) -> None:
    article = await opened(desk)
    await desk.keep(article, write_on(article, HIRING))
    file = tmp_path / "claims.json"
    assert "1 claim on 1 article" in await desk.export_to(file)
    before = file.read_bytes()
    with pytest.raises(ExportExists):
        await desk.export_to(file)
    assert file.read_bytes() == before
    await desk.export_to(file, replace=True)
    assert len(json.loads(file.read_bytes())["claims"]) == 1
    with pytest.raises(DeskError, match="folder"):
        await desk.export_to(tmp_path)
    with pytest.raises(DeskError, match="cannot be written"):
        await desk.export_to(tmp_path / "none" / "claims.json")


@pytest.mark.parametrize(("said", "left"), [("dropped", "a?id=1"), ("kept", "a?id=1&fbclid=2")])
async def test_every_export_leaves_out_what_follows_readers_unless_the_person_keeps_it(
    tmp_path: Path, said: str, left: str
) -> None:
    places = folders()
    fill(places.desk)
    written = an_article(HIRING_PUSH)
    followed = replace(written.headline, address="https://news.example/a?id=1&fbclid=2")
    with closing(Shelf.open(places.desk)) as shelf:
        shelf.take_in(1, lambda _: [replace(written, headline=followed)])
    places.settings.mkdir(parents=True)
    (places.settings / "settings.toml").write_text(f'[privacy]\ntracking = "{said}"\n', "utf-8")
    with closing(open_desk()) as desk:
        article = await opened(desk)
        await desk.keep(article, write_on(article, HIRING))
        await desk.export_to(tmp_path / "desk.json")
        table = desk.claim_table()
        await table.take_in()
        await table.export_to(tmp_path / "table.json", "")
        assert main(["export", "-o", str(tmp_path / "command.json")]) == 0
    for name in ("desk", "table", "command"):
        (claim,) = json.loads((tmp_path / f"{name}.json").read_bytes())["claims"]
        assert claim["target"]["address"] == f"https://news.example/{left}"


async def test_a_list_keeps_what_was_read_in_it_in_its_place(desk: Desk) -> None:
    unread = [row.id for row in desk.rows(unread=True)]
    await desk.mark([(1, unread[0])], read=True)
    assert [row.id for row in desk.rows(unread=True)] == unread[1:]
    assert [row.id for row in desk.rows(unread=True, keeping=unread)] == unread
    assert len(desk.rows(since=NOON - timedelta(minutes=30))) == 1


def _closes(window: asyncio.Task[object]) -> None:
    window.cancel()


async def test_marks_that_nobody_waits_for_any_more_are_saved_before_the_desk_closes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.desk.news._AT_A_TIME", 1)
    articles = [(row.feed, row.id) for row in desk.rows()]
    window = asyncio.current_task()
    assert window is not None
    with pytest.raises(asyncio.CancelledError):
        await desk.mark(articles, read=True, told=lambda _: _closes(window))
    window.uncancel()
    desk.close()
    other = open_desk()
    try:
        assert [row.read for row in other.rows()] == [True] * len(articles)
    finally:
        other.close()


async def test_what_is_marked_meanwhile_is_marked_as_was_asked_for_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.desk.news._AT_A_TIME", 1)
    rows = list(desk.rows())
    articles = [(row.feed, row.id) for row in rows]
    every = desk.mark(articles, read=True)
    last = desk.mark(articles[-1:], read=False, starred=True)
    assert [row.read for row in desk.rows()] == [True, False]
    await asyncio.gather(last, every)
    assert [(row.read, row.starred) for row in desk.rows()] == [(True, False), (False, True)]
    with closing(open_desk()) as other:
        assert [row.read for row in other.rows()] == [True, False]


async def test_an_article_that_is_not_there_is_said_in_one_sentence(desk: Desk) -> None:
    with pytest.raises(DeskError, match=r"\.$"):
        await desk.open_article(1, 12345)


def test_what_is_due_is_fetched_by_itself_but_not_on_a_sample_or_a_desk_only_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.fetches_by_itself
    with closing(Desk.open(folders(), load_settings(folders()), is_sample=True)) as sample:
        assert not sample.fetches_by_itself
    monkeypatch.setattr(Shelf, "read_only", property(lambda _: True))
    assert not desk.fetches_by_itself
