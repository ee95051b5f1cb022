"""Why no document came, in one sentence for the person who subscribed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal

LONGEST_WAIT = timedelta(hours=24)
"""A Retry-After beyond this is cut: no server decides that a feed is forgotten."""

Trouble = Literal[
    "private", "certificate", "tls", "no_name", "no_lookup", "refused", "no_connection", "silent",
    "late", "broken_off", "cut_short", "not_http", "packing", "unasked_packing", "empty",
    "too_large", "bad_redirect", "redirects", "unreadable", "unreachable",
]  # fmt: skip

_TROUBLES: dict[Trouble, str] = {
    "private": "{host} is on a private network, and Wiredesk goes there only for a feed whose "
    "private address you typed yourself.",
    "certificate": "{host} cannot prove who it is: {detail}.",
    "tls": "{host} does not speak https properly; check the address.",
    "no_name": "There is no host named {host}; check the address, or the network.",
    "no_lookup": "The name {host} could not be looked up; check the network.",
    "refused": "{host} refuses the connection; it may be down, or the port is wrong.",
    "no_connection": "{host} did not answer within {detail} s; try again later.",
    "silent": "{host} fell silent for {detail} s; try again later.",
    "late": "{host} was not done within {detail} s; try again later.",
    "broken_off": "{host} broke off the connection; try again later.",
    "cut_short": "{host} broke off in the middle of its answer; try again later.",
    "not_http": "{host} does not answer in proper HTTP; check the address.",
    "packing": "{host} packs its feed wrongly, so it cannot be unpacked; try again later.",
    "unasked_packing": "{host} packs its feed in a way that Wiredesk did not ask for.",
    "empty": "{host} sent an empty answer instead of a feed; try again later.",
    "too_large": "{host} sends more than {detail} MB, which is too large for a feed.",
    "bad_redirect": "{host} sends the reader on to {detail}, which Wiredesk does not follow; "
    "check the address.",
    "redirects": "{host} sends the reader on more than {detail} times; check the address.",
    "unreadable": "The answer of {host} cannot be read; check the address.",
    "unreachable": "{host} cannot be reached; check the network.",
}

_STATUSES = {
    304: "{host} said “unchanged” though nothing of this feed was read yet; try again.",
    401: "{host} wants a name and a password for this feed, and Wiredesk cannot give one.",
    402: "{host} wants to be paid for this feed (402).",
    403: "{host} refuses this feed to Wiredesk (403); see whether it opens in a browser.",
    404: "{host} has nothing at this address (404); check the address or look for the new one.",
    406: "{host} has no feed in a form that Wiredesk reads (406).",
    410: "{host} has taken this feed down for good (410); its articles stay, you may unsubscribe.",
    429: "{host} wants to be asked less often (429); try again {wait}.",
    451: "{host} may not publish this feed for legal reasons (451).",
    503: "{host} is out of service at the moment (503); try again {wait}.",
}


def trouble(kind: Trouble, host: str, detail: str = "") -> str:
    """What went wrong on the way to a host; ``detail`` is a number or a few words of ours."""
    return _TROUBLES[kind].format(host=host, detail=detail)


def status_reason(status: int, host: str, *, retry_after: str = "", now: datetime) -> str:
    """Why an answer with this status brings no articles, and what can be done."""
    wait = _in_words(waiting_time(retry_after, now=now))
    if status in _STATUSES:
        return _STATUSES[status].format(host=host, wait=wait)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{host} has a fault of its own ({status}); try again {wait}."
    return f"{host} answered {status} instead of a feed; check the address."


def waiting_time(retry_after: str, *, now: datetime) -> timedelta:
    """What a Retry-After asks for (RFC 9110, 10.2.3: seconds or a date), 0 to 24 hours."""
    value = retry_after.strip()
    if value.isascii() and value.isdigit():
        wait = timedelta(seconds=int(value[:9]))
    else:
        try:
            until = parsedate_to_datetime(value)
        except ValueError:
            return timedelta(0)
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _in_words(wait: timedelta) -> str:
    minutes = -(-int(wait.total_seconds()) // 60)
    if not minutes:
        return "later"
    if wait <= timedelta(minutes=1):
        return "in a minute"
    if wait < timedelta(hours=2):
        return f"in {minutes} minutes"
    return f"in {-(-minutes // 60)} hours"
