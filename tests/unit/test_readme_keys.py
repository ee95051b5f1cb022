"""The README's keys are the program's: each of them, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.binding import Binding

from store.claims.codebook.file import own_codebook
from tui.app import WiredeskApp
from tui.prompts import key_name
from tui.screens.reading import ReadingScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")

# What the words of the README's table mean, by the ids of the program's bindings.
MEANT = {
    "everywhere": {
        "help": "desk.help",
        "commands by name": "app.palette",
        "search everything": "desk.search",
        "pane left, right": "desk.left desk.right",
        "next pane, previous": "desk.next_pane desk.previous_pane",
        "add a feed": "desk.add_feed",
        "refresh all": "desk.refresh",
        "how feeds fare": "desk.feeds",
        "watch words and rules": "desk.interests",
        "claims": "desk.claims",
        "review suggestions": "desk.review",
        "how the work goes": "desk.progress",
        "export": "desk.export",
        "companies": "desk.companies",
        "codebook": "desk.codebook",
        "agreement": "desk.agreement",
        "this pane alone": "desk.zoom",
        "what a program said": "desk.output",
        "theme": "app.theme",
        "to the shell": "app.suspend",
        "back": "desk.back desk.leave",
        "quit": "desk.leave desk.leave",
        "quit at once": "app.quit",
    },
    "feeds, articles": {
        "down, up": "list.down list.up",
        "ends": "list.top list.end",
        "page": "list.page_down list.page_up",
        "half a page": "list.half_down list.half_up",
        "opens": "list.open",
        "refresh this feed": "feeds.refresh list.refresh",
        "open in the browser": "feeds.open_link list.open_link",
        "copy the link": "feeds.copy_link list.copy_link",
        "undo": "list.undo",
    },
    "feeds": {
        "edit, rename a folder": "feeds.edit",
        "unsubscribe": "feeds.leave",
        "move up, down": "feeds.move_up feeds.move_down",
        "fold a folder": "feeds.fold",
    },
    "articles": {
        "open next unread, previous": "list.next_unread list.previous_unread",
        "read": "list.read",
        "star": "list.star",
        "unread only": "list.unread_only",
        "all read": "list.all_read",
        "filter the list": "list.filter",
        "full text": "list.full_text",
        "delete": "list.delete",
        "all above read, all below": "list.read_above list.read_below",
        "select": "list.select",
        "select none": "list.unselect",
        "order, reverse": "list.order list.reverse",
        "open all selected": "list.open_all",
        "copy as Markdown": "list.copy_markdown",
        "pipe": "list.pipe",
        "labels": "list.labels",
        "other reports of it": "list.story",
        "the same to these": "list.others",
    },
    "reading": {
        "sentence": "article.down article.up",
        "paragraph": "article.next_paragraph article.previous_paragraph",
        "page": "article.page_down article.page_up",
        "half a page": "article.half_down article.half_up",
        "ends": "article.top article.end",
        "next suggestion or claim, previous": "article.next_stop article.previous_stop",
        "next match of a search, previous": "article.next_match article.previous_match",
        "next unread, previous": "article.next article.previous",
        "read": "article.read",
        "star": "article.star",
        "full text": "article.full_text",
        "what changed": "article.changes",
        "links by letters": "article.hints",
        "open in the browser": "article.open_link",
        "copy the link": "article.copy_link",
        "open all selected": "article.open_all",
        "copy as Markdown": "article.copy_markdown",
        "pipe": "article.pipe",
        "labels": "article.labels",
    },
    "marking": {
        "keep": "tag.keep",
        "tick or clear": "tag.chip_1 tag.chip_9",
        "signal, a further one": "tag.signal tag.further_signal",
        "company": "tag.company",
        "region": "tag.region",
        "another dimension": "tag.dimension",
        "reject or remove": "tag.remove",
        "repeat": "tag.repeat",
        "take over from above": "tag.inherit",
        "all alike": "tag.alike",
        "another claim here": "tag.another",
        "done, on to the next": "tag.done",
        "lost claims": "tag.lost",
    },
    "shaping": {
        "end a word further, back": "tag.end_right tag.end_left",
        "start a word further, back": "tag.start_right tag.start_left",
        "a sentence more, less": "tag.sentence_more tag.sentence_less",
        "words one by one": "tag.words",
        "undo, redo": "tag.undo tag.redo",
    },
    "details": {
        "status, direction, date, amount": "tag.status",
        "note": "tag.note",
        "surer, less sure": "tag.surer tag.less_sure",
        "flag": "tag.flag",
    },
}


def section(heading: str) -> str:
    """What stands under a heading of the README."""
    return README.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def entries() -> list[tuple[str, str, list[str]]]:
    """Where, what it does, and the keys, of each entry in the README's table."""
    found = []
    for where, told in re.findall(r"(?m)^\| ([a-z, ]+) \| (`.*) \|$", section("Keys")):
        for entry in told.split(" · "):
            parts = re.fullmatch(r"((?:`[^`]+`[ –]?)+)(.*)", entry)
            assert parts is not None, entry
            keys = re.findall(r"`([^`]+)`", parts[1].replace(r"\|", "|"))
            found.append((where, parts[2], keys))
    return found


def keys_by_id() -> dict[str, set[str]]:
    """The keys of each binding that works while one reads, as the screen names them."""
    return {
        binding.id: {spoken(key_name(key)) for key in binding.key.split(",")}
        for pane in (ReadingScreen, FeedTree, ArticleList, ArticleView, WiredeskApp)
        for defining in pane.__mro__
        for binding in vars(defining).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    }


def spoken(key: str) -> str:
    """Letters differ by case; the names of keys do not."""
    return key if len(key) == 1 else key.lower()


@pytest.mark.parametrize(("where", "what", "keys"), entries())
def test_a_key_of_the_readme_does_what_it_says(where: str, what: str, keys: list[str]) -> None:
    meant = MEANT[where][what].split()
    of = keys_by_id()
    for number, id_ in enumerate(meant):
        key = keys[number] if len(keys) == len(meant) else keys[0]
        assert spoken(key) in of[id_], f"{id_} has {of[id_]}"


def test_the_readme_explains_every_key() -> None:
    told = [(where, what) for where, what, _ in entries()]
    assert told == [(where, what) for where, whats in MEANT.items() for what in whats]
    meant = {id_ for whats in MEANT.values() for ids in whats.values() for id_ in ids.split()}
    chips = {f"tag.chip_{number}" for number in range(2, 9)}
    assert meant | chips == set(keys_by_id())


def test_the_first_five_minutes_press_keys_that_exist() -> None:
    pressed = set(re.findall(r"`([^` ]+)`", section("The first five minutes")))
    pressed -= {"wiredesk", "h?"}
    signals = {code.key for dimension in own_codebook().dimensions for code in dimension.codes}
    assert {spoken(key) for key in pressed} <= set().union(*keys_by_id().values()) | signals | {"?"}
