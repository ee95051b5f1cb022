"""What cannot be done, told to the person in one sentence."""

from __future__ import annotations


class DeskError(Exception):
    """Something could not be done. The message is one sentence for the person."""


class ExportExists(DeskError):
    """There is a file of that name."""


class NotConnected(DeskError):
    """There is no network just now; nothing is held against any feed."""
