"""Where the feeds of a web page are looked for: pure, from addresses and what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit, urlunsplit

from store.model.subscribing import FeedForm, FoundFeed

MOST_TYPED = 100
"""Addresses in one paste."""
TOO_MANY = f"Only the first {MOST_TYPED} addresses are taken at once; paste the others again."
USUAL_PATHS = (
    "feed/", "feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json",
)  # fmt: skip
"""Where feeds lie on most sites, the most usual first; asked one after the other."""

_AROUND = "<>\"'“”‘’«»„`,;()[]{}"
_AT_END = ".!?…:"
_OF_GITHUB_NAMES = (
    "about apps collections contact customer-stories enterprise events explore features join login "
    "marketplace new notifications orgs organizations pricing search security settings signup site "
    "sponsors stars team topics trending"
)
_OF_GITHUB = frozenset(_OF_GITHUB_NAMES.split())
_NAME = r"[A-Za-z0-9][\w.-]*"
_IPV6 = re.compile(r"\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]")
"""Such a host has brackets of its own."""
_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?/|[\w.-]+:\d+(/|$)")
"""Host and path, or host and port."""


def addresses_in(text: str) -> list[str]:
    """The addresses that somebody typed or pasted, with what stood around them taken off.

    "<https://a.example/>, https://b.example." are two. Words between addresses are left out;
    where nothing looks like an address, all of it comes back as one, to be told what is wrong.
    """
    words = [bare for word in text.split() if (bare := _bare(word))]
    chosen = [word for word in words if "." in word or ":" in word or "/" in word]
    if len(chosen) < len(words):
        # Prose has full stops and slashes of its own, so beside whole addresses it must be plain.
        whole = [word for word in chosen if _is_whole(word)]
        plain = [word for word in chosen if _is_whole(word) or _WITHOUT_SCHEME.match(word)]
        chosen = plain if whole else chosen
    if len(words) == 1:
        chosen = words
    return list(dict.fromkeys(chosen))[:MOST_TYPED] or ([text.strip()] if text.strip() else [])


def _is_whole(word: str) -> bool:
    return "://" in word or word.lower().startswith(("feed:", "feeds:"))


def _bare(word: str) -> str:
    """A word without brackets, quotes and the punctuation of a sentence around it."""
    marks = (at for at, mark in enumerate(word) if mark not in _AROUND or _IPV6.match(word, at))
    word = word[next(marks, len(word)) :]
    while word:
        if word[-1] in ")]}" and _closes(word):
            break
        if word[-1] in _AROUND or (word[-1] in _AT_END and len(word) > 1):
            word = word[:-1]
        else:
            break
    return word


def _closes(word: str) -> bool:
    """Whether the last bracket belongs to one in the word, as in "…/wiki/Feed_(web)" or "[::1]"."""
    opening = {")": "(", "]": "[", "}": "{"}[word[-1]]
    return word.count(opening) >= word.count(word[-1])


def known_feeds(address: str) -> tuple[FoundFeed, ...]:
    """The feeds of a page on a site whose rules are known; none if it is no such page."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    for of_site in (_youtube, _github, _reddit, _medium, _others):
        if found := tuple(of_site(host, parts.path.rstrip("/"), parts.query)):
            return found
    return ()


def usual_feeds(address: str) -> tuple[str, ...]:
    """Addresses on the page's own host where its feed may lie though the page does not say so."""
    parts = urlsplit(address)
    root = urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
    own = parts.path.strip("/")
    places = []
    # A Mastodon profile, whatever the host is called.
    if re.fullmatch(rf"@{_NAME}", own):
        places.append(f"{root}{own}.rss")
    if own:
        places.append(f"{root}{own}/feed/")
    places += [root + end for end in USUAL_PATHS]
    return tuple(dict.fromkeys(one for one in places if one != address))


def _youtube(host: str, path: str, query: str) -> Iterator[FoundFeed]:
    if host not in {"youtube.com", "youtube-nocookie.com"}:
        return
    feed = "https://www.youtube.com/feeds/videos.xml?"
    if lists := parse_qs(query).get("list"):
        if re.fullmatch(r"[\w-]{2,80}", lists[0]):
            yield _feed(f"{feed}playlist_id={lists[0]}", "Playlist")
    elif channel := re.match(r"/channel/([\w-]{2,80})(?:/|$)", path):
        yield _feed(f"{feed}channel_id={channel[1]}", "Channel")
    elif user := re.match(r"/user/([\w-]{2,80})(?:/|$)", path):
        yield _feed(f"{feed}user={user[1]}", "Channel")


def _github(host: str, path: str, query: str) -> Iterator[FoundFeed]:
    if host != "github.com":
        return
    words = path.strip("/").split("/")
    if words[0].lower() in _OF_GITHUB or not all(re.fullmatch(_NAME, word) for word in words[:2]):
        return
    project = "https://github.com/" + "/".join(words[:2])
    match words:
        case [_, _]:
            yield _feed(f"{project}/releases.atom", "Releases")
            yield _feed(f"{project}/commits.atom", "Commits")
            yield _feed(f"{project}/tags.atom", "Tags")
        case [_, _, "releases" | "tags" as what]:
            yield _feed(f"{project}/{what}.atom", what.capitalize())
        case [_, _, "commits"]:
            yield _feed(f"{project}/commits.atom", "Commits")
        case [_, _, "commits" | "tree", *branch] if not branch[-1].endswith(".atom"):
            yield _feed(f"{project}/commits/{'/'.join(branch)}.atom", "Commits")


def _reddit(host: str, path: str, query: str) -> Iterator[FoundFeed]:
    if host not in {"reddit.com", "old.reddit.com", "new.reddit.com", "np.reddit.com"}:
        return
    if re.fullmatch(
        r"/(?:r|u|user)/[\w+-]+(?:/(?:new|top|hot|rising|comments(?:/[\w-]+)*))?", path
    ):
        yield _feed(f"https://www.reddit.com{path}/.rss", path.strip("/"))


def _medium(host: str, path: str, query: str) -> Iterator[FoundFeed]:
    first = path.strip("/").partition("/")[0]
    if host == "medium.com" and first not in {"", "feed", "m", "tag", "search", "me", "p"}:
        yield _feed(f"https://medium.com/feed/{first}", first)
    elif host.endswith((".medium.com", ".substack.com")) and not path.startswith("/feed"):
        yield _feed(f"https://{host}/feed", "")


def _others(host: str, path: str, query: str) -> Iterator[FoundFeed]:
    if host == "bsky.app" and (who := re.fullmatch(r"/profile/([\w.:-]+)", path)):
        yield _feed(f"https://bsky.app/profile/{who[1]}/rss", who[1])


def _feed(address: str, title: str) -> FoundFeed:
    return FoundFeed(address=address, title=title, form=_form(address))


def _form(address: str) -> FeedForm:
    return "atom" if address.endswith(".atom") else ""
