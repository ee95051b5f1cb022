"""How far each article was read: a file of its own beside what else the app remembers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

import msgspec

from store.model import Sentence, Value
from store.settings.folders import Folders

POSITIONS_FILE = "positions.json"
MOST = 2_000
"""Articles whose places are remembered; beyond, those left longest ago are forgotten."""
_WORDS = 80
"""Code points of a sentence by which it is found in another text of its article."""
_MOST_FOUND = 100
"""Places of the same words that are looked at."""


class Position(Value, frozen=True, kw_only=True):
    """Where somebody stopped reading an article."""

    offset: int
    """Where the sentence under the cursor began, in code points of the text."""
    words: str = ""
    """How that sentence began."""


class Positions:
    """The places in articles, read from their file when first asked for."""

    def __init__(self, where: Folders) -> None:
        self._file = where.state / POSITIONS_FILE
        self._known: dict[int, Position] | None = None
        self._changed: dict[int, Position | None] = {}
        self._one_at_a_time = Lock()

    @property
    def is_unsaved(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._changed)

    def load(self) -> None:
        """Read the file, once; a missing or unreadable one is an empty memory."""
        with self._one_at_a_time:
            if self._known is None:
                self._known = {**self._stored(), **_set(self._changed)}

    def of(self, article: int) -> Position | None:
        """Where an article was left, as far as that was read or changed yet."""
        if article in self._changed:
            return self._changed[article]
        return (self._known or {}).get(article)

    def keep(self, article: int, text: str, sentence: Sentence | None) -> None:
        """Remember where an article is left; at its title there is nothing to remember."""
        position = None
        if sentence is not None and sentence.block > 0:
            start, end = sentence.span.start, min(sentence.span.end, sentence.span.start + _WORDS)
            position = Position(offset=start, words=text[start:end])
        if position != self.of(article):
            self._changed.pop(article, None)
            self._changed[article] = position

    def write(self) -> None:
        """Bring what changed to the file, with what other windows wrote to it meanwhile.

        It is not forced to the disk, and what cannot be written is forgotten: it is no work.
        """
        with self._one_at_a_time:
            changed, self._changed = self._changed, {}
            if not changed:
                return
            known = self._stored()
            for article in changed:
                known.pop(article, None)
            known.update(_set(changed))
            self._known = dict(list(known.items())[-MOST:])
            self._replace(msgspec.json.encode(self._known))

    def _stored(self) -> dict[int, Position]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[int, Position])
        except (OSError, msgspec.DecodeError, RecursionError):
            return {}

    def _replace(self, content: bytes) -> None:
        beside = self._file.with_name(f".{POSITIONS_FILE}.{os.getpid()}")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
            beside.replace(self._file)
        except OSError:
            with suppress(OSError):
                beside.unlink()


def place_in(position: Position | None, text: str, sentences: Sequence[Sentence]) -> int:
    """Which sentence a position means in a text, whatever text it was noted in."""
    if position is None or not sentences:
        return 0
    at = offset_in(position, text)
    before = [number for number, one in enumerate(sentences) if one.span.start <= at]
    return before[-1] if before else 0


def offset_in(position: Position, text: str) -> int:
    """Where in a text, in code points, the sentence of a position begins."""
    at, words = position.offset, position.words
    if not words or text.startswith(words, at):
        return at
    found: list[int] = []
    place = text.find(words)
    while place >= 0 and len(found) < _MOST_FOUND:
        found.append(place)
        place = text.find(words, place + 1)
    return min(found, key=lambda one: abs(one - at), default=at)


def _set(changed: dict[int, Position | None]) -> dict[int, Position]:
    return {article: one for article, one in changed.items() if one is not None}
