"""Lines are exactly as wide as asked, whatever a stranger wrote into them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tui.widgets.lines import column, fit, plain, strip_of, wrapped

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("漢字한글👍🏽❤\ufe0f\u200d👩🇩🇪e\u0301\t\n\x1b\x9d\u202e\x00שלום"),
    ),
    max_size=60,
)


@given(ANYTHING, st.integers(0, 40))
def test_a_column_has_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_len(column(text, cells)) == cells
    assert cell_len(column(text, cells, right=True)) == cells


@given(st.lists(ANYTHING, max_size=5), st.integers(0, 60))
def test_a_line_has_exactly_its_width_and_nothing_a_terminal_obeys(
    texts: list[str], width: int
) -> None:
    strip = strip_of([(text, Style()) for text in texts], width, Style())
    assert cell_len(strip.text) == strip.cell_length == width
    assert not [c for c in strip.text if unicodedata.category(c) in {"Cc", "Cs"} or c == "\u202e"]


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert fit("Second fab for Kumamoto", 10) == "Second fa…"
    assert fit("Second fab", 10) == "Second fab"
    assert fit("anything", 0) == ""


def test_half_a_wide_character_is_never_drawn() -> None:
    assert fit("東京の新工場", 6) == "東京…"
    assert cell_len(column("東京の新工場", 6)) == 6


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "👍🏽", "❤️", "🏳️‍🌈"])
def test_emoji_of_several_parts_are_as_wide_on_every_terminal(emoji: str) -> None:
    # Terminals that join them and those that do not agree once nothing is left to join.
    shown = plain(emoji)
    assert cell_len(shown) == sum(cell_len(character) for character in shown)
    assert "\u200d" not in shown


def test_joiners_that_shape_letters_stay() -> None:
    assert plain("می\u200cخواهم") == "می\u200cخواهم"
    assert plain("ක්\u200dරී") == "ක්\u200dරී"


def test_tabs_and_line_breaks_become_spaces() -> None:
    assert plain("a\tb").split() == ["a", "b"]
    assert len(plain("a\tb\nc").splitlines()) == 1


def test_a_megabyte_of_a_title_costs_no_more_than_what_is_seen() -> None:
    assert fit("x" * 1_000_000, 5) == "xxxx…"


def test_marks_without_end_stay_in_their_line() -> None:
    strip = strip_of([("e" + "\u0301" * 5000 + "nd", Style())], 10, Style())
    assert strip.cell_length == cell_len(strip.text) == 10


def test_a_long_sentence_says_that_it_goes_on() -> None:
    text = "The server did not answer within twenty seconds; it will be asked again in an hour."
    lines = wrapped(text, 24, lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(cell_len(line) <= 24 for line in lines)
    assert " ".join(wrapped(text, 24, lines=9)) == text
