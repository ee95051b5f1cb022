"""Several annotators on one desk: what counts as read, where they differ, what a decision does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest
from annotators import by_name, claimed, done_with, keep, stored
from builders import ANTHROPIC, AUSTRALIA, EXPANSION, FUNDING, HIRING, JAPAN, NOON
from desks import HIRING_PUSH, QUIET, fill
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.annotators.disagreements import Disagreement, marked_only, passages
from store.claims.codebook.file import own_codebook
from store.claims.marking.history import changed, stacks
from store.cli import main
from store.desk.adjudicating import Adjudicator, edited, nobody, taken
from store.desk.comparing import Comparison, compare
from store.desk.exporting import gather
from store.errors import DeskError
from store.model import NO_FEED, Claim, Sentence, Span, Tag
from store.settings import folders
from store.shelf.shelf import Shelf

RECRUITING = "The AI lab is recruiting for data centre roles in Australia and Japan."
FOOTHOLD = (
    "It gives the company a foothold in two markets that have made AI infrastructure a "
    "national priority."
)
RAISED = "Kumano Semiconductor raised $300 million from investors in Germany on Tuesday."
SENTENCES = 6
"""Of the article on hiring: its title and five more."""


@pytest.fixture
def desk() -> Path:
    fill(folders().desk, HIRING_PUSH, QUIET)
    return folders().desk


@pytest.fixture
def shelf(desk: Path) -> Iterator[Shelf]:
    with closing(Shelf.open(desk)) as opened:
        yield opened


def said(by: str, quote: str, *tags: Tag, **marking: object) -> Claim:
    return claimed(by, HIRING_PUSH, quote, *tags, **marking)


def compared(shelf: Shelf, *between: str) -> Comparison:
    return compare(shelf, own_codebook(), between)


def measured(found: Comparison, dimension: str) -> tuple[int, int, float | None]:
    one = next(one for one in found.measures if one.dimension == dimension)
    return one.units, one.marked, one.raw


# ---------------------------------------------------------------- what counts


def test_every_sentence_of_an_article_that_both_read_counts(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING), said("ben", RECRUITING, HIRING))
    keep(desk, said("ben", FOOTHOLD, EXPANSION))
    found = compared(shelf)
    assert found.articles == 1
    assert measured(found, "marked") == (SENTENCES, 1, pytest.approx(5 / 6))
    assert measured(found, "signal") == (SENTENCES, 1, pytest.approx(5 / 6))
    assert [one.differs for one in found.disagreements] == [("marked",)]


def test_an_article_that_only_one_read_does_not_count(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING))
    done_with(desk, "ben", QUIET)
    assert compared(shelf).articles == 0


def test_who_read_an_article_and_found_nothing_says_so_of_every_sentence(
    desk: Path, shelf: Shelf
) -> None:
    keep(desk, said("ana", RECRUITING, HIRING))
    done_with(desk, "ben", HIRING_PUSH)
    found = compared(shelf)
    assert measured(found, "marked") == (SENTENCES, 0, pytest.approx(5 / 6))
    assert [one.name for one in found.annotators] == ["ana", "ben"]


def test_an_article_that_is_not_done_any_more_does_not_count(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING))
    done_with(desk, "ben", HIRING_PUSH, "opened")
    assert compared(shelf).articles == 0


def test_drafts_rejections_and_what_was_removed_are_no_judgements(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING), said("ben", RECRUITING, HIRING, review="draft"))
    keep(desk, said("ben", FOOTHOLD, EXPANSION, review="rejected"))
    keep(desk, said("ana", FOOTHOLD, FUNDING, deleted=True))
    found = compared(shelf)
    assert [one.passage.span.start for one in found.disagreements] == [
        said("ana", RECRUITING).marking.anchor.span.start
    ]


def test_what_differs_is_named(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING, ANTHROPIC, AUSTRALIA, JAPAN))
    keep(desk, said("ben", RECRUITING[:-1], EXPANSION, ANTHROPIC, JAPAN, status="planned"))
    (one,) = compared(shelf).disagreements
    assert one.differs == ("signal", "region", "status", "edges")
    assert one.words.text == RECRUITING
    assert one.words.before == HIRING_PUSH[0]
    assert one.words.after == FOOTHOLD


def test_two_of_three_can_be_compared(desk: Path, shelf: Shelf) -> None:
    keep(desk, *(said(name, RECRUITING, HIRING) for name in ("ana", "ben", "cleo")))
    assert compared(shelf, "ana", "cleo").chosen == ("ana", "cleo")


def test_a_name_that_nobody_has_is_told_with_those_there_are(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING))
    with pytest.raises(DeskError, match="Nobody called dora claimed anything here; there are ana"):
        compared(shelf, "ana", "dora")


def test_an_empty_desk_has_nobody(shelf: Shelf) -> None:
    found = compared(shelf)
    assert (found.annotators, found.articles, found.disagreements) == ((), 0, ())


def test_where_the_text_is_not_here_only_what_was_marked_is_compared(tmp_path: Path) -> None:
    fill(tmp_path, QUIET)
    keep(tmp_path, *(replace_feed(said(name, RECRUITING, HIRING)) for name in ("ana", "ben")))
    keep(tmp_path, replace_feed(said("ben", FOOTHOLD, EXPANSION)))
    with closing(Shelf.open(tmp_path)) as shelf:
        found = compared(shelf)
        assert (found.articles, found.without_text) == (1, 1)
        assert measured(found, "marked") == (2, 1, 0.5)
        (one,) = found.disagreements
        assert (one.feed, one.words.text) == (NO_FEED, FOOTHOLD)
        after = judge(shelf).decide(one, nobody(one.passage.claims[0]))
        assert after.decisions


def replace_feed(claim: Claim) -> Claim:
    return replace(claim, target=replace(claim.target, feed=NO_FEED))


def test_claims_that_came_before_their_article_find_its_text(tmp_path: Path) -> None:
    fill(tmp_path, HIRING_PUSH)
    keep(tmp_path, replace_feed(said("ben", RECRUITING, HIRING)), said("ana", RECRUITING, HIRING))
    with closing(Shelf.open(tmp_path)) as shelf:
        found = compared(shelf)
        assert (found.articles, found.without_text, found.disagreements) == (1, 0, ())


def test_the_text_that_claims_were_made_on_is_enough_when_the_article_is_lost(
    desk: Path, shelf: Shelf
) -> None:
    keep(desk, *(said(name, RECRUITING, HIRING) for name in ("ana", "ben")))
    article = shelf.article(said("ana", RECRUITING).target.article, 1)
    assert article is not None
    shelf.snapshot(article)
    for kind in ("bodies", "heads"):
        for file in (desk / kind).glob("*.json*"):
            file.unlink()
    with closing(Shelf.open(desk)) as again:
        assert compared(again).without_text == 0


def test_the_progress_is_told_and_can_be_stopped(desk: Path, shelf: Shelf) -> None:
    keep(desk, *(said(name, RECRUITING, HIRING) for name in ("ana", "ben")))
    told: list[tuple[int, int]] = []
    compare(shelf, own_codebook(), (), lambda *step: told.append(step))
    assert told == [(0, 1), (1, 1)]


@given(
    st.lists(
        st.tuples(st.sampled_from(("ana", "ben")), st.sampled_from((RECRUITING, FOOTHOLD, RAISED))),
        max_size=6,
    )
)
def test_each_claim_is_in_exactly_one_passage(made: list[tuple[str, str]]) -> None:
    claims = [said(name, quote, HIRING) for name, quote in dict.fromkeys(made)]
    ends = sorted({claim.marking.anchor.span.end for claim in claims} | {1_000})
    edges = [0, *ends]
    sentences = [Sentence(Span(start, end), block=0) for start, end in pairwise(edges)]
    for found in (
        passages(sentences, claims, ["ana", "ben"]),
        marked_only(claims, ["ana", "ben"]),
    ):
        in_them = [claim.id for passage in found for claim in passage.claims]
        assert sorted(in_them) == sorted(claim.id for claim in claims)


# ---------------------------------------------------------------- decisions


def judge(shelf: Shelf, name: str = "dora") -> Adjudicator:
    minutes = count()
    return Adjudicator(
        shelf, own_codebook(), name, lambda: NOON + timedelta(days=1, minutes=next(minutes))
    )


@pytest.fixture
def differing(desk: Path, shelf: Shelf) -> Disagreement:
    keep(desk, said("ana", RECRUITING, HIRING), said("ben", RECRUITING, EXPANSION, JAPAN))
    (one,) = compared(shelf).disagreements
    return one


def exported(shelf: Shelf, *include: str) -> list[tuple[str, str | None]]:
    made = gather(shelf, own_codebook(), generated=NOON, include=include)  # type: ignore[arg-type]
    return [(claim.provenance.creator, claim.adjudicated_by) for claim in made.claims]


def test_taking_somebodys_version_adds_a_claim_and_leaves_theirs(
    shelf: Shelf, differing: Disagreement, desk: Path
) -> None:
    before = stored(desk)
    after = judge(shelf).decide(differing, taken(differing.passage.versions[1].claims))
    claims = by_name(stored(desk))
    (decision,) = claims["dora"]
    assert [*claims["ana"], *claims["ben"]] == before
    assert decision.marking.review == "adjudicated"
    assert {tag.code for tag in decision.marking.tags} == {"expansion", "JP"}
    assert set(decision.marking.decides_on) == {claim.id for claim in before}
    assert decision.history[0].act == "adjudicate"
    assert after.decisions == (decision,)


def test_an_export_has_the_decision_in_place_of_what_it_decides_on(
    shelf: Shelf, differing: Disagreement, desk: Path
) -> None:
    assert exported(shelf) == [("ana", None), ("ben", None)]
    judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    assert exported(shelf) == [("dora", None)]
    decision = by_name(stored(desk))["dora"][0].id
    assert sorted(exported(shelf, "adjudicated"), key=str) == [
        ("ana", decision),
        ("ben", decision),
        ("dora", None),
    ]


def test_when_nobody_is_right_nothing_is_exported(shelf: Shelf, differing: Disagreement) -> None:
    judge(shelf).decide(differing, nobody(differing.passage.claims[0]))
    assert exported(shelf) == []
    assert compared(shelf).disagreements[0].decisions


def test_a_decision_counts_in_no_number(shelf: Shelf, differing: Disagreement) -> None:
    before = compared(shelf)
    judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    after = compared(shelf)
    assert after.measures == before.measures
    assert [one.name for one in after.annotators] == ["ana", "ben"]
    assert after.disagreements[0].decisions


def test_values_of_ones_own_are_checked(shelf: Shelf, differing: Disagreement) -> None:
    claim = differing.passage.claims[0]
    judge(shelf).decide(differing, edited(claim, (FUNDING, JAPAN)))
    with pytest.raises(DeskError, match="“nonsense”"):
        judge(shelf).decide(
            differing, edited(claim, (Tag(dimension="signal", code="nonsense", label="x"),))
        )


def test_deciding_anew_replaces_ones_own_decision(
    shelf: Shelf, differing: Disagreement, desk: Path
) -> None:
    first = judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    second = judge(shelf).decide(first, taken(differing.passage.versions[1].claims))
    standing = [one for one in by_name(stored(desk))["dora"] if not one.marking.deleted]
    assert tuple(standing) == second.decisions
    assert exported(shelf) == [("dora", None)]


def test_a_second_adjudicator_decides_over_the_first(shelf: Shelf, differing: Disagreement) -> None:
    first = judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    later = Adjudicator(shelf, own_codebook(), "emil", lambda: NOON + timedelta(days=9))
    second = later.decide(first, taken(differing.passage.versions[1].claims))
    assert exported(shelf) == [("emil", None)]
    assert compared(shelf).disagreements[0].decisions == second.decisions


def test_a_decision_of_several_claims_stands_and_falls_as_one(desk: Path, shelf: Shelf) -> None:
    keep(desk, said("ana", RECRUITING, HIRING), said("ana", RECRUITING[:40], EXPANSION))
    keep(desk, said("ben", RECRUITING, FUNDING))
    (one,) = compared(shelf).disagreements
    judge(shelf).decide(one, taken(one.passage.versions[0].claims))
    assert exported(shelf) == [("dora", None)] * 2
    (again,) = compared(shelf).disagreements
    assert len(again.decisions) == 2
    judge(shelf).take_back()
    assert exported(shelf) == [("ana", None)] * 2 + [("ben", None)]


def test_a_decision_is_taken_back_also_after_a_restart(
    desk: Path, shelf: Shelf, differing: Disagreement
) -> None:
    judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    with closing(Shelf.open(desk)) as again:
        assert judge(again).take_back()
        assert exported(again) == [("ana", None), ("ben", None)]
        assert judge(again).take_back() == ()
    assert compared(shelf).disagreements[0].decisions == ()


def test_nobody_takes_back_what_somebody_else_decided(
    shelf: Shelf, differing: Disagreement
) -> None:
    judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    assert judge(shelf, "ana").take_back() == ()


def test_a_new_claim_opens_a_decided_sentence_again(
    desk: Path, shelf: Shelf, differing: Disagreement
) -> None:
    judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    keep(desk, said("cleo", RECRUITING, FUNDING))
    assert compared(shelf).disagreements[0].decisions == ()


def test_what_was_changed_meanwhile_is_not_decided_on(
    desk: Path, shelf: Shelf, differing: Disagreement
) -> None:
    claim = differing.passage.claims[0]
    keep(
        desk,
        changed(claim, claim.marking, act="retag", by="ana", at=NOON, operation="meanwhile"),
    )
    with pytest.raises(DeskError, match="changed meanwhile"):
        judge(shelf).decide(differing, taken(differing.passage.versions[1].claims))


def test_the_undo_of_an_article_knows_a_decision(
    shelf: Shelf, differing: Disagreement, desk: Path
) -> None:
    judge(shelf).decide(differing, taken(differing.passage.versions[0].claims))
    assert [one.act for one in stacks(stored(desk), "dora").undo] == ["adjudicate"]


# ---------------------------------------------------------------- the command

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_command_prints_the_numbers(run: Run, desk: Path) -> None:
    keep(desk, said("ana", RECRUITING, HIRING), said("ben", RECRUITING, EXPANSION))
    status, out, err = run("agreement")
    assert (status, err) == (0, "")
    assert "compared    ana, ben on 1 article\n" in out
    assert "differ      1 passages, 1 of them open" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_command_tells_programs_the_same(run: Run, desk: Path) -> None:
    keep(desk, *(said(name, RECRUITING, HIRING) for name in ("ana", "ben", "cleo")))
    keep(desk, said("ben", FOOTHOLD, EXPANSION))
    status, out, _ = run("agreement", "--between", "ana", "--between", "ben", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["compared"] == ["ana", "ben"]
    assert [one["dimension"] for one in told["measures"]][:2] == ["marked", "signal"]
    assert told["disagreements"][0]["text"] == FOOTHOLD
    assert told["disagreements"][0]["claims"]["ana"] == []


@pytest.mark.parametrize(
    ("claims", "told"),
    [((), "Two are needed"), ((said("ana", RECRUITING, HIRING),), "Two are needed")],
)
def test_the_command_says_what_is_missing(
    run: Run, desk: Path, claims: tuple[Claim, ...], told: str
) -> None:
    keep(desk, *claims)
    assert told in run("agreement")[1]


def test_the_command_says_when_nothing_was_read_by_both(run: Run, desk: Path) -> None:
    keep(desk, said("ana", RECRUITING, HIRING))
    done_with(desk, "ben", QUIET)
    assert "They have read no article in common." in run("agreement")[1]


def test_the_command_knows_no_strangers(run: Run, desk: Path) -> None:
    keep(desk, said("ana", RECRUITING, HIRING))
    status, _, err = run("agreement", "--between", "nobody", "--between", "ana")
    assert status == 1
    assert "Nobody called nobody" in err
