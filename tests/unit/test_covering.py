"""That an article is done: said, said again, taken back."""

from __future__ import annotations

from datetime import timedelta

from builders import HIRING, NOON, a_claim, a_target
from msgspec.structs import replace

from store.claims.marking.covering import covered, outcome_of, standing_coverage, uncovered
from store.claims.marking.history import stacks
from store.model import Coverage, CoverageState, Step


def done(
    *before: Coverage,
    state: CoverageState = "coded",
    operation: str = "one",
    by: str = "ana",
    minutes: int = 0,
    version: int = 1,
) -> Coverage | None:
    return covered(
        before,
        target=replace(a_target(), version=version),
        state=state,
        by=by,
        at=NOON + timedelta(minutes=minutes),
        operation=operation,
        codebook_version="1",
        seconds=40,
    )


def surely(coverage: Coverage | None) -> Coverage:
    assert coverage is not None
    return coverage


def test_what_came_of_reading_is_told_by_the_annotators_own_claims() -> None:
    assert outcome_of([a_claim(HIRING)], "ana") == "coded"
    assert outcome_of([a_claim(review="draft")], "ana") == "coded"
    assert outcome_of([a_claim(HIRING)], "ben") == "nothing_found"
    assert outcome_of([a_claim(HIRING, deleted=True)], "ana") == "nothing_found"
    assert outcome_of([a_claim(HIRING, review="rejected")], "ana") == "nothing_found"


def test_the_first_time_makes_a_record_with_one_step() -> None:
    one = surely(done(state="nothing_found"))
    assert (one.state, one.annotator, one.version, one.seconds) == ("nothing_found", "ana", 1, 40)
    assert [(step.act, step.before) for step in one.history] == [("cover", None)]


def test_the_same_again_is_no_step_and_another_outcome_is_one() -> None:
    one = surely(done(state="nothing_found"))
    assert done(one, state="nothing_found", operation="two") is None
    other = surely(done(one, state="coded", operation="two", minutes=1))
    assert [step.before for step in other.history] == [None, "nothing_found"]
    assert other.seconds == 80


def test_each_annotator_and_each_text_has_a_record_of_its_own() -> None:
    one = surely(done())
    assert len(surely(done(one, by="ben")).history) == 1
    assert len(surely(done(one, version=2)).history) == 1
    assert standing_coverage([one], "ana", 2) is None
    assert standing_coverage([one], "ben", 1) is None
    assert standing_coverage([one], "ana", 1) == one


def test_taking_back_puts_back_what_stood_before() -> None:
    one = surely(done(state="nothing_found"))
    two = surely(done(one, operation="two", minutes=1))
    at = NOON + timedelta(minutes=2)
    back = surely(uncovered([two], "two", act="undo", by="ana", at=at, new_operation="three"))
    assert back.state == "nothing_found"
    none = surely(uncovered([back], "one", act="undo", by="ana", at=at, new_operation="four"))
    assert none.state == "opened"
    assert standing_coverage([none], "ana", 1) is None
    again = surely(uncovered([none], "four", act="redo", by="ana", at=at, new_operation="five"))
    assert again.state == "nothing_found"
    assert uncovered([two], "unknown", act="undo", by="ana", at=at, new_operation="six") is None


def test_claims_and_coverage_share_a_stack_in_the_order_of_their_making() -> None:
    step = Step(rev=1, at=NOON, by="ana", act="keep", operation="claim")
    claim = a_claim(HIRING, history=(step,))
    one = surely(done(minutes=1))
    assert [operation.id for operation in stacks([claim], "ana", [one]).undo] == ["claim", "one"]
    assert stacks([claim], "ben", [one]).undo == ()
