"""settings.toml, read: every setting by its name, every mistake with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from store.key_table import Clash
from store.settings import choices
from store.settings.catalogue import TABLES
from store.settings.folders import SETTINGS_FILE, Folders
from store.settings.values import Settings
from store.settings_page import SettingsError, SettingsPage, text_of

_READ: dict[str, Callable[[SettingsPage, Folders], Any]] = {
    "annotator": choices.annotator,
    "others": choices.others,
    "theme": choices.theme,
    "preset": choices.preset,
    "keys": choices.keys,
    "codebook": choices.codebook,
    "threshold": choices.threshold,
    "review_across": choices.review_across,
    "automatic": choices.automatic,
    "minutes": choices.minutes,
    "agent": choices.agent,
    "tracking": choices.tracking,
    "browser": choices.browser,
    "pipes": choices.pipes,
    "width": choices.width,
    "stories": choices.stories,
    "keep_days": choices.keep_days,
    "keep_articles": choices.keep_articles,
}
"""How each field of ``Settings`` is read."""


def load_settings(where: Folders, *, bindings: Collection[str] | None = None) -> Settings:
    """Read settings.toml; without one, the defaults.

    ``bindings`` are the binding ids in use: with them the names under ``[keys]`` are checked too.

    Raises:
        SettingsError: The file cannot be read, or says something that cannot be meant.
    """
    page = page_of(where.settings / SETTINGS_FILE)
    for stranger in page.strangers(TABLES):
        raise stranger
    read = {field: choose(page, where) for field, choose in _READ.items()}
    for stranger in page.strange_bindings(read["keys"], bindings):
        raise stranger
    return Settings(**read)


def mistakes_in(
    file: Path, where: Folders, bindings: Collection[str] | None = None
) -> list[SettingsError]:
    """All that is wrong in a file of settings, in the order of its lines."""
    try:
        page = page_of(file)
    except SettingsError as error:
        return [error]
    # What is no table is met by each setting that would stand in it.
    found = {str(mistake): mistake for mistake in _mistakes(page, where, bindings)}
    return sorted(found.values(), key=lambda mistake: mistake.line)


def _mistakes(
    page: SettingsPage, where: Folders, bindings: Collection[str] | None
) -> Iterator[SettingsError]:
    yield from page.strangers(TABLES)
    for field, choose in _READ.items():
        try:
            if field == "keys":
                yield from page.combinations(besides=choices.NO_IDS)[1]
                ids = dict(page.bindings(choices.NO_IDS))
                yield from page.strange_bindings(ids, bindings)
            elif field == "pipes":
                yield from choices.mistakes_in_pipes(page)
            else:
                choose(page, where)
        except SettingsError as error:
            yield error


def told_clash(page: SettingsPage, clash: Clash, own: Collection[str]) -> SettingsError:
    """The sentence for a key that the person gave, and that does another thing already."""
    mine, other = (clash.other, clash.one) if clash.other in own else (clash.one, clash.other)
    return page.error(f"keys.{mine}", f"has the key {clash.key}, as {other!r} has")


def page_of(file: Path) -> SettingsPage:
    """A file of settings, taken apart; an empty one where there is none.

    Raises:
        SettingsError: It cannot be read, or is not TOML.
    """
    return SettingsPage(file, text_of(file))


def fetch_agent(where: Folders) -> str:
    """Read what publishers are told the program is called, as ``fetch_minutes`` reads; "": usual.

    Raises:
        SettingsError: It is not there to be read.
    """
    return choices.agent(page_of(where.settings / SETTINGS_FILE), where)


def fetch_minutes(where: Folders) -> int:
    """Read the usual time between two fetches, and nothing else, from settings.toml.

    Raises:
        SettingsError: It is not there to be read; what is wrong elsewhere in the file is no matter.
    """
    return choices.minutes(page_of(where.settings / SETTINGS_FILE), where)
