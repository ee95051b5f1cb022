"""Saying more of a claim than its tags do: status and direction by key, the rest typed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from store.claims.marking.details import (
    CONFIDENCES,
    POLARITIES,
    STATUSES,
    Details,
    confidence_word,
    date_words,
    quantity_words,
    status_word,
    stepped,
)
from store.claims.marking.focus import Focus
from store.claims.marking.tagging import Reaction, detail
from store.claims.marking.typed_details import (
    DATE_FORMS,
    QUANTITY_FORMS,
    NotUnderstood,
    typed_date,
    typed_note,
    typed_quantities,
)
from tui.screens.answers import Answer, Detailed, Left, Legend, Question
from tui.widgets.article_view import PASTE, ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.key_lines import Entry
from tui.widgets.typed_line import NotTyped

KEYS = frozenset({"=", "-", "!"})
"""Those that change a detail at once, without a question."""


def at_once(key: str, focus: Focus) -> Reaction:
    """One step more or less confident, or the flag set or taken away."""
    said = focus.details
    if key == "!":
        return detail(focus, replace(said, flag=not said.flag), at_once=True)
    confidence = stepped(said.confidence, 1 if key == "=" else -1)
    if confidence == said.confidence:
        highest = confidence == max(CONFIDENCES.values())
        return Reaction(say="confidence is high already" if highest else "no change")
    reaction = detail(focus, replace(said, confidence=confidence))
    word = f"{confidence_word(confidence)} confidence" if confidence else "confidence not said"
    return replace(reaction, say=f"{word} · {reaction.say}" if reaction.say else word)


def status_legend(focus: Focus) -> Legend:
    """How far a thing has come, its direction for the company, when, and how much."""
    said = focus.details
    typed = {"t": ("event date", date_question), "q": ("how much", quantity_question)}
    entries = [
        *(Entry(key, status_word(status)) for key, status in STATUSES.items()),
        *(Entry(key, polarity) for key, polarity in POLARITIES.items()),
        *(Entry(key, f"{label} …") for key, (label, _) in typed.items()),
    ]

    def meaning(pressed: str) -> Answer | Question | None:
        if pressed in STATUSES:
            return Detailed(replace(said, status=STATUSES[pressed]))
        if pressed in POLARITIES:
            # Its own key once more takes it away: a direction need not be said.
            polarity = POLARITIES[pressed]
            return Detailed(replace(said, polarity=None if said.polarity == polarity else polarity))
        return typed[pressed][1](said) if pressed in typed else None

    return Legend("status, direction, when, how much", "status", entries, meaning)


class Typing:
    """One line of the person's own words."""

    def __init__(
        self,
        title: str,
        before: str,
        understood: Callable[[str], Details],
        told: Callable[[str], str],
    ) -> None:
        self._title = title
        self._before = before
        self._understood = understood
        self._told = told
        self._panel: ClaimPanel

    def ask(self, panel: ClaimPanel) -> None:
        """Show the line with what it was before."""
        self._panel = panel
        panel.show_typed_line()
        panel.typed_line.open(self._title, self._before, self._told)

    async def hear(self, asked: ArticleView.Asked) -> Answer | None:
        """Edit; when entered, what is not understood stays there to be mended."""
        line = self._panel.typed_line
        if asked.key == PASTE:
            line.paste(asked.character or "")
            return None
        typed = line.press(asked.key, asked.character)
        if typed is None:
            return None
        if isinstance(typed, NotTyped):
            return Left()
        try:
            return Detailed(self._understood(typed.text), at_once=bool(typed.text))
        except NotUnderstood as refused:
            line.refuse(str(refused))
            return None


def note_question(said: Details) -> Typing:
    """A note in the person's own words."""
    return Typing(
        "note", said.note, lambda typed: replace(said, note=typed_note(typed)), lambda _: ""
    )


def date_question(said: Details) -> Typing:
    """When the thing that is told of happens."""

    def told(typed: str) -> str:
        try:
            date = typed_date(typed)
        except NotUnderstood:
            return f"such as {DATE_FORMS}"
        return f"{date_words(date)}, exact to the {date.precision}" if date else f"as {DATE_FORMS}"

    return Typing(
        "event date",
        date_words(said.event_date) if said.event_date else "",
        lambda typed: replace(said, event_date=typed_date(typed)),
        told,
    )


def quantity_question(said: Details) -> Typing:
    """How much or how many."""

    def told(typed: str) -> str:
        try:
            quantities = typed_quantities(typed)
        except NotUnderstood:
            quantities = ()
        if not quantities:
            return f"such as {QUANTITY_FORMS}"
        return " · ".join(map(quantity_words, quantities))

    return Typing(
        "how much",
        "; ".join(map(quantity_words, said.quantities)),
        lambda typed: replace(said, quantities=typed_quantities(typed)),
        told,
    )
