"""How long a person waits for a usable window, beside the least that any Textual app takes."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from many_articles import build_desk
from real_terminal import WIREDESK, Terminal

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
    def on_key(self, event):
        self.query_one(Static).update("pressed")
Empty().run()
"""
RUNS = 7


def seconds_to(
    argv: Sequence[str], shown: str, press: str, answered: Callable[[Terminal], bool]
) -> float:
    """From the start of the process until the window is there and has answered a key."""
    began = time.perf_counter()
    with Terminal(argv, columns=120, rows=40) as terminal:
        terminal.wait_for(shown)
        terminal.press(press)
        terminal.wait_for(lambda: answered(terminal))
        return time.perf_counter() - began


@pytest.mark.bench
def test_a_window_on_a_hundred_thousand_articles_beside_an_empty_app(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Path(os.environ["WIREDESK_HOME"]) / "desk"
    build_desk(desk, feeds=500, articles=100_000)
    empty, full = [], []
    ours = [*WIREDESK]
    for run in range(RUNS + 1):
        pair = (
            seconds_to(
                [sys.executable, "-c", EMPTY_APP], "ready", "x", lambda t: "pressed" in t.text
            ),
            seconds_to(ours, "Unread", "j", lambda t: "▌" in t.text),
        )
        if run:  # the first pair warms the page cache and writes the derived columns
            empty.append(pair[0])
            full.append(pair[1])
    ratio = statistics.median(a / b for a, b in zip(full, empty, strict=True))
    with capsys.disabled():
        print(
            f"\nwindow on 100,000 articles: {statistics.median(full):.3f} s, "
            f"empty Textual app: {statistics.median(empty):.3f} s, ratio {ratio:.2f}"
        )
    assert ratio > 0
