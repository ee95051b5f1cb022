"""Articles are opened where they were left, also in another text and after a restart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.model import Block, TextVersion
from store.settings import folders
from store.settings.positions import MOST, POSITIONS_FILE, Position, Positions, place_in
from store.text.sentences import sentences_of


def version(*paragraphs: str) -> TextVersion:
    title = Block(kind="title", text="A title")
    blocks = (title, *(Block(kind="paragraph", text=text) for text in paragraphs))
    return TextVersion(number=1, blocks=blocks, hash="", taken=datetime(2026, 11, 22, tzinfo=UTC))


ONE = version("It rained. The river rose.", "Nobody was hurt.")


def left(positions: Positions, article: int, number: int, text: TextVersion = ONE) -> None:
    positions.keep(article, text.text, sentences_of(text)[number])


def found(positions: Positions, article: int, text: TextVersion = ONE) -> str:
    sentences = sentences_of(text)
    span = sentences[place_in(positions.of(article), text.text, sentences)].span
    return text.text[span.start : span.end]


def restarted() -> Positions:
    positions = Positions(folders())
    positions.load()
    return positions


def test_an_article_that_was_never_left_opens_at_its_title() -> None:
    assert found(restarted(), 1) == "A title"
    assert place_in(Position(offset=4), "", ()) == 0


def test_a_place_is_remembered_over_a_restart() -> None:
    positions = restarted()
    left(positions, 1, 2)
    assert found(positions, 1) == "The river rose."
    positions.write()
    assert not positions.is_unsaved
    assert found(restarted(), 1) == "The river rose."
    assert (folders().state / POSITIONS_FILE).stat().st_mode & 0o777 == 0o600


def test_back_at_the_title_nothing_is_remembered() -> None:
    positions = restarted()
    left(positions, 1, 2)
    positions.write()
    left(positions, 1, 0)
    positions.write()
    assert restarted().of(1) is None


def test_the_sentence_is_found_again_in_another_text() -> None:
    positions = restarted()
    left(positions, 1, 2)
    other = version("Correction: a mistake stood here.", "The river rose. It rained.")
    assert found(positions, 1, other) == "The river rose."


def test_where_the_sentence_went_the_nearest_is_meant() -> None:
    positions = restarted()
    left(positions, 1, 3)
    assert found(positions, 1, version("It rained. The river fell.", "All is well.")) == (
        "All is well."
    )
    assert found(positions, 1, version("Short.")) == "Short."


def test_of_the_same_words_twice_the_nearer_are_meant() -> None:
    positions = restarted()
    twice = version("It rained.", "Then sun.", "It rained.")
    left(positions, 1, 3, twice)
    later = version("Now.", "It rained.", "Then sun.", "It rained.")
    sentences = sentences_of(later)
    assert place_in(positions.of(1), later.text, sentences) == 4


def test_two_windows_do_not_forget_for_each_other() -> None:
    one, other = restarted(), restarted()
    left(one, 1, 1)
    left(other, 2, 2)
    one.write()
    other.write()
    assert found(restarted(), 1) == "It rained."
    assert found(restarted(), 2) == "The river rose."


def test_only_the_newest_are_kept() -> None:
    positions = restarted()
    for article in range(MOST + 5):
        left(positions, article, 1)
    positions.write()
    again = restarted()
    assert again.of(4) is None
    assert again.of(5) is not None


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"1": 2}', b"\xff"])
def test_a_damaged_file_is_an_empty_memory(content: bytes) -> None:
    folders().state.mkdir(parents=True)
    (folders().state / POSITIONS_FILE).write_bytes(content)
    positions = restarted()
    assert positions.of(1) is None
    left(positions, 1, 1)
    positions.write()
    assert restarted().of(1) is not None


def test_what_cannot_be_written_is_no_error() -> None:
    folders().state.parent.mkdir(parents=True, exist_ok=True)
    folders().state.write_text("a file where the folder should be")
    positions = restarted()
    left(positions, 1, 1)
    positions.write()
    assert found(positions, 1) == "It rained."
