"""What an intent says is to be done to claims: how it is logged, and what it makes of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from store.claims.marking.history import changed, reversed_by
from store.claims.table.bulk import Change, act_of, applied
from store.model import Act, Claim, Value
from store.shelf.intents import Intent


class Reversal(Value, frozen=True, kw_only=True, tag="reversal", tag_field="kind"):
    """An operation is taken back, or done again."""

    operation: str
    act: Act


class Changing(Value, frozen=True, kw_only=True, tag="change", tag_field="kind"):
    """Claims are changed."""

    change: Change


class Making(Value, frozen=True, kw_only=True, tag="making", tag_field="kind"):
    """Claims are made, all of them in their final shape."""

    claims: tuple[Claim, ...]


class Home(Value, frozen=True, kw_only=True):
    """Where claims belong."""

    feed: int
    article: int
    claims: tuple[str, ...]
    """Their ids."""


class Moving(Value, frozen=True, kw_only=True, tag="moving", tag_field="kind"):
    """Claims that came in before their articles go to them."""

    homes: tuple[Home, ...]


Plan = Reversal | Changing | Making | Moving


def written(plan: Plan) -> dict[str, Any]:
    """The plan as an intent keeps it."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan))
    return found


def plan_of(intent: Intent) -> Plan:
    """The plan that an intent keeps."""
    found: Plan = msgspec.convert(intent.change, Plan)
    return found


def next_of(
    plan: Reversal | Changing, intent: Intent, claim: Claim, revs: Mapping[str, int]
) -> Claim | None:
    """The claim after the operation; None where it is done, moved on or is another annotator's."""
    if claim.rev != revs[claim.id]:
        return None
    if isinstance(plan, Reversal):
        (put_back,) = reversed_by(
            [claim],
            plan.operation,
            act=plan.act,
            by=intent.by,
            at=intent.at,
            new_operation=intent.operation,
        )
        return put_back
    marking = applied(plan.change, claim.marking)
    if marking == claim.marking or claim.provenance.creator != intent.by:
        return None
    return changed(
        claim,
        marking,
        act=act_of(plan.change),
        by=intent.by,
        at=intent.at,
        operation=intent.operation,
    )


def missing(wanted: Iterable[Claim], stored: Iterable[Claim]) -> list[Claim]:
    """Those that are not stored yet, in whatever state: one that was removed stays so."""
    here = {claim.id for claim in stored}
    return [claim for claim in wanted if claim.id not in here]
