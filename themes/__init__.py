"""Colour themes: the shipped ones and the person's own, each a TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from themes.reading import ROLES, BadTheme, read_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.theme import Theme

__all__ = ["DEFAULT_THEME", "ROLES", "Loaded", "load_themes", "variable_defaults"]

DEFAULT_THEME = "ledger-dark"
"""What a desk looks like until its person chooses."""

_BY_DAY = "ledger-light"
_SHIPPED = Path(__file__).parent


@dataclass(frozen=True)
class Loaded:
    """The themes that can be used, and a sentence for every file that cannot."""

    themes: tuple[Theme, ...]
    failures: tuple[str, ...]


def load_themes(folder: Path | None = None) -> Loaded:
    """Read the shipped themes, then those in the person's folder, which win where names are equal.

    A bad file never hides the good ones: each becomes a sentence in ``failures``.
    """
    shipped, failures = _read_all(_SHIPPED.iterdir())
    if folder is None:
        return Loaded(tuple(shipped.values()), tuple(failures))
    try:
        listed = list(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        reason = error.strerror or error
        failures.append(f"Your themes are left out: {folder} cannot be read ({reason}).")
        listed = []
    own, own_failures = _read_all(listed)
    return Loaded(tuple((shipped | own).values()), (*failures, *own_failures))


def variable_defaults(dark: bool = True) -> dict[str, str]:
    """Return a colour for every role, for themes that say nothing of claims, as Textual's own."""
    return dict(_defaults(DEFAULT_THEME if dark else _BY_DAY))


@cache
def _defaults(name: str) -> dict[str, str]:
    theme = read_theme(_SHIPPED / f"{name}.toml")
    return {role: theme.variables[role] for role in ROLES}


def _read_all(sources: Iterable[Path]) -> tuple[dict[str, Theme], list[str]]:
    themes: dict[str, Theme] = {}
    failures: list[str] = []
    for source in sorted(sources, key=lambda source: source.name):
        if not source.name.endswith(".toml") or source.name.startswith("."):
            continue
        try:
            theme = read_theme(source)
            if theme.name in themes:
                raise BadTheme(f'another file here already has the name "{theme.name}"')
        except BadTheme as reason:
            failures.append(f"The theme file {source} is left out: {reason}.")
        else:
            themes[theme.name] = theme
    return themes, failures
