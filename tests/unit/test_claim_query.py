"""The filter of claims finds what it says, by every name that a thing has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import ANTHROPIC, AUSTRALIA, EXPANSION, HIRING, JAPAN, NOON, a_claim
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.codebook.file import own_codebook
from store.claims.table.query import SETTLED, claim_filter
from store.claims.table.rows import ClaimRow, RowMaker
from store.claims.table.vocabulary import Vocabulary
from store.model import Company, EventDate, Quantity, Span, Tag
from store.query import QueryError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXAS = Tag(dimension="region", code="US-TX", label="Texas")
OLD_NAME = Tag(dimension="company", code="org:oldco", label="OldCo")
COMPANIES = {
    "org:anthropic": Company(id="org:anthropic", name="Anthropic", aliases=("Claude maker",)),
    "org:oldco": Company(id="org:oldco", name="OldCo", merged_into="org:newco"),
    "org:newco": Company(id="org:newco", name="NewCo"),
}
_maker = RowMaker()


def row(*tags: Tag, name: str = "r", **changes: Any) -> ClaimRow:
    claim = a_claim(*tags, id=name, span=Span(0, 3))
    about_target = {k: changes.pop(k) for k in ("source", "title", "published") if k in changes}
    about_anchor = {k: changes.pop(k) for k in ("exact", "state") if k in changes}
    by = changes.pop("by", "ana")
    created = changes.pop("created", NOON)
    anchor = replace(claim.marking.anchor, **about_anchor)
    return _maker.row_of(
        replace(
            claim,
            target=replace(claim.target, **about_target),
            marking=replace(claim.marking, anchor=anchor, **changes),
            provenance=replace(claim.provenance, creator=by, created=created),
        )
    )


ROWS = [
    row(HIRING, ANTHROPIC, AUSTRALIA, name="hiring", exact="Anthropic is hiring in Sydney."),
    row(EXPANSION, JAPAN, name="expansion", exact="A second fab.", by="ben", flag=True),
    row(HIRING, OLD_NAME, TEXAS, name="merged", exact="It is said in Austin.", note="ask ben"),
    row(JAPAN, name="draft", review="draft", state="moved", source="Deals"),
    row(HIRING, name="rejected", review="rejected", state="orphan"),
    row(EXPANSION, name="removed", deleted=True, state="orphan"),
    row(
        *(HIRING, JAPAN),
        name="old",
        review="adjudicated",
        published=NOW - timedelta(days=40),
        created=NOW - timedelta(days=39),
        status="under_way",
        polarity="negative",
        confidence=66,
        event_date=EventDate(value="2027", precision="year"),
        quantities=(Quantity(value=3, unit="jobs"),),
        title="Künftige Größe",
    ),
]
VOCABULARY = Vocabulary(own_codebook(), COMPANIES, ROWS, annotator="ana")


def found(query: str, **options: Any) -> list[str]:
    chosen = claim_filter(query, VOCABULARY, now=NOW, **options)
    listed = [one.id for one in chosen.of(ROWS)]
    assert listed == [one.id for one in ROWS if chosen(one)]
    return listed


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "hiring expansion merged draft old"),
        ("signal:hiring", "hiring merged old"),
        ("signal:HIRING", "hiring merged old"),
        ("signal:hir", "hiring merged old"),
        ("signal:hiring,expansion -signal:hiring", "expansion"),
        ("signal:none", "draft"),
        ("signal:any", "hiring expansion merged old"),
        ("region:APAC", "hiring expansion draft old"),
        ("region:US", "merged"),
        ("region:japan", "expansion draft old"),
        ("region:Texas", "merged"),
        ("company:anthropic", "hiring"),
        ('company:"claude maker"', "hiring"),
        ("company:newco", "merged"),
        ("company:oldco", "merged"),
        ("-company:any", "expansion draft old"),
        ("by:me", "hiring merged draft old"),
        ("by:ben", "expansion"),
        ("-by:ben", "hiring merged draft old"),
        ("is:flagged", "expansion"),
        ("is:moved", "draft"),
        ("is:orphan", ""),
        ("is:orphan review:any", "rejected removed"),
        ("review:removed", "removed"),
        ("review:draft", "draft"),
        ("review:draft,rejected", "draft rejected"),
        ("-review:draft", "hiring expansion merged old"),
        ("review:any -review:removed,rejected", "hiring expansion merged draft old"),
        ("review:any review:draft", "draft"),
        ("has:note", "merged"),
        ("has:date", "old"),
        ("has:quantity", "old"),
        ("has:status", "old"),
        ("has:polarity", "old"),
        ("has:confidence", "old"),
        ("has:flag", "expansion"),
        ("status:under_way", "old"),
        ("status:under-way", "old"),
        ("status:none", "hiring expansion merged draft"),
        ("polarity:neg", "old"),
        ("polarity:none", "hiring expansion merged draft"),
        ("confidence:medium", "old"),
        ("confidence:none", "hiring expansion merged draft"),
        ("feed:deals", "draft"),
        ("since:7d", "hiring expansion merged draft"),
        ("until:30d", "old"),
        ("since:2026-10 until:2026-10-31", "old"),
        ("until:2026-11-22", "hiring expansion merged draft old"),
        ("made:2w", "hiring expansion merged draft"),
        ("made:2026-10", "old"),
        ("sydney", "hiring"),
        ("ydney", ""),
        ("syd hir", "hiring"),
        ('"hiring in"', "hiring"),
        ('"hiring i"', ""),
        ("is", "hiring merged"),
        ("ben", "merged"),
        ("-sydney -fab", "merged draft old"),
        ("grosse", "old"),
        ("GRÖSSE", "old"),
        ("Größe", "old"),
        ("text:sydney,fab", "hiring expansion"),
        ('"OR"', ""),
    ],
)
def test_a_filter_finds_what_it_says(query: str, names: str) -> None:
    assert found(query) == names.split()


def test_an_export_takes_only_what_is_settled_unless_the_filter_asks() -> None:
    assert found("", unasked=SETTLED) == ["hiring", "expansion", "merged", "old"]
    assert found("review:draft", unasked=SETTLED) == ["draft"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("signal:hirng", "there is no signal “hirng”; did you mean hiring?"),
        ("region:Jappan", "there is no region “Jappan”; did you mean Japan?"),
        ("company:xyzzyfoo", "there is no company “xyzzyfoo”"),
        ("by:carla", "there is no annotator “carla”"),
        ("feed:dales", "there is no feed with claims “dales”; did you mean Deals?"),
        ("colour:red", "there is no filter “colour:”; there are since: until:"),
        ("sig:hiring", "did you mean signal:?"),
        ("since:soon", "“soon” is no time"),
        ("review:nobody", "knows no “nobody”"),
        ("is:there", "knows no “there”"),
        ("is:", "“is:” wants a value right behind it: anchored, moved"),
        ("signal:", "“signal:” wants a value right behind it: as signal:any"),
        ("(", "“(” has no letter and no digit"),
        ("-***", "“***” has no letter and no digit"),
        ("signal:hiring OR by:ben", "there is no “OR”: for either of two things write"),
    ],
)
def test_a_mistake_is_explained(query: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        found(query)
    assert told in str(error.value)


def test_a_code_that_left_the_codebook_is_still_found_by_the_claims_that_have_it() -> None:
    rows = [row(Tag(dimension="signal", code="gossip", label="hearsay"), name="one")]
    rows.append(row(Tag(dimension="topic", code="chips", label="Chips"), name="two"))
    vocabulary = Vocabulary(own_codebook(), {}, rows)
    for query, name in (("signal:hearsay", "one"), ("topic:chips", "two")):
        chosen = claim_filter(query, vocabulary, now=NOW)
        assert [one.id for one in chosen.of(rows)] == [name]


def test_mergers_that_lead_in_a_circle_end() -> None:
    circle = {
        "org:a": Company(id="org:a", name="A", merged_into="org:b"),
        "org:b": Company(id="org:b", name="B", merged_into="org:a"),
    }
    assert "org:b" in Vocabulary(own_codebook(), circle).codes("company", "B")


fields = st.sampled_from(
    ("signal:hiring", "region:JP", "is:flagged", "has:note", "by:ben", "fab", "since:7d")
)


@given(st.lists(fields, max_size=4), fields)
def test_a_term_and_its_opposite_share_all_that_is_found(terms: list[str], last: str) -> None:
    before = found(" ".join(terms))
    with_it = found(" ".join([*terms, last]))
    without = found(" ".join([*terms, f"-{last}"]))
    assert sorted(with_it + without) == sorted(before)


@given(st.text(max_size=40))
def test_any_words_are_a_filter_or_a_mistake_that_is_told(typed: str) -> None:
    try:
        found(typed)
    except QueryError as error:
        assert str(error)  # noqa: PT017 - either is right
