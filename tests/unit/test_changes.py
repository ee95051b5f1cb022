"""What changed between two texts of an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Block, TextVersion, hash_of, text_of
from store.text.changes import Passage, changes

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RECRUITS = "Kumano plans to recruit 1,900 people in Japan, 700 of them engineers."
ROAD = "The town will widen the road that leads to the plant."
RAIN = "It rained all day."


def version(*paragraphs: str, title: str = "Kumano plans a fab") -> TextVersion:
    blocks = (
        Block(kind="title", text=title),
        *(Block(kind="paragraph", text=text) for text in paragraphs),
    )
    return TextVersion(
        number=1, blocks=blocks, hash=hash_of(text_of(blocks)), taken=NOON, language="en"
    )


def told(older: TextVersion, newer: TextVersion) -> list[str]:
    """Each passage as "+ it came", "- it went", "~ a [-sentence-] {+text+}", or as it stayed."""
    return [_line(passage) for passage in changes(older, newer)]


def _line(passage: Passage) -> str:
    signs = {"same": "%s", "removed": "[-%s-]", "added": "{+%s+}"}
    if passage.kind == "changed":
        return "~ " + "".join(signs[one.kind] % one.text for one in passage.words)
    sign = {"same": "  ", "added": "+ ", "removed": "- "}[passage.kind]
    return sign + "".join(one.text for one in passage.words)


def test_what_came_what_went_and_what_stayed() -> None:
    older = version(f"{RECRUITS} {ROAD}", RAIN)
    newer = version(RECRUITS, "The governor visited the site on Monday.", RAIN)
    assert told(older, newer) == [
        "  Kumano plans a fab",
        f"  {RECRUITS}",
        f"- {ROAD}",
        "+ The governor visited the site on Monday.",
        f"  {RAIN}",
    ]


def test_a_changed_sentence_shows_its_words() -> None:
    newer = version(RECRUITS.replace("1,900", "2,100").replace("people", "men and women"))
    assert told(version(RECRUITS), newer)[1] == (
        "~ Kumano plans to recruit [-1,900 people-]{+2,100 men and women+} in Japan, "
        "700 of them engineers."
    )


def test_a_changed_title_is_told() -> None:
    assert told(version(RAIN), version(RAIN, title="Kumano plans two fabs"))[0] == (
        "~ Kumano plans [-a fab-]{+two fabs+}"
    )


def test_a_sentence_among_others_finds_its_own_partner() -> None:
    older = version(f"{RECRUITS} {ROAD} {RAIN}")
    newer = version(
        "A new beginning is made here today. "
        f"{RECRUITS.replace('700', '800')} {ROAD.replace('widen', 'close')} Snow fell."
    )
    assert [line[0] for line in told(older, newer)] == [" ", "+", "~", "~", "-", "+"]


def test_two_texts_that_are_one_have_no_changes() -> None:
    text = version(RECRUITS, ROAD)
    assert {passage.kind for passage in changes(text, text)} == {"same"}


def test_an_empty_text_came_or_went_as_a_whole() -> None:
    empty = TextVersion(number=1, blocks=(Block(kind="title", text=""),), hash="", taken=NOON)
    assert [one.kind for one in changes(empty, version(RAIN))] == ["added", "added"]
    assert [one.kind for one in changes(version(RAIN), empty)] == ["removed", "removed"]
    assert changes(empty, empty) == ()


def test_places_lead_back_to_both_texts() -> None:
    older, newer = version(RECRUITS, ROAD), version(ROAD.replace("widen", "close"), RAIN)
    for passage in changes(older, newer):
        was = "".join(one.text for one in passage.words if one.kind != "added")
        now = "".join(one.text for one in passage.words if one.kind != "removed")
        if passage.before is not None:
            assert older.text[passage.before.start : passage.before.end] == was
        if passage.after is not None:
            assert newer.text[passage.after.start : passage.after.end] == now


def test_texts_without_spaces_are_compared_by_their_signs() -> None:
    lines = told(version("半導体工場は来年開業する。"), version("半導体工場は今年開業する。"))
    assert lines[1] == "~ 半導体工場は[-来-]{+今+}年開業する。"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("A a. " * 2_000, "A b. " * 2_000),
        ("a " * 20_000, "b " * 20_000),
        ("A a. B b. " * 1_000, "B b. A a. A a. " * 700),
        ("x" * 100_000, "x" * 99_999 + "y"),
    ],
    ids=["the same sentence for ever", "one sentence", "two by turns", "one word"],
)
def test_texts_that_are_made_to_be_slow_are_told_as_well(older: str, newer: str) -> None:
    passages = changes(version(older), version(newer))
    assert any(one.kind != "same" for one in passages)


SENTENCES = st.lists(st.sampled_from([RECRUITS, ROAD, RAIN, "Yes.", "半導体工場。"]), max_size=6)
WORDS = st.lists(st.sampled_from(["plant", "Japan", "1,900", "—", "“so”", "工場"]), max_size=8)


@given(st.tuples(SENTENCES, WORDS), st.tuples(SENTENCES, WORDS))
def test_whatever_changed_both_texts_can_be_read_from_what_is_told(
    was: tuple[list[str], list[str]], now: tuple[list[str], list[str]]
) -> None:
    older, newer = (version(" ".join(one), " ".join(words)) for one, words in (was, now))
    for text, left_out in ((older, "added"), (newer, "removed")):
        read = "".join(
            one.text for each in changes(older, newer) for one in each.words if one.kind != left_out
        )
        assert read == "".join(
            text.text[place.start : place.end]
            for each in changes(older, newer)
            if (place := each.before if left_out == "added" else each.after) is not None
        )
