"""All claims of a desk as rows that are found, sorted, changed, taken back and exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from builders import EXPANSION, HIRING, JAPAN, NOON, a_claim
from desks import HIRING_PUSH, QUIET, an_article, fill, open_desk
from msgspec.structs import replace
from shelf_cases import claim as a_shelf_claim

from store.claims.marking.tagging import Write
from store.claims.table.arranged import SORTS, Arranged
from store.claims.table.bulk import Change
from store.claims.table.rows import RowMaker
from store.cli import main
from store.desk import Desk, DeskError, ExportExists
from store.desk.claim_table import ClaimTable
from store.model import Tag
from store.query import QueryError
from store.settings import folders
from store.shelf.shelf import Shelf

TO_EXPANSION = Change(what="set", tag=EXPANSION)
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


async def tag(desk: Desk, row: int, *sentences: int, tags: tuple[Tag, ...] = (HIRING,)) -> None:
    """Claims on these sentences of the row's article."""
    headline = desk.rows()[row]
    for sentence in sentences:
        opened = await desk.open_article(headline.feed, headline.id)
        span = opened.sentences[sentence].span
        write = Write(act="keep", span=span, unit="sentence", tags=tags, review="accepted")
        await desk.keep(opened, write)


async def filled(desk: Desk) -> ClaimTable:
    """Three claims of mine on the first article, one on another feed's, all read in."""
    await tag(desk, 0, 1, 2, 3)
    titles = [row.title for row in desk.rows()]
    await tag(desk, titles.index(ROUND[0]), 1, tags=(HIRING, JAPAN))
    table = desk.claim_table()
    assert await table.take_in()
    return table


async def test_all_claims_of_all_feeds_are_read(desk: Desk) -> None:
    table = await filled(desk)
    assert len(table.rows) == 4
    assert {row.source for row in table.rows} == {"Top News"}
    assert not await table.take_in()


async def test_an_empty_desk_has_an_empty_table(desk: Desk) -> None:
    table = desk.claim_table()
    await table.take_in()
    assert table.rows == ()
    assert await table.take_back("undo") is None
    assert not await table.find_again()


async def test_what_another_process_says_comes_in(desk: Desk) -> None:
    table = await filled(desk)
    other = open_desk()
    with closing(other):
        await tag(other, 1, 1)
    assert await table.take_in()
    assert len(table.rows) == 5


async def test_progress_is_told(desk: Desk) -> None:
    await filled(desk)
    told: list[tuple[int, int]] = []
    await desk.claim_table().take_in(lambda done, of: told.append((done, of)))
    assert told == [(0, 2)]


async def test_others_are_hidden_from_who_works_blind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(desk)
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ben")
    settings = folders().settings
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "settings.toml").write_text('others = "hidden"\n')
    with closing(open_desk()) as blind:
        table = blind.claim_table()
        await table.take_in()
        assert table.rows == ()


async def test_many_change_at_once_and_one_step_takes_all_back(desk: Desk) -> None:
    table = await filled(desk)
    changed = await table.change(TO_EXPANSION, table.rows)
    assert len(changed) == 4
    assert {tuple(row.codes("signal")) for row in table.rows} == {("expansion",)}
    back = await table.take_back("undo")
    assert back is not None
    assert set(back.claims) == set(changed)
    assert {tuple(row.codes("signal")) for row in table.rows} == {("hiring",)}
    again = await table.take_back("redo")
    assert again is not None
    assert len(again.claims) == 4


async def test_undo_in_an_article_takes_back_a_change_of_many_in_all_of_them(desk: Desk) -> None:
    table = await filled(desk)
    await table.change(TO_EXPANSION, table.rows)
    headline = desk.rows()[0]
    opened = await desk.open_article(headline.feed, headline.id)
    opened, operation, offset = await desk.take_back(opened, act="undo")
    assert operation is not None
    assert operation.act == "retag"
    assert offset == min(claim.marking.anchor.span.start for claim in opened.claims)
    await table.take_in()
    assert {tuple(row.codes("signal")) for row in table.rows} == {("hiring",)}
    opened, operation, _ = await desk.take_back(opened, act="redo")
    await table.take_in()
    assert {tuple(row.codes("signal")) for row in table.rows} == {("expansion",)}


