"""Without this, what was read between two elements would not become a block of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model import Block, BlockKind, Emphasis, EmphasisKind, Link, Span
from store.text.clean import BODY_LIMIT, clean
from store.text.elements import EMPHASES, ItemList
from store.text.flow import Flow, Marked
from store.text.notes import with_own_links

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANK = " \t\n\r\f"
_MOST_EMPHASES = 2_000
"""In one block; who sets more of its words apart sets none apart."""


class Context:
    """A quotation, list item, footnote or caption that is open: what its paragraphs become."""

    def __init__(
        self,
        kind: BlockKind,
        level: int = 0,
        marker: str = "",
        *,
        of: _Element | None = None,
        name: str = "",
        address: str = "",
    ) -> None:
        self.kind: BlockKind = kind
        self.level = level
        self.marker = marker
        self.of = of
        """The element that ends it."""
        self.name = name
        """What links call a footnote."""
        self.address = address
        """Where the picture lies that a caption is about."""


class Making:
    """Blocks, as they are read one after the other.

    A further paragraph of the same list item is an item too, without a marker.
    ``has_notes``: some of its elements may be footnotes; ``has_captions``: captions, though they
    are paragraphs.
    """

    def __init__(self, base: str, *, has_notes: bool = False, has_captions: bool = False) -> None:
        self._base = base
        self._has_notes = has_notes
        self._has_captions = has_captions
        self._blocks: list[Block] = []
        self._room = BODY_LIMIT
        self.flow = Flow()
        """The block that is being read."""
        self._links: list[str] = []
        self._emphases: dict[EmphasisKind, int] = {}
        self._lists: list[ItemList] = []
        self._contexts = [Context("paragraph")]
        self._heading = 0
        self._verbatim = 0
        self._quoted = 0
        self._apart = False
        self._row: _Element | None = None
        self._heads = False
        self._is_other_table = False
        self.line_broken = False
        """Whether nothing but spaces was read since the last line break."""
        self._pictures: list[tuple[str, str]] = []

    @property
    def is_full(self) -> bool:
        """Whether nothing more will be taken in."""
        return self._room == 0

    def finished(self) -> tuple[Block, ...]:
        """All blocks, the last one closed."""
        self.close_block()
        return with_own_links(self._blocks, self._base) if self._has_notes else tuple(self._blocks)

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
        self.flow = Flow(self._links[-1] if self._links else "", self._emphases)
        if pictures:
            self._pictures = []
        elif flow.pieces[0].isspace() and flow.is_blank:
            return
        text, marked = flow.finished(verbatim=self._verbatim > 0)
        shows = not text.strip(" |")
        if shows:
            text, marked = _told(pictures)
        if not flow.is_clean or len(text) > self._room:
            text = clean(text, limit=self._room, lines=self._verbatim > 0).rstrip()
            marked = tuple(one for one in marked if one.span.end <= len(text))
        if text:
            self._keep(text, marked, shows=shows)

    def _keep(self, text: str, marked: tuple[Marked, ...], *, shows: bool) -> None:
        context = self._contexts[-1]
        kind, level, marker, name = context.kind, context.level, context.marker, ""
        if self._verbatim:
            kind, level, marker = "code", 0, ""
        elif self._heading:
            kind, level, marker = "heading", self._heading, ""
        elif self._row is not None:
            kind, level, marker = "row", 0, ""
        elif shows and kind == "paragraph":
            kind = "caption"
        else:
            context.marker = ""
            name, context.name = context.name, ""
        if marked or name or context.address or self._quoted or self._apart or kind == "row":
            made = self._made(kind, text, level, marker, marked, name=name, shows=context.address)
        else:
            made = Block(kind=kind, text=text, level=level, marker=marker)
        self._blocks.append(made)
        self._apart = False
        self._room = max(self._room - len(text) - 1, 0)

    def _begins_table(self) -> bool:
        is_other, self._is_other_table = self._is_other_table, False
        return is_other and bool(self._blocks) and self._blocks[-1].kind == "row"

    def _made(
        self,
        kind: BlockKind,
        text: str,
        level: int,
        marker: str,
        marked: tuple[Marked, ...],
        *,
        name: str,
        shows: str,
    ) -> Block:
        """A block that is more than its text; ``shows`` is where the picture of a caption lies."""
        links = tuple([Link(span=one.span, address=one.address) for one in marked if one.address])
        if kind == "caption" and shows:
            links = (Link(span=Span(0, len(text)), address=shows), *links)
        is_row = kind == "row"
        return Block(
            kind=kind,
            text=text,
            level=level,
            marker=marker,
            links=links,
            emphases=_emphases(marked, but="strong" if kind == "heading" else ""),
            cells=tuple([one.span for one in marked if one.what == "cell"]) if is_row else (),
            heads=is_row and self._heads,
            begins=is_row and self._begins_table(),
            quoted=self._quoted,
            name=name,
            apart=self._apart and bool(self._blocks),
        )


def _told(pictures: list[tuple[str, str]]) -> tuple[str, tuple[Marked, ...]]:
    """What stands for pictures without words beside them, linked to where they lie."""
    marked: list[Marked] = []
    text = ""
    for words, address in pictures:
        start = len(text) + bool(text)
        text = f"{text} [image: {words}]".lstrip()
        if address:
            marked.append(Marked(Span(start, len(text)), "link", address))
    return text, tuple(marked)


def _emphases(marked: tuple[Marked, ...], *, but: str) -> tuple[Emphasis, ...]:
    found = [
        Emphasis(span=one.span, kind=_KINDS[one.what])
        for one in marked
        if one.what in _KINDS and one.what != but
    ]
    return tuple(found[:_MOST_EMPHASES])


_KINDS: dict[str, EmphasisKind] = {kind: kind for kind in EMPHASES.values()}
