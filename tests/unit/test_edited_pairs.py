"""Claims on articles that publishers edited: each finds its passage, asks, or says it is gone."""

from __future__ import annotations

import pytest
from edited_pairs import Case, cases

from store.model import Anchor, Span

CASES = list(cases())


def is_right(case: Case, found: Anchor) -> bool:
    if case.right is None:
        return found.state == "orphan"
    return found.state != "orphan" and _shared(found.span, case.right) >= 0.8


def _shared(one: Span, other: Span) -> float:
    """What two passages have in common, of all that they cover."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def test_there_are_enough_pairs_to_say_something() -> None:
    assert len({case.pair for case in CASES}) >= 40
    assert sum(case.right is None for case in CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.pair}: {case.quote[:20]}")
def test_nothing_is_said_to_stand_where_it_does_not(case: Case) -> None:
    found = case.found
    if found.state in ("anchored", "moved"):
        assert found.span == case.right
        assert case.new[found.span.start : found.span.end] == case.quote
    elif found.state == "fuzzy":
        assert found.exact == case.quote  # for a person to compare with the words there now


def test_most_claims_are_found_and_hardly_any_is_put_in_a_wrong_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [(case, case.found) for case in CASES]
    fuzzy = [(case, anchor) for case, anchor in found if anchor.state == "fuzzy"]
    edited = [
        (case, anchor)
        for case, anchor in found
        if case.right is not None and anchor.state not in ("anchored", "moved")
    ]
    right = sum(is_right(case, anchor) for case, anchor in fuzzy)
    lost = [case for case, anchor in edited if anchor.state == "orphan"]
    wrong = [case for case, anchor in fuzzy if not is_right(case, anchor)]
    exact = sum(anchor.state in ("anchored", "moved") for _, anchor in found)
    with capsys.disabled():
        print(
            f"\n{len(CASES)} claims on {len({case.pair for case in CASES})} edited articles:"
            f" {exact} with their words, {len(fuzzy)} to be confirmed"
            f" (precision {right / len(fuzzy):.2f}, recall {right / len(edited):.2f}),"
            f" {sum(anchor.state == 'orphan' for _, anchor in found)} lost, {len(lost)} of them"
            " although the passage is there"
        )
    assert right / len(fuzzy) >= 0.95, [f"{case.pair}: {case.quote}" for case in wrong]
    assert right / len(edited) >= 0.85, [f"{case.pair}: {case.quote}" for case in lost]
