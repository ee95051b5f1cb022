"""Lists of feeds (OPML) by command: taken in by ``import``, written by ``feeds --opml``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from store.cli import FAILED
from store.cli.running import until_ended
from store.cli.say import Refused, complain, say, say_bytes, say_json
from store.model.subscribing import ListOutcome, ListRefused
from store.shelf.shelf import Shelf
from store.text.amounts import amount

MOST_TOLD = 20
"""Things in a file that were not taken and are told one by one."""
STDOUT = ("-", "./-")


def import_list(shelf: Shelf, file: Path, *, json: bool) -> int:
    """Take in a list of feeds and tell what came of it; the exit status."""
    told: list[ListOutcome] = []

    async def take() -> int:
        from store.desk.feed_lists import take_list

        told.append(await take_list(shelf, file))
        return 0

    if ended := until_ended(take()):
        return ended
    (outcome,) = told
    if json:
        say_json(outcome)
    if isinstance(outcome, ListRefused):
        if not json:
            complain(f"{file}: {outcome.reason}")
        return FAILED
    if not json:
        tell_problems(file, outcome.problems)
        say(f"{file}: {_amounts(len(outcome.added), len(outcome.merged), outcome.there)}")
        if outcome.added:
            say("wiredesk fetch fetches them.")
    return FAILED if outcome.problems else 0


def write_list(shelf: Shelf, output: Path | None) -> None:
    """Write the subscriptions to a file, or to stdout.

    Raises:
        Refused: It cannot be written.
    """
    from store.desk.exporting import ExportFailed, write_export
    from store.desk.feed_lists import list_of

    written = list_of(shelf)
    if output is None or str(output) in STDOUT:
        say_bytes(written)
        return
    try:
        write_export(written, output)
    except ExportFailed as error:
        raise Refused(str(error)) from error


def tell_problems(file: Path, problems: Sequence[str]) -> None:
    """Say what was not taken, the first of it one by one."""
    for problem in problems[:MOST_TOLD]:
        complain(f"{file}: {problem}")
    if (left := len(problems) - MOST_TOLD) > 0:
        complain(f"{file}: so with {left} more; --json tells of all.")


def _amounts(added: int, merged: int, there: int) -> str:
    parts = [amount(added, "new feed")]
    if merged:
        parts.append(f"{merged} in further folders")
    if there:
        parts.append(f"{there} here already")
    return ", ".join(parts) + "."
