"""What a person looks for again and again: views, rules and watch words, kept on the desk."""

from __future__ import annotations

from store.model.text import Value


class View(Value, frozen=True, kw_only=True):
    """A query with a name, which stands among the lists."""

    id: str
    """A random one, in hexadecimal."""
    name: str
    query: str
    """As typed: see ``store.query``."""
    pins: bool = False
    """Whether what is in it is kept, however old it grows."""


class Rule(Value, frozen=True, kw_only=True):
    """What happens by itself to an article that comes in and that a query finds."""

    id: str
    name: str
    query: str
    star: bool = False
    read: bool = False
    labels: tuple[str, ...] = ()
    """What it is filed under then."""
    notify: bool = False
    """Whether the person is told."""
    on: bool = True


class WatchWord(Value, frozen=True, kw_only=True):
    """A word or a phrase that is lit up wherever it stands."""

    text: str
    """Words as they are looked for: "export controls" finds the two in that order."""
    notify: bool = False
    """Whether the person is told of an article that comes in and says it."""
    on: bool = True


class Label(Value, frozen=True, kw_only=True):
    """What articles are filed under; those of a desk are offered, the last used one first."""

    name: str


class Noticed(Value, frozen=True, kw_only=True, tag="noticed", tag_field="outcome"):
    """Articles that came in and that the person wants to be told of, for one reason."""

    name: str
    """Of the rule, or the watch word."""
    articles: int
    """How many."""
    titles: tuple[str, ...] = ()
    """Of the first few."""


def noticed_told(noticed: Noticed) -> str:
    """In a sentence: "3 articles for “Chip exports”: A fab for Kumano · …"."""
    count = noticed.articles
    many = "1 article" if count == 1 else f"{count} articles"
    more = " · …" if count > len(noticed.titles) else ""
    return f"{many} for “{noticed.name}”: {' · '.join(noticed.titles)}{more}"
