"""What of an article's words tells whether another one reports the same, and when it does.

Two reports are one story where one is a copy of the other, edited or not, or where their titles
say the same and their first paragraphs bear it out. Told wrongly, a story hides news: so what one
title names and the other report does not know keeps them apart, as do numbers and dates that
contradict each other. ``tests/evaluation/stories.toml`` has what the thresholds were measured on.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Final
from zlib import crc32

import msgspec

LEAD_WORDS: Final = 150
"""Words from the beginning that are compared: copies are cut from the end."""
FEWEST_PAIRS: Final = 24
"""Shorter texts are teasers, or what a feed says under everything: no proof of a copy."""
COPY: Final = 0.42
"""From which share of equal pairs of words a text is a copy, edited."""
BORNE_OUT: Final = 0.6
"""Share of a title's words that the other report must know, for a copy."""
SAME_TITLE: Final = 0.6
"""From which share of equal words two titles say the same."""
NEAR_TITLE: Final = 0.3
"""From which they may, when the texts speak of the same things too."""
SAME_FORM: Final = 0.34
"""From which share of equal words two titles are of one form."""
FEWEST_SHARED: Final = 3
"""Words that two titles share at least, or they say too little."""
COMMON_GROUND: Final = 0.34
"""Share of the words of the shorter beginning that stand in the other one, for titles alike."""
FIRM_GROUND: Final = 0.45
"""The same, for titles that are only near."""
_REMEMBERED: Final = 1 << 15
"""Words whose stem and hash are remembered: news says the same ones again and again."""
_COMPARED: Final = 1 << 12
"""Articles whose words are at hand to be compared."""
_NOTHING: Final = -1
_SHORT: Final = 4
"""Letters of a word that keeps its last one."""
_HAN: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_STRANGE: Final = re.compile("[\x80-\U0010ffff]{1,8}")
"""Few at a time, so that the same ones come again; accents over ASCII letters are such, too."""
_PARTING: Final = re.compile(rf"[^\x00-\x7f\w{_HAN}]")
_ASCII_WORD: Final = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)*")

_STOP_WORDS: Final = (
    "a an and are as at be been but by for from had has have he her his how in into is it its more "
    "new not of off on one or our out over said say says she so than that the their them they this "
    "to up was we were what when where which who why will with would you your after about amid "
    "against all also among before between could does during if just may next no now set some "
    "still then there these those through under until very via while "
    "der die das den dem des ein eine einen einem einer und oder mit von vom zu zum zur im ins auf "
    "aus bei für nach ist sind wird werden hat haben nicht sich auch als wie um über vor durch "
    "le la les l un une des du de d et ou à au aux en dans sur pour par avec est sont ne pas qui "
    "que se s ce cette il elle ils el los las una unos y o con por para es son del al lo su sus no "
    "il lo gli uno di da e che per non si della delle dei nel nella sul"
)
_DATE_WORDS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december montag dienstag mittwoch donnerstag freitag "
    "samstag sonntag januar februar märz juni juli oktober dezember lundi mardi mercredi jeudi "
    "vendredi samedi dimanche janvier février avril juin juillet août septembre octobre novembre "
    "décembre morning evening"
)


class Words(msgspec.Struct, frozen=True):
    """A title's words."""

    all: frozenset[str]
    """Those that say something, without their endings."""
    counts: frozenset[str]
    """Numbers and dates among them."""


def words_of_title(title: str) -> Words:
    """What a title says."""
    said = [word for word in _tokens(title) if word not in _stop()]
    counts = frozenset(word for word in said if word[0].isdigit() or word in _dates())
    return Words(frozenset(map(_stem, said)), frozenset(map(_stem, counts)))


class Beginning(msgspec.Struct, frozen=True):
    """What an article begins with, as far as others are compared with it."""

    pairs: tuple[str, ...]
    """Words with the word after each, in no order; none where the text is too short for a proof."""
    known: bytes
    """16-bit hashes of all words that say something, title too: smallest first, each once."""


def beginning_of(texts: Sequence[str]) -> Beginning:
    """Of an article given as its paragraphs, title first."""
    title, *rest = texts or ("",)
    lead = list(islice((word for text in rest for word in _tokens(text)), LEAD_WORDS))
    pairs = {f"{one} {other}" for one, other in pairwise(lead)}
    said = {_trace(word) for word in (*_tokens(title), *lead)} - {_NOTHING}
    known = array("H", sorted(said)).tobytes()
    return Beginning(tuple(pairs) if len(pairs) >= FEWEST_PAIRS else (), known)


class Report(msgspec.Struct, frozen=True):
    """An article as it is compared."""

    title: Words
    known: frozenset[int]
    """Hashes of the words it says, as ``Beginning.known``."""
    is_long: bool
    """Whether its text is long enough to be compared word by word."""


