"""How a comparison of annotators and one of their disagreements read on the screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from textual.content import Content

from store.claims.annotators.agreement import COLUMNS, Measure, cells, two_places
from store.claims.annotators.disagreements import DETAILS, EDGES, WHETHER, Disagreement, Version
from store.desk.comparing import Comparison
from store.model import Claim, Span, Tag
from store.text.amounts import amount
from tui.widgets.key_lines import hints
from tui.widgets.lines import column, fit, plain, wrapped

_LABEL: Final = 14
_CELL: Final = 7
_COLUMN_LEAST: Final = 20
"""Cells below which versions stand under each other, no longer side by side."""
_CELL_LINES: Final = 4
_WORDS_LINES: Final = 6
_CONTEXT_LINES: Final = 2
_QUOTE: Final = 60
"""Characters of a quotation that are shown."""
_DIGITS: Final = 9
_MEASURE: Final = 78

WHAT_THEY_MEAN: Final = (
    ("same", "how often two say the same; saying nothing counts as saying"),
    ("kappa", "Cohen's: the same less chance; 1 is whole, 0 no better than chance"),
    ("alpha", "Krippendorff's: as kappa, for any number of people, with gaps"),
    ("sets", "alpha where one of two values named counts in part (MASI)"),
    ("marked", "sentences that two or more marked; same and alpha of these alone"),
    ("Edges", "whether they quote the same words: F1, alike or overlapping"),
)
OWN_KEYS: Final = (
    ("1-9", "tick"),
    ("s c r t", "add"),
    ("tab", "whose words"),
    ("enter", "decide"),
    ("Esc", "leave"),
)
EXPECT: Final = (
    "Expect alpha near 0.87 for the kind of event where both marked it, and near 0.44 where every "
    "miss counts, as three annotators of economic news had (SENTiVENT)."
)


def comparison_lines(found: Comparison, room: int) -> Content:
    """Who is compared, the numbers by dimension, and what they mean."""
    lines = [*_people(found), Content("")]
    if found.articles:
        lines += [_heading(), *(_measured(one) for one in found.measures), _edges(found)]
        lines += [Content(""), *_open(found), Content("")]
        lines += [
            Content.assemble((f"{name:<9}", "$text-accent"), (fit(says, room - 9), "$text-muted"))
            for name, says in WHAT_THEY_MEAN
        ]
        expect = wrapped(EXPECT, min(room, _MEASURE), lines=4)
        lines += [Content.styled(line, "$text-muted") for line in expect]
    return Content("\n").join(lines)


def _people(found: Comparison) -> Iterator[Content]:
    for number, one in enumerate(found.annotators[:_DIGITS], start=1):
        tick = "☑" if one.name in found.chosen else "☐"
        claims = amount(one.claims, "claim")
        yield Content.assemble(
            (f"{number} ", "$text-accent"),
            f"{tick} {column(one.name, 24)} ",
            (f"{claims:>12} · {one.articles} read", "$text-muted"),
        )
    if len(found.annotators) > _DIGITS:
        rest = len(found.annotators) - _DIGITS
        yield Content.styled(f"  and {rest} more: wiredesk agreement --between NAME", "$text-muted")
    articles = amount(found.articles, "article")
    if len(found.chosen) > 1 and not found.articles:
        yield Content("They have read no article in common yet.")
    elif found.articles:
        more = f", {found.without_text} of them without text" if found.without_text else ""
        yield Content.styled(f"compared on {articles} that two or more read{more}", "$text-muted")


def _heading() -> Content:
    return _row("", COLUMNS, "$text-muted")


def _measured(one: Measure) -> Content:
    return _row(one.label, cells(one), "")


def _row(label: str, numbers: Iterable[str], style: str) -> Content:
    told = "".join(f"{number:>{_CELL}}" for number in numbers)
    return Content.assemble((column(label, _LABEL), "$text-muted"), (told, style))


def _edges(found: Comparison) -> Content:
    of = found.edges
    told = (
        f"  F1 {two_places(of.exact)} alike, {two_places(of.overlapping)} overlapping, "
        f"{of.passages} passages"
    )
    return Content.assemble((column("Edges", _LABEL), "$text-muted"), told)


def _open(found: Comparison) -> Iterator[Content]:
    open_ = sum(not one.decisions for one in found.disagreements)
    if not found.disagreements:
        yield Content("They agree on every sentence.")
        return
    settled = len(found.disagreements) - open_
    yield Content.assemble(
        (f"{amount(open_, 'disagreement')} open, {settled} decided", "bold"),
        (" · enter walks them" if open_ else " · enter shows them", "$text-muted"),
    )


# ---------------------------------------------------------------- one disagreement


def words_lines(about: Disagreement, room: int) -> Content:
    """The sentence in question between its neighbours, under the article's title."""
    where = " · ".join(part for part in (about.source, about.title) if part)
    lines = [Content.styled(fit(where, room), "$text-muted"), Content("")]
    for words, style, most in (
        (about.words.before, "$text-muted", _CONTEXT_LINES),
        (about.words.text, "bold", _WORDS_LINES),
        (about.words.after, "$text-muted", _CONTEXT_LINES),
    ):
        bar = "▌ " if style == "bold" else "  "
        lines += [
            Content.assemble((bar, "$text-accent"), (line, style))
            for line in (wrapped(words, room - 2, lines=most) if words.strip() else ())
        ]
    return Content("\n").join(lines)


