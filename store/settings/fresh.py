"""settings.toml as it is laid out: every setting with what it is for, and none of them chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from store.settings.catalogue import KNOWN
from store.settings.folders import SETTINGS_FILE, Folders
from store.settings_page import SettingsError

NEW = ".new"
"""How the name of a fresh file ends that is laid beside the one in use."""

_HEAD = """\
# The settings of Wiredesk. Each shows what holds by itself: take the # away from the
# beginning of its line, and change it. Wiredesk wrote this file once and only reads it.
#
#     wiredesk settings             what is in force
#     wiredesk settings --check     what is wrong here, with the line
"""


def fresh_page() -> str:
    """The text of the file."""
    return "\n".join([_HEAD, *_lines()])


def _lines() -> Iterator[str]:
    for table, settings in groupby(KNOWN, key=lambda known: known.table):
        if table:
            yield f"[{table}]\n"
        for known in settings:
            yield from (f"# {line}" for line in known.says.split("\n"))
            # A table of tables shows itself in its remark.
            yield "" if known.usual == "{}" else f"#{known.name} = {known.usual}\n"


def lay_out_once(where: Folders) -> bool:
    """Write the file where there is none; whether that was so. A folder that refuses is no error.

    It appears whole or not at all, and never in the place of another.
    """
    file = where.settings / SETTINGS_FILE
    if os.path.lexists(file):
        return False
    beside = file.with_name(f".{SETTINGS_FILE}.{os.getpid()}")
    try:
        _write(beside)
        file.hardlink_to(beside)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            beside.unlink()
    return True


def lay_out(where: Folders) -> Path:
    """Write the file, beside the one in use where there is one, and say where it is.

    Raises:
        SettingsError: It cannot be written.
    """
    file = where.settings / SETTINGS_FILE
    if os.path.lexists(file):
        file = file.with_name(SETTINGS_FILE + NEW)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        _write(beside)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise SettingsError(f"{file} cannot be written: {error.strerror}.") from error
    return file


def _write(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(fresh_page())
