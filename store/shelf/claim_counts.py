"""How many claims each article has, kept by segment so that one change reads one file."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping

from store.shelf.column_file import count_claims
from store.shelf.disk import Signature, signature
from store.shelf.segments import Segments


class ClaimCounts:
    """Accepted claims by article, and which segments say anything of an article."""

    def __init__(self, segments: Segments, saved: Mapping[str, tuple[Signature, bytes]]) -> None:
        self.segments = {name: state for name, (state, _) in saved.items()}
        """The state in which each claim segment was counted."""
        self._files = segments
        self._by_segment = {
            name: (state, _unpaired(pairs)) for name, (state, pairs) in saved.items()
        }
        self._total: Counter[int] = Counter()
        for _, counted in self._by_segment.values():
            self._total.update(counted)

    def on(self, article: int) -> int:
        """How many claims the article has."""
        return self._total.get(article, 0)

    def articles(self) -> set[int]:
        """Those that have any."""
        return {article for article, count in self._total.items() if count}

    def telling_of(
        self, article: int, names: Iterable[str], changed: frozenset[str] | None
    ) -> list[str]:
        """Which of these segments are to be looked into for an article.

        ``changed`` are those that may have changed since they were counted, None when that is not
        known: of each of these a stat tells, and what did change is always looked into.
        """
        return [
            name
            for name in names
            if self._tells_of(name, article)
            or ((changed is None or name in changed) and self._has_changed(name))
        ]

    def _tells_of(self, name: str, article: int) -> bool:
        return name not in self._by_segment or article in self._by_segment[name][1]

    def _has_changed(self, name: str) -> bool:
        return self.segments.get(name) != signature(self._files.path(name))

    def take(self, name: str, state: Signature | None) -> None:
        """Count a segment anew; None is the state of one that is gone."""
        counted: Mapping[int, int] = {}
        if state is not None:
            state, counted = count_claims(self._files, name)
        _, before = self._by_segment.get(name, (None, {}))
        for article in before.keys() | counted.keys():
            self._total[article] += counted.get(article, 0) - before.get(article, 0)
        if state is None:
            self.segments.pop(name, None)
            self._by_segment.pop(name, None)
        else:
            self.segments[name] = state
            self._by_segment[name] = (state, counted)

    def saved(self) -> dict[str, tuple[Signature, bytes]]:
        """What the derived file keeps of it."""
        return {
            name: (state, _paired(counts)) for name, (state, counts) in self._by_segment.items()
        }


def _paired(counts: Mapping[int, int]) -> bytes:
    return array("q", [number for pair in counts.items() for number in pair]).tobytes()


def _unpaired(pairs: bytes) -> Mapping[int, int]:
    numbers = array("q", pairs)
    return dict(zip(numbers[::2], numbers[1::2], strict=True))
