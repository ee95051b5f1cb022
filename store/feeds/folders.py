"""Folders of feeds: how their paths are typed and told, and in which order all of it stands. Pure.

A folder is where feeds stand in: it is there as long as one does. A path is told as "Tech/Chips";
where a name has a slash or a comma of its own, a backslash stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from store.model import Feed, Value
from store.model.subscribing import DEEPEST
from store.text.clean import TITLE_LIMIT, clean_line

T = TypeVar("T")
Path = tuple[str, ...]
"""Names of folders, outermost first."""


class Branch(Value, frozen=True, kw_only=True):
    """A folder with all that stands in it, in order; the one of the empty path is the whole."""

    path: Path = ()
    folders: tuple[Branch, ...] = ()
    feeds: tuple[Feed, ...] = ()
    numbers: frozenset[int] = frozenset()
    """Of all feeds in it and in its folders, each once."""


def typed_paths(text: str) -> tuple[Path, ...]:
    """What "Tech/Chips, Asia" means; nothing for an empty line. Empty names are left out."""
    paths = (typed_path(one) for one in _split(text, ","))
    return tuple(dict.fromkeys(path for path in paths if path))


def typed_path(text: str) -> Path:
    """What "Tech/Chips" means; the empty path where no name is in it."""
    names = (clean_line(_bare(name), limit=TITLE_LIMIT).strip() for name in _split(text, "/"))
    return tuple(name for name in names if name)[:DEEPEST]


def path_told(path: Path) -> str:
    """The inverse of ``typed_path``."""
    return "/".join(_escaped(name) for name in path)


def paths_told(paths: Iterable[Path]) -> str:
    """The inverse of ``typed_paths``."""
    return ", ".join(path_told(path) for path in paths)


def folders_of(feeds: Iterable[Feed]) -> list[Path]:
    """Every folder that there is, outer ones too, by name."""
    paths = {path[:depth] for path in _paths(feeds) for depth in range(1, len(path) + 1)}
    return sorted(paths, key=_by_name)


def tree_of(feeds: Iterable[Feed], order: Sequence[Path] = ()) -> Branch:
    """All feeds in their folders: those that a person gave places in them, the others by name.

    ``order`` are folders as a person ordered them; those that it does not name come last.
    """
    standing: dict[Path, list[Feed]] = {}
    for feed in sorted(feeds, key=_by_place):
        for path in feed.folders or ((),):
            standing.setdefault(path, []).append(feed)
    places = {path: place for place, path in enumerate(order)}
    inner: dict[Path, dict[Path, None]] = {}
    for path in standing:
        for depth in range(len(path)):
            inner.setdefault(path[:depth], {})[path[: depth + 1]] = None

    def branch(path: Path) -> Branch:
        folders = sorted(
            inner.get(path, ()), key=lambda one: (places.get(one, len(places)), _by_name(one))
        )
        within = tuple(branch(folder) for folder in folders)
        own = tuple(standing.get(path, ()))
        numbers = frozenset(feed.number for feed in own).union(*(one.numbers for one in within))
        return Branch(path=path, folders=within, feeds=own, numbers=numbers)

    return branch(())


def branch_at(tree: Branch, path: Path) -> Branch | None:
    """The folder of that path, if it is there."""
    for depth in range(1, len(path) + 1):
        found = (one for one in tree.folders if one.path == path[:depth])
        if (inner := next(found, None)) is None:
            return None
        tree = inner
    return tree


def feed_moved(tree: Branch, folder: Path, number: int, by: int) -> list[Feed] | None:
    """The feeds whose place changes when one goes up (-1) or down (1) among its neighbours.

    None where it stands at that end already, or not in this folder.
    """
    branch = branch_at(tree, folder)
    feeds = list(branch.feeds) if branch else []
    numbers = [feed.number for feed in feeds]
    if number not in numbers or not _swap(feeds, numbers.index(number), by):
        return None
    # Below nought: a feed that is added later has the place 0 and stands behind them.
    placed = [replace(feed, place=place) for place, feed in enumerate(feeds, start=-len(feeds))]
    return [one for one in placed if one not in feeds]


def folder_moved(tree: Branch, folder: Path, by: int) -> list[Path] | None:
    """All folders in their order when one goes up (-1) or down (1) among its neighbours.

    None where it stands at that end already, or is not there.
    """
    outer = branch_at(tree, folder[:-1]) if folder else None
    neighbours = [one.path for one in outer.folders] if outer else []
    if folder not in neighbours or not _swap(neighbours, neighbours.index(folder), by):
        return None
    others = [path for path in _folders_in(tree) if path not in neighbours]
    return [*others, *neighbours]


def renamed(feeds: Iterable[Feed], folder: Path, name: Path) -> list[Feed]:
    """The feeds that stand elsewhere when a folder is called otherwise, or put into another."""
    depth = len(folder)
    changed = []
    for feed in feeds:
        paths = [name + path[depth:] if path[:depth] == folder else path for path in feed.folders]
        told = tuple(dict.fromkeys(path[:DEEPEST] for path in paths))
        if told != feed.folders:
            changed.append(replace(feed, folders=told))
    return changed


def _folders_in(tree: Branch) -> Iterator[Path]:
    for folder in tree.folders:
        yield folder.path
        yield from _folders_in(folder)


def _swap(row: list[T], at: int, by: int) -> bool:
    if not 0 <= at + by < len(row):
        return False
    row[at], row[at + by] = row[at + by], row[at]
    return True


def _by_place(feed: Feed) -> tuple[int, str, int]:
    return (feed.place, feed.name.casefold(), feed.number)


def _by_name(path: Path) -> tuple[str, ...]:
    return tuple(name.casefold() for name in path)


def _paths(feeds: Iterable[Feed]) -> Iterator[Path]:
    return chain.from_iterable(feed.folders for feed in feeds)


def _split(text: str, at: str) -> list[str]:
    """Cut the text at a character that no backslash stands before."""
    parts = [""]
    is_escaped = False
    for letter in text:
        if letter == at and not is_escaped:
            parts.append("")
        else:
            parts[-1] += letter
        is_escaped = letter == "\\" and not is_escaped
    return parts


def _bare(name: str) -> str:
    """A name as it is meant: backslashes that protect a character are taken off."""
    letters, is_escaped = [], False
    for letter in name:
        if letter == "\\" and not is_escaped:
            is_escaped = True
            continue
        if is_escaped and letter not in "\\/,":
            letters.append("\\")
        letters.append(letter)
        is_escaped = False
    return "".join(letters) + ("\\" if is_escaped else "")


def _escaped(name: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\/," else letter for letter in name)
