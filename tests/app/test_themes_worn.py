"""Every theme can be put on: the shipped ones and Textual's own."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input, Label, OptionList

from themes import ROLES, load_themes, variable_defaults


class Wearing(App[None]):
    """A line in the colour of each role."""

    CSS = "\n".join(f".{role} {{ color: ${role}; background: ${role} 20%; }}" for role in ROLES)

    def __init__(self) -> None:
        super().__init__()
        for theme in load_themes().themes:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)

    def compose(self) -> ComposeResult:
        for role in ROLES:
            yield Label(role, classes=role)
        yield OptionList("one", "two")
        yield Input()


@pytest.mark.parametrize("name", [*BUILTIN_THEMES, *(theme.name for theme in load_themes().themes)])
async def test_every_role_is_drawn_in_its_colour(name: str) -> None:
    app = Wearing()
    async with app.run_test() as pilot:
        app.theme = name
        await pilot.pause()
        expected = variable_defaults(app.current_theme.dark) | app.current_theme.variables
        for role in ROLES:
            assert app.query_one(f".{role}").styles.color == Color.parse(expected[role])
