"""The conversation between the keys of the table of claims and the desk, key after key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from store.claims.marking.history import ACTS_IN_WORDS
from store.claims.table.bulk import Change, Preview, leaves, preview
from store.claims.table.rows import ClaimRow
from store.desk import Desk, DeskError
from store.desk.claim_table import ClaimTable
from tui.screens.answers import Chosen, Detailed, Left
from tui.screens.asking import NO_DIMENSION
from tui.screens.claim_questions import (
    Order,
    TableQuestion,
    note_for,
    offered,
    order_question,
    status_question,
)
from tui.screens.picking import Asker, Picking, signal_legend
from tui.screens.tagging import Say
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_detail import ClaimDetail
from tui.widgets.claim_list import ClaimList
from tui.widgets.picker import Picked

PREVIEW_KEYS = "enter does it, u takes it back · any other key leaves all as it is"


class Changing:
    """What is being asked of claims: a question, or a preview that waits for Enter."""

    def __init__(
        self,
        desk: Desk,
        table: ClaimTable,
        claims: ClaimList,
        panel: ClaimDetail,
        say: Say,
        *,
        order: Callable[[str | None], str],
        changed: Callable[[Sequence[str]], bool],
        progress: Callable[[int, int], None],
    ) -> None:
        """``order`` puts claims in an order and says which they have; ``changed`` shows them anew.

        ``changed`` is told which claims a step touched that the cursor should go to, and says
        whether one of them is shown.
        """
        self._desk = desk
        self._table = table
        self._claims = claims
        self._panel = panel
        self._say = say
        self._order = order
        self._changed = changed
        self._progress = progress
        self._question: TableQuestion | None = None
        self._previewed: tuple[Change, Preview] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the next key is an answer."""
        return self._question is not None or self._previewed is not None

    def rest(self) -> None:
        """Ask nothing, and show the claim under the cursor."""
        self._question = self._previewed = None
        self._panel.picker.close()
        self._panel.show_claim(self._claims.here)

    async def press(self, asked: ArticleView.Asked) -> None:
        """Answer one key of the table."""
        try:
            if self._previewed is not None:
                await self._decide(asked.key)
            elif self._question is not None:
                await self._hear(asked)
            else:
                await self._act(asked.key)
        except DeskError as error:
            self._say(str(error), error=True)
            self.rest()
            await self._table.take_in()
            self._changed(())

    async def _act(self, key: str) -> None:
        rows = self._claims.meant()
        if key in ("u", "redo"):
            await self._take_back("redo" if key == "redo" else "undo")
        elif key == "o":
            self._put(order_question(self._order(None)))
        elif not rows:
            self._say("no claim is under the cursor")
        elif (change := _at_once(key, rows)) is not None:
            await self._propose(change)
        elif (question := self._question_of(key, rows)) is None:
            self._say(NO_DIMENSION)
        else:
            self._put(question)

    def _put(self, question: TableQuestion) -> None:
        self._question = question
        question.ask(self._panel)

    def _question_of(self, key: str, rows: Sequence[ClaimRow]) -> TableQuestion | None:
        codebook = self._desk.codebook
        if key in ("s", "S"):
            return signal_legend(codebook.dimension("signal"), further=key == "S")
        if key == "a":
            return status_question(rows)
        if key == "i":
            return note_for(rows)
        asker = Asker(self._desk, partial(offered, rows=rows, everything=self._table.rows))
        if key == "t":
            return asker.about_further()
        dimension = codebook.dimension({"c": "company", "r": "region"}.get(key, ""))
        return asker.about(dimension) if dimension else None

    # -------------------------------------------------------- answers

    async def _hear(self, asked: ArticleView.Asked) -> None:
        if self._question is None:
            return
        heard = await self._question.hear(asked)
        if heard is None:
            return
        if isinstance(heard, Left):
            self.rest()
            self._say(heard.say)
        elif isinstance(heard, Order):
            self.rest()
            self._say(f"by {self._order(heard.by)}")
        elif isinstance(heard, Chosen):
            self.rest()
            await self._propose(_meant_by(heard, self._claims.meant()))
        elif isinstance(heard, Detailed):
            self.rest()
            await self._propose(Change(what="note", note=heard.details.note))
        elif isinstance(heard, Change):
            self.rest()
            await self._propose(heard)
        else:
            self._put(heard)

    async def picked(self, event: Picked) -> None:
        """Take what was picked by mouse."""
        question = self._question
        self.rest()
        if isinstance(question, Picking):
            try:
                answer = await question.picked(event)
            except DeskError as error:
                self._say(str(error), error=True)
                return
            if isinstance(answer, Chosen):
                await self._propose(_meant_by(answer, self._claims.meant()))

    async def _propose(self, change: Change) -> None:
        """Do it to the claim under the cursor; to selected ones only after a look at it."""
        rows = self._claims.meant()
        told = preview(change, rows, annotator=self._table.annotator)
        if not told.rows:
            self._say(_why_not(told, rows))
        elif self._claims.chosen():
            self._previewed = (change, told)
            self._panel.show_preview("a change of many", [told.sentence, "", PREVIEW_KEYS])
        else:
            await self._do(change, told)

    async def _decide(self, key: str) -> None:
        previewed = self._previewed
        self.rest()
        if previewed is None or key != "enter":
            self._say("left as it was")
            return
        await self._do(*previewed)

    async def _do(self, change: Change, told: Preview) -> None:
        changed = await self._table.change(change, told.rows, self._progress)
        self._changed(())
        missed = len(told.rows) - len(changed)
        count = f"{len(changed)} claims: " if len(told.rows) > 1 else ""
        left = f" · {missed} changed elsewhere meanwhile" if missed else ""
        self._say(f"saved · {count}{told.told}{left}")

    async def _take_back(self, act: Literal["undo", "redo"]) -> None:
        back = await self._table.take_back(act, self._progress)
        if back is None:
            self._say(f"nothing to {act}")
            return
        count = f", of {len(back.claims)} claims" if len(back.claims) > 1 else ""
        done = "took back" if act == "undo" else "did again"
        shown = self._changed(back.claims)
        where = "" if shown or not back.claims else " · the filter does not show it"
        self._say(f"{done} {ACTS_IN_WORDS.get(back.operation.act, 'it')}{count}{where}")


def _at_once(key: str, rows: Sequence[ClaimRow]) -> Change | None:
    """What a key does without a question."""
    if key == "x":
        gone = all(row.state == "removed" for row in rows)
        return Change(what="restore" if gone else "remove")
    if key == "!":
        return Change(what="flag", on=not all(row.flag for row in rows))
    return Change(what="confidence", by=1 if key == "=" else -1) if key in ("=", "-") else None


def _meant_by(chosen: Chosen, rows: Sequence[ClaimRow]) -> Change:
    """A value takes the place of others where there is one only; all having it, it comes off."""
    tag = chosen.tag
    if chosen.only or (tag.dimension == "signal" and not chosen.further):
        return Change(what="set", tag=tag)
    has_it = all(leaves(Change(what="add", tag=tag), row) for row in rows if row.state != "removed")
    return Change(what="drop" if has_it else "add", tag=tag)


def _why_not(told: Preview, rows: Sequence[ClaimRow]) -> str:
    if told.others == len(rows) == 1:
        return f"this claim is {rows[0].by}’s and is left alone"
    if len(rows) == 1 and rows[0].state == "removed":
        return "this claim is removed: ‹x:claims.remove› brings it back"
    return f"nothing to change: {told.sentence}" if len(rows) > 1 else "it says so already"
