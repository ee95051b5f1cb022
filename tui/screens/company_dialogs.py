"""What is asked of a person who changes a company's record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, SelectionList
from textual.widgets.selection_list import Selection

from store.claims.names.identifiers import BadIdentifier, identifiers
from store.model import Company, Identifiers
from store.text.clean import clean, guard
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.line_input import LineInput

NAME_LIMIT = 200
NAMES_LIMIT = 4_000
BETWEEN_NAMES = "; "


@dataclass(frozen=True)
class Described:
    """What a person says a company is called, and what registers call it."""

    name: str
    aliases: tuple[str, ...]
    known_as: Identifiers


class DescribeCompany(Dialog[Described | None]):
    """Gives back what was typed, or None; names that others have are refused by the desk."""

    BINDING_GROUP_TITLE = "A company"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="company.cancel", tooltip="Change nothing"),
    ]

    def __init__(
        self, company: Company, *, typed: Described | None = None, error: str = ""
    ) -> None:
        super().__init__()
        self._company = company
        self._typed = typed or Described(company.name, company.aliases, company.identifiers)
        self._error = error

    def compose(self) -> ComposeResult:
        """A line for each thing."""
        typed = self._typed
        with Sheet():
            yield line(f"{self._company.name} · {self._company.id}", "title")
            yield line("Name, as pickers and exports show it", "text")
            yield LineInput(guard(typed.name), id="name", select_on_focus=False)
            yield line("Other names, parted by ;", "text")
            names = guard(BETWEEN_NAMES.join(typed.aliases))
            yield LineInput(names, id="aliases", select_on_focus=False)
            yield line("LEI · market and ticker, as XNAS:NVDA · Wikidata, as Q312", "text")
            yield LineInput(typed.known_as.lei, id="lei", placeholder="LEI")
            yield LineInput(typed.known_as.ticker, id="ticker", placeholder="XNAS:NVDA")
            yield LineInput(typed.known_as.wikidata, id="wikidata", placeholder="Q312")
            yield Problem(self._error)
            yield line("enter saves · tab next line · ‹Esc:company.cancel› leaves", "keys")

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            known_as = identifiers(
                lei=self._line("lei"), ticker=self._line("ticker"), wikidata=self._line("wikidata")
            )
        except BadIdentifier as error:
            self.query_one(Problem).tell(str(error))
            return
        aliases = tuple(name for part in self._line("aliases").split(";") if (name := part.strip()))
        self.dismiss(Described(self._line("name"), aliases, known_as))

    def _line(self, name: str) -> str:
        limit = NAMES_LIMIT if name == "aliases" else NAME_LIMIT
        return clean(self.query_one(f"#{name}", Input).value, limit=limit).strip()

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class SplitCompany(Dialog[tuple[str, ...]]):
    """Gives back the names to split off; none for no change."""

    BINDING_GROUP_TITLE = "Splitting a company"
    DEFAULT_CSS = "SplitCompany SelectionList { height: auto; max-height: 12; margin-top: 1; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="split.cancel", tooltip="Change nothing"),
        Binding(
            "enter",
            "split",
            "split",
            id="split.split",
            tooltip="Split off the ticked names",
            priority=True,
        ),
    ]

    def __init__(self, company: Company) -> None:
        super().__init__()
        self._company = company

    def compose(self) -> ComposeResult:
        """The names, to be ticked."""
        with Sheet():
            yield line(f"Split names off {self._company.name}", "title")
            yield line(
                "The ticked names become a company of their own, called by the first."
                " Claims that are there stay as they are.",
                "text",
            )
            yield SelectionList[str](
                *(Selection(Content(guard(name)), name) for name in self._company.aliases)
            )
            yield line(
                "space ticks · ‹enter:split.split› splits · ‹Esc:split.cancel› leaves", "keys"
            )

    def action_split(self) -> None:
        """Give back what is ticked, in the order shown."""
        ticked = set(self.query_one(SelectionList).selected)
        self.dismiss(tuple(name for name in self._company.aliases if name in ticked))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(())
