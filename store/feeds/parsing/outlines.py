"""A list of feeds (OPML 1.0, 1.1, 2.0) in the child process, however loosely it was written.

expat calls for one element after the other, so depth costs no recursion. What follows a mistake
in the XML is lost, what stands before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.entities import html5
from xml.parsers import expat

from store.feeds.parsing.charset import text_of_document
from store.feeds.parsing.documents import Unreadable, root_of
from store.model.subscribing import DEEPEST, OPML_NAMESPACE, Outline, OutlineList
from store.text.clean import ADDRESS_LIMIT, TITLE_LIMIT, clean, clean_line
from store.text.quoted import quoted

MOST_OUTLINES = 10_000
"""Of one list; the rest is left out, which is told."""
MOST_PROBLEMS = 1_000
MOST_FOLDERS = 50
"""Of one feed."""
MOST_SAID, SAID_LIMIT = 20, 2_000
"""Other attributes of one feed, and characters of one."""

_DTD = re.compile(r"\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<!DOCTYPE", re.IGNORECASE | re.DOTALL)
_PROLOGUE = 64 * 1024
_AMPERSAND = re.compile(
    r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}))?(;?)"
)
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NO_FEEDS = {"link": "a link to a page", "include": "a link to another list"}
_USED = frozenset({"text", "title", "xmlurl", "htmlurl", "category", "url", "href"})
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,60}")
_TRUE = frozenset({"true", "yes", "1"})


def outlines_of(body: bytes) -> OutlineList:
    """The feeds of a list, with the folders that they stand in.

    Raises:
        Unreadable: it is no list of feeds, or has a document type, which may name other files.
    """
    text = text_of_document(body, "")
    if root_of(text) != "opml":
        raise Unreadable("This is no list of feeds: a list in OPML begins with <opml>.")
    if _DTD.match(text[:_PROLOGUE]):
        raise Unreadable(
            "This list has a document type (DTD), which may pull in other files: "
            "take the line that begins with <!DOCTYPE out of it."
        )
    # Line numbers are the file's own, whatever was taken off its beginning.
    reading = _Reading(max(0, body.count(b"\n") - text.count("\n")))
    reading.read(_AMPERSAND.sub(_reference, text))
    if reading.broken and not reading.outlines:
        raise Unreadable(reading.broken)
    return OutlineList(
        title=reading.title, outlines=tuple(reading.outlines), problems=tuple(reading.problems())
    )


class _Reading:
    """What expat tells, element by element."""

    def __init__(self, lines_before: int) -> None:
        self._lines_before = lines_before
        self.title = ""
        self.outlines: list[Outline] = []
        self.broken = ""
        self._problems: list[str] = []
        self._left_out = 0
        self._folders: list[str] = []
        self._open: list[bool] = []
        """For each outline that is open, whether it is a folder with a name."""
        self._inside: list[str] = []
        self._prefix = ""
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, text: str) -> None:
        """Read to the end, or to where it is broken."""
        try:
            self._parser.Parse(text.encode("utf-8", "replace"), True)
        except expat.ExpatError:
            self.broken = (
                f"The list is cut off or broken in line {self._line_number}: "
                "what stands after that was not read."
            )

    def problems(self) -> Iterator[str]:
        """What is told of the list beside its feeds."""
        yield from self._problems[:MOST_PROBLEMS]
        if (left := len(self._problems) - MOST_PROBLEMS) > 0:
            yield f"So with {left} more."
        if self._left_out:
            yield f"Of the list {MOST_OUTLINES} feeds are read; {self._left_out} more are left out."
        if self.broken:
            yield self.broken

    @property
    def _line_number(self) -> int:
        return self._parser.CurrentLineNumber + self._lines_before

    def _doctype(self, *_: object) -> None:
        raise Unreadable("This list has a document type (DTD), which is not read.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._find_prefix(attributes)
        name = tag.rpartition(":")[2].lower()
        if name == "title":
            self._inside.append(name)
        if name == "outline":
            told = {key.lower(): value for key, value in attributes.items()}
            folder = self._outline(told)
            self._open.append(bool(folder))
            if folder:
                self._folders.append(folder)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2].lower()
        if name == "outline" and self._open.pop():
            self._folders.pop()
        elif name == "title" and self._inside:
            self._inside.pop()

    def _text(self, text: str) -> None:
        if self._inside and not self.title and not self._open:
            self.title = _line(text)

    def _find_prefix(self, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if value == OPML_NAMESPACE and name.startswith("xmlns:"):
                self._prefix = name.lower().removeprefix("xmlns:") + ":"

    def _outline(self, told: Mapping[str, str]) -> str:
        """Take a feed, or return the name of the folder that it is; "" if it is neither."""
        kind = told.get("type", "").strip().lower()
        name = _line(told.get("text") or told.get("title") or "")
        address = told.get("xmlurl", "")
        if not address and kind in {"rss", "atom", "feed"}:
            address = told.get("url") or told.get("href") or ""
        if not address.strip():
            if kind in _NO_FEEDS or told.get("url"):
                what = _NO_FEEDS.get(kind, "no feed")
                self._tell(f"{quoted(name)} is {what}, which is not taken.")
            return name
        if len(self.outlines) >= MOST_OUTLINES:
            self._left_out += 1
        elif len(address) > ADDRESS_LIMIT:
            self._tell(f"the address of {quoted(name)} is too long.")
        else:
            self.outlines.append(self._feed(told, address, name))
        return ""

    def _feed(self, told: Mapping[str, str], address: str, name: str) -> Outline:
        ours = {key: told.get(self._prefix + key) for key in _OURS} if self._prefix else {}
        own_title = ours.get("owntitle")
        return Outline(
            line=self._line_number,
            address=address.strip(),
            text=name,
            title=_line(told.get("title", "")),
            site=told.get("htmlurl", "").strip()[:ADDRESS_LIMIT],
            folders=self._places(told.get("category", "")),
            own_title=None if own_title is None else _line(own_title),
            minutes=_number(ours.get("minutes")),
            megabytes=_number(ours.get("megabytes")),
            full_text=_is_true(ours.get("fulltext")),
            paused=_is_true(ours.get("paused")),
            keep_days=_number(ours.get("keepdays")),
            keep_articles=_number(ours.get("keeparticles")),
            said=tuple(self._said(told)),
        )

    def _places(self, category: str) -> tuple[tuple[str, ...], ...]:
        """The folder that it stands in, and those that its categories name (OPML 2.0)."""
        places = [tuple(self._folders[:DEEPEST])] if self._folders else []
        for one in category.split(","):
            name = one.strip()
            parts = name.split("/") if name.startswith("/") else [name]
            places.append(tuple(filter(None, map(_line, parts)))[:DEEPEST])
        return tuple(dict.fromkeys(place for place in places if place))[:MOST_FOLDERS]

    def _said(self, told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        others = [
            (name, value)
            for name, value in told.items()
            if name not in _USED and _NAME.fullmatch(name) and value
        ]
        for name, value in others[:MOST_SAID]:
            yield _AS_WRITTEN.get(name, name), clean(value, limit=SAID_LIMIT)

    def _tell(self, problem: str) -> None:
        self._problems.append(f"line {self._line_number}: {problem}")


_OURS = ("owntitle", "minutes", "megabytes", "fulltext", "paused", "keepdays", "keeparticles")
_AS_WRITTEN = {"iscomment": "isComment", "isbreakpoint": "isBreakpoint"}
"""Attributes of OPML that have capitals."""


def _reference(found: re.Match[str]) -> str:
    """An ampersand that XML can read: HTML's names are unknown to it, and many stand alone."""
    number, name, end = found.groups()
    if (number or name in _OF_XML) and end:
        return found.group()
    letter = html5.get(f"{name};") if name and end else None
    if letter is None:
        return "&amp;" + found.group()[1:]
    return "".join(f"&#{ord(character)};" for character in letter)


def _line(text: str) -> str:
    return clean_line(text, limit=TITLE_LIMIT)


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,7}", text) else 0


def _is_true(text: str | None) -> bool:
    return bool(text) and str(text).strip().lower() in _TRUE
