"""What a person may type as a feed's address, and which addresses are nobody's business."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.web.address import (
    BadAddress,
    TypedAddress,
    host_and_port,
    is_public,
    next_hop,
    redact,
    typed_address,
)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/feed.xml", "https://example.org/feed.xml"),
        ("  example.org/feed.xml\n", "https://example.org/feed.xml"),
        ("example.org", "https://example.org/"),
        ("example.org:8443/feed", "https://example.org:8443/feed"),
        ("//example.org/feed", "https://example.org/feed"),
        ("HTTP://Example.ORG:80/A?b=C#part", "http://example.org/A?b=C"),
        ("https://example.org:443/", "https://example.org/"),
        ("feed://example.org/x", "https://example.org/x"),
        ("feed://http://example.org/x", "http://example.org/x"),
        ("feed:http://example.org/x", "http://example.org/x"),
        ("https://bücher.example/é?q=ä", "https://xn--bcher-kva.example/%C3%A9?q=%C3%A4"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://example.org/a%20b%7Ec", "https://example.org/a%20b%7Ec"),
    ],
)
def test_what_is_typed_becomes_an_address(typed: str, address: str) -> None:
    assert typed_address(typed) == TypedAddress(address=address)


@pytest.mark.parametrize(
    ("typed", "address", "permit"),
    [
        ("localhost:8000/feed", "http://localhost:8000/feed", "localhost:8000"),
        ("feed://localhost:8000/feed", "http://localhost:8000/feed", "localhost:8000"),
        ("feeds://localhost:8000/feed", "https://localhost:8000/feed", "localhost:8000"),
        ("feed://https://localhost/feed", "https://localhost/feed", "localhost:443"),
        ("https://localhost/feed", "https://localhost/feed", "localhost:443"),
        ("wiki.lan./feed", "http://wiki.lan./feed", "wiki.lan.:80"),
        ("192.168.1.20/rss", "http://192.168.1.20/rss", "192.168.1.20:80"),
        ("http://[::1]:81/x", "http://[::1]:81/x", "[::1]:81"),
        ("http://[::ffff:10.0.0.1]/x", "http://[::ffff:a00:1]/x", "[::ffff:a00:1]:80"),
        ("nas/rss", "http://nas/rss", "nas:80"),
        ("printer.local/rss", "http://printer.local/rss", "printer.local:80"),
        ("8.8.8.8/rss", "https://8.8.8.8/rss", ""),
        ("127.1:81/x", "http://127.0.0.1:81/x", "127.0.0.1:81"),
        ("0x7f000001/x", "http://127.0.0.1/x", "127.0.0.1:80"),
        ("http://0177.0.0.1./x", "http://127.0.0.1/x", "127.0.0.1:80"),
        ("http://①②⑦。0。0。1/x", "http://127.0.0.1/x", "127.0.0.1:80"),
        ("http://2130706433/x", "http://127.0.0.1/x", "127.0.0.1:80"),
        ("0/x", "http://0.0.0.0/x", "0.0.0.0:80"),
        ("134744072/x", "https://8.8.8.8/x", ""),
    ],
)
def test_who_types_a_private_address_permits_it(typed: str, address: str, permit: str) -> None:
    assert typed_address(typed) == TypedAddress(address=address, permit=permit)


def test_a_password_is_kept_apart_from_the_address() -> None:
    typed = typed_address("https://alice:se@cret@example.org/feed")
    assert typed.address == "https://example.org/feed"
    assert typed.userinfo == "alice:se@cret"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "feed:",
        "https://",
        "https:///feed",
        "https://a..b/",
        "https://-/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://256.1.1.1/",
        "https://1.2.3.4.5/",
        "https://1.2.3.09/",
        "https://feeds.7/",
        "https://4294967296/",
        "https://exa\x1b]0;mple.org/",
        "https://[fe80::1%eth0]/",
        "https://[::1",
        "https://" + "a" * 5000,
        "mailto:alice@example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/feed",
        "exec:rm",
        "data:text/xml,<rss/>",
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(BadAddress) as refused:
        typed_address(typed)
    told = str(refused.value)
    assert told.endswith(".")
    assert told.isprintable()


def test_a_refusal_repeats_no_password() -> None:
    with pytest.raises(BadAddress) as refused:
        typed_address("ftp://alice:secret@example.org/")
    assert "secret" not in str(refused.value)


@given(st.text(max_size=60))
def test_any_text_becomes_an_address_of_the_web_or_is_refused(text: str) -> None:
    try:
        typed = typed_address(text)
    except BadAddress:
        return
    assert typed.address.isascii()
    assert typed.address.startswith(("https://", "http://"))
    assert typed_address(typed.address).address == typed.address


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "255.255.255.255", "240.0.0.1", "224.0.0.1", "239.1.2.3", "192.0.2.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "ff0e::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1"),
        *("::ffff:0:7f00:1", "100::1", "3fff::1", "4000::1", "5f00::1", "::8.8.8.8"),
        *("2001:db8::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_an_address_that_is_not_public_is_known_in_every_form(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        *("8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"),
        *("64:ff9b::8.8.8.8", "2002:808:808::1"),
    ],
)
def test_a_public_address_is_known_in_every_form(ip: str) -> None:
    assert is_public(ip)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_does_not_change_what_it_is(ip: ipaddress.IPv4Address) -> None:
    plain = is_public(str(ip))
    assert is_public(f"::ffff:{ip}") == plain
    assert is_public(f"64:ff9b::{ip}") == plain
    high, low = divmod(int(ip), 0x10000)
    assert is_public(f"2002:{high:x}:{low:x}::1") == plain


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("feed2.xml", "https://example.org/a/feed2.xml"),
        ("/b?x=%7E#part", "https://example.org/b?x=%7E"),
        ("//other.example/x", "https://other.example/x"),
        ("https://other.example:443/ü", "https://other.example/%C3%BC"),
        (" ?page=2 ", "https://example.org/a/feed.xml?page=2"),
    ],
)
def test_a_redirect_leads_on(location: str, leads_to: str) -> None:
    assert next_hop("https://example.org/a/feed.xml", location) == leads_to


@pytest.mark.parametrize(
    "location",
    [
        "http://example.org/feed.xml",
        "https://alice@example.org/",
        "gopher://example.org/",
        "https://[::1",
        "https://ex\x00ample.org/",
        "https://a b/",
    ],
)
def test_a_redirect_to_less_safety_is_refused(location: str) -> None:
    with pytest.raises(BadAddress):
        next_hop("https://example.org/feed.xml", location)


def test_a_redirect_to_more_safety_is_followed() -> None:
    assert next_hop("http://example.org/", "https://example.org/") == "https://example.org/"


def test_host_and_port_always_name_the_port() -> None:
    assert host_and_port("https://Example.org/x") == "example.org:443"
    assert host_and_port("http://[::1]/x") == "[::1]:80"


def test_credentials_are_taken_out_of_any_text() -> None:
    told = redact("cannot open https://alice:se@cret@example.org/x or http://bob@b.example")
    assert told == "cannot open https://example.org/x or http://b.example"
    assert redact("mail alice@example.org") == "mail alice@example.org"


SECRETS = st.text(st.characters(min_codepoint=33, exclude_characters="/?#"), min_size=1).filter(
    lambda secret: not any(letter.isspace() for letter in secret)
)


@given(before=st.text(max_size=9), secret=SECRETS, after=st.text(max_size=9))
def test_no_password_outlives_redaction(before: str, secret: str, after: str) -> None:
    hidden = f"<{secret}>"
    told = redact(f"{before} https://alice:{hidden}@example.org/x {after}")
    assert hidden not in told.replace(before, "").replace(after, "")
    assert "https://example.org/x" in told
