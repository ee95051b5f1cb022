"""The companies of a desk as records: one each, however many names it goes by."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.claims.lexicon import Choice
from store.claims.names import fold
from store.desk import Desk, DeskError
from store.desk.company_records import CompanyRow
from store.model import Company, Identifiers
from store.text.clean import clean
from tui.screens.company_dialogs import DescribeCompany, Described, SplitCompany
from tui.screens.full_screen import FullScreen
from tui.screens.merging import MergeDialog
from tui.widgets.company_list import CompanyLine, CompanyList
from tui.widgets.line_input import LineInput
from tui.widgets.status import Masthead, Status

QUERY_LIMIT = 200
_MERGING = (
    "Its names and its old id lead to the company that you pick, in claims that are there and in"
    " those to come. x takes it back."
)


class Companies(FullScreen[str]):
    """Gives back the name of the company whose claims are wanted, or nothing."""

    BINDING_GROUP_TITLE = "Companies"
    AUTO_FOCUS = "CompanyList"

    DEFAULT_CSS = """
    Companies {
        background: $background;
        & > #find { display: none; border: none; height: 1; padding: 0 2; background: $surface; }
        & > #find.-open { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="companies.help", tooltip="Every key"),
        Binding("slash", "find", "find", id="companies.find", tooltip="Find a company"),
        Binding("u", "undo", "undo", id="companies.undo", tooltip="Take the last change back"),
        Binding("escape,q", "leave", "back", id="companies.leave", tooltip="Back to the desk"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: Sequence[CompanyRow] = ()

    def compose(self) -> ComposeResult:
        """A line to find by, and the list."""
        yield Masthead()
        yield LineInput(placeholder="part of a name, an id or a ticker", id="find")
        yield CompanyList()
        yield Status()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(Masthead).show("Companies")
        self._list.empty = "Looking through the claims …"
        self._load()

    @property
    def _list(self) -> CompanyList:
        return self.query_one(CompanyList)

    # -------------------------------------------------------- the list

    @work(group="load", exclusive=True)
    async def _load(self) -> None:
        try:
            self._rows = await self._desk.company_records.rows()
        except DeskError as error:
            self.say(str(error), error=True)
        self._show()

    def _show(self) -> None:
        wanted = fold(clean(self.query_one("#find", Input).value, limit=QUERY_LIMIT))
        rows = [row for row in self._rows if _is_wanted(row, wanted)]
        self._list.empty = (
            "No company goes by that; Esc shows all." if wanted else "No claim names a company yet."
        )
        self._list.heading = f"Companies {len(rows)}"
        self._list.show([line for row in rows for line in _lines(row)])

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show()

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.set_focus(self._list)

    def action_find(self) -> None:
        """Type what to look for."""
        find = self.query_one("#find", Input)
        find.add_class("-open")
        self.set_focus(find)

    def action_leave(self) -> None:
        """Leave the search, then the screen."""
        find = self.query_one("#find", Input)
        if find.has_class("-open"):
            find.value = ""
            find.remove_class("-open")
            self.set_focus(self._list)
        else:
            self.dismiss("")

    # -------------------------------------------------------- changes

    def action_undo(self) -> None:
        """Take the last change back."""
        self._undo()

    @work(group="change")
    async def _undo(self) -> None:
        await self._told(await self._try(self._desk.company_records.undo()))

    @on(CompanyList.Asked)
    def _answer(self, event: CompanyList.Asked) -> None:
        if event.what == "claims":
            self.dismiss(event.line.name)
        else:
            self._change(event.what, event.line)

    @work(group="change")
    async def _change(self, what: str, line: CompanyLine) -> None:
        records = self._desk.company_records
        if what == "part":
            await self._told(await self._try(records.part(line.id)))
            return
        company = next((row.company for row in self._rows if row.company.id == line.id), None)
        if company is None:
            return
        if what == "describe":
            await self._describe(company)
        elif what == "merge":
            dialog = MergeDialog(company.name, _MERGING, partial(self._others, company.id))
            if into := await self.app.push_screen_wait(dialog):
                await self._told(await self._try(records.merge(company.id, into)))
        elif not company.aliases:
            self.say(f"{company.name} has no other name to split off")
        elif names := await self.app.push_screen_wait(SplitCompany(company)):
            await self._told(await self._try(records.split(company.id, names)))

    def _others(self, id_: str, query: str) -> Sequence[Choice]:
        found = self._desk.lexicon.candidates(query, "company")
        return [choice for choice in found if choice.code != id_]

    async def _describe(self, company: Company) -> None:
        typed: Described | None = None
        problem = ""
        while typed := await self.app.push_screen_wait(
            DescribeCompany(company, typed=typed, error=problem)
        ):
            try:
                said = await self._desk.company_records.describe(
                    company.id, name=typed.name, aliases=typed.aliases, known_as=typed.known_as
                )
            except DeskError as error:
                problem = str(error)
            else:
                await self._told(said)
                return

    async def _try(self, change: Awaitable[str]) -> str:
        try:
            return await change
        except DeskError as error:
            self.say(str(error), error=True)
            return ""

    async def _told(self, said: str) -> None:
        if said:
            self.say(said)
            self._load()


def _is_wanted(row: CompanyRow, wanted: str) -> bool:
    """Without a query those that matter here: named in claims, or changed on this desk."""
    if not wanted:
        return bool(row.claims or row.merged) or row.source == "this desk"
    company, ids = row.company, row.company.identifiers
    told = (company.id, company.name, *company.aliases, ids.lei, ids.ticker, ids.wikidata)
    return any(wanted in fold(one) for one in told)


def _lines(row: CompanyRow) -> Iterator[CompanyLine]:
    yield CompanyLine(
        id=row.company.id,
        name=row.company.name,
        names=", ".join(row.company.aliases),
        identifiers=_told(row.company.identifiers),
        claims=row.claims,
        source=row.source,
    )
    for merged in row.merged:
        yield CompanyLine(
            id=merged.id,
            name=merged.name,
            names=", ".join(merged.aliases),
            identifiers=_told(merged.identifiers),
            under=row.company.id,
        )


def _told(known_as: Identifiers) -> str:
    return " ".join(one for one in (known_as.ticker, known_as.wikidata, known_as.lei) if one)
