"""The commands about what the desk holds: export its claims, say how exports look, say where."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from store.claims.codebook.file import load_codebook
from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import Refused, say, say_bytes, say_json
from store.desk.bulk import Bulk
from store.desk.exporting import ExportFailed, amount_of, chosen_by, gather, write_export
from store.formats.export import Inclusion, encode
from store.formats.export import schema as export_schema
from store.formats.inert import inert
from store.settings import SETTINGS_FILE, Folders, load_settings
from store.settings_page import SettingsError


def export(
    *,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    include: Annotated[tuple[Inclusion, ...], Parameter(negative="", show_default=False)] = (),
    where: Annotated[str, Parameter(show_default=False, allow_leading_hyphen=True)] = "",
    here: Here,
) -> int:
    """Write the claims as JSON.

    Those accepted or adjudicated and not removed, unless more is asked for. The exit status is 1
    if claims were found that cannot be read; what can be is written all the same.

    Args:
        output: File to write instead of stdout; an older one is replaced when the new is whole.
        include: What else to take; may be given several times.
        where: Take only what this finds, in the words of the claims screen, as "signal:hiring
            region:APAC since:30d"; drafts, rejected and removed claims too if it says review:.
        here: The folders in use.
    """
    settings, now = load_settings(here), datetime.now(UTC)
    codebook = load_codebook(settings.codebook)
    with opened(here) as shelf:
        if not shelf.read_only:
            # What a kill interrupted must not leave by halves.
            Bulk(shelf, codebook, settings.annotator, lambda: now).finish_interrupted()
        chosen = None
        if where:
            who = settings.annotator
            chosen = chosen_by(where, shelf, codebook, now=now, annotator=who, include=include)
        made = gather(
            shelf,
            codebook,
            include=include,
            generated=now,
            chosen=chosen,
            tracking=settings.tracking,
        )
        complete = not shelf.claims_damaged
    written = encode(made)
    if output is None or str(output) == "-":
        say_bytes(written)
    else:
        try:
            write_export(written, output)
        except ExportFailed as error:
            raise Refused(str(error)) from error
        say(f"{amount_of(made)} written to {output}.")
    return int(not complete)


def schema() -> int:
    """Print the JSON Schema that exports obey."""
    pretty = msgspec.json.format(msgspec.json.encode(export_schema()), indent=2)
    say_bytes(inert(pretty.decode()).encode() + b"\n")
    return 0


def where(*, json: Switch = False, here: Here) -> int:
    """Say where the desk, the settings and the state lie, and who signs what is claimed.

    Nothing is made or changed.

    Args:
        json: Tell them as one line of JSON.
        here: The folders in use.
    """
    places = {
        "desk": here.desk,
        "settings": here.settings / SETTINGS_FILE,
        "state": here.state,
    }
    told = {name: os.fsencode(place).decode(errors="replace") for name, place in places.items()}
    annotator = _annotator(here)
    if json:
        say_json({**told, "annotator": annotator})
        return 0
    for name, place in places.items():
        say(f"{name:<10}{told[name]}{'' if place.exists() else '  (not there yet)'}")
    say(f"annotator {annotator or '(unknown: settings.toml has a mistake in it)'}")
    return 0


def _annotator(here: Folders) -> str | None:
    """Who signs claims; None where the settings cannot be read, which must hide no folder."""
    try:
        return load_settings(here).annotator
    except SettingsError:
        return None
