"""Whose server an address leads to: a password is for that one only."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def origin(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address that is asked (RFC 6454)."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)


def keeps_password(given_for: str, address: str) -> bool:
    """Whether a password may go along: to the same origin, or to its host by https at last."""
    before, now = origin(given_for), origin(address)
    takes_up_https = (before[0], before[2], now[0], now[2]) == ("http", 80, "https", 443)
    return before == now or (takes_up_https and before[1] == now[1])
