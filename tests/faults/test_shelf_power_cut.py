"""The power goes at any moment of a save: what was acknowledged before is there, whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disk_watch import Call, DiskWatch
from power_cut import Disk, disk_in, disks_after, lay_out
from shelf_cases import (
    SmallDesk,
    article_write,
    assert_whole,
    claim,
    keep_claims,
    opened,
    rows_of,
    small_desk,
    take_in,
)

from store.shelf.shelf import Mark, Shelf


def _claims_twice(desk: SmallDesk) -> None:
    """Two saves of the same file, one right after the other."""
    keep_claims(desk.shelf, desk.first, claim(desk.first, 3))
    keep_claims(desk.shelf, desk.first, claim(desk.first, 4))


SAVES: dict[str, Callable[[SmallDesk], object]] = {
    "claim": lambda desk: keep_claims(desk.shelf, desk.first, claim(desk.first, 3)),
    "two claims": _claims_twice,
    "articles": lambda desk: take_in(desk.shelf, article_write(desk.feed, "new")),
    "mark": lambda desk: desk.shelf.mark({(1, desk.writes[0].headline.id): Mark(starred=True)}),
    "feed": lambda desk: desk.shelf.add_feed("https://other.example/"),
}


def saved(desk: SmallDesk, save: Callable[[SmallDesk], object]) -> tuple[Disk, list[Call]]:
    """The disk before, and what the save asked of it."""
    before = disk_in(desk.shelf.folder)
    with DiskWatch().watching() as watch:
        save(desk)
    return before, [call for call in watch.calls if not call.path.endswith(".lock")]


def after_each_call(before: Disk, calls: list[Call]) -> Iterator[Disk]:
    """Every disk that is possible at some moment, each once."""
    seen = set()
    for count in range(len(calls) + 1):
        for disk in disks_after(before, calls[:count]):
            key = frozenset(disk.items())
            if key not in seen:
                seen.add(key)
                yield disk


def promises_kept(shelf: Shelf, desk: SmallDesk) -> bool:
    """Whether everything that was acknowledged before the save is there."""
    assert_whole(shelf)
    claims = {one.id[-1] for one in shelf.claims()}
    return (
        shelf.feeds()[0] == desk.feed
        and claims >= {"1", "2"}
        and ("3" in claims or "4" not in claims)
        and all(opened(shelf, write).version == write.version for write in desk.writes)
    )


@pytest.mark.parametrize("name", SAVES)
def test_whatever_the_disk_forgot_nothing_acknowledged_is_lost(name: str, tmp_path: Path) -> None:
    desk = small_desk(tmp_path / "desk")
    before, calls = saved(desk, SAVES[name])
    number = 0
    for number, disk in enumerate(after_each_call(before, calls)):
        lay_out(disk, desk.shelf.folder, tmp_path / str(number))
        assert promises_kept(Shelf.open(tmp_path / str(number)), desk), number
    assert number > 20


@pytest.mark.parametrize("name", SAVES)
def test_what_was_acknowledged_last_is_not_forgotten(name: str, tmp_path: Path) -> None:
    desk = small_desk(tmp_path / "desk")
    before, calls = saved(desk, SAVES[name])

    def seen(shelf: Shelf) -> list[object]:
        return [shelf.feeds(), list(shelf.claims()), rows_of(shelf.columns())]

    expected = seen(desk.shelf)
    for number, disk in enumerate(disks_after(before, calls)):
        lay_out(disk, desk.shelf.folder, tmp_path / str(number))
        assert seen(Shelf.open(tmp_path / str(number))) == expected


@pytest.mark.parametrize("forgotten", ["fsync", "fsync folder"])
def test_a_save_that_forgot_to_sync_would_be_found_out(forgotten: str, tmp_path: Path) -> None:
    """The model is worth something only if it convicts the guilty."""
    desk = small_desk(tmp_path / "desk")
    before, calls = saved(desk, SAVES["claim"])
    careless = [call for call in calls if call.name != forgotten]
    losses = 0
    for number, disk in enumerate(disks_after(before, careless)):
        lay_out(disk, desk.shelf.folder, tmp_path / str(number))
        shelf = Shelf.open(tmp_path / str(number))
        losses += len(list(shelf.claims())) < 3
    assert losses
