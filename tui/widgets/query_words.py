"""What a query line tells, apart from it: a window opens before any query is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.message import Message

Purpose = Literal["search", "filter"]


@dataclass
class QueryTyped(Message):
    """Something else is typed now."""

    purpose: Purpose
    query: str


@dataclass
class QueryKey(Message):
    """A key of the line was pressed: "done", "leave", "order" or "save"."""

    purpose: Purpose
    what: str
