"""An article folded into lines: which words each shows, how they look, which sentence they are of.

Pure: it knows names of looks, not colours, and lines, not the screen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from store.model import Block, Link, Sentence, Span
from tui.widgets.folding import lines_of
from tui.widgets.lines import plain
from tui.widgets.set_words import hint_end, raised
from tui.widgets.wrapping import Line, Piece, items_in_lines

META = -1
"""Block of the lines under the title, which are not of the text."""
MOST_META = 3
"""Lines under the title; what does not fit is cut off."""

Part = tuple[str, tuple[str, ...]]
"""Some words and the names of their looks, the later over the earlier."""

Layer = tuple[Span, str]
"""A passage and the name of its look."""

_ONLY_IN_GUTTER = frozenset({"suggested", "theirs"})
_LOOKS_OF_BLOCKS = frozenset({"title", "heading", "quote", "code", "media", "caption", "note"})


class Mark(Struct, frozen=True):
    """A passage that something was said of, or is suggested of."""

    span: Span
    badge: str
    """One to three characters for the gutter: the signal's key, "?" behind a suggestion."""
    look: str
    """"claim", "draft", "suggested", "moved" or "theirs", which another annotator made."""
    role: str = ""
    """The signal's colour role."""


class Page(Struct, frozen=True):
    """An article as it is drawn."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    meta: str
    """What is told under the title: source, date, number of claims."""
    is_part: bool = False
    """Whether it is an excerpt of an article, shown until there is the whole."""
    above: int = 0
    """Lines that the article is presumed to have before the excerpt; 0 where it begins it."""
    below: int = 0
    """Lines that it is presumed to have after the excerpt."""


class FoldedPage:
    """A page in lines of at most ``width`` cells."""

    def __init__(self, page: Page, width: int, *, meta_lines: int = 0) -> None:
        """``meta_lines`` are kept under the title, or as many as are needed."""
        self.page = page
        self.width = width
        self.lines = lines_of(page.blocks, width)
        title = next((n for n, line in enumerate(self.lines) if line.block), len(self.lines))
        end_of_title = self.lines[title - 1].end if title else 0
        self.first_meta = title
        """Number of the first line of what is told under the title."""
        self.meta_lines = meta_lines or max(
            1, len(items_in_lines(page.meta, width, lines=MOST_META))
        )
        if page.above:
            self.meta_lines = 0
            self.lines[:0] = [Line(0, 0, 0)] * page.above
        self.lines[title:title] = [Line(META, end_of_title, end_of_title)] * self.meta_lines
        self._starts = [line.start for line in self.lines]
        self._block_starts = list(accumulate((len(b.text) + 1 for b in page.blocks), initial=0))
        self._sentence_starts = [sentence.span.start for sentence in page.sentences]

    # -------------------------------------------------------- where things are

    def line_of(self, offset: int) -> int:
        """Number of the line, or the last of a table's row, that shows this character."""
        number = bisect_right(self._starts, offset) - 1
        while number > 0 and self.lines[number].end <= self.lines[number].start:
            number -= 1
        return max(number, 0)

    def lines_of_sentence(self, sentence: int) -> tuple[int, int]:
        """Numbers of the first and the last line that show a sentence."""
        if not self.page.sentences:
            return 0, 0
        return self.lines_of(self.page.sentences[sentence].span)

    def lines_of(self, span: Span) -> tuple[int, int]:
        """Numbers of the first and the last line that show something of a passage."""
        first, last = self.line_of(span.start), self.line_of(max(span.end - 1, span.start))
        while first > 0 and self.lines[first].goes_on:
            first -= 1
        return first, last

    def sentence_seen(self, top: int, bottom: int, here: int) -> int:
        """The sentence nearest to ``here`` of which something is seen between two lines."""
        first, last = self.lines_of_sentence(here)
        end = len(self.page.sentences)
        if last < top and end:
            ends = bisect_left(
                range(end), top, here, end, key=lambda n: self.lines_of_sentence(n)[1]
            )
            return min(ends, end - 1)
        if first > bottom and end:
            begun = bisect_right(
                range(end), bottom, 0, here, key=lambda n: self.lines_of_sentence(n)[0]
            )
            return max(begun - 1, 0)
        return here

    def offset_at(self, number: int, cell: int) -> int | None:
        """The character of the text at a cell of a line, or None where there is no text."""
        if not 0 <= number < len(self.lines) or self.lines[number].end <= self.lines[number].start:
            return None
        line = self.lines[number]
        left = cell - cell_len(line.lead)
        ranges = line.pieces or (Piece("", line.start, line.end),)
        for gap, start, end in ranges:
            left -= cell_len(gap)
            for offset in range(start, end):
                left -= cell_len(plain(self.character(line.block, offset)))
                if left < 0:
                    return offset
        return max(end for _, _, end in ranges) - 1

    def link_at(self, number: int, cell: int) -> Link | None:
        """The link at a cell of a line, its span in the article's text, if there is one."""
        offset = self.offset_at(number, cell)
        if offset is None or cell >= self._cells_of(self.lines[number]):
            return None
        links = self.links_of(self.lines[number].block)
        on_it = [link for link in links if link.span.start <= offset < link.span.end]
        return min(on_it, key=lambda link: len(link.span), default=None)

    def links_between(self, top: int, bottom: int) -> list[tuple[int, Link]]:
        """The links on some lines, each once, with the first offset of it that is there."""
        found: dict[Span, tuple[int, Link]] = {}
        for line in self.lines[top : bottom + 1]:
            if line.block == META or line.end <= line.start or line.goes_on:
                continue
            shown = Span(line.start, line.end)
            for link in self.links_of(line.block):
                if link.span.overlaps(shown):
                    found.setdefault(link.span, (max(link.span.start, line.start), link))
        return sorted(found.values(), key=lambda pair: pair[0])

    def place_of(self, link: Link) -> int | None:
        """The sentence that a link within the text leads to: a note, or where that is named."""
        name, blocks = link.address.removeprefix("#"), self.page.blocks
        begin = bisect_right(self._block_starts, link.span.start) - 1
        for number, block in enumerate(blocks):
            if block.name and block.name == name:
                return self.sentence_of(self._block_starts[number])
        own = f"#{blocks[begin].name}"
        for number, block in enumerate(blocks):
            for one in block.links:
                if one.address == own:
                    return self.sentence_of(self._block_starts[number] + one.span.start)
        return None

    def sentence_of(self, offset: int) -> int:
        """The sentence that a character stands in, or the one before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def links_of(self, number: int) -> list[Link]:
        """The links of a block, their spans in the article's text."""
        begin = self._block_starts[number]
        links = self.page.blocks[number].links
        return [replace(link, span=_moved(link.span, begin)) for link in links]

    def character(self, block: int, offset: int) -> str:
        """One character of a block, by its offset in the article's text."""
        return self.page.blocks[block].text[offset - self._block_starts[block]]

    def _cells_of(self, line: Line) -> int:
        ranges = line.pieces or (Piece("", line.start, line.end),)
        shown = (cell_len(gap) + cell_len(self._text(line, a, b)) for gap, a, b in ranges)
        return cell_len(line.lead) + sum(shown)

    def sentence_at(self, number: int, cell: int) -> int | None:
        """The sentence at a cell of a line, or None where there is no text."""
        offset = self.offset_at(number, cell)
        return None if offset is None else self.sentence_of(offset)

    # -------------------------------------------------------- how things look

    def begun_on(self, number: int, marks: Sequence[Mark]) -> list[Mark]:
        """The marks whose passage begins on a line."""
        line = self.lines[number]
        if line.goes_on:
            return []
        return [mark for mark in marks if line.start <= mark.span.start < line.end]

    def parts(
        self,
        number: int,
        marks: Sequence[Mark],
        focus: Span,
        *,
        here: Span | None = None,
        over: Sequence[Layer] = (),
        hints: Mapping[int, str] | None = None,
    ) -> Iterator[Part]:
        """The words of a line with their looks; ``hints`` are drawn over the words at an offset.

        ``focus`` is what a key would quote, ``here`` the sentence under the cursor: a mark that
        reaches into it from above is dim there. What is ``over`` is drawn last.
        """
        line = self.lines[number]
        block = self.page.blocks[line.block]
        if line.lead:
            yield line.lead, ("lead",)
        base = (block.kind,) if block.kind in _LOOKS_OF_BLOCKS else ("cell",) * block.heads
        layers = list(self._layers(line, marks, focus, here or focus, over))
        for gap, start, end in line.pieces or (Piece("", line.start, line.end),):
            if gap:
                yield gap, ("lead",)
            for words, looks in self._words(line, start, end, layers, hints or {}):
                yield words, (*base, *looks)

    def _words(
        self, line: Line, first: int, last: int, layers: Sequence[Layer], hints: Mapping[int, str]
    ) -> Iterator[Part]:
        edges = {first, last}
        for span, _ in layers:
            edges |= {edge for edge in (span.start, span.end) if first < edge < last}
        ends = {
            at: hint_end(self._text(line, at, last), at, len(hint))
            for at, hint in hints.items()
            if first <= at < last
        }
        edges = {edge for edge in edges if not any(a < edge < b for a, b in ends.items())}
        for start, end in pairwise(sorted({*edges, *ends, *ends.values()})):
            looks = tuple(look for span, look in layers if span.start <= start and end <= span.end)
            words = self._text(line, start, end)
            if start in ends:
                room = cell_len(plain(words))
                yield f"{hints[start]:<{room}}", (*looks, "hint")
            else:
                yield raised(words, looks), looks

    def _layers(
        self, line: Line, marks: Sequence[Mark], focus: Span, here: Span, over: Sequence[Layer]
    ) -> Iterator[Layer]:
        shown = Span(line.start, line.end)
        begin, block = self._block_starts[line.block], self.page.blocks[line.block]
        layers: list[Layer] = [
            *((_moved(one.span, begin), one.kind) for one in block.emphases),
            *(
                (_moved(link.span, begin), "link")
                for link in block.links
                if not _is_all(link, block)
            ),
            *(
                layer
                for mark in marks
                if mark.look not in _ONLY_IN_GUTTER
                for layer in _layers_of(mark, here)
            ),
            (focus, "cursor"),
            *over,
        ]
        return (layer for layer in layers if layer[0].overlaps(shown))

    def _text(self, line: Line, start: int, end: int) -> str:
        begin = self._block_starts[line.block]
        return self.page.blocks[line.block].text[start - begin : end - begin]


def reaches_in(mark: Mark, here: Span) -> bool:
    """Whether a mark begins above a sentence and ends in it or below."""
    return mark.span.start < here.start < mark.span.end


def _layers_of(mark: Mark, here: Span) -> Iterator[Layer]:
    if not reaches_in(mark, here):
        yield mark.span, mark.look
        return
    yield Span(mark.span.start, here.start), mark.look
    yield Span(here.start, min(mark.span.end, here.end)), "above"
    if mark.span.end > here.end:
        yield Span(here.end, mark.span.end), mark.look


def _is_all(link: Link, block: Block) -> bool:
    """Whether it is the address of a figure, which is all of its caption."""
    return block.kind == "caption" and len(link.span) == len(block.text)


def _moved(span: Span, by: int) -> Span:
    return Span(by + span.start, by + span.end)
