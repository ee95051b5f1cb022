"""Keeps the tests on this checkout, and this machine out of the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import store

if TYPE_CHECKING:
    from feed_server import FeedServer

    from store.shelf.shelf import Shelf

CHECKOUT = Path(__file__).resolve().parents[1]

# "store", "tui" and "themes" are names that other distributions have too.
if not Path(store.__file__).resolve().is_relative_to(CHECKOUT):
    raise pytest.UsageError(
        f"The tests would judge {store.__file__}, which is not of {CHECKOUT}. "
        f"Uninstall what brought it, or use a fresh environment (make clean test)."
    )

# A time limit an example fails on slow machines only; pytest-timeout ends what hangs.
settings.register_profile("here", deadline=None)
settings.register_profile("long", deadline=None, max_examples=50_000)
settings.load_profile("here")

_OF_THE_MACHINE = (
    "BROWSER",
    "COLORFGBG",
    "COLUMNS",
    "EDITOR",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "SSH_CONNECTION",
    "TEXTUAL",
    "TMUX",
    "VISUAL",
    "WIREDESK_",
    "XDG_",
)
"""Beginnings of the variables that would change what a test sees."""


@pytest.fixture(autouse=True)
def no_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Give each test a home, a desk, a clock in UTC and an environment that are its own."""
    for name in tuple(os.environ):
        if name.startswith(_OF_THE_MACHINE) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("WIREDESK_HOME", str(home / "wiredesk"))
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A server of feeds, with nothing on it yet."""
    from feed_server import FeedServer

    with FeedServer() as serving:
        yield serving


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A desk with nothing on it yet."""
    from store.shelf.shelf import Shelf

    shelf = Shelf.open(tmp_path / "desk")
    yield shelf
    shelf.close()
