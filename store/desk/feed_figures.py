"""Times, sizes and amounts that are set for feeds: how people type them, and how they are told."""

from __future__ import annotations

from store.errors import DeskError
from store.settings import FEWEST_MINUTES, MOST_MEGABYTES, MOST_MINUTES

_MINUTES_A_UNIT = {"m": 1, "min": 1, "h": 60, "d": 24 * 60}
_MOST_KEPT = 1_000_000


def typed_minutes(typed: str) -> int:
    """What "90", "2h", "1 d" or nothing mean, in minutes; nothing is 0, as often as the others.

    Raises:
        DeskError: It is no time, or too short or too long a one.
    """
    text = typed.strip().lower()
    if not text:
        return 0
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = text[len(number) :].strip() or "m"
    if not (number.isascii() and number.isdigit() and unit in _MINUTES_A_UNIT):
        raise DeskError("Type minutes, or a number with h or d, as 90, 2h or 1d; empty: the usual.")
    minutes = int(number[:9]) * _MINUTES_A_UNIT[unit]
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise DeskError(
            f"Between {FEWEST_MINUTES} minutes and {minutes_told(MOST_MINUTES)}: publishers turn "
            "away who asks more often."
        )
    return minutes


def typed_megabytes(typed: str) -> int:
    """What "20" or nothing mean, in MB; nothing is 0, the usual.

    Raises:
        DeskError: It is no whole number, or too large a one.
    """
    text = typed.strip().lower().removesuffix("mb").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_MEGABYTES):
        raise DeskError(f"Type whole megabytes from 1 to {MOST_MEGABYTES}; empty: the usual.")
    return int(text)


def typed_amount(typed: str, unit: str) -> int:
    """What "30", "30 days" or nothing mean, of a unit in the plural; nothing is 0, as for all.

    Raises:
        DeskError: It is no whole number above nought.
    """
    text = typed.strip().lower().removesuffix(unit).removesuffix(unit[:-1]).strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST_KEPT):
        raise DeskError(f"Type a whole number of {unit}, as 30; empty: as for all feeds.")
    return int(text)


def minutes_told(minutes: int) -> str:
    """A length of time in the largest unit that tells it whole: "90 min", "2 h", "1 day"."""
    if minutes and not minutes % (24 * 60):
        days = minutes // (24 * 60)
        return "1 day" if days == 1 else f"{days} days"
    return f"{minutes // 60} h" if minutes and not minutes % 60 else f"{minutes} min"
