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
from typing import Any
from xml.sax.expatreader import ExpatParser

from store.feeds.parsing.quicker_elements import WINDOWS, know_ends, know_starts, know_texts
from store.text.address import is_clean_address

_BUFFER = 64 * 1024
"""Bytes of text that the XML parser gathers before it tells of them."""
_MOST_KEPT = 256
_CONTENT_TYPE = "application/xml; charset=utf-8"
"""What feedparser is told of every document."""
_BARE = re.compile(rb"<(?![?\0])")
_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"


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
    api.convert_to_utf8 = _converted_by(api.convert_to_utf8)
    mixin._urljoin = _joined_by(mixin._urljoin)
    # Atom tells most moments twice.
    dates = lru_cache(_MOST_KEPT)(feedparser.datetimes._parse_date)
    namespaces._base._parse_date = namespaces.dc._parse_date = dates
    _know_letters(api.StrictFeedParser)
    know_starts(api.StrictFeedParser, mixin.make_safe_absolute_uri)
    know_ends(api.StrictFeedParser)
    know_texts(api.StrictFeedParser, feedparser.util.FeedParserDict, feedparser.html._cp1252)
    _know_keys(feedparser.util.FeedParserDict)


def _converted_by(convert: Callable[..., bytes]) -> Callable[..., bytes]:
    """Take a document in UTF-8 without a declaration, as all are that come from here."""

    def converted(headers: Mapping[str, str], data: bytes, result: Any) -> bytes:
        if headers.get("content-type") != _CONTENT_TYPE or not _BARE.match(data):
            return convert(headers, data, result)
        try:
            data.decode()
        except UnicodeDecodeError:
            return convert(headers, data, result)
        result["encoding"] = "utf-8"
        return _DECLARATION + data

    return converted


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
        return text.translate(table) if WINDOWS.search(text) else text


def _know_letters(parser: Any) -> None:
    """Go through a text's letters only where one of them may have to be replaced."""

    def knowing(_element: str, text: str) -> str:
        return _Text(text)

    # It is called with each text, just before its letters are looked at.
    parser.decode_entities = staticmethod(knowing)


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
