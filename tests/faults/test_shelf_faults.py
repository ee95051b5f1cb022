"""Every call to the disk is refused once, and the program dies once at every one of them."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_watch import DiskWatch, Killed
from msgspec import structs
from shelf_cases import (
    ADDRESS,
    NOON,
    SmallDesk,
    article_write,
    assert_whole,
    claim,
    keep_claims,
    rows_built_anew,
    rows_of,
    small_desk,
    take_in,
    text_version,
)

from store.model import Account, Company, Coverage, FetchState, Rule, View, WatchWord
from store.shelf.shelf import AlreadySubscribed, Deleted, Mark, Shelf, ShelfError

Save = Callable[[SmallDesk], object]

RAIN = View(id="a", name="Rain", query="rained")
WORK = View(id="b", name="Work", query="hiring", pins=True)
JOBS = Rule(id="c", name="Jobs", query="hiring", star=True)


def _takes_in_articles(desk: SmallDesk) -> None:
    take_in(
        desk.shelf,
        article_write(desk.feed, "new"),
        article_write(desk.feed, "n1", words="Another text.", number=2),
    )


def _keeps_claims(desk: SmallDesk) -> None:
    article = desk.first
    changed = structs.replace(claim(article, 1), rev=2)
    keep_claims(desk.shelf, article, changed, claim(article, 3))


def _covers(desk: SmallDesk) -> None:
    headline = desk.writes[0].headline
    desk.shelf.keep_coverage(
        Coverage(
            article=headline.id,
            feed=1,
            version=1,
            annotator="ana",
            state="coded",
            codebook_version="1",
            at=NOON,
        )
    )


def _subscribes(desk: SmallDesk) -> None:
    try:
        assert desk.shelf.add_feed("https://other.example/").number == 2
    except AlreadySubscribed:
        return


def _unsubscribes_and_comes_back(desk: SmallDesk) -> None:
    if desk.shelf.feeds():
        desk.shelf.remove_feed(1)
    desk.shelf.add_feed(ADDRESS)


def _deletes(desk: SmallDesk) -> None:
    desk.shelf.delete_articles([(1, desk.writes[1].headline.id), (1, desk.writes[2].headline.id)])


def _brings_back(desk: SmallDesk) -> None:
    write = article_write(desk.feed, "deleted")
    desk.shelf.restore_articles(
        [Deleted(headline=write.headline, versions=(write.version,), at=NOON)]
    )


def _takes_a_page(desk: SmallDesk) -> None:
    blocks = text_version("n1", "All of it.").blocks
    desk.shelf.take_page(desk.writes[1].headline.id, 1, blocks, taken=NOON)


def _keeps_an_account(desk: SmallDesk) -> None:
    desk.shelf.keep_account(1, Account(name="ada", password="new"))


def _watches(desk: SmallDesk) -> None:
    words = (WatchWord(text="plant"), WatchWord(text="हिन्दी"))
    desk.shelf.interests.watch_words.change(lambda _: words)


SAVES: dict[str, Save] = {
    "take in": _takes_in_articles,
    "mark": lambda desk: desk.shelf.mark({(1, desk.writes[1].headline.id): Mark(starred=True)}),
    "claim": _keeps_claims,
    "coverage": _covers,
    "snapshot": lambda desk: desk.shelf.snapshot(
        structs.replace(desk.first, version=structs.replace(desk.first.version, number=2))
    ),
    "subscribe": _subscribes,
    "fetch states": lambda desk: desk.shelf.keep_fetch_states([FetchState(feed=1, etag="e")]),
    "company": lambda desk: desk.shelf.keep_companies([Company(id="org:a", name="A")]),
    "codebook": lambda desk: desk.shelf.keep_codebook("default", "1", "text"),
    "delete": _deletes,
    "bring back": _brings_back,
    "page": _takes_a_page,
    "account": _keeps_an_account,
    "lease": lambda desk: desk.shelf.lease(1, 60),
    "label": lambda desk: desk.shelf.mark({(1, desk.first.headline.id): Mark(label=("to quote",))}),
    "view": lambda desk: desk.shelf.interests.views.change(lambda _: (RAIN, WORK)),
    "rule": lambda desk: desk.shelf.interests.rules.change(lambda _: ()),
    "watch words": _watches,
}


def state(shelf: Shelf) -> list[object]:
    """Everything on the desk, as its readers see it."""
    columns = shelf.columns()
    columns.refresh()
    ids = [columns.row(i).id for i in columns.order()]
    return [
        [structs.replace(feed, added=NOON) for feed in shelf.feeds()],
        rows_of(columns),
        [shelf.article(article, 1) for article in sorted(ids)],
        sorted(shelf.claims(), key=lambda one: one.id),
        list(shelf.coverage()),
        [shelf.snapshot_of(article, 1, number) for article in sorted(ids) for number in (1, 2)],
        shelf.fetch_states(),
        shelf.companies(),
        shelf.codebook("default", "1"),
        shelf.account(1),
        [table.all() for table in vars(shelf.interests).values()],
    ]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk at rest, to be copied."""
    folder = tmp_path_factory.mktemp("original") / "desk"
    desk = small_desk(folder)
    write = article_write(desk.feed, "deleted")
    take_in(desk.shelf, write)
    desk.shelf.delete_articles([(1, write.headline.id)])
    desk.shelf.keep_account(1, Account(name="ada", password="old"))
    desk.shelf.interests.views.change(lambda _: (WORK, RAIN))
    desk.shelf.interests.rules.change(lambda _: (JOBS,))
    desk.shelf.columns()
    return folder


