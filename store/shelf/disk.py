"""Files replaced whole: at every moment the old content or the new one is there, never half.

The order of calls is that of SQLite's and git's atomic writes: write a temporary file, fsync it,
rename it over the old one, fsync the folder (https://lwn.net/Articles/457667/).
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
TEMPORARY: Final = ".tmp"
PREVIOUS: Final = ".bak"

_NO_HARD_LINKS: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP})
"""What some network file systems answer, which have no folders to sync."""
_CLOCK_STEPS_NS: Final = (1, 1_000, 1_000_000_000, 2_000_000_000)
"""What file systems keep of a time: nanoseconds, microseconds, seconds, FAT's two seconds."""
_serial = itertools.count()


class Signature(NamedTuple):
    """What tells one state of a file from every other: no two commits share a time."""

    modified: int
    """In nanoseconds."""
    size: int
    inode: int


class Ahead(NamedTuple):
    """The next state of a file, written and flushed beside it."""

    temporary: Path
    before: Signature | None
    """Which state it is to follow."""
    after: Signature


def signature(path: Path) -> Signature | None:
    """The state a file is in, None when there is none."""
    try:
        return signature_of(path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return None


def signature_of(stat: os.stat_result) -> Signature:
    """The same, from a stat that was made anyway."""
    return Signature(stat.st_mtime_ns, stat.st_size, stat.st_ino)


def read_whole(path: Path) -> tuple[bytes, Signature] | None:
    """Content and signature of one state of the file, None when there is none."""
    try:
        with path.open("rb") as file:
            return file.read(), signature_of(os.fstat(file.fileno()))
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_ahead(path: Path, content: bytes) -> Ahead:
    """Write what ``replace_file`` may put at ``path`` soon, which is then quick. Raises OSError."""
    before = signature(path)
    temporary = _beside(path)
    try:
        return Ahead(temporary, before, _write_new(temporary, content, before, durable=True))
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def replace_file(
    path: Path,
    content: bytes,
    *,
    keep_previous: bool = True,
    durable: bool = True,
    ahead: Ahead | None = None,
) -> Signature:
    """Put ``content`` at ``path`` in one step, the state before at ``path.bak``.

    Without ``durable`` nothing is synced and there is a moment without the file: right for what
    may be lost, and is read under the lock only. What was written ``ahead`` must be this content;
    it is used if the file is what it was then.
    Raises OSError; then the old content stands, and no temporary file is left.
    """
    before = signature(path)
    if ahead is not None and (ahead.before, ahead.after) != (before, signature(ahead.temporary)):
        ahead = None  # somebody was quicker, or swept it away
    temporary = _beside(path) if ahead is None else ahead.temporary
    try:
        if ahead is None:
            after = _write_new(temporary, content, before, durable=durable)
        else:
            after = ahead.after
        if keep_previous and before is not None:
            _keep_previous(path)
        if not durable:
            # ext4 flushes an unsynced file that replaces another, which takes a millisecond.
            path.unlink(missing_ok=True)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)
    return after


def forget_previous(path: Path) -> None:
    """Let the generation before be the content too; under the lock only. Raises OSError."""
    if signature(path) is not None:
        _keep_previous(path)


def write_page(path: Path, content: bytes) -> None:
    """Overwrite a small file of constant length in place, unsynced; its readers check it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE)
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make renames in the folder last; Windows has no such call."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def make_file(path: Path) -> None:
    """An empty file that only its owner reads; one that is there is left as it is."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))


def make_folder(folder: Path) -> None:
    """A folder that only its owner enters; one that is there is left as it is."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.{os.getpid()}-{next(_serial)}{TEMPORARY}")


def _write_new(path: Path, content: bytes, before: Signature | None, *, durable: bool) -> Signature:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if before is not None:
            _date_later(descriptor, before.modified)
        if durable:
            _flush(descriptor)
        return signature_of(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _date_later(descriptor: int, before: int) -> None:
    """Give the file a time after ``before``: the system's clock ticks only each 4 ms."""
    if os.fstat(descriptor).st_mtime_ns > before:
        return
    for step in _CLOCK_STEPS_NS:
        os.utime(descriptor, ns=(time.time_ns(), before + step))
        if os.fstat(descriptor).st_mtime_ns > before:
            return


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl  # only macOS needs it: its fsync leaves the drive's cache full

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _keep_previous(target: Path) -> None:
    previous = target.with_name(target.name + PREVIOUS)
    link = _beside(previous)
    try:
        link.hardlink_to(target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _write_new(link, target.read_bytes(), None, durable=True)
    try:
        link.replace(previous)
    finally:
        # Renaming one link over another of the same file does nothing (rename(2)): after a crash
        # between the two renames of a commit, file and ``.bak`` are the same.
        link.unlink(missing_ok=True)
