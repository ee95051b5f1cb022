"""The real program in a real terminal: keys go in, the screen is read as a person would."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Self

import pyte
from ptyprocess import PtyProcess

PATIENCE = 30.0
"""Seconds; the machine may be busy."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "ctrl+r": "\x12",
    "space": " ",
    "ctrl+z": "\x1a",
}

WIREDESK = (sys.executable, "-m", "tui")


class Terminal:
    """One program in a pseudo-terminal of so many columns and rows."""

    def __init__(
        self, argv: Sequence[str] = WIREDESK, *, columns: int = 160, rows: int = 45
    ) -> None:
        self.received = b""
        """Every byte the terminal was sent."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        # Given outright: readline puts COLUMNS into the C environment, where Python sees none.
        self._child = PtyProcess.spawn(list(argv), dimensions=(rows, columns), env=dict(os.environ))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._child.close(force=True)

    # -------------------------------------------------------- looking

    @property
    def process(self) -> int:
        """The number of its process."""
        return int(self._child.pid)

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def cell(self, line: int, column: int) -> pyte.screens.Char:
        """What stands in one cell, with its colours; both are counted from 0."""
        return self._screen.buffer[line][column]

    def line_with(self, words: str) -> str:
        """The first line of the screen that has these words, or ""."""
        return next((line for line in self.lines if words in line), "")

    def wait_for(self, wanted: str | Callable[[], bool], *, within: float = PATIENCE) -> None:
        """Wait until the screen shows the words, or until what is asked holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        ends = time.monotonic() + within
        while not holds():
            left = ends - time.monotonic()
            if left <= 0 or not self._read(min(left, 0.2)):
                if holds():
                    return
                if left <= 0 or not self._child.isalive():
                    raise AssertionError(f"never seen: {wanted!r}\n{self.text}")

    def drain(self) -> None:
        """Take in what was written already."""
        while select.select([self._child.fd], [], [], 0)[0] and self._read(0):
            pass

    def painted(self, *, quiet: float, within: float = PATIENCE, words: str = "") -> float:
        """Wait until something was written and then nothing for ``quiet`` seconds.

        Where ``words`` are given, what was written with these in it is the last.

        Returns when the last of it came, by ``time.perf_counter``; what the screen shows is worked
        out afterwards.
        """
        pieces, last, wait = [], 0.0, within
        while select.select([self._child.fd], [], [], wait)[0]:
            pieces.append(os.read(self._child.fd, 1 << 16))
            last, wait = time.perf_counter(), quiet
            if words and words.encode() in b"".join(pieces):
                break
        whole = b"".join(pieces)
        assert not words or words.encode() in whole, f"{words!r} was never painted:\n{self.text}"
        self.received += whole
        self._stream.feed(whole)
        return last

    def _read(self, seconds: float) -> bool:
        """Take in what the program wrote; False once it is gone."""
        ready, _, _ = select.select([self._child.fd], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self._child.fd, 1 << 16)
        except OSError:
            return False
        self.received += piece
        self._stream.feed(piece)
        return bool(piece)

    # -------------------------------------------------------- acting

    def press(self, *keys: str) -> None:
        """Type keys, by name or as they are."""
        for key in keys:
            os.write(self._child.fd, KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a person draws its window."""
        self.drain()
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def kill(self) -> None:
        """End it as a crash would: SIGKILL, to it and to what it started."""
        os.kill(self._child.pid, signal.SIGKILL)
        self._child.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self._child.pid, number)

    def wait_for_end(self, *, within: float = PATIENCE) -> int:
        """Wait until the program ended; its exit status."""
        ends = time.monotonic() + within
        while self._read(0.1):
            waiting, _, _ = select.select([self._child.fd], [], [], 0)
            if not waiting and not self._child.isalive():
                break
            if time.monotonic() >= ends:
                raise AssertionError(f"still running\n{self.text}")
        status: int = self._child.wait()
        return status
