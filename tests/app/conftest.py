"""Makes the app's tests wait no longer than they must."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from textual import _wait

from store import worker
from tui import app
from tui.screens import reading, searching


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look every 2 ms whether the app is idle: Textual looks every 20, three times a key."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.002)


@pytest.fixture(autouse=True)
def warms_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's first key is not in a hurry, and `settle` waits for what articles need."""
    monkeypatch.setattr(app, "LAY_OUT_AFTER", 0)
    monkeypatch.setattr(reading, "WARM_UP_AFTER", 0)
    monkeypatch.setattr(searching, "FOLLOW_AFTER", 0)


@pytest.fixture(autouse=True)
def indexes_where_a_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker process for each test would take longer than the tests."""
    monkeypatch.setattr(worker, "indexing", _no_indexing)


async def _no_indexing(_desk: Path) -> AsyncGenerator[worker.Indexed, None]:
    yield worker.Indexed()
