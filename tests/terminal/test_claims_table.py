"""The table of claims in a real terminal: found, changed many at once, taken back, kept."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill
from real_terminal import WIREDESK, Terminal

from store.settings import folders


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH, QUIET)


def exported(where: str) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [*WIREDESK, "export", "--where", where], capture_output=True, text=True, check=True
    )
    claims: list[dict[str, Any]] = json.loads(ran.stdout)["claims"]
    return claims


def test_claims_are_filtered_changed_and_still_so_after_a_kill() -> None:
    with Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("Anthropic")
        terminal.press("g", "enter")
        terminal.wait_for("recruiting for data")
        for _ in range(3):
            terminal.press("j", "s", "h")
        terminal.wait_for(lambda: "saved" in terminal.lines[-1])
        terminal.press("C")
        terminal.wait_for("Claims 3")
        terminal.press("/", *"foothold", "enter")
        terminal.wait_for("Claims 1 of 3")
        terminal.press("/", "escape")
        terminal.wait_for(lambda: "of 3" not in terminal.lines[0])
        terminal.press("A", "s", "e")
        terminal.wait_for("3 claims: signal hiring → expansion")
        terminal.press("enter")
        terminal.wait_for("saved · 3 claims")
        terminal.kill()
    assert len(exported("signal:expansion")) == 3
    with Terminal(columns=80, rows=24) as terminal:
        terminal.wait_for("A quiet day")
        terminal.press("C")
        terminal.wait_for("Claims 3")
        terminal.press("u")
        terminal.wait_for("took back the change, of 3 claims")
    assert len(exported("signal:hiring")) == 3
