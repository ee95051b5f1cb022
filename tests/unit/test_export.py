"""The export: what leaves, in which order, and that its schema judges it."""

import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.formats.export import document, encode, exported_article, schema, wanted
from store.formats.records import (
    ExportDocument,
    ExportedCode,
    ExportedCodebook,
    ExportedDimension,
)
from store.model import (
    Anchor,
    Article,
    Block,
    Claim,
    Company,
    EventDate,
    Feed,
    Headline,
    Identifiers,
    Marking,
    Provenance,
    Quantity,
    Review,
    Span,
    Step,
    Tag,
    Target,
    TextVersion,
    hash_of,
)

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
FOLLOWED = "https://example.org/a?id=1&fbclid=2"
SIGNAL = ExportedDimension(
    id="signal",
    label="Signal",
    kind="closed",
    several=True,
    codes=(
        ExportedCode(
            id="hiring",
            label="Hiring",
            definition="Somebody recruits.",
            include=("open posts",),
            exclude=(),
            mappings=(),
            merged_into="",
        ),
    ),
    retired=(),
)
REGION = ExportedDimension(
    id="region", label="Region", kind="region", several=True, codes=(), retired=()
)
CODEBOOK = ExportedCodebook(
    id="default", version="1.0", title="Signals", dimensions=(SIGNAL, REGION)
)


def claim(
    number: int = 1,
    *,
    article: int = 7,
    start: int = 10,
    published: datetime | None = NOON,
    review: Review = "accepted",
    deleted: bool = False,
    exact: str = "It will hire in Japan.",
    tags: tuple[Tag, ...] = (Tag(dimension="signal", code="hiring", label="Hiring"),),
    note: str = "",
    **details: Any,
) -> Claim:
    anchor = Anchor(span=Span(start, start + len(exact)), exact=exact, prefix="…", suffix=" N")
    return Claim(
        id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        rev=1,
        target=Target(
            article=article,
            feed=3,
            source="Top News",
            address="https://example.org/a",
            title="A headline",
            published=published,
            text_hash=hash_of("text"),
            version=1,
        ),
        marking=Marking(
            anchor=anchor, tags=tags, review=review, deleted=deleted, note=note, **details
        ),
        provenance=Provenance(
            creator="ana",
            created=NOON,
            modified=NOON,
            generator="wiredesk/0.1.0",
            codebook="default",
            codebook_version="1.0",
        ),
        history=(Step(rev=1, at=NOON, by="ana", act="keep", operation="op1"),),
    )


def export(*claims: Claim, include: tuple[Any, ...] = (), **changes: Any) -> dict[str, Any]:
    given_values: dict[str, Any] = {
        "articles": {},
        "codebook": CODEBOOK,
        "generated": NOON,
        "generator": "wiredesk/0.1.0",
    }
    made = document(claims, include=include, **(given_values | changes))
    told: dict[str, Any] = json.loads(encode(made))
    return told


def article(number: int = 7) -> Article:
    blocks = (Block(kind="title", text="The newer headline"), Block(kind="paragraph", text="Body."))
    return Article(
        headline=Headline(
            id=number,
            feed=3,
            guid="g",
            address="https://example.org/new",
            title="The newer headline",
            author="Ana",
            published=NOON,
            seen=NOON,
        ),
        version=TextVersion(
            number=2, blocks=blocks, hash=hash_of("The newer headline"), language="en", taken=NOON
        ),
    )


def judge(exported: object) -> None:
    jsonschema.Draft202012Validator(schema()).validate(exported)


# ---------------------------------------------------------------- what leaves


def test_an_empty_desk_exports_a_document_with_no_claims() -> None:
    exported = export()
    assert (exported["claims"], exported["articles"]) == ([], [])
    assert exported["format"] == "wiredesk-export/1"
    judge(exported)


@pytest.mark.parametrize(
    ("review", "deleted", "include", "leaves"),
    [
        ("accepted", False, (), True),
        ("adjudicated", False, (), True),
        ("draft", False, (), False),
        ("draft", False, ("drafts",), True),
        ("draft", False, ("rejected", "deleted"), False),
        ("rejected", False, (), False),
        ("rejected", False, ("rejected",), True),
        ("accepted", True, (), False),
        ("accepted", True, ("drafts", "rejected"), False),
        ("accepted", True, ("deleted",), True),
        ("draft", True, ("deleted",), False),
        ("draft", True, ("deleted", "drafts"), True),
    ],
)
def test_only_settled_claims_leave_unless_others_are_asked_for(
    review: Review, deleted: bool, include: tuple[Any, ...], leaves: bool
) -> None:
    one = claim(review=review, deleted=deleted)
    assert wanted(one, include) is leaves
    assert bool(export(one, include=include)["claims"]) is leaves


def test_articles_are_those_the_claims_refer_to_once_each() -> None:
    known = {(3, n): exported_article(article(n), None) for n in (7, 8, 9)}
    exported = export(claim(1, article=9), claim(2, article=7), claim(3, article=9), articles=known)
    assert [one["id"] for one in exported["articles"]] == [7, 9]


