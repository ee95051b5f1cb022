"""Claims of somebody else taken in: what comes along, what is refused, what stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from annotators import by_name, claimed, done_with, keep, stored
from builders import ANTHROPIC, EXPANSION, HIRING, JAPAN, NOON
from desks import HIRING_PUSH, QUIET, an_article, fill
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.marking.focus import focus_on
from store.claims.marking.history import changed, stacks
from store.claims.marking.tagging import cross_out
from store.cli import main
from store.desk import Desk
from store.desk.strays import Strays
from store.formats import incoming
from store.model import NO_FEED, Claim, EventDate, Quantity, Span
from store.settings import Settings, folders
from store.shelf.claim_segments import ClaimSegments
from store.shelf.intents import Intents
from store.shelf.shelf import Shelf, ShelfError

RECRUITING = "The AI lab is recruiting for data centre roles in Australia and Japan."
FOOTHOLD = (
    "It gives the company a foothold in two markets that have made AI infrastructure a "
    "national priority."
)


@pytest.fixture
def desk() -> Path:
    fill(folders().desk, HIRING_PUSH, QUIET)
    return folders().desk


@pytest.fixture
def bens(tmp_path: Path) -> Path:
    """Ben's desk, which follows the same feed."""
    fill(tmp_path / "ben", HIRING_PUSH, QUIET)
    return tmp_path / "ben"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        assert not (set(said.out + said.err) & set("\x1b\x9b\u202e"))
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return run


Run = Callable[..., tuple[int, str, str]]


def exported(run: Run, desk: Path, file: Path) -> dict[str, Any]:
    words = [
        word
        for one in ("drafts", "rejected", "deleted", "adjudicated")
        for word in ("--include", one)
    ]
    assert run("--desk", desk, "export", "-o", file, *words)[0] == 0
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def hiring(by: str = "ben", **said: Any) -> Claim:
    return claimed(by, HIRING_PUSH, RECRUITING, HIRING, ANTHROPIC, JAPAN, **said)


@pytest.fixture
def bens_file(run: Run, bens: Path, tmp_path: Path) -> Path:
    """What Ben exported: a claim with all its details, and an article without anything to claim."""
    keep(
        bens,
        hiring(
            status="announced",
            polarity="positive",
            confidence=80,
            note="see the footnote",
            flag=True,
            event_date=EventDate(value="2027-Q2", precision="quarter"),
            quantities=(Quantity(value=120.0, unit="MW"),),
        ),
    )
    done_with(bens, "ben", QUIET)
    exported(run, bens, tmp_path / "ben.json")
    return tmp_path / "ben.json"


