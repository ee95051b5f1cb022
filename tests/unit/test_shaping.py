"""Which words a claim quotes: sentences added and dropped, words picked one by one."""

from __future__ import annotations

from builders import AUSTRALIA, HIRING, JAPAN, a_suggestion, suggested
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.marking.focus import Focus, focus_on
from store.claims.marking.shaping import (
    WordCursor,
    focus_on_words,
    reaching_in,
    with_next_sentence,
    without_last_sentence,
    word_cursor,
    words_between,
)
from store.model import Sentence, Span, Suggestion

TEXT = "They hire in Japan. It grows fast.\nRivals wait. Sign up now!"
SENTENCES = (
    Sentence(Span(0, 19), block=0),
    Sentence(Span(20, 34), block=0),
    Sentence(Span(35, 47), block=1),
    Sentence(Span(48, 60), block=1, offered=False),
)


def quoted(span: Span) -> str:
    return TEXT[span.start : span.end]


def cursor(at: int = 0) -> WordCursor:
    found = word_cursor(TEXT, SENTENCES[0], SENTENCES[0].span)
    assert found is not None
    return found.moved(at)


# ---------------------------------------------------------------- sentences


def test_the_next_sentence_comes_along_also_over_the_end_of_a_paragraph() -> None:
    two = with_next_sentence(SENTENCES, SENTENCES[0].span)
    assert quoted(two) == "They hire in Japan. It grows fast."
    assert quoted(with_next_sentence(SENTENCES, two)).endswith("fast.\nRivals wait.")


def test_a_part_of_a_sentence_grows_to_its_end_first() -> None:
    assert with_next_sentence(SENTENCES, Span(0, 9)) == SENTENCES[0].span


def test_what_is_no_part_of_the_story_is_not_reached_over() -> None:
    three = Span(0, 47)
    assert with_next_sentence(SENTENCES, three) == three
    assert with_next_sentence(SENTENCES, Span(48, 60)) == Span(48, 60)


def test_the_last_sentence_is_dropped_until_one_is_left() -> None:
    three = Span(0, 47)
    two = without_last_sentence(SENTENCES, three)
    assert two == Span(0, 34)
    one = without_last_sentence(SENTENCES, two)
    assert one == SENTENCES[0].span
    assert without_last_sentence(SENTENCES, one) == one


def test_what_reaches_in_from_above_is_cut_to_the_sentence() -> None:
    spans = [Span(0, 30), Span(20, 30), Span(0, 19), Span(5, 60)]
    assert reaching_in(spans, SENTENCES[1].span) == (Span(20, 30), Span(20, 34))


# ---------------------------------------------------------------- words


def test_the_cursor_walks_the_words_and_stops_at_the_ends() -> None:
    assert quoted(cursor().span) == "They"
    assert quoted(cursor().moved(-1).span) == "They"
    assert quoted(cursor(3).span) == "Japan"
    assert quoted(cursor(9).span) == "Japan"


def test_words_are_taken_in_from_the_held_one_on_both_sides() -> None:
    assert quoted(cursor(1).grown(1).span) == "hire in"
    assert quoted(cursor(1).grown(1).grown(-2).span) == "They hire"
    assert quoted(cursor(1).grown(1).word) == "in"


def test_both_ends_move_and_never_cross() -> None:
    picked = cursor(1).grown(1)
    assert quoted(picked.with_end(1).span) == "hire in Japan"
    assert quoted(picked.with_start(-1).span) == "They hire in"
    assert quoted(picked.with_end(-1).with_end(-1).span) == "hire"
    assert quoted(picked.with_start(1).with_start(1).span) == "in"


def test_all_words_are_the_sentence_with_its_full_stop() -> None:
    assert cursor().grown(3).span == SENTENCES[0].span


def test_the_cursor_begins_where_the_passage_does() -> None:
    found = word_cursor(TEXT, SENTENCES[0], Span(5, 12))
    assert found is not None
    assert quoted(found.span) == "hire"


def test_a_sentence_without_words_has_no_word_cursor() -> None:
    assert word_cursor("…!", Sentence(Span(0, 2), block=0), Span(0, 2)) is None


def test_letters_of_scripts_without_spaces_are_words_of_their_own() -> None:
    text = "東京で採用"
    found = word_cursor(text, Sentence(Span(0, 5), block=0), Span(0, 5))
    assert found is not None
    assert text[found.moved(1).span.start : found.moved(1).span.end] == "京"


@given(st.lists(st.sampled_from([(n, by) for n in range(4) for by in (-2, -1, 1, 2)])))
def test_what_is_picked_is_always_whole_words_of_the_sentence(steps: list[tuple[int, int]]) -> None:
    picked = cursor()
    for move, by in steps:
        moves = (picked.moved, picked.grown, picked.with_end, picked.with_start)
        picked = moves[move](by)
        span = picked.span
        assert 0 <= span.start < span.end <= SENTENCES[0].span.end
        assert span == picked.sentence or quoted(span) == quoted(span).strip(" .")


def test_words_between_two_places_are_picked_in_either_direction() -> None:
    for start, end in ((6, 11), (11, 6)):
        found = words_between(TEXT, SENTENCES[0], start, end)
        assert found is not None
        assert quoted(found.span) == "hire in"
    beyond = words_between(TEXT, SENTENCES[0], 14, 40)
    assert beyond is not None
    assert quoted(beyond.span) == "Japan"
    assert words_between("…!", Sentence(Span(0, 2), block=0), 0, 1) is None


# ---------------------------------------------------------------- what comes along


def with_mentions() -> Focus:
    values = [
        replace(suggested(HIRING, shown=True), mention=Span(15, 18)),
        replace(suggested(AUSTRALIA, shown=True), mention=Span(20, 29)),
        replace(suggested(JAPAN, shown=True), mention=Span(35, 40)),
    ]
    found = a_suggestion()
    sentence = Sentence(found.sentence, block=1)
    return focus_on(sentence, Suggestion(sentence=sentence.span, values=tuple(values)), [])


def test_only_what_the_words_name_comes_along() -> None:
    focus = focus_on_words(with_mentions(), Span(30, 40))
    assert {tag.code for tag in focus.ticked} == {"hiring", "JP"}
    assert (focus.span, focus.unit) == (Span(30, 40), "span")


def test_where_the_words_name_nothing_all_that_was_ticked_stays() -> None:
    focus = focus_on_words(with_mentions(), Span(41, 50))
    assert {tag.code for tag in focus.ticked} == {"hiring", "AU", "JP"}
