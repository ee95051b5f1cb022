"""Where desk, settings and state lie."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from store.model import Value

SETTINGS_FILE = "settings.toml"
STATE_FILE = "state.json"


class Folders(Value, frozen=True, kw_only=True):
    """Where this person's Wiredesk lives. All paths are absolute; none need exist yet."""

    desk: Path
    """The work: feeds, articles, claims."""
    settings: Path
    """The person's own files: settings.toml, codebook.toml, themes."""
    state: Path
    """What the app remembers by itself."""


def folders(desk: Path | None = None) -> Folders:
    """Say where things lie: ``desk`` moves the desk only, ``WIREDESK_HOME`` moves everything.

    Otherwise each system's own places, as platformdirs knows them (XDG base directories on Linux).
    """
    home = os.environ.get("WIREDESK_HOME", "")
    if home:
        root = absolute(Path(home))
        found = Folders(desk=root / "desk", settings=root / "settings", state=root / "state")
    else:
        import platformdirs

        place = platformdirs.PlatformDirs("wiredesk", appauthor=False)
        # On macOS and Windows data, settings and state share one folder: the desk has its own.
        found = Folders(
            desk=place.user_data_path / "desk",
            settings=place.user_config_path,
            state=place.user_state_path,
        )
    return msgspec.structs.replace(found, desk=absolute(desk)) if desk is not None else found


def absolute(path: Path) -> Path:
    """The path with the home folder and the folder one is in written out."""
    return path.expanduser().absolute()
