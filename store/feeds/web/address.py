"""Which addresses may be asked: those typed, those a redirect leads to, and which are private."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit, urlunsplit

from store.model import Value
from store.text.clean import clean_address
from store.text.origin import DEFAULT_PORTS, origin

_SCHEME_SHOWN = 20
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):(?!\d)", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"feeds?:(//)?(?=\S)", re.IGNORECASE)
_FEED_HOST = re.compile(r"feed://(?![a-z]+://)", re.IGNORECASE)
_USERINFO = re.compile(r"(?<=//)[^/?#\s@]*(?:@[^/?#\s@]*)*@")
_LOCAL_NAMES = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that IANA gives out; outside lie private, local, mapped and reserved addresses."""
_DOCUMENTATION = IPv6Network("3fff::/20")
"""RFC 9637; newer than the tables of the oldest Python that we run on."""


class BadAddress(Exception):
    """The message is one sentence for the person who typed it; it repeats no password."""


class BadHop(BadAddress):
    """A redirect that is not followed; the message names where it leads, within a sentence."""


class TypedAddress(Value, frozen=True, kw_only=True):
    """What a person typed, made into an address that can be asked."""

    address: str
    """http or https, ASCII, without credentials or fragment."""
    permit: str = ""
    """"host:port" if the host is private on the face of it: who types it, allows it."""
    userinfo: str = ""
    """"name" or "name:password" as typed, to be kept apart from the address or dropped."""


def typed_address(text: str) -> TypedAddress:
    """The address that a person means, with https (on a private host: http) where they left it out.

    Raises:
        BadAddress: it is empty, of another scheme, or names no host.
    """
    typed = _FEED_SCHEME.sub(_without_feed_scheme, text.strip(), count=1)
    if not typed:
        raise BadAddress("Type the address of a feed, such as https://example.org/feed.xml.")
    if any(c.isspace() or not c.isprintable() for c in typed):
        raise BadAddress("An address is one line without spaces; this one is not.")
    scheme_missing = not _SCHEME.match(typed)
    is_open = scheme_missing or bool(_FEED_HOST.match(text.strip()))
    if scheme_missing:
        if other := _OTHER_SCHEME.match(typed):
            raise BadAddress(_only_http(other[1]))
        typed = "https://" + typed.lstrip("/")
    parts = _split(typed)
    userinfo = parts.netloc.rpartition("@")[0]
    address = _built(parts)
    private = is_private_name(urlsplit(address).hostname or "")
    if private and is_open:
        address = "http" + address.removeprefix("https")
    return TypedAddress(
        address=address, permit=host_and_port(address) if private else "", userinfo=userinfo
    )


def next_hop(address: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        BadHop: to another scheme, from https to http, to an address with credentials, or nowhere.
    """
    try:
        target = urlsplit(urljoin(address, location.strip()))
        if target.scheme not in DEFAULT_PORTS:
            raise BadHop(f"a “{target.scheme[:_SCHEME_SHOWN]}:” address")
        if "@" in target.netloc:
            raise BadHop("an address with a password in it")
        if address.startswith("https:") and target.scheme == "http":
            raise BadHop("an http address though the feed's own is https")
        return _built(_split(target.geturl()))
    except BadHop:
        raise
    except (BadAddress, ValueError):
        raise BadHop("an address that is written wrongly") from None


def host_and_port(address: str) -> str:
    """The "host:port" of an http or https address, the form of a permit."""
    _, host, port = origin(address)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@lru_cache(maxsize=1_024)
def host_of(address: str) -> str:
    """The host's name in lower case, or "" if the address has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_private_name(host: str) -> bool:
    """Whether a host can be seen to be private without asking for its address.

    Names without a dot and those of RFC 6761, RFC 6762 and RFC 8375 exist in no public name server.
    """
    try:
        return not is_public(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return "." not in name or name.endswith(_LOCAL_NAMES)


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the public network, whatever form it is wrapped in.

    IPv4 inside IPv6 is judged as IPv4: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).

    Raises:
        ValueError: it is no IP address.
    """
    return _is_public(ip_address(ip.partition("%")[0]))


def redact(text: str) -> str:
    """The text without the credentials of the addresses in it."""
    return _USERINFO.sub("", text)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        if (inner := _wrapped(ip)) is not None:
            return _is_public(inner)
        if ip not in _GLOBAL_UNICAST or ip in _DOCUMENTATION:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _without_feed_scheme(match: re.Match[str]) -> str:
    """Apple's old scheme: ``feed://host`` leaves http or https open, ``feed:https://host`` not."""
    names_its_own = _SCHEME.match(match.string, match.end())
    return "https://" if match[1] and not names_its_own else ""


def _only_http(scheme: str) -> str:
    return f"Feeds are read from http and https addresses only, not from “{scheme.lower()}:”."


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadAddress("This address is written wrongly; check its host and port.") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise BadAddress(_only_http(parts.scheme))
    if not parts.hostname or port == 0:
        raise BadAddress("This address names no host to ask.")
    return parts


def _built(parts: SplitResult) -> str:
    """The address as it is asked: ASCII, no credentials, no fragment, no default port."""
    address = urldefrag(clean_address(parts.geturl())).url
    if not address:
        raise BadAddress("No host can have the name in this address; check how it is written.")
    clean = urlsplit(address)
    if clean.port == DEFAULT_PORTS[clean.scheme]:
        clean = clean._replace(netloc=clean.netloc.removesuffix(f":{clean.port}"))
    return urlunsplit(clean)
