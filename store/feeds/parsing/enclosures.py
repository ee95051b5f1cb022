"""What comes with an entry besides its text, as a podcast's recording, becomes lines with a link.

A line says what it is, how large and how long, and never the address: that changes with every
token of a network that delivers files, and a text that changed would be news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from store.model import Block, Link, Span
from store.text.clean import clean_line
from store.text.links import resolve

MOST_ENCLOSURES = 10
"""Of one entry; the rest is left out."""
TITLE_LIMIT = 100
"""Characters of an enclosure's own title."""

_NAMES = {"audio": "Audio", "video": "Video", "image": "Picture", "application/pdf": "PDF"}
_ENDINGS = {
    **dict.fromkeys(("mp3", "m4a", "ogg", "oga", "opus", "aac", "flac", "wav"), "audio"),
    **dict.fromkeys(("mp4", "m4v", "mov", "webm", "mkv", "ogv", "avi"), "video"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), "image"),
    "pdf": "application/pdf",
}
_ENDING = re.compile(r"\.([a-z0-9]{2,4})(?:[?#]|\Z)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.\d*)?")
_PLAYED = frozenset({"audio", "video"})
_KILOBYTE, _MEGABYTE, _GIGABYTE, _TERABYTE = 10**3, 10**6, 10**9, 10**12
_MINUTE, _HOUR, _LONGEST = 60, 3600, 360_000


class Enclosure(NamedTuple):
    """A file that an entry points to."""

    address: str
    type: str = ""
    """Its media type, or only "audio", "video" or "image"."""
    size: int = 0
    """Bytes; 0: unsaid."""
    seconds: int = 0
    """How long it plays; 0: unsaid."""
    title: str = ""


def media_blocks(enclosures: Iterable[Enclosure], *, base: str) -> Iterator[Block]:
    """A line for each file that can be opened, each file once."""
    seen: set[str] = set()
    for enclosure in enclosures:
        address = resolve(enclosure.address, base)
        if not address or address in seen:
            continue
        seen.add(address)
        text = _told(enclosure)
        yield Block(
            kind="media", text=text, links=(Link(span=Span(0, len(text)), address=address),)
        )
        if len(seen) == MOST_ENCLOSURES:
            return


def enclosures_of(entry: Mapping[str, Any]) -> Iterator[Enclosure]:
    """Those of an entry as feedparser tells it: RSS, Atom, and recordings of Media RSS."""
    seconds = seconds_of(entry.get("itunes_duration"))
    for link in entry.get("links", ()):
        if link.get("rel") == "enclosure" and (
            address := _text(link.get("href") or link.get("url"))
        ):
            told = Enclosure(address, _text(link.get("type")), number_of(link.get("length")))
            yield told._replace(seconds=seconds if _kind(told) in _PLAYED else 0)
    for content in entry.get("media_content", ()):
        told = Enclosure(
            _text(content.get("url")),
            _text(content.get("type") or content.get("medium")),
            number_of(content.get("filesize")),
            seconds_of(content.get("duration")) or seconds,
        )
        # Pictures and style of the page, which Media RSS tells too, are not the article.
        if _kind(told) in _PLAYED:
            yield told


def number_of(told: Any) -> int:
    """A size in bytes as publishers write it, 0 if it is none."""
    text = _text(told).strip().replace(",", "").replace(".", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1" * 16) else 0


def seconds_of(told: Any) -> int:
    """A duration as "1:02:03", "62:03" or "3723" (Apple's itunes:duration), 0 if it is none."""
    clock = _CLOCK.fullmatch(_text(told).strip())
    if not clock:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return hours * _HOUR + minutes * _MINUTE + seconds


def _text(told: Any) -> str:
    return told if isinstance(told, str) else ""


def _kind(enclosure: Enclosure) -> str:
    """One of ``_NAMES``, as far as the type or else the ending of the address tells."""
    told = enclosure.type.strip().lower().partition(";")[0]
    first = told.partition("/")[0]
    if first in _NAMES:
        return first
    ending = _ENDING.search(enclosure.address)
    return told if told in _NAMES else _ENDINGS.get(ending[1].lower(), "") if ending else ""


def _told(enclosure: Enclosure) -> str:
    title = clean_line(enclosure.title, limit=TITLE_LIMIT)
    name = _NAMES.get(_kind(enclosure), "File")
    facts = (f"{name}: {title}" if title else name, _size(enclosure.size), _time(enclosure.seconds))
    return " · ".join(filter(None, facts))


def _size(size: int) -> str:
    # Who does not know the size writes 0, or 1, or the seconds.
    if not _KILOBYTE <= size < _TERABYTE:
        return ""
    for unit, name in ((_GIGABYTE, "GB"), (_MEGABYTE, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}" if size < 10 * unit else f"{size // unit} {name}"
    return f"{size // _KILOBYTE} KB"


def _time(seconds: int) -> str:
    if not 0 < seconds < _LONGEST:
        return ""
    if seconds < _MINUTE:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
