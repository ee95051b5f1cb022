"""What the program's keys are, as values: for who prints or checks them without a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Protocol

from store.model import Value


class KeyRow(Value, frozen=True, kw_only=True):
    """A command and its keys."""

    pane: str
    """Where they work, as people call it."""
    keys: tuple[str, ...]
    """As people read them: "PgDn"."""
    says: str
    """What they do."""
    id: str
    """What the command is called in settings.toml."""


class Clash(Value, frozen=True, kw_only=True):
    """A key that would do two things in one place."""

    key: str
    """As people read it."""
    one: str
    other: str
    """The ids of both commands."""

    def __str__(self) -> str:
        return f"{self.key} is the key of both {self.one} and {self.other}."


class Program(Protocol):
    """Who knows every key: the screen, which the store does not know."""

    def binding_ids(self) -> frozenset[str]:
        """The ids that a person can give other keys."""

    def key_rows(self, keymap: Mapping[str, str]) -> list[KeyRow]:
        """Every command once, pane by pane; ``keymap`` holds the keys that were chosen, by id."""

    def preset_keys(self, preset: str) -> dict[str, str]:
        """The keys of a preset, by id; only where they differ from the usual ones."""

    def theme_names(self, folder: Path) -> frozenset[str]:
        """The themes that there are, with those of a person's own folder."""

    def clashes(self, keymap: Mapping[str, str], own: Iterable[str]) -> list[Clash]:
        """Where one key would do two things, of which one is among ``own``."""


def markdown(rows: Iterable[KeyRow]) -> Iterator[str]:
    """A table for each pane, line by line."""
    for pane, group in groupby(rows, key=lambda row: row.pane):
        yield from (f"## {pane}", "", "| key | what it does | id |", "| --- | --- | --- |")
        for row in group:
            yield f"| {written(row.keys)} | {_cell(row.says)} | `{row.id}` |"
        yield ""


def written(keys: Iterable[str]) -> str:
    """Keys in a cell of a table."""
    return " ".join(f"`{_cell(key)}`" for key in keys)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
