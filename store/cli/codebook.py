"""The commands about the codebook: show it, see whether a file is one, use another, print it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from store.claims.codebook import Codebook, CodebookError
from store.claims.codebook.file import load_codebook, own_codebook, read_codebook, text_of
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.say import Refused, say, say_bytes, say_json
from store.desk.exporting import ExportFailed, write_export
from store.desk.recoding import Recoding
from store.errors import DeskError
from store.settings import Folders, load_settings
from store.text.amounts import amount


def commands() -> App:
    """What may stand after ``wiredesk codebook``."""
    app = App(name="codebook", help="Show, check, change for another, or print the codebook.")
    for command in (show, check, use, export):
        app.command(command)
    return app


def show(*, json: Switch = False, here: Here) -> int:
    """Say which codebook is in use, its dimensions and their codes.

    Args:
        json: Tell it as one line of JSON.
        here: The folders in use.
    """
    settings = load_settings(here)
    book = load_codebook(settings.codebook)
    file = str(settings.codebook) if settings.codebook else "comes with Wiredesk"
    if json:
        told = {known.id: [code.id for code in known.codes] for known in book.dimensions}
        say_json({"id": book.id, "version": book.version, "title": book.title, "file": file,
                  "dimensions": told})  # fmt: skip
        return 0
    for line in _lines(book, file):
        say(line)
    return 0


def _lines(book: Codebook, file: str) -> Iterator[str]:
    yield f"{book.title}, {book.id} {book.version} ({file})"
    for dimension in book.dimensions:
        key = f"  key t {dimension.key}" if dimension.key else ""
        yield f"{dimension.id:<20}{dimension.label} ({dimension.kind}){key}"
        for code in dimension.codes:
            yield f"  {code.key or '-':<2}{code.id:<24}{code.definition}"
        for code in dimension.retired:
            state = f"merged into {code.merged_into}" if code.merged_into else "retired"
            yield f"  - {code.id:<24}{state}"


def check(file: Path) -> int:
    """See whether a file is a codebook; its first mistake is told with its line.

    Args:
        file: The file.
    """
    try:
        book = read_codebook(file, text_of(file), base=own_codebook())
    except CodebookError as error:
        raise Refused(str(error)) from error
    codes = sum(len(known.codes) for known in book.dimensions)
    holds = f"{amount(len(book.dimensions), 'dimension')}, {amount(codes, 'code')}"
    say(f"{file} is a codebook: {book.title}, version {book.version}, {holds}.")
    return 0


def use(which: str, *, here: Here) -> int:
    """Use another codebook on this desk: one that comes with Wiredesk, or a copy of a file.

    The one before is kept, and u on the codebook's screen brings it back.

    Args:
        which: business, political, or a file.
        here: The folders in use.
    """
    with writable(here, make=True) as shelf:
        care = Recoding(shelf, here.desk, _chosen(here), is_sample=False)
        try:
            book = care.use(care.load(), which)
        except DeskError as error:
            raise Refused(str(error)) from error
    say(f"{book.title}, version {book.version}, is in use: {care.file}.")
    return 0


def export(*, output: Annotated[Path | None, Parameter(alias="-o")] = None, here: Here) -> int:
    """Print the codebook as a file that stands alone.

    Args:
        output: File to write instead of stdout; an older one is replaced.
        here: The folders in use.
    """
    written = load_codebook(_chosen(here)).toml.encode()
    if output is None or str(output) == "-":
        say_bytes(written)
        return 0
    try:
        write_export(written, output)
    except ExportFailed as error:
        raise Refused(str(error)) from error
    say(f"The codebook was written to {output}.")
    return 0


def _chosen(here: Folders) -> Path | None:
    return load_settings(here).codebook
