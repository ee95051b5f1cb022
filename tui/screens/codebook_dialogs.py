"""What the codebook's screen shows over itself: guidelines, versions, a merge, another codebook."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Markdown, Static

from store.desk import DeskError
from store.desk.recoding import Version
from store.text.clean import clean, guard
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.line_input import LineInput

PATH_LIMIT = 4_096


class ReadSheet(Dialog[None]):
    """A long text on a sheet, to scroll through."""

    BINDING_GROUP_TITLE = "A text of the codebook"

    DEFAULT_CSS = """
    ReadSheet {
        & > Sheet { width: 100; height: 90%; }
        VerticalScroll { height: 1fr; scrollbar-size: 0 1; }
        Static { height: auto; }
        Markdown { padding: 0; margin: 0; background: $surface; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "close", id="codebook_text.close", tooltip="Close"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="codebook_text.down",
                tooltip="Scroll down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="codebook_text.up",
                tooltip="Scroll up"),
        Binding("space,pagedown", "page(1)", "Page", show=False, id="codebook_text.page",
                tooltip="Scroll one page"),
        Binding("b,pageup", "page(-1)", "Back", show=False, id="codebook_text.back",
                tooltip="Scroll one page back"),
    ]  # fmt: skip

    def __init__(self, title: str, body: Callable[[], Widget]) -> None:
        super().__init__()
        self._title = title
        self._body = body

    def compose(self) -> ComposeResult:
        """The text between a title and the keys."""
        with Sheet():
            yield line(self._title, "title")
            with VerticalScroll():
                yield self._body()
            yield line(
                "‹j:codebook_text.down› ‹k:codebook_text.up› scroll · "
                "‹Esc:codebook_text.close› closes",
                "keys",
            )

    def action_close(self) -> None:
        """Go back to the codes."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        view = self.query_one(VerticalScroll)
        view.scroll_relative(y=pages * max(1, view.size.height - 1), animate=False)


def guidelines_sheet(title: str, text: str) -> ReadSheet:
    """How to code, as Markdown; its links lead nowhere by themselves."""
    return ReadSheet(
        f"{title}: guidelines", lambda: Markdown(guard(text, lines=True), open_links=False)
    )


def versions_sheet(versions: Sequence[Version]) -> ReadSheet:
    """Every version that is kept and what changed in it, the newest first."""
    return ReadSheet("Versions of the codebook", lambda: Static(_told(versions)))


def _told(versions: Sequence[Version]) -> Content:
    return Content("\n").join(_lines_of_versions(versions))


def _lines_of_versions(versions: Sequence[Version]) -> Iterator[Content]:
    for version in versions:
        day = f"{version.at.astimezone():%Y-%m-%d %H:%M}" if version.at else "earlier"
        mark = "▌ " if version.is_current else "  "
        yield Content.assemble(
            (mark, "$text-accent"),
            (guard(version.version), "bold $text-accent"),
            (f"  {guard(version.title)} · {guard(version.id)} · {day}", "$text-muted"),
        )
        yield from (Content(f"    {guard(one)}") for one in version.said)


class UseCodebook(Dialog[str]):
    """Gives back what to say of the codebook that is in use now; empty if it is the same."""

    BINDING_GROUP_TITLE = "Another codebook"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="use_codebook.cancel", tooltip="Change nothing"),
    ]

    def __init__(self, title: str, use: Callable[[str], Awaitable[str]]) -> None:
        super().__init__()
        self._title = title
        self._use = use

    def compose(self) -> ComposeResult:
        """A line to name it."""
        with Sheet():
            yield line("Use another codebook on this desk", "title")
            yield line(
                f"Now it is {self._title}. Claims keep what they say; values that the other one"
                " does not know can be read and exported, and not be given again.",
                "text",
            )
            yield LineInput(placeholder="business, political, or a codebook's file", id="name")
            yield Problem()
            yield line("enter uses it · ‹Esc:use_codebook.cancel› leaves", "keys")

    @on(Input.Submitted)
    @work(group="write", exclusive=True)
    async def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        named = clean(event.value, limit=PATH_LIMIT).strip()
        if not named:
            self.query_one(Problem).tell("Type business, political, or the name of a file first.")
            return
        try:
            said = await self._use(named)
        except DeskError as error:
            self.query_one(Problem).tell(str(error))
        else:
            self.dismiss(said)

    def action_cancel(self) -> None:
        """Keep the one that is in use."""
        self.dismiss("")