def altered(file: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The file with something in it changed, beside it."""
    document = json.loads(file.read_text("utf-8"))
    change(document)
    beside = file.with_name("altered.json")
    beside.write_text(json.dumps(document), "utf-8")
    return beside


# ---------------------------------------------------------------- what comes along


def test_a_claim_comes_in_whole_beside_ones_own(
    run: Run, desk: Path, bens: Path, bens_file: Path
) -> None:
    keep(desk, hiring("ana"))
    status, out, err = run("import", bens_file)
    assert (status, err) == (0, "")
    assert "1 new claim by ben, 1 article done." in out
    (taken,) = by_name(stored(desk))["ben"]
    assert taken == stored(bens)[0]
    assert len(by_name(stored(desk))["ana"]) == 1


def test_what_was_read_without_a_find_comes_along(run: Run, desk: Path, bens_file: Path) -> None:
    run("import", bens_file)
    shelf = Shelf.open(desk)
    assert [(one.annotator, one.state) for one in shelf.coverage()] == [("ben", "nothing_found")]
    shelf.close()


def test_taking_a_file_in_twice_changes_nothing(run: Run, desk: Path, bens_file: Path) -> None:
    run("import", bens_file)
    before = stored(desk)
    status, out, _ = run("import", bens_file, bens_file)
    assert status == 0
    assert out.count("0 new claims, 1 known.") == 2
    assert stored(desk) == before


def test_what_comes_in_can_be_exported_and_is_the_same(
    run: Run, desk: Path, bens_file: Path, tmp_path: Path
) -> None:
    run("import", bens_file)
    again = exported(run, desk, tmp_path / "again.json")
    first = json.loads(bens_file.read_text("utf-8"))
    assert again["claims"] == first["claims"]
    assert again["coverage"] == first["coverage"]


def test_an_article_is_known_by_its_address_or_its_text_where_its_number_is_another(
    run: Run, desk: Path, bens_file: Path
) -> None:
    here = stored_article(desk)

    def only_text(document: dict[str, Any]) -> None:
        _elsewhere_at_another_address(document)
        document["claims"][0]["id"] = "urn:uuid:00000000-0000-4000-8000-0000000000ff"

    for change in (_elsewhere, only_text):
        assert run("import", altered(bens_file, change))[0] == 0
    assert [claim.target.article for claim in stored(desk)] == [here, here]


def stored_article(desk: Path) -> int:
    return hiring().target.article


def test_a_claim_on_an_article_that_is_not_here_is_kept_too(
    run: Run, bens_file: Path, tmp_path: Path
) -> None:
    fill(folders().desk, QUIET)
    status, out, _ = run("import", bens_file)
    assert status == 0
    assert "1 of them on articles that are not on this desk" in out
    (claim,) = stored(folders().desk)
    assert claim.target.feed == NO_FEED
    assert claim.marking.anchor.exact == RECRUITING
    assert run("import", bens_file)[1].count("1 known") == 1
    assert run("export")[0] == 0


def _elsewhere(document: dict[str, Any]) -> None:
    document["claims"][0]["target"]["article"] = 77


def _elsewhere_at_another_address(document: dict[str, Any]) -> None:
    _elsewhere(document)
    document["claims"][0]["target"]["address"] = "https://other.example/"


def _elsewhere_without_text(document: dict[str, Any]) -> None:
    """On an article that is known by its address alone, which carries what follows readers."""
    _elsewhere(document)
    target = document["claims"][0]["target"]
    target["text_sha256"] = "0" * 64
    target["address"] += "?utm_source=mail"


def test_an_article_is_known_by_its_address_whatever_follows_readers_in_it(
    run: Run, desk: Path, bens_file: Path
) -> None:
    assert run("import", altered(bens_file, _elsewhere_without_text))[0] == 0
    assert [claim.target.article for claim in stored(desk)] == [stored_article(desk)]


@pytest.mark.parametrize(
    "named",
    [
        lambda _: None,
        _elsewhere,
        _elsewhere_at_another_address,
        _elsewhere_without_text,
    ],
)
@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_a_claim_that_came_before_its_article_moves_to_it_when_that_is_opened(
    run: Run, bens_file: Path, named: Callable[[dict[str, Any]], None], who: str
) -> None:
    assert run("import", altered(bens_file, named), "--as", who)[0] == 0
    fill(folders().desk, HIRING_PUSH)
    with closing(Desk.open(folders(), Settings(annotator="ana"))) as here:
        (row,) = here.rows()
        opened = await here.open_article(row.feed, row.id)
        (claim,) = opened.claims if who == "ana" else opened.others
        assert claim.marking.anchor.exact == RECRUITING
        if who == "ana":
            (sentence,) = (one for one in opened.sentences if one.span == claim.marking.anchor.span)
            focus = focus_on(sentence, opened.suggestions[1], opened.claims)
            write = cross_out(focus).write
            assert write is not None
            await here.keep(opened, write)
    (claim,) = stored(folders().desk)
    assert (claim.target.feed, claim.target.article) == (1, stored_article(folders().desk))
    assert claim.marking.deleted is (who == "ana")
    # The file still knows it for the same claim.
    known = "went on here" if who == "ana" else "1 known"
    assert known in run("import", altered(bens_file, named), "--as", who)[1]
    assert len(stored(folders().desk)) == 1


def test_a_fetch_takes_claims_to_the_articles_that_it_brings(run: Run, bens_file: Path) -> None:
    assert run("import", bens_file)[0] == 0
    fill(folders().desk, HIRING_PUSH)
    with closing(Shelf.open(folders().desk)) as shelf:
        assert Strays(shelf).bring_home(1) == 1
        assert Strays(shelf).bring_home(1) == 0
        assert [claim.target.feed for claim in shelf.claims()] == [1]


def test_a_claim_goes_to_the_article_of_its_number_and_not_to_its_copy_too(
    run: Run, bens_file: Path
) -> None:
    assert run("import", bens_file)[0] == 0
    fill(folders().desk, QUIET)
    own = an_article(HIRING_PUSH)
    copied = replace(own.headline, id=own.headline.id - 1, guid="copy", address="https://b.example")
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.take_in(1, lambda _: [replace(own, headline=copied), own])
        assert Strays(shelf).bring_home(1) == 1
    assert [claim.target.article for claim in stored(folders().desk)] == [own.headline.id]


def test_a_claim_is_on_its_article_once_however_the_move_was_cut_short(
    run: Run, bens_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", bens_file)[0] == 0
    fill(folders().desk, HIRING_PUSH)
    with closing(Shelf.open(folders().desk)) as shelf, monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise ShelfError("The disk is full.")

        patch.setattr(ClaimSegments, "drop", full)
        with pytest.raises(ShelfError):
            Strays(shelf).bring_home(1)
        assert len(list(shelf.claims())) == 2
    Desk.open(folders(), Settings(annotator="ana")).close()
    assert [claim.target.feed for claim in stored(folders().desk)] == [1]


async def test_where_it_cannot_be_moved_it_is_shown_all_the_same(
    run: Run, bens_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", bens_file)[0] == 0
    fill(folders().desk, HIRING_PUSH)

    def full(*_: object) -> None:
        raise ShelfError("The disk is full.")

    monkeypatch.setattr(Intents, "log", full)
    with closing(Desk.open(folders(), Settings(annotator="ana"))) as here:
        (row,) = here.rows()
        opened = await here.open_article(row.feed, row.id)
    assert [claim.marking.anchor.exact for claim in opened.others] == [RECRUITING]


@pytest.mark.parametrize("named", [lambda _: None, _elsewhere_at_another_address])
def test_words_that_its_article_does_not_say_make_a_claim_an_orphan(
    run: Run, desk: Path, bens_file: Path, named: Callable[[dict[str, Any]], None]
) -> None:
    def elsewhere(document: dict[str, Any]) -> None:
        named(document)
        document["claims"][0]["target"]["selectors"][0]["exact"] = "Pigs flew over Oslo all day."

    assert run("import", altered(bens_file, elsewhere))[0] == 0
    (claim,) = stored(desk)
    assert claim.target.article == stored_article(desk)
    assert claim.marking.anchor.state == "orphan"
    assert "1 known" in run("import", altered(bens_file, elsewhere))[1]


def test_a_desk_is_made_where_there_is_none(run: Run, bens_file: Path) -> None:
    assert run("import", bens_file)[0] == 0
    assert len(stored(folders().desk)) == 1


def test_claims_can_be_signed_by_somebody_else(run: Run, desk: Path, bens_file: Path) -> None:
    assert "by cleo" in run("import", "--as", "cleo", bens_file)[1]
    (claim,) = stored(desk)
    assert claim.provenance.creator == "cleo"
    assert {step.by for step in claim.history} == {"cleo"}
    assert "0 new claims, 1 known" in run("import", "--as", "cleo", bens_file)[1]


# ---------------------------------------------------------------- two states of one claim


def retagged(claim: Claim, *, operation: str = "later", by: str = "ben") -> Claim:
    marking = replace(claim.marking, tags=(EXPANSION,))
    return changed(claim, marking, act="retag", by=by, at=NOON, operation=operation)


def test_a_claim_that_went_on_elsewhere_goes_on_here(
    run: Run, desk: Path, bens: Path, bens_file: Path, tmp_path: Path
) -> None:
    run("import", bens_file)
    (before,) = stored(desk)
    keep(bens, retagged(stored(bens)[0]))
    exported(run, bens, tmp_path / "later.json")
    assert "1 went on elsewhere" in run("import", tmp_path / "later.json")[1]
    (after,) = stored(desk)
    assert after.rev == 2
    assert [tag.code for tag in after.marking.tags] == ["expansion"]
    assert after.history[-1].before == before.marking
    assert "1 went on here" in run("import", bens_file)[1]
    assert stored(desk) == [after]


def test_what_was_changed_here_and_elsewhere_stays_as_it_is_here(
    run: Run, desk: Path, bens: Path, bens_file: Path, tmp_path: Path
) -> None:
    run("import", bens_file)
    keep(desk, retagged(stored(desk)[0], operation="here"))
    before = stored(desk)
    keep(bens, retagged(stored(bens)[0], operation="there"))
    exported(run, bens, tmp_path / "other.json")
    status, out, err = run("import", tmp_path / "other.json")
    assert status == 1
    assert "1 kept as they are here" in out
    assert "was changed both here and elsewhere; the desk's was kept." in err
    assert stored(desk) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda claim: claim.update(note="quietly changed"),
        lambda claim: claim["provenance"].update(creator="mallory"),
        lambda claim: claim.update(tags=[]),
    ],
)
def test_a_file_never_changes_a_claim_without_a_step_in_its_history(
    run: Run, desk: Path, bens_file: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    run("import", bens_file)
    before = stored(desk)
    status, _, err = run("import", altered(bens_file, lambda file: change(file["claims"][0])))
    assert status == 1
    assert "the desk's was kept" in err
    assert stored(desk) == before


def test_undo_does_not_reach_into_what_came_in_without_its_past(
    run: Run, desk: Path, bens: Path, bens_file: Path, tmp_path: Path
) -> None:
    keep(bens, retagged(stored(bens)[0]))
    exported(run, bens, tmp_path / "later.json")
    run("import", tmp_path / "later.json")
    assert [one.act for one in stacks(stored(desk), "ben").undo] == ["keep"]


# ---------------------------------------------------------------- broken and hostile files


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is neither a list of feeds (OPML) nor a JSON document of claims."),
        (b"https://a.example/feed", "is neither a list of feeds (OPML) nor a JSON document"),
        (b"{", "is no whole JSON document of claims"),
        (b"\xff\xfe", "is neither a list of feeds (OPML) nor a JSON document of claims."),
        (b"[" * 100_000, "is no whole JSON document of claims"),
        (b"{}", "is no export of Wiredesk"),
        (b'{"format": "wiredesk-export/2"}', "is a wiredesk-export/2"),
        (b'{"format": "opml\\u001b[31m"}', "is no export of Wiredesk"),
        (b'{"format": "wiredesk-export/1", "claims": 3}', "expected array"),
    ],
)
def test_a_file_that_is_no_export_is_told_in_one_sentence(
    run: Run, desk: Path, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    status, out, err = run("import", file)
    assert (status, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1


def test_half_a_file_is_refused_whole(run: Run, desk: Path, bens_file: Path) -> None:
    written = bens_file.read_bytes()
    bens_file.write_bytes(written[: len(written) // 2])
    assert run("import", bens_file)[0] == 1
    assert stored(desk) == []


def test_a_file_that_is_too_large_is_refused_before_it_fills_the_memory(
    run: Run, desk: Path, bens_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.desk.merging.SIZE_LIMIT", 100)
    status, _, err = run("import", bens_file)
    assert status == 1
    assert "is larger than" in err


def test_the_other_files_are_taken_in_when_one_is_missing(
    run: Run, desk: Path, bens_file: Path
) -> None:
    status, out, err = run("import", "nowhere.json", bens_file)
    assert status == 1
    assert "nowhere.json cannot be read" in err
    assert "1 new claim" in out


def test_without_a_file_it_says_what_is_missing(run: Run) -> None:
    status, _, err = run("import")
    assert status == 2
    assert "Name the files" in err


def test_many_broken_records_are_not_told_one_by_one(run: Run, desk: Path, bens_file: Path) -> None:
    def break_many(document: dict[str, Any]) -> None:
        document["claims"] = [document["claims"][0] | {"flag": 3}] * 25

    status, out, err = run("import", altered(bens_file, break_many))
    assert status == 1
    assert "25 refused" in out
    assert err.count("its flag cannot be read: expected bool, got int") == 20
    assert err.endswith("so with 5 more; --json tells of all.\n")
    _, out, _ = run("import", altered(bens_file, break_many), "--json")
    assert len(json.loads(out)["refused"]) == 25


def _set(*path: object, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        at: Any = document["claims"][0]
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("id", value="not-a-uuid"), "badly formed"),
        (_set("id", value="x" * 10_000), "its id is too long"),
        (_set("rev", value=9), "its history does not lead to its revision 9"),
        (_set("rev", value=0), "expected int"),
        (_set("review", value="excellent"), "its review cannot be read: invalid enum value"),
        (_set("confidence", value=101), "<= 100"),
        (_set("target", "text_sha256", value="0"), "text_sha256"),
        (_set("target", "selectors", value=[]), "its target has no TextQuoteSelector"),
        (_set("target", "selectors", 0, "exact", value=""), "it quotes no passage"),
        (_set("target", "selectors", 1, "end", value=0), "it quotes no passage"),
        (_set("target", "selectors", 1, "end", value=10**12), "it quotes no passage"),
        (_set("target", "article", value=2**60), "expected int"),
        (_set("tags", 0, "code", value=" \u200b"), "no dimension or no code"),
        (_set("tags", 0, "score", value=7), "expected float"),
        (_set("provenance", "creator", value="\u202e"), "nobody signed it"),
        (_set("provenance", "created", value="2026-01-01T00:00:00"), "cannot be read"),
        (_set("provenance", "created", value="0001-01-01T00:00:00+23:00"), "out of range"),
        (_set("event_date", value={"value": "2027-13", "precision": "month"}), "2027-13"),
        (_set("event_date", value={"value": "2027-Q2", "precision": "year"}), "is no year"),
        (_set("quantities", value=[{"value": 1, "unit": ""}]), "not how much of what"),
        (lambda document: document["coverage"][0].update(annotator=""), "nobody signed it"),
        (lambda document: document["claims"].append(document["claims"][0]), "has its id"),
    ],
)
def test_a_broken_record_is_refused_alone_and_told(
    run: Run, desk: Path, bens_file: Path, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    second = json.loads(bens_file.read_text("utf-8"))["claims"][0]
    second["id"] = "urn:uuid:00000000-0000-4000-8000-0000000000fe"

    def both(document: dict[str, Any]) -> None:
        change(document)
        document["claims"].append(second)

    status, out, err = run("import", altered(bens_file, both))
    assert status == 1
    assert told in err
    assert "1 refused" in out
    assert second["id"] in {claim.id for claim in stored(desk)}


def test_hostile_words_are_cleaned_before_they_are_kept(
    run: Run, desk: Path, bens_file: Path
) -> None:
    def poison(document: dict[str, Any]) -> None:
        claim = document["claims"][0]
        claim["note"] = "a\x1b]52;c;x\x07\u202eb" + "n" * 10_000
        claim["tags"][0]["label"] = "hi\x1b[31m" + "x" * 10_000
        claim["provenance"]["creator"] = "be\u200bn\n"
        claim["target"]["address"] = "javascript:alert(1)"
        claim["target"]["title"] = "[bold]\x9b title"

    run("import", altered(bens_file, poison))
    (claim,) = stored(desk)
    kept = repr(claim)
    assert not {"\x1b", "\x9b", "\u202e", "\u200b"} & set("".join(eval_strings(claim)))
    assert claim.provenance.creator == "ben"
    assert claim.target.address == ""
    assert len(claim.marking.note) <= incoming.NOTE_LIMIT
    assert len(kept) < 10_000


def eval_strings(claim: Claim) -> list[str]:
    return [
        claim.marking.note,
        claim.target.title,
        claim.provenance.creator,
        *(tag.label for tag in claim.marking.tags),
        *(step.by for step in claim.history),
    ]


def test_members_that_are_new_or_missing_do_no_harm(run: Run, desk: Path, bens_file: Path) -> None:
    def loosen(document: dict[str, Any]) -> None:
        document["something"] = {"new": True}
        claim = document["claims"][0]
        claim["mood"] = "bright"
        for member in ("status", "polarity", "note", "history", "decides_on", "quantities"):
            del claim[member]
        for member in ("origin", "label", "mention"):
            del claim["tags"][0][member]
        del document["coverage"]

    assert run("import", altered(bens_file, loosen))[0] == 0
    (claim,) = stored(desk)
    assert claim.history[0].act == "import"
    assert claim.marking.tags[0].origin == "imported"
    assert claim.marking.tags[0].label == claim.marking.tags[0].code
    assert run("import", altered(bens_file, loosen))[1].count("1 known") == 1


async def test_a_place_that_lies_is_looked_for_by_its_words(
    run: Run, desk: Path, bens_file: Path
) -> None:
    from desks import open_desk

    run("import", altered(bens_file, _set("target", "selectors", 1, "start", value=3)))
    opened_desk = open_desk()
    (row, *_) = opened_desk.rows()
    opened = await opened_desk.open_article(row.feed, row.id)
    opened_desk.close()
    (claim,) = opened.others
    start = opened.article.version.text.index(RECRUITING)
    assert claim.marking.anchor.span == Span(start, start + len(RECRUITING))


def test_what_was_taken_in_is_told_to_programs(run: Run, desk: Path, bens_file: Path) -> None:
    status, out, _ = run("import", "--json", bens_file)
    told = json.loads(out)
    assert status == 0
    assert (told["new"], told["by"], told["file"]) == (1, ["ben"], str(bens_file))


# ---------------------------------------------------------------- anything at all

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(incoming.NotAnExport):
        incoming.read_export(content)


@given(st.data())
def test_a_claim_with_anything_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    claim = json.loads(A_CLAIM)
    at = claim
    key = data.draw(st.sampled_from(sorted(at)))
    while isinstance(at[key], dict) and at[key] and data.draw(st.booleans()):
        at = at[key]
        key = data.draw(st.sampled_from(sorted(at)))
    at[key] = data.draw(values)
    document = {"format": "wiredesk-export/1", "claims": [claim]}
    read = incoming.read_export(json.dumps(document).encode("utf-8", "replace"))
    assert len(read.claims) + len(read.refused) == 1
    for one in read.claims:
        assert 0 <= one.marking.anchor.span.start < one.marking.anchor.span.end
        assert one.provenance.creator
        assert one.history


A_CLAIM = """{
  "id": "urn:uuid:6f1c0a52-7b1e-4f0e-9a35-0d8f6c1f2b7e", "rev": 1,
  "target": {
    "article": 3421876540918273, "source": "Top News", "address": "https://example.org/foothold",
    "title": "A foothold", "published": "2026-01-02T09:30:00Z", "text_version": 1,
    "text_sha256": "51549e425e6fa312fe7ccce1e53371d5f0e5bdac1939b29156f681768c541057",
    "unit": "sentence", "anchor": {"state": "anchored", "score": 1.0},
    "selectors": [{"type": "TextQuoteSelector", "exact": "It will hire in Japan."},
                  {"type": "TextPositionSelector", "start": 19, "end": 41}]
  },
  "tags": [{"dimension": "signal", "code": "hiring", "label": "hiring", "origin": "suggested"}],
  "status": "reported", "polarity": null, "confidence": null, "event_date": null, "quantities": [],
  "note": "", "flag": false, "review": "accepted", "deleted": false, "decides_on": [],
  "provenance": {"creator": "ana", "created": "2026-01-02T12:00:00Z"},
  "history": [{"rev": 1, "at": "2026-01-02T12:00:00Z", "by": "ana", "act": "keep",
               "operation": "9b2d"}]
}"""
