"""The screen as lines of text, as a person reads them.

They come from what Textual composes of the widgets for the terminal. Its screenshot has the same
text, at six times the price: each picture is styled, drawn and measured.
"""

from typing import Any

from textual._context import visible_screen_stack
from textual.app import App


def screen_lines(app: App[Any]) -> list[str]:
    """Every line of the screen, without the blanks at its end."""
    _, height = app.size
    # Right after the window changed, what is drawn is still the other height.
    drawn = [strip.text.replace("\xa0", " ").rstrip() for strip in _strips(app)]
    return drawn + [""] * (height - len(drawn))


def _strips(app: App[Any]) -> list[Any]:
    below = visible_screen_stack.set(app._background_screens)  # a dialog lets them shine through
    try:
        return app.screen._compositor.render_strips()
    finally:
        visible_screen_stack.reset(below)


def screen_text(app: App[Any]) -> str:
    """The whole screen in one string."""
    return "\n".join(screen_lines(app))
