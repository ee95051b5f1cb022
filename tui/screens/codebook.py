"""The codebook: what claims can say, how often they do, and every change of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from store.claims.codebook import Code, Codebook, CodebookError, Dimension
from store.claims.codebook.edit import Edit, merge, move, retire
from store.claims.codebook.usage import Counts
from store.claims.lexicon import Choice
from store.desk import Desk, DeskError
from tui.prompts import key_name
from tui.screens.code_fields import (
    code_typed,
    dimension_typed,
    fields_of_code,
    fields_of_dimension,
)
from tui.screens.code_form import CodeForm, Value
from tui.screens.code_lines import claims_in_words, code_lines, page_of
from tui.screens.codebook_keys import CODEBOOK_KEYS
from tui.screens.full_screen import FullScreen
from tui.widgets.code_list import CodeList
from tui.widgets.code_page import CodePage
from tui.widgets.status import Masthead, Status

WIDE = 96
"""Cells from which list and page stand side by side."""
MOST_OFFERED = 9


class CodebookScreen(FullScreen[bool]):
    """Gives back whether anything was changed, so that an open article is read anew."""

    BINDING_GROUP_TITLE = "Codebook"
    AUTO_FOCUS = "CodeList"

    DEFAULT_CSS = """
    CodebookScreen {
        background: $background;
        #panes { height: 1fr; }
        CodeList { width: 44; border-right: vkey $border-blurred; }
        CodePage { width: 1fr; }
        &.-narrow CodeList { width: 1fr; border-right: none; }
        &.-narrow CodePage { display: none; }
        &.-narrow.-reading CodeList { display: none; }
        &.-narrow.-reading CodePage { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = CODEBOOK_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._care = desk.codebook_care
        self._counts: Counts | None = None
        self._changed = False

    def compose(self) -> ComposeResult:
        """The list of codes, and the page of the one under the cursor."""
        yield Masthead()
        with Horizontal(id="panes"):
            yield CodeList()
            yield CodePage()
        yield Status()

    def on_mount(self) -> None:
        """Show what is known at once, then look at the file and count."""
        self._show()
        self._look()

    @property
    def _codebook(self) -> Codebook:
        return self._desk.codebook

    @property
    def _list(self) -> CodeList:
        return self.query_one(CodeList)

    def on_resize(self, event: events.Resize) -> None:
        """One pane at a time where there is no room for two."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.set_class(isinstance(self.focused, CodePage), "-reading")

    # -------------------------------------------------------- showing

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        try:
            if await self._care.look_again():
                self._changed = True
                self.say("the codebook's file was changed elsewhere; this is how it is now")
        except DeskError as error:
            self.say(str(error), error=True)
        await self._count()

    async def _count(self) -> None:
        try:
            self._counts = await self._care.counts()
        except DeskError as error:
            self.say(str(error), error=True)
        self._show()

    def _show(self, *, at: tuple[str, str] | None = None) -> None:
        book = self._codebook
        self.query_one(Masthead).show(f"Codebook · {book.title} {book.version}")
        self._list.heading = "Codes · claims, last 30 days"
        self._list.show(list(code_lines(book, self._counts)), at=at)
        self._show_page()

    @on(CodeList.Reached)
    def _reached(self) -> None:
        self._show_page()

    def _show_page(self) -> None:
        dimension, code = self._here
        if dimension is not None:
            off = self._desk.tutor.switched_off()
            self.query_one(CodePage).show(page_of(dimension, code, self._counts, off))

    @property
    def _here(self) -> tuple[Dimension | None, Code | None]:
        line = self._list.line_here
        dimension = self._codebook.dimension(line.dimension) if line else None
        return dimension, dimension.code(line.code) if dimension and line else None

    # -------------------------------------------------------- moving

    @on(CodeList.Opened)
    def action_to_page(self) -> None:
        """Read on the page."""
        self.add_class("-reading")
        self.set_focus(self.query_one(CodePage))

    def action_to_list(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        self.set_focus(self._list)

    def action_leave(self) -> None:
        """Leave the page, then the screen."""
        if isinstance(self.focused, CodePage):
            self.action_to_list()
        else:
            self.dismiss(self._changed)

    @on(CodeList.Misplaced)
    def _misplaced(self, event: CodeList.Misplaced) -> None:
        keys = "‹e:codes.edit› edits, ‹a:codes.add› adds, ‹x:codes.retire› retires"
        self.say(f"{key_name(event.key)} tags sentences: here {keys}")

    # -------------------------------------------------------- reading

    def action_guidelines(self) -> None:
        """Read how to code with it."""
        from tui.screens.codebook_dialogs import guidelines_sheet

        book = self._codebook
        if book.guidelines.strip():
            self.app.push_screen(guidelines_sheet(book.title, book.guidelines))
        else:
            self.say("no guidelines in the codebook's file")

    @work(group="read", exclusive=True)
    async def action_versions(self) -> None:
        """List what changed from version to version."""
        from tui.screens.codebook_dialogs import versions_sheet

        try:
            self.app.push_screen(versions_sheet(await self._care.versions()))
        except DeskError as error:
            self.say(str(error), error=True)

    # -------------------------------------------------------- changing

    @on(CodeList.Asked)
    def _answer(self, event: CodeList.Asked) -> None:
        dimension, code = self._here
        if dimension is None:
            return
        if event.what == "add":
            self._fill_in_code(dimension, None)
        elif event.what == "change" and code is None:
            self._fill_in_dimension(dimension)
        elif code is None:
            return
        elif event.what == "change":
            self._fill_in_code(dimension, code)
        elif event.what == "merge":
            self._merge(dimension, code)
        elif event.what == "retire":
            self._change(lambda book: retire(book, dimension.id, code.id))
        else:
            by = 1 if event.what == "down" else -1
            self._change(lambda book: move(book, dimension.id, code.id, by))

    def action_add_dimension(self) -> None:
        """Fill in a new dimension."""
        self._fill_in_dimension(None)

    def _fill_in_code(self, dimension: Dimension, code: Code | None) -> None:
        async def save(typed: Mapping[str, Value]) -> str:
            edit = code_typed(self._codebook, dimension.id, code, typed)
            said = await self._care.change(edit)
            self._taken_in(at=(dimension.id, edit.settings[0].code))
            return said

        title = f"{dimension.label}: {code.label if code else 'a new code'}"
        self.app.push_screen(CodeForm(title, fields_of_code(code), save), self._saved)

    def _fill_in_dimension(self, dimension: Dimension | None) -> None:
        async def save(typed: Mapping[str, Value]) -> str:
            edit = dimension_typed(self._codebook, dimension, typed)
            said = await self._care.change(edit)
            self._taken_in(at=(edit.settings[0].dimension, ""))
            return said

        title = f"The dimension {dimension.label}" if dimension else "A new dimension"
        self.app.push_screen(CodeForm(title, fields_of_dimension(dimension), save), self._saved)

    @work(group="write")
    async def _merge(self, dimension: Dimension, code: Code) -> None:
        from tui.screens.merging import MergeDialog

        lexicon = self._desk.lexicon

        def others(query: str) -> list[Choice]:
            found = lexicon.candidates(query, dimension.id, MOST_OFFERED + 1)
            return [choice for choice in found if choice.code != code.id]

        told = claims_in_words(self._counts, dimension.id, code.id)
        says = (
            f"{told} of {code.label} will read as the code that you pick, on the screen and in"
            f" exports; what is stored stays as it was coded. Nothing offers {code.label} any more,"
            " its words propose the other code. u takes it back."
        )
        into = await self.app.push_screen_wait(MergeDialog(code.label, says, others))
        if into:
            await self._try(
                lambda: self._care.change(merge(self._codebook, dimension.id, code.id, into))
            )

    def _change(self, make: Callable[[Codebook], Edit]) -> None:
        self._try_soon(lambda: self._care.change(make(self._codebook)))

    def action_take_back(self, redo: bool = False) -> None:
        """Undo or redo the last change."""
        self._try_soon(lambda: self._care.take_back(redo=redo))

    def action_use(self) -> None:
        """Put another codebook in this one's place."""
        from tui.screens.codebook_dialogs import UseCodebook

        async def use(name: str) -> str:
            said = await self._care.use(name)
            self._taken_in()
            return said

        self.app.push_screen(UseCodebook(self._codebook.title, use), self._saved)

    def _saved(self, said: str | None) -> None:
        if said:
            self.say(f"{said} · saved")

    @work(group="write")
    async def _try_soon(self, change: Callable[[], Awaitable[str]]) -> None:
        await self._try(change)

    async def _try(self, change: Callable[[], Awaitable[str]]) -> None:
        try:
            said = await change()
        except (DeskError, CodebookError) as error:
            self.say(str(error), error=True)
            return
        self._taken_in()
        self._saved(said)

    def _taken_in(self, *, at: tuple[str, str] | None = None) -> None:
        self._changed = True
        self._show(at=at)
        self._recount()

    @work(group="look", exclusive=True)
    async def _recount(self) -> None:
        await self._count()
