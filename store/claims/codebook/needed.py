"""Words without which a regular expression finds nothing, to know so before it is tried."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?P<plain>[A-Za-z ]+)"
    r"|(?P<choice>\(\?:[A-Za-z ]+(?:\|[A-Za-z ]+)*\))"
    r"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\[bBwWdDsS\W])"
    r"|(?P<open>\((?:\?(?::|=|!|<=|<!|-i:))?(?!\?))"
    r"|(?P<close>\))"
    r"|(?P<either>\|)"
    r"|(?P<other>[\w.^$,;:'\"“”’‘/&%€£¥#@!~<>=-])"
)
_REPEATED = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_ONCE = re.compile(r"\+\??|\{[1-9]\d*(?:,\d*)?\}\??")
_TELLING = 3
"""Letters that the words need at least to be worth looking for."""
ODD_CASES = "İıſ\u212a"
"""Letters that are the same as i, s and k to a regular expression, but not in lower case."""


def needed_words(written: str) -> tuple[str, ...]:
    """Of these words, in lower case, every match has at least one; none are known if empty.

    Only what stands outside brackets, or is a plain choice in them, is understood. An expression
    with anything rarer in it, or with a choice at its top, is one of which nothing is known.
    """
    best: tuple[str, ...] = ()
    place = depth = 0
    while place < len(written):
        part = _PART.match(written, place)
        if part is None or (part.lastgroup == "either" and depth == 0):
            return ()
        kind, place = part.lastgroup, part.end()
        depth += (kind == "open") - (kind == "close")
        repeated = _REPEATED.match(written, place)
        once = repeated is None or _ONCE.match(written, place) is not None
        if repeated:
            place = repeated.end()
        if depth == 0:
            best = max(best, _words(kind, part.group(), once=once), key=_least)
    return best if depth == 0 and _least(best) >= _TELLING else ()


def _words(kind: str | None, written: str, *, once: bool) -> tuple[str, ...]:
    """What a part says; "?" and its like after plain words may take away their last letter."""
    if kind == "plain":
        return ((written if once else written[:-1]).lower(),)
    if kind == "choice" and once:
        return tuple(written[3:-1].lower().split("|"))
    return ()


def _least(words: tuple[str, ...]) -> int:
    return min(map(len, words), default=0)