async def test_undo_goes_back_through_articles_and_what_was_said_of_them_whole(desk: Desk) -> None:
    table = await filled(desk)
    headline = desk.rows()[0]
    opened = await desk.open_article(headline.feed, headline.id)
    await desk.cover(opened, 10)
    back = await table.take_back("undo")
    assert back is not None
    assert (back.operation.act, back.claims) == ("cover", ())
    opened = await desk.look_again(opened)
    assert [one.state for one in opened.coverage] == ["opened"]
    left = []
    while (back := await table.take_back("undo")) is not None:
        left.append(len(table.filter("").of(table.rows)))
    assert left == [3, 2, 1, 0]


async def test_what_a_killed_program_began_is_finished_at_the_next_start(desk: Desk) -> None:
    table = await filled(desk)
    with closing(Shelf.open(folders().desk)) as shelf:
        from store.desk.bulk import Bulk

        Bulk(shelf, desk.codebook, "ana", lambda: NOON + timedelta(days=400)).begin(
            TO_EXPANSION, table.rows
        )
    with closing(open_desk()) as after:
        table = after.claim_table()
        await table.take_in()
        assert {tuple(row.codes("signal")) for row in table.rows} == {("expansion",)}


async def test_a_filter_finds_and_a_mistake_is_told(desk: Desk) -> None:
    table = await filled(desk)
    assert len(table.filter("region:APAC").of(table.rows)) == 1
    assert len(table.filter("by:me since:2020").of(table.rows)) == 4
    with pytest.raises(QueryError, match="did you mean hiring"):
        table.filter("signal:hirng")


async def test_claims_whose_text_changed_say_where_they_stand_now(desk: Desk) -> None:
    table = await filled(desk)
    title, first, *_ = HIRING_PUSH
    edited = (title, "Corrected. " + first.partition("It gives")[0], "Another paragraph.")
    with closing(Shelf.open(folders().desk)) as shelf:
        write = an_article(edited, version=2)
        write = replace(write, headline=replace(write.headline, published=NOON))
        shelf.take_in(1, lambda _: [write])
    assert await table.find_again()
    assert sorted(row.anchor for row in table.rows) == ["anchored", "moved", "orphan", "orphan"]
    assert len(table.filter("is:orphan").of(table.rows)) == 2
    assert not await table.find_again()
    await table.change(Change(what="flag", on=True), table.rows)
    await table.find_again()
    assert sorted(row.anchor for row in table.rows) == ["anchored", "moved", "orphan", "orphan"]


async def test_exports_tell_how_surely_passages_stand_in_the_texts_of_now(
    desk: Desk, tmp_path: Path
) -> None:
    table = await filled(desk)
    title, first, *_ = HIRING_PUSH
    edited = (title, "Corrected. " + first.partition("It gives")[0], "Another paragraph.")
    with closing(Shelf.open(folders().desk)) as shelf:
        write = an_article(edited, version=2)
        shelf.take_in(1, lambda _: [write])
    whole, lost, rest = (tmp_path / f"{name}.json" for name in ("whole", "lost", "rest"))
    await table.export_to(lost, "is:orphan")
    assert main(["export", "-o", str(whole)]) == 0
    assert main(["export", "--where", "feed:news -is:orphan", "-o", str(rest)]) == 0
    exported = [json.loads(file.read_bytes())["claims"] for file in (whole, lost, rest)]
    states = [sorted(one["target"]["anchor"]["state"] for one in claims) for claims in exported]
    assert states == [
        ["anchored", "moved", "orphan", "orphan"],
        ["orphan"] * 2,
        ["anchored", "moved"],
    ]
    quoted = {one["target"]["selectors"][0]["exact"] for one in exported[0]}
    assert any(quote in first for quote in quoted)
    assert {one["target"]["text_version"] for one in exported[0]} == {1}


async def test_the_text_of_a_claim_outlives_its_feed(desk: Desk) -> None:
    table = await filled(desk)
    row = next(row for row in table.rows if row.feed == 2)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.remove_feed(2)
    await table.take_in()
    text = await table.text_of(row)
    assert text is not None
    assert row.quote in text.text


