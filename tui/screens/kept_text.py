"""The text that a claim was made on, where its article is no longer on the desk."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.claims.table.rows import ClaimRow
from store.text.clean import guard
from tui.screens.dialog import Dialog, Sheet, line


class KeptText(Dialog[None]):
    """Quote and text, to read."""

    BINDING_GROUP_TITLE = "Kept text"

    DEFAULT_CSS = """
    KeptText {
        & > Sheet { height: 90%; }
        VerticalScroll { height: 1fr; scrollbar-size: 0 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "close", id="kept.close", tooltip="Back to the table"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="kept.down", tooltip="Scroll down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="kept.up", tooltip="Scroll up"),
    ]

    def __init__(self, row: ClaimRow, text: str) -> None:
        """``text`` is the snapshot, empty where it is lost too."""
        super().__init__()
        self._row = row
        self._text = text

    def compose(self) -> ComposeResult:
        """What it is, the quote, the text around it."""
        with Sheet():
            yield line(self._row.title or "(no title)", "title")
            yield line(
                f"This article is no longer on the desk ({self._row.source}); "
                + (
                    "its text was kept with the claim." if self._text else "only the quote is kept."
                ),
                "text",
            )
            with VerticalScroll():
                yield Static(self._shown())
            yield line("‹j:kept.down› ‹k:kept.up› scroll · ‹Esc:kept.close› closes", "keys")

    def _shown(self) -> Content:
        quote, start = self._row.quote, self._row.start
        end = start + len(quote)
        if self._text[start:end] != quote:
            return Content.styled(guard(quote), "reverse")
        before, after = _lines(self._text[:start]), _lines(self._text[end:])
        return Content.assemble(before, (_lines(quote), "reverse"), after)

    def on_mount(self) -> None:
        """Begin where the quote is in view."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Go back to the table."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _lines(text: str) -> str:
    """A stranger's text as a terminal may receive it, its paragraphs apart."""
    return "\n".join(map(guard, text.split("\n")))
