"""Without this, the walk through an article's elements would not know what it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.model import Block, BlockKind, Link
from store.text.clean import BODY_LIMIT, clean
from store.text.elements import (
    BLOCKS,
    CELLS,
    HEADINGS,
    LISTS,
    VERBATIM,
    ItemList,
    is_emoji,
    is_first_cell,
    reads_as_a_row,
    words_for,
)
from store.text.flow import Flow
from store.text.links import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANK = " \t\n\r\f"
_CELL_BORDER = " | "


class _Context:
    """A quotation or a list item that is open: what its paragraphs become."""

    def __init__(self, kind: BlockKind, level: int = 0, marker: str = "") -> None:
        self.kind: BlockKind = kind
        self.level = level
        self.marker = marker


class Page:
    """An article's blocks, as its elements are met one after the other.

    A further paragraph of the same list item is an item too, without a marker.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._blocks: list[Block] = []
        self._room = BODY_LIMIT
        self.flow = Flow()
        """The block that is being read."""
        self._links: list[str] = []
        self._lists: list[ItemList] = []
        self._contexts = [_Context("paragraph")]
        self._heading = 0
        self._verbatim = 0
        self._row: _Element | None = None
        self.line_broken = False
        """Whether nothing but spaces was read since the last line break."""
        self._pictures: list[str] = []

    @property
    def is_full(self) -> bool:
        """Whether nothing more will be taken in."""
        return self._room == 0

    def finished(self) -> tuple[Block, ...]:
        """All blocks, the last one closed."""
        self.close_block()
        return tuple(self._blocks)

    def read(self, text: str) -> None:
        """Take in running text."""
        pieces = self.flow.pieces
        if not (pieces or self._verbatim or text.strip(_BLANK)):
            return  # before the first word spaces are nothing
        if text:
            pieces.append(text)
            self.line_broken = self.line_broken and text.isspace()

    def close_block(self) -> None:
        """Turn what was read since the last block into a block, if it says anything."""
        self.line_broken = False
        flow, pictures = self.flow, self._pictures
        if not (flow.pieces or pictures):
            return
        self.flow = Flow(self._links[-1] if self._links else "")
        if pictures:
            self._pictures = []
        elif flow.pieces[0].isspace() and flow.is_blank:
            return
        text, links = flow.finished(verbatim=self._verbatim > 0)
        if not text.strip(" |"):
            text, links = " ".join(f"[image: {words}]" for words in pictures), ()
        if not flow.is_clean or len(text) > self._room:
            text = clean(text, limit=self._room, lines=self._verbatim > 0).rstrip()
            links = tuple(link for link in links if link.span.end <= len(text))
        if text:
            self._keep(text, links)

    def _keep(self, text: str, links: tuple[Link, ...]) -> None:
        context = self._contexts[-1]
        kind, level, marker = context.kind, context.level, context.marker
        if self._verbatim:
            kind, level, marker = "code", 0, ""
        elif self._heading:
            kind, level, marker = "heading", self._heading, ""
        elif self._row is not None:
            kind, level, marker = "row", 0, ""
        else:
            context.marker = ""
        self._blocks.append(Block(kind=kind, text=text, level=level, marker=marker, links=links))
        self._room = max(self._room - len(text) - 1, 0)

    def _break(self, element: _Element) -> None:
        """Begin or end what stands on lines of its own."""
        if self._row is None and not self._verbatim:
            # Most elements begin where another ended: nothing was read between the two.
            if self.flow.pieces or self._pictures:
                self.close_block()
            else:
                self.line_broken = False
        elif self._verbatim and element.tag not in VERBATIM:
            self.flow.add_line_break()
        elif self._row is None or element is self._row:
            self.close_block()
        elif element.tag not in CELLS:
            self.flow.pieces.append(" ")

    def _start_verbatim(self, element: _Element) -> None:
        self._break(element)
        self._verbatim += 1

    def _end_verbatim(self, element: _Element) -> None:
        self._break(element)
        self._verbatim -= 1

    def _start_heading(self, element: _Element) -> None:
        self._break(element)
        self._heading = HEADINGS[str(element.tag)]

    def _end_heading(self, element: _Element) -> None:
        self._break(element)
        self._heading = 0

    def _start_list(self, element: _Element) -> None:
        self._break(element)
        self._lists.append(ItemList(element))

    def _end_list(self, element: _Element) -> None:
        self._break(element)
        self._lists.pop()

    def _start_item(self, element: _Element) -> None:
        self._break(element)
        marker = self._lists[-1].marker(element) if self._lists else "•"
        self._contexts.append(_Context("item", max(len(self._lists) - 1, 0), marker))

    def _start_quotation(self, element: _Element) -> None:
        self._break(element)
        self._contexts.append(_Context("quote"))

    def _end_context(self, element: _Element) -> None:
        self._break(element)
        self._contexts.pop()

    def _start_row(self, element: _Element) -> None:
        self._break(element)
        if self._row is None and not self._verbatim and reads_as_a_row(element):
            self._row = element

    def _end_row(self, element: _Element) -> None:
        self._break(element)
        if element is self._row:
            self._row = None

    def _start_cell(self, element: _Element) -> None:
        self._break(element)
        if self._row is not None and not is_first_cell(element):
            self.flow.pieces.append(_CELL_BORDER)

    def _start_link(self, element: _Element) -> None:
        self._links.append(resolve(element.get("href") or "", self._base))
        self.flow.link(self._links[-1])

    def _end_link(self, _element: _Element) -> None:
        self._links.pop()
        self.flow.link(self._links[-1] if self._links else "")

    def _start_line_break(self, _element: _Element) -> None:
        if self._verbatim:
            self.flow.pieces.append("\n")
        elif self.line_broken and not self._heading and self._row is None:
            self.close_block()
            self.line_broken = True
        else:
            self.flow.pieces.append(" ")
            self.line_broken = True

    def _start_picture(self, element: _Element) -> None:
        words = words_for(element)
        if is_emoji(words):
            self.read(words)
        else:
            self._pictures.append(words)

    def _quotation_mark(self, mark: str) -> None:
        self.flow.pieces.append(mark)


STARTS: dict[object, Callable[[Page, _Element], None]] = {
    **dict.fromkeys(BLOCKS, Page._break),
    "a": Page._start_link,
    "blockquote": Page._start_quotation,
    "br": Page._start_line_break,
    "img": Page._start_picture,
    "li": Page._start_item,
    "q": lambda page, _element: page._quotation_mark("“"),
    "tr": Page._start_row,
    **dict.fromkeys(CELLS, Page._start_cell),
    **dict.fromkeys(HEADINGS, Page._start_heading),
    **dict.fromkeys(LISTS, Page._start_list),
    **dict.fromkeys(VERBATIM, Page._start_verbatim),
}
"""What an element does by its tag where it starts; others are only the text in them."""
ENDS: dict[object, Callable[[Page, _Element], None]] = {
    **dict.fromkeys(BLOCKS, Page._break),
    "a": Page._end_link,
    "blockquote": Page._end_context,
    "li": Page._end_context,
    "q": lambda page, _element: page._quotation_mark("”"),
    "tr": Page._end_row,
    **dict.fromkeys(HEADINGS, Page._end_heading),
    **dict.fromkeys(LISTS, Page._end_list),
    **dict.fromkeys(VERBATIM, Page._end_verbatim),
}
"""What it does where it ends."""
