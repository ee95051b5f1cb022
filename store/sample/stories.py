"""The sample desk's stories: feed files written for it, re-dated so that they always look fresh.

The files carry dates around one fixed day and addresses under ``http://wiredesk.example`` (a name
that RFC 2606 keeps free). All dates move by one and the same stretch, so that the newest lies
``FRESH`` before now while order and distances stay.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from store.model import Value

if TYPE_CHECKING:
    from lxml.etree import _Element

FEEDS = ("top-news", "chip-weekly", "policy-wire", "deals", "asia-pacific-desk")
"""Names of the feed files, in the order in which they are subscribed."""

FRESH = timedelta(minutes=25)
"""How old the newest story is when the stories are told."""

PLACEHOLDER = "http://wiredesk.example"
"""What the feed files call the server that they will be served from."""

_DATED = re.compile(r"(<(?:pubDate|lastBuildDate|published|updated)>)([^<]+)(?=</)")
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Story(Value, frozen=True, kw_only=True):
    """One article of the sample, as its own web page shows it."""

    path: str
    """Of its page, as "/articles/kumano-second-fab"."""
    title: str
    author: str
    language: str
    published: datetime
    html: str
    """The whole text, also where the feed gives only the beginning."""
    teaser: bool


class Issue(Value, frozen=True, kw_only=True):
    """One feed of the sample, with the stories in it."""

    name: str
    title: str
    xml: str
    media_type: str
    newest: datetime
    stories: tuple[Story, ...]

    @property
    def path(self) -> str:
        """Where the feed is served."""
        return f"/feeds/{self.name}.xml"


def issues(home: str, now: datetime) -> tuple[Issue, ...]:
    """Tell all stories as of ``now``, with every address under ``home`` ("http://host:port")."""
    texts = {name: _file("feeds", f"{name}.xml") for name in FEEDS}
    newest = max(max(_dates(text)) for text in texts.values())
    stretch = now.replace(microsecond=0) - FRESH - newest
    return tuple(
        _issue(name, redated(text, stretch).replace(PLACEHOLDER, home))
        for name, text in texts.items()
    )


def redated(xml: str, stretch: timedelta) -> str:
    """Move every date of a feed's document, each in the form and zone in which it is written.

    Forms are those of RSS 2.0 (RFC 822) and Atom (RFC 3339).
    """

    def moved(found: re.Match[str]) -> str:
        date = _date(found[2]) + stretch
        rfc3339 = found[2][:1].isdigit()
        return found[1] + (date.isoformat() if rfc3339 else format_datetime(date))

    return _DATED.sub(moved, xml)


def _date(text: str) -> datetime:
    return datetime.fromisoformat(text) if text[:1].isdigit() else parsedate_to_datetime(text)


def _dates(xml: str) -> list[datetime]:
    return [_date(found[2]) for found in _DATED.finditer(xml)]


def _file(folder: str, name: str) -> str:
    return files("store.sample").joinpath(folder, name).read_text(encoding="utf-8")


def _issue(name: str, xml: str) -> Issue:
    from lxml import etree

    root = etree.fromstring(xml.encode())
    atom = root.tag == f"{{{_ATOM}}}feed"
    title = root.find(f"{{{_ATOM}}}title") if atom else root.find("channel/title")
    entries = root.iterfind(f"{{{_ATOM}}}entry") if atom else root.iterfind("channel/item")
    stories = tuple(_atom_story(entry) if atom else _rss_story(entry) for entry in entries)
    return Issue(
        name=name,
        title=_words(title),
        xml=xml,
        media_type="application/atom+xml" if atom else "application/rss+xml",
        newest=max(_dates(xml)).astimezone(UTC),
        stories=stories,
    )


def _rss_story(item: _Element) -> Story:
    return _story(
        address=_words(item.find("link")),
        title=_words(item.find("title")),
        authors=[_words(item.find(_CREATOR)) or _named(_words(item.find("author")))],
        language=_language(item) or "en",
        published=_words(item.find("pubDate")),
        html=_words(item.find(_CONTENT)),
    )


def _atom_story(entry: _Element) -> Story:
    link = entry.find(f"{{{_ATOM}}}link[@rel='alternate']")
    content = entry.find(f"{{{_ATOM}}}content")
    return _story(
        address="" if link is None else urljoin(link.base or "", link.get("href", "")),
        title=_words(entry.find(f"{{{_ATOM}}}title")),
        authors=[_words(name) for name in entry.iterfind(f"{{{_ATOM}}}author/{{{_ATOM}}}name")],
        language=_language(entry),
        published=_words(entry.find(f"{{{_ATOM}}}published")),
        html="" if content is None else _html(content),
    )


def _story(
    *, address: str, title: str, authors: list[str], language: str, published: str, html: str
) -> Story:
    path = urlsplit(address).path
    return Story(
        path=path,
        title=title,
        author=", ".join(authors),
        language=language,
        published=_date(published),
        html=html or _file("pages", f"{path.rpartition('/')[2]}.html"),
        teaser=not html,
    )


def _words(element: _Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _named(author: str) -> str:
    """Return the name in RSS's "address (name)"."""
    return author.partition("(")[2].rstrip(")")


def _html(content: _Element) -> str:
    if content.get("type") != "xhtml":
        return _words(content)
    from lxml import etree

    return "".join(etree.tostring(child, encoding="unicode") for child in content).strip()


def _language(element: _Element) -> str:
    """Return what xml:lang says, the nearest one outwards (XML 1.0, 2.12)."""
    for around in (element, *element.iterancestors()):
        if said := around.get(_LANGUAGE):
            return said
    return ""
