"""What a publisher files an entry under: RSS and Atom categories, subjects, tags of JSON Feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from store.text.clean import clean_line

MOST_CATEGORIES = 20
"""Of one entry; who gives more gives key words for search engines."""
CATEGORY_LIMIT = 80
"""Characters of one."""
_MACHINES = re.compile(r"https?://|(?:urn|tag):", re.IGNORECASE)
"""Of names for programs, as ``http://schemas.google.com/blogger/2008/kind#post``."""


def categories_of(entry: Any) -> tuple[str, ...]:
    """What feedparser understood of an entry's categories: as they read, else as they are coded."""
    tags = entry.get("tags") or ()
    named = (tag for tag in tags if isinstance(tag, Mapping))
    return listed_categories(_text(tag, "label") or _text(tag, "term") for tag in named)


def listed_categories(told: Iterable[object]) -> tuple[str, ...]:
    """Names cleaned, each once, in their order; what is no text or meant for programs left out."""
    kept: dict[str, str] = {}
    for name in told:
        if len(kept) == MOST_CATEGORIES:
            break
        if not isinstance(name, str) or _MACHINES.match(name.lstrip()):
            continue
        if line := " ".join(clean_line(name, limit=CATEGORY_LIMIT).split()):
            kept.setdefault(line.casefold(), line)
    return tuple(kept.values())


def _text(tag: Mapping[str, Any], name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""
