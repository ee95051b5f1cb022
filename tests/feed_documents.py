"""Feeds to be parsed: samples from files, and documents made of a few elements."""

from __future__ import annotations

from pathlib import Path

from store.feeds.parsing.parse import parse
from store.model import ParsedEntry, ParsedFeed

SAMPLES = Path(__file__).parent / "feeds"
AT = "https://h.example/feeds/news.xml"


def parsed(document: str | bytes, *, content_type: str = "", address: str = AT) -> ParsedFeed:
    body = document.encode() if isinstance(document, str) else document
    return parse(body, address=address, content_type=content_type)


def sample(name: str) -> ParsedFeed:
    return parsed((SAMPLES / name).read_bytes())


def rss(items: str, *, channel: str = "<title>News</title>") -> str:
    return f"<rss version='2.0'><channel>{channel}{items}</channel></rss>"


def item(inside: str, *, channel: str = "") -> ParsedEntry:
    (entry,) = parsed(rss(f"<item>{inside}</item>", channel=channel)).entries
    return entry


def atom(inside: str) -> ParsedEntry:
    document = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inside}</entry></feed>"
    (entry,) = parsed(document).entries
    return entry


def text(entry: ParsedEntry) -> str:
    return "\n".join(block.text for block in entry.blocks)
