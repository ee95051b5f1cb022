"""What the disk refuses, said so that a person knows what happened and what to do."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from store.model import Feed

_CAUSES: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("The disk is full", "make room and do it again"),
    errno.EDQUOT: ("The disk quota is used up", "make room and do it again"),
    errno.EFBIG: ("The file may not grow any further", "raise the limit on file sizes"),
    errno.EROFS: ("The disk is read-only", "make it writable and do it again"),
    errno.EACCES: ("Permission is denied", "check who owns the desk's folder"),
    errno.EPERM: ("Permission is denied", "check who owns the desk's folder"),
    errno.EIO: ("The disk reports a fault", "look after the disk before you go on"),
    errno.EMFILE: ("Too many files are open", "close some programs and do it again"),
    errno.ENFILE: ("Too many files are open", "close some programs and do it again"),
    errno.ENOTDIR: ("A file is where a folder should be", "choose another folder with --desk"),
    errno.EEXIST: ("A file is where a folder should be", "choose another folder with --desk"),
    errno.ENOENT: ("The desk's folder is gone", "put it back and start again"),
}


class ShelfError(Exception):
    """What could not be read or saved; the message is one sentence for the person."""


class AlreadySubscribed(ShelfError):
    """The desk has a feed of this address; ``feed`` is that one."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(f"You subscribe to {feed.name} already, as {feed.address}.")
        self.feed = feed


def not_saved(error: OSError, path: Path) -> ShelfError:
    """The sentence for a write that the system refused."""
    cause, advice = _cause_and_advice(error)
    return ShelfError(
        f"{cause}: {path} was not saved; nothing saved before is harmed, so {advice}."
    )


def not_read(error: OSError, path: Path) -> ShelfError:
    """The sentence for a read that the system refused."""
    cause, advice = _cause_and_advice(error)
    return ShelfError(f"{cause}: {path} could not be read, so {advice}.")


def not_opened(error: OSError, folder: Path) -> ShelfError:
    """The sentence for a desk that cannot be opened at all."""
    cause, advice = _cause_and_advice(error)
    return ShelfError(f"{cause}: the desk {folder} could not be opened, so {advice}.")


def not_kept() -> ShelfError:
    """The sentence for a value that would not read back as it is: a NaN, a lone surrogate."""
    return ShelfError(
        "A record holds a value that JSON cannot keep, so nothing was saved: this is a fault of"
        " the program, please report it."
    )


def _cause_and_advice(error: OSError) -> tuple[str, str]:
    other = (error.strerror or type(error).__name__, "look into it and do it again")
    return _CAUSES.get(error.errno or 0, other)
