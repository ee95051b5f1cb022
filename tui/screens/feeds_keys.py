"""The keys of the feeds screen that are about all feeds."""

from __future__ import annotations

from textual.binding import Binding, BindingType

FEEDS_KEYS: list[BindingType] = [
    Binding("question_mark", "help", "help", id="desk.help", tooltip="Every key"),
    Binding(
        "R", "refresh_all", "all", id="desk.refresh", tooltip="Fetch every feed; once more stops it"
    ),
    Binding("slash,F", "find", "find", id="care.find", tooltip="Find feeds by any words of theirs"),
    Binding("O", "order", "order", id="care.order", tooltip="Put them in another order"),
    Binding("u", "undo", "undo", id="care.undo", tooltip="Take the last change back"),
    Binding("escape,q,M", "leave", "back", id="care.leave", tooltip="Back to the desk"),
]
