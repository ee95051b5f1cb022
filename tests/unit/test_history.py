"""Undo and redo, read off the steps of claims."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from uuid import UUID

from builders import EXPANSION, FUNDING, HIRING, NOON, a_claim, a_target
from hypothesis import given
from hypothesis import strategies as st

from store.claims.marking.history import Operation, changed, made, remarked, reversed_by, stacks
from store.model import Act, Claim, Marking, Tag


class Ledger:
    """Claims by id and a clock that ticks: acts as the desk does, without one."""

    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}
        self._ticks = count()

    def keep(self, *tags: Tag, by: str = "ana") -> str:
        tick = next(self._ticks)
        pattern = a_claim(*tags)
        provenance = pattern.provenance
        claim = made(
            name=UUID(int=tick),
            target=a_target(),
            marking=pattern.marking,
            provenance=type(provenance)(
                creator=by,
                created=NOON + timedelta(seconds=tick),
                modified=NOON,
                generator="",
                codebook="",
                codebook_version="",
            ),
            act="keep",
            operation=f"op{tick}",
        )
        self.claims[claim.id] = claim
        return claim.id

    def change(self, id_: str, act: Act, marking: Marking, by: str = "ana") -> None:
        tick = next(self._ticks)
        self.claims[id_] = changed(
            self.claims[id_],
            marking,
            act=act,
            by=by,
            at=NOON + timedelta(seconds=tick),
            operation=f"op{tick}",
        )

    def retag(self, id_: str, *tags: Tag, by: str = "ana") -> None:
        old = self.claims[id_].marking
        self.change(id_, "retag", remarked(old, anchor=old.anchor, tags=tags), by)

    def remove(self, id_: str) -> None:
        old = self.claims[id_].marking
        self.change(id_, "remove", remarked(old, anchor=old.anchor, tags=old.tags, deleted=True))

    def take_back(self, act: Act, by: str = "ana") -> Operation | None:
        both = stacks(self.claims.values(), by)
        stack = both.redo if act == "redo" else both.undo
        if not stack:
            return None
        tick = next(self._ticks)
        for claim in reversed_by(
            self.claims.values(),
            stack[-1].id,
            act=act,
            by=by,
            at=NOON + timedelta(seconds=tick),
            new_operation=f"op{tick}",
        ):
            self.claims[claim.id] = claim
        return stack[-1]

    def markings(self) -> dict[str, Marking]:
        return {id_: claim.marking for id_, claim in self.claims.items()}


def test_undo_of_a_new_claim_removes_it_and_redo_brings_it_back() -> None:
    ledger = Ledger()
    id_ = ledger.keep(HIRING)
    before = ledger.claims[id_].marking
    assert ledger.take_back("undo") == Operation(id="op0", act="keep")
    assert ledger.claims[id_].marking.deleted
    ledger.take_back("redo")
    assert ledger.claims[id_].marking == before


def test_undo_walks_back_through_every_change() -> None:
    ledger = Ledger()
    id_ = ledger.keep(HIRING)
    states = [ledger.claims[id_].marking]
    for tag in (EXPANSION, FUNDING):
        ledger.retag(id_, tag)
        states.append(ledger.claims[id_].marking)
    ledger.remove(id_)
    for state in reversed(states):
        ledger.take_back("undo")
        assert ledger.claims[id_].marking == state


def test_a_new_act_forgets_what_could_be_redone() -> None:
    ledger = Ledger()
    ledger.keep(HIRING)
    ledger.take_back("undo")
    ledger.keep(EXPANSION)
    assert ledger.take_back("redo") is None


def test_undo_never_touches_what_somebody_else_did() -> None:
    ledger = Ledger()
    id_ = ledger.keep(HIRING, by="ben")
    assert ledger.take_back("undo", by="ana") is None
    ledger.retag(id_, EXPANSION, by="ana")
    ledger.take_back("undo", by="ana")
    assert ledger.claims[id_].marking.tags == (HIRING,)
    assert not ledger.claims[id_].marking.deleted


def test_nothing_is_ever_taken_out_of_the_history() -> None:
    ledger = Ledger()
    id_ = ledger.keep(HIRING)
    ledger.take_back("undo")
    ledger.take_back("redo")
    ledger.take_back("undo")
    history = ledger.claims[id_].history
    assert [step.act for step in history] == ["keep", "undo", "redo", "undo"]
    assert [step.rev for step in history] == [1, 2, 3, 4]


@given(st.lists(st.sampled_from(["keep", "retag", "remove"]), max_size=12))
def test_undoing_everything_and_redoing_everything_ends_where_it_was(acts: list[str]) -> None:
    ledger = Ledger()
    for number, act in enumerate(acts):
        alive = [id_ for id_, claim in ledger.claims.items() if not claim.marking.deleted]
        if act == "keep" or not alive:
            ledger.keep(HIRING)
        elif act == "retag":
            ledger.retag(alive[number % len(alive)], (EXPANSION, FUNDING)[number % 2])
        else:
            ledger.remove(alive[-1])
    end = ledger.markings()
    undone = 0
    while ledger.take_back("undo"):
        undone += 1
    assert undone == len(acts)
    assert all(marking.deleted for marking in ledger.markings().values())
    while ledger.take_back("redo"):
        undone -= 1
    assert undone == 0
    assert ledger.markings() == end
