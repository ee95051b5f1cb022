"""Makes the app's tests wait no longer than they must."""

from __future__ import annotations

import gc
from collections.abc import AsyncGenerator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual import _wait
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from store import worker
from tui import app
from tui.screens import reading, searching
from tui.widgets import status

APPS_KEPT = 50
"""Tests after which what their apps left is looked for: an app freezes all that is there."""

_ended = count(1)
_read_rules: dict[tuple[Any, ...], list[RuleSet]] = {}
_read_anew = Stylesheet._parse_rules


@pytest.fixture(autouse=True)
def lets_go_of_apps() -> Iterator[None]:
    """Keep the memory of a process flat, and collections short, over hundreds of apps."""
    yield
    if next(_ended) % APPS_KEPT == 0:
        gc.unfreeze()
        gc.collect()


@pytest.fixture(autouse=True)
def reads_a_style_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share between apps what their style sheets say, where text and colours are the same."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _rules_of)


def _rules_of(sheet: Stylesheet, css: str, *place: Any, **kind: Any) -> list[RuleSet]:
    said = (css, place, tuple(kind.items()), frozenset(sheet._variables.items()))
    if said not in _read_rules:
        _read_rules[said] = _read_anew(sheet, css, *place, **kind)
    return _read_rules[said]


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
def says_it_until_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a message would be gone before a test reads it."""
    monkeypatch.setattr(status, "LINGER", 3600.0)


@pytest.fixture(autouse=True)
def indexes_where_a_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker process for each test would take longer than the tests."""
    monkeypatch.setattr(worker, "indexing", _no_indexing)


async def _no_indexing(_desk: Path) -> AsyncGenerator[worker.Indexed, None]:
    yield worker.Indexed()
