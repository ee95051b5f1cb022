"""What is alike, and what a sentence takes over from the claim above it."""

from __future__ import annotations

from builders import (
    ANTHROPIC,
    AUSTRALIA,
    EXPANSION,
    FUNDING,
    HIRING,
    JAPAN,
    a_claim,
    suggested,
)
from msgspec.structs import replace

from store.claims.marking.alike import alike, writes_of
from store.claims.marking.focus import focus_on
from store.claims.marking.inheriting import AS_ABOVE, claim_above, inherit
from store.model import Claim, Sentence, Span, Suggestion, Tag

SENTENCES = tuple(Sentence(Span(100 * n, 100 * n + 90), block=n) for n in range(4))
KUMANO = Tag(dimension="company", code="org:kumano", label="Kumano")


def says(*tags: Tag, unsure: tuple[Tag, ...] = (), at: int) -> Suggestion:
    return Suggestion(
        sentence=SENTENCES[at].span,
        values=(
            *(suggested(tag, shown=True) for tag in tags),
            *(suggested(tag, shown=False, score=0.2) for tag in unsure),
        ),
    )


def found(model: tuple[Tag, ...], *said: Suggestion, claims: tuple[Claim, ...] = ()) -> list[int]:
    sentences = SENTENCES[: len(said)]
    return [one.sentence for one in alike(model, sentences, said, claims, but=0)]


# ---------------------------------------------------------------- alike

MODEL = (HIRING, ANTHROPIC, JAPAN)
HERE = says(HIRING, ANTHROPIC, JAPAN, at=0)


def test_the_same_company_and_signal_are_alike_whatever_the_region() -> None:
    assert found(MODEL, HERE, says(HIRING, ANTHROPIC, at=1)) == [1]
    assert found(MODEL, HERE, says(HIRING, ANTHROPIC, AUSTRALIA, at=1)) == [1]


def test_another_company_signal_or_one_that_is_not_sure_is_not_alike() -> None:
    assert found(MODEL, HERE, says(HIRING, KUMANO, at=1)) == []
    assert found(MODEL, HERE, says(FUNDING, ANTHROPIC, at=1)) == []
    assert found(MODEL, HERE, says(ANTHROPIC, unsure=(HIRING,), at=1)) == []
    assert found(MODEL, HERE, says(HIRING, unsure=(ANTHROPIC,), at=1)) == []


def test_without_a_company_only_sentences_without_one_are_alike() -> None:
    assert found((HIRING,), HERE, says(HIRING, at=1), says(HIRING, KUMANO, at=2)) == [1]


def test_without_a_signal_nothing_is_alike() -> None:
    assert found((ANTHROPIC,), HERE, says(HIRING, ANTHROPIC, at=1)) == []


def test_answered_sentences_are_left_out_also_those_that_were_rejected() -> None:
    for review in ("accepted", "draft", "rejected"):
        claim = a_claim(HIRING, span=SENTENCES[1].span, review=review)  # type: ignore[arg-type]
        assert found(MODEL, HERE, says(HIRING, ANTHROPIC, at=1), claims=(claim,)) == []


def test_a_sentence_keeps_the_regions_it_names_and_else_takes_those_of_the_model() -> None:
    own, none = says(HIRING, ANTHROPIC, AUSTRALIA, at=1), says(HIRING, ANTHROPIC, at=2)
    first, second = alike(MODEL, SENTENCES[:3], (HERE, own, none), (), but=0)
    assert [tag.code for tag in first.tags] == ["hiring", "org:anthropic", "AU"]
    assert [tag.code for tag in second.tags] == ["hiring", "org:anthropic", "JP"]
    assert [tag.origin for tag in first.tags] == ["inherited", "inherited", "suggested"]
    writes = writes_of((first, second))
    assert [write.span for write in writes] == [SENTENCES[1].span, SENTENCES[2].span]
    assert {write.review for write in writes} == {"accepted"}


# ---------------------------------------------------------------- taking over

ABOVE = a_claim(HIRING, ANTHROPIC, JAPAN, span=SENTENCES[0].span)


def test_the_claim_above_is_the_last_one_before_in_the_text() -> None:
    other = a_claim(FUNDING, id="urn:uuid:2", span=SENTENCES[1].span)
    assert claim_above([other, ABOVE], SENTENCES[2]) == other
    assert claim_above([other, ABOVE], SENTENCES[1]) == ABOVE
    assert claim_above([ABOVE], SENTENCES[0]) is None


def test_drafts_removed_rejected_and_lost_claims_are_not_taken_over_from() -> None:
    anchor = replace(ABOVE.marking.anchor, state="orphan")
    lost = replace(ABOVE, marking=replace(ABOVE.marking, anchor=anchor))
    for claim in (
        a_claim(HIRING, span=SENTENCES[0].span, review="draft"),
        a_claim(HIRING, span=SENTENCES[0].span, review="rejected"),
        a_claim(HIRING, span=SENTENCES[0].span, deleted=True),
        lost,
    ):
        assert claim_above([claim], SENTENCES[2]) is None


def test_a_plain_sentence_becomes_a_draft_with_company_and_region() -> None:
    reaction = inherit(focus_on(SENTENCES[1], says(at=1), [ABOVE]), [ABOVE])
    assert reaction.write is not None
    assert reaction.write.review == "draft"
    assert [tag.code for tag in reaction.write.tags] == ["org:anthropic", "JP"]
    assert {(tag.origin, tag.basis, tag.reason) for tag in reaction.write.tags} == {
        ("inherited", "implied", AS_ABOVE)
    }


def test_what_the_sentence_says_itself_stays_and_only_the_rest_is_taken_over() -> None:
    focus = focus_on(SENTENCES[1], says(EXPANSION, AUSTRALIA, at=1), [ABOVE])
    reaction = inherit(focus, [ABOVE])
    assert reaction.write is not None
    assert [tag.code for tag in reaction.write.tags] == ["expansion", "AU", "org:anthropic"]


def test_a_claim_takes_it_over_at_once() -> None:
    claim = a_claim(EXPANSION, id="urn:uuid:2", span=SENTENCES[1].span)
    claims = [ABOVE, claim]
    reaction = inherit(focus_on(SENTENCES[1], says(at=1), claims), claims)
    assert reaction.write is not None
    assert (reaction.write.act, reaction.write.claim) == ("retag", "urn:uuid:2")
    assert reaction.write.review == "accepted"


def test_where_there_is_nothing_to_take_over_that_is_said() -> None:
    plain = focus_on(SENTENCES[1], says(at=1), [])
    assert "no claim above" in inherit(plain, []).say
    full = focus_on(SENTENCES[1], says(KUMANO, AUSTRALIA, at=1), [ABOVE])
    assert inherit(full, [ABOVE]).say == "company and region are here already"
    bare = a_claim(HIRING, span=SENTENCES[0].span)
    assert inherit(plain, [bare]).say == "the claim above has no company or region"
