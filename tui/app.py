"""The app: themes, the person's keys, the first screen, and an orderly end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter, Monochrome
from textual.screen import Screen

from store.desk import Desk, DeskError
from store.settings import Settings, change_state, load_state
from store.settings_page import SettingsError
from themes import DEFAULT_THEME, load_themes, variable_defaults
from tui.palette import KeyCommands
from tui.presets import in_force
from tui.program_keys import ProgramKeys
from tui.prompts import key_name
from tui.screens.reading import ReadingScreen
from tui.screens.welcome import Welcome

THEMES_FOLDER = "themes"
LAY_OUT_AFTER = 1.0
"""Seconds for what can wait until the person reads."""
_COLLECTED_AFTER = (10_000, 20, 100)
"""See gc.set_threshold. Python's own (700, 10, 10) collects everything in many a painting."""
_TURN = 0.0005
"""Seconds for which the desk's thread keeps a key waiting; Python's own 0.005 is seen in typing."""


class WiredeskApp(App[None]):
    """A person's desk in a terminal."""

    TITLE = "Wiredesk"
    BINDING_GROUP_TITLE = ProgramKeys.BINDING_GROUP_TITLE
    CSS_PATH = Path("app.tcss")
    COMMANDS = {KeyCommands}
    ENABLE_COMMAND_PALETTE = True

    BINDINGS: ClassVar[list[BindingType]] = ProgramKeys.BINDINGS

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk = desk
        self._settings = settings
        self.fault: Exception | None = None
        """What ended the program, if it was a fault of its own."""
        self._open_until_end = ExitStack()
        self.no_color = bool(os.environ.get("NO_COLOR"))  # an empty one asks for nothing
        self._no_colour: LineFilter | None = None
        self._complaints: list[str] = []
        self._own_themes: list[str] = []
        self._register_themes()
        self.chosen_keys = in_force(settings.preset, settings.keys)
        """The keys that the person or a preset chose, by binding id."""
        self.set_keymap(self.chosen_keys)

    def _register_themes(self) -> None:
        loaded = load_themes(self._desk.folders.settings / THEMES_FOLDER)
        self._complaints += loaded.failures
        for theme in loaded.themes:
            self.register_theme(theme)
            self._own_themes.append(theme.name)
        wanted = self._settings.theme or load_state(self._desk.folders).theme or DEFAULT_THEME
        if wanted not in self.available_themes:
            self._complaints.append(f"There is no theme called {wanted}; T shows those there are.")
            wanted = DEFAULT_THEME
        self.theme = wanted

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of claims, for themes that say nothing of them."""
        return variable_defaults(dark=self.current_theme.dark)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw without any colour where that is wanted; Textual itself would draw in greys."""
        if not self.no_color:
            return [one for one in super().get_line_filters() if not isinstance(one, Monochrome)]
        if self._no_colour is None:
            from tui.no_colour import NoColour

            self._no_colour = NoColour()
        return [self._no_colour]

    def get_key_display(self, binding: Binding) -> str:
        """Keys read everywhere as they do in the help."""
        return binding.key_display or key_name(binding.key)

    def get_default_screen(self) -> Screen[None]:
        """The desk itself."""
        return ReadingScreen(self._desk, tuple(self._complaints))

    def on_load(self) -> None:
        """Keys before threads; end in order when the terminal or the system says so."""
        sys.setswitchinterval(_TURN)
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(name, self.exit)

    def on_mount(self) -> None:
        """Begin to collect garbage, now that what is there is there to stay."""
        # A full collection over a large desk's columns would be a visible hitch.
        gc.freeze()
        gc.set_threshold(*_COLLECTED_AFTER)
        gc.enable()
        if not self._desk.is_sample:
            self._lay_out_settings()

    @work(group="settings")
    async def _lay_out_settings(self) -> None:
        """Give the person a file of settings to change, where there is none."""
        await asyncio.sleep(LAY_OUT_AFTER)
        from store.settings.fresh import lay_out_once

        await asyncio.to_thread(lay_out_once, self._desk.folders)

    async def action_next_theme(self) -> None:
        """Put on the next theme, and remember it."""
        names = self._own_themes
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]
        if isinstance(self.screen, ReadingScreen):
            self.screen.say(f"theme {self.theme}")
        try:
            await asyncio.to_thread(self._remember_theme, self.theme)
        except SettingsError as error:
            if isinstance(self.screen, ReadingScreen):
                self.screen.say(str(error), error=True)

    def _remember_theme(self, name: str) -> None:
        folders = self._desk.folders
        change_state(folders, lambda state: replace(state, theme=name))

    @on(Welcome.SampleWanted)
    @work(group="sample", exclusive=True)
    async def _open_sample(self) -> None:
        """Go to a throw-away desk; it is gone when the app ends."""
        from store.sample.desk import throw_away_desk

        try:
            sample = self._open_until_end.enter_context(throw_away_desk())
            desk = Desk.open(sample.folders, self._settings, is_sample=True)
        except (DeskError, OSError) as error:
            if isinstance(self.screen, ReadingScreen):
                self.screen.say(str(error), error=True)
            return
        self._open_until_end.callback(desk.close)
        await self.push_screen(ReadingScreen(desk))

    def _fatal_error(self) -> None:
        """End, as Textual does after a fault; its own report shows what every variable holds."""
        from store.faults import wants_all

        if wants_all():
            super()._fatal_error()
            return
        self.fault = self._exception
        self._close_messages_no_wait()

    def close(self) -> None:
        """Let go of what was opened on the way."""
        self._open_until_end.close()
