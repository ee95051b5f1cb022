"""What lists do not keep of headlines and queries ask for: tags, full text, changes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from store.shelf.disk import Signature
from store.shelf.whole_reading import HeadRead, WholeReading
from store.text.matching import folded


@dataclass
class _Facts:
    """Of the articles of one segment."""

    state: Signature
    tags: dict[str, array[int]] = field(default_factory=dict)
    labelled: array[int] = field(default_factory=lambda: array("q"))
    full_text: array[int] = field(default_factory=lambda: array("q"))
    changed: array[int] = field(default_factory=lambda: array("q"))


class HeadFacts:
    """Articles by what their headlines say; read when it is first asked for, then kept up."""

    def __init__(self, whole: WholeReading) -> None:
        self._whole = whole
        self._segments: dict[str, _Facts] = {}

    def refresh(self) -> None:
        """Read the segments that changed since, or all: some 3 us an article. Raises ShelfError."""
        now = self._whole.states()
        for name in self._segments.keys() - now.keys():
            del self._segments[name]
        for name, state in now.items():
            known = self._segments.get(name)
            if known is None or known.state != state:
                read, heads = self._whole.heads(name)
                self._segments[name] = _facts_of(heads, read or state)

    def tagged(self, typed: str) -> frozenset[int]:
        """The articles that are filed under a name, else those under names that begin so."""
        wanted = _plain(typed)
        if not wanted:
            return frozenset()
        whole = _all(facts.tags.get(wanted, ()) for facts in self._segments.values())
        return whole or _all(
            articles
            for facts in self._segments.values()
            for tag, articles in facts.tags.items()
            if tag.startswith(wanted)
        )

    def labelled(self) -> frozenset[int]:
        """Articles that have a label."""
        return _all(facts.labelled for facts in self._segments.values())

    def with_full_text(self) -> frozenset[int]:
        """Articles that are shown as their page has them."""
        return _all(facts.full_text for facts in self._segments.values())

    def changed(self) -> frozenset[int]:
        """Articles that their publisher changed after they were read."""
        return _all(facts.changed for facts in self._segments.values())


def _all(parts: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset().union(*parts)


def _facts_of(heads: Iterable[HeadRead], state: Signature) -> _Facts:
    facts = _Facts(state)
    for head in heads:
        if head.labels:
            facts.labelled.append(head.id)
        if head.shows_page:
            facts.full_text.append(head.id)
        if head.changed:
            facts.changed.append(head.id)
        for tag in {_plain(one) for one in (*head.labels, *head.categories)}:
            facts.tags.setdefault(tag, array("q")).append(head.id)
    return facts


def _plain(tag: str) -> str:
    return " ".join(folded(tag).split())
