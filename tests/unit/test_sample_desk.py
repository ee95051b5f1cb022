"""The throw-away desk: there to try things on, complete, and gone afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from store.sample.desk import check, throw_away_desk
from store.sample.pages import Resource, resources
from store.sample.stories import Issue
from store.shelf.shelf import Shelf


def test_the_throw_away_desk_is_subscribed_to_the_five_feeds_and_may_reach_them() -> None:
    with throw_away_desk() as desk, closing(Shelf.open(desk.folders.desk)) as shelf:
        feeds = shelf.feeds()
        assert tuple(feed.address for feed in feeds) == desk.server.addresses
        assert {feed.permit for feed in feeds} == {desk.server.permit}
        assert len(feeds) == 5


def test_nothing_of_the_throw_away_desk_is_left() -> None:
    with throw_away_desk() as desk:
        root = desk.folders.desk.parent
        assert desk.folders.desk.is_dir()
        assert desk.folders.settings.is_relative_to(root)
        assert desk.folders.state.is_relative_to(root)
    assert not root.exists()
    assert desk.server.permit == ""


def test_the_throw_away_desk_goes_also_when_something_fails_on_it() -> None:
    class Broken(Exception):
        pass

    with pytest.raises(Broken), throw_away_desk() as desk:
        raise Broken
    assert not desk.folders.desk.exists()
    assert desk.server.permit == ""


def test_a_place_that_holds_no_desk_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert ["gone" in problem for problem in check()] == [True]


def test_the_check_finds_every_article_and_its_sentences() -> None:
    assert check() == []


def test_the_check_names_the_feed_that_cannot_be_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_deals(issues: Sequence[Issue]) -> dict[str, Resource]:
        site = resources(issues)
        del site["/feeds/deals.xml"]
        return site

    monkeypatch.setattr("store.sample.server.resources", without_deals)
    problems = check()
    assert any("/feeds/deals.xml: " in problem for problem in problems)
    assert "Deals: 0 articles arrived, 8 were sent." in problems
    assert not any("Top News" in problem for problem in problems)


def test_the_check_names_the_article_that_is_lost_and_the_one_without_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(issues: Sequence[Issue]) -> dict[str, Resource]:
        site = resources(issues)
        path = "/feeds/policy-wire.xml"
        text = site[path].body.decode()
        start = text.index("<item>")
        first = text[start : text.index("</item>") + len("</item>")]
        empty = "<item><title>Nothing here</title><guid>empty</guid></item>"
        site[path] = msgspec.structs.replace(site[path], body=text.replace(first, empty).encode())
        return site

    monkeypatch.setattr("store.sample.server.resources", damaged)
    assert check() == [
        "Policy Wire: “Senate panel passes a bill on data-centre power reports” did not arrive.",
        "“Nothing here” has no sentence.",
    ]
