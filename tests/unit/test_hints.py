"""Hints only lift a signal in the ranking: rare ones and several more than one common one."""

from __future__ import annotations

from read_articles import read, shown

from store.claims.learning.evidence import HINTS, Piece, weighed
from store.model import Span


def hint(written: str, *, words: int = 1, shared: int = 1) -> Piece:
    return Piece(written, False, words, Span(0, len(written)), shared)


def test_words_that_hint_at_many_codes_say_less_for_each() -> None:
    assert weighed([hint("turbine")]).added > weighed([hint("plant", shared=4)]).added


def test_a_longer_hint_says_more_than_one_word() -> None:
    assert weighed([hint("waste heat", words=2)]).added > weighed([hint("heat")]).added


def test_hints_add_up_but_never_without_end() -> None:
    some = [weighed([hint(str(n)) for n in range(many)]).added for many in (1, 2, 3, 50)]
    assert some == sorted(set(some))
    assert some[-1] <= HINTS


def test_the_heaviest_hint_is_the_one_that_is_told() -> None:
    common, rare = hint("plant", shared=3), Piece("turbine", False, 1, Span(9, 16))
    assert weighed([common, rare]).span == rare.span


def test_hints_alone_rank_first_and_are_not_shown() -> None:
    said = read("News in brief", "The aquifer is thirsty, and so is every household on the meter.")[
        1
    ]
    assert said.of("signal")[0].code == "energy"
    assert shown(said, "signal") == []
