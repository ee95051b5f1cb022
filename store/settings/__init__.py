"""Where desk, settings and state lie, what the person set, and what the app remembers.

``settings.toml`` is the person's: it is laid out once, where there is none, and then only read;
``state.json`` is ours and is replaced whole. Two files with one writer each, so nobody's comments
are ever lost.
"""

from store.settings.folders import SETTINGS_FILE, STATE_FILE, Folders, folders
from store.settings.reading import fetch_agent, fetch_minutes, load_settings
from store.settings.state import Place, State, change_state, keep_state, load_state
from store.settings.values import (
    AGENT_LIMIT,
    CODEBOOK_FILE,
    FEWEST_MINUTES,
    MODEST_MINUTES,
    MOST_MEGABYTES,
    MOST_MINUTES,
    NAME_LIMIT,
    PRESETS,
    SHIPPED_CODEBOOKS,
    USUAL_MEGABYTES,
    USUAL_MINUTES,
    USUAL_WIDTH,
    Pipe,
    Preset,
    Settings,
    Tracking,
)

__all__ = [
    "AGENT_LIMIT",
    "CODEBOOK_FILE",
    "FEWEST_MINUTES",
    "MODEST_MINUTES",
    "MOST_MEGABYTES",
    "MOST_MINUTES",
    "NAME_LIMIT",
    "PRESETS",
    "SETTINGS_FILE",
    "SHIPPED_CODEBOOKS",
    "STATE_FILE",
    "USUAL_MEGABYTES",
    "USUAL_MINUTES",
    "USUAL_WIDTH",
    "Folders",
    "Pipe",
    "Place",
    "Preset",
    "Settings",
    "State",
    "Tracking",
    "change_state",
    "fetch_agent",
    "fetch_minutes",
    "folders",
    "keep_state",
    "load_settings",
    "load_state",
]
