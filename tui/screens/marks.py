"""Which passages of an article are marked, and with what badge in the gutter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.claims.codebook import Code, Codebook
from store.claims.marking.focus import Focus, is_standing, standing
from store.desk import OpenedArticle
from store.model import Claim, Sentence, Span, Suggestion, Tag
from tui.widgets.article_page import Mark
from tui.widgets.claim_lines import ClaimRow

MOST_IN_BADGE = 3
MOST_KEYS = 2
"""Signals told by their keys; a claim with more shows the first ones."""


def marks_at(
    opened: OpenedArticle, sentence: int, focus: Focus | None, codebook: Codebook
) -> list[Mark]:
    """What is marked in a sentence: its claims, longest first, else what is suggested."""
    claims = standing(opened.claims, opened.sentences[sentence])
    if claims:
        return [mark_of(claim, codebook) for claim in claims]
    if focus is None or focus.kind != "suggested":
        return []
    return [_suggested(focus.span, _codes(focus.ticked, codebook))]


def mark_of_suggestion(suggestion: Suggestion, codebook: Codebook) -> Mark | None:
    """What is marked in a sentence of which nobody said anything yet."""
    shown = [value.code for value in suggestion.of("signal") if value.shown]
    if not shown:
        return None
    found = (codebook.code("signal", code) for code in shown)
    return _suggested(suggestion.sentence, [code for code in found if code is not None])


def _suggested(span: Span, codes: Sequence[Code]) -> Mark:
    key, role = (codes[0].key, codes[0].colour) if codes else ("", "")
    return Mark(span, f"{key}?", "suggested", role)


def marks_of_others(
    opened: OpenedArticle, sentences: Iterable[Sentence], codebook: Codebook
) -> list[Mark]:
    """What other annotators claimed in sentences: for the eye only, no key stops there."""
    said = [claim for one in sentences for claim in standing(opened.others, one)]
    return [
        Mark(claim.marking.anchor.span, f"({code.key if code else '·'})", "theirs")
        for claim in said
        for code in (next(iter(_codes(claim.marking.values("signal"), codebook)), None),)
    ]


def mark_of(claim: Claim, codebook: Codebook) -> Mark:
    """A claim's mark: the keys of its signals, then what there is to know of it.

    "·" is a draft, "~" a claim whose text changed, "!" a flag and '"' a note.
    """
    marking = claim.marking
    codes = _codes(marking.values("signal"), codebook)
    badge = "".join(code.key for code in codes[:MOST_KEYS])
    look = "draft" if marking.review == "draft" else "claim"
    if marking.anchor.state in ("moved", "fuzzy"):
        look = "moved"
    badge += {"draft": "·", "moved": "~"}.get(look, "")
    # A flag is looked for, a note only found: where there is no room for both, the flag stays.
    badge += ("!" if marking.flag else "") + ('"' if marking.note else "")
    return Mark(marking.anchor.span, badge[:MOST_IN_BADGE], look, codes[0].colour if codes else "")


def claim_rows(claims: Iterable[Claim], held: str, codebook: Codebook) -> list[ClaimRow]:
    """The drafts and claims of an article in the order of the text; ``held`` is in focus."""
    standing_ones = sorted(
        filter(is_standing, claims),
        key=lambda claim: claim.marking.anchor.span,
    )
    return [
        ClaimRow(
            badge=mark_of(claim, codebook).badge,
            says=", ".join(tag.label for tag in claim.marking.tags),
            quote=claim.marking.anchor.exact,
            in_focus=claim.id == held,
        )
        for claim in standing_ones
    ]


def _codes(tags: tuple[Tag, ...], codebook: Codebook) -> list[Code]:
    found = (codebook.code(tag.dimension, tag.code) for tag in tags if tag.dimension == "signal")
    return [code for code in found if code is not None]
