"""The command ``import``: takes in what others claimed, and lists of feeds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from store.cli import FAILED, USAGE
from store.cli.feed_lists import import_list, tell_problems
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.say import Progress, complain, say, say_json
from store.desk.feed_lists import is_list
from store.desk.merging import TakenIn, read_file, take_in
from store.errors import DeskError
from store.formats.incoming import NAME_LIMIT
from store.text.amounts import amount
from store.text.clean import clean


def import_(
    *files: Path,
    as_: Annotated[str, Parameter(name="--as", show_default=False)] = "",
    json: Switch = False,
    here: Here,
) -> int:
    """Take in lists of feeds (OPML), or claims that others exported.

    What a file holds is seen by its content. Feeds of a list that are on this desk already only
    get its folders; the new ones are fetched with the next fetch. Each claim keeps who made it,
    when, and its history. One that is here already goes on if the file knows more of it; one that
    was changed both here and there stays as it is here, and that is told. Doing it twice changes
    nothing. The exit status is 1 if a file could not be read or something in it not be taken; the
    rest is taken all the same.

    Args:
        files: Lists of feeds, or exports of Wiredesk.
        as_: Who made the claims, whoever the files say did.
        json: Tell what was taken in as one line of JSON a file.
        here: The folders in use.
    """
    if not files:
        complain("Name the files to take in, as wiredesk import feeds.opml claims.json.")
        return USAGE
    signed = " ".join(clean(as_, limit=NAME_LIMIT).split())
    failed = False
    with writable(here, make=True) as shelf:
        for file in files:
            if is_list(file):
                status = import_list(shelf, file, json=json)
                if status > FAILED:
                    return status
                failed = failed or bool(status)
                continue
            try:
                incoming = read_file(file, signed=signed)
            except DeskError as error:
                complain(str(error))
                failed = True
                continue
            with Progress(0) as progress:
                taken = take_in(shelf, incoming, progress.show)
            failed = failed or bool(taken.apart or taken.refused)
            tell_problems(file, (*taken.refused, *taken.apart))
            if json:
                say_json({"file": str(file), **{name: getattr(taken, name) for name in _NAMES}})
            else:
                say(f"{file}: {told(taken)}")
    return int(failed)


_NAMES = TakenIn.__struct_fields__


def told(taken: TakenIn) -> str:
    """What was taken in, in a line: "12 new claims by ben, 3 went on, 4 known"."""
    new = amount(taken.new, "new claim")
    parts = [f"{new} by {', '.join(taken.by)}" if taken.by and taken.new else new]
    counts = (
        (taken.decisions, "of them decide for others"),
        (taken.strange, "of them on articles that are not on this desk"),
        (taken.newer, "went on elsewhere"),
        (taken.same, "known"),
        (taken.older, "went on here"),
        (len(taken.apart), "kept as they are here"),
        (len(taken.refused), "refused"),
    )
    parts += [f"{number} {what}" for number, what in counts if number]
    if taken.coverage:
        parts.append(f"{amount(taken.coverage, 'article')} done")
    return ", ".join(parts) + "."
