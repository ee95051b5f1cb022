"""Any sequence of saves, refusals, deaths and restarts leaves exactly what was acknowledged."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from disk_watch import DiskWatch, Killed
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs
from shelf_cases import NOON, article_write, claim, keep_claims, opened, take_in, text_version

from store.model import ArticleWrite, Claim, Feed, HeadlineRow
from store.shelf.shelf import Deleted, Mark, Shelf, ShelfError

FEEDS = ("https://a.example/", "https://b.example/", "https://c.example/")
GUIDS = tuple(f"guid {n}" for n in range(6))


class Model:
    """What was acknowledged."""

    def __init__(self) -> None:
        self.feeds: dict[str, Feed] = {}
        self.articles: dict[tuple[str, str], ArticleWrite] = {}
        self.deleted: dict[tuple[str, str], ArticleWrite] = {}
        self.claims: dict[str, Claim] = {}


class ShelfMachine(RuleBasedStateMachine):
    """Drives a shelf and a dictionary side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="shelf-"))
        self.shelf = Shelf.open(self.folder)
        self.onlooker = Shelf.open(self.folder)
        self.lists = self.onlooker.columns()
        self.model = Model()
        self.trouble = DiskWatch()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def attempt(self, save: Callable[[], object], acknowledge: Callable[[], None]) -> None:
        """Save under what trouble there is; what was refused is done again in peace."""
        trouble, self.trouble = self.trouble, DiskWatch()
        refused, died = False, False
        with trouble.watching():
            try:
                save()
            except ShelfError:
                refused = True
            except Killed:
                died = True
        if died:
            self.shelf = Shelf.open(self.folder)
        if died or refused:
            save()
        acknowledge()

    @rule(call=st.integers(1, 25), kill=st.booleans())
    def trouble_comes(self, call: int, kill: bool) -> None:
        self.trouble = DiskWatch(fail_at=call, error=errno.ENOSPC, kill=kill)

    @rule(address=st.sampled_from(FEEDS))
    def subscribe(self, address: str) -> None:
        def save() -> None:
            present = [feed for feed in self.shelf.feeds() if feed.address == address]
            found.append(present[0] if present else self.shelf.add_feed(address))

        found: list[Feed] = []
        self.attempt(save, lambda: self.model.feeds.update({address: found[-1]}))

    @precondition(lambda self: self.model.feeds)
    @rule(which=st.randoms(use_true_random=False))
    def unsubscribe(self, which: Random) -> None:
        address = which.choice(sorted(self.model.feeds))
        number = self.model.feeds[address].number

        def save() -> None:
            if number in {feed.number for feed in self.shelf.feeds()}:
                self.shelf.remove_feed(number)

        self.attempt(save, lambda: _drop(self.model.feeds, address))

    @precondition(lambda self: self.model.feeds)
    @rule(
        which=st.randoms(use_true_random=False),
        guids=st.sets(st.sampled_from(GUIDS), min_size=1),
        size=st.sampled_from((1, 300, 70_000)),
    )
    def refresh(self, which: Random, guids: set[str], size: int) -> None:
        address = which.choice(sorted(self.model.feeds))
        feed = self.model.feeds[address]
        writes = {}
        for guid in sorted(guids):
            if (address, guid) in self.model.deleted:
                continue
            before = self.model.articles.get((address, guid))
            number = 1 if before is None else before.version.number + 1
            words = f"{guid} " + "w " * size
            write = article_write(feed, guid, words=words, number=number, hours_old=size % 7)
            if before is not None:
                headline = structs.replace(
                    write.headline,
                    read=before.headline.read,
                    starred=before.headline.starred,
                    read_version=before.headline.read_version,
                )
                write = structs.replace(write, headline=headline)
            writes[address, guid] = write
        self.attempt(
            lambda: take_in(self.shelf, *writes.values()),
            lambda: self.model.articles.update(writes),
        )

    @precondition(lambda self: self.model.articles)
    @rule(
        which=st.randoms(use_true_random=False),
        read=st.none() | st.booleans(),
        starred=st.none() | st.booleans(),
    )
    def mark(self, which: Random, read: bool | None, starred: bool | None) -> None:
        key = which.choice(sorted(self.model.articles))
        write = self.model.articles[key]
        headline = structs.replace(
            write.headline,
            read=write.headline.read if read is None else read,
            starred=write.headline.starred if starred is None else starred,
            read_version=_read_version(write, read),
            kept_unread=write.headline.kept_unread if read is None else not read,
        )
        marked = structs.replace(write, headline=headline)
        wanted = {(headline.feed, headline.id): Mark(read=read, starred=starred)}
        self.attempt(
            lambda: self.shelf.mark(wanted), lambda: self.model.articles.update({key: marked})
        )

    @precondition(lambda self: self.model.articles)
    @rule(
        which=st.randoms(use_true_random=False),
        numbers=st.sets(st.integers(1, 5), min_size=1),
        deleted=st.booleans(),
    )
    def keep(self, which: Random, numbers: set[int], deleted: bool) -> None:
        key = which.choice(sorted(self.model.articles))
        article = opened(self.shelf, self.model.articles[key])
        base = article.headline.id % 1_000_000 * 10
        made = [claim(article, base + number, deleted=deleted) for number in sorted(numbers)]
        self.attempt(
            lambda: keep_claims(self.shelf, article, *made),
            lambda: self.model.claims.update({one.id: one for one in made}),
        )

    @precondition(lambda self: self.model.articles)
    @rule(which=st.randoms(use_true_random=False))
    def fetch_a_page(self, which: Random) -> None:
        key = which.choice(sorted(self.model.articles))
        before = self.model.articles[key]
        headline, number = before.headline, before.version.number + 1
        page = text_version(headline.title, f"Page {number}.", number, "page")
        shown = structs.replace(
            headline,
            version=number,
            last_version=number,
            shows_page=True,
            read_version=number if headline.read_version else 0,
        )
        self.attempt(
            lambda: self.shelf.take_page(headline.id, headline.feed, page.blocks, taken=NOON),
            lambda: self.model.articles.update({key: ArticleWrite(headline=shown, version=page)}),
        )

    @precondition(lambda self: self.model.articles)
    @rule(which=st.randoms(use_true_random=False))
    def delete(self, which: Random) -> None:
        key = which.choice(sorted(self.model.articles))
        headline = self.model.articles[key].headline
        self.attempt(
            lambda: self.shelf.delete_articles([(headline.feed, headline.id)]),
            lambda: self.model.deleted.update({key: self.model.articles.pop(key)}),
        )

    @precondition(lambda self: self.model.deleted)
    @rule(which=st.randoms(use_true_random=False))
    def bring_back(self, which: Random) -> None:
        key = which.choice(sorted(self.model.deleted))
        write = self.model.deleted[key]
        back = Deleted(headline=write.headline, versions=(write.version,), at=NOON)
        self.attempt(
            lambda: self.shelf.restore_articles([back]),
            lambda: self.model.articles.update({key: self.model.deleted.pop(key)}),
        )

    @rule()
    def restart(self) -> None:
        self.shelf.columns()
        self.shelf.close()
        self.shelf = Shelf.open(self.folder)

    @rule()
    def lose_what_is_derived(self) -> None:
        for path in (self.folder / "derived").rglob("*.*"):
            path.unlink()
        (self.folder / "generation.json").unlink(missing_ok=True)

    @invariant()
    def everything_acknowledged_is_there(self) -> None:
        shelf, model = self.shelf, self.model
        assert {feed.number for feed in shelf.feeds()} == {
            feed.number for feed in model.feeds.values()
        }
        assert {one.id: one for one in shelf.claims()} == model.claims
        for write in model.articles.values():
            article = shelf.article(write.headline.id, write.headline.feed)
            assert article is not None
            assert article.headline == write.headline
            assert article.version == write.version
        for write in model.deleted.values():
            assert shelf.article(write.headline.id, write.headline.feed) is None
        assert shelf.notices() == ()

    @invariant()
    def lists_show_it_in_every_program(self) -> None:
        subscribed = {feed.number for feed in self.model.feeds.values()}
        claims: dict[int, int] = {}
        for one in self.model.claims.values():
            claims[one.target.article] = claims.get(one.target.article, 0) + (
                not one.marking.deleted
            )
        known = {
            HeadlineRow(
                id=h.id,
                feed=h.feed,
                title=h.title,
                at=h.at,
                read=h.read,
                starred=h.starred,
                claims=claims.get(h.id, 0),
                full_text=h.shows_page,
                changed=0 < h.read_version < h.newest,
            )
            for h in (write.headline for write in self.model.articles.values())
        }
        expected = {row for row in known if row.feed in subscribed}
        # What is starred or marked outlives the feed, and stays while the window is open.
        outlives = {row for row in known - expected if row.starred or row.claims}
        for columns in (self.lists, self.shelf.columns()):
            columns.refresh()
            rows = [columns.row(i) for i in columns.order()]
            assert expected | outlives <= set(rows) <= known
            assert {row for row in rows if row.feed in subscribed} == expected
            assert len(rows) == len(columns) == len(set(rows))
            assert columns.order(unread=True) == [
                i for i in columns.order() if not columns.row(i).read
            ]
            assert sum(unread for unread, _ in columns.counts().values()) == sum(
                not row.read for row in rows
            )


def _read_version(write: ArticleWrite, read: bool | None) -> int:
    """Which text counts as read once the mark is put."""
    if read is None:
        return write.headline.read_version
    return write.headline.newest if read else 0


def _drop(feeds: dict[str, Feed], address: str) -> None:
    del feeds[address]


TestShelf = ShelfMachine.TestCase
TestShelf.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
