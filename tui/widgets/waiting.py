"""Waiting for a screen's answer, without outliving the screen that would give it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.widget import Widget

_LOOK_EVERY = 0.25
"""Seconds between looks whether the app still runs."""


async def until_set(widget: Widget, event: asyncio.Event) -> None:
    """Wait for what another part of the app sets; while it ends, nobody may be left to do so."""
    while widget.app.is_running and not event.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), _LOOK_EVERY)
