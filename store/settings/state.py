"""What the app remembers from one start to the next: a file of its own, replaced whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

import msgspec

from store.model import Value
from store.settings.folders import STATE_FILE, Folders
from store.settings_page import SettingsError

_ONE_AT_A_TIME = Lock()


class Place(Value, frozen=True, kw_only=True):
    """Where somebody was reading."""

    view: str = ""
    """Id of the list, as "unread"; empty when it is a feed's."""
    feed: int | None = None
    article: int | None = None
    offset: int = 0
    """Where the sentence under the cursor begins in the article's text, in code points."""


class State(Value, frozen=True, kw_only=True):
    """What the app remembers from one start to the next; losing it loses no work."""

    theme: str = ""
    place: Place | None = None
    tree_width: int = 0
    """How wide the feeds are drawn, in cells, where somebody dragged their border; 0: as usual."""
    list_width: int = 0
    """The same of the article list."""
    folded: tuple[tuple[str, ...], ...] = ()
    """Paths of the folders whose feeds are out of sight."""
    orders: dict[str, str] = {}
    """Lists that are not sorted newest first, and how: "title", turned around "-title"."""


def load_state(where: Folders) -> State:
    """Return what was remembered; a missing or unreadable file is an empty memory."""
    try:
        return msgspec.json.decode((where.state / STATE_FILE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError, RecursionError):
        return State()


def change_state(where: Folders, change: Callable[[State], State]) -> State:
    """Remember something more, and return all that is remembered; raises as ``keep_state`` does.

    Threads of one process take turns, so none forgets what another just remembered.
    """
    with _ONE_AT_A_TIME:
        state = change(load_state(where))
        keep_state(where, state)
    return state


def keep_state(where: Folders, state: State) -> None:
    """Remember ``state``: the file is replaced whole, and only its owner can read it.

    It is not forced to the disk: what a power cut could take is a place in a list, not work.

    Raises:
        SettingsError: It cannot be written.
    """
    file = where.state / STATE_FILE
    beside = file.with_name(f".{STATE_FILE}.{os.getpid()}")
    try:
        where.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(msgspec.json.encode(state))
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        message = f"{file} cannot be written ({error.strerror}), so the theme and your place"
        raise SettingsError(f"{message} are not remembered.") from error
