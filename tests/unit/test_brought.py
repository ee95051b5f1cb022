"""What a fetch brought, as the window tells it."""

from __future__ import annotations

from store.model import FeedFailed, FeedRefreshed, FeedUnchanged
from tui.screens.brought import Brought


def test_a_feed_that_moved_is_told_whether_somebody_asked_or_not() -> None:
    brought = Brought()
    brought.take(FeedUnchanged(feed=1, moved="https://new.example/feed"), "Wire")
    brought.take(FeedRefreshed(feed=2, new=3, note="It lies on another feed."), "Bees")
    said = "Wire lives at https://new.example/feed now · It lies on another feed."
    assert brought.told() == f"3 new articles · {said}"
    assert brought.told_briefly() == f"3 new · {said}"


def test_where_nobody_asked_a_failure_is_no_interruption() -> None:
    brought = Brought()
    brought.take(FeedFailed(feed=1, reason="It is down."), "Wire")
    assert brought.told_briefly() == ""
    assert brought.told() == "Wire: It is down."
