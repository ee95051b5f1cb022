"""Claims whose passage is gone from the text: to be put on another sentence, or let go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from store.claims.marking.tagging import Write
from store.desk import OpenedArticle
from store.model import Act, Claim, Sentence
from store.text.clean import guard
from tui.prompts import tags_told
from tui.screens.dialog import Dialog, Sheet, line
from tui.widgets.checklist import Passage, Passages

_TOLD = 600
"""Characters of a passage that are shown."""


def lost(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims and drafts that have no place in the text any more."""
    return tuple(
        claim
        for claim in claims
        if claim.marking.anchor.state == "orphan"
        and not claim.marking.deleted
        and claim.marking.review != "rejected"
    )


class LostDialog(Dialog[Write | None]):
    """Lists the claims that lost their place, and gives back what to do with one of them."""

    BINDING_GROUP_TITLE = "Claims that lost their place"

    DEFAULT_CSS = """
    LostDialog {
        & > Sheet { width: 100; height: 80%; }
        #quote, #sentence { height: auto; max-height: 5; margin-top: 1; }
        #sentence { color: $text-muted; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "leave", id="lost.cancel", tooltip="Leave them as they are"),
        Binding("x", "remove", "remove", id="lost.remove", tooltip="Remove this claim"),
    ]

    def __init__(self, opened: OpenedArticle, claims: Sequence[Claim], sentence: Sentence) -> None:
        """``sentence`` is the one that a claim can be put on."""
        super().__init__()
        self._claims = claims
        self._sentence = sentence
        span = sentence.span
        self._words = opened.article.version.text[span.start : span.end]

    def compose(self) -> ComposeResult:
        """What each quoted, and the sentence that is in focus now."""
        count = len(self._claims)
        told = "A claim lost its place" if count == 1 else f"{count} claims lost their place"
        with Sheet():
            yield line(f"{told}: the text changed", "title")
            yield Passages()
            yield Static(id="quote", markup=False)
            yield Static(id="sentence", markup=False)
            yield line(
                "enter puts it on that sentence · ‹x:lost.remove› removes it · "
                "‹Esc:lost.cancel› leaves it",
                "keys",
            )

    def on_mount(self) -> None:
        """Put the focus on the claims."""
        passages = self.query_one(Passages)
        passages.show(
            (
                Passage(claim.marking.anchor.exact, tags_told(claim.marking.tags))
                for claim in self._claims
            ),
            heading="What they quoted",
        )
        words = Content(guard(f"the sentence in focus: {self._words[:_TOLD]}"))
        self.query_one("#sentence", Static).update(words)
        self._show_quote()
        passages.focus()

    @property
    def _claim(self) -> Claim:
        return self._claims[self.query_one(Passages).cursor]

    @on(Passages.Reached)
    def _show_quote(self) -> None:
        quote = Content(guard(f"it quoted: {self._claim.marking.anchor.exact[:_TOLD]}"))
        self.query_one("#quote", Static).update(quote)

    @on(Passages.Chosen)
    def _put_here(self) -> None:
        self.dismiss(self._write("shape"))

    def action_remove(self) -> None:
        """Remove the claim under the cursor."""
        self.dismiss(self._write("remove"))

    def action_cancel(self) -> None:
        """Leave all of them as they are."""
        self.dismiss(None)

    def _write(self, act: Act) -> Write:
        claim = self._claim
        return Write(
            act=act,
            claim=claim.id,
            rev=claim.rev,
            span=self._sentence.span,
            unit="sentence",
            tags=claim.marking.tags,
            review=claim.marking.review,
        )
