"""When a feed's address is changed, by its server's redirects or by a person: pure.

A permanent redirect (RFC 9110, 15.4.2 and 15.4.9) may be a slip, a captive portal or a domain that
changed hands. So it is followed at once, but believed late, announced, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from store.feeds.web.address import host_and_port
from store.model import Feed, Headline, Moving, ParsedFeed
from store.text.origin import keeps_password

AGREEMENTS = 3
"""Fetches in a row that must lead to the same address …"""
OVER = timedelta(days=2)
"""… from the first of them to the last."""


def noticed(
    feed: Feed, before: Moving | None, target: str, now: datetime, *, is_ours: bool | None = None
) -> Moving | None:
    """What is known of a move after one more fetch.

    ``target`` is where it led for good, or "". ``is_ours`` says whether the document lists
    articles that the feed had before, None if no document came. Only the first one counts: what
    came from there since is no proof of anything.
    """
    if not target or target == feed.address or target in feed.not_moved_to:
        return None
    if before is None or before.address != target or before.since > now:
        return Moving(address=target, since=now, is_ours=is_ours)
    known = is_ours if before.is_ours is None else before.is_ours
    return replace(before, seen=before.seen + 1, is_ours=known)


def is_ripe(moving: Moving | None, now: datetime) -> bool:
    """Whether it was seen often enough over long enough, and is the same feed, to be believed."""
    return (
        moving is not None
        and moving.is_ours is True
        and not moving.told
        and moving.seen >= AGREEMENTS
        and now - moving.since >= OVER
    )


def is_safe(feed: Feed, target: str, *, has_account: bool) -> bool:
    """Whether nothing is lost there: no encryption, and no password to another host."""
    if feed.address.startswith("https:") and not target.startswith("https:"):
        return False
    return not has_account or keeps_password(feed.address, target)


def shares_articles(parsed: ParsedFeed, known: Iterable[Headline]) -> bool:
    """Whether a document lists an article that the feed has had."""
    if parsed.left_out:
        return True
    guids = {entry.guid for entry in parsed.entries if entry.guid}
    pages = {entry.address for entry in parsed.entries if entry.address}
    return any(one.guid in guids or one.address in pages for one in known)


def moved(feed: Feed, target: str) -> Feed:
    """The feed at its new address; what it is and has had stays its own.

    A permit is for one host and port, so it stays behind when these change.
    """
    stays = feed.permit == host_and_port(target)
    return replace(
        feed,
        address=target,
        moved_from=(*feed.moved_from, feed.address),
        permit=feed.permit if stays else "",
        former_permit=feed.permit,
    )


def readdressed(feed: Feed, target: str, permit: str) -> Feed:
    """The feed where a person says that it lies, with what they permit by typing it."""
    return replace(
        feed,
        address=target,
        moved_from=(*feed.moved_from, feed.address),
        permit=permit,
        former_permit=feed.permit,
        not_moved_to=tuple(one for one in feed.not_moved_to if one != target),
    )


def moved_back(feed: Feed) -> Feed:
    """The feed at the address that it had before, never to be moved to the present one again."""
    *earlier, last = feed.moved_from
    return replace(
        feed,
        address=last,
        moved_from=tuple(earlier),
        permit=feed.former_permit if feed.former_permit == host_and_port(last) else "",
        former_permit="",
        not_moved_to=(*feed.not_moved_to, feed.address),
    )
