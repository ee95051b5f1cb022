"""The table "what a key does to the sentence in focus", cell by cell."""

from __future__ import annotations

from typing import Any

from builders import (
    ANTHROPIC,
    AUSTRALIA,
    EXPANSION,
    FUNDING,
    HIRING,
    JAPAN,
    NOON,
    SENTENCE,
    a_claim,
    a_suggestion,
    suggested,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.marking.focus import MOST_CHIPS, Focus, focus_on
from store.claims.marking.tagging import (
    Reaction,
    cross_out,
    digit,
    enter,
    further_signal,
    pick,
    repeat,
    reshape,
    signal,
)
from store.model import Anchor, Marking, Review, Span, Step, Suggestion, Tag


def plain() -> Focus:
    return focus_on(SENTENCE, a_suggestion(sure=False), [])


def suggestion() -> Focus:
    return focus_on(SENTENCE, a_suggestion(), [])


def a_draft(*tags: Tag) -> Focus:
    claim = a_claim(*(tags or (ANTHROPIC,)), review="draft")
    return focus_on(SENTENCE, a_suggestion(), [claim])


def claimed(*tags: Tag) -> Focus:
    return focus_on(SENTENCE, a_suggestion(), [a_claim(*(tags or (HIRING, ANTHROPIC)))])


def codes(reaction: Reaction) -> set[str]:
    assert reaction.write is not None
    return {tag.code for tag in reaction.write.tags}


def number_of(focus: Focus, tag: Tag) -> int:
    return next(i for i, chip in enumerate(focus.chips, 1) if chip.tag.key == tag.key)


def write_of(reaction: Reaction) -> Any:
    assert reaction.write is not None
    return reaction.write


# ---------------------------------------------------------------- what is shown


def test_three_ranked_signals_stand_first_even_when_none_is_sure() -> None:
    assert [chip.tag.code for chip in plain().chips[:3]] == ["hiring", "expansion", "funding"]
    assert not any(chip.on for chip in plain().chips[:3])


def test_a_plain_sentence_still_ticks_the_company_and_region_it_names() -> None:
    assert {tag.code for tag in plain().ticked} == {"org:anthropic", "AU"}


def test_a_suggested_sentence_ticks_what_is_sure_with_a_question_mark() -> None:
    focus = suggestion()
    assert focus.kind == "suggested"
    assert {tag.code for tag in focus.ticked} == {"hiring", "org:anthropic", "AU"}
    assert all(chip.tentative for chip in focus.chips if chip.on)


def test_a_claim_ticks_its_own_values_and_offers_the_rest() -> None:
    focus = claimed(EXPANSION, JAPAN)
    assert focus.kind == "claim"
    assert {tag.code for tag in focus.ticked} == {"expansion", "JP"}
    assert {"hiring", "org:anthropic"} <= {chip.tag.code for chip in focus.chips}


def test_the_longest_claim_of_a_sentence_comes_first() -> None:
    short = a_claim(HIRING, id="urn:uuid:1", span=Span(12, 20))
    long = a_claim(EXPANSION, id="urn:uuid:2", span=Span(10, 60))
    assert focus_on(SENTENCE, a_suggestion(), [short, long]).claim == long
    assert focus_on(SENTENCE, a_suggestion(), [short, long], nth=1).claim == short


def test_another_claim_on_a_sentence_begins_plain() -> None:
    focus = focus_on(SENTENCE, a_suggestion(), [a_claim(HIRING)], another=True)
    assert (focus.kind, focus.claim) == ("plain", None)


def test_a_rejected_suggestion_does_not_come_back() -> None:
    focus = focus_on(SENTENCE, a_suggestion(), [a_claim(HIRING, review="rejected")])
    assert focus.kind == "plain"


def test_a_removed_claim_leaves_the_sentence_plain() -> None:
    gone = a_claim(HIRING, deleted=True, history=(step("remove"),))
    assert focus_on(SENTENCE, a_suggestion(), [gone]).kind == "plain"


def test_a_claim_whose_making_was_undone_leaves_the_suggestion_open() -> None:
    undone = a_claim(HIRING, deleted=True, history=(step("keep"), step("undo")))
    assert focus_on(SENTENCE, a_suggestion(), [undone]).kind == "suggested"


def step(act: Any) -> Step:
    return Step(rev=1, at=NOON, by="ana", act=act, operation="op")


@given(st.lists(st.sampled_from("abcdefghijklmnop"), max_size=30), st.data())
def test_what_is_ticked_is_never_left_out_of_the_chips(names: list[str], data: Any) -> None:
    dimensions = st.sampled_from(["signal", "company", "region", "topic"])
    values = {}
    for name in names:
        tag = Tag(dimension=data.draw(dimensions), code=name, label=name)
        values[tag.key] = suggested(tag, shown=data.draw(st.booleans()))
    focus = focus_on(SENTENCE, Suggestion(sentence=SENTENCE.span, values=(*values.values(),)), [])
    sure = any(v.shown for v in values.values() if v.dimension == "signal")
    assert (focus.kind == "suggested") == sure
    shown = {(v.dimension, v.code) for v in values.values() if v.shown}
    assert shown == {chip.tag.key for chip in focus.chips if chip.on}


# ---------------------------------------------------------------- enter


def test_enter_on_a_plain_sentence_goes_on_and_stores_nothing() -> None:
    assert enter(plain()) == Reaction(goes="next")


def test_enter_on_a_suggestion_keeps_what_is_ticked_and_goes_on() -> None:
    reaction = enter(suggestion())
    assert codes(reaction) == {"hiring", "org:anthropic", "AU"}
    assert (write_of(reaction).review, reaction.goes) == ("accepted", "next")
    assert {tag.origin for tag in write_of(reaction).tags} == {"suggested"}


def test_enter_on_a_draft_without_a_signal_asks_for_one() -> None:
    reaction = enter(a_draft())
    assert reaction.write is None
    assert reaction.goes == "stay"
    assert "signal" in reaction.say


def test_enter_on_a_draft_with_a_signal_makes_it_a_claim_and_goes_on() -> None:
    reaction = enter(a_draft(HIRING, JAPAN))
    assert (write_of(reaction).review, reaction.goes) == ("accepted", "next")
    assert codes(reaction) == {"hiring", "JP"}


def test_enter_on_a_claim_changes_nothing_and_goes_on() -> None:
    assert enter(claimed()) == Reaction(goes="next")


def test_enter_on_a_moved_claim_confirms_its_place() -> None:
    claim = a_claim(HIRING)
    anchor = Anchor(span=Span(10, 50), exact="y", state="moved")
    moved = replace(claim, marking=replace(claim.marking, anchor=anchor))
    reaction = enter(focus_on(SENTENCE, a_suggestion(), [moved]))
    assert (write_of(reaction).act, write_of(reaction).span) == ("confirm", Span(10, 50))


def test_enter_on_unsaved_chips_without_a_signal_keeps_a_draft() -> None:
    focus = plain()
    unsaved = digit(focus, number_of(focus, JAPAN)).unsaved
    assert unsaved is not None
    reaction = enter(unsaved)
    assert write_of(reaction).review == "draft"
    assert "JP" in codes(reaction)


# ---------------------------------------------------------------- digits


def test_a_digit_for_a_signal_on_a_plain_sentence_makes_a_claim() -> None:
    focus = plain()
    reaction = digit(focus, number_of(focus, EXPANSION))
    assert codes(reaction) == {"expansion", "org:anthropic", "AU"}
    assert write_of(reaction).review == "accepted"


def test_a_value_that_nothing_in_the_text_proposed_is_the_persons_own() -> None:
    by_nothing, hinted = (suggested(EXPANSION, shown=False, score=one) for one in (0.0, 0.1))
    own = [
        digit(focus, number_of(focus, EXPANSION))
        for value in (by_nothing, hinted)
        for focus in [focus_on(SENTENCE, Suggestion(sentence=SENTENCE.span, values=(value,)), [])]
    ]
    told = [(tag.origin, tag.score, tag.reason) for one in own for tag in write_of(one).tags]
    assert told == [("manual", None, ""), ("suggested", 0.1, "says so")]


def test_a_digit_for_a_region_on_a_plain_sentence_is_not_saved() -> None:
    focus = plain()
    reaction = digit(focus, number_of(focus, JAPAN))
    assert reaction.write is None
    assert reaction.unsaved is not None
    assert "JP" in {tag.code for tag in reaction.unsaved.ticked}
    assert "not saved" in reaction.say


def test_a_digit_for_another_signal_replaces_the_suggested_one_and_stays() -> None:
    focus = suggestion()
    reaction = digit(focus, number_of(focus, EXPANSION))
    assert codes(reaction) == {"expansion", "org:anthropic", "AU"}
    assert reaction.goes == "stay"


def test_a_digit_clears_a_suggested_value_without_saving() -> None:
    focus = suggestion()
    reaction = digit(focus, number_of(focus, AUSTRALIA))
    assert reaction.write is None
    assert reaction.unsaved is not None
    assert "AU" not in {tag.code for tag in reaction.unsaved.ticked}


def test_a_digit_on_a_draft_is_saved_and_a_signal_makes_it_a_claim() -> None:
    focus = a_draft()
    assert write_of(digit(focus, number_of(focus, JAPAN))).review == "draft"
    reaction = digit(focus, number_of(focus, HIRING))
    assert write_of(reaction).review == "accepted"
    assert codes(reaction) == {"hiring", "org:anthropic"}


def test_a_digit_on_a_claim_is_saved_and_adds_a_further_signal() -> None:
    focus = claimed()
    reaction = digit(focus, number_of(focus, EXPANSION))
    assert codes(reaction) == {"hiring", "expansion", "org:anthropic"}
    assert write_of(reaction).review == "accepted"


def test_clearing_the_last_signal_of_a_claim_makes_it_a_draft() -> None:
    focus = claimed()
    reaction = digit(focus, number_of(focus, HIRING))
    assert write_of(reaction).review == "draft"
    assert codes(reaction) == {"org:anthropic"}


def test_a_digit_without_a_chip_says_so() -> None:
    assert digit(plain(), MOST_CHIPS).say
    assert digit(plain(), MOST_CHIPS).write is None


# ---------------------------------------------------------------- s and its key


def test_a_signal_on_a_plain_sentence_makes_a_claim_with_what_it_names() -> None:
    reaction = signal(plain(), FUNDING)
    assert codes(reaction) == {"funding", "org:anthropic", "AU"}
    chosen = {tag.code: tag.basis for tag in write_of(reaction).tags}
    assert chosen == {"funding": "explicit", "org:anthropic": "implied", "AU": "implied"}


def test_a_signal_on_a_suggestion_replaces_the_suggested_one_and_stays() -> None:
    reaction = signal(suggestion(), FUNDING)
    assert codes(reaction) == {"funding", "org:anthropic", "AU"}
    assert reaction.goes == "stay"


def test_a_signal_makes_a_draft_a_claim() -> None:
    reaction = signal(a_draft(), HIRING)
    assert (codes(reaction), write_of(reaction).review) == ({"hiring", "org:anthropic"}, "accepted")


def test_a_signal_on_a_claim_replaces_the_old_one() -> None:
    assert codes(signal(claimed(), FUNDING)) == {"funding", "org:anthropic"}


def test_the_same_signal_on_a_claim_changes_nothing() -> None:
    assert signal(claimed(), HIRING).write is None


def test_a_further_signal_is_added() -> None:
    assert codes(further_signal(claimed(), FUNDING)) == {"hiring", "funding", "org:anthropic"}
    assert codes(further_signal(plain(), FUNDING)) == {"funding", "org:anthropic", "AU"}
    assert further_signal(claimed(), HIRING).write is None


# ---------------------------------------------------------------- c and r


def test_a_company_on_a_plain_sentence_makes_a_draft() -> None:
    reaction = pick(plain(), JAPAN)
    assert write_of(reaction).review == "draft"
    assert codes(reaction) == {"org:anthropic", "AU", "JP"}


def test_a_company_on_a_suggestion_makes_a_draft_whose_signal_still_asks() -> None:
    reaction = pick(suggestion(), JAPAN)
    assert write_of(reaction).review == "draft"
    draft = a_claim(*write_of(reaction).tags, review="draft")
    focus = focus_on(SENTENCE, a_suggestion(), [draft])
    assert next(chip for chip in focus.chips if chip.tag.code == "hiring").tentative
    assert not next(chip for chip in focus.chips if chip.tag.code == "JP").tentative


def test_a_company_on_a_draft_or_a_claim_is_added_and_saved() -> None:
    assert write_of(pick(a_draft(), JAPAN)).review == "draft"
    reaction = pick(claimed(), JAPAN)
    assert write_of(reaction).review == "accepted"
    assert codes(reaction) == {"hiring", "org:anthropic", "JP"}


def test_picking_what_a_claim_has_changes_nothing() -> None:
    assert pick(claimed(), ANTHROPIC).write is None


def test_a_value_of_a_dimension_that_takes_one_replaces_the_others() -> None:
    assert codes(pick(claimed(HIRING, JAPAN), AUSTRALIA, only=True)) == {"hiring", "AU"}
    assert pick(claimed(HIRING, JAPAN), JAPAN, only=True).write is None


# ---------------------------------------------------------------- x


def test_x_on_a_plain_sentence_does_nothing() -> None:
    assert cross_out(plain()).write is None


def test_x_on_a_suggestion_stores_a_rejection_and_goes_on() -> None:
    reaction = cross_out(suggestion())
    assert (write_of(reaction).review, write_of(reaction).act) == ("rejected", "reject")
    assert reaction.goes == "next"


def test_x_on_a_draft_or_a_claim_removes_it_and_stays() -> None:
    for focus in (a_draft(), claimed()):
        reaction = cross_out(focus)
        assert (write_of(reaction).act, reaction.goes) == ("remove", "stay")


# ---------------------------------------------------------------- edges


def test_moving_an_edge_is_not_saved_until_something_is_kept() -> None:
    for focus in (plain(), suggestion()):
        reaction = reshape(focus, Span(10, 55))
        assert reaction.write is None
        assert reaction.unsaved is not None
        assert reaction.unsaved.span == Span(10, 55)
        kept = signal(reaction.unsaved, HIRING)
        assert (write_of(kept).span, write_of(kept).unit) == (Span(10, 55), "span")


def test_moving_an_edge_of_a_draft_or_a_claim_is_saved() -> None:
    for focus, review in ((a_draft(), "draft"), (claimed(), "accepted")):
        reaction = reshape(focus, Span(10, 55))
        write = write_of(reaction)
        assert (write.act, write.span, write.review) == ("shape", Span(10, 55), review)


def test_an_edge_that_cannot_move_says_so() -> None:
    assert reshape(plain(), SENTENCE.span).unsaved is None
    assert reshape(plain(), SENTENCE.span).say


def test_what_cannot_be_taken_in_says_why() -> None:
    assert reshape(claimed(), SENTENCE.span, refusal="one sentence is left").say.startswith("one")


# ---------------------------------------------------------------- .


def test_repeat_says_the_same_of_another_sentence() -> None:
    for focus in (plain(), suggestion(), a_draft()):
        reaction = repeat(focus, (HIRING, JAPAN))
        assert (codes(reaction), write_of(reaction).review) == ({"hiring", "JP"}, "accepted")
        assert {tag.origin for tag in write_of(reaction).tags} == {"inherited"}


def test_repeat_is_refused_on_a_claim_and_points_to_another() -> None:
    reaction = repeat(claimed(), (HIRING,))
    assert reaction.write is None
    assert "&" in reaction.say


def test_repeat_without_anything_before_says_so() -> None:
    assert repeat(plain(), ()).write is None
    assert repeat(plain(), ()).say


# ---------------------------------------------------------------- for every key


@given(st.integers(1, 9), st.sampled_from([plain, suggestion, a_draft, claimed]))
def test_an_accepted_claim_always_has_a_signal(number: int, focus: Any) -> None:
    for reaction in (
        digit(focus(), number),
        enter(focus()),
        pick(focus(), JAPAN),
        signal(focus(), FUNDING),
    ):
        write = reaction.write
        if write is not None and write.review == "accepted":
            assert any(tag.dimension == "signal" for tag in write.tags)
            marking = Marking(anchor=Anchor(span=write.span, exact=""), tags=write.tags)
            assert len({tag.key for tag in marking.tags}) == len(marking.tags)


# ---------------------------------------------------------------- what settled a disagreement


def adjudicated(*, decides_on: tuple[str, ...] = (), **others: Any) -> Focus:
    claim = a_claim(HIRING, ANTHROPIC, review="adjudicated")
    marking = replace(claim.marking, decides_on=decides_on, **others)
    return focus_on(SENTENCE, a_suggestion(), [replace(claim, marking=marking)])


def test_a_decision_stays_one_whatever_is_changed_on_it() -> None:
    focus = adjudicated()
    reactions = [
        signal(focus, EXPANSION),
        further_signal(focus, EXPANSION),
        pick(focus, JAPAN),
        digit(focus, number_of(focus, ANTHROPIC)),
        reshape(focus, Span(12, 40)),
    ]
    assert [write_of(one).review for one in reactions] == ["adjudicated"] * len(reactions)


def test_a_decision_without_a_signal_is_a_draft_until_it_has_one_again() -> None:
    focus = adjudicated(decides_on=("urn:uuid:1",))
    without = write_of(digit(focus, number_of(focus, HIRING)))
    assert without.review == "draft"
    again = adjudicated(decides_on=("urn:uuid:1",), review="draft", tags=without.tags)
    assert write_of(signal(again, HIRING)).review == "adjudicated"


# ---------------------------------------------------------------- more values than digits


def crowded(*, review: Review = "accepted") -> Focus:
    """A claim with a signal and eleven regions: two of them have no digit."""
    regions = [Tag(dimension="region", code=f"R{n}", label=f"Region {n}") for n in range(1, 12)]
    return focus_on(SENTENCE, a_suggestion(), [a_claim(HIRING, *regions, review=review)])


def test_a_value_that_has_no_digit_is_taken_off_by_picking_it_again() -> None:
    focus = crowded()
    last = focus.chips[-1].tag
    assert len(focus.chips) > MOST_CHIPS
    reaction = pick(focus, last)
    assert last.code not in codes(reaction)
    assert len(codes(reaction)) == len(focus.ticked) - 1
    assert reaction.say == f"{last.label} taken off"
    assert write_of(reaction).review == "accepted"
    assert write_of(pick(crowded(review="draft"), last)).review == "draft"


def test_a_value_with_a_digit_is_not_taken_off_by_picking_it() -> None:
    focus = crowded()
    has_digit = focus.chips[5].tag
    assert pick(focus, has_digit).say == f"already {has_digit.label}"


def test_a_value_without_a_digit_that_only_came_along_is_chosen_by_picking_it() -> None:
    came = replace(JAPAN, code="R11", label="Region 11", origin="suggested", basis="implied")
    regions = [Tag(dimension="region", code=f"R{n}", label=f"Region {n}") for n in range(1, 11)]
    draft = a_claim(HIRING, *regions, came, review="draft")
    reaction = pick(focus_on(SENTENCE, a_suggestion(), [draft]), came)
    assert "R11" in codes(reaction)
