"""The looks of a widget's parts, worked out for those that are drawn, when they first are.

Textual matches each component class with the style sheet whenever a widget is styled; a start
styles all of them twice, and shows few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.css.styles import RenderStyles
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.widget import Widget
else:
    Widget = object  # only the first Widget among a class's bases gives it looks and keys


class PartsAsDrawn(Widget):
    """Comes first among the bases of a widget whose component classes cost nothing until drawn."""

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]
        """What Textual styles anew, and draws the widget again for, when the style changes."""
        return frozenset(self._component_styles)

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The looks of these parts together.

        Raises:
            KeyError: One of them is not in COMPONENT_CLASSES.
        """
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                self._component_styles[name] = self._styled(name)
        return super().get_component_styles(*names)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Style nothing anew: its parts that show the focus have two names, see `in_focus`."""

    def in_focus(self, part: str) -> str:
        """The name of a part by whether the widget has the focus."""
        return part if self.has_focus else f"{part}-blurred"

    def _styled(self, name: str) -> RenderStyles:
        part = DOMNode(classes=name)
        part._attach(self)
        self.app.stylesheet.apply(part)
        return part.styles
