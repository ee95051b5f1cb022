"""The codebook on political events: complete, sound, and useful on plain sentences."""

from __future__ import annotations

import pytest
from builders import NOON

from store.claims.codebook.file import COLOURS, SHIPPED, own_codebook, read_codebook
from store.claims.codebook.triggers import Triggers, tokens_of
from store.claims.lexicon import Lexicon
from store.claims.suggesting.suggest import suggest
from store.model import Block, Tag, TextVersion
from store.text.sentences import sentences_of

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


def read(text: str, *values: Tag) -> dict[str, set[str]]:
    """What is shown unasked of one sentence, by dimension."""
    blocks = (Block(kind="title", text="News"), Block(kind="paragraph", text=text))
    version = TextVersion(number=1, blocks=blocks, hash="", taken=NOON)
    lexicon = Lexicon(own_codebook("political"), (), values)
    found = suggest(version, sentences_of(version), lexicon)[-1]
    shown: dict[str, set[str]] = {}
    for one in found.values:
        if one.shown:
            shown.setdefault(one.dimension, set()).add(one.label)
    return shown


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Serbia and Kosovo agreed to normalise relations.", "agree"),
        ("Talks between the two sides resumed in Doha.", "consult"),
        ("France praised the new government for its reforms.", "support"),
        ("The president apologised to the victims' families.", "concede"),
        ("The two navies held joint exercises in the Baltic.", "cooperate"),
        ("Japan delivered 40 tonnes of relief supplies to Vanuatu.", "aid"),
        ("Israel released 30 prisoners.", "retreat"),
        ("Germany urged Hungary to lift its veto.", "request"),
        ("Washington accused Beijing of spying on its officials.", "accuse"),
        ("Hungary blocked a joint statement on the war.", "reject"),
        ("Erdogan warned that Turkey would retaliate if attacked.", "threaten"),
        ("Farmers blocked roads across the Netherlands.", "protest"),
        ("Poland expelled three Belarusian diplomats.", "sanction"),
        ("Russia massed troops near the border.", "mobilize"),
        ("Police detained the opposition leader at the airport.", "coerce"),
        ("Militants ambushed an army convoy in Burkina Faso.", "assault"),
    ],
)
def test_a_plain_sentence_gets_its_event(text: str, event: str) -> None:
    assert event in read(text).get("signal", set())


def test_actors_are_proposed_from_the_codebook_and_from_what_was_used_before() -> None:
    union = Tag(dimension="actor", code="own:free-press-union", label="Free Press Union")
    shown = read("The Free Press Union accused the European Union.", union)
    assert shown["actor"] == {"Free Press Union", "European Union"}


def test_mode_and_context_are_proposed_too() -> None:
    shown = read("Dock workers went on strike before the election.")
    assert shown["mode"] == {"limited strike"}
    assert shown["context"] == {"election"}


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
