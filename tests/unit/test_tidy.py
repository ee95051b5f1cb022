"""Old articles go where somebody set so, and what work rests on stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from builders import HIRING, a_claim
from desks import an_article
from msgspec.structs import replace

from store.cli import main
from store.desk.aftercare import follow
from store.model import ArticleWrite, Claim, Coverage, SeenItem, View, hash_of
from store.settings import SETTINGS_FILE, folders
from store.shelf.shelf import Mark, Shelf

ADDRESS = "https://news.example/feed.xml"
NOW = datetime.now(UTC)


def fill(*days_ago: int, read: bool = True) -> list[int]:
    """A desk whose only feed has an article for each of these ages; their ids."""
    with closing(Shelf.open(folders().desk)) as shelf:
        feed = shelf.feeds()[0] if shelf.feeds() else shelf.add_feed(ADDRESS)
        writes = [_write(days) for days in days_ago]
        shelf.take_in(feed.number, lambda _: writes)
        ids = [write.headline.id for write in writes]
        shelf.mark({(feed.number, article): Mark(read=read) for article in ids})
    return ids


def _write(days: int) -> ArticleWrite:
    story = (f"Written {days} days ago", f"Text of the one from {days} days ago. " * 20)
    return an_article(story, at=datetime.now(UTC) - timedelta(days=days), address=ADDRESS)


def settings(text: str) -> None:
    where = folders().settings
    where.mkdir(parents=True, exist_ok=True)
    (where / SETTINGS_FILE).write_text(text)


def titles() -> list[str]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return sorted(headline.title for headline in shelf.headlines(1))


def tidied(capsys: pytest.CaptureFixture[str], *words: str) -> Sequence[str]:
    assert main(["tidy", *words]) == 0
    return capsys.readouterr().out.splitlines()


def old_and_new(*titles_of: int) -> list[str]:
    return sorted(f"Written {days} days ago" for days in titles_of)


def test_nothing_goes_where_no_limit_is_set(capsys: pytest.CaptureFixture[str]) -> None:
    fill(1, 4000)
    assert "No limit is set" in tidied(capsys)[0]
    assert len(titles()) == 2


def test_a_dry_run_shows_what_would_go_and_lets_it_stay(capsys: pytest.CaptureFixture[str]) -> None:
    fill(1, 31, 40)
    settings("[keep]\ndays = 30\n")
    assert tidied(capsys, "--dry-run")[-1] == "In all 2 articles would go."
    assert len(titles()) == 3
    (line,) = tidied(capsys, "--dry-run", "--json")
    told = json.loads(line)
    assert (told["went"], told["dry"], told["days"], told["staying"]) == (2, True, 30, {})


def test_what_is_older_than_the_days_goes_and_no_feed_brings_it_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (_, old) = fill(1, 31)
    settings("[keep]\ndays = 30\n")
    assert tidied(capsys)[-1] == "In all 1 article went."
    assert titles() == old_and_new(1)
    with closing(Shelf.open(folders().desk)) as shelf:
        assert shelf.is_deleted(old, 1)
    assert tidied(capsys)[-1] == "In all 0 articles went."


def test_no_text_of_what_went_is_left_on_the_disk(capsys: pytest.CaptureFixture[str]) -> None:
    fill(1, 31)
    settings("[keep]\ndays = 30\n")
    bodies = folders().desk / "bodies"
    before = sum(file.stat().st_size for file in bodies.iterdir())
    tidied(capsys)
    left = b"".join(file.read_bytes() for file in bodies.iterdir())
    assert b"from 31 days ago" not in left
    assert b"from 1 days ago" in left
    assert len(left) < before


def test_the_newest_of_a_feed_stay_and_its_own_limit_comes_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(1, 2, 3, 4)
    settings("[keep]\narticles = 3\n")
    tidied(capsys)
    assert titles() == old_and_new(1, 2, 3)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, keep_articles=1))
    tidied(capsys)
    assert titles() == old_and_new(1)


def test_unread_articles_stay_twice_as_long(capsys: pytest.CaptureFixture[str]) -> None:
    fill(31, 61, read=False)
    settings("[keep]\ndays = 30\n")
    assert tidied(capsys)[-1] == "In all 1 article went; 1 unread stay."
    assert titles() == old_and_new(31)


def test_what_came_in_late_is_as_old_as_it_is_here(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed(ADDRESS)
        old = _write(400)
        write = replace(old, headline=replace(old.headline, seen=datetime.now(UTC), read=True))
        shelf.take_in(1, lambda _: [write])
    settings("[keep]\ndays = 30\n")
    assert tidied(capsys)[-1] == "In all 0 articles went."


def test_what_work_rests_on_stays(capsys: pytest.CaptureFixture[str]) -> None:
    starred, labelled, claimed, draft, covered, _ = fill(31, 32, 33, 34, 35, 36)
    settings("[keep]\ndays = 30\n")
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.mark({(1, starred): Mark(starred=True), (1, labelled): Mark(label=("later",))})
        shelf.change_claims(claimed, 1, lambda _: [_claim_on(claimed, "1", HIRING)])
        shelf.change_claims(draft, 1, lambda _: [_claim_on(draft, "2")])
        shelf.keep_coverage(
            Coverage(
                article=covered,
                feed=1,
                version=1,
                codebook_version="1",
                annotator="ana",
                state="nothing_found",
                at=NOW,
            )
        )
    assert tidied(capsys)[-1] == (
        "In all 1 article went; 2 with claims, 1 recorded as read through, 1 labelled,"
        " 1 starred stay."
    )
    assert titles() == old_and_new(31, 32, 33, 34, 35)


def test_of_a_feed_that_was_left_goes_what_nothing_rests_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, starred, claimed, _ = fill(1, 31, 32, 33)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, keep_days=5000))
        shelf.mark({(1, starred): Mark(starred=True)})
        shelf.change_claims(claimed, 1, lambda _: [_claim_on(claimed, "1", HIRING)])
        shelf.remove_feed(1)
    assert "No limit is set" in tidied(capsys)[0]
    settings("[keep]\ndays = 30\n")
    dry = tidied(capsys, "--dry-run")
    told = "1 would go; 1 with claims, 1 starred stay"
    assert dry == [f"   1  {ADDRESS} (unsubscribed): {told}",
                   "In all 1 article would go; 1 with claims, 1 starred stay."]  # fmt: skip
    (line,) = tidied(capsys, "--dry-run", "--json")
    assert (json.loads(line)["subscribed"], json.loads(line)["days"]) == (False, 30)
    with closing(Shelf.open(folders().desk)) as shelf:
        follow(shelf)
    assert titles() == old_and_new(1, 31, 32)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.bring_back_feeds([1])
    assert titles() == old_and_new(1, 31, 32)


def _claim_on(article: int, number: str, *tags: object) -> Claim:
    claim = a_claim(*tags, id=f"urn:uuid:00000000-0000-4000-8000-00000000000{number}")  # type: ignore[arg-type]
    return replace(claim, target=replace(claim.target, article=article))


def pin(query: str) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        view = View(id="1", name="Mine", query=query, pins=True)
        shelf.interests.views.change(lambda _: [view])


def test_a_view_that_pins_keeps_what_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    fill(31, 32)
    settings("[keep]\ndays = 30\n")
    pin('"31 days"')
    assert tidied(capsys)[-1] == "In all 1 article went; 1 in a view that pins stay."
    assert titles() == old_and_new(31)


def test_nothing_goes_while_a_view_that_pins_cannot_be_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(31)
    settings("[keep]\ndays = 30\n")
    pin("is:nonsense")
    assert main(["tidy"]) == 3
    assert "The view “Mine” pins articles and cannot be meant" in capsys.readouterr().err
    with closing(Shelf.open(folders().desk)) as shelf:
        follow(shelf)
    assert len(titles()) == 1


def test_it_happens_by_itself_once_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    fill(1, 31)
    settings("[keep]\ndays = 30\n")
    for later in (), (40,):
        fill(*later)
        with closing(Shelf.open(folders().desk)) as shelf:
            follow(shelf)
    assert titles() == old_and_new(1, 40)
    settings("[keep]\ndays = wrong\n")
    with closing(Shelf.open(folders().desk)) as shelf:
        (shelf.folder / "derived" / "tidied").unlink()
        follow(shelf)
    assert titles() == old_and_new(1, 40)


def test_a_star_put_while_articles_go_keeps_its_article() -> None:
    (article,) = fill(31)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.mark({(1, article): Mark(starred=True)})
        gone = shelf.delete_articles([(1, article)], unless=lambda one: one.starred)
        assert not gone
        assert shelf.headline(article, 1) is not None


def test_a_tombstone_goes_when_the_feed_lists_the_article_no_more() -> None:
    listed, unlisted = fill(31, 32)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.delete_articles([(1, listed), (1, unlisted)])
        shelf.forget_tombstones(1, before=tomorrow)
        assert shelf.is_deleted(unlisted, 1)  # what the feed lists is not known
        shelf.keep_seen_items(1, (SeenItem("x", hash_of("Written 31 days ago")),))
        shelf.forget_tombstones(1, before=tomorrow - timedelta(days=2))
        assert shelf.is_deleted(unlisted, 1)  # not that long ago
        shelf.forget_tombstones(1, before=tomorrow)
        assert shelf.is_deleted(listed, 1)
        assert not shelf.is_deleted(unlisted, 1)


def test_a_desk_that_can_only_be_read_is_not_tidied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(31)
    settings("[keep]\ndays = 30\n")
    monkeypatch.setattr(Shelf, "read_only", property(lambda _: True))
    assert main(["tidy"]) == 3
    assert "can only be read" in capsys.readouterr().err
    assert len(titles()) == 1
