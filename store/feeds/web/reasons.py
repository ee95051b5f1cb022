"""Why no document came, in one sentence for the person who subscribed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal

from store.model import Value
from store.settings import MOST_MEGABYTES

_MINUTE = 60
_MOST = str(MOST_MEGABYTES)
_IN_MINUTES = 120
"""Longer waits are told in hours."""

Wants = Literal["feed", "page"]
"""What is asked for: it decides what the request says that it accepts, and what is said of it."""

Trouble = Literal[
    "private", "certificate", "tls", "no_name", "no_lookup", "refused", "no_connection", "silent",
    "late", "broken_off", "cut_short", "not_http", "packing", "unasked_packing", "empty",
    "too_large", "bad_redirect", "circle", "redirects", "unreadable", "unreachable",
]  # fmt: skip

_TROUBLES: dict[Trouble, str] = {
    "private": "{host} is on a private network, and Wiredesk goes there only for a feed whose "
    "private address you typed yourself.",
    "certificate": "{host} cannot prove who it is: {detail}; try again later, or tell its "
    "publisher.",
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
    "packing": "{host} packs its {thing} wrongly, so it cannot be unpacked; try again later.",
    "unasked_packing": "{host} packs its {thing} in a way that Wiredesk did not ask for; tell its "
    "publisher.",
    "empty": "{host} sent an empty answer instead of a {thing}; try again later.",
    "too_large": "{host} sends more than {detail} MB, which is too large for a {thing}{unless}.",
    "bad_redirect": "{host} sends the reader on to {detail}, which Wiredesk does not follow; "
    "check the address.",
    "circle": "{host} sends the reader in a circle; check the address.",
    "redirects": "{host} sends the reader on more than {detail} times; check the address.",
    "unreadable": "The answer of {host} cannot be read; check the address.",
    "unreachable": "{host} cannot be reached; check the network.",
}

_STATUSES = {
    206: "{host} sent only a part of this {thing} (206); try again {wait}.",
    300: "{host} has several documents at this address (300); look for that of the {thing}.",
    304: "{host} said “unchanged” though it was asked for the whole {thing}; try again.",
    400: "{host} cannot make sense of this address (400); check how it is written.",
    401: "{host} wants a name and a password for this {thing}; give them with "
    "“wiredesk add ADDRESS --account NAME”.",
    402: "{host} wants to be paid for this {thing} (402); see in a browser what it asks for.",
    403: "{host} refuses this {thing} to Wiredesk (403); see whether it opens in a browser.",
    404: "{host} has nothing at this address (404); check the address or look for the new one.",
    406: "{host} has no {thing} in a form that Wiredesk reads (406); look for another on its site.",
    408: "{host} waited too long for the request (408); try again {wait}.",
    410: "{host} has taken this {thing} down for good (410); what you have of it stays.",
    421: "{host} says that another server is in charge of this address (421); try again {wait}.",
    429: "{host} wants to be asked less often (429); try again {wait}.",
    451: "{host} may not publish this {thing} for legal reasons (451); look for another source.",
    502: "{host} cannot reach the server behind it (502); try again {wait}.",
    503: "{host} is out of service at the moment (503); try again {wait}.",
    504: "{host} waits in vain for the server behind it (504); try again {wait}.",
    511: "The network here wants you to log in first (511); open any page in a browser.",
}
_WRONG_ACCOUNT = (
    "{host} does not accept the name and password of this {thing} (401); give others with "
    "“wiredesk add ADDRESS --account NAME”."
)
_ACCOUNT_OF_ANOTHER = (
    "{host} wants a name and a password for this {thing} (401), and those given are only for the "
    "host that sent us there; add the address that it is at now."
)
_OTHER_SCHEME = (
    "{host} wants a way of logging in for this {thing} that Wiredesk does not have (401); "
    "open it in a browser."
)
_BROWSERS_ONLY = (
    "{host} lets only browsers in (a Cloudflare challenge, {status}); ask its publisher to let "
    "feed readers pass."
)
_NOWHERE = "{host} sends the reader on without saying where ({status}); try again {wait}."
_REDIRECTS = range(301, 309)


class Refused(Exception):
    """Why no document is taken from a host; the message is the sentence, about a feed."""

    def __init__(self, kind: Trouble, host: str, detail: str = "") -> None:
        super().__init__(trouble(kind, host, detail))
        self.kind = kind
        self.host = host
        self.detail = detail


class Refusal(Value, frozen=True, kw_only=True):
    """What is known of an answer that brings no document."""

    status: int
    host: str
    wait: int = 0
    """Seconds for which it wants no further request."""
    account_sent: bool = False
    account_kept_back: bool = False
    """There is one, but for the origin that redirected here only."""
    schemes: str = ""
    """WWW-Authenticate (RFC 9110, 11.6.1): the ways of logging in that it knows."""
    challenged: bool = False
    """It wants to see a browser first (Cloudflare's ``cf-mitigated: challenge``)."""


def trouble(kind: Trouble, host: str, detail: str = "", thing: Wants = "feed") -> str:
    """What went wrong on the way to a host; ``detail`` is a number or a few words of ours."""
    unless = " unless you allow it more" if thing == "feed" and detail != _MOST else ""
    return _TROUBLES[kind].format(host=host, detail=detail, thing=thing, unless=unless)


def status_reason(refusal: Refusal, thing: Wants = "feed") -> str:
    """Why an answer with this status brings no articles, and what can be done."""
    return _sentence(refusal).format(
        host=refusal.host, status=refusal.status, wait=_in_words(refusal.wait), thing=thing
    )


def _sentence(refusal: Refusal) -> str:
    status = refusal.status
    if refusal.challenged:
        return _BROWSERS_ONLY
    if status == HTTPStatus.UNAUTHORIZED:
        return _unauthorized(refusal)
    if status in _STATUSES:
        return _STATUSES[status]
    if status in _REDIRECTS:
        return _NOWHERE
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "{host} has a fault of its own ({status}); try again {wait}."
    return "{host} answered {status} instead of a {thing}; check the address."


def _unauthorized(refusal: Refusal) -> str:
    if refusal.schemes and "basic" not in refusal.schemes.lower():
        return _OTHER_SCHEME
    if refusal.account_kept_back:
        return _ACCOUNT_OF_ANOTHER
    return _WRONG_ACCOUNT if refusal.account_sent else _STATUSES[HTTPStatus.UNAUTHORIZED]


def _in_words(wait: int) -> str:
    minutes = -(-wait // _MINUTE)
    if not minutes:
        return "later"
    if minutes == 1:
        return "in a minute"
    if minutes < _IN_MINUTES:
        return f"in {minutes} minutes"
    return f"in {-(-minutes // _MINUTE)} hours"
