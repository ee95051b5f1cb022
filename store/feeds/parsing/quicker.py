"""Makes feedparser cheaper without changing a letter of what it says.

Most of its time, once it neither cleans HTML nor resolves links, goes into work that comes to
nothing: a call for each piece between two entities of a text, the address of the document joined
to itself at each element, deep copies of flat dictionaries, a look-up for each letter. What is
usual takes a short way here; whatever is not goes feedparser's own. The test of this module
compares what it says with what it says as it is shipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple
from xml.sax.expatreader import ExpatParser

from store.text.address import is_clean_address

_BUFFER = 64 * 1024
"""Bytes of text that the XML parser gathers before it tells of them."""
_MOST_KEPT = 256
_CP1252 = re.compile("[\x80-\x9f]")
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


class _Parser(ExpatParser):
    """Python's XML parser; a stretch of text comes whole instead of cut at each entity."""

    _parser: Any
    _cont_handler: Any

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = _BUFFER

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """Tell of an element's start."""
        if not self._cont_handler.takes_start(name, attrs):
            super().start_element_ns(_sound_name(name), attrs)

    def end_element_ns(self, name: str) -> None:
        """Tell of its end."""
        if not self._cont_handler.takes_end(name):
            super().end_element_ns(_sound_name(name))


def _sound_name(name: str) -> str:
    """Namespace and name, also where somebody's namespace holds a space."""
    return " ".join(name.split()[:2])


def create_parser() -> _Parser:
    """What `xml.sax.make_parser` asks the modules for that it is given."""
    return _Parser()


def quicken(feedparser: ModuleType) -> None:
    """Do this to feedparser, once."""
    api, mixin, namespaces = feedparser.api, feedparser.mixin, feedparser.namespaces
    # As its documentation tells to name another XML parser.
    api.PREFERRED_XML_PARSERS.insert(0, __name__)
    mixin.make_safe_absolute_uri = lru_cache(_MOST_KEPT)(mixin.make_safe_absolute_uri)
    mixin._urljoin = _joined_by(mixin._urljoin)
    # Atom tells most moments twice.
    dates = lru_cache(_MOST_KEPT)(feedparser.datetimes._parse_date)
    namespaces._base._parse_date = namespaces.dc._parse_date = dates
    _know_letters(api.StrictFeedParser)
    _know_starts(api.StrictFeedParser, mixin.make_safe_absolute_uri)
    _know_ends(api.StrictFeedParser)
    _know_texts(api.StrictFeedParser, feedparser.util.FeedParserDict, feedparser.html._cp1252)
    _know_keys(feedparser.util.FeedParserDict)


def _joined_by(join: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """Join an address to a base, unless it is whole."""

    def joined(base: str, address: str) -> str:
        # Parameters behind ";" may be written anew.
        is_whole = ";" not in address and is_clean_address(address)
        return address if is_whole else join(base, address)

    return joined


class _Text(str):
    """A text that knows whether feedparser's table of Windows' letters applies to it."""

    __slots__ = ()

    def translate(self, table: Any) -> str:
        """The text with every letter replaced that the table has."""
        text = str(self)
        return text.translate(table) if _CP1252.search(text) else text


def _know_letters(parser: Any) -> None:
    """Go through a text's letters only where one of them may have to be replaced."""

    def knowing(_element: str, text: str) -> str:
        return _Text(text)

    # It is called with each text, just before its letters are looked at.
    parser.decode_entities = staticmethod(knowing)


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


def _know_starts(parser: Any, absolute: Callable[[str, str], str]) -> None:
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


def _know_ends(parser: Any) -> None:
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


def _know_texts(parser: Any, record: Any, letters: Mapping[int, str]) -> None:
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
    return text.translate(letters) if _CP1252.search(text) else text


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


def _know_keys(record: Any) -> None:
    """Ask for other names of a key only if it has any."""
    kept = {"category", "enclosures", "license", "updated", "updated_parsed", *record.keymap}
    get, item, has, put = record.get, record.__getitem__, record.__contains__, record.__setitem__
    default_put = record.setdefault

    def quick_get(self: Any, key: Any, default: Any = None) -> Any:
        return get(self, key, default) if key in kept else dict.get(self, key, default)

    def quick_item(self: Any, key: Any) -> Any:
        return item(self, key) if key in kept else dict.__getitem__(self, key)

    def quick_has(self: Any, key: Any) -> bool:
        return bool(has(self, key)) if key in kept else dict.__contains__(self, key)

    def quick_put(self: Any, key: Any, value: Any) -> None:
        if key in kept:
            put(self, key, value)
        else:
            dict.__setitem__(self, key, value)

    def quick_default(self: Any, key: Any, default: Any) -> Any:
        known = key in kept
        return default_put(self, key, default) if known else dict.setdefault(self, key, default)

    def copied(self: Any, _memo: Any) -> Any:
        return record(self)  # all that is copied are names and strings

    record.get, record.__getitem__, record.__contains__ = quick_get, quick_item, quick_has
    record.__setitem__, record.setdefault = quick_put, quick_default
    record.__deepcopy__ = copied
