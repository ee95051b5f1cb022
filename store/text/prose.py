"""Without this, an article would be somebody's HTML instead of paragraphs one can point into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from lxml import etree

from store.model import Block
from store.text.elements import LEFT_OUT, is_hidden, may_hide
from store.text.figures import CAPTION
from store.text.length import length_of
from store.text.notes import may_have_notes
from store.text.page import ENDS, STARTS, Page
from store.text.promotion import ends_like_a_teaser, is_syndication_mark

TEASER_LENGTH = 600
"""In code points. Feeds that give the whole article rarely give less."""

_TAG = re.compile(r"<[a-zA-Z/!?]")
_ESCAPED_PAGE = re.compile(r"\s*&lt;(?:p|div|img|a|h[1-6]|ul|ol|table|blockquote|figure|span)\b")
_BLANK_LINE = re.compile(r"\n\s*\n")
_UNREAD = re.compile(
    r"<(script|style)\b[^<]*(?:<(?!/\1)[^<]*)*(?:</\1[^>]*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TAG = 5_000
_LONG_TAG = re.compile(rf"<([a-zA-Z][\w:-]*)[^<>]{{{_LONGEST_TAG},}}>")
_MOST_ATTRIBUTES = 300
_SURROGATE = re.compile("[\ud800-\udfff]")
_ANY_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")


def blocks_of(html: str, *, base: str = "") -> tuple[Block, ...]:
    """The paragraphs, headings, items, quotes, code and rows of HTML or plain text, cleaned.

    Links are resolved against ``base``. Together the texts hold at most ``BODY_LIMIT`` code points.
    """
    # Some publishers escape their HTML twice; then all of it reads as text.
    if not _TAG.search(html) and _ESCAPED_PAGE.match(html):
        html = unescape(html)
    if not _TAG.search(html):
        return _blocks_of_plain_text(unescape(html))
    encoded = sound_html(html.replace("<![CDATA[", "").replace("]]>", "")).encode()
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(encoded, parser)
    except etree.XMLSyntaxError:
        root = None
    # libxml2 stops reading where elements nest deeper than 2,048; nothing may be lost by that.
    if root is None or any("depth" in error.message for error in parser.error_log):
        return _blocks_of_plain_text(_without_tags(encoded.decode()))
    page = Page(base, has_notes=may_have_notes(encoded), has_captions=CAPTION in encoded)
    return _blocks_of_tree(root, page, hides=may_hide(encoded))


def sound_html(html: str) -> str:
    """The same HTML without what makes a parser stumble or work for minutes."""
    # libxml2 compares each attribute with all before it: 100,000 of them took it 98 s.
    sound = _without_surrogates(html.replace("\0", "\ufffd"))
    if len(sound) <= _LONGEST_TAG:
        return sound
    return _LONG_TAG.sub(_without_excess_attributes, sound)


def is_teaser(blocks: Sequence[Block]) -> bool:
    """Whether the feed seems to give only the beginning of the article."""
    # Blogs append where an article first stood, also when they give all of it.
    last = len(blocks)
    while last and is_syndication_mark(blocks[last - 1].text):
        last -= 1
    return _is_short(blocks[:last]) or ends_abruptly(blocks[:last])


def _is_short(blocks: Sequence[Block]) -> bool:
    own: list[Block] = []
    letters = 0
    for block in blocks:
        if not is_syndication_mark(block.text):
            own.append(block)
            letters += len(block.text)
        if letters >= TEASER_LENGTH:
            return False  # and dense scripts would only count for more
    return length_of(own) < TEASER_LENGTH


def ends_abruptly(blocks: Sequence[Block]) -> bool:
    """Whether the text breaks off, or asks to read on elsewhere."""
    return bool(blocks) and ends_like_a_teaser(blocks[-1].text)


def _blocks_of_tree(root: etree._Element, page: Page, *, hides: bool) -> tuple[Block, ...]:
    """The blocks of a tree; ``hides``: some of its elements may be hidden.

    One loop for starts and ends: a call for each element would cost as much as all it does.
    """
    # iterwalk keeps its own stack: a tree of any depth costs no recursion.
    walk = etree.iterwalk(root, events=("start", "end"))
    left_out: etree._Element | None = None
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in LEFT_OUT or (hides and is_hidden(element)):
                left_out = element
                walk.skip_subtree()
                continue
            if tag in STARTS:
                STARTS[tag](page, element)
            text = element.text
        else:
            if tag in ENDS and element is not left_out:
                ENDS[tag](page, element)
                if page.is_full:
                    break
            text = element.tail
        if text and (page.flow.pieces and not page.line_broken):
            page.flow.pieces.append(text)
        elif text:
            page.read(text)
    return page.finished()


def _blocks_of_plain_text(text: str) -> tuple[Block, ...]:
    page = Page("")
    for paragraph in _BLANK_LINE.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        page.read(paragraph)
        page.close_block()
        if page.is_full:
            break
    return page.finished()


def _without_surrogates(text: str) -> str:
    try:
        text.encode()  # five times quicker than a pattern
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _without_excess_attributes(tag: re.Match[str]) -> str:
    return tag.group() if len(tag.group().split()) <= _MOST_ATTRIBUTES else f"<{tag.group(1)}>"


def _without_tags(html: str) -> str:
    return unescape(_ANY_TAG.sub("\n\n", _UNREAD.sub(" ", html)))
