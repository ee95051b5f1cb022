"""What ``fetch`` says: how feeds fared, which were left alone, when the next one is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from store.cli.say import complain, say, say_json
from store.feeds.choosing import COOL_DOWN, Choice
from store.model import (
    Feed,
    FeedFailed,
    FeedRefreshed,
    FetchBegun,
    Noticed,
    Outcome,
    noticed_told,
)
from store.text.amounts import amount


def tell(outcome: Outcome, feeds: Mapping[int, Feed], *, json: bool) -> None:
    """Tell one outcome: as JSON always, as words only when it is news."""
    if json:
        say_json(outcome)
        return
    feed = feeds.get(outcome.feed)
    name = f"{feed.name}: " if feed else ""
    if isinstance(outcome, FeedFailed):
        complain(f"{name}{outcome.reason}")
        return
    if isinstance(outcome, FeedRefreshed):
        say(f"{name}{_amounts(outcome.new, outcome.changed)}")
    if outcome.moved:
        say(f"{name}moved for good, and is asked at {outcome.moved} from now on")
    if outcome.note:
        complain(f"{name}{outcome.note}")


def tell_begun(choice: Choice, note: str) -> None:
    """Tell who reads along which feeds are asked."""
    say_json(FetchBegun(feeds=tuple(feed.number for feed in choice.feeds), note=note))


def tell_noticed(noticed: Sequence[Noticed], *, json: bool) -> None:
    """Tell of what came in and somebody wants to be told of, a line for each reason."""
    for one in noticed:
        if json:
            say_json(one)
        else:
            say(noticed_told(one))


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line for all of a run."""
    news = [outcome for outcome in outcomes if isinstance(outcome, FeedRefreshed)]
    failed = sum(isinstance(outcome, FeedFailed) for outcome in outcomes)
    amounts = _amounts(sum(one.new for one in news), sum(one.changed for one in news))
    fetched = f"{amount(len(outcomes), 'feed')}: {amounts}"
    return f"{fetched}, {failed} failed" if failed else fetched


def left_alone(choice: Choice) -> str:
    """Which feeds are not asked though all were asked for; empty if none are left alone."""
    minutes = int(COOL_DOWN.total_seconds()) // 60
    kinds = (
        (choice.asked_lately, f"asked less than {minutes} minutes ago"),
        (choice.not_wanted, "told by the server to wait"),
        (choice.paused, "paused"),
        (choice.gone, "gone for good"),
    )
    told = [f"{amount(count, 'feed')} {what}" for count, what in kinds if count]
    return f"Left alone: {', '.join(told)}." if told else ""


def nothing_due(choice: Choice, now: datetime) -> str:
    """Why no feed is asked, and when the next one is."""
    if choice.next_due is not None:
        return f"Nothing is due until {clock(choice.next_due, now)}; --all asks at once."
    kinds = ((choice.paused, "paused"), (choice.gone, "gone for good"))
    told = [f"{amount(count, 'feed')} {what}" for count, what in kinds if count]
    why = f" ({', '.join(told)})" if told else ""
    return f"No feed is asked by itself{why}; --feed N asks one."


def clock(at: datetime, now: datetime) -> str:
    """A time as the person's clock shows it, with the day if it is not today's."""
    local = at.astimezone()
    same_day = local.date() == now.astimezone().date()
    return f"{local:%H:%M}" if same_day else f"{local:%d %b %H:%M}"


def _amounts(new: int, changed: int) -> str:
    told = [f"{count} {word}" for count, word in ((new, "new"), (changed, "changed")) if count]
    return ", ".join(told) or "nothing new"
