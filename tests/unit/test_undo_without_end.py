"""Whatever was done to the sentences of an article, undo takes all back and redo does all again."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from builders import EXPANSION, HIRING, JAPAN
from desks import HIRING_PUSH, fill
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.marking.details import Details
from store.claims.marking.focus import Focus, focus_on
from store.claims.marking.shaping import with_next_sentence
from store.claims.marking.tagging import Reaction, cross_out, detail, enter, pick, reshape, signal
from store.desk import Desk, OpenedArticle
from store.model import Marking, Span
from store.settings import Folders, Settings

ACTS = ("enter", "signal", "other", "pick", "x", "shape", "longer", "status", "note", "another")


def opened_again(desk: Desk) -> OpenedArticle:
    (row,) = desk.rows()
    return asyncio.run(desk.open_article(row.feed, row.id))


def folders_in(folder: Path) -> Folders:
    return Folders(desk=folder / "desk", settings=folder / "settings", state=folder / "state")


def reaction(act: str, focus: Focus, opened: OpenedArticle) -> Reaction:
    span = focus.span
    shorter = Span(span.start, max(span.start + 1, span.end - 3))
    reactions = {
        "enter": lambda: enter(focus),
        "signal": lambda: signal(focus, HIRING),
        "other": lambda: signal(focus, EXPANSION),
        "another": lambda: signal(focus, EXPANSION),
        "pick": lambda: pick(focus, JAPAN),
        "x": lambda: cross_out(focus),
        "shape": lambda: reshape(focus, shorter),
        "longer": lambda: reshape(focus, with_next_sentence(opened.sentences, span)),
        "status": lambda: detail(focus, replace(focus.details, status="planned")),
        "note": lambda: detail(focus, Details(note=f"{len(opened.claims)}"), at_once=True),
    }
    return reactions[act]()


def do(desk: Desk, opened: OpenedArticle, act: str, sentence: int) -> tuple[OpenedArticle, bool]:
    focus = focus_on(
        opened.sentences[sentence],
        opened.suggestions[sentence],
        opened.claims,
        another=act == "another",
    )
    write = reaction(act, focus, opened).write
    if write is None:
        return opened, False
    return asyncio.run(desk.keep(opened, write)), True


def said(opened: OpenedArticle) -> dict[str, Marking]:
    return {claim.id: claim.marking for claim in opened.claims}


def all_the_way(desk: Desk, act: Literal["undo", "redo"]) -> int:
    """How many steps were taken back or forth until there was no further one."""
    steps = 0
    while True:
        _, operation, _ = asyncio.run(desk.take_back(opened_again(desk), act=act))
        if operation is None:
            return steps
        steps += 1


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 3)), min_size=1, max_size=10))
def test_undo_and_redo_go_all_the_way_also_after_a_restart(acts: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as name:
        folders = folders_in(Path(name))
        fill(folders.desk, HIRING_PUSH)
        with closing(Desk.open(folders, Settings(annotator="ana"))) as desk:
            opened, done = opened_again(desk), 0
            for act, sentence in acts:
                opened, stored = do(desk, opened, act, sentence)
                done += stored
            end = said(opened)
        with closing(Desk.open(folders, Settings(annotator="ana"))) as desk:
            assert all_the_way(desk, "undo") == done
            undone = opened_again(desk)
            assert all(marking.deleted for marking in said(undone).values())
            for number, sentence in enumerate(undone.sentences):
                focus = focus_on(sentence, undone.suggestions[number], undone.claims)
                assert focus.claim is None
        with closing(Desk.open(folders, Settings(annotator="ana"))) as desk:
            assert all_the_way(desk, "redo") == done
            assert said(opened_again(desk)) == end