def test_an_article_of_a_rejected_claim_does_not_leave() -> None:
    assert export(claim(review="rejected"))["articles"] == []


def test_an_article_is_told_as_the_desk_knows_it_now() -> None:
    feed = Feed(
        number=3,
        address="https://example.org/feed",
        first_address="https://example.org/old",
        title="Top News",
        added=NOON,
    )
    told = export(claim(), articles={(3, 7): exported_article(article(), feed)})
    assert told["articles"] == [
        {
            "id": 7,
            "feed": 3,
            "feed_address": "https://example.org/feed",
            "feed_title": "Top News",
            "url": "https://example.org/new",
            "title": "The newer headline",
            "author": "Ana",
            "published": "2026-01-02T12:00:00Z",
            "language": "en",
            "text_sha256": hash_of("The newer headline"),
            "text_version": 2,
        }
    ]
    assert told["claims"][0]["target"]["title"] == "A headline"


def test_an_article_that_is_gone_is_told_from_what_its_claim_remembers() -> None:
    exported = export(claim())
    assert exported["articles"][0]["feed_title"] == "Top News"
    assert exported["articles"][0]["text_sha256"] == hash_of("text")
    judge(exported)


@pytest.mark.parametrize(
    ("shared", "address"),
    [({}, "https://example.org/a?id=1"), ({"shared": str}, FOLLOWED)],
)
def test_what_follows_readers_leaves_only_where_it_is_kept(
    shared: dict[str, Any], address: str
) -> None:
    known = article()
    known = replace(known, headline=replace(known.headline, address=FOLLOWED))
    said = claim()
    said = replace(said, target=replace(said.target, address=FOLLOWED))
    here = {(3, 7): exported_article(known, None)}
    for told in (export(said, **shared), export(said, articles=here, **shared)):
        assert told["claims"][0]["target"]["address"] == address
        assert told["articles"][0]["url"] == address


def test_a_claim_says_where_it_points_by_quotation_and_by_position() -> None:
    target = export(claim(start=10))["claims"][0]["target"]
    assert target["selectors"] == [
        {
            "type": "TextQuoteSelector",
            "exact": "It will hire in Japan.",
            "prefix": "…",
            "suffix": " N",
        },
        {"type": "TextPositionSelector", "start": 10, "end": 32},
    ]
    assert target["anchor"] == {"state": "anchored", "score": 1.0}


def test_tags_follow_the_codebook_and_keep_who_brought_them() -> None:
    tags = (
        Tag(dimension="own", code="x", label="X"),
        Tag(
            dimension="region",
            code="JP",
            label="Japan",
            origin="suggested",
            basis="implied",
            score=0.9,
            reason="says Japan",
            mention=Span(0, 5),
        ),
        Tag(dimension="signal", code="hiring", label="Hiring"),
    )
    told = export(claim(tags=tags))["claims"][0]["tags"]
    assert [tag["dimension"] for tag in told] == ["signal", "region", "own"]
    assert told[1] == {
        "dimension": "region",
        "code": "JP",
        "label": "Japan",
        "origin": "suggested",
        "basis": "implied",
        "score": 0.9,
        "reason": "says Japan",
        "mention": {"start": 0, "end": 5},
    }


def test_the_history_says_each_step_and_not_what_stood_before() -> None:
    assert export(claim())["claims"][0]["history"] == [
        {
            "rev": 1,
            "at": "2026-01-02T12:00:00Z",
            "by": "ana",
            "act": "keep",
            "operation": "op1",
            "takes_back": "",
        }
    ]


# ---------------------------------------------------------------- order and bytes


@given(st.permutations(range(8)))
def test_the_same_claims_give_the_same_bytes_in_whatever_order_they_come(order: list[int]) -> None:
    claims = [
        claim(
            number,
            article=number % 3,
            start=number // 2,
            published=None if number == 0 else NOON - timedelta(days=number // 4),
        )
        for number in range(8)
    ]
    assert export(*(claims[at] for at in order)) == export(*claims)


def test_claims_go_by_publication_article_and_place_and_undated_ones_come_last() -> None:
    later = NOON + timedelta(hours=1)
    exported = export(
        claim(1, published=None),
        claim(2, published=later),
        claim(3, article=8, start=0),
        claim(4, article=7, start=50),
        claim(5, article=7, start=2),
    )
    assert [one["id"][-1] for one in exported["claims"]] == ["5", "4", "3", "2", "1"]


def test_the_file_is_indented_utf_8_and_ends_with_a_line_feed() -> None:
    made = document(
        [claim(exact="Kyōto 京都 🏗")],
        articles={},
        codebook=CODEBOOK,
        generated=NOON,
        generator="w",
    )
    written = encode(made)
    assert "Kyōto 京都 🏗".encode() in written
    assert written.startswith(b'{\n  "format": "wiredesk-export/1"')
    assert written.endswith(b"}\n")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=150)
