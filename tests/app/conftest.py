"""Makes the app's tests wait no longer than they must."""

from __future__ import annotations

import pytest
from textual import _wait

from tui.screens import reading


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look every 2 ms whether the app is idle: Textual looks every 20, three times a key."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.002)


@pytest.fixture(autouse=True)
def warms_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's first key is not in a hurry, and `settle` waits for what articles need."""
    monkeypatch.setattr(reading, "WARM_UP_AFTER", 0)
