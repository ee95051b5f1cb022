"""The other program in the tests of the shelf: it writes, says what was acknowledged, may die.

``python tests/shelf_child.py WHAT FOLDER NUMBER``; one line on standard output per acknowledgement.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from shelf_cases import ADDRESS, SmallDesk, article_write, claim, keep_claims, take_in

from store.model import View
from store.shelf.custody import Custody
from store.shelf.shelf import Mark, Shelf, ShelfError


def say(word: object) -> None:
    print(word, flush=True)


def desk_in(folder: Path) -> SmallDesk:
    """The small desk that the test laid out in the folder."""
    shelf = Shelf.open(folder)
    (feed,) = [feed for feed in shelf.feeds() if feed.address == ADDRESS]
    return SmallDesk(
        shelf, feed, tuple(article_write(feed, f"n{i}", hours_old=i) for i in range(3))
    )


def claims(folder: Path, first: int) -> None:
    """Three hundred claims on one article, one write each."""
    desk = desk_in(folder)
    article = desk.first
    for number in range(first, first + 300):
        keep_claims(desk.shelf, article, claim(article, number))
        say(number)


def articles(folder: Path, _: int) -> None:
    """The same fifty articles as every other program, ten a refresh; says how many were new."""
    desk = desk_in(folder)
    new = 0
    for start in range(0, 50, 10):
        writes = [article_write(desk.feed, f"common {i}") for i in range(start, start + 10)]
        taken = desk.shelf.take_in(
            desk.feed.number,
            lambda known, writes=writes: [one for one in writes if one.headline.id not in known],
        )
        new += len(taken)
    say(new)


def feeds(folder: Path, first: int) -> None:
    """Thirty subscriptions."""
    shelf = Shelf.open(folder)
    for number in range(first, first + 30):
        say(shelf.add_feed(f"https://feeds.example/{number}").number)


def everything(folder: Path, first: int) -> None:
    """Claims, articles, marks, views and labels without end, until somebody kills us."""
    desk = desk_in(folder)
    article = desk.first
    number = first
    while True:
        keep_claims(desk.shelf, article, claim(article, number))
        say(f"claim {number}")
        take_in(desk.shelf, article_write(desk.feed, f"killed {number}", words="word " * 300))
        say(f"article {number}")
        write = article_write(desk.feed, f"killed {number}")
        desk.shelf.mark({(desk.feed.number, write.headline.id): Mark(starred=True)})
        say(f"star {number}")
        desk.shelf.interests.views.change(partial(_with_view, number=number))
        say(f"view {number}")
        desk.shelf.mark({(desk.feed.number, write.headline.id): Mark(label=("killed",))})
        say(f"label {number}")
        number += 1


def _with_view(views: tuple[View, ...], number: int) -> tuple[View, ...]:
    return (*views, View(id=str(number), name=f"View {number}", query="rained"))


def cramped(folder: Path, limit: int) -> None:
    """Claims until no file may grow over ``limit`` bytes; then what was said, and what is left."""
    import resource

    sys.dont_write_bytecode = True  # a file cut off at the limit would break later imports
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    desk = desk_in(folder)
    article = desk.first
    number = 1_000
    try:
        while True:
            keep_claims(desk.shelf, article, claim(article, number))
            say(number)
            number += 1
    except ShelfError as error:
        say(error)
    say(len(desk.shelf.claims_of(article.headline.id, desk.feed.number)))


def hold(folder: Path, _: int) -> None:
    """Take the lock and keep it."""
    with Custody(folder).writing():
        say("held")
        time.sleep(600)


if __name__ == "__main__":
    {
        "claims": claims,
        "articles": articles,
        "feeds": feeds,
        "everything": everything,
        "cramped": cramped,
        "hold": hold,
    }[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
