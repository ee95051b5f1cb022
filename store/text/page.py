"""Without this, the walk through an article's elements would not know what it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.text.elements import (
    BLOCKS,
    CELLS,
    EMPHASES,
    HEADINGS,
    LISTS,
    NOTES,
    VERBATIM,
    ItemList,
    is_first_cell,
    names_columns,
    reads_as_a_row,
)
from store.text.figures import address_of, address_of_figure, is_caption, is_emoji, words_for
from store.text.links import resolve
from store.text.making import Context, Making
from store.text.notes import fragment_of, name_of_note

if TYPE_CHECKING:
    from lxml.etree import _Element

_CELL_BORDER = " | "


class Page(Making):
    """An article's blocks, as its elements are met one after the other."""

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
        name = name_of_note(element) if self._has_notes else None
        if name is None:
            self._contexts.append(Context("item", max(len(self._lists) - 1, 0), marker))
        else:
            self._contexts.append(Context("note", 0, marker, name=name))

    def _start_quotation(self, element: _Element) -> None:
        self._break(element)
        self._contexts.append(Context("quote"))
        self._quoted += 1

    def _end_quotation(self, element: _Element) -> None:
        self._end_context(element)
        self._quoted -= 1

    def _end_context(self, element: _Element) -> None:
        self._break(element)
        self._contexts.pop()

    def _start_aside(self, element: _Element) -> None:
        """Begin what may be a footnote or the caption of a picture."""
        self._break(element)
        if self._has_notes and (name := name_of_note(element)) is not None:
            self._contexts.append(Context("note", of=element, name=name))
        elif self._has_captions and is_caption(element):
            self._start_of_caption(element)

    def _start_caption(self, element: _Element) -> None:
        self._break(element)
        self._start_of_caption(element)

    def _start_of_caption(self, element: _Element) -> None:
        address = address_of_figure(element, self._base)
        self._contexts.append(Context("caption", of=element, address=address))

    def _end_aside(self, element: _Element) -> None:
        self._break(element)
        if self._contexts[-1].of is element:
            self._contexts.pop()

    def _start_rule(self, element: _Element) -> None:
        self._break(element)
        self._apart = self._row is None and not self._verbatim

    def _break_table(self, element: _Element) -> None:
        """Begin or end a table: a row behind that is of another one."""
        self._break(element)
        self._is_other_table = True

    def _start_row(self, element: _Element) -> None:
        self._break(element)
        if self._row is None and not self._verbatim and reads_as_a_row(element):
            self._row, self._heads = element, names_columns(element)

    def _end_row(self, element: _Element) -> None:
        self._break(element)
        if element is self._row:
            self._row = None

    def _start_cell(self, element: _Element) -> None:
        self._break(element)
        if self._row is not None:
            self.flow.begin_cell("" if is_first_cell(element) else _CELL_BORDER)

    def _start_link(self, element: _Element) -> None:
        href = element.get("href") or ""
        if self._has_notes and href.startswith("#"):
            self._links.append(f"#{name}" if (name := fragment_of(href)) else "")
        else:
            self._links.append(resolve(href, self._base))
        self.flow.link(self._links[-1])

    def _end_link(self, _element: _Element) -> None:
        self._links.pop()
        self.flow.link(self._links[-1] if self._links else "")

    def _start_emphasis(self, element: _Element) -> None:
        if self._verbatim:
            return
        kind = EMPHASES[str(element.tag)]
        depth = self._emphases[kind] = self._emphases.get(kind, 0) + 1
        if depth == 1:
            self.flow.emphasise(kind)

    def _end_emphasis(self, element: _Element) -> None:
        if self._verbatim:
            return
        kind = EMPHASES[str(element.tag)]
        self._emphases[kind] -= 1
        if not self._emphases[kind]:
            del self._emphases[kind]
            self.flow.end_emphasis(kind)

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
            self._pictures.append((words, address_of(element, self._base)))

    def _quotation_mark(self, mark: str) -> None:
        self.flow.pieces.append(mark)


STARTS: dict[object, Callable[[Page, _Element], None]] = {
    **dict.fromkeys(BLOCKS, Page._break),
    **dict.fromkeys(NOTES, Page._start_aside),
    **dict.fromkeys(EMPHASES, Page._start_emphasis),
    "a": Page._start_link,
    "blockquote": Page._start_quotation,
    "br": Page._start_line_break,
    "figcaption": Page._start_caption,
    "hr": Page._start_rule,
    "img": Page._start_picture,
    "li": Page._start_item,
    "q": lambda page, _element: page._quotation_mark("“"),
    "table": Page._break_table,
    "tr": Page._start_row,
    **dict.fromkeys(CELLS, Page._start_cell),
    **dict.fromkeys(HEADINGS, Page._start_heading),
    **dict.fromkeys(LISTS, Page._start_list),
    **dict.fromkeys(VERBATIM, Page._start_verbatim),
}
"""What an element does by its tag where it starts; others are only the text in them."""
ENDS: dict[object, Callable[[Page, _Element], None]] = {
    **dict.fromkeys(BLOCKS, Page._break),
    **dict.fromkeys(NOTES, Page._end_aside),
    **dict.fromkeys(EMPHASES, Page._end_emphasis),
    "a": Page._end_link,
    "blockquote": Page._end_quotation,
    "figcaption": Page._end_aside,
    "hr": lambda _page, _element: None,
    "li": Page._end_context,
    "q": lambda page, _element: page._quotation_mark("”"),
    "table": Page._break_table,
    "tr": Page._end_row,
    **dict.fromkeys(HEADINGS, Page._end_heading),
    **dict.fromkeys(LISTS, Page._end_list),
    **dict.fromkeys(VERBATIM, Page._end_verbatim),
}
"""What it does where it ends."""
