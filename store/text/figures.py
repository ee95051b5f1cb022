"""What a page shows in pictures: the words for one, and where it lies."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from store.text.links import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

_ONE_PIXEL = frozenset({"0", "1", "0px", "1px"})
_EMOJI_LENGTH = 8
"""Code points of the longest usual emoji sequence, a family."""
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
"""Where pages that load pictures late keep their addresses, before what stands in for them."""
_DEEPEST, _WIDEST = 4, 64
"""Elements between a figure and its caption, and in a figure before its picture."""
CAPTION = b"wp-caption-text"
"""The class of paragraphs that are captions, as WordPress writes them."""


def words_for(picture: _Element) -> str:
    """What its author says that a picture shows; nothing for a tracking pixel."""
    if _is_pixel(picture):
        return ""
    return " ".join((picture.get("alt") or "").split())


def is_emoji(words: str) -> bool:
    """Whether a picture stands for an emoji in the middle of a sentence, as blogs draw them."""
    return len(words) <= _EMOJI_LENGTH and not any(map(str.isalnum, words))


def address_of(picture: _Element, base: str) -> str:
    """Where a picture lies; "" where its page holds it or does not say."""
    for name in _SOURCES:
        told = picture.get(name) or ""
        if told and not told[:5].lower().startswith("data:") and (found := resolve(told, base)):
            return found
    listed = (picture.get("srcset") or "").split(",")[-1].split()
    return resolve(listed[0], base) if listed else ""


def address_of_figure(caption: _Element, base: str) -> str:
    """Where the picture lies that a caption is about; "" if there is none."""
    around = caption.getparent()
    for _ in range(_DEEPEST):
        if around is None:
            break
        inside = islice(around.iter(), _WIDEST)
        pictures = (one for one in inside if one.tag == "img" and not _is_pixel(one))
        if (picture := next(pictures, None)) is not None:
            return address_of(picture, base)
        if around.tag == "figure":
            break
        around = around.getparent()
    return ""


def is_caption(element: _Element) -> bool:
    """Whether a paragraph is the caption of a picture."""
    return CAPTION.decode() in (element.get("class") or "")


def _is_pixel(picture: _Element) -> bool:
    return picture.get("width") in _ONE_PIXEL or picture.get("height") in _ONE_PIXEL