def report_of(title: str, known: bytes, *, is_long: bool) -> Report:
    """An article as it is compared, from what is kept of it."""
    return report_with(words_of_title(title), known, is_long=is_long)


def report_with(title: Words, known: bytes, *, is_long: bool) -> Report:
    """The same where its title's words are at hand: cheap enough to be made when it is needed."""
    return Report(title, _words_known(known), is_long)


@lru_cache(maxsize=_COMPARED)
def _words_known(known: bytes) -> frozenset[int]:
    """As a set it takes forty times the memory, so that only some are held as one."""
    return frozenset(array("H", known))


def likeness(one: Report, other: Report, copied: float) -> float:
    """How sure it is that two report the same, from 0 (they do not, or nobody can tell) to 1.

    ``copied`` is the share of equal pairs of words in both beginnings, 0 where it is not known.
    """
    shared = len(one.title.all & other.title.all)
    alike = shared / max(len(one.title.all) + len(other.title.all) - shared, 1)
    if copied < COPY and (shared < FEWEST_SHARED or alike < NEAR_TITLE):
        return 0.0  # as nearly always: it costs the least to find out
    missing, lacking = _unknown(one, other), _unknown(other, one)
    # Titles that differ in a word each are a form filled in twice; quite other ones were edited.
    is_form = bool(missing and lacking) and alike >= SAME_FORM
    if is_form or _contradict(one, other):
        return 0.0
    if copied >= COPY and _is_borne_out(one, missing) and _is_borne_out(other, lacking):
        return copied
    if shared < FEWEST_SHARED or (missing and lacking):
        return 0.0
    return _by_titles(one, other, shared, alike)


def _by_titles(one: Report, other: Report, shared: int, alike: float) -> float:
    ground = _common_ground(one, other)
    if alike >= NEAR_TITLE and ground >= FIRM_GROUND:
        return (alike + ground) / 2
    if alike < SAME_TITLE:
        return 0.0
    # A title that says little is one of a series; a whole sentence is not, where a teaser proves
    # nothing.
    is_sentence = shared > FEWEST_SHARED and not (one.is_long and other.is_long)
    return alike if is_sentence or ground >= COMMON_GROUND else 0.0


def _common_ground(one: Report, other: Report) -> float:
    fewer = min(len(one.known), len(other.known))
    return len(one.known & other.known) / fewer if fewer else 0.0


def _unknown(one: Report, other: Report) -> int:
    """How many words of one title the other report says nowhere."""
    return sum(_hashed(word) not in other.known for word in one.title.all - other.title.all)


def _is_borne_out(report: Report, unknown: int) -> bool:
    said = len(report.title.all)
    return said > 0 and (said - unknown) / said >= BORNE_OUT


def _contradict(one: Report, other: Report) -> bool:
    """Whether each title tells a number or a date that the other report does not know."""
    here, there = one.title.counts - other.title.counts, other.title.counts - one.title.counts
    return any(_hashed(word) not in other.known for word in here) and any(
        _hashed(word) not in one.known for word in there
    )


def _tokens(text: str) -> list[str]:
    """Words in small letters without accents; numbers apart from their units; Han in pairs."""
    if not text.isascii():
        text = _STRANGE.sub(lambda strange: _plain(strange.group()), text)
    # Quotes and dashes are gone by now, so most text is left to the quick pattern.
    pattern = _ASCII_WORD if text.isascii() else _word()
    return pattern.findall(text.casefold())


@lru_cache(maxsize=_REMEMBERED)
def _plain(strange: str) -> str:
    """Letters without accents, and a space for what parts words."""
    apart = unicodedata.normalize("NFKD", strange)
    letters = "".join(one for one in apart if not unicodedata.combining(one))
    return _PARTING.sub(" ", letters)


@cache
def _stop() -> frozenset[str]:
    return frozenset(_tokens(_STOP_WORDS))


@cache
def _dates() -> frozenset[str]:
    return frozenset(_tokens(_DATE_WORDS))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"\d+(?:[.,]\d+)*|[{_HAN}]{{1,2}}|[^\W\d_{_HAN}]+")


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    """Without the ending of a plural or a verb, so that "hires" and "hire" are one."""
    for ending, least in (("ing", 4), ("ed", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > _SHORT else word


@lru_cache(maxsize=_REMEMBERED)
def _hashed(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) & 0xFFFF


@lru_cache(maxsize=_REMEMBERED)
def _trace(word: str) -> int:
    """What of a word is kept of an article's beginning; ``_NOTHING`` where it says nothing."""
    return _NOTHING if word in _stop() else _hashed(_stem(word))
