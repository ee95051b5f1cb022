"""The codebook on political events: complete, sound, and useful on plain sentences."""

from __future__ import annotations

import pytest

from store.claims.codebook_file import COLOURS, SHIPPED, own_codebook, read_codebook
from store.claims.triggers import Triggers, tokens_of

EVENTS = [
    *("agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "request"),
    *("accuse", "reject", "threaten", "protest", "sanction", "mobilize", "coerce", "assault"),
]


def test_it_has_the_sixteen_words_and_one_for_the_rest() -> None:
    signal = own_codebook("political").dimension("signal")
    assert signal is not None
    assert [code.id for code in signal.codes] == [*EVENTS, "other"]
    assert len({code.key for code in signal.codes}) == len(signal.codes)


def test_it_stands_the_test_of_every_other_codebook() -> None:
    file = SHIPPED["political"]
    assert read_codebook(file, file.read_text("utf-8")) == own_codebook("political")


def test_every_event_says_where_it_ends_and_what_others_call_it() -> None:
    signal = own_codebook("political").dimension("signal")
    assert signal is not None
    for code in signal.codes[:-1]:
        assert code.include, code.id
        assert code.exclude, code.id
        assert code.colour in COLOURS
        assert code.mappings[0] == f"PLOVER {code.id.upper()}"
        assert code.mappings[2].startswith("quad class ")


def test_every_example_is_found_by_its_own_triggers() -> None:
    signal = own_codebook("political").dimension("signal")
    assert signal is not None
    for code in signal.codes:
        triggers = Triggers((trigger, code.id) for trigger in code.triggers)
        for example in code.examples:
            assert triggers.find(tokens_of(example), example), (code.id, example)


@pytest.mark.parametrize("dimension", ["mode", "context"])
def test_mode_and_context_are_asked_for_by_a_key_and_say_what_they_mean(dimension: str) -> None:
    found = own_codebook("political").dimension(dimension)
    assert found is not None
    assert found.key
    for code in found.codes:
        assert code.definition.endswith(".")
        assert code.triggers
        assert code.mappings[0].startswith("PLOVER ")


def test_the_guidelines_come_with_it() -> None:
    assert "who did what to whom" in own_codebook("political").guidelines
