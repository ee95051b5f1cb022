"""To the table of claims and back: to the sentence of a claim, and to the same row again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.claims.marking.focus import standing
from store.claims.table.rows import ClaimRow
from store.desk import Desk, DeskError, OpenedArticle
from tui.screens.claims import ClaimsScreen
from tui.screens.kept_text import KeptText
from tui.screens.visit import Visit

if TYPE_CHECKING:
    from tui.screens.claims_way import ClaimsWay


class ClaimsVisit:
    """What stands on the table stays there while somebody reads an article from it."""

    def __init__(self, desk: Desk, screen: ClaimsWay) -> None:
        self._desk = desk
        self._screen = screen
        self._visit = Visit(desk.claim_table())

    def begin(self, query: str = "") -> None:
        """Show the table, as it was left or filtered anew."""
        self._visit.query = query or self._visit.query
        table = ClaimsScreen(self._desk, self._visit)
        self._screen.app.push_screen(table, self._left)

    def _left(self, row: ClaimRow | None) -> None:
        then, self._visit.then = self._visit.then, ""
        leaving = self._leave(then) if row is None else self._open(row)
        self._screen.run_worker(leaving, group="claims")

    async def _leave(self, then: str) -> None:
        await self._screen.look_at_claims_again()
        if then:
            await self._screen.run_action(then)

    async def _open(self, row: ClaimRow) -> None:
        """Go to the sentence; what is no longer on the desk is shown as it was kept."""
        try:
            opened = await self._desk.open_article(row.feed, row.article)
        except DeskError:
            await self._show_kept(row)
            return
        made = (*opened.claims, *opened.others)
        anchor = next((one.marking.anchor for one in made if one.id == row.id), None)
        if anchor is not None and anchor.state == "orphan":
            self._screen.show_passage(opened, 0, 0)
            self._screen.say("its passage is gone from this text · Esc goes back to the table")
            return
        start = anchor.span.start if anchor else row.start
        self._screen.show_passage(opened, *_place_of(row.id, start, opened))

    async def _show_kept(self, row: ClaimRow) -> None:
        try:
            text = await self._visit.table.text_of(row)
        except DeskError:
            text = None
        kept = KeptText(row, text.text if text else "")
        self._screen.app.push_screen(kept, lambda _: self.begin())


def _place_of(claim: str, start: int, opened: OpenedArticle) -> tuple[int, int]:
    """The sentence in which a passage begins, and which of its claims this one is."""
    spans = [sentence.span for sentence in opened.sentences]
    sentence = next((n for n, span in enumerate(spans) if span.start <= start < span.end), 0)
    owned = [one.id for one in standing(opened.claims, opened.sentences[sentence])]
    return sentence, owned.index(claim) if claim in owned else 0
