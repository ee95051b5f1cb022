"""Where one reads on when a list has nothing unread any more."""

from __future__ import annotations

from collections.abc import Sequence

from tui.widgets.feed_tree import Place


def next_with_unread(places: Sequence[Place], here: Place, direction: int) -> Place | None:
    """The next place in the tree that has unread articles, around; None if there is none.

    From a feed that is a feed, from a folder a folder, while there is one; else a feed or folder.
    """
    at = next((i for i, place in enumerate(places) if place.key == here.key), 0)
    ahead = [*places[at + 1 :], *places[:at]]
    if direction < 0:
        ahead.reverse()
    for kinds in ((here.kind,), ("feed", "folder")):
        if kinds[0] in ("feed", "folder", "view"):
            for place in ahead:
                if place.kind in kinds and place.unread:
                    return place
    return None
