"""The short ways that feedparser's handlers take for what is usual in a feed's elements.

Each does what feedparser does there, letter by letter; see ``store.feeds.parsing.quicker``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

_MOST_KEPT = 256
WINDOWS = re.compile("[\x80-\x9f]")
"""Letters that may be meant as those of Windows-1252."""
_NAMED_APART = ("backend.userland.com", "mathml", "svg")
"""Parts of the namespaces to which feedparser gives a meaning of their own."""
_XHTML = "application/xhtml+xml"
_ROOTS = ("feed", "rss")
_INHERITED = ("base", "lang")
"""Attributes that bear on what stands in an element too."""
_OF_TEXT_INPUT = ("title", "link", "description", "name")
_OF_IMAGE = ("title", "link", "description", "url", "href", "width", "height")
_BROKEN_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
"""What feedparser makes of "?a=1&b=2" in a link."""
_NOT_KEPT = ("category", "tags", "itunes_keywords")
"""Elements that feedparser stores in a way of their own."""


class _Called(NamedTuple):
    """What feedparser calls an element; the tag is empty where it may depend on the document."""

    tag: str
    prefix: str = ""
    local: str = ""


@lru_cache(_MOST_KEPT)
def _called(parser: Any, name: str) -> _Called:
    """How it calls what expat names "namespace name prefix"."""
    parts = name.split()
    namespace, local = (parts[0], parts[1]) if len(parts) > 1 else ("", name)
    known: dict[str, str] = parser._matchnamespaces
    lower = namespace.lower()
    if lower not in known or any(part in lower for part in _NAMED_APART):
        return _Called("")
    prefix = known[lower].lower()
    tag = f"{prefix}:{local.lower()}" if prefix else local.lower()
    before, colon, behind = tag.partition(":")
    return _Called(tag, before, behind) if colon else _Called(tag, "", tag)


class _Handlers(NamedTuple):
    """Its methods for an element, and what the element ends by being no part of it."""

    start: str
    end: str
    key: str
    ends_text_input: bool
    ends_image: bool


@lru_cache(_MOST_KEPT)
def _handlers(called: _Called, prefix: str) -> _Handlers:
    key = f"{prefix}_{called.local}" if prefix else called.local
    ends_text_input = not prefix and called.tag not in _OF_TEXT_INPUT
    ends_image = not prefix and called.tag not in _OF_IMAGE
    return _Handlers(f"_start_{key}", f"_end_{key}", key, ends_text_input, ends_image)


def know_starts(parser: Any, absolute: Callable[[str, str], str]) -> None:
    """Take the start of an element outside of text, with attributes that bear on it alone."""

    def takes_start(self: Any, name: str, told: Mapping[str, str]) -> bool:
        called = _called(parser, name)
        if not called.tag or called.tag in _ROOTS or self.incontent or self.decls:
            return False
        attributes: dict[str, str] = {}
        for key, value in told.items():
            lower = key.lower()
            if " " in lower or ":" in lower or lower in _INHERITED:
                return False
            attributes[lower] = (value.lower() or value) if lower in {"rel", "type"} else value
        self.depth += 1
        self.baseuri = (self.baseuri and absolute(self.baseuri, self.baseuri)) or self.baseuri
        self.basestack.append(self.baseuri)
        self.langstack.append(self.lang)
        handlers = _handlers(called, self.namespacemap.get(called.prefix, called.prefix))
        if handlers.ends_text_input:
            self.intextinput = 0
        if handlers.ends_image:
            self.inimage = 0
        try:
            getattr(self, handlers.start)(attributes)
        except AttributeError:
            if attributes:
                self._get_context()[handlers.key] = attributes
            else:
                self.push(handlers.key, 1)
        return True

    parser.takes_start = takes_start


def know_ends(parser: Any) -> None:
    """Take the end of an element."""

    def takes_end(self: Any, name: str) -> bool:
        called = _called(parser, name)
        if not called.tag or self.svgOK:
            return False
        handlers = _handlers(called, self.namespacemap.get(called.prefix, called.prefix))
        try:
            getattr(self, handlers.end)()
        except AttributeError:
            self.pop(handlers.key)
        if self.incontent and not _is_written_out(self, called.tag):
            return True
        if self.basestack:
            self.basestack.pop()
            if self.basestack and self.basestack[-1]:
                self.baseuri = self.basestack[-1]
        if self.langstack:
            self.langstack.pop()
            if self.langstack:
                self.lang = self.langstack[-1]
        self.depth -= 1
        return True

    parser.takes_end = takes_end


def _is_written_out(parser: Any, tag: str) -> bool:
    """Let the end of an element inside of text be part of the text; False: it is passed over."""
    told = parser.contentparams
    if not told.get("type", "xml").endswith("xml"):
        if tag in {"xhtml:div", "div"}:
            return False
        told["type"] = _XHTML
    if told.get("type") == _XHTML:
        parser.handle_data(f"</{tag.rpartition(':')[2]}>", escape=0)
    return True


def know_texts(parser: Any, record: Any, letters: Mapping[int, str]) -> None:
    """Take text, and what an entry's element says once it ends, where nothing is to be guessed."""
    shipped = parser.pop

    def characters(self: Any, text: str) -> None:
        if self.contentparams:
            self.handle_data(text)
        elif self.elementstack:
            self.elementstack[-1][2].append(text)

    def pop(self: Any, element: str, strip_whitespace: int = 1) -> Any:
        stack, told = self.elementstack, self.contentparams
        if not stack or stack[-1][0] != element:
            return None
        if (
            not self.inentry
            or self.insource
            or not (stack[-1][1] and strip_whitespace)
            or element in self.can_be_relative_uri
            or dict.get(told, "base64")
            or dict.get(told, "type") == _XHTML
            or self.resolve_relative_uris
            or self.sanitize_html
        ):
            return shipped(self, element, strip_whitespace)
        text = "".join(stack.pop()[2]).strip()
        if (
            dict.get(told, "type") == "text/plain"
            and ("</" in text or "&" in text)
            and not self.version.startswith("atom")
            and self.looks_like_html(text)
        ):
            told["type"] = "text/html"
        told.pop("mode", None)
        told.pop("base64", None)
        if not text.isascii():
            text = _as_meant(text, letters)
        if element not in _NOT_KEPT and not (
            element == "title" and -1 < self.title_depth <= self.depth
        ):
            _keep(self, element, text, record)
        return text

    parser.characters, parser.pop = characters, pop


def _as_meant(text: str, letters: Mapping[int, str]) -> str:
    """Text with UTF-8 that was taken for Latin-1, or letters of Windows, put right."""
    try:
        text = text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        pass
    return text.translate(letters) if WINDOWS.search(text) else text


def _keep(parser: Any, element: str, text: str, record: Any) -> None:
    """Store what an element of an entry says."""
    entry = parser.entries[-1]
    if element == "content":
        detail = record(parser.contentparams)
        detail["value"] = text
        entry.setdefault(element, []).append(detail)
    elif element == "link":
        if not parser.inimage:
            text = _BROKEN_REFERENCE.sub(r"&\g<1>", text.replace("&amp;", "&"))
            entry[element] = text
            if text:
                entry["links"][-1]["href"] = text
    else:
        element = "summary" if element == "description" else element
        depths = parser.property_depth_map.setdefault(entry, {})
        if element not in depths or parser.depth <= depths[element]:
            depths[element] = parser.depth
            entry[element] = text
        if parser.incontent:
            detail = record(parser.contentparams)
            detail["value"] = text
            entry[f"{element}_detail"] = detail
