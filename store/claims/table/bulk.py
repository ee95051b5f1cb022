"""One change for many claims: what it makes of each, and what is to be told before it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from store.claims.marking.details import stepped
from store.claims.table.rows import ClaimRow
from store.model import Act, Marking, Polarity, Status, Tag, Value
from store.text.amounts import amount

What = Literal[
    "set", "add", "drop", "status", "polarity", "confidence", "note", "flag", "remove", "restore"
]

SPANNING = "many-"
"""How the id of an operation begins that may have changed several articles."""


class Change(Value, frozen=True, kw_only=True):
    """What is to be done to each of some claims."""

    what: What
    tag: Tag | None = None
    """For "set" (in place of the values of its dimension), "add" and "drop"."""
    status: Status = "reported"
    polarity: Polarity | None = None
    by: int = 0
    """For "confidence": a step up (1) or down (-1)."""
    note: str = ""
    on: bool = False
    """For "flag"."""


def applied(change: Change, marking: Marking) -> Marking:
    """What the change makes of a claim; the same marking where it says so already.

    Tombstones change by "restore" only.
    """
    if change.what == "restore":
        return replace(marking, deleted=False)
    if marking.deleted:
        return marking
    if change.what == "remove":
        return replace(marking, deleted=True)
    if change.what in ("set", "add", "drop") and change.tag is not None:
        return _tagged(change, marking, change.tag)
    return _detailed(change, marking)


def _tagged(change: Change, marking: Marking, tag: Tag) -> Marking:
    held = next((one for one in marking.tags if one.key == tag.key), None)
    chosen = replace(held or tag, basis="explicit")
    if change.what == "drop":
        if held is None:
            return marking
        tags = tuple(one for one in marking.tags if one.key != tag.key)
    elif change.what == "set":
        if [one.key for one in marking.values(tag.dimension)] == [tag.key]:
            return marking
        tags = (chosen, *(one for one in marking.tags if one.dimension != tag.dimension))
    elif held is not None:
        return marking
    else:
        tags = (*marking.tags, chosen)
    changed = replace(marking, tags=tags)
    if change.what != "drop" and tag.dimension == "signal":
        # A signal makes a claim of a draft, as it does in the article.
        return changed if marking.review == "adjudicated" else replace(changed, review="accepted")
    if change.what == "drop" and tag.dimension == "signal" and not changed.values("signal"):
        return replace(changed, review="draft")
    return changed


def _detailed(change: Change, marking: Marking) -> Marking:
    if change.what == "status":
        return replace(marking, status=change.status)
    if change.what == "polarity":
        return replace(marking, polarity=change.polarity)
    if change.what == "confidence":
        return replace(marking, confidence=stepped(marking.confidence, change.by))
    if change.what == "note":
        return replace(marking, note=change.note)
    return replace(marking, flag=change.on)


def act_of(change: Change) -> Act:
    """How the claim's history calls it."""
    if change.what in ("set", "add", "drop"):
        return "retag"
    if change.what in ("remove", "restore"):
        return change.what
    return "detail"


def leaves(change: Change, row: ClaimRow) -> bool:
    """Whether a claim says so already: just what ``applied`` would leave as it is."""
    if change.what == "restore" or row.state == "removed":
        return (change.what == "restore") is not (row.state == "removed")
    if change.tag is not None and change.what in ("set", "add", "drop"):
        codes = row.codes(change.tag.dimension)
        if change.what == "set":
            return codes == [change.tag.code]
        return (change.tag.code in codes) is (change.what == "add")
    return {
        "status": row.status == change.status,
        "polarity": row.polarity == change.polarity,
        "confidence": row.confidence == stepped(row.confidence, change.by),
        "note": row.note == change.note,
        "flag": row.flag is change.on,
    }.get(change.what, False)


class Preview(Value, frozen=True, kw_only=True):
    """What a change would do, counted."""

    told: str
    """The change in words, as "signal hiring → expansion"."""
    rows: tuple[ClaimRow, ...]
    """Those that would change."""
    already: int = 0
    others: int = 0
    """Of another annotator: they are left alone."""

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        count = len(self.rows)
        parts = [f"{amount(count, 'claim')}: {self.told}"]
        if self.already:
            parts.append(f"{self.already} already so")
        if self.others:
            verb = "is" if self.others == 1 else "are"
            parts.append(f"{self.others} of another annotator {verb} left alone")
        return "; ".join(parts)


def preview(change: Change, rows: Iterable[ClaimRow], *, annotator: str) -> Preview:
    """Count what a change would do to these claims."""
    meant, already, others = [], 0, 0
    for row in rows:
        if row.by != annotator:
            others += 1
        elif leaves(change, row):
            already += 1
        else:
            meant.append(row)
    return Preview(told=in_words(change, meant), rows=tuple(meant), already=already, others=others)


def in_words(change: Change, rows: Sequence[ClaimRow]) -> str:
    """The change in a few words; what it replaces is named where that is one thing."""
    what, tag = change.what, change.tag
    if tag is not None and what == "set":
        before = Counter(one.label for row in rows for one in row.values(tag.dimension))
        if not before:
            return f"{tag.dimension} {tag.label}"
        held = next(iter(before)) if len(before) == 1 else "any"
        return f"{tag.dimension} {held} → {tag.label}"
    if tag is not None:
        return f"{tag.dimension} {tag.label} {'added' if what == 'add' else 'taken off'}"
    return {
        "status": f"status {change.status.replace('_', ' ')}",
        "polarity": f"polarity {change.polarity or 'not said'}",
        "confidence": "confidence one step " + ("up" if change.by > 0 else "down"),
        "note": f"note “{change.note}”" if change.note else "note taken off",
        "flag": "flagged" if change.on else "flag taken off",
        "remove": "removed",
        "restore": "brought back",
    }.get(what, what)


def spans_articles(operation: str) -> bool:
    """Whether an operation may have changed claims of several articles."""
    return operation.startswith(SPANNING)
