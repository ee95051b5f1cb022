"""Addresses without the parameters that follow a reader about."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.tracking import without_tracking

PAGE = "https://news.example/2026/a%20story"


@pytest.mark.parametrize(
    "tail",
    [
        "?utm_source=rss&utm_medium=feed&utm_campaign=x",
        "?fbclid=1",
        "?gclid=1&dclid=2&gbraid=3&wbraid=4&msclkid=5",
        "?mc_cid=1&mc_eid=2",
        "?igshid=1&yclid=2&_hsenc=3&_hsmi=4",
        "?vero_conv=1&oly_enc_id=2&wt_mc=3&ref_src=twsrc&at_medium=rss",
        "?UTM_Source=rss",
        "?utm%5Fsource=rss",
        "?utm_source",
        "#xtor=RSS-1",
        "#utm_source=rss&utm_medium=feed",
        "?utm_source=a#xtor=RSS-3208",
    ],
)
def test_what_only_follows_is_dropped(tail: str) -> None:
    assert without_tracking(PAGE + tail) == PAGE


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("?id=7&utm_source=rss", "?id=7"),
        ("?utm_source=rss&b=2&a=1", "?b=2&a=1"),
        ("?q=%7E~+x&gclid=1&q=2", "?q=%7E~+x&q=2"),
        ("?a&&fbclid=1&b=", "?a&&b="),
        ("?fbclid=1#part-2", "#part-2"),
        ("?at=9&utm=1&source=rss", "?at=9&utm=1&source=rss"),
        ("?page=/utm_source/x", "?page=/utm_source/x"),
        ("?next=https://a.example/?utm_source=1", "?next=https://a.example/?utm_source=1"),
        ("#section=utm_", "#section=utm_"),
        ("?", "?"),
        ("", ""),
    ],
)
def test_the_rest_keeps_its_order_and_its_letters(given: str, left: str) -> None:
    assert without_tracking(PAGE + given) == PAGE + left


def test_a_path_that_looks_like_one_stays() -> None:
    address = "https://news.example/utm_source=1&fbclid=2"
    assert without_tracking(address) == address


NAMES = st.sampled_from(["utm_source", "fbclid", "id", "q", "Gclid", "utm%5fx", "", "a=b", "#"])
QUERIES = st.lists(st.tuples(NAMES, st.text(max_size=4)), max_size=6).map(
    lambda pairs: "&".join("=".join(pair) for pair in pairs)
)


@given(QUERIES, st.text(max_size=12))
def test_any_address_keeps_its_host_and_path_and_twice_is_as_once(query: str, text: str) -> None:
    address = f"{PAGE}?{query}#{text}"
    once = without_tracking(address)
    assert without_tracking(once) == once
    assert once.startswith(PAGE)
    assert len(once) <= len(address)


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    once = without_tracking(text)
    assert without_tracking(once) == once
    assert once.partition("?")[0].partition("#")[0] == text.partition("#")[0].partition("?")[0]


def test_host_and_path_are_those_of_before() -> None:
    once = without_tracking("http://[2001:db8::1]:8080/a;b=c?utm_id=1&x=%ff")
    assert urlsplit(once)[:3] == ("http", "[2001:db8::1]:8080", "/a;b=c")