def test_no_character_of_a_claim_steers_the_terminal_and_none_is_lost(strange: str) -> None:
    written = document(
        [claim(exact=strange, note=strange)],
        articles={},
        codebook=CODEBOOK,
        generated=NOON,
        generator="w",
    )
    text = encode(written).decode()
    assert not [
        char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl")
    ]
    assert json.loads(text)["claims"][0]["note"] == strange
    assert msgspec.json.decode(text, type=ExportDocument) == written


def test_hidden_characters_beyond_the_first_plane_are_escaped_as_a_pair() -> None:
    made = document(
        [claim(note="a\U000e0041\x9b\u202eb")],
        articles={},
        codebook=CODEBOOK,
        generated=NOON,
        generator="w",
    )
    assert rb'"note": "a\udb40\udc41\u009b\u202eb"' in encode(made)


def test_ten_thousand_claims_leave_whole() -> None:
    exported = export(*(claim(number, article=number // 4) for number in range(10_000)))
    assert len(exported["claims"]) == 10_000
    assert len(exported["articles"]) == 2_500


# ---------------------------------------------------------------- the schema


def test_the_schema_is_valid_and_names_itself() -> None:
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)
    assert published["$schema"].endswith("2020-12/schema")
    assert published["$id"]
    assert published["title"]


def test_every_part_of_the_schema_says_what_it_is() -> None:
    for name, part in schema()["$defs"].items():
        assert part["description"], name
        assert part["additionalProperties"] is False, name
        assert set(part["required"]) == set(part["properties"]), name


def test_a_full_export_obeys_the_schema() -> None:
    tags = (
        Tag(dimension="signal", code="hiring", label="Hiring"),
        Tag(dimension="region", code="JP", label="Japan", score=0.5, mention=Span(1, 3)),
    )
    judge(
        export(
            claim(1, tags=tags),
            claim(2, published=None, review="draft"),
            claim(3, deleted=True),
            claim(4, tags=()),
            articles={(3, 7): exported_article(article(), None)},
            include=("drafts", "deleted"),
        )
    )


def test_the_claim_that_the_documentation_shows_obeys_the_schema() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    exported = export(claim())
    exported["claims"] = [json.loads(shown)]
    judge(exported)


def test_dates_and_quantities_leave_as_exactly_as_they_were_said() -> None:
    exported = export(
        claim(
            status="under_way",
            confidence=66,
            event_date=EventDate(value="2027-Q2", precision="quarter"),
            quantities=(Quantity(value=120, unit="MW"), Quantity(value=2.5, unit="GW")),
        )
    )
    judge(exported)
    told = exported["claims"][0]
    assert told["event_date"] == {"value": "2027-Q2", "precision": "quarter"}
    assert told["quantities"] == [{"value": 120, "unit": "MW"}, {"value": 2.5, "unit": "GW"}]
    assert (told["status"], told["confidence"]) == ("under_way", 66)


def test_companies_leave_with_their_names_and_those_they_were_merged_into() -> None:
    old = Company(id="org:old", name="Old Grid", merged_into="org:new")
    new = Company(
        id="org:new", name="New Grid", aliases=("NG",), identifiers=Identifiers(wikidata="Q1")
    )
    other = Company(id="org:other", name="Other")
    tag = Tag(dimension="company", code="org:old", label="Old Grid")
    known = {company.id: company for company in (old, new, other)}
    exported = export(claim(tags=(tag,)), companies=known)
    judge(exported)
    assert [(one["id"], one["merged_into"]) for one in exported["companies"]] == [
        ("org:new", ""),
        ("org:old", "org:new"),
    ]
    assert exported["companies"][0]["identifiers"]["wikidata"] == "Q1"


Steps = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("format",), "wiredesk-export/2"),
        (("generated",), "yesterday"),
        (("codebook", "dimensions", 0, "kind"), "free"),
        (("articles", 0, "id"), "7"),
        (("articles", 0, "id"), 2**53),
        (("articles", 0, "text_sha256"), "abc"),
        (("articles", 0, "text_version"), 0),
        (("claims", 0, "id"), "7"),
        (("claims", 0, "confidence"), 101),
        (("claims", 0, "review"), "maybe"),
        (("claims", 0, "polarity"), "good"),
        (("claims", 0, "event_date"), {"value": "soon", "precision": "year"}),
        (("claims", 0, "target", "published"), "2026-01-02T12:00:00+02:00"),
        (("claims", 0, "target", "selectors", 1, "start"), -1),
        (("claims", 0, "target", "selectors", 0, "type"), "CssSelector"),
        (("claims", 0, "target", "selectors"), []),
        (("claims", 0, "tags", 0, "origin"), "guessed"),
        (("claims", 0, "tags", 0, "score"), 1.5),
        (("claims", 0, "surprise"), 1),
    ],
)
def test_a_wrong_document_fails_the_schema(path: Steps, wrong: object) -> None:
    exported = export(claim())
    judge(exported)
    part: Any = exported
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        judge(exported)


def test_a_document_with_a_member_missing_fails_the_schema() -> None:
    exported = export(claim())
    del exported["claims"][0]["target"]["text_sha256"]
    with pytest.raises(jsonschema.ValidationError, match=re.escape("'text_sha256'")):
        judge(exported)
