"""What a query line tells, apart from it: a window opens before any query is typed."""

from __future__ import annotations

from typing import Literal

from tui.widgets.telling import Telling

Purpose = Literal["search", "filter"]


class QueryTyped(Telling):
    """Something else is typed now."""

    purpose: Purpose
    query: str


class QueryKey(Telling):
    """A key of the line was pressed: "done", "leave", "order" or "save"."""

    purpose: Purpose
    what: str
