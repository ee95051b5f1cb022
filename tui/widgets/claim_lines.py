"""What is said of a sentence, line by line: its chips, its details, the claims around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from tui.widgets.key_lines import DIGITS
from tui.widgets.lines import column, fit, plain

if TYPE_CHECKING:
    from store.claims.marking.focus import Chip, Focus
    from store.model import Tag

NAME_CELLS = 9
_LABEL_CELLS = 32
_QUOTE_CELLS = 40
LEAST_REASON = 10
"""Cells of a reason, with the blank before it, below which a cut one tells nothing."""
_GAP = "  "
_BEFORE_CHANGE = 24
"""Characters of an old quote that are shown before the first one that changed."""
_ALWAYS = ("signal", "company", "region")
_DETAIL_KEYS = ("a status, date, amount", "i note", "= - sure", "! flag")
_WHENCE = {"inherited": "as said before", "imported": "imported"}


class ClaimRow(Struct, frozen=True):
    """One claim of the article in a list of them."""

    badge: str
    says: str
    """Its companies, regions and the like."""
    quote: str
    in_focus: bool


def heading(focus: Focus, nth: int, of: int, quote: str = "") -> str:
    """What stands over the chips: what the sentence is so far, and which words if not all."""
    if focus.kind == "plain" and of:
        words = "another claim · Esc leaves"
    else:
        words = _state(focus)
        if of > 1:
            words += f" {nth + 1} of {of}"
    if focus.unsaved:
        words += " · not saved"
    if quote and focus.unit == "span":
        words += f" · “{fit(quote, _QUOTE_CELLS)}”"
    return words


def words_heading(quote: str, of: int) -> str:
    """What stands over the chips while words are picked, on a sentence with ``of`` claims."""
    words = f"words · “{fit(quote, _QUOTE_CELLS)}”"
    return f"{words} · another claim" if of else words


def _state(focus: Focus) -> str:
    if focus.kind == "draft" and focus.has_signal:
        words = "draft · enter keeps it"
    else:
        words = {
            "plain": "nothing marked here",
            "suggested": "suggested",
            "draft": "draft · needs a signal to be a claim",
            "claim": "claim",
        }[focus.kind]
    if focus.claim and focus.claim.marking.anchor.state in ("moved", "fuzzy"):
        words += " · the text changed, enter confirms the place"
    return words


def chip_lines(
    focus: Focus,
    room: int,
    rows: int,
    names: Mapping[str, str],
    keys: Content,
    *,
    quote: str = "",
) -> Content:
    """The chips, a line a dimension (``names`` by id), the details and the keys, in ``rows``.

    ``quote`` is the passage as it reads now: where it read otherwise, that has a line too.
    """
    chips: dict[str, list[tuple[int, Chip]]] = {id_: [] for id_ in (*_ALWAYS, *names)}
    for number, chip in enumerate(focus.chips, start=1):
        chips.setdefault(chip.tag.dimension, []).append((number, chip))
    lines = [_chip_line(names.get(id_, id_), its, room) for id_, its in chips.items()]
    lines.append(details_line(focus, room))
    if (was := _was_line(focus, quote, room)) is not None:
        # Whether it is still the same matters more than the details, where only one has room.
        lines = [was, *lines] if len(lines) + 1 < rows else [was, *lines[:-1]]
    elif len(lines) + 1 < rows:
        lines.append(Content(""))
    # The keys are never pushed out: where there is no room, dimensions without a value go first.
    spare = [_chip_line(names.get(id_, id_), its, room) for id_, its in chips.items() if not its]
    while len(lines) >= max(rows, 2):
        lines.remove(spare.pop() if spare else lines[-2])
    return Content("\n").join([*lines, keys])


def _was_line(focus: Focus, quote: str, room: int) -> Content | None:
    """What a claim quoted, from shortly before the words that changed; None if none did."""
    if focus.claim is None or focus.claim.marking.anchor.state != "fuzzy":
        return None
    old = focus.claim.marking.anchor.exact
    if not quote or old == quote:
        return None
    pairs = zip(old, quote, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), 0)
    words = old if same < _BEFORE_CHANGE else "…" + old[same - _BEFORE_CHANGE :]
    return Content("").join([_named("it was"), Content(f"“{fit(words, room - NAME_CELLS - 2)}”")])


def _named(name: str) -> Content:
    return Content.styled(column(name, NAME_CELLS - 1) + " ", "$text-muted")


def _chip_line(name: str, chips: Sequence[tuple[int, Chip]], room: int) -> Content:
    shown = [_named(name)]
    if not chips:
        shown.append(Content.styled("·", "$text-muted"))
    else:
        shown.append(Content(_GAP).join(_with_reasons(chips, room - NAME_CELLS)))
    line = Content("").join(shown)
    return line.truncate(room, ellipsis=True) if line.cell_length > room else line


def _with_reasons(chips: Sequence[tuple[int, Chip]], room: int) -> list[Content]:
    """The chips of a line, the first ones with their reasons as far as there is room.

    The first reason that is too long is cut, if enough of it can be read.
    """
    told = [_chip(number, chip) for number, chip in chips]
    left = room - sum(one.cell_length for one in told) - len(_GAP) * (len(told) - 1)
    for place, (number, chip) in enumerate(chips):
        reason = whence_of(chip.tag) if chip.on else ""
        if not reason:
            continue
        whole = cell_len(plain(reason)) + 1
        if min(whole, LEAST_REASON) > left:
            break
        told[place] = _chip(number, chip, fit(reason, left - 1))
        left -= whole
    return told


def _chip(number: int, chip: Chip, reason: str = "") -> Content:
    tick = "☑" if chip.on else "☐"
    digit = str(number) if number <= DIGITS else " "
    label = fit(chip.tag.label, _LABEL_CELLS) + ("?" if chip.tentative else "")
    style = "bold" if chip.on and not chip.tentative else "" if chip.on else "$text-muted"
    parts = [
        Content.styled(f"{digit} ", "$text-accent"),
        Content.styled(f"{tick} {label}", style),
    ]
    if reason:
        parts.append(Content.styled(f" {plain(reason)}", "$text-muted"))
    return Content("").join(parts)


def whence_of(tag: Tag) -> str:
    """Where a value came from, in a few words; "" when a person chose it by hand."""
    return tag.reason or _WHENCE.get(tag.origin, "")


def details_line(focus: Focus, room: int) -> Content:
    """Status, polarity, confidence, date, quantities, flag and note; how to say them if nothing."""
    from store.claims.marking.details import details_words

    said = " · ".join(details_words(focus.details))
    if not said:
        return Content.assemble(_named("details"), (_whole(_DETAIL_KEYS, room), "$text-muted"))
    return Content.assemble(_named("details"), (fit(said, room - NAME_CELLS), "bold"))


def _whole(keys: Sequence[str], room: int) -> str:
    """As many hints as there is room for, none of them cut."""
    for many in range(len(keys), 1, -1):
        if cell_len(told := " · ".join(keys[:many])) <= room - NAME_CELLS:
            return told
    return fit(keys[0], room - NAME_CELLS)


# ---------------------------------------------------------------- the article's claims


def claims_list(claims: Sequence[ClaimRow], room: int, rows: int) -> Content:
    """The claims of the article, those around the one in focus if there are too many."""
    if not claims:
        return Content.styled("no claims in this article yet", "$text-muted")
    at = next((number for number, row in enumerate(claims) if row.in_focus), 0)
    first = max(0, min(at - rows // 2, len(claims) - rows))
    lines = [_claim_line(row, room) for row in claims[first : first + rows]]
    return Content("\n").join(lines)


def _claim_line(row: ClaimRow, room: int) -> Content:
    says = fit(row.says, max(8, room // 2 - 6))
    quote = fit(row.quote, max(8, room - 8 - cell_len(says)))
    look = "bold" if row.in_focus else ""
    return Content.assemble(
        ("▌" if row.in_focus else " ", "$text-accent"),
        (column(row.badge, 4), "bold"),
        (f"{says}  ", look),
        (quote, "$text-muted"),
    )
