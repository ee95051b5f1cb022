"""Where letters are typed into forms and queries: keys act in the order in which they were pressed.

Letters may come many at a time, as they do over a slow network. Textual looks for what a key is
bound to when it has gone through every widget around the line, and the letters that were pressed
after it would stand in the line before it acts.
"""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input


class LineInput(Input):
    """A line."""

    async def _on_key(self, event: events.Key) -> None:
        await act_at_once(self, event)


async def act_at_once(widget: Widget, event: events.Key) -> None:
    """Do what a key is bound to in the widget that has the focus; any other key goes its way."""
    active = None if event.is_printable else widget.screen.active_bindings.get(event.key)
    if active is not None and active.node is widget and active.enabled:
        event.stop()
        event.prevent_default()
        await widget.app.run_action(active.binding.action, widget)
