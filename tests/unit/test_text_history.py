"""The texts that an article had, which of them are compared first, and whom a change concerns."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from shelf_cases import NOON, SmallDesk, article_write, claim, keep_claims, small_desk, take_in

from store.desk.text_history import changed_at, compare, history_of
from store.model import Claim, Headline, Source, Span
from store.shelf.shelf import Mark


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return small_desk(tmp_path / "desk")


def _comes(desk: SmallDesk, number: int, words: str, source: Source = "feed") -> None:
    write = article_write(desk.feed, "n0", words=words, number=number, source=source)
    later = NOON + timedelta(hours=number)
    take_in(desk.shelf, replace(write, version=replace(write.version, taken=later)))


def _headline(desk: SmallDesk) -> Headline:
    return desk.first.headline


def test_one_text_has_nothing_to_be_compared_with(desk: SmallDesk) -> None:
    history = history_of(desk.shelf, _headline(desk))
    assert [one.number for one in history.versions] == [1]
    assert (history.pairs, history.first) == ((), 0)


def test_each_text_is_compared_with_the_one_of_its_kind_before(desk: SmallDesk) -> None:
    _comes(desk, 2, "The page.", "page")
    _comes(desk, 3, "The feed again.")
    _comes(desk, 4, "The page again.", "page")
    assert history_of(desk.shelf, _headline(desk)).pairs == ((0, 1), (0, 2), (1, 3))


def test_a_text_that_only_claims_still_have_is_compared_too(desk: SmallDesk) -> None:
    for path in (desk.shelf.folder / "bodies").iterdir():
        path.unlink()
    _comes(desk, 2, "It opens a third plant.")
    history = history_of(desk.shelf, _headline(desk))
    assert [one.number for one in history.versions] == [1, 2]
    compared = compare(desk.shelf, history, history.first)
    assert [one.kind for one in compared.passages] == ["same", "changed"]


def test_nothing_changed_since_an_article_was_read_that_was_not_read(desk: SmallDesk) -> None:
    _comes(desk, 2, "It opens a third plant.")
    assert changed_at(desk.shelf, _headline(desk)) is None
    desk.shelf.mark({(1, _headline(desk).id): Mark(read=True)})
    assert changed_at(desk.shelf, _headline(desk)) is None
    _comes(desk, 3, "It opens a fourth plant.")
    assert changed_at(desk.shelf, _headline(desk)) == NOON + timedelta(hours=3)
    desk.shelf.mark({(1, _headline(desk).id): Mark(read=False)})
    assert changed_at(desk.shelf, _headline(desk)) is None


def test_what_was_read_is_the_first_to_be_compared_with_what_is_there_now(
    desk: SmallDesk,
) -> None:
    desk.shelf.mark({(1, _headline(desk).id): Mark(read=True)})
    _comes(desk, 2, "It opens a third plant.")
    history = history_of(desk.shelf, _headline(desk))
    assert history.pairs[history.first] == (0, 1)
    _comes(desk, 3, "It opens a fourth plant.")
    history = history_of(desk.shelf, _headline(desk))
    assert history.pairs[history.first] == (0, 2)
    _comes(desk, 4, "A page.", "page")
    unread = replace(_headline(desk), read_version=0)
    history = history_of(desk.shelf, unread)
    assert history.first == len(history.pairs) - 1


def _on(desk: SmallDesk, number: int, exact: str, **marking: object) -> Claim:
    made = claim(desk.first, number)
    start = desk.first.version.text.find(exact)
    anchor = replace(made.marking.anchor, exact=exact, span=Span(start, start + len(exact)))
    return replace(made, marking=replace(made.marking, anchor=anchor, **marking))


def test_claims_on_what_changed_are_told_those_of_others_only_where_they_may_be_seen(
    desk: SmallDesk,
) -> None:
    mine, gone = _on(desk, 1, "second plant"), _on(desk, 2, "second plant", deleted=True)
    theirs = _on(desk, 3, "opens")
    theirs = replace(theirs, provenance=replace(theirs.provenance, creator="ben"))
    moved = _on(desk, 4, "opens")
    moved = replace(
        moved,
        marking=replace(
            moved.marking,
            anchor=replace(moved.marking.anchor, span=Span(0, 5)),
        ),
    )
    elsewhere, rejected = _on(desk, 5, "Title"), _on(desk, 6, "opens", review="rejected")
    lost = _on(desk, 7, "opens")
    lost = replace(
        lost, marking=replace(lost.marking, anchor=replace(lost.marking.anchor, exact="nowhere"))
    )
    keep_claims(desk.shelf, desk.first, mine, gone, theirs, moved, elsewhere, rejected, lost)
    _comes(desk, 2, "It opened a third plant.")
    history = history_of(desk.shelf, _headline(desk))
    told = compare(desk.shelf, history, 0).affected
    assert [(one.passage, one.claim.id[-1]) for one in told] == [(1, "1"), (1, "3"), (1, "4")]
    own = compare(desk.shelf, history, 0, only="ana").affected
    assert [one.claim.id[-1] for one in own] == ["1", "4"]
