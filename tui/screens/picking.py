"""Choosing a value of a dimension: by the key of its code, or in the picker by number and name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.claims.codebook import Codebook, Dimension
from store.claims.lexicon import Choice
from store.claims.marking.focus import Focus
from store.claims.marking.tagging import comes_off
from store.desk import Desk, OpenedArticle
from store.model import Tag
from tui.screens.answers import Answer, Chosen, Left, Legend, Question
from tui.widgets.article_view import PASTE, ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.picker import Cancelled, Picked

if TYPE_CHECKING:
    from tui.widgets.picker import Answer as Pick

COMPANY = "company"
TAKES_OFF = "ticked; picking it takes it off"
"""What is told of a value that has no digit."""


def signal_legend(dimension: Dimension | None, *, further: bool) -> Legend:
    """The codebook's signals by their keys."""
    codes = dimension.codes if dimension else ()

    def meaning(pressed: str) -> Answer | None:
        for code in codes:
            if code.key == pressed:
                tag = Tag(dimension="signal", code=code.id, label=code.label)
                return Chosen(tag, further=further)
        return None

    return Legend("further signal" if further else "signal", "signal", codes, meaning)


@dataclass(frozen=True)
class Asker:
    """What a question about a sentence, or about claims, needs to know."""

    desk: Desk
    offered: Callable[[str], Sequence[Choice]]
    """What is offered of a dimension before anything is typed, best first; some may come twice."""

    def about(self, dimension: Dimension) -> Question:
        """The question for a value of it: keys where every code has one, else the picker."""
        if dimension.codes and all(code.key for code in dimension.codes):
            return self._by_key(dimension)
        return Picking(self, dimension)

    def about_further(self) -> Question | None:
        """The question which of the codebook's own dimensions is meant; None without any.

        The only one there is asks for its value at once.
        """
        further = self.desk.codebook.further_dimensions
        if not further:
            return None
        if len(further) == 1:
            return self.about(further[0])

        def meaning(pressed: str) -> Question | None:
            found = (known for known in further if known.key == pressed)
            return next((self.about(known) for known in found), None)

        return Legend("dimension", "dimension", further, meaning)

    def _by_key(self, dimension: Dimension) -> Legend:
        def meaning(pressed: str) -> Answer | None:
            for code in dimension.codes:
                if code.key == pressed:
                    tag = Tag(dimension=dimension.id, code=code.id, label=code.label)
                    return Chosen(tag, only=not dimension.several)
            return None

        return Legend(dimension.label, dimension.label, dimension.codes, meaning)


class Picking:
    """One value among many; new ones are made only by the row that says so."""

    def __init__(self, asker: Asker, dimension: Dimension) -> None:
        self._asker = asker
        self._dimension = dimension
        self._panel: ClaimPanel

    def ask(self, panel: ClaimPanel) -> None:
        """Offer what the sentence and the article name; all the rest is found by typing."""
        self._panel = panel
        dimension, lexicon = self._dimension, self._asker.desk.lexicon
        offered: dict[str, Choice] = {}
        for choice in self._asker.offered(dimension.id):
            offered.setdefault(choice.code, choice)
        panel.show_picker(explains=dimension.kind == "closed")
        panel.picker.open(
            dimension.label.lower(),
            lambda query: lexicon.candidates(query, dimension.id, at_hand=offered.values()),
            offered=list(offered.values()) or lexicon.candidates("", dimension.id),
            create=_new_value if dimension.kind == "open" else None,
            explains=dimension.kind == "closed",
        )

    async def hear(self, asked: ArticleView.Asked) -> Answer | None:
        """Take a key, or what was pasted."""
        picker = self._panel.picker
        if asked.key == PASTE:
            picker.paste(asked.character or "")
            return None
        picked = picker.press(asked.key, asked.character)
        return None if picked is None else await self.picked(picked)

    async def picked(self, picked: Pick) -> Answer:
        """Make a value of what was picked; a new one is put on the desk first.

        Raises:
            DeskError: It could not be put there.
        """
        if isinstance(picked, Cancelled):
            return Left()
        code, label = await self._value(picked)
        tag = Tag(dimension=self._dimension.id, code=code, label=label)
        return Chosen(tag, only=not self._dimension.several)

    async def _value(self, picked: Picked) -> tuple[str, str]:
        label = picked.option.label
        if not picked.created:
            return picked.option.code, label
        if self._dimension.id == COMPANY:
            company = await self._asker.desk.create_company(label)
            return company.id, company.name
        value = await self._asker.desk.create_value(self._dimension.id, label)
        return value.code, value.label


def offered_in(
    dimension: str, *, focus: Focus, opened: OpenedArticle, codebook: Codebook
) -> list[Choice]:
    """First what the chips have, then what was claimed, then what is named elsewhere."""
    claimed_here, named_here = "claimed in this article", "named in this article"
    chips = [
        (chip.tag, TAKES_OFF if comes_off(focus, chip) else _told(chip.tag, codebook))
        for chip in focus.chips
        if chip.tag.dimension == dimension
    ]
    claimed = [
        tag
        for claim in opened.claims
        if not claim.marking.deleted
        for tag in claim.marking.values(dimension)
    ]
    named = [value for one in opened.suggestions for value in one.of(dimension)]
    return [
        *(Choice(code=tag.code, label=tag.label, hint=hint) for tag, hint in chips),
        *(Choice(code=tag.code, label=tag.label, hint=claimed_here) for tag in claimed),
        *(Choice(code=one.code, label=one.label, hint=named_here) for one in named),
    ]


def _told(tag: Tag, codebook: Codebook) -> str:
    """A code's definition, else why the value is on show."""
    code = codebook.code(tag.dimension, tag.code)
    return code.definition if code else tag.reason


def _new_value(name: str) -> Choice | None:
    folded = " ".join(name.split())
    return Choice(code="", label=folded) if any(map(str.isalnum, folded)) else None
