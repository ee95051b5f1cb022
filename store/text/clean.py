"""Without this, a stranger's headline could write the clipboard or retitle the window.

What is forbidden: controls (C0, DEL, C1: they command terminals, ECMA-48), lone surrogates and
non-characters (they break files), format characters and other invisibles (they hide or reorder
what is read), blank letters, and stacks of combining marks. Nothing is normalised, because claims
count code points (Unicode 15.1, chapter 23, names the classes).
"""

from __future__ import annotations

import re
from unicodedata import category

from store.text.address import ADDRESS_LIMIT, clean_address

__all__ = [
    "ADDRESS_LIMIT",
    "AUTHOR_LIMIT",
    "BODY_LIMIT",
    "DROPPED",
    "TITLE_LIMIT",
    "aligned",
    "clean",
    "clean_address",
    "guard",
    "is_ordinary",
]

TITLE_LIMIT = 1_000
AUTHOR_LIMIT = 500
BODY_LIMIT = 1_000_000
MARK_LIMIT = 8
"""Combining marks in a row; the longest run that a living language writes is shorter."""

REPLACEMENT = "\ufffd"
DROPPED = "\0"
"""What ``aligned`` puts where ``clean`` leaves a character out; never in its input by then."""

_SPACED_OUT = 4
"""How many times its limit a line may be long for the sake of spaces in it."""
_BROKEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_INVISIBLE = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff\ufff0-\ufffb"
)
"""Category Cf and the variation selectors, save the joiners and variation selector 16."""
_NON_CHARACTER = 0xFFFE
"""The bits that the last two code points of every plane share."""
_INVISIBLE_ASTRAL = (
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_JOINERS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0f"
_EMOJI_BASES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)

_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_BROKEN_CHARACTER = re.compile(f"[{_BROKEN}]")
_FILLER = re.compile(f"[{_FILLERS}]")
_INVISIBLE_CHARACTER = re.compile(f"[{_INVISIBLE}]")
_STRAY_EMOJI_STYLE = re.compile(
    f"{_EMOJI_STYLE}(?:(?<![0-9#*{_EMOJI_BASES}].)|(?<=[0-9#*].)(?!\u20e3))", re.DOTALL
)
_JOINER = re.compile(f"[{_JOINERS}]")
_LONG_RUN = re.compile(rf"[^\w\s\x01-\x7f]{{{MARK_LIMIT + 1},}}")
"""Where a stack of marks may hide: they are neither letters nor spaces nor ASCII."""
_LONG_FOREIGN_RUN = re.compile(rf"[^\x01-\x7f]{{{MARK_LIMIT + 1},}}")
"""Where such a run may be, found in a fifth of the time."""

_ORDINARY = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*+"
)
"""Letters and punctuation of which nothing is ever left out or replaced; most text is no more."""
# One class over all planes is ten times slower to search than these two, and most text is plain.
_SUSPECT = f"{_BROKEN}{_FILLERS}{_INVISIBLE}{_EMOJI_STYLE}\r\x0b\x0c\x85\u2028\u2029"
_SUSPECT_IN_LINES = re.compile(f"[{_SUSPECT}]")
_SUSPECT_IN_ONE_LINE = re.compile(f"[\n\t{_SUSPECT}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def clean(text: str, *, limit: int, lines: bool = False) -> str:
    """What may be stored of a string from outside: at most ``limit`` code points of it.

    Line breaks of all kinds become a newline, or a space unless ``lines``; tabs stay only in lines.
    """
    kept = aligned(text, lines=lines).replace(DROPPED, "")
    if len(kept) <= limit:
        return kept
    return kept[:limit].rstrip(_JOINERS + _EMOJI_STYLE)


def clean_line(text: str, *, limit: int) -> str:
    """The same as one line in which runs of spaces count as one; the rest is not looked at."""
    return clean(" ".join(text[: _SPACED_OUT * limit].split()), limit=limit)


def guard(text: str, *, lines: bool = False) -> str:
    """The same string on its way out, with one harmless character for each forbidden one.

    Clean text passes unchanged, so offsets into it still fit what is seen.
    """
    return aligned(text.replace("\r\n", " \n"), lines=lines).replace(DROPPED, REPLACEMENT)


def aligned(text: str, *, lines: bool = False) -> str:
    """What ``clean`` keeps, as long as the input: ``DROPPED`` stands where it keeps nothing."""
    if is_ordinary(text):
        return text
    suspect = _SUSPECT_IN_LINES if lines else _SUSPECT_IN_ONE_LINE
    if suspect.search(text):
        text = _without_forbidden_characters(text, lines=lines)
    if _ASTRAL.search(text):
        text = _ASTRAL.sub(_astral_in_place, text)
    if _LONG_FOREIGN_RUN.search(text):
        text = _LONG_RUN.sub(_without_excess_marks, text)
    return _JOINER.sub(_joiner_in_place, text) if _JOINER.search(text) else text


def is_ordinary(text: str) -> bool:
    """Whether it is one line of letters and punctuation alone, all spaces plain, as most text."""
    return (text.isascii() and text.isprintable()) or bool(_ORDINARY.fullmatch(text))


def _without_forbidden_characters(text: str, *, lines: bool) -> str:
    text = _BROKEN_CHARACTER.sub(REPLACEMENT, text).replace("\r\n", DROPPED + "\n")
    text = _LINE_BREAK.sub("\n" if lines else " ", text)
    text = _FILLER.sub(" ", text if lines else text.replace("\t", " "))
    text = _INVISIBLE_CHARACTER.sub(DROPPED, text)
    return _STRAY_EMOJI_STYLE.sub(DROPPED, text)


def _astral_in_place(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code & _NON_CHARACTER == _NON_CHARACTER:
        return REPLACEMENT
    return DROPPED if any(low <= code <= high for low, high in _INVISIBLE_ASTRAL) else character


def _without_excess_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run.group():
        if character == DROPPED:
            kept.append(DROPPED)
        elif character in _JOINERS or category(character).startswith("M"):
            marks += 1
            kept.append(character if marks <= MARK_LIMIT else DROPPED)
        else:
            marks = 0
            kept.append(character)
    return "".join(kept)


def _joiner_in_place(joiner: re.Match[str]) -> str:
    text, at = joiner.string, joiner.start()
    inside = 0 < at < len(text) - 1
    return joiner.group() if inside and _joins(text[at - 1]) and _joins(text[at + 1]) else DROPPED


def _joins(neighbour: str) -> bool:
    # Persian joins digits to letters; an ASCII digit beside a joiner only hides something.
    kind = category(neighbour)
    return kind[0] in "LM" or kind in {"So", "Sk"} or (kind == "Nd" and not neighbour.isascii())
