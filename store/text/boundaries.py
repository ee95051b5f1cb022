"""Without this, every language would be cut into sentences by the rules of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from store.model import Span
from store.text.english import english_ends
from store.text.latin import latin_language

_SCRIPTS = (
    ("el", 0x0370, 0x03FF),
    ("ru", 0x0400, 0x052F),
    ("hy", 0x0531, 0x0587),
    ("he", 0x05D0, 0x05EA),
    ("ar", 0x0620, 0x06D3),
    ("ar", 0x0750, 0x077F),
    ("hi", 0x0900, 0x097F),
    ("bn", 0x0980, 0x09FF),
    ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F),
    ("th", 0x0E00, 0x0E7F),
    ("ka", 0x10A0, 0x10FF),
    ("am", 0x1200, 0x137F),
    ("ja", 0x3041, 0x30FF),
    ("zh", 0x3400, 0x9FFF),
    ("ko", 0xAC00, 0xD7A3),
)
"""The language to presume where a feed names none, and the code points that point to it."""
_FOREIGN_LETTER = re.compile(r"[^\W\d_a-zA-Z\u00aa-\u024f]")
_SAMPLE = 2_000
"""Code points at a text's beginning that show its script."""
_KANA_SHARE = 0.1
"""Of Japanese prose a third is kana; Chinese has none."""
_LETTERS_PER_CHARACTER = 3
"""A Chinese or Japanese character says as much as a few Latin letters do."""
_UNSPACED = frozenset({"ja", "zh", "yue"})

_ASIDE = (
    "「[^「」]{1,400}」|『[^『』]{1,400}』|（[^（）]{1,400}）|“[^“”]{1,400}”|《[^《》]{1,400}》"
)
_UNSPACED_END = re.compile(rf"({_ASIDE})|[。！？!?｡]+[」』”’）】》〉)\]]*|…+(?=\s|$)")
_ENDED = re.compile(r"[。！？!?｡…][」』”’）】》〉]*$")
_GOES_ON = re.compile(r"[とっなのがはをにもでや、，,。．」』）]|$")
"""What follows a Japanese or Chinese quotation when the sentence around it goes on."""

_REACH = 20
"""Code points before and after a presumed end that are looked at."""
_LONGEST_PIECE = 10_000
"""Code points given to sentencex at once; paragraphs of this length are not written."""
_MARKS = re.compile(r"[^\w\s]{12,}")
_LAST_INITIAL = re.compile(r"(?:^|[\s(«“\".-])[^\W\d_]\.\s*$")
_SHORT_MONTH = re.compile(
    r"\b(?:janv|févr|avr|juil|sept|déc|jan|feb|mär|apr|aug|sep|okt|oct|nov|dez|dic|dec|ene|abr|ago"
    r"|gen|mag|giu|lug|set|ott|fev|out)\.\s*$",
    re.IGNORECASE,
)
_CLOSERS_FIRST = re.compile(r"\s*[»”’)\]}]+(?=\s|$)")
_ENUMERATOR_ONLY = re.compile(r"\s*\(?(?:\d{1,3}|[^\W\d_])[.)]+\s*")


def language_of(text: str, declared: str) -> str:
    """The ISO 639-1 code whose rules fit: the feed's, unless it is English and the text is not.

    So says what many a publisher never changed, whatever the language of the articles.
    """
    language = declared.lower().split("-")[0].split("_")[0]
    if language not in {"", "en"}:
        return language
    sample = text[:_SAMPLE]
    foreign = Counter(map(_language_of_letter, _FOREIGN_LETTER.findall(sample)))
    if foreign["ja"] > _KANA_SHARE * foreign["zh"]:
        foreign["ja"] += foreign["zh"]
    presumed, letters = max(foreign.items(), key=itemgetter(1), default=("en", 0))
    weight = _LETTERS_PER_CHARACTER if presumed in _UNSPACED else 1
    latin = sum(map(str.isalpha, sample)) - foreign.total()
    return presumed if letters * weight > latin else latin_language(sample)


def _language_of_letter(letter: str) -> str:
    code = ord(letter)
    return next((name for name, first, last in _SCRIPTS if first <= code <= last), "en")


def ends_of(text: str, language: str) -> list[int]:
    """Where the sentences of one block end, in order, the end of the block last."""
    if language in _UNSPACED and not text.isascii():
        ends = list(_unspaced_ends(text))
    elif language == "en" or (text.isascii() and language in _UNSPACED):
        ends = list(english_ends(text))
    else:
        ends = list(_other_ends(text, language))
    return [*(end for end in ends if end < len(text)), len(text)] if text else []


def _unspaced_ends(text: str) -> Iterator[int]:
    """Sentences of Chinese and Japanese: what is quoted or bracketed inside one is not cut."""
    for mark in _UNSPACED_END.finditer(text):
        aside = mark.group(1)
        if not aside or (_ENDED.search(aside[:-1]) and not _GOES_ON.match(text, mark.end())):
            yield mark.end()


def _other_ends(text: str, language: str) -> Iterator[int]:
    from sentencex import get_sentence_boundaries

    # sentencex needs quadratic time for long blocks and for long rows of marks, which mean nothing.
    plain = _MARKS.sub(lambda marks: "-" * (len(marks.group()) - 1) + marks.group()[-1], text)
    for piece in _pieces(plain):
        for boundary in get_sentence_boundaries(language, plain[piece.start : piece.end]):
            start, end = (piece.start + boundary[edge] for edge in ("start_index", "end_index"))
            closers = _CLOSERS_FIRST.match(text, end)
            end = closers.end() if closers else end
            if not _goes_on(text, start, end):
                yield end


def _pieces(text: str) -> Iterator[Span]:
    """The text in parts of a bounded length, cut after a space where there is one."""
    start = 0
    while start < len(text):
        end = min(start + _LONGEST_PIECE, len(text))
        space = text.rfind(" ", start, end) if end < len(text) else -1
        end = space + 1 if space > start else end
        yield Span(start, end)
        start = end


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the cut is inside a sentence: after an initial, in a date, before a small letter."""
    following = text[end : end + _REACH].lstrip()
    sentence = text[max(start, end - _REACH) : end]
    return (
        following[:1].islower()
        or bool(_LAST_INITIAL.search(sentence))
        or (following[:1].isdigit() and bool(_SHORT_MONTH.search(sentence)))
        or (end - start < _REACH and bool(_ENUMERATOR_ONLY.fullmatch(text, start, end)))
    )
