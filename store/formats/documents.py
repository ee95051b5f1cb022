"""Articles that come in from elsewhere: plain text, or one JSON object a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from store.model import Value

MOST_CHARACTERS = 1_000_000
"""Longest article, in code points."""
MOST_BYTES = 16_000_000
"""Longest line: an article in UTF-8, every character of it escaped, would still fit."""
DIMENSIONS = {"signals": "signal", "companies": "company", "regions": "region"}
"""What lines call the values of the dimensions that every codebook has; others by their id."""

_MARK = b"\xef\xbb\xbf"
_JSON = re.compile(rb'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{\["]|$))')
_OWN = frozenset({"id", "title", "text", "sentences"})


class Passage(Value, frozen=True, kw_only=True):
    """A sentence, or a text, with the values that somebody gave it."""

    text: str
    values: dict[str, tuple[str, ...]] = {}
    """By dimension; one that nobody judged is not there, one without any value is empty."""


class Document(Value, frozen=True, kw_only=True):
    """An article as it came in."""

    id: str | int
    where: str
    """Where it stands: its file, and the line."""
    title: str = ""
    whole: Passage | None = None
    """Its running text; None if it came in sentences."""
    starts: int = 0
    """Where the article begins in its running text, after a title."""
    sentences: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """What its offsets count on: the text as it was given, or the sentences as lines."""
        return self.whole.text if self.whole else "\n".join(one.text for one in self.sentences)


class Unread(Value, frozen=True, kw_only=True):
    """A line, or a whole file, that is no article."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where} {self.why}"


class _BadLine(Exception):
    """What is wrong with a line, to be read after its number."""


def documents_in(
    stream: BinaryIO, name: str, *, titled: bool = False, tagged: bool = False
) -> Iterator[Document | Unread]:
    """The articles of a file, read as they are asked for.

    A file that begins with a JSON object has one a line; any other is one article of plain text,
    whose first line is its title if it is ``titled``. Values are looked at if they are ``tagged``.

    Raises:
        OSError: It cannot be read on.
    """
    number, blank = 1, bytearray()
    line = stream.readline(MOST_BYTES + 1).removeprefix(_MARK)
    while line and not line.strip() and len(blank) < MOST_BYTES:
        blank += line
        line = stream.readline(MOST_BYTES + 1)
        number += 1
    if _JSON.match(line):
        yield from _lines(stream, name, number, line, tagged=tagged)
    elif line:
        written = bytes(blank) + line + stream.read(4 * MOST_CHARACTERS)
        yield _plain(written, name, titled=titled)


def _plain(written: bytes, name: str, *, titled: bool) -> Document | Unread:
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError:
        return Unread(where=name, why="is no text in UTF-8: save it as UTF-8 and try again.")
    if len(text) > MOST_CHARACTERS:
        return Unread(where=name, why=_TOO_LONG)
    if not titled:
        return Document(id=name, where=name, whole=Passage(text=text))
    title = re.match(r"\s*([^\r\n]*)", text)
    starts = title.end() if title else 0
    return Document(
        id=name,
        where=name,
        title=title[1] if title else "",
        whole=Passage(text=text),
        starts=starts,
    )


_TOO_LONG = f"is longer than {MOST_CHARACTERS:,} characters: part it into articles."


# ---------------------------------------------------------------- lines of JSON


def _lines(
    stream: BinaryIO, name: str, number: int, line: bytes, *, tagged: bool
) -> Iterator[Document | Unread]:
    while line:
        where = f"{name}, line {number}"
        if len(line) > MOST_BYTES:
            yield Unread(where=where, why=_TOO_LONG)
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_BYTES)
        elif line.strip():
            try:
                yield _document(line, where, f"{name}:{number}", tagged=tagged)
            except _BadLine as error:
                yield Unread(where=where, why=str(error))
        line = stream.readline(MOST_BYTES + 1)
        number += 1


def _document(line: bytes, where: str, name: str, *, tagged: bool) -> Document:
    """The article that a line tells of; ``name`` is its id if the line gives none."""
    told = _object(line)
    id_ = told.get("id", name)
    if not isinstance(id_, str | int) or isinstance(id_, bool):
        message = 'has an "id" that is neither text nor a whole number.'
        raise _BadLine(message)
    if ("text" in told) == ("sentences" in told):
        both = "text" in told
        message = f'has {"both" if both else "neither"} "text" {"and" if both else "nor"}'
        raise _BadLine(f'{message} "sentences": give one of them.')
    title = "" if told.get("title") is None else _text(told, "title", "")
    if "text" in told:
        document = Document(
            id=id_, where=where, title=title, whole=_passage(told, "", tagged=tagged)
        )
    else:
        document = Document(
            id=id_, where=where, title=title, sentences=_sentences(told, tagged=tagged)
        )
    if len(document.text) > MOST_CHARACTERS:
        raise _BadLine(_TOO_LONG)
    return document


def _object(line: bytes) -> dict[str, Any]:
    try:
        told = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = str(error).removesuffix(".")
        message = f"is no JSON ({reason}): give each article a line of its own."
        raise _BadLine(message) from error
    if not isinstance(told, dict):
        message = 'is no object: write {"id": …, "title": …, "text": …}.'
        raise _BadLine(message)
    return told


def _sentences(told: dict[str, Any], *, tagged: bool) -> tuple[Passage, ...]:
    sentences = told["sentences"]
    if not isinstance(sentences, list):
        message = 'has "sentences" that are no list.'
        raise _BadLine(message)
    return tuple(
        _sentence(one, f"sentence {number}", tagged=tagged) for number, one in enumerate(sentences)
    )


def _sentence(told: Any, where: str, *, tagged: bool) -> Passage:
    if isinstance(told, str):
        return Passage(text=told)
    if isinstance(told, dict):
        return _passage(told, where, tagged=tagged)
    message = f"has a {where} that is neither text nor an object."
    raise _BadLine(message)


def _passage(told: dict[str, Any], where: str, *, tagged: bool) -> Passage:
    """A text, and if ``tagged`` its values: every list beside it holds those of a dimension."""
    values = {
        DIMENSIONS.get(name, name): _values(name, held, where)
        for name, held in told.items()
        if tagged and name not in _OWN and (isinstance(held, list) or name in DIMENSIONS)
    }
    return Passage(text=_text(told, "text", where), values=values)


def _values(name: str, held: Any, where: str) -> tuple[str, ...]:
    if not isinstance(held, list) or not all(isinstance(one, str) for one in held):
        message = f'has "{name}"{_of(where)} that are no list of texts.'
        raise _BadLine(message)
    return tuple(dict.fromkeys(held))


def _text(told: dict[str, Any], name: str, where: str) -> str:
    found = told.get(name)
    if not isinstance(found, str):
        message = f'has a "{name}"{_of(where)} that is no text.'
        raise _BadLine(message)
    return found


def _of(where: str) -> str:
    return f" of {where}" if where else ""
