"""What keys and answers mean for what is in focus, and how it is told what was stored of it."""

from __future__ import annotations

from collections.abc import Sequence

from store.claims.marking.details import details_words
from store.claims.marking.focus import Focus
from store.claims.marking.tagging import (
    Reaction,
    cross_out,
    detail,
    digit,
    enter,
    further_signal,
    pick,
    repeat,
    signal,
)
from store.desk import OpenedArticle
from store.model import Tag
from tui.screens import detailing, shaping
from tui.screens.answers import Chosen, Detailed
from tui.screens.in_focus import InFocus


def to_key(key: str, said: InFocus, focus: Focus, last: Sequence[Tag]) -> Reaction:
    """What a key does at once; ``last`` is what was last said of another sentence."""
    if key == "enter":
        return enter(focus)
    if key == "x":
        return cross_out(focus)
    if key == ".":
        return repeat(focus, last)
    if key in detailing.KEYS:
        return detailing.at_once(key, focus)
    if key in shaping.KEYS:
        return shaping.reshaped(said, key, focus)
    return digit(focus, int(key))


def to_answer(answer: Chosen | Detailed, focus: Focus) -> Reaction:
    """What the answer to a question does."""
    if isinstance(answer, Detailed):
        return detail(focus, answer.details, at_once=answer.at_once)
    # As it stands among the chips, so that a suggestion keeps its origin.
    shown = (chip.tag for chip in focus.chips if chip.tag.key == answer.tag.key)
    tag = next(shown, answer.tag)
    if tag.dimension != "signal":
        return pick(focus, tag, only=answer.only)
    return further_signal(focus, tag) if answer.further else signal(focus, tag)


def last_said(opened: OpenedArticle) -> tuple[Tag, ...]:
    """What the newest claim of the article says, for ``.`` after a restart."""
    claims = [
        claim
        for claim in opened.claims
        if claim.marking.review == "accepted" and not claim.marking.deleted
    ]
    newest = max(claims, key=lambda claim: claim.provenance.modified, default=None)
    return newest.marking.tags if newest else ()


def told(reaction: Reaction) -> str:
    """That it is saved, and what."""
    write = reaction.write
    if write is None or write.act in ("remove", "reject"):
        return f"saved · {reaction.say}"
    if write.act == "detail" and write.details is not None:
        said = " · ".join(details_words(write.details))
        return f"saved · {said}" if said else "saved · no details any more"
    signals = ", ".join(tag.label for tag in write.tags if tag.dimension == "signal")
    if write.review == "draft":
        wants = "enter makes it a claim" if signals else "pick a signal"
        return f"draft saved · {wants}"
    return f"saved · {reaction.say or signals}"
