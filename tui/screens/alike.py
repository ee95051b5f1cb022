"""The same for all alike: which sentences that would be, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from store.claims.marking.alike import Alike, alike, writes_of
from store.desk import Desk, DeskError, OpenedArticle
from store.model import HeadlineRow, Tag
from store.text.amounts import amount
from store.text.clean import guard
from tui.prompts import tags_told
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.checklist import Checklist, Passage
from tui.widgets.lines import fit

MOST_ARTICLES = 500
"""Of the list that are looked through, newest first."""
_TOLD = 600
"""Characters of a sentence that are shown."""


class AlikeDialog(Dialog[str]):
    """Lists sentences that are alike, stores what is ticked, and gives back what to say of it."""

    BINDING_GROUP_TITLE = "The same for all alike"

    DEFAULT_CSS = """
    AlikeDialog {
        & > Sheet { width: 100; height: 80%; }
        #sentence { height: 4; color: $text; margin-top: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "leave", id="alike.cancel", tooltip="Store nothing"),
        Binding(
            "a",
            "everywhere",
            "in the list too",
            id="alike.everywhere",
            tooltip="Look in the other articles of the list too",
        ),
    ]

    def __init__(
        self,
        desk: Desk,
        opened: OpenedArticle,
        tags: Sequence[Tag],
        found: Sequence[Alike],
        rows: Sequence[HeadlineRow],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        self._tags = tags
        self._rows = rows
        self._found = [(opened, one) for one in found]
        self._has_looked = False

    def compose(self) -> ComposeResult:
        """What would be said, and of which sentences."""
        with Sheet():
            yield line(f"The same for all alike: {tags_told(self._tags)}", "title")
            yield Checklist()
            yield Static(id="sentence", markup=False)
            yield Problem()
            yield line(
                "enter stores what is ticked · space 1-9 tick · ‹a:alike.everywhere› the list too",
                "keys",
            )

    def on_mount(self) -> None:
        """Put the focus on the sentences."""
        self._show()
        self._list.focus()

    @property
    def _list(self) -> Checklist:
        return self.query_one(Checklist)

    def _show(self, looked: str = "") -> None:
        places = self._list
        places.empty = "No other sentence here names the same company and is marked the same way."
        here = self._opened.article.headline.id
        passages = [
            Passage(
                _words(opened, one),
                tags_told(one.tags),
                "" if opened.article.headline.id == here else opened.article.headline.title,
            )
            for opened, one in self._found
        ]
        places.show(passages, heading=self._heading() + looked)
        self._show_sentence()

    def _heading(self) -> str:
        chosen, articles = self._chosen(), {id(opened) for opened, _ in self._chosen()}
        sentences = amount(len(chosen), "sentence")
        where = "" if len(articles) < 2 else f" in {len(articles)} articles"  # noqa: PLR2004
        return f"{sentences}{where}"

    def _chosen(self) -> list[tuple[OpenedArticle, Alike]]:
        chosen = set(self._list.chosen)
        return [one for index, one in enumerate(self._found) if index in chosen]

    @on(Checklist.Ticked)
    @on(Checklist.Reached)
    def _show_sentence(self) -> None:
        self._list.heading = self._heading()
        self._list.refresh()
        text = ""
        if self._found:
            opened, one = self._found[min(self._list.cursor, len(self._found) - 1)]
            text = _words(opened, one)
        self.query_one("#sentence", Static).update(Content(guard(text[:_TOLD])))

    # -------------------------------------------------------- the whole list

    def action_everywhere(self) -> None:
        """Look through the other articles of the list."""
        if not self._has_looked:
            self._has_looked = True
            self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        here = self._opened.article.headline.id
        rows = [row for row in self._rows[:MOST_ARTICLES] if row.id != here]
        for number, row in enumerate(rows, start=1):
            try:
                opened = await self._desk.open_article(row.feed, row.id)
            except DeskError:
                continue  # its text is lost: nothing in it is alike
            found = alike(self._tags, opened.sentences, opened.suggestions, opened.claims)
            self._found += [(opened, one) for one in found]
            self._show(f" · {number} of {len(rows)} articles looked through")
        self._show(f" · {len(rows)} further articles looked through")

    # -------------------------------------------------------- storing

    @on(Checklist.Chosen)
    @work(group="write", exclusive=True)
    async def _store(self) -> None:
        chosen = self._chosen()
        if not chosen:
            self.dismiss("")
            return
        by_article: dict[int, tuple[OpenedArticle, list[Alike]]] = {}
        for opened, one in chosen:
            by_article.setdefault(opened.article.headline.id, (opened, []))[1].append(one)
        try:
            await self._desk.keep_in_all(
                [(opened, writes_of(these)) for opened, these in by_article.values()]
            )
        except DeskError as error:
            self.query_one(Problem).tell(str(error))
            return
        claims = amount(len(chosen), "claim")
        where = f" in {len(by_article)} articles" if len(by_article) > 1 else ""
        self.dismiss(f"saved · {claims} alike{where} · ‹u:tag.undo› takes all of them back")

    def action_cancel(self) -> None:
        """Store nothing."""
        self.dismiss("")


def _words(opened: OpenedArticle, one: Alike) -> str:
    return fit(opened.article.version.text[one.span.start : one.span.end], _TOLD)
