"""The command ``keys``: every key of the app, with the id by which it is changed."""

from __future__ import annotations

from store.cli.here import Here, Keys, Switch
from store.cli.say import say, say_json
from store.key_table import markdown
from store.settings import Preset, load_settings


def keys(*, preset: Preset | None = None, json: Switch = False, here: Here, program: Keys) -> None:
    """Print every key of the app: where it works, what it does, by which id it is changed.

    They are those in force, as settings.toml says.

    Args:
        preset: Those of this preset instead, whatever settings.toml says.
        json: Tell each command as one line of JSON.
        here: The folders in use.
        program: Who knows the keys.
    """
    known = program()
    chosen = known.preset_keys(preset) if preset else {}
    if preset is None:
        settings = load_settings(here, bindings=known.binding_ids())
        chosen = {**known.preset_keys(settings.preset), **settings.keys}
    rows = known.key_rows(chosen)
    if json:
        for row in rows:
            say_json(row)
        return
    for line in markdown(rows):
        say(line)