def copied(original: Path, place: Path) -> SmallDesk:
    shutil.copytree(original, place)
    shelf = Shelf.open(place)
    (feed,) = shelf.feeds()
    return SmallDesk(
        shelf,
        feed,
        tuple(article_write(feed, f"n{i}", hours_old=i, read=i == 2) for i in range(3)),
    )


def states_around(save: Save, original: Path, place: Path) -> tuple[list[object], list[object]]:
    """What readers see before and after the save, when nothing goes wrong."""
    desk = copied(original, place)
    before = state(desk.shelf)
    save(desk)
    return before, state(desk.shelf)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("name", SAVES)
def test_a_refused_call_is_said_in_one_sentence_and_harms_nothing(
    name: str, error: int, original: Path, tmp_path: Path
) -> None:
    save = SAVES[name]
    before, after = states_around(save, original, tmp_path / "healthy")
    for number in range(1, 200):
        desk = copied(original, tmp_path / str(number))
        told = ""
        with DiskWatch(fail_at=number, error=error).watching() as watch:
            try:
                save(desk)
            except ShelfError as refused:
                told = str(refused)
        if watch.failed is None:
            break
        assert list(desk.shelf.folder.rglob("*.tmp")) == [], watch.failed
        assert not told or told.startswith(("The disk is full: ", "The disk reports a fault: "))
        seen = state(desk.shelf)
        assert seen in ((before, after) if told else (after,)), watch.failed
        again = Shelf.open(desk.shelf.folder)
        assert state(again) == seen, watch.failed
        assert_whole(again)
        save(desk)
        assert state(desk.shelf) == state(again) == after, watch.failed
    assert watch.failed is None
    assert number > 4


@pytest.mark.parametrize("name", [*SAVES, "unsubscribe and come back"])
def test_a_program_that_dies_at_any_call_leaves_the_old_or_the_new(
    name: str, original: Path, tmp_path: Path
) -> None:
    save = SAVES.get(name, _unsubscribes_and_comes_back)
    before, after = states_around(save, original, tmp_path / "healthy")
    for number in range(1, 200):
        desk = copied(original, tmp_path / str(number))
        folder = desk.shelf.folder
        onlooker = Shelf.open(folder)
        lists = onlooker.columns()
        watch = DiskWatch(fail_at=number, kill=True, onlooker=lists.refresh)
        with watch.watching():
            try:
                save(desk)
            except Killed:
                pass
        if watch.failed is None:
            break
        lists.refresh()
        again = Shelf.open(folder)
        assert_whole(again)
        if name != "unsubscribe and come back":
            assert state(again) in (before, after), watch.failed
        assert rows_of(lists) == rows_of(again.columns()), watch.failed
        save(SmallDesk(again, desk.feed, desk.writes))
        lists.refresh()
        assert rows_of(lists) == rows_built_anew(folder), watch.failed
        if name != "unsubscribe and come back":
            assert state(again) == after, watch.failed
    assert watch.failed is None
    assert number > 4
