"""Without this, every language would be cut into sentences by the rules of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.text.english import english_ends

_SCRIPTS = {
    "ja": "\u3041-\u30ff\uff66-\uff9f",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\uac00-\ud7a3",
    "ru": "\u0400-\u052f",
    "ar": "\u0620-\u06d3\u0750-\u077f",
    "he": "\u05d0-\u05ea",
    "el": "\u0370-\u03ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0531-\u0587",
    "am": "\u1200-\u137f",
    "en": "A-Za-z\u00c0-\u024f",
}
"""The language to presume where a feed names none, and the letters that point to it."""
_LETTERS = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
_SAMPLE = 2_000
"""Code points at a text's beginning that show its script."""
_KANA_SHARE = 0.1
"""Of Japanese prose a third is kana; Chinese has none."""
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
_MARKS = re.compile(r"[^\w\s]{12,}")
_LAST_INITIAL = re.compile(r"(?:^|[\s(«“\".-])[^\W\d_]\.\s*$")
_CLOSERS_FIRST = re.compile(r"\s*[»”’)\]}]+(?=\s|$)")
_ENUMERATOR_ONLY = re.compile(r"\s*\(?(?:\d{1,3}|[^\W\d_])[.)]+\s*")


def language_of(text: str, declared: str) -> str:
    """The ISO 639-1 code whose rules fit: the feed's, unless the script of the text denies it."""
    language = declared.lower().split("-")[0].split("_")[0]
    if language not in {"", "en"}:
        return language
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "en"
    counts = {name: len(letters.findall(sample)) for name, letters in _LETTERS.items()}
    if counts["ja"] > _KANA_SHARE * counts["zh"]:
        counts["ja"] += counts["zh"]
    # A Chinese character says as much as a few Latin letters do.
    counts["ja"], counts["zh"], counts["en"] = counts["ja"] * 3, counts["zh"] * 3, counts["en"] + 1
    return max(counts, key=lambda name: counts[name])


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
    from sentencex import get_sentence_boundaries  # noqa: PLC0415 - most articles do without

    # Long rows of marks cost sentencex quadratic time and mean nothing; their length is kept.
    plain = _MARKS.sub(lambda marks: "-" * (len(marks.group()) - 1) + marks.group()[-1], text)
    for boundary in get_sentence_boundaries(language, plain):
        end = boundary["end_index"]
        closers = _CLOSERS_FIRST.match(text, end)
        end = closers.end() if closers else end
        if not _goes_on(text, boundary["start_index"], end):
            yield end


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the cut is inside a sentence: after an initial or number, before a small letter."""
    following = text[end : end + _REACH].lstrip()
    sentence = text[max(start, end - _REACH) : end]
    return (
        following[:1].islower()
        or bool(_LAST_INITIAL.search(sentence))
        or (end - start < _REACH and bool(_ENUMERATOR_ONLY.fullmatch(text, start, end)))
    )
