"""Without this, what HTML's elements mean for a reader would be scattered over the walk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.model import EmphasisKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol p pre section summary table tbody td tfoot th thead tr ul xmp"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""What stands on lines of its own."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
VERBATIM = frozenset({"pre", "listing", "xmp"})
CELLS = frozenset({"td", "th"})
NOTES = frozenset({"li", "aside", "div", "p", "section", "dd"})
"""What footnotes are written as."""
EMPHASES: dict[str, EmphasisKind] = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
}
"""How words in running text are set."""

_LEFT_OUT_NAMES = (
    "script style template svg iframe object embed applet canvas audio video noscript noembed "
    "noframes head button input select textarea option optgroup datalist map"
)
LEFT_OUT = frozenset(_LEFT_OUT_NAMES.split())
"""What a reader of the page would not read."""
_NEVER_IN_A_ROW = ("table", "blockquote", *LISTS, *VERBATIM, *HEADINGS)
_HIDDEN_BY_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,9}")


class ItemList:
    """A list that is open: where its numbers stand."""

    def __init__(self, element: _Element) -> None:
        self._numbered = element.tag == "ol"
        self._step = -1 if element.get("reversed") is not None else 1
        first = 1 if self._step > 0 else sum(1 for _ in element.iterchildren("li"))
        self._next = _number(element.get("start"), first)

    def marker(self, item: _Element) -> str:
        """What stands before this item."""
        if not self._numbered:
            return "•"
        number = _number(item.get("value"), self._next)
        self._next = number + self._step
        return f"{number}."


def may_hide(html: bytes) -> bool:
    """Whether any element of some HTML could be hidden: then each is asked."""
    lower = html.lower()
    return b"hidden" in lower or b"style" in lower


def is_hidden(element: _Element) -> bool:
    """Whether an element is on the page and not to be seen."""
    told = element.keys()
    if "hidden" in told:
        return True
    return "style" in told and bool(_HIDDEN_BY_STYLE.search(element.get("style", "")))


def reads_as_a_row(row: _Element) -> bool:
    """Whether a table row holds values side by side; many tables only lay out a page."""
    cells = sum(1 for _ in row.iterchildren(*CELLS))
    return cells > 1 and next(row.iter(*_NEVER_IN_A_ROW), None) is None


def is_first_cell(cell: _Element) -> bool:
    """Whether no cell stands before this one in its row."""
    return next(cell.itersiblings(*CELLS, preceding=True), None) is None


def names_columns(row: _Element) -> bool:
    """Whether a row says what stands in the columns under it."""
    return all(cell.tag == "th" for cell in row.iterchildren(*CELLS))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and _NUMBER.fullmatch(text.strip()) else otherwise
