"""Which article of a feed an entry is.

Identity is the guid, else the link, else a hash of the text, always within one feed: publishers
copy each other's guids, use one for all their articles, or change the text under one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from store.feeds.texts import hash_of_entry
from store.model import Feed, Headline, ParsedEntry, article_id


def known_as(number: int, known: Mapping[int, Headline]) -> Headline | None:
    """The article that goes by this id, or went by another before."""
    found = known.get(number)
    return known.get(found.same_as) if found is not None and found.same_as else found


def identified(
    feed: Feed, entries: Sequence[ParsedEntry], known: Mapping[int, Headline]
) -> Iterator[tuple[str, ParsedEntry]]:
    """Each entry with the guid that it goes by in this feed; repetitions are left out."""
    once: dict[str, ParsedEntry] = {}
    sharing: dict[str, list[ParsedEntry]] = {}
    for entry in entries:
        if once.setdefault(_fuller_guid(entry), entry) is entry:
            sharing.setdefault(_guid(entry), []).append(entry)
    keepers = {guid: _keeper(feed, guid, group, known) for guid, group in sharing.items()}
    for fuller, entry in once.items():
        guid = _guid(entry)
        name = guid if keepers[guid] is entry else fuller
        yield (f"{name} {hash_of_entry(entry)}" if _collides(feed, name, known) else name), entry


def _guid(entry: ParsedEntry) -> str:
    return entry.guid or entry.address or hash_of_entry(entry)


def _fuller_guid(entry: ParsedEntry) -> str:
    """What an entry goes by where its guid, or for want of one its link, is another's already."""
    if entry.guid and entry.address:
        return f"{entry.guid} {entry.address}"
    return f"{_guid(entry)} {hash_of_entry(entry)}"


def _keeper(
    feed: Feed, guid: str, group: Sequence[ParsedEntry], known: Mapping[int, Headline]
) -> ParsedEntry | None:
    """Which of the entries that share a guid goes by it: the article that did so before.

    None of them, if that article is no longer in the document: it would get another's text.
    """
    if not known:
        return group[0]
    before = known_as(article_id(feed.first_address, guid), known)
    strangers = [
        entry for entry in group if article_id(feed.first_address, _fuller_guid(entry)) not in known
    ]
    if before is None or len(group) == 1:
        return next(iter(strangers), None)
    best = max(strangers, key=lambda entry: _likeness(entry, before), default=None)
    return best if best is not None and any(_likeness(best, before)) else None


def _likeness(entry: ParsedEntry, before: Headline) -> tuple[bool, bool]:
    """How far an entry is the article that was known: by its text, by its page."""
    same_page = bool(entry.guid) and entry.address == before.address
    return hash_of_entry(entry) == before.feed_hash, same_page


def _collides(feed: Feed, guid: str, known: Mapping[int, Headline]) -> bool:
    """Whether two guids of a feed fall on one 53-bit id."""
    before = known.get(article_id(feed.first_address, guid))
    return before is not None and before.guid != guid
