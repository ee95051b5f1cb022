"""Rules do what they say to articles that come in: each once, and to no others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON
from desks import FEED, an_article, fill

from store.desk.aftercare import follow
from store.finding.rules import decide, follow_rules, mistake_in, query_of
from store.model import ArticleWrite, Block, Headline, Noticed, Rule, WatchWord
from store.query import QueryError
from store.shelf.shelf import Mark, Shelf

CHIPS = ("A fab for chips", "It will make chips.")
RAIN = ("Rain", "It rained.")
RULE = Rule(id="1", name="Chip exports", query="chips", star=True, labels=("chips",), notify=True)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    fill(tmp_path / "desk", RAIN)
    shelf = Shelf.open(tmp_path / "desk")
    shelf.arrivals.begin(NOON)
    return shelf


def finder(shelf: Shelf):  # type: ignore[no-untyped-def]
    """Finds what has a word of the query in its title."""

    def find(query: str, among: Collection[int]) -> Collection[int]:
        if ":" in query:
            raise QueryError(f"there is no filter “{query}”")
        word = query.strip('"').casefold()
        heads = shelf.headlines(1)
        return {one.id for one in heads if one.id in among and word in one.title.casefold()}

    return find


def come_in(shelf: Shelf, *stories: tuple[str, str], minutes: int = 1) -> list[ArticleWrite]:
    writes = [
        an_article(story, at=NOON + timedelta(minutes=minutes, seconds=second))
        for second, story in enumerate(stories)
    ]
    shelf.take_in(1, lambda _known: writes)
    return writes


def headline(shelf: Shelf, write: ArticleWrite) -> Headline:
    found = shelf.headline(write.headline.id, 1)
    assert found is not None
    return found


def keep(shelf: Shelf, *rules: Rule) -> None:
    shelf.interests.rules.change(lambda _: rules)


def test_a_rule_stars_labels_and_tells_of_what_came_in(shelf: Shelf) -> None:
    keep(shelf, RULE)
    chips, rain = come_in(shelf, CHIPS, ("More rain", "Still."))
    told = follow_rules(shelf, finder(shelf))
    assert told == (Noticed(name="Chip exports", articles=1, titles=("A fab for chips",)),)
    assert (headline(shelf, chips).starred, headline(shelf, chips).labels) == (True, ("chips",))
    assert not headline(shelf, rain).starred


def test_a_rule_sees_the_page_that_was_fetched_with_an_article(shelf: Shelf) -> None:
    keep(shelf, Rule(id="1", name="Lithography", query="lithography", star=True))
    (chips,) = come_in(shelf, CHIPS)
    text = (("title", CHIPS[0]), ("paragraph", "It waits for lithography."))
    page = [Block(kind=kind, text=said) for kind, said in text]
    shelf.take_page(chips.headline.id, 1, page, taken=NOON)
    follow(shelf)
    assert headline(shelf, chips).starred


def test_what_was_there_before_is_left_alone(shelf: Shelf) -> None:
    keep(shelf, Rule(id="1", name="Weather", query="rain", star=True))
    assert follow_rules(shelf, finder(shelf)) == ()
    assert not any(one.starred for one in shelf.headlines(1))


def test_a_rule_sees_an_article_once_whatever_the_person_does_with_it(shelf: Shelf) -> None:
    keep(shelf, RULE)
    (chips,) = come_in(shelf, CHIPS)
    follow_rules(shelf, finder(shelf))
    shelf.mark({(1, chips.headline.id): Mark(starred=False, unlabel=("chips",))})
    come_in(shelf, ("Other", "News."), minutes=2)
    assert follow_rules(shelf, finder(shelf)) == ()
    assert (headline(shelf, chips).starred, headline(shelf, chips).labels) == (False, ())


def test_a_kill_before_the_end_lets_nothing_happen_twice(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(shelf, RULE)
    (chips,) = come_in(shelf, CHIPS)

    def killed(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shelf.arrivals, "remember", killed)
    with pytest.raises(KeyboardInterrupt):
        follow_rules(shelf, finder(shelf))
    shelf.mark({(1, chips.headline.id): Mark(starred=False)})
    again = Shelf.open(shelf.folder)
    assert follow_rules(again, finder(again)) == ()
    assert not headline(again, chips).starred


def test_a_kill_before_the_beginning_loses_nothing(shelf: Shelf) -> None:
    keep(shelf, RULE)
    (chips,) = come_in(shelf, CHIPS)
    again = Shelf.open(shelf.folder)
    follow_rules(again, finder(again))
    assert headline(again, chips).starred


def test_what_the_person_marked_unread_no_rule_marks_read(shelf: Shelf) -> None:
    keep(shelf, Rule(id="1", name="Quiet", query="chips", read=True))
    (chips,) = come_in(shelf, CHIPS)
    follow_rules(shelf, finder(shelf))
    assert headline(shelf, chips).read
    key = (1, chips.headline.id)
    shelf.mark({key: Mark(read=False)})
    shelf.mark({key: Mark(read=True, by_rule=True)})
    assert not headline(shelf, chips).read
    shelf.mark({key: Mark(read=True)})
    shelf.mark({key: Mark(read=True, by_rule=True)})
    assert headline(shelf, chips).read


def test_what_came_in_while_all_rules_were_off_is_not_caught_up_with(shelf: Shelf) -> None:
    (chips,) = come_in(shelf, CHIPS)
    shelf.arrivals.begin(NOON + timedelta(minutes=5))
    keep(shelf, RULE)
    assert follow_rules(shelf, finder(shelf)) == ()
    assert not headline(shelf, chips).starred


def test_a_feed_without_news_is_not_read(shelf: Shelf) -> None:
    come_in(shelf, CHIPS)
    arrived, passed = shelf.arrivals.new([1, 2])
    assert len(arrived) == 1
    shelf.arrivals.remember(passed)
    assert shelf.arrivals.new([1, 2]) == ([], [])


def test_a_desk_where_no_rule_ever_was_counts_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "desk", CHIPS)
    shelf = Shelf.open(tmp_path / "desk")
    assert not shelf.arrivals.has_begun
    assert shelf.arrivals.new([1]) == ([], [])


def test_several_rules_add_to_each_other_and_one_that_is_broken_or_off_does_nothing() -> None:
    arrived = [an_article(CHIPS).headline]

    def find(query: str, among: Collection[int]) -> Collection[int]:
        if query == "oops:":
            raise QueryError("there is no filter “oops:”")
        return among

    rules = [
        Rule(id="1", name="a", query="x", star=True, labels=("one",)),
        Rule(id="2", name="b", query="oops:", read=True),
        Rule(id="3", name="c", query="x", labels=("ONE", "two")),
        Rule(id="4", name="d", query="x", read=True, on=False),
    ]
    decision = decide(rules, (), arrived, find)
    (mark,) = decision.marks.values()
    assert (mark.read, mark.starred, mark.label) == (None, True, ("one", "two"))
    assert decision.noticed == ()
    assert mistake_in(rules[1], find) == "there is no filter “oops:”"
    assert mistake_in(rules[0], find) == ""


def test_a_watch_word_that_shall_be_told_is_told(shelf: Shelf) -> None:
    shelf.interests.watch_words.change(
        lambda _: [WatchWord(text="fab", notify=True), WatchWord(text="rain")]
    )
    come_in(shelf, CHIPS, RAIN)
    (told,) = follow_rules(shelf, finder(shelf))
    assert (told.name, told.articles) == ("fab", 1)


def test_a_watch_word_is_looked_for_as_a_phrase() -> None:
    assert query_of(WatchWord(text='export "controls')) == '"export  controls"'


def test_nothing_is_read_where_nobody_made_a_rule(shelf: Shelf) -> None:
    come_in(shelf, CHIPS)

    def find(_query: str, _among: Collection[int]) -> Collection[int]:
        raise AssertionError

    assert follow_rules(shelf, find) == ()
    assert FEED