async def test_what_is_found_is_exported(desk: Desk, tmp_path: Path) -> None:
    table = await filled(desk)
    file = tmp_path / "out.json"
    assert await table.export_to(file, "region:APAC") == "1 claim on 1 article written to out.json"
    assert len(json.loads(file.read_bytes())["claims"]) == 1
    with pytest.raises(ExportExists):
        await table.export_to(file, "")
    await table.change(Change(what="remove"), table.rows[:1])
    assert "3 claims" in await table.export_to(file, "", replace=True)
    assert "1 claim on" in await table.export_to(file, "review:removed", replace=True)
    with pytest.raises(DeskError, match="is a folder"):
        await table.export_to(tmp_path, "")


async def test_the_command_line_exports_what_a_filter_finds(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    await filled(desk)
    assert main(["export", "--where", "region:JP since:2020-01-01"]) == 0
    assert len(json.loads(capfd.readouterr().out)["claims"]) == 1
    assert main(["export", "--where", "review:draft"]) == 0
    assert json.loads(capfd.readouterr().out)["claims"] == []
    assert main(["export", "--where", "by:me", "--include", "drafts"]) == 0
    assert len(json.loads(capfd.readouterr().out)["claims"]) == 4
    assert main(["export", "--where", "signal:hirng"]) == 2
    assert "did you mean hiring?\n" in capfd.readouterr().err
    assert main(["export", "--where", "-region:JP"]) == 0
    assert len(json.loads(capfd.readouterr().out)["claims"]) == 3


def test_claims_are_put_in_order_by_any_column_and_keep_their_place() -> None:
    maker, arranged = RowMaker(), Arranged()
    claims = [
        a_claim(HIRING, id="a"),
        a_claim(EXPANSION, id="b", review="draft"),
        a_claim(id="c"),
    ]
    rows = [maker.row_of(one) for one in claims]
    arranged.take(rows)
    for sort in SORTS:
        arranged.sort_by(sort)
        forward = [row.id for row in arranged.found]
        arranged.sort_by(sort, backwards=True)
        assert sorted(forward) == sorted(row.id for row in arranged.found) == ["a", "b", "c"]
    arranged.sort_by("signal")
    assert [row.id for row in arranged.found] == ["b", "a", "c"]
    assert arranged.index_near(rows[2], 0) == 2
    arranged.take(rows[:2])
    assert arranged.total == 2
    assert arranged.index_near(rows[2], 5) == 1


def test_a_claim_of_a_shelf_reads_as_the_same_row_in_part_and_whole(tmp_path: Path) -> None:
    from shelf_cases import keep_claims, small_desk

    from store.claims.table.rows import ReadClaim

    desk = small_desk(tmp_path / "desk")
    keep_claims(desk.shelf, desk.first, a_shelf_claim(desk.first, 7, note="ask"))
    (name,) = desk.shelf.claim_segments.states()
    read = desk.shelf.claim_segments.read(name, ReadClaim)
    parts = {row.id: row for row in (RowMaker().row_of(one) for one in read)}
    whole = {row.id: row for row in (RowMaker().row_of(one) for one in desk.shelf.claims())}
    assert parts == whole


async def test_a_damaged_file_costs_one_change_and_is_told(desk: Desk) -> None:
    await filled(desk)
    file = folders().desk / "claims" / "0001-0000.json"
    file.write_bytes(b"{not json")
    with closing(open_desk()) as after:
        table = after.claim_table()
        await table.take_in()
        assert len(table.rows) == 3  # the last change of that file is lost
        assert "is damaged" in " ".join(await after.later_notices())


async def test_a_record_that_is_no_claim_is_left_out_and_told(desk: Desk) -> None:
    await filled(desk)
    file = folders().desk / "claims" / "0001-0000.json"
    tables = json.loads(file.read_bytes())
    tables["claims"]["5"] = {"format": 1, "id": 7}
    file.write_text(json.dumps(tables))
    with closing(open_desk()) as after:
        table = after.claim_table()
        await table.take_in()
        assert len(table.rows) == 4
        assert "cannot be read and is left out" in " ".join(await after.later_notices())


async def test_a_file_that_may_not_be_read_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.shelf import claim_segments

    await filled(desk)

    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(claim_segments, "read_whole", refuse)
    with pytest.raises(DeskError, match="could not be read"):
        await desk.claim_table().take_in()


async def test_a_changed_codebook_is_followed(desk: Desk) -> None:
    table = await filled(desk)
    desk.codebook = replace(desk.codebook, version="99")
    assert await table.take_in()
    assert len(table.rows) == 4
