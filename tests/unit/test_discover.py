"""Where feeds are looked for, and what of a paste is an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.discover import MOST_TYPED, addresses_in, known_feeds, usual_feeds
from store.feeds.web.address import host_of, typed_address


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("example.org", ["example.org"]),
        ("  <https://example.org/feed>, ", ["https://example.org/feed"]),
        ("“https://example.org/feed”.", ["https://example.org/feed"]),
        ("My blog is https://example.org/feed!", ["https://example.org/feed"]),
        ("https://a.example/\nhttps://b.example/\n", ["https://a.example/", "https://b.example/"]),
        ("a.example b.example a.example", ["a.example", "b.example"]),
        ("https://w.example/wiki/Feed_(web)", ["https://w.example/wiki/Feed_(web)"]),
        ("(see https://w.example/wiki/Feed)", ["https://w.example/wiki/Feed"]),
        ("http://[::1]:8000/feed", ["http://[::1]:8000/feed"]),
        ("([::1]:8000/feed), [a.example]", ["[::1]:8000/feed", "a.example"]),
        ("feed://a.example/f feeds:https://b.example/g", None),
        ("localhost:8000", ["localhost:8000"]),
        ("a.example/feed https://b.example/\nlocalhost:8000/f c.example", None),
        ("https://b.example/ javascript:alert(1)", None),
        (
            "take https://b.example/ and/or a.example/feed.xml e.g.",
            ["https://b.example/", "a.example/feed.xml"],
        ),
        ("no address here", ["no address here"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_addresses_are_found_in_what_is_pasted(text: str, addresses: list[str] | None) -> None:
    assert addresses_in(text) == (text.split() if addresses is None else addresses)


def test_an_endless_paste_ends() -> None:
    assert len(addresses_in(" ".join(f"a{n}.example" for n in range(1_000)))) == MOST_TYPED


@given(st.text())
def test_any_paste_is_read(text: str) -> None:
    assert all(addresses_in(text))
    assert bool(addresses_in(text)) == bool(text.strip())


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("feed://a.example/f", "https://a.example/f"),
        ("feed:https://a.example/f", "https://a.example/f"),
        ("feed:http://a.example/f", "http://a.example/f"),
        ("feeds://a.example/f", "https://a.example/f"),
        ("feeds:https://a.example/f", "https://a.example/f"),
        ("FEED:a.example", "https://a.example/"),
    ],
)
def test_addresses_of_feeds_by_their_old_scheme_work(typed: str, address: str) -> None:
    assert typed_address(typed).address == address


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        (
            "https://www.youtube.com/channel/UCabc/videos",
            ["https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"],
        ),
        (
            "https://m.youtube.com/playlist?list=PL12&x=y",
            ["https://www.youtube.com/feeds/videos.xml?playlist_id=PL12"],
        ),
        ("https://youtube.com/user/x1", ["https://www.youtube.com/feeds/videos.xml?user=x1"]),
        ("https://www.youtube.com/@name", []),
        ("https://www.youtube.com/watch?list=a%22b", []),
        (
            "https://github.com/a/b",
            [f"https://github.com/a/b/{what}.atom" for what in ("releases", "commits", "tags")],
        ),
        ("https://github.com/a/b/releases/", ["https://github.com/a/b/releases.atom"]),
        ("https://github.com/a/b/commits", ["https://github.com/a/b/commits.atom"]),
        ("https://github.com/a/b/tree/x/y", ["https://github.com/a/b/commits/x/y.atom"]),
        ("https://github.com/a/b/releases.atom", []),
        ("https://github.com/a/b/commits/main.atom", []),
        ("https://github.com/a", []),
        ("https://github.com/features/actions", []),
        ("https://old.reddit.com/r/news/new/", ["https://www.reddit.com/r/news/new/.rss"]),
        ("https://www.reddit.com/user/x", ["https://www.reddit.com/user/x/.rss"]),
        ("https://www.reddit.com/r/news/.rss", []),
        ("https://medium.com/@x/a-story-1", ["https://medium.com/feed/@x"]),
        ("https://medium.com/", []),
        ("https://x.medium.com/story", ["https://x.medium.com/feed"]),
        ("https://x.substack.com/p/y", ["https://x.substack.com/feed"]),
        ("https://x.substack.com/feed", []),
        ("https://bsky.app/profile/x.example", ["https://bsky.app/profile/x.example/rss"]),
        ("https://example.org/channel/UCabc", []),
        ("https://notgithub.com/a/b", []),
    ],
)
def test_sites_whose_rules_are_known_are_not_looked_through(page: str, feeds: list[str]) -> None:
    assert [feed.address for feed in known_feeds(page)] == feeds


def test_what_a_site_rule_gives_is_on_that_site_and_an_address() -> None:
    for page in ("https://github.com/a/b", "https://www.youtube.com/channel/UC-_9"):
        for feed in known_feeds(page):
            assert typed_address(feed.address).address == feed.address
            assert host_of(feed.address) == host_of(page)


def test_usual_places_are_on_the_very_host_of_the_page_and_few() -> None:
    places = usual_feeds("https://blog.example:8443/news/page?x=1")
    assert places[0] == "https://blog.example:8443/news/page/feed/"
    assert "https://blog.example:8443/atom.xml" in places
    assert all(place.startswith("https://blog.example:8443/") for place in places)
    assert len(places) <= 10


def test_a_mastodon_profile_has_its_feed_beside_it() -> None:
    assert usual_feeds("https://social.example/@ana")[0] == "https://social.example/@ana.rss"


def test_the_page_itself_is_no_place_to_look() -> None:
    assert "https://a.example/feed" not in usual_feeds("https://a.example/feed")
