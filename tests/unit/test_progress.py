"""How the work goes, read off the steps."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta

import pytest
from builders import ANTHROPIC, HIRING, NOON, a_claim
from desks import HIRING_PUSH, QUIET, fill, open_desk
from msgspec.structs import replace

from store.claims.marking.focus import focus_on
from store.claims.marking.tagging import enter
from store.desk.progress import Progress, Stopwatch, progress_of
from store.model import Act, Claim, Coverage, CoverageStep, Marking, Step, Tag
from store.settings import folders
from tui.prompts import progress_told, seconds
from tui.screens.progress import table

SUGGESTED = replace(HIRING, origin="suggested")


def at(seconds_later: float) -> datetime:
    return NOON + timedelta(seconds=seconds_later)


def step(act: Act, when: float, *, before: Marking | None = None, by: str = "ana") -> Step:
    return Step(rev=1, at=at(when), by=by, act=act, operation=f"{act}{when}", before=before)


def said(
    *tags: Tag,
    when: float = 0,
    n: int = 1,
    act: Act = "keep",
    operation: str = "",
    article: int = 1,
    by: str = "ana",
) -> Claim:
    claim = a_claim(*tags, id=f"urn:uuid:{n}", history=(step(act, when, by=by),))
    if operation:
        claim = replace(claim, history=(replace(claim.history[0], operation=operation),))
    provenance = replace(claim.provenance, creator=by)
    return replace(claim, provenance=provenance, target=replace(claim.target, article=article))


def counted(*claims: Claim, since: datetime | None = None, by: str = "ana") -> Progress:
    return progress_of(claims, (), by=by, since=since)


def done(state: str = "nothing_found", when: float = 0, article: int = 9) -> Coverage:
    history = (CoverageStep(rev=1, at=at(when), by="ana", act="cover", operation=f"0{when}"),)
    return Coverage(
        article=article,
        feed=1,
        version=1,
        annotator="ana",
        state=state,  # type: ignore[arg-type] - the tests pass literals
        codebook_version="1",
        at=at(when),
        history=history,
    )


def test_nothing_done_counts_nothing() -> None:
    assert counted() == Progress()
    assert counted().accept_rate is None
    assert progress_told(counted()) == ""


def test_claims_are_counted_once_and_articles_too() -> None:
    one = counted(said(HIRING), said(HIRING, n=2, when=9), said(HIRING, n=3, when=20, article=2))
    assert (one.claims, one.articles) == (3, 2)


def test_seconds_a_claim_are_the_median_and_pauses_do_not_count() -> None:
    times = (0, 10, 30, 70, 2000)
    one = counted(*(said(HIRING, n=n, when=when) for n, when in enumerate(times)))
    assert one.seconds_a_claim == 20  # of 10, 20 and 40; the break of half an hour is none


def test_a_key_that_makes_several_claims_shares_its_time() -> None:
    alike = [said(HIRING, n=n, when=40, operation="alike") for n in (2, 3, 4, 5)]
    assert counted(said(HIRING), *alike).seconds_a_claim == 10


def test_being_done_with_an_article_ends_the_time_before_the_next_claim() -> None:
    one = progress_of(
        [said(HIRING), said(HIRING, n=2, when=60)], [done(when=50)], by="ana", since=None
    )
    assert one.seconds_a_claim == 10
    assert (one.articles, one.nothing_found) == (2, 1)


def test_what_was_undone_or_removed_does_not_count() -> None:
    gone = replace(said(HIRING), marking=replace(said(HIRING).marking, deleted=True))
    assert counted(gone).claims == 0
    assert progress_of([], [done("opened")], by="ana").nothing_found == 0


def test_a_draft_counts_when_it_becomes_a_claim() -> None:
    draft = a_claim(ANTHROPIC, review="draft").marking
    history = (step("keep", 0), step("retag", 30, before=draft))
    claim = replace(said(HIRING, ANTHROPIC), history=history)
    assert counted(claim).claims == 1
    assert counted(claim, since=at(10)).claims == 1
    assert counted(replace(claim, marking=draft, history=history[:1])).claims == 0


def test_what_others_did_or_brought_in_a_file_is_not_ones_own_work() -> None:
    assert counted(said(HIRING, by="ben")).claims == 0
    assert counted(said(HIRING, by="ben"), by="ben").claims == 1
    assert counted(said(HIRING, act="import")).claims == 0


def test_what_was_before_the_stretch_of_time_does_not_count() -> None:
    old, new = said(HIRING), said(HIRING, n=2, when=3600)
    assert counted(old, new, since=at(1800)).claims == 1


def test_the_accept_rate_counts_kept_changed_and_rejected_suggestions() -> None:
    kept = said(SUGGESTED)
    changed = said(Tag(dimension="signal", code="funding", label="funding"), n=2)
    changed = replace(changed, marking=replace(changed.marking, declined=(SUGGESTED,)))
    rejected = said(SUGGESTED, n=3, act="reject")
    rejected = replace(rejected, marking=replace(rejected.marking, review="rejected"))
    by_hand = said(HIRING, n=4)
    one = counted(kept, changed, rejected, by_hand)
    assert (one.accepted, one.changed, one.rejected) == (1, 1, 1)
    assert one.accept_rate == pytest.approx(1 / 3)


def test_a_stopwatch_leaves_long_pauses_out() -> None:
    now = [0.0]
    watch = Stopwatch(lambda: now[0])
    for moment in (10.0, 40.0, 900.0, 905.4):
        now[0] = moment
        watch.touch()
    assert watch.seconds == 45
    watch.restart()
    assert watch.seconds == 0


def test_it_is_told_in_few_words() -> None:
    assert progress_told(Progress(claims=1, articles=1)) == "1 claim"
    one = Progress(claims=7, articles=3, seconds_a_claim=13.7)
    assert progress_told(one) == "7 claims in 3 articles · 14 s each"
    assert [seconds(spent) for spent in (0.42, 9.94, 99, 150)] == [
        "0.4 s",
        "9.9 s",
        "99 s",
        "2 min",
    ]
    shown = table([Progress(), Progress(claims=7, accepted=3, rejected=1, seconds_a_claim=2.0)])
    assert "75%" in shown
    assert "2.0 s" in shown


async def test_the_desk_counts_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)
    with closing(open_desk()) as desk:
        before = desk.now()
        rows = list(desk.rows())
        opened = await desk.open_article(rows[0].feed, rows[0].id)
        focus = focus_on(opened.sentences[1], opened.suggestions[1], opened.claims)
        write = enter(focus).write
        assert write is not None
        opened = await desk.keep(opened, write)
        await desk.cover(opened, 7)
        quiet = await desk.open_article(rows[1].feed, rows[1].id)
        await desk.cover(quiet, 3)
        later = desk.now() + timedelta(seconds=1)
        session, ever, none = await desk.progress(before, None, later)
    assert session == ever
    assert (ever.claims, ever.articles, ever.nothing_found, ever.accepted) == (1, 2, 1, 1)
    assert none == Progress()
