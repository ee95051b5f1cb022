"""The command that lets others use and measure the suggester: articles in, lines of JSON out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

from cyclopts import Parameter
from cyclopts.validators import Number

from store.claims.codebook.file import SHIPPED, load_codebook
from store.cli.here import Here, Named, Switch
from store.cli.opening import opened
from store.cli.say import Refused, complain, say_bytes
from store.formats.documents import Document, Unread, documents_in
from store.settings import load_settings

if TYPE_CHECKING:
    from store.cli.engine import Engine

STDIN = "-"


def suggest(
    *files: Path,
    title: Switch = False,
    learn: Path | None = None,
    threshold: Annotated[float | None, Parameter(validator=Number(gte=0, lte=1))] = None,
    codebook: Path | None = None,
    taught: Switch = False,
    here: Here,
    named: Named,
) -> int:
    """Say what sentences tell: one line of JSON each, with regions, companies and all signals.

    Takes plain text, or lines of JSON: {"id", "title", "text"} or {"id", "title", "sentences"}.
    No desk is used or made, unless one is named. The exit status is 1 if a line or a file could
    not be read; the others are done all the same.

    Args:
        files: Files to read; - or none is stdin.
        title: The first line of a plain text is its title.
        learn: Lines of JSON with "signals", "companies" and "regions" beside each text or
            sentence: learn from them first.
        threshold: Score, 0 to 1, from which a value counts as shown unasked.
        codebook: A codebook's file, or the name of one that comes along.
        taught: Use the companies and settings of your desk, and what its claims taught; so does
            naming a desk.
        here: The folders in use.
        named: Whether the desk was named.
    """
    from store.cli.engine import engine_of, engine_of_desk  # all other commands start without it

    made = load_codebook(SHIPPED.get(str(codebook), codebook)) if codebook else None
    if taught or named:
        with opened(here) as shelf:
            engine = engine_of_desk(shelf, load_settings(here), made, threshold)
    else:
        engine = engine_of(made or load_codebook(), threshold)
    complete = engine.learn(_tagged(learn)) if learn else True
    for switched_off in engine.learner.switched_off():
        complain(f"{switched_off.told}.")
    return int(not all([complete, *_printed(files or (Path(STDIN),), engine, titled=title)]))


def _printed(files: Iterable[Path], engine: Engine, *, titled: bool) -> Iterator[bool]:
    """Print the lines of each article, and say of each whether it could be read."""
    from store.formats.suggestions import encode_lines

    for file in files:
        for document in _documents(file, titled=titled):
            if isinstance(document, Unread):
                complain(str(document))
            else:
                say_bytes(encode_lines(engine.lines(document)))
            yield isinstance(document, Document)


# ---------------------------------------------------------------- files


def _documents(file: Path, *, titled: bool = False) -> Iterator[Document | Unread]:
    """The articles of a file; one that cannot be read is told as such."""
    name = "stdin" if str(file) == STDIN else file.name
    try:
        with _stream(file) as stream:
            yield from documents_in(stream, name, titled=titled)
    except OSError as error:
        yield Unread(where=name, why=f"cannot be read: {error.strerror}.")


def _tagged(file: Path) -> list[Document | Unread]:
    """The tagged articles of a file.

    Raises:
        Refused: It cannot be read at all: what was learned would be less than was asked for.
    """
    name = "stdin" if str(file) == STDIN else file.name
    try:
        with _stream(file) as stream:
            return list(documents_in(stream, name, tagged=True))
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        raise Refused(message) from error


@contextmanager
def _stream(file: Path) -> Iterator[BinaryIO]:
    if str(file) == STDIN:
        if sys.stdin.isatty():
            complain("Reading from the keyboard; Ctrl-D ends the text.")
        yield sys.stdin.buffer
    else:
        with file.open("rb") as stream:
            yield stream