def versions_lines(about: Disagreement, labels: Mapping[str, str], room: int) -> Content:
    """What each annotator says, side by side where there is room; what differs stands out."""
    versions = about.passage.versions
    cell = (room - _LABEL) // max(1, len(versions))
    if cell < _COLUMN_LEAST:
        each = [_side_by_side(about, [one], labels, room) for one in versions]
        return Content("\n\n").join(each)
    return _side_by_side(about, versions, labels, room)


def _side_by_side(
    about: Disagreement, versions: Sequence[Version], labels: Mapping[str, str], room: int
) -> Content:
    cell = min(48, (room - _LABEL) // max(1, len(versions)))
    number = {one.by: at for at, one in enumerate(about.passage.versions, start=1)}
    head = [
        Content.assemble((f"{number[one.by]} ", "$text-accent"), (column(one.by, cell - 2), "bold"))
        for one in versions
    ]
    lines = [Content(" " * _LABEL) + Content("").join(head)]
    for name, label in {WHETHER: "Says", **labels, EDGES: "Quotes"}.items():
        said = [_said(about, one, name) for one in versions]
        if name in labels and not any(said):
            continue
        differs = name in about.differs
        left = f"{'≠' if differs else ' '} {label}"
        lines += _cells(left, said, cell, "$text-warning" if differs else "$text")
    return Content("\n").join(lines)


def _cells(label: str, said: Sequence[str], cell: int, style: str) -> Iterator[Content]:
    """A row of cells as high as the longest needs."""
    folded = [wrapped(one or "·", cell - 2, lines=_CELL_LINES) or [""] for one in said]
    for at in range(max(len(one) for one in folded)):
        told = "".join(column(one[at] if at < len(one) else "", cell) for one in folded)
        left = column(label if at == 0 else "", _LABEL)
        yield Content.assemble((left, "$text-muted"), (told, style))


def _said(about: Disagreement, version: Version, name: str) -> str:
    if name == WHETHER:
        many = len(version.claims)
        return "nothing" if not many else amount(many, "claim")
    if name == EDGES:
        return ", ".join(_quoted(claim, about.passage.span) for claim in version.claims)
    if name in DETAILS:
        return ", ".join(sorted(version.detail(name)))
    tags = {tag.key: tag.label for claim in version.claims for tag in claim.marking.values(name)}
    return ", ".join(tags.values())


def _quoted(claim: Claim, sentence: Span) -> str:
    """Both ends of what a claim quotes, for it is there that edges differ."""
    anchor = claim.marking.anchor
    if anchor.span == sentence:
        return "the whole sentence"
    if len(anchor.exact) <= _QUOTE:
        return f"“{anchor.exact}”"
    return f"“{anchor.exact[: _QUOTE // 2].rstrip()} … {anchor.exact[-_QUOTE // 2 :].lstrip()}”"


def decided_line(about: Disagreement, room: int) -> Content:
    """Who decided, and what."""
    told = "; ".join(_decided(claim) for claim in about.decisions)
    return Content.styled(fit(f"decided · {told}" if told else "open", room), "$text-accent")


def _decided(claim: Claim) -> str:
    values = ", ".join(tag.label for tag in claim.marking.tags)
    said = values if claim.marking.review != "rejected" else "nothing to claim"
    return f"{claim.provenance.creator}: {said}"


def chips_lines(
    tags: Sequence[Tag], on: Collection[tuple[str, str]], base: str, room: int
) -> Content:
    """The values that a decision of the adjudicator's own may have; digits tick them."""
    chips = [
        Content.assemble(
            (f"{number if number <= _DIGITS else ' '} ", "$text-accent"),
            (f"{'☑' if tag.key in on else '☐'} ", ""),
            (plain(fit(tag.label, 28)), "bold" if tag.key in on else "$text-muted"),
            "   ",
        )
        for number, tag in enumerate(tags, start=1)
    ]
    title = Content.assemble(
        ("your decision ", "bold"), (f"· words of {plain(base)}", "$text-muted")
    )
    return Content("\n").join([title, Content("").join(chips), hints(OWN_KEYS, room)])
