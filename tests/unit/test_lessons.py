"""Which claims of an article stand up for a value that another one refused."""

from __future__ import annotations

from builders import EXPANSION, HIRING, a_claim
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.learning.lessons import lessons_of
from store.model import Claim, Span

SPANS = st.builds(lambda at, length: Span(at, at + length), st.integers(0, 30), st.integers(1, 12))


def refusing(span: Span) -> Claim:
    claim = a_claim(HIRING, id="urn:uuid:refusing", span=span)
    return replace(claim, marking=replace(claim.marking, declined=(EXPANSION,)))


@given(SPANS, st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=3))
def test_a_refused_value_is_not_wrong_where_a_claim_that_shares_a_character_holds_it(
    span: Span, holding: list[Span], rejected: list[Span]
) -> None:
    held = [a_claim(EXPANSION, span=one) for one in holding]
    crossed_out = [a_claim(EXPANSION, span=one, review="rejected") for one in rejected]
    lessons = lessons_of([*held, refusing(span), *crossed_out])
    (taught,) = (one for one in lessons if one.id == "urn:uuid:refusing")
    assert (taught.no == ()) is any(one.overlaps(span) for one in holding)
