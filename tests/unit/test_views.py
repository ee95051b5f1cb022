"""Saved views: what is in them, how they are changed, and the commands that tell of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from msgspec.structs import replace

from store.cli import main
from store.desk import Desk, DeskError
from store.query import QueryError
from store.settings import folders
from store.shelf.shelf import Shelf


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    assert main(["index", "--json"]) == 0
    desk = open_desk()
    yield desk
    desk.close()


def names(desk: Desk) -> list[str]:
    return [view.name for view in desk.views.all()]


async def test_a_view_tells_what_is_unread_in_it_also_after_a_mark(desk: Desk) -> None:
    view = await desk.views.save("Rain", "rained")
    assert desk.views.sight(view.id) is None
    told: list[str] = []
    await desk.views.look(lambda: told.append("changed"))
    seen = desk.views.sight(view.id)
    assert seen is not None
    assert (seen.unread, len(seen.rows), told) == (1, 1, ["changed"])
    row = desk.columns.row(seen.rows[0])
    await desk.mark([(row.feed, row.id)], read=True)
    assert desk.views.is_stale
    await desk.views.look()
    assert not desk.views.is_stale
    now = desk.views.sight(view.id)
    assert now is not None
    assert now.unread == 0


async def test_a_view_whose_query_has_become_wrong_says_so(desk: Desk) -> None:
    view = await desk.views.save("Top", 'feed:"Top News"')
    ask_elsewhere("feed:Gone")
    await desk.views.look()
    seen = desk.views.sight(view.id)
    assert seen is not None
    assert "Gone" in seen.mistake
    assert (seen.rows, seen.unread) == ((), 0)


def ask_elsewhere(query: str) -> None:
    """Have another window give the only view another query."""
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.interests.views.change(lambda views: [replace(views[0], query=query)])


async def test_what_another_window_did_to_views_and_feeds_is_to_be_shown(desk: Desk) -> None:
    await desk.views.save("Top", "rained")
    await desk.take_in_changes()
    assert not await desk.take_in_changes()
    ask_elsewhere("hiring")
    assert await desk.take_in_changes()
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, title="Other News"))
    assert await desk.take_in_changes()
    assert not await desk.take_in_changes()


async def test_a_view_needs_a_name_of_its_own_and_a_query_that_can_be_meant(desk: Desk) -> None:
    await desk.views.save("Rain", "rained")
    with pytest.raises(DeskError, match="A view needs a name"):
        await desk.views.save("  ", "rained")
    with pytest.raises(DeskError, match="A view needs a query"):
        await desk.views.save("Empty", " ")
    with pytest.raises(DeskError, match="There is a view called RAIN already"):
        await desk.views.save("RAIN", "hiring")
    with pytest.raises(QueryError):
        await desk.views.save("Wrong", "is:nothing")
    assert names(desk) == ["Rain"]


async def test_views_are_changed_moved_removed_and_put_back(desk: Desk) -> None:
    first = await desk.views.save("First", "rained", pins=True)
    second = await desk.views.save("Second", "hiring")
    assert await desk.views.move(second.id, -1)
    move_back = desk.views.take_back_last
    assert not await desk.views.move(second.id, -1)
    assert not await desk.views.move("nobody", 1)
    assert names(desk) == ["Second", "First"]
    await desk.views.remove(first.id)
    assert names(desk) == ["Second"]
    await desk.views.take_back_last()
    assert names(desk) == ["Second", "First"]
    await move_back()
    assert desk.views.all() == (first, second)
    await desk.views.change(replace(first, name="Weather", query="rained weather"))
    assert names(desk) == ["Weather", "Second"]
    named = desk.views.named("weather")
    assert named is not None
    assert named.pins


async def test_taking_a_step_back_leaves_what_another_window_did_to_views(desk: Desk) -> None:
    first = await desk.views.save("First", "rained")
    await desk.views.save("Second", "hiring")
    unsave = desk.views.take_back_last
    await desk.views.change(replace(first, name="Rain"))
    unname = desk.views.take_back_last
    with closing(open_desk()) as other:
        await other.views.save("Theirs", "hiring")
        await other.views.change(replace(first, name="Rain", query="rained is:unread"))
    await unname()
    await unsave()
    assert names(desk) == ["First", "Theirs"]
    assert desk.views.all()[0].query == "rained is:unread"


async def test_a_view_that_was_removed_elsewhere_is_not_said_to_be_changed(desk: Desk) -> None:
    view = await desk.views.save("Rain", "rained")
    with closing(open_desk()) as other:
        await other.views.remove(view.id)
    with pytest.raises(DeskError, match="removed elsewhere"):
        await desk.views.change(replace(view, name="Weather"))


async def test_commands_list_views_and_look_in_one(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["views"]) == 0
    assert "No views yet" in capsys.readouterr().out
    await desk.views.save("Rain", "rained", pins=True)
    assert main(["views"]) == 0
    told = capsys.readouterr().out
    assert "Rain  1 unread of 1 · keeps what is in it" in told
    assert main(["views", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["name"], one["query"], one["unread"], one["articles"]) == ("Rain", "rained", 1, 1)
    assert main(["search", "--view", "rain", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == QUIET[0]
    assert main(["search", "--view", "Rain", "hiring"]) == 0
    assert "Nothing is found." in capsys.readouterr().out
    assert main(["search", "--view", "Rian", "x"]) == 1
    assert "There is no view called “Rian”; did you mean Rain?" in capsys.readouterr().err


async def test_the_command_tells_of_a_view_that_finds_nothing_any_more(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    await desk.views.save("Top", 'feed:"Top News"')
    ask_elsewhere("feed:Gone")
    assert main(["views"]) == 1
    assert "! " in capsys.readouterr().out
