"""One change for many claims: what it makes of them, what is told before, and one way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import ANTHROPIC, AUSTRALIA, EXPANSION, FUNDING, HIRING, JAPAN, a_claim
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shelf_cases import SmallDesk, article_write, claim, keep_claims, opened, small_desk, take_in

from store.claims.codebook.file import own_codebook
from store.claims.table.bulk import Change, applied, leaves, preview
from store.claims.table.rows import ClaimRow, ReadClaim, RowMaker
from store.desk.bulk import Bulk
from store.errors import DeskError
from store.model import Claim, Tag

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TO_EXPANSION = Change(what="set", tag=EXPANSION)


class Clock:
    """Each look is a second later."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    """Three claims on each of two feeds' articles, beside the two that are there."""
    small = small_desk(tmp_path / "desk")
    other = small.shelf.add_feed("https://other.example/feed.xml")
    writes = [article_write(other, "o1")]
    take_in(small.shelf, *writes)
    for place, write in enumerate((*small.writes[1:], *writes)):
        article = opened(small.shelf, write)
        keep_claims(small.shelf, article, *(claim(article, 10 * place + n) for n in range(3, 6)))
    return small


def bulk_of(desk: SmallDesk, who: str = "ana") -> Bulk:
    return Bulk(desk.shelf, own_codebook(), who, Clock())


def rows_of(desk: SmallDesk) -> list[ClaimRow]:
    maker, files = RowMaker(), desk.shelf.claim_segments
    return [
        maker.row_of(one, name) for name in files.states() for one in files.read(name, ReadClaim)
    ]


def do(bulk: Bulk, change: Change, rows: list[ClaimRow]) -> list[Claim]:
    return [one for step in bulk.carry_out(bulk.begin(change, rows)) for one in step]


def back(bulk: Bulk, act: str = "undo") -> int:
    found = bulk.last(act)  # type: ignore[arg-type]
    if found is None:
        return 0
    return sum(len(step) for step in bulk.carry_out(found[1]))


def signals(desk: SmallDesk) -> set[tuple[str, ...]]:
    return {tuple(row.codes("signal")) for row in rows_of(desk)}


changes = st.one_of(
    st.builds(
        Change,
        what=st.sampled_from(("set", "add", "drop")),
        tag=st.sampled_from((HIRING, EXPANSION, ANTHROPIC, JAPAN)),
    ),
    st.builds(Change, what=st.just("status"), status=st.sampled_from(("reported", "planned"))),
    st.builds(Change, what=st.just("polarity"), polarity=st.sampled_from((None, "negative"))),
    st.builds(Change, what=st.just("confidence"), by=st.sampled_from((1, -1))),
    st.builds(Change, what=st.just("note"), note=st.sampled_from(("", "ask"))),
    st.builds(Change, what=st.just("flag"), on=st.booleans()),
    st.builds(Change, what=st.sampled_from(("remove", "restore"))),
)
tags = st.lists(st.sampled_from((HIRING, EXPANSION, FUNDING, ANTHROPIC, JAPAN)), unique=True)


@given(changes, tags, st.booleans(), st.sampled_from((None, 33, 66, 100)), st.booleans())
def test_what_is_told_of_a_change_is_what_it_does(
    change: Change, said: list[Tag], deleted: bool, confidence: int | None, flag: bool
) -> None:
    made = a_claim(*said, deleted=deleted)
    made = replace(made, marking=replace(made.marking, confidence=confidence, flag=flag))
    stays = {tag.key for tag in applied(change, made.marking).tags} == {tag.key for tag in said}
    unchanged = applied(change, made.marking) == made.marking
    assert leaves(change, RowMaker().row_of(made)) == unchanged
    assert stays or not unchanged


def test_a_signal_makes_a_claim_of_a_draft_and_without_its_last_one_it_is_a_draft_again() -> None:
    draft = a_claim(JAPAN, review="draft").marking
    made = applied(Change(what="add", tag=HIRING), draft)
    assert made.review == "accepted"
    assert applied(Change(what="drop", tag=HIRING), made).review == "draft"


def test_a_value_that_is_there_keeps_its_origin() -> None:
    suggested = replace(HIRING, origin="suggested", basis="implied")
    made = applied(Change(what="set", tag=HIRING), a_claim(suggested, EXPANSION).marking)
    assert [(tag.origin, tag.basis) for tag in made.tags] == [("suggested", "explicit")]


