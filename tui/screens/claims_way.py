"""The way to the table of claims, and from there to their passages and back."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from store.desk import Desk, DeskError, OpenedArticle
from store.model import HeadlineRow
from tui.screens.open_article import OpenArticle

if TYPE_CHECKING:
    from tui.screens.claims_visit import ClaimsVisit


class ClaimsWay(OpenArticle):
    """A desk whose open article may have been come to by a claim on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._from_claims: OpenedArticle | None = None

    async def open_row(
        self, row: HeadlineRow, *, marks_read: bool = True, whole: bool = False
    ) -> bool:
        """Open an article from a list, to which Esc goes back."""
        self._from_claims = None
        return await super().open_row(row, marks_read=marks_read, whole=whole)

    @cached_property
    def _claims_visit(self) -> ClaimsVisit:
        from tui.screens.claims_visit import ClaimsVisit

        return ClaimsVisit(self._desk, self)

    def action_claims(self) -> None:
        """Show all claims in a table, as it was left."""
        self._from_claims = None
        self._claims_visit.begin()

    def company_chosen(self, name: str | None) -> None:
        """Show the claims that name a company."""
        if name:
            self._from_claims = None
            quoted = name.replace('"', "")
            self._claims_visit.begin(f'company:"{quoted}"')

    def show_passage(self, opened: OpenedArticle, sentence: int, nth: int) -> None:
        """Show an article from the table of claims, the cursor on a claim; Esc goes back there."""
        self._remember()
        self._flow.review.end()
        self.show_article(opened)
        self._flow.opened()
        self.go_to_pane(self._view)
        self._view.go_to(sentence, nth)
        self._from_claims = opened

    async def look_at_claims_again(self) -> None:
        """Show what was changed in the table where the open article shows it too."""
        if self._tagging.opened is not None:
            with suppress(DeskError):
                self._tagging.take(await self._desk.look_again(self._tagging.opened))
