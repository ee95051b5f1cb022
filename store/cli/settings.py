"""The command ``settings``: what is in force, what is wrong in the file, a fresh one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from store.cli import USAGE
from store.cli.here import Here, Keys, Switch
from store.cli.say import complain, say, say_json
from store.key_names import shared_keys
from store.key_table import Program
from store.settings import SETTINGS_FILE, Folders, Settings, choices, load_settings
from store.settings.catalogue import KNOWN
from store.settings.fresh import lay_out
from store.settings.reading import mistakes_in, page_of, told_clash
from store.settings_page import SettingsError, SettingsPage, nearest

_THEMES = "themes"


def settings(
    file: Path | None = None,
    *,
    check: Switch = False,
    write: Switch = False,
    json: Switch = False,
    here: Here,
    program: Keys,
) -> int:
    """Say where settings.toml lies and what is in force.

    Args:
        file: With --check, a file to look at instead of the one in use.
        check: Tell every mistake in it, with its line; the exit status is 2 if there is one.
        write: Lay out a fresh file with every setting in it, as settings.toml or, where there is
            one, beside it as settings.toml.new.
        json: Tell all as one line of JSON, or each mistake as one.
        here: The folders in use.
        program: Who knows the keys.
    """
    if (write and check) or (file is not None and not check):
        complain("settings takes a file only with --check, and not --check with --write.")
        return USAGE
    if write:
        say(f"Written: {lay_out(here)}")
        return 0
    if check:
        return _check(file or here.settings / SETTINGS_FILE, here, program(), json=json)
    _tell(load_settings(here), page_of(here.settings / SETTINGS_FILE), json=json)
    return 0


def _check(file: Path, here: Folders, program: Program, *, json: bool) -> int:
    if file != here.settings / SETTINGS_FILE and not file.is_file():
        is_what = "is a folder, not a file" if file.is_dir() else "is not there"
        complain(f"{file} {is_what}, so there is nothing to check.")
        return USAGE
    mistakes = sorted(_mistakes(file, here, program), key=lambda mistake: mistake.line)
    for mistake in mistakes:
        if json:
            say_json({"line": mistake.line, "key": mistake.key, "mistake": str(mistake)})
        else:
            complain(str(mistake))
    if not (mistakes or json):
        there = "is good" if file.is_file() else "is not there: what is usual holds"
        say(f"{file} {there}.")
    return USAGE if mistakes else 0


def _mistakes(file: Path, here: Folders, program: Program) -> Iterator[SettingsError]:
    found = mistakes_in(file, here, program.binding_ids())
    yield from found
    wrong = {mistake.key.partition(".")[0] for mistake in found}
    if "" in wrong:  # it is no TOML
        return
    page = page_of(file)
    with suppress(SettingsError):  # told already
        yield from _clashes(page, here, program)
    if "theme" not in wrong and (theme := page.words("theme")):
        known = program.theme_names(here.settings / _THEMES)
        if theme not in known:
            yield page.error("theme", f"names no theme{nearest(theme, known)}")


def _clashes(page: SettingsPage, here: Folders, program: Program) -> Iterator[SettingsError]:
    own, _ = page.combinations(besides=choices.NO_IDS)
    usual: dict[str, str] = {}
    with suppress(SettingsError):  # told already
        usual = program.preset_keys(choices.preset(page, here))
    shared = {frozenset((one, other)) for one, _, other in shared_keys(own)}
    for clash in program.clashes({**usual, **own}, own):
        if frozenset((clash.one, clash.other)) not in shared:
            yield told_clash(page, clash, own)


def _tell(chosen: Settings, page: SettingsPage, *, json: bool) -> None:
    in_force = dict(_in_force(chosen))
    lines = {key: line for key in in_force if (line := page.line_of(key))}
    if json:
        told = {"file": str(page.file), "there": page.file.is_file()}
        say_json({**told, "settings": in_force, "lines": lines})
        return
    say(f"{page.file}{'' if page.file.is_file() else '  (not there yet: what is usual holds)'}")
    for key, value in in_force.items():
        where = f"line {lines[key]}" if key in lines else "usual"
        say(f"{where:<10}{key} = {msgspec.json.encode(value).decode()}")


def _in_force(chosen: Settings) -> Iterator[tuple[str, Any]]:
    """Each setting and what holds, in the order of the file."""
    for known in KNOWN:
        value = getattr(chosen, known.field)
        if known.key == "open.pipe":
            for name, pipe in value.items():
                yield f"{known.key}.{name}.command", list(pipe.command)
                yield f"{known.key}.{name}.format", pipe.format
        elif known.key == "codebook":
            yield known.key, str(value or "business")
        else:
            yield known.key, list(value) if isinstance(value, tuple) else value
        if known.key == "keys.preset":
            for id_, keys in chosen.keys.items():
                yield f"keys.{id_}", keys.split(",")
