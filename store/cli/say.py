"""The one way out for words: harmless to a terminal, flushed at once."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any

import msgspec

from store.feeds.web.address import redact
from store.formats.inert import inert
from store.text.clean import guard

_ERASE = "\r\x1b[K"
_STDERR = 2
_CUT, _WRAP = "\x1b[?7l", "\x1b[?7h"
"""DECAWM off and on: the terminal cuts the line itself, and knows how wide its letters are."""


class Refused(Exception):
    """What was asked for could not be done; the message is one sentence."""


class Closed(io.TextIOWrapper):
    """Stands where a stream was closed before we came, as by ``>&-``; words vanish in it."""

    def __init__(self) -> None:
        super().__init__(io.BufferedWriter(io.FileIO(os.devnull, "w")), encoding="utf-8")


def prepare() -> None:
    """Make the streams take every character, whatever the locale says, or whether they are there.

    The numbers of closed ones are taken first, or the next file opened would get what is printed.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        pass
    os.close(descriptor)
    # Both are None when Python finds them closed, whatever their types say.
    sys.stdout, sys.stderr = sys.stdout or Closed(), sys.stderr or Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def hush() -> None:
    """Let nothing more be written to a stdout that cannot take it, not even at the very end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Print one line.

    Raises:
        Refused: stdout cannot take it, as on a full disk.
        BrokenPipeError: Nobody reads it any more.
    """
    _write(guard(text) + "\n")


def say_json(record: Any) -> None:
    """Print a record as one line of JSON, for who reads along; raises as ``say`` does."""
    _expect_reader()
    _write(inert(msgspec.json.encode(record).decode()) + "\n")


def say_bytes(written: bytes) -> None:
    """Print a document that is UTF-8 whatever the locale; raises as ``say`` does."""
    _expect_reader()
    _write(written)


def complain(text: str, *, lines: bool = False) -> None:
    """Say on stderr what went wrong; that stderr is closed too stops nothing.

    Logs keep what stands there, so an address that is repeated loses its password.
    """
    with suppress(OSError, ValueError):
        sys.stderr.write(f"wiredesk: {guard(redact(text.rstrip()), lines=lines)}\n")
        sys.stderr.flush()


class Progress:
    """One line at the foot of a terminal's stderr that is rewritten, and gone at the end."""

    def __init__(self, total: int, *, shown: bool = True) -> None:
        self._total = total
        self._done = 0
        self._shown = shown and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Progress:
        if self._total:
            self._draw("")
        return self

    def __exit__(self, *_: object) -> None:
        self.erase()

    def step(self, name: str) -> None:
        """Count one more, which was ``name``."""
        self._done += 1
        self._draw(name)

    def name(self, name: str) -> None:
        """Say what is in work now."""
        self._draw(name)

    def show(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._done, self._total = done, total
        self._draw("")

    def erase(self) -> None:
        """Make room for a line that stays; the next step draws again."""
        self._write(_ERASE)

    def _draw(self, name: str) -> None:
        text = guard(f"{self._done} of {self._total}  {name}")
        self._write(f"{_ERASE}{_CUT}{text}{_WRAP}")

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(text)
            sys.stderr.flush()


def _expect_reader() -> None:
    """Raise Refused where records and documents, unlike words, would be lost."""
    if isinstance(sys.stdout, Closed):
        raise Refused("The output cannot be written: it is closed.")


def _write(written: str | bytes) -> None:
    try:
        if isinstance(written, str):
            sys.stdout.write(written)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(written)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        hush()
        raise Refused(f"The output cannot be written: {error.strerror}.") from error
