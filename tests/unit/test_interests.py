"""Rules, watch words and labels of a desk: kept in order, tried, applied, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from desks import HIRING_PUSH, QUIET, an_article, fill, open_desk
from msgspec.structs import replace

from store.desk import Desk, DeskError
from store.desk.aftercare import follow
from store.desk.interests import MOST_WORDS, rearranged, word_of
from store.desk.labels import label_of, labels_of
from store.finding.rules import query_of
from store.model import Noticed, Rule, WatchWord, noticed_told
from store.query import QueryError
from store.settings import folders
from store.shelf.shelf import Shelf

RULE = Rule(id="", name="Jobs", query="recruiting", star=True, labels=("jobs, hiring",))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    indexed()
    desk = open_desk()
    yield desk
    desk.close()


@pytest.fixture
def shelf(desk: Desk) -> Iterator[Shelf]:
    shelf = Shelf.open(folders().desk)
    yield shelf
    shelf.close()


def indexed() -> tuple[Noticed, ...]:
    """What the worker does after a fetch."""
    shelf = Shelf.open(folders().desk)
    noticed = follow(shelf)
    shelf.close()
    return noticed


def key_of(desk: Desk, title: str) -> tuple[int, int]:
    rows = (desk.columns.row(i) for i in desk.columns.order())
    return next((row.feed, row.id) for row in rows if row.title == title)


async def test_a_rule_is_kept_as_it_can_be_meant_and_changed_in_its_place(desk: Desk) -> None:
    care = desk.interests
    kept = await care.keep_rule(RULE)
    assert kept.labels == ("jobs", "hiring")
    await care.keep_rule(Rule(id="", name="Rain", query="rained", read=True))
    await care.keep_rule(replace(kept, name="Work"))
    assert [one.name for one in await care.rules()] == ["Work", "Rain"]
    assert await desk.labels.offered() == ("jobs", "hiring")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (replace(RULE, query=" "), "needs a query"),
        (replace(RULE, name=""), "needs a name"),
        (replace(RULE, star=False, labels=()), "something to do"),
    ],
)
async def test_a_rule_that_lacks_something_is_refused_in_a_sentence(
    desk: Desk, rule: Rule, says: str
) -> None:
    with pytest.raises(DeskError, match=says):
        await desk.interests.keep_rule(rule)


async def test_a_query_that_cannot_be_meant_and_a_name_twice_are_refused(desk: Desk) -> None:
    with pytest.raises(QueryError, match="singal"):
        await desk.interests.keep_rule(replace(RULE, query="singal:hiring"))
    await desk.interests.keep_rule(RULE)
    with pytest.raises(DeskError, match="called JOBS already"):
        await desk.interests.keep_rule(replace(RULE, name="JOBS"))


async def test_a_rule_tried_tells_how_much_it_finds(desk: Desk) -> None:
    found = await desk.interests.found("recruiting")
    assert (len(found.rows), found.unread, found.behind) == (1, 1, 0)


async def test_a_rule_is_applied_to_what_is_there_and_taken_back(desk: Desk) -> None:
    rule = await desk.interests.keep_rule(replace(RULE, read=True))
    key = key_of(desk, HIRING_PUSH[0])
    await desk.labels.change([key], put=["own"])
    applied = await desk.interests.apply(rule)
    assert (applied.found, len(applied.before)) == (1, 1)
    row = desk.columns.row(desk.columns.index(key[1]) or 0)
    assert (row.starred, row.read) == (True, True)
    assert (await desk.labels.worn([key]))[key] == ("own", "jobs", "hiring")
    assert (await desk.interests.apply(rule)).before == ()
    await desk.interests.take_back(applied)
    row = desk.columns.row(desk.columns.index(key[1]) or 0)
    assert (row.starred, row.read) == (False, False)
    assert (await desk.labels.worn([key]))[key] == ("own",)


async def test_taking_a_rule_back_leaves_what_else_was_done_meanwhile(desk: Desk) -> None:
    rule = await desk.interests.keep_rule(replace(RULE, star=False, read=True))
    key = key_of(desk, HIRING_PUSH[0])
    applied = await desk.interests.apply(rule)
    await desk.mark([key], starred=True)
    await desk.labels.change([key], put=["to quote"])
    await desk.interests.take_back(applied)
    row = desk.columns.row(desk.columns.index(key[1]) or 0)
    assert (row.starred, row.read) == (True, False)
    assert (await desk.labels.worn([key]))[key] == ("to quote",)


async def test_taking_a_step_back_leaves_what_another_window_did_to_rules_and_words(
    desk: Desk,
) -> None:
    care = desk.interests
    await care.keep_rule(RULE)
    await care.keep_word(WatchWord(text="Japan"))
    (kept,) = await care.rules()
    await care.change_rules(lambda rules: rearranged(rules, "switch", kept.id))
    switch_back = care.take_back_last
    await care.change_words(lambda words: rearranged(words, "delete", "Japan"))
    undelete = care.take_back_last
    with closing(open_desk()) as other:
        await other.interests.keep_rule(replace(RULE, name="Theirs"))
        await other.interests.keep_word(WatchWord(text="Chile"))
    await undelete()
    await switch_back()
    assert [(one.name, one.on) for one in await care.rules()] == [("Jobs", True), ("Theirs", True)]
    assert [one.text for one in await care.words()] == ["Japan", "Chile"]


async def test_what_the_worker_brings_goes_by_the_rules_and_is_told(desk: Desk) -> None:
    await desk.interests.keep_rule(replace(RULE, query="fab", notify=True))
    write = an_article(("A fab", "For chips."), at=desk.now() + timedelta(seconds=1))
    desk._shelf.take_in(1, lambda _known: [write])
    assert indexed() == (Noticed(name="Jobs", articles=1, titles=("A fab",)),)
    headline = desk._shelf.headline(write.headline.id, 1)
    assert headline is not None
    assert (headline.starred, headline.labels) == (True, ("jobs", "hiring"))
    assert indexed() == ()


async def test_watch_words_are_kept_once_each(desk: Desk) -> None:
    care = desk.interests
    await care.keep_word(WatchWord(text='data "centre'))
    await care.keep_word(WatchWord(text="Japan"))
    with pytest.raises(DeskError, match="is a watch word already"):
        await care.keep_word(WatchWord(text="JAPAN"))
    await care.keep_word(WatchWord(text="Australia", notify=True), instead="Japan")
    assert [one.text for one in await care.words()] == ["data centre", "Australia"]
    full = [WatchWord(text=f"w{number}") for number in range(MOST_WORDS)]
    await care.change_words(lambda _: full)
    with pytest.raises(DeskError, match="delete one before"):
        await care.keep_word(WatchWord(text="one more"))


async def test_a_watch_word_of_any_script_finds_how_words_begin(desk: Desk) -> None:
    kept = await desk.interests.keep_word(WatchWord(text="हिन्दी*"))
    query = query_of(kept)
    assert query == "हिन्दी"
    assert (await desk.interests.found(query)).rows == ()
    desk._shelf.take_in(1, lambda _known: [an_article(("हिन्दीभाषी लोग", "वे आए।"), at=desk.now())])
    indexed()
    await desk.take_in_changes()
    assert len((await desk.interests.found(query)).rows) == 1


@pytest.mark.parametrize("typed", ["", " … ", "two wor*", "a*b"])
def test_a_watch_word_that_would_find_nothing_is_refused(typed: str) -> None:
    with pytest.raises(DeskError):
        word_of(typed)


async def test_an_article_says_which_watch_words_it_holds_also_in_its_text(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[None] = []
    watched = desk.watched
    await desk.interests.change_words(
        lambda _: [
            WatchWord(text="recruit*"),
            WatchWord(text="push"),
            WatchWord(text="x", on=False),
        ]
    )
    assert watched.is_stale
    assert watched.lit("A hiring push") == []
    await watched.look(lambda: shown.append(None))
    assert len(shown) == 1
    article = key_of(desk, HIRING_PUSH[0])[1]
    assert watched.said_by(article) == ("recruit*", "push")
    assert watched.said_by(key_of(desk, QUIET[0])[1]) == ()
    assert (len(watched.rows), watched.unread) == (1, 1)
    ((span, look),) = watched.lit("A hiring push")
    assert (span.start, span.end, look) == (9, 13, "watch")
    assert watched.words_in("They recruit.") == ("recruit*",)
    assert len(watched.lit_in("push, push")) == 2
    assert not watched.is_stale
    await watched.look(lambda: shown.append(None))
    assert len(shown) == 1
    monkeypatch.setattr("store.desk.watching.CATCHING_UP", 0)
    monkeypatch.setattr("store.desk.watching.SHARE", float("inf"))
    assert not watched.is_stale
    await desk.interests.change_words(lambda _: [])
    assert watched.is_stale
    await watched.look(lambda: shown.append(None))
    assert (watched.words, watched.rows, watched.unread) == ((), frozenset(), 0)


async def test_labels_are_offered_by_their_last_use_and_put_back(desk: Desk) -> None:
    one, two = key_of(desk, HIRING_PUSH[0]), key_of(desk, QUIET[0])
    await desk.labels.change([one], put=["Chips"])
    before = await desk.labels.change([one, two, (1, 5)], put=["to quote", "chips"])
    assert before == {one: ("Chips",), two: ()}
    assert await desk.labels.offered() == ("to quote", "Chips")
    await desk.labels.change([two], put=["to quote"], take=["CHIPS"])
    assert (await desk.labels.worn([two]))[two] == ("to quote",)
    await desk.labels.put_back(before, put=["to quote", "chips"])
    assert await desk.labels.worn([one, two]) == before
    before = await desk.labels.change([one], take=["chips"])
    await desk.labels.change([one], put=["put elsewhere"])
    await desk.labels.put_back(before, take=["chips"])
    assert await desk.labels.worn([one]) == {one: ("put elsewhere", "Chips")}


def test_labels_typed_in_a_line_are_parted_by_commas() -> None:
    assert labels_of(' chips,, "to  quote" ,CHIPS') == ("chips", "to quote")
    assert "\x1b" not in label_of("a\x1b[31mb")


def test_rules_are_switched_moved_and_deleted() -> None:
    rules = tuple(Rule(id=name, name=name, query="x") for name in "abc")
    assert [one.name for one in rearranged(rules, "down", "a")] == ["b", "a", "c"]
    assert [one.name for one in rearranged(rules, "up", "a")] == ["a", "b", "c"]
    assert [one.name for one in rearranged(rules, "delete", "b")] == ["a", "c"]
    assert [one.on for one in rearranged(rules, "switch", "c")] == [True, True, False]
    assert [one.name for one in rearranged(rules, "down", "z")] == ["a", "b", "c"]


def test_what_was_noticed_reads_as_a_sentence() -> None:
    one = Noticed(name="Chips", articles=1, titles=("A fab",))
    assert noticed_told(one) == "1 article for “Chips”: A fab"
    many = Noticed(name="Chips", articles=4, titles=("A", "B", "C"))
    assert noticed_told(many) == "4 articles for “Chips”: A · B · C · …"


async def test_a_label_is_found_as_soon_as_it_is_put(desk: Desk) -> None:
    key = key_of(desk, QUIET[0])
    assert (await desk.interests.found("tag:dull")).rows == ()
    before = await desk.labels.change([key], put=["Dull days"])
    assert len((await desk.interests.found("tag:dull")).rows) == 1
    await desk.labels.put_back(before, put=["Dull days"])
    assert (await desk.interests.found("tag:dull")).rows == ()
