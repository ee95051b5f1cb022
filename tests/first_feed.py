"""The first thing a person does on an empty desk."""

from __future__ import annotations

from real_terminal import Terminal


def add_first_feed(terminal: Terminal, address: str, title: str) -> None:
    """Add a feed by the keyboard; wait until an article of it is listed and takes keys."""
    terminal.wait_for("Add a feed")
    terminal.press("+")
    terminal.wait_for("Type or paste")
    terminal.press(address, "enter")
    # The list behind the dialog may show the article before the dialog is gone.
    terminal.wait_for("added ")
    terminal.wait_for(title)
