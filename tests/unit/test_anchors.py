"""A claim finds its passage again in an edited article, or says that it is gone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.model import Anchor, Block, Sentence, Span, TextVersion, hash_of
from store.text.anchors import CONTEXT, anchor_for, find_again, stretch
from store.text.sentences import sentences_of

ARTICLE = """Anthropic's hiring push points to Australia and Japan
The AI lab is recruiting for data centre roles in Australia and Japan. It gives the company a \
foothold in two markets that have made AI infrastructure a national priority.
Rivals have announced similar sites. OpenAI said in May that it would build a plant in Norway. \
Shares of Acme rose 3.5 percent on Monday. Shares of Beta rose 3.7 percent on Monday."""
STORM = """Storm closes ports
The hurricane made landfall on Friday near Tampa. Officials asked residents to leave the coast. \
No deaths were reported. Shares of Gamma fell 9 percent on Friday."""


def sentences(text: str) -> tuple[Sentence, ...]:
    blocks = tuple(Block(kind="paragraph", text=line) for line in text.split("\n"))
    taken = datetime(2025, 11, 22, tzinfo=UTC)
    return sentences_of(TextVersion(number=1, blocks=blocks, hash=hash_of(text), taken=taken))


def anchor_on(words: str, text: str = ARTICLE) -> Anchor:
    start = text.index(words)
    return anchor_for(text, Span(start, start + len(words)), unit="span")


def again(anchor: Anchor, text: str) -> Anchor:
    return find_again(anchor, text, sentences(text))


def words_at(anchor: Anchor, text: str) -> str:
    return text[anchor.span.start : anchor.span.end]


# ---------------------------------------------------------------- making


def test_an_anchor_holds_the_passage_and_what_stands_around_it() -> None:
    anchor = anchor_on("data centre roles")
    assert anchor.exact == "data centre roles"
    assert ARTICLE[: anchor.span.start].endswith(anchor.prefix)
    assert ARTICLE[anchor.span.end :].startswith(anchor.suffix)
    assert len(anchor.prefix) == len(anchor.suffix) == CONTEXT
    assert anchor.state == "anchored"


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 2), Span(-1, 4), Span(0, 9_999)])
def test_no_anchor_is_made_on_nothing(span: Span) -> None:
    with pytest.raises(ValueError, match="no passage"):
        anchor_for(ARTICLE, span)


# ---------------------------------------------------------------- finding again


def test_in_the_same_text_every_sentence_is_where_it_was() -> None:
    for sentence in sentences(ARTICLE):
        anchor = anchor_for(ARTICLE, sentence.span)
        assert again(anchor, ARTICLE) == anchor


def test_an_edit_above_moves_a_claim_with_its_words() -> None:
    edited = ARTICLE.replace("hiring push", "recruiting drive")
    anchor = anchor_on("OpenAI said in May that it would build a plant in Norway.")
    found = again(anchor, edited)
    assert found.state == "moved"
    assert found.exact == anchor.exact == words_at(found, edited)
    assert found.span.start == anchor.span.start + len("recruiting drive") - len("hiring push")


def test_a_paragraph_that_changed_places_takes_its_claims_along() -> None:
    edited = "\n".join(reversed(ARTICLE.split("\n")))
    for sentence in sentences(ARTICLE):
        anchor = anchor_for(ARTICLE, sentence.span)
        found = again(anchor, edited)
        assert found.state in {"moved", "anchored"}
        assert words_at(found, edited) == anchor.exact


def test_of_the_same_words_in_two_places_the_surroundings_tell_which() -> None:
    anchor = anchor_on("Japan. It")
    first = anchor_for(ARTICLE, Span(anchor.span.start, anchor.span.start + 5), unit="span")
    edited = "Japan and Japan. More of Japan here. " + ARTICLE
    found = again(first, edited)
    assert found.state == "moved"
    assert found.span.start == first.span.start + len(edited) - len(ARTICLE)


def test_of_a_repeated_sentence_the_nearest_is_taken() -> None:
    line = "This sentence is repeated word for word in the text.\n"
    text = line * 9
    anchor = anchor_for(text, Span(4 * len(line), 5 * len(line) - 1))
    found = again(anchor, "x" + text)
    assert found.span == Span(anchor.span.start + 1, anchor.span.end + 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("is recruiting for data centre roles", "is hiring for data center jobs"),
        ("in Australia and Japan. It", "in both Australia and Japan, it said. It"),
        ("The AI lab is", "The lab is"),
    ],
)
def test_a_reworded_sentence_is_found_but_not_for_sure(old: str, new: str) -> None:
    sentence = next(each for each in sentences(ARTICLE) if each.block == 1)
    anchor = anchor_for(ARTICLE, sentence.span)
    edited = ARTICLE.replace(old, new)
    found = again(anchor, edited)
    assert found.state == "fuzzy"
    assert 0.75 <= found.score < 1
    assert found.exact == anchor.exact
    new_sentence = next(each for each in sentences(edited) if each.block == 1)
    assert found.span == new_sentence.span


def test_a_corrected_figure_is_asked_about() -> None:
    edited = ARTICLE.replace("Acme rose 3.5 percent", "Acme rose 4.5 percent")
    found = again(anchor_on("Shares of Acme rose 3.5 percent on Monday."), edited)
    assert found.state == "fuzzy"
    assert words_at(found, edited) == "Shares of Acme rose 4.5 percent on Monday."


def test_a_reworded_passage_inside_a_sentence_is_found_inside_it() -> None:
    anchor = anchor_on("a foothold in two markets that have made AI infrastructure")
    edited = ARTICLE.replace("a foothold in two markets", "a foothold in three markets")
    found = again(anchor, edited)
    assert found.state == "fuzzy"
    assert "foothold in three markets that have made AI" in words_at(found, edited)
    assert found.span.end - found.span.start < len(anchor.exact) + 8


def test_a_passage_over_two_sentences_is_found_over_two() -> None:
    anchor = anchor_on(ARTICLE.split("\n")[1])
    edited = ARTICLE.replace("is recruiting for", "is now recruiting for")
    found = again(anchor, edited)
    assert found.state == "fuzzy"
    assert words_at(found, edited) == edited.split("\n")[1]


def test_a_sentence_that_was_taken_out_leaves_an_orphan() -> None:
    anchor = anchor_on("Rivals have announced similar sites. ")
    anchor = anchor_for(ARTICLE, Span(anchor.span.start, anchor.span.end - 1))
    found = again(anchor, ARTICLE.replace("Rivals have announced similar sites. ", ""))
    assert found == replace(anchor, state="orphan", score=0.0)


def test_between_two_that_are_alike_nothing_is_guessed() -> None:
    anchor = anchor_on("Shares of Acme rose 3.5 percent on Monday.")
    sentence = "Shares of {} rose 3.{} percent on Monday."
    edited = "Markets were calm. " + " ".join(
        sentence.format(name, digit) for name, digit in (("Alfa", 1), ("Alma", 2), ("Adma", 4))
    )
    assert again(anchor, edited).state == "orphan"


def test_in_another_story_every_claim_is_an_orphan() -> None:
    for sentence in sentences(ARTICLE):
        assert again(anchor_for(ARTICLE, sentence.span), STORM).state == "orphan"


def test_a_single_word_is_not_taken_for_itself_elsewhere() -> None:
    anchor = anchor_on("Norway")
    assert again(anchor, STORM + " Ships went to Norway instead.").state == "orphan"


def test_an_orphan_is_found_when_its_words_come_back() -> None:
    anchor = anchor_on("Rivals have announced similar sites.")
    orphan = again(anchor, STORM)
    assert orphan.state == "orphan"
    assert again(orphan, ARTICLE) == anchor


@pytest.mark.parametrize("text", ["", "\n", "x"])
def test_in_an_emptied_article_a_claim_is_an_orphan(text: str) -> None:
    assert again(anchor_on("data centre roles"), text).state == "orphan"


TREES = "alder birch cedar dogwood elm fir ginkgo hazel ivy juniper kapok larch maple"
sentence_texts = st.lists(st.sampled_from(TREES.split()), min_size=7, max_size=12).map(
    lambda names: " ".join(names).capitalize() + "."
)
articles = st.lists(sentence_texts, min_size=3, max_size=8, unique=True)


@given(articles, st.data())
def test_edits_elsewhere_move_a_claim_with_its_exact_words(
    lines: list[str], data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(lines))
    others = data.draw(st.lists(sentence_texts, max_size=3).filter(lambda new: chosen not in new))
    text = "\n".join(lines)
    kept_before = data.draw(st.sampled_from([lines[: lines.index(chosen)], []]))
    edited = "\n".join([*others, *kept_before, chosen, *lines[lines.index(chosen) + 1 :]])
    assume(edited.count(chosen) == text.count(chosen) == 1)
    start = text.index(chosen)
    anchor = anchor_for(text, Span(start, start + len(chosen)))
    found = again(anchor, edited)
    assert words_at(found, edited) == found.exact == chosen
    assert found.state == ("anchored" if found.span == anchor.span else "moved")


@given(st.text(max_size=80), st.data())
def test_every_passage_of_an_unchanged_text_is_anchored(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = anchor_for(text, Span(start, end))
    assert find_again(anchor, text, ()) == anchor


@given(st.text(max_size=60), st.text(min_size=1, max_size=60), st.data())
def test_what_is_found_lies_in_the_text(new: str, old: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = again(anchor_for(old, Span(start, end), unit="span"), new)
    assert 0 <= found.score <= 1
    if found.state != "orphan":
        assert 0 <= found.span.start < found.span.end <= len(new)
    if found.state in {"anchored", "moved"}:
        assert words_at(found, new) == found.exact


@pytest.mark.timeout(60)
def test_a_long_article_is_searched_in_bounded_time() -> None:
    filler = "Sentence {0} of the report says that company {0} sold {0} units in May."
    text = " ".join(filler.format(number) for number in range(5_000))
    units = sentences(text)
    for anchor in (anchor_on("data centre roles in Australia"), anchor_on(ARTICLE)):
        assert find_again(anchor, text, units)
    assert find_again(anchor_for("a" * 500_000, Span(0, 1)), "b" + "a" * 500_000, ())


# ---------------------------------------------------------------- shaping

LINE = "He said “the U.S. and Japan agree.” Then more."
QUOTATION = Span(LINE.index("“"), LINE.index("”") + 1)


@pytest.mark.parametrize(
    ("edge", "by", "expected"),
    [
        ("end", -1, "“the U.S. and Japan"),
        ("end", -2, "“the U.S. and"),
        ("end", -3, "“the U.S."),
        ("end", -99, "“the"),
        ("end", 0, "“the U.S. and Japan agree.”"),
        ("end", 1, "“the U.S. and Japan agree.” Then"),
        ("end", 99, "“the U.S. and Japan agree.” Then more."),
        ("start", 1, "U.S. and Japan agree.”"),
        ("start", 2, "and Japan agree.”"),
        ("start", 99, "agree.”"),
        ("start", -1, "said “the U.S. and Japan agree.”"),
        ("start", -99, "He said “the U.S. and Japan agree.”"),
    ],
)
def test_an_edge_moves_by_whole_words(edge: str, by: int, expected: str) -> None:
    side = "end" if edge == "end" else "start"
    span = stretch(LINE, QUOTATION, edge=side, by=by)
    assert LINE[span.start : span.end] == expected


def test_a_full_stop_is_given_up_with_its_word_and_can_be_had_back() -> None:
    whole = Span(0, len(LINE))
    shorter = stretch(LINE, whole, edge="end", by=-1)
    assert LINE[: shorter.end].endswith("agree.” Then")
    without_stop = stretch(LINE, shorter, edge="end", by=1)
    assert LINE[: without_stop.end].endswith("more")
    assert stretch(LINE, without_stop, edge="end", by=1) == whole


def test_an_edge_stays_in_its_line_or_in_what_it_is_given() -> None:
    text = f"Before.\n{LINE}\nAfter."
    span = Span(text.index("Then"), text.index("more"))
    assert stretch(text, span, edge="end", by=9).end == text.index("\nAfter")
    assert stretch(text, span, edge="start", by=-99).start == text.index("He said")
    within = Span(text.index("Japan"), text.index("” Then"))
    assert stretch(text, span, edge="start", by=-99, within=within).start == within.start


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_shaped_span_is_never_empty_and_moves_no_other_edge(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    by = data.draw(st.integers(-5, 5))
    span = Span(start, end)
    moved_end = stretch(text, span, edge="end", by=by)
    moved_start = stretch(text, span, edge="start", by=by)
    assert moved_end.start == start
    assert moved_start.end == end
    for moved in (moved_end, moved_start):
        assert 0 <= moved.start < moved.end <= len(text)
        assert "\n" not in text[moved.start : moved.end] or "\n" in text[start:end]
    assert (moved_end.end - end) * by >= 0
    assert (moved_start.start - start) * by >= 0
