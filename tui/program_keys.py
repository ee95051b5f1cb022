"""The keys of the program itself, whatever is on the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType


class ProgramKeys:
    """What the app does at any time but in a dialog."""

    BINDING_GROUP_TITLE = "Program"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "colon,ctrl+p",
            "command_palette",
            "Palette",
            show=False,
            id="app.palette",
            tooltip="Find a command by what it does",
        ),
        Binding("T", "next_theme", "Theme", show=False, id="app.theme", tooltip="Next theme"),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Suspend",
            show=False,
            id="app.suspend",
            tooltip="To the shell for a while; fg comes back",
        ),
        Binding(
            "ctrl+q",
            "quit",
            "Quit",
            show=False,
            id="app.quit",
            tooltip="Quit at once",
            priority=True,  # in a dialog too
        ),
    ]
