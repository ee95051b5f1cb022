"""What is told of a fault in Wiredesk: one line, and a report without what anybody wrote or read.

Tracebacks as they are usually printed quote the values of variables: articles, addresses, notes.
"""

from __future__ import annotations

import os
import platform
import re
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from store.version import VERSION

DEBUG = "WIREDESK_DEBUG"
"""The variable that asks for all there is to know, on the terminal."""
KEPT_REPORTS = 5
FRAMES = 60
"""Most that are told of each exception: a recursion has thousands."""
_LONGEST = 300
_PREFIX = "fault-"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’|`[^`]*`", re.DOTALL)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_PACKAGES = {"store", "tui", "themes"}
_HOME = 3
"""Parts of a path that are told, from its end."""


def wants_all() -> bool:
    """Whether the person asked for the whole traceback."""
    return os.environ.get(DEBUG, "") not in ("", "0")


def keep_libraries_quiet() -> None:
    """Let no library write its log to the terminal: it would name addresses, and draw over us."""
    import logging

    if not wants_all():
        logging.lastResort = None


def told_of(fault: BaseException, folder: Path) -> str:
    """One sentence about a fault, and where its report lies; the report is written to ``folder``.

    Only its owner can read it, and only the last few are kept.
    """
    kind = type(fault).__name__
    told = f"A fault in Wiredesk ended it ({kind} at {_place(fault)}). What was saved is saved"
    try:
        file = _kept(report_of(fault), folder)
    except OSError:
        return f"{told}. {DEBUG}=1 shows more."
    return f"{told}; the report to send is {file}, without anything you read or wrote."


def report_of(fault: BaseException) -> str:
    """The versions and the way to the fault; messages without quotations and addresses."""
    lines = [
        f"wiredesk {VERSION}",
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        "",
    ]
    return "\n".join([*lines, *_chain(fault), ""])


def redacted(message: str) -> str:
    """A message without what it quotes, without addresses and paths, on one line."""
    text = _ADDRESS.sub("…", _QUOTED.sub("…", message[:_LONGEST]))
    return " ".join("…" if "/" in word or "\\" in word else word for word in text.split())


def _chain(fault: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    at: BaseException | None = fault
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = traceback.extract_tb(at.__traceback__)
        for frame in frames[:FRAMES]:
            yield f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
        if len(frames) > FRAMES:
            yield f"  and {len(frames) - FRAMES} more"
        yield f"{type(at).__module__}.{type(at).__qualname__}: {redacted(str(at))}"
        before = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
        if before is not None:
            yield "which came of"
        at = before


def _place(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if _PACKAGES & set(Path(frame.filename).parts)]
    frame = (ours or list(frames))[-1] if frames else None
    return f"{_short(frame.filename)}:{frame.lineno}" if frame else "an unknown place"


def _short(file: str) -> str:
    """The end of a path: its beginning names the person."""
    return "/".join(Path(file).parts[-_HOME:])


def _kept(report: str, folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{_PREFIX}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as out:
        out.write(report)
    for old in sorted(folder.glob(f"{_PREFIX}*.txt"))[:-KEPT_REPORTS]:
        with suppress(OSError):
            old.unlink()
    return file
