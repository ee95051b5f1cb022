"""Watches what a program asks of the disk, refuses chosen calls, and plays the power cut."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock


class Call(NamedTuple):
    """One call that changes the disk, or makes a change last."""

    name: str
    path: str
    target: str = ""
    content: bytes = b""


class Killed(BaseException):
    """The process is dead: no clean-up that calls the disk happens after this."""


class DiskWatch:
    """The calls made within ``watching``; the ``fail_at``-th (from 1) is refused."""

    def __init__(
        self,
        *,
        fail_at: int = 0,
        error: int = errno.ENOSPC,
        kill: bool = False,
        onlooker: Callable[[], object] | None = None,
    ) -> None:
        """``onlooker`` looks at the disk before every call, as another program may."""
        self.calls: list[Call] = []
        self.failed: Call | None = None
        self._fail_at = fail_at
        self._error = error
        self._kill = kill
        self._onlooker = onlooker
        self._paths: dict[int, str] = {}

    def _note(self, call: Call) -> None:
        self.calls.append(call)
        if self._onlooker is not None:
            self._onlooker()
        if self._kill and self.failed is not None:
            raise Killed
        if len(self.calls) == self._fail_at:
            self.failed = call
            if self._kill:
                raise Killed
            raise OSError(self._error, os.strerror(self._error), call.path)

    @contextmanager
    def watching(self) -> Iterator[DiskWatch]:
        real_open, real_write, real_fsync = os.open, os.write, os.fsync

        def open_(path: Any, flags: int, *rest: Any, **options: Any) -> int:
            if flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                self._note(Call("open", os.fspath(path)))
            descriptor = real_open(path, flags, *rest, **options)
            self._paths[descriptor] = os.fspath(path)
            return descriptor

        def write(descriptor: int, content: Any) -> int:
            self._note(Call("write", self._paths.get(descriptor, ""), content=bytes(content)))
            return real_write(descriptor, content)

        def fsync(descriptor: int) -> None:
            path = self._paths.get(descriptor, "")
            self._note(Call("fsync folder" if Path(path).is_dir() else "fsync", path))
            real_fsync(descriptor)

        with (
            mock.patch.object(os, "open", open_),
            mock.patch.object(os, "write", write),
            mock.patch.object(os, "fsync", fsync),
            mock.patch.object(os, "replace", self._two("replace", os.replace)),
            mock.patch.object(os, "link", self._two("link", os.link)),
            mock.patch.object(os, "unlink", self._one("unlink", os.unlink)),
        ):
            yield self

    def _one(self, name: str, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: Any, **options: Any) -> None:
            self._note(Call(name, os.fspath(path)))
            real(path, **options)

        return call

    def _two(self, name: str, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: Any, target: Any, **options: Any) -> None:
            self._note(Call(name, os.fspath(path), os.fspath(target)))
            real(path, target, **options)

        return call
