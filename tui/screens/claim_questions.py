"""What keys ask in the table of claims: a value, a status, a note, an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from store.claims.lexicon import Choice
from store.claims.marking.details import POLARITIES, STATUSES, Details, status_word
from store.claims.table.bulk import Change
from store.claims.table.rows import ClaimRow
from store.text.amounts import amount
from tui.screens.answers import LEAVE, Answer, Left, Question
from tui.screens.detailing import note_question
from tui.widgets.article_view import PASTE, ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.key_lines import Entry

Meant = TypeVar("Meant")

ORDERS = {
    "d": "date",
    "s": "signal",
    "c": "company",
    "r": "region",
    "a": "status",
    "v": "review",
    "q": "quote",
    "f": "source",
    "b": "annotator",
    "m": "changed",
}
"""The key of each order, after ``o``."""
MOST_OFFERED = 9


@dataclass(frozen=True)
class Order:
    """An order that was chosen."""

    by: str


class Keys(Generic[Meant]):
    """Keys that stand for something; the next key is one of them, or nothing."""

    def __init__(self, title: str, meanings: Mapping[str, tuple[str, Meant]]) -> None:
        self._title = title
        self._meanings = meanings

    def ask(self, panel: ClaimPanel) -> None:
        """Show which key means what."""
        entries = [Entry(key, label) for key, (label, _) in self._meanings.items()]
        panel.show_legend(f"{self._title} · press its key, Esc leaves", entries)

    async def hear(self, asked: ArticleView.Asked) -> Meant | Left:
        """What the key stands for; an unknown one is swallowed, and said."""
        if asked.key in LEAVE:
            return Left()
        if asked.key == PASTE:
            return Left("this is chosen by one key: nothing to paste")
        pressed = asked.character or asked.key
        if pressed not in self._meanings:
            return Left(f"nothing here has the key {pressed}")
        return self._meanings[pressed][1]


class TableQuestion(Protocol):
    """What waits for keys over the table."""

    def ask(self, panel: ClaimPanel) -> None:
        """Show it."""

    async def hear(self, asked: ArticleView.Asked) -> Change | Order | Answer | Question | None:
        """Take a key; None as long as it is open."""


def status_question(rows: Sequence[ClaimRow]) -> Keys[Change]:
    """How far a thing has come, and its direction for the company."""
    directions = {row.polarity for row in rows}
    meanings = {
        key: (status_word(status), Change(what="status", status=status))
        for key, status in STATUSES.items()
    }
    for key, polarity in POLARITIES.items():
        # Its own key once more takes it away: a direction need not be said.
        said = None if directions == {polarity} else polarity
        meanings[key] = (polarity, Change(what="polarity", polarity=said))
    return Keys("status, direction", meanings)


def order_question(sort: str) -> Keys[Order]:
    """What to put claims in order by; the order they have is reversed."""
    return Keys(
        "order by",
        {
            key: (f"{name}, the other way round" if name == sort else name, Order(name))
            for key, name in ORDERS.items()
        },
    )


def note_for(rows: Sequence[ClaimRow]) -> Question:
    """A note, beginning with the one they have if that is the same."""
    notes = {row.note for row in rows}
    return note_question(Details(note=notes.pop() if len(notes) == 1 else ""))


def offered(
    dimension: str, rows: Sequence[ClaimRow], everything: Sequence[ClaimRow]
) -> list[Choice]:
    """What these claims say already, then what is said most on the desk."""
    here = Counter(tag for row in rows for tag in row.values(dimension))
    often = Counter(tag for row in everything for tag in row.values(dimension))
    choices: dict[str, Choice] = {}
    for tag, count in here.most_common(MOST_OFFERED):
        hint = (
            f"on {count} of these: takes it off" if count == len(rows) else f"on {count} of these"
        )
        choices.setdefault(tag.code, Choice(code=tag.code, label=tag.label, hint=hint))
    for tag, count in often.most_common(MOST_OFFERED):
        hint = f"on {amount(count, 'claim')}"
        choices.setdefault(tag.code, Choice(code=tag.code, label=tag.label, hint=hint))
    return list(choices.values())[:MOST_OFFERED]
