"""Words that were looked for are found again in a text, wherever the index found them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.query import Term
from store.text.matching import matches, tokens_of


def word(*values: str, **given: object) -> Term:
    return Term(values=values, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "term", "lit"),
    [
        ("Hiring, rehiring, hires", word("hir"), ["Hir", "hir"]),
        ("The art of start-ups", word("art"), ["art"]),
        ("An ad, an adage", word("ad"), ["ad"]),
        ("A second fab; second-fab, second fabs", word("second fab", phrase=True), None),
        ("Anthropic’s plan", word("anthropic's"), ["Anthropic’s"]),
        ("in München", word("munch"), ["Münch"]),
        ("e\u0301te\u0301, été", word("été"), ["e\u0301te", "été"]),
        ("Straße", word("strasse"), ["Straße"]),
        ("Unter\u00adnehmen", word("unternehmen"), ["Unter\u00adnehmen"]),
        ("ＡＢＣ １２３", word("abc"), ["ＡＢＣ"]),
        ("東京都に住む", word("京都"), ["京都"]),
        ("สวัสดีครับ", word("ครับ"), ["ครับ"]),
        ("up 🚀 again", word("🚀"), ["🚀"]),
        ("chips", word("chips", excluded=True), []),
        ("chips", word("chips", field="title"), ["chips"]),
        ("unread", word("unread", field="is"), []),
        ("anything", word("…"), []),
    ],
)
def test_the_words_are_lit_and_nothing_else(text: str, term: Term, lit: list[str] | None) -> None:
    found = [text[span.start : span.end] for span in matches(text, [term])]
    assert found == (["second fab", "second-fab"] if lit is None else lit)


def test_of_several_words_the_longer_one_is_lit() -> None:
    found = matches("data centres", [word("dat"), word("data centres", phrase=True)])
    assert [(span.start, span.end) for span in found] == [(0, 12)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=8))
def test_whatever_stands_in_a_text_its_places_are_inside_it(text: str, wanted: str) -> None:
    spans = matches(f"{text} {wanted}", [word(wanted, phrase=True)])
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(text) + 1 + len(wanted)
        ends.append(span.end)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_a_text_finds_itself(text: str) -> None:
    assert bool(matches(text, [word(text, phrase=True)])) == bool(tokens_of(text))
