"""What a page says of itself: where it belongs, when it was published, in which language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from store.feeds.parsing.dates import moment
from store.feeds.parsing.documents import language_of_tag
from store.text.links import resolve

_HEAD = 512 * 1024
"""Characters looked at; pages carry long scripts before what they say of themselves."""
_TAG = re.compile(r"<(?:base|link|meta|html|time)\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]{0,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DATE_NAMES = {
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
}
_DATE_IN_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_SUBDOMAIN = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class PageFacts:
    """What the head of a page tells; ``base`` is what its links are relative to (HTML, 2.4.3)."""

    def __init__(self, html: str, address: str) -> None:
        self._tags = _tags(html)
        self._data = _DATE_IN_DATA.findall(html[: 4 * _HEAD])
        told = next((tag.get("href", "") for name, tag in self._tags if name == "base"), "")
        self.base = (resolve(told, address) if told else "") or address
        self._address = address

    @property
    def canonical(self) -> str:
        """The address that the page wants to be known by (RFC 6596), else the one it lies at.

        Only one of the same site: a page could otherwise pass for the page of another.
        """
        for name, tag in self._tags:
            if name == "link" and "canonical" in tag.get("rel", "").lower().split():
                told = resolve(tag.get("href", ""), self.base).partition("#")[0]
                return told if told and _site(told) == _site(self._address) else self._address
        return self._address

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language that the page says it is in, or ""."""
        for name, tag in self._tags:
            told = tag.get("lang", "") or tag.get("xml:lang", "") if name == "html" else ""
            if not told and tag.get("property", "").lower() == "og:locale":
                told = tag.get("content", "")
            if known := language_of_tag(told):
                return known
        return ""

    def published(self, day: str) -> datetime | None:
        """When the page says that it was published, to the second if it does so, else the day."""
        dated = [(name, tag) for name, tag in self._tags if _tells_a_date(tag)]
        told = [tag.get("content", "") for name, tag in dated if name == "meta"]
        told += self._data
        told += [tag.get("datetime", "") for name, tag in dated if name == "time"]
        moments = (_moment(one) for one in (*told, day))
        return next((at for at in moments if at is not None), None)


def _tags(html: str) -> list[tuple[str, dict[str, str]]]:
    """The tags of the page's head, and its times, with their attributes."""
    found = []
    for tag in _TAG.finditer(html, 0, _HEAD):
        name, _, rest = tag.group()[1:-1].partition(" ")
        attributes = {
            key.lower(): unescape(double or single or bare)
            for key, double, single, bare in _ATTRIBUTE.findall(rest)
        }
        found.append((name.lower(), attributes))
    return found


def _tells_a_date(tag: dict[str, str]) -> bool:
    names = (tag.get("property", ""), tag.get("name", ""), tag.get("itemprop", ""))
    return any(name.lower() in _DATE_NAMES for name in names)


def _moment(told: str) -> datetime | None:
    at = moment(None, told)
    return at if at is not None and at >= _EARLIEST else None


def _site(address: str) -> str:
    return _SUBDOMAIN.sub("", (urlsplit(address).hostname or "").lower())
