"""What is under the table: the claim under the cursor in full, or the question that is open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual.content import Content

from store.claims.table.query import confidence_word
from store.claims.table.rows import ClaimRow
from tui.prompts import ago
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.lines import fit, wrapped

_HEIGHT = 8
_LOW_HEIGHT = 6
_LOW = 30
"""Rows of the terminal below which the panel is lower."""
_QUOTE_LINES = 3
_ANCHORS = {
    "moved": "the passage moved",
    "fuzzy": "the passage was changed",
    "orphan": "the passage is gone from the text",
}


class ClaimDetail(ClaimPanel):
    """The panel of the article, for claims of any article."""

    DEFAULT_CSS: ClassVar[str] = """
    ClaimDetail > #claims { display: none; }
    ClaimDetail.-tall > #claims { display: none; }
    """

    def show_claim(self, row: ClaimRow | None) -> None:
        """Tell the whole of a claim; None is no claim."""
        self.remove_class("-picking", "-listening", "-typing")
        self._fit(0)
        if row is None:
            self._show("claim", lambda _room: Content(""))
        else:
            now = datetime.now(UTC)
            self._show(heading_of(row, now), lambda room: lines_of(row, room, self._rows))

    def show_preview(self, title: str, lines: list[str]) -> None:
        """Tell what is about to be done; the next key decides."""
        self.remove_class("-picking", "-typing")
        self.add_class("-listening")
        self._fit(0)
        self._show(title, lambda room: Content("\n").join(Content(fit(one, room)) for one in lines))

    def _fit(self, needed: int) -> None:
        self._needed = needed
        rest = _HEIGHT if self.app.size.height >= _LOW else _LOW_HEIGHT
        height = max(rest, needed + 1)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height


def heading_of(row: ClaimRow, now: datetime) -> str:
    """Where it stands, whose it is and since when."""
    parts = [row.state, f"{row.by}, {ago(row.created, now)}", _ANCHORS.get(row.anchor, "")]
    return " · ".join(part for part in parts if part)


def lines_of(row: ClaimRow, room: int, rows: int) -> Content:
    """Quote, values, details, note and article, as much as there is room for."""
    quote = wrapped(row.quote, room, lines=_QUOTE_LINES if rows > _LOW_HEIGHT else 2)
    lines = [Content.styled(line, "bold") for line in quote]
    values = " · ".join(tag.label for tag in row.tags)
    details = [
        "" if row.status == "reported" else row.status.replace("_", " "),
        row.polarity or "",
        "" if row.confidence is None else f"{confidence_word(row.confidence)} confidence",
        "flagged" if row.flag else "",
    ]
    said = "   ".join(one for one in (values, ", ".join(one for one in details if one)) if one)
    lines.append(Content.styled(fit(said or "no values yet", room), "$text-accent"))
    if row.note:
        lines.append(Content(fit(f"note: {row.note}", room)))
    day = row.at.astimezone()
    about = f"{row.source} · {day:%Y-%m-%d} · {row.title}"
    lines.append(Content.styled(fit(about, room), "$text-muted"))
    return Content("\n").join(lines)
