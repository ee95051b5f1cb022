"""The lines of the panel: values with where they come from, details, keys, and the room."""

from __future__ import annotations

import pytest
from builders import ANTHROPIC, EXPANSION, HIRING, JAPAN, SENTENCE, a_claim, a_suggestion
from msgspec.structs import replace
from textual.content import Content

from store.claims.marking.focus import Focus, focus_on
from store.model import Span
from tui.widgets.claim_lines import ClaimRow, chip_lines, claims_list, heading
from tui.widgets.key_lines import Entry, hints, keys_line, legend


def suggestion() -> Focus:
    return focus_on(SENTENCE, a_suggestion(), [])


def lines(focus: Focus, *, room: int = 100, rows: int = 7, **names: str) -> list[str]:
    return chip_lines(focus, room, rows, names, Content("the keys")).plain.splitlines()


def test_each_value_says_where_it_comes_from() -> None:
    said = replace(JAPAN, origin="inherited")
    read = replace(EXPANSION, origin="imported")
    focus = focus_on(SENTENCE, a_suggestion(), [a_claim(HIRING, read, said)])
    signals, _, regions, *_ = lines(focus)
    assert "☑ expansion imported" in signals
    assert "☑ hiring  " in signals
    assert "☑ Japan as said before" in regions
    assert "☑ hiring? says so" in lines(suggestion())[0]


def test_reasons_are_told_as_far_as_there_is_room() -> None:
    both = replace(a_suggestion().values[3], score=0.9)
    second = replace(both, code="org:tsmc", label="TSMC")
    found = replace(a_suggestion(), values=(both, second))
    focus = focus_on(SENTENCE, found, [])
    company = lines(focus, room=48)[1]
    assert "Anthropic? says so" in company
    assert company.rstrip().endswith("☑ TSMC?")


def test_a_reason_that_is_too_long_is_cut_and_the_values_behind_it_stay() -> None:
    long = replace(a_suggestion().values[3], reason="has what a name of a company ends in, Inc.")
    second = replace(long, code="org:tsmc", label="TSMC", shown=False)
    focus = focus_on(SENTENCE, replace(a_suggestion(), values=(long, second)), [])
    wide, cut, none = (lines(focus, room=room)[1].rstrip() for room in (100, 60, 38))
    assert wide.endswith("ends in, Inc.  2 ☐ TSMC")
    assert "Anthropic? has what a" in cut
    assert "…" in cut
    assert cut.endswith("☐ TSMC")
    assert none.endswith("☑ Anthropic?  2 ☐ TSMC")


@pytest.mark.parametrize("rows", range(2, 12))
@pytest.mark.parametrize("room", [20, 44, 76])
def test_the_keys_are_the_last_line_and_nothing_is_wider_than_the_panel(
    rows: int, room: int
) -> None:
    shown = chip_lines(suggestion(), room, rows, {"stage": "stage"}, keys_line(suggestion(), room))
    told = shown.plain.splitlines()
    assert len(told) <= rows
    assert told[-1].startswith("enter keep")
    assert all(Content(line).cell_length <= room for line in told)


def test_a_dimension_of_ones_own_has_a_line_by_its_name() -> None:
    assert lines(suggestion(), stage="stage")[3] == "stage    ·"


def test_the_heading_says_which_words_and_which_of_several_claims() -> None:
    short = a_claim(HIRING, ANTHROPIC, span=Span(10, 30))
    focus = focus_on(SENTENCE, a_suggestion(), [short])
    assert heading(focus, 1, 3, "these words") == "claim 2 of 3 · “these words”"
    assert heading(suggestion(), 0, 0, "the whole sentence") == "suggested"


def test_hints_end_where_there_is_no_room() -> None:
    keys = [("a", "one"), ("b", "two"), ("c", "three")]
    assert hints(keys, 80).plain == "a one · b two · c three"
    assert hints(keys, 14).plain == "a one · b two"
    assert hints(keys, 3).plain == ""


def test_a_legend_has_every_key_however_narrow() -> None:
    entries = [Entry(key, f"a rather long label {key}") for key in "abcdefghijklmnop"]
    for room in (20, 60, 100):
        told = legend(entries, room).plain
        assert all(f"{key} a rather" in told for key in "abcdefghijklmnop")


def test_the_list_of_claims_keeps_the_one_in_focus_in_view() -> None:
    rows = [ClaimRow("h", f"claim {n}", "a quote", in_focus=n == 7) for n in range(9)]
    told = claims_list(rows, 60, 5).plain.splitlines()
    assert len(told) == 5
    assert any(line.startswith("▌h   claim 7") for line in told)
    assert claims_list([], 60, 5).plain == "no claims in this article yet"
