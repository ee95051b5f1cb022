"""Without this, a link could carry a password, a shell's quotes or a terminal's codes."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from unicodedata import normalize
from urllib.parse import quote, urlsplit

ADDRESS_LIMIT = 4_096
"""In characters. A longer address is refused, because a cut one leads elsewhere."""

_CUT_BY_BROWSERS = re.compile(r"[\t\n\r]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST_NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BYTE = 255
_BYTES = 4
_KEPT_BY_IDNA_2008 = re.compile("[ßς]")
_PLAIN = re.compile(r"[A-Za-z0-9_.~/:@!$&()*+,=-]*")
"""What ``_encoded`` leaves as it is; most paths hold nothing else."""
_CLEAN = re.compile(
    r"https?://(?!-)(?=[^/]{1,253}/)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9_-]{0,62}"
    r"/(?:[A-Za-z0-9_.~/:@!$&()*+,=-]++|%[0-9A-Fa-f]{2})*+"
    r"(?:\?(?:[A-Za-z0-9_.~/:@!$&()*+,;=?-]++|%[0-9A-Fa-f]{2})++)?"
)
"""Addresses that ``clean_address`` leaves as they are; most are of this form."""
_PATH_SAFE = "/:@!$&()*+,;=%~"
_QUERY_SAFE = _PATH_SAFE + "?"
_AROUND = "".join(map(chr, range(0x21)))


def clean_address(raw: str) -> str:
    """An http or https address in ASCII, without credentials, or "" if ``raw`` is none.

    Reads as browsers do (https://url.spec.whatwg.org/): a backslash is a slash, or what is shown
    and what is opened could be two hosts. All that is no part of an address is percent-encoded,
    quotes and backticks included. A host in numbers is an IPv4 address in its usual form.
    """
    if len(raw) > ADDRESS_LIMIT:
        return ""
    if _CLEAN.fullmatch(raw):
        return raw
    text = _SURROGATE.sub("\ufffd", _CUT_BY_BROWSERS.sub("", raw.strip(_AROUND)))
    before_query = re.match(r"[^?#]*", text)
    end = before_query.end() if before_query else 0
    try:
        parts = urlsplit(text[:end].replace("\\", "/") + text[end:])
        place = _place(parts.hostname or "", parts.port)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not place:
        return ""
    address = f"{parts.scheme}://{place}{_encoded(parts.path, _PATH_SAFE) or '/'}"
    if parts.query:
        address += "?" + _encoded(parts.query, _QUERY_SAFE)
    if parts.fragment:
        address += "#" + _encoded(parts.fragment, _QUERY_SAFE)
    return address if len(address) <= ADDRESS_LIMIT else ""


def is_clean_address(raw: str) -> bool:
    """Whether it is of the usual form that ``clean_address`` leaves as it is."""
    return len(raw) <= ADDRESS_LIMIT and bool(_CLEAN.fullmatch(raw))


def _place(host: str, port: int | None) -> str:
    name = _host(host)
    if not name or port == 0:
        return ""
    return name if port is None else f"{name}:{port}"


def _host(host: str) -> str:
    if ":" in host:
        try:
            return "" if "%" in host else f"[{IPv6Address(host).compressed}]"
        except AddressValueError:
            return ""
    name = host if host.isascii() else _punycode(host)
    if not _HOST_NAME.fullmatch(name):
        return ""
    return _ipv4(name) if _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]) else name


def _ipv4(spelling: str) -> str:
    """The usual form of "127.1", "0x7f000001", "2130706433" and "0177.0.0.1", or "".

    The system's name look-up takes them all, and so do browsers, which write them the usual way.
    """
    parts = spelling.removesuffix(".").split(".")
    try:
        *front, last = [_number(part) for part in parts]
    except ValueError:
        return ""
    room = 256 ** (_BYTES - len(front)) if len(front) < _BYTES else 0
    if last >= room or any(number > _BYTE for number in front):
        return ""
    whole = sum(number << (24 - 8 * at) for at, number in enumerate(front)) + last
    return str(IPv4Address(whole))


def _number(part: str) -> int:
    """A part in decimal, octal or hexadecimal; raises ValueError if it is none of them."""
    if not _NUMBER.fullmatch(part):
        raise ValueError
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)


def _punycode(host: str) -> str:
    """The host in ASCII (RFC 3492); raises UnicodeError where it has no such form."""
    labels = re.split("[.\u3002\uff0e\uff61]", host)
    return ".".join(_punycode_label(label) for label in labels)


def _punycode_label(label: str) -> str:
    # Python's codec is IDNA 2003 and turns "ß" into "ss": another host than browsers open today.
    if _KEPT_BY_IDNA_2008.search(label):
        return "xn--" + normalize("NFKC", label).lower().encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii").lower() if label else ""


def _encoded(part: str, safe: str) -> str:
    if _PLAIN.fullmatch(part):
        return part
    return quote(_STRAY_PERCENT.sub("%25", part), safe=safe)
