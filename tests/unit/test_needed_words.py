"""A regular expression in a codebook is tried only where its words stand, and misses nothing."""

from __future__ import annotations

import pytest

from store.claims.codebook.needed import needed_words
from store.claims.codebook.triggers import Triggers, tokens_of


@pytest.mark.parametrize(
    ("written", "needed"),
    [
        (r"\bnew (?:\w+ ){0,3}plants?", ("plant",)),
        (r"\b[A-Z]\w+ (?:sues|probes) [A-Z]", ("sues", "probes")),
        (r"(?:abc|def)?ghi", ("ghi",)),
        (r"abcd{0,2}", ("abc",)),
        (r"abcd+", ("abcd",)),
        (r"[]abc]def", ("def",)),
        (r"(?:abc|d(?:ef|g))xyz", ("xyz",)),
    ],
)
def test_the_words_of_a_regular_expression_are_known(written: str, needed: tuple[str, ...]) -> None:
    assert needed_words(written) == needed


@pytest.mark.parametrize(
    "written",
    ["a|bcd", "(?x)ab c", r"(?P<n>abc)", r"\x41bcd", r"(abc)\1", "(?!abc)", "(?:abc)*+d", "ab?c?"],
)
def test_of_what_is_rarer_nothing_is_taken_for_granted(written: str) -> None:
    assert needed_words(written) == ()


@pytest.mark.parametrize("said", ["NEW PLANT", "a new big plant", "a new plant\u017f"])
def test_a_regular_expression_is_found_in_any_case(said: str) -> None:
    triggers = Triggers([("/new (?:big )?plant/", "yes"), ("/quits/", "no")])
    assert [hit.meaning for hit in triggers.find(tokens_of(said), said)] == ["yes"]


@pytest.mark.parametrize("said", ["qu\u0131ts", "qu\u0130ts", "quit\u017f", "\u212anits"])
def test_letters_that_are_the_same_in_another_case_are_found(said: str) -> None:
    triggers = Triggers([("/(?:qu|k)[n]?its/", "short"), ("/quits/", "yes"), ("/knits/", "yes")])
    found = {hit.meaning for hit in triggers.find(tokens_of(said), said)}
    assert "yes" in found
