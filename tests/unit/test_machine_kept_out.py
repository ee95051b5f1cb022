"""A test sees no home, no clock and no network of the machine it runs on."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

import store

BLOCKED = (SocketConnectBlockedError, UserWarning)
"""Newer versions of pytest-socket warn first, and a warning is an error here."""


def test_home_and_desk_are_the_tests_own(tmp_path: Path) -> None:
    assert Path.home().is_relative_to(tmp_path)
    assert Path(os.environ["WIREDESK_HOME"]).is_relative_to(tmp_path)


def test_the_clock_is_in_utc_and_colour_is_on() -> None:
    assert time.tzname == ("UTC", "UTC")
    assert "NO_COLOR" not in os.environ


def test_the_package_under_test_is_of_this_checkout() -> None:
    assert Path(store.__file__).resolve().parent == Path(__file__).resolve().parents[2] / "store"


def test_no_test_leaves_this_machine() -> None:
    with socket.socket() as plug, pytest.raises(BLOCKED, match=r"203\.0\.113\.1"):
        plug.connect(("203.0.113.1", 80))
