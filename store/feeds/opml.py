"""Lists of feeds (OPML 2.0) and the subscriptions of a desk: what a list adds, how one is written.

Pure. Spec: http://opml.org/spec2.opml. What it cannot say (minutes, full text, …) stands in
attributes of a namespace of our own, which other readers pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from msgspec.structs import replace

from store.feeds.folders import Branch, Path, tree_of
from store.feeds.listed_order import ordered_folders, places
from store.feeds.web.address import BadAddress, host_of, typed_address
from store.model import Feed, Value
from store.model.subscribing import OPML_NAMESPACE, Outline
from store.settings import FEWEST_MINUTES, MOST_MEGABYTES, MOST_MINUTES
from store.settings.values import MOST_KEPT_ARTICLES, MOST_KEPT_DAYS
from store.text.clean import clean_address, guard
from store.text.quoted import quoted

_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.-]*")
_OURS_ALONE = frozenset({"text", "title", "xmlUrl", "htmlUrl", "category"})


class Taken(Value, frozen=True, kw_only=True):
    """What a list means for a desk."""

    feeds: tuple[Feed, ...] = ()
    """To be kept: new ones have the number 0, others stand in further folders."""
    folders: tuple[Path, ...] = ()
    """New folders that stand in the order of the list, and not by name."""
    there: int = 0
    """Feeds that the desk has just as the list says."""
    problems: tuple[str, ...] = ()
    """One sentence for each feed that is not taken, or not wholly."""


def taken(present: Sequence[Feed], outlines: Iterable[Outline], *, now: datetime) -> Taken:
    """What to keep of a list; what stands on the desk keeps its titles and settings.

    A list allows nothing: private addresses are left out, names and passwords are dropped.
    """
    known = {address: feed for feed in present for address in (feed.address, *feed.moved_from)}
    kept: dict[str, Feed] = {}
    same: set[str] = set()
    problems: list[str] = []
    rows: dict[Path, list[str]] = {}
    for outline in outlines:
        where = f"line {outline.line}: "
        try:
            typed = typed_address(outline.address)
        except BadAddress as error:
            problems.append(f"{where}{_called(outline)}: {error}")
            continue
        if typed.permit and typed.address not in known:
            problems.append(
                f"{where}{typed.permit} is on a private network, where no list of feeds leads: "
                "add it by its address if it is yours."
            )
            continue
        if typed.userinfo:
            problems.append(
                f"{where}the name and password of {host_of(typed.address)} are left out: "
                "add its address with them once more."
            )
        for path in outline.folders or ((),):
            rows.setdefault(path, []).append(typed.address)
        before = kept.get(typed.address) or known.get(typed.address)
        if before is None:
            kept[typed.address] = _new(outline, typed.address, now)
            continue
        folders = tuple(dict.fromkeys((*before.folders, *outline.folders)))
        if folders != before.folders:
            kept[typed.address] = known[before.address] = replace(before, folders=folders)
        elif typed.address not in kept:
            same.add(typed.address)
    feeds = {feed.address: feed for feed in kept.values()}
    return Taken(
        feeds=tuple(_in_their_order(feeds, rows, present)),
        folders=tuple(ordered_folders(rows, [path for feed in present for path in feed.folders])),
        there=len(same - kept.keys()),
        problems=tuple(problems),
    )


def _in_their_order(
    feeds: Mapping[str, Feed], rows: Mapping[Path, Sequence[str]], present: Iterable[Feed]
) -> Iterator[Feed]:
    """Put new feeds in the order of the list, where nothing stands in their folders yet."""
    held = {path for feed in present for path in feed.folders or ((),)}
    new = {address: feed.name for address, feed in feeds.items() if not feed.number}
    free = [
        [one for one in row if one in new and path in (feeds[one].folders or ((),))]
        for path, row in rows.items()
        if path not in held
    ]
    place = places(free, new)
    return (replace(feed, place=place.get(feed.address, feed.place)) for feed in feeds.values())


def written(feeds: Iterable[Feed], *, order: Sequence[Path] = (), now: datetime) -> bytes:
    """The subscriptions as a list of feeds that other readers take; saved pages are none.

    They stand in their order on the desk; ``order`` are folders as a person ordered them.
    Addresses stand in it as they are fetched, without names, passwords and private permits.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:wiredesk="{OPML_NAMESPACE}">',
        "  <head>",
        "    <title>Feeds of Wiredesk</title>",
        f"    <dateCreated>{escape(format_datetime(now, usegmt=True))}</dateCreated>",
        "    <docs>http://opml.org/spec2.opml</docs>",
        "  </head>",
        "  <body>",
    ]
    tree = tree_of((feed for feed in feeds if feed.is_fetched), order)
    lines += _outlines(tree, "    ")
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _outlines(folder: Branch, indent: str) -> Iterator[str]:
    for feed in folder.feeds:
        yield f"{indent}<outline{_attributes(_told(feed))}/>"
    for inner in folder.folders:
        yield f"{indent}<outline{_attributes({'text': inner.path[-1]})}>"
        yield from _outlines(inner, indent + "  ")
        yield f"{indent}</outline>"


def _told(feed: Feed) -> dict[str, str]:
    listed = {name: value for name, value in feed.listed if _may_stand(name)}
    told = {"text": feed.name, "title": feed.title, "type": "rss", **listed}
    told |= {"xmlUrl": feed.address, "htmlUrl": feed.site}
    ours = {
        "minutes": str(feed.minutes or ""),
        "megabytes": str(feed.megabytes or ""),
        "fullText": "true" if feed.full_text else "",
        "paused": "true" if feed.paused else "",
        "keepDays": str(feed.keep_days or ""),
        "keepArticles": str(feed.keep_articles or ""),
    }
    told |= {f"wiredesk:{name}": value for name, value in ours.items()}
    shown = {name: value for name, value in told.items() if value}
    # Empty says something here: that the feed goes by its publisher's title.
    return {**shown, "wiredesk:ownTitle": feed.own_title}


def _may_stand(name: str) -> bool:
    return bool(_ATTRIBUTE.fullmatch(name)) and name not in _OURS_ALONE


def _attributes(told: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(guard(value))}" for name, value in told.items())


def _new(outline: Outline, address: str, now: datetime) -> Feed:
    text = "" if outline.text in {outline.address, address} else outline.text
    minutes = min(max(outline.minutes, FEWEST_MINUTES), MOST_MINUTES) if outline.minutes else 0
    return Feed(
        number=0,
        address=address,
        first_address=address,
        added=now,
        title=outline.title,
        # What a person called it elsewhere stays, also once its publisher has been asked.
        own_title=text if outline.own_title is None else outline.own_title,
        site=clean_address(outline.site),
        folders=outline.folders,
        minutes=minutes,
        megabytes=min(outline.megabytes, MOST_MEGABYTES),
        full_text=outline.full_text,
        paused=outline.paused,
        keep_days=min(outline.keep_days, MOST_KEPT_DAYS),
        keep_articles=min(outline.keep_articles, MOST_KEPT_ARTICLES),
        listed=tuple((name, value) for name, value in outline.said if _may_stand(name)),
    )


def _called(outline: Outline) -> str:
    name = outline.text or outline.title
    return quoted(name) if name else "a feed"
