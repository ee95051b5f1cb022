"""The commands about what the desk holds: export its claims, say how exports look, say where."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from store.claims.codebook import Codebook, load_codebook
from store.cli.opening import opened
from store.cli.say import Refused, say, say_bytes, say_json
from store.cli.words import Here, Switch
from store.formats.export import Inclusion, document, encode, exported_article, wanted
from store.formats.export import schema as export_schema
from store.formats.inert import inert
from store.formats.records import ExportDocument, ExportedCodebook
from store.settings import SETTINGS_FILE, load_settings
from store.shelf.shelf import Shelf
from store.version import GENERATOR


def export(
    *,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    include: Annotated[tuple[Inclusion, ...], Parameter(negative="", show_default=False)] = (),
    here: Here,
) -> int:
    """Write the claims as JSON.

    Those accepted or adjudicated and not removed, unless more is asked for.

    Args:
        output: File to write instead of stdout; an older one is replaced when the new is whole.
        include: What else to take; may be given several times.
        here: The folders in use.
    """
    codebook = load_codebook(load_settings(here).codebook)
    with closing(opened(here.desk)) as shelf:
        made = gather(shelf, codebook, include=include, generated=datetime.now(UTC))
    written = encode(made)
    if output is None or str(output) == "-":
        say_bytes(written)
    else:
        _to_file(written, output)
        say(f"{_count(made)} written to {output}.")
    return 0


def schema() -> int:
    """Print the JSON Schema that exports obey."""
    pretty = msgspec.json.format(msgspec.json.encode(export_schema()), indent=2)
    say_bytes(inert(pretty.decode()).encode() + b"\n")
    return 0


def where(*, json: Switch = False, here: Here) -> int:
    """Say where the desk, the settings and the state lie.

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
    if json:
        say_json(told)
        return 0
    for name, place in places.items():
        say(f"{name:<10}{told[name]}{'' if place.exists() else '  (not there yet)'}")
    return 0


def gather(
    shelf: Shelf,
    codebook: Codebook,
    *,
    generated: datetime,
    include: Collection[Inclusion] = (),
) -> ExportDocument:
    """Collect from the shelf what an export holds."""
    claims = [claim for claim in shelf.claims() if wanted(claim, include)]
    feeds = {feed.number: feed for feed in shelf.feeds()}
    articles = {}
    for number, id_ in {(claim.target.feed, claim.target.article) for claim in claims}:
        article = shelf.article(id_, number)
        if article is not None:
            articles[number, id_] = exported_article(article, feeds.get(number))
    return document(
        claims,
        articles=articles,
        codebook=msgspec.convert(codebook, ExportedCodebook, from_attributes=True),
        generated=generated,
        generator=GENERATOR,
        include=include,
    )


def _count(made: ExportDocument) -> str:
    claims, articles = len(made.claims), len(made.articles)
    return (
        f"{claims} claim{'' if claims == 1 else 's'} on "
        f"{articles} article{'' if articles == 1 else 's'}"
    )


def _to_file(written: bytes, output: Path) -> None:
    """Replace a file whole, with the rights it had; a pipe or a device is written to as it is."""
    target = output.expanduser().resolve()
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(written)
            return
        _replace(written, target)
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}.") from error


def _replace(written: bytes, target: Path) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("xb") as out:
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            out.write(written)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
