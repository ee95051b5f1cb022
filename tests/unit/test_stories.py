"""Stories on a desk: found as articles come in, kept, told and made anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from desks import an_article, open_desk

from store.cli import main
from store.desk.aftercare import follow
from store.desk.stories import FoldedRows, Folding
from store.finding.stories import grouped
from store.finding.story_file import load_stories
from store.settings import folders
from store.shelf.shelf import Mark, Shelf

TITLE = "Kumano to build second chip plant on Kyushu"
TEXT = (
    "Kumano Semiconductor will build a second plant next to its first in Kikuchi, it said on "
    "Tuesday. The company is to invest 640 billion yen in the site, which will make chips for cars "
    "and cameras. Work starts in spring, and Kumano plans to recruit 1,900 people."
)
NOW = datetime.now(UTC)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with closing(Shelf.open(folders().desk)) as shelf:
        yield shelf


def comes_in(
    shelf: Shelf, source: str, title: str = TITLE, *, text: str = TEXT, hours: float = 1
) -> int:
    """An article of a feed of that name, so many hours old; its id."""
    address = f"https://{source}.example/feed.xml"
    known = {feed.address: feed for feed in shelf.feeds()}
    feed = known.get(address) or shelf.add_feed(address)
    at = NOW - timedelta(hours=hours)
    write = an_article((title, text), feed=feed.number, at=at, address=address)
    shelf.take_in(feed.number, lambda _: [write])
    return write.headline.id


def found(shelf: Shelf) -> list[set[int]]:
    for _ in grouped(shelf):
        pass
    return [{report.article for report in story} for story in load_stories(shelf.folder)]


def test_reports_that_come_in_later_join_the_story(shelf: Shelf) -> None:
    first = comes_in(shelf, "agency", hours=20)
    assert found(shelf) == []
    second = comes_in(shelf, "daily")
    assert found(shelf) == [{first, second}]
    comes_in(shelf, "daily", "Fire destroys market hall in Nantes", text="Nobody was hurt.")
    older = comes_in(shelf, "evening", hours=40)
    assert found(shelf) == [{first, second, older}]


def test_one_report_finds_its_story_among_many_that_were_looked_at_before(shelf: Shelf) -> None:
    newer = comes_in(shelf, "agency", hours=2)
    for number, place in enumerate(("Lyon", "Nantes", "Kiel", "Porto")):
        text = f"Nobody in {place} was hurt, said the mayor. " * 12
        comes_in(shelf, f"town-{number}", f"Fire in the market hall of {place}", text=text)
    assert found(shelf) == []
    late = comes_in(shelf, "daily", hours=9)
    assert found(shelf) == [{late, newer}]


def test_a_feed_has_one_report_in_a_story(shelf: Shelf) -> None:
    first, second = comes_in(shelf, "agency", hours=20), comes_in(shelf, "daily", hours=10)
    comes_in(shelf, "agency", f"{TITLE}: what is known")
    assert found(shelf) == [{first, second}]


def test_a_story_ends_after_four_days(shelf: Shelf) -> None:
    comes_in(shelf, "agency", hours=24 * 5)
    comes_in(shelf, "daily")
    assert found(shelf) == []
    comes_in(shelf, "evening", hours=24 * 3)
    (story,) = found(shelf)
    assert len(story) == 2


def test_what_is_lost_is_found_anew(shelf: Shelf) -> None:
    stories = {comes_in(shelf, "agency"), comes_in(shelf, "daily")}
    assert found(shelf) == [stories]
    for name in ("stories.msgpack", "prints.msgpack"):
        (shelf.folder / "derived" / name).write_bytes(b"\x00torn")
        assert found(shelf) == [stories]


def test_a_story_of_which_one_report_is_left_is_none(shelf: Shelf) -> None:
    first = comes_in(shelf, "agency")
    comes_in(shelf, "daily")
    found(shelf)
    shelf.delete_articles([(1, first)])
    comes_in(shelf, "evening", "Fire destroys market hall in Nantes", text="Nobody was hurt.")
    assert found(shelf) == []


def test_a_full_disk_costs_no_fetch(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    comes_in(shelf, "agency")
    comes_in(shelf, "daily")
    monkeypatch.setattr("store.finding.story_file.replace_file", refuse)
    assert found(shelf) == []


def test_the_newest_unread_report_stands_for_the_others_and_stays(shelf: Shelf) -> None:
    oldest, middle = comes_in(shelf, "agency", hours=3), comes_in(shelf, "daily", hours=2)
    newest = comes_in(shelf, "evening", hours=1)
    shelf.mark({(3, newest): Mark(read=True)})
    follow(shelf)
    with closing(open_desk()) as desk:
        stories, folding = desk.stories, Folding()
        assert stories.others([middle]) == []  # nothing is known until it is asked for
        assert stories.take_in()
        assert not stories.take_in()
        (row,) = stories.folded(desk.rows(), folding)
        assert (row.id, row.others, row.unfolded) == (middle, 2, False)
        shelf.mark({(2, middle): Mark(read=True)})
        desk.columns.refresh()
        assert [one.id for one in stories.folded(desk.rows(), folding)] == [middle]
        folding.begin()
        assert [one.id for one in stories.folded(desk.rows(), folding)] == [oldest]
        folding.begin()
        rows = stories.folded(desk.rows(), folding, here=newest)
        assert [one.id for one in rows] == [newest]
        assert isinstance(rows, FoldedRows)
        assert len(rows.with_folded(rows.order)) == 3
        story = stories.story_of(newest)
        assert story is not None
        assert folding.toggle(story)
        shown = stories.folded(desk.rows(), folding)
        assert [(one.id, one.under) for one in shown[:]] == [
            (newest, False),
            (middle, True),
            (oldest, True),
        ]
        assert len(stories.folded(desk.rows(feed=1), folding)) == 1


def test_stories_are_told_by_command(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories"]) == 0
    assert "No event is reported by several feeds" in capsys.readouterr().out
    comes_in(shelf, "agency", hours=3)
    comes_in(shelf, "daily", hours=2)
    assert main(["stories", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [report["feed"] for report in told["reports"]] == [2, 1]
    assert main(["stories", "--days", "0"]) == 0
    assert TITLE in capsys.readouterr().out
    assert main(["stories", "--days=-1"]) == 2
    assert "--days wants a number" in capsys.readouterr().err