def test_a_preview_counts_what_changes_what_is_so_already_and_what_is_not_mine() -> None:
    maker = RowMaker()
    theirs = a_claim(HIRING)
    theirs = replace(theirs, provenance=replace(theirs.provenance, creator="ben"))
    rows = [maker.row_of(one) for one in (a_claim(HIRING), a_claim(EXPANSION), theirs)]
    told = preview(TO_EXPANSION, rows, annotator="ana")
    assert told.sentence == (
        "1 claim: signal hiring → expansion; 1 already so; 1 of another annotator is left alone"
    )
    assert [row.id for row in told.rows] == [rows[0].id]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(what="add", tag=AUSTRALIA), "region Australia added"),
        (Change(what="drop", tag=HIRING), "signal hiring taken off"),
        (Change(what="status", status="under_way"), "status under way"),
        (Change(what="polarity", polarity="negative"), "polarity negative"),
        (Change(what="polarity"), "polarity not said"),
        (Change(what="confidence", by=-1), "confidence one step down"),
        (Change(what="note", note="ask"), "note “ask”"),
        (Change(what="note"), "note taken off"),
        (Change(what="flag", on=True), "flagged"),
        (Change(what="flag"), "flag taken off"),
        (Change(what="remove"), "removed"),
        (Change(what="restore"), "brought back"),
        (TO_EXPANSION, "signal hiring → expansion"),
    ],
)
def test_a_change_is_told_in_words(change: Change, words: str) -> None:
    rows = [RowMaker().row_of(a_claim(HIRING))]
    assert words in preview(change, rows, annotator="ben").sentence or words.startswith("signal")
    assert preview(change, [*rows], annotator="nobody").others == 1
    flagged = replace(rows[0], flag=not change.on, note="x" if not change.note else "")
    low = replace(flagged, polarity=None if change.polarity else "neutral", confidence=66)
    state = replace(low, state="removed" if change.what == "restore" else "accepted")
    assert preview(change, [state], annotator="ana").told == words


def test_many_claims_change_in_one_operation_and_one_step_takes_it_back(desk: SmallDesk) -> None:
    bulk, rows = bulk_of(desk), rows_of(desk)
    changed = do(bulk, TO_EXPANSION, rows)
    assert len(changed) == len(rows) > 6
    assert len({one.history[-1].operation for one in changed}) == 1
    assert signals(desk) == {("expansion",)}
    assert back(bulk) == len(rows)
    assert signals(desk) == {("hiring",)}
    assert back(bulk, "redo") == len(rows)
    assert signals(desk) == {("expansion",)}
    assert desk.shelf.intents.open() == ()


def test_steps_are_taken_back_one_by_one_wherever_they_were_made(desk: SmallDesk) -> None:
    bulk, rows = bulk_of(desk), rows_of(desk)
    do(bulk, Change(what="flag", on=True), rows[:1])
    do(bulk, Change(what="note", note="ask"), rows[-1:])
    assert [back(bulk), back(bulk)] == [1, 1]
    assert not any(row.flag or row.note for row in rows_of(desk))
    assert [back(bulk, "redo"), back(bulk, "redo")] == [1, 1]
    assert back(bulk, "redo") == 0
    assert sum(row.flag for row in rows_of(desk)) == 1


def test_what_somebody_else_did_is_not_taken_back(desk: SmallDesk) -> None:
    do(bulk_of(desk), TO_EXPANSION, rows_of(desk))
    assert bulk_of(desk, "ben").last("undo") is None


def test_claims_of_somebody_else_never_change_whatever_was_asked_for(desk: SmallDesk) -> None:
    before = rows_of(desk)
    assert do(bulk_of(desk, "ben"), TO_EXPANSION, before) == []
    assert do(bulk_of(desk, "ben"), Change(what="remove"), before[:1]) == []
    assert rows_of(desk) == before
    assert desk.shelf.intents.open() == ()


def test_a_claim_that_moved_on_meanwhile_is_left_alone(desk: SmallDesk) -> None:
    bulk, rows = bulk_of(desk), rows_of(desk)
    intent = bulk.begin(TO_EXPANSION, rows)
    do(bulk_of(desk), Change(what="set", tag=FUNDING), rows[:1])
    changed = [one for step in bulk.carry_out(intent) for one in step]
    assert len(changed) == len(rows) - 1
    assert signals(desk) == {("expansion",), ("funding",)}


def test_a_change_that_was_interrupted_is_finished_by_who_comes_next(desk: SmallDesk) -> None:
    bulk, rows = bulk_of(desk), rows_of(desk)
    steps = bulk.carry_out(bulk.begin(TO_EXPANSION, rows))
    assert len(next(steps)) < len(rows)
    assert len(desk.shelf.intents.open()) == 1
    after = Bulk(desk.shelf, own_codebook(), "ben", Clock())
    assert after.finish_interrupted() == 1
    assert signals(desk) == {("expansion",)}
    assert after.finish_interrupted() == 0
    assert back(bulk_of(desk)) == len(rows)


def test_one_claim_needs_no_log(desk: SmallDesk) -> None:
    bulk_of(desk).begin(TO_EXPANSION, rows_of(desk)[:1])
    assert desk.shelf.intents.open() == ()


def test_a_value_that_the_codebook_does_not_know_is_refused(desk: SmallDesk) -> None:
    unknown = Tag(dimension="signal", code="gossip", label="gossip")
    with pytest.raises(DeskError, match="no Signal “gossip”"):
        bulk_of(desk).begin(Change(what="set", tag=unknown), rows_of(desk))


def test_nothing_to_take_back_is_none(tmp_path: Path) -> None:
    assert bulk_of(small_desk(tmp_path / "empty")).last("redo") is None
