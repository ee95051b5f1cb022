"""Without this, a machine would propose claims about newsletters and about who wrote the article.

Every pattern must fit a whole paragraph, and a short one: to offer a stray line is a nuisance, to
pass over a statement is a loss.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 200
"""In code points. Nothing longer is taken for a byline or a promotion."""
_TAIL = 120
"""Code points at a paragraph's end in which a cue that it goes on elsewhere may stand."""

_NAME = r"(?:(?:de|la|van|von|der|den|bin|al)\s){0,2}[^\W\d_a-z][\w.’'-]*"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{1,3}}"
_PEOPLE = rf"{_NAMES}(?:(?:,|,?\s(?:and|&))\s{_NAMES}){{0,5}}"
_TRADE = r"(?:writer|reporter|editor|correspondent|columnist|contributor|staff)s?"
_BYLINES = (
    rf"(?i:(?:(?:written|reported|story|text|words|photographs?|photos?)\s)?by:?)\s{_PEOPLE}"
    rf"(?:\s?[|•·–—-]\s?[^.!?]{{0,80}}|,\s(?:{_NAMES}|[^.!?]{{0,40}}\b{_TRADE}))?",
    r"\(?(?i:(?:additional\s)?(?:reporting|editing|writing)\sby)\s.{1,180}",
    r"(?i:(?:image|photo|picture)\s(?:credits?|by)|photo|photograph|source):\s?[^.!?:]{1,80}",
    rf"(?i:credit):\s?{_NAME}(?:[\s/]{_NAME}){{0,5}}",
)
_PROMOTIONS = (
    r"(?:please\s)?(?:sign\sup|subscribe)\s(?:(?:now|here|today)\s)?(?:for|to|here|now|today)\b.*",
    r"(?:click|tap)\shere\b.*",
    r"(?:continue|keep)\sreading\b.*",
    r"read\s(?:more|next|also|on|this(?:\snext)?)(?:\s?[:|–—-].*|\s(?:at|on|in|about|here)\b.*)?",
    r"read\s(?:the\s)?(?:full|rest|whole|entire|original)\b.*",
    r"(?:(?:also|must)[\s-](?:read|see)|see\s(?:also|more)|related(?:\s\w+)?)\s?:.*",
    r"(?:more\sfrom|recommended\sreading|more\sstories|you\s(?:may|might)\salso\slike)\b.*",
    r"(?:follow|like|join)\sus\s(?:on|at)\b.*",
    r"(?:download|get)\sour\s(?:free\s)?(?:app|newsletter|e-?book)\b.*",
    r"get\s.{1,100}\s(?:in|to)\syour\sinbox\b.*",
    r"share\s(?:this|on)\b.{0,60}",
    r"(?:(?:view|leave|post|read)\s(?:all\s|a\s|the\s)?)?(?:\d+\s)?comments?",
    r"advertisement|advertising|sponsored(?:\s(?:content|post))?|promoted",
    r"the\spost\s.{1,150}\s(?:appeared\sfirst|first\sappeared)\son\b.*",
    r"this\s(?:article|story|post)\s(?:was\s)?(?:originally|first)\s(?:appeared|published)\b.*",
    r"all\srights\sreserved|copyright\s(?:©|\(c\)|\d).*|©.*",
    r"\[image:.*\]",
)
_CUE_START = re.compile(r"[\[(…]|\.{3}|\b(?:continue|keep|read)\b", re.IGNORECASE)
_CUT_OFF = re.compile(
    r"(?:\[\s?(?:…|\.{3})\s?\]|\((?:more|…|\.{3})\)|\[\+\d+\schars\]|…|\.{3}"
    r"|(?:continue|keep)\sreading\b.{0,80}"
    r"|read\s(?:more|on|the\s(?:full|rest)\b.{0,40}))[\s.…»→>›]*",
    re.IGNORECASE,
)
_SYNDICATION = re.compile(
    r"the\spost\s.*\s(?:appeared\sfirst|first\sappeared)\son\b", re.IGNORECASE
)


def is_promotion(text: str) -> bool:
    """Whether a whole paragraph only sells, leads elsewhere, or names who made the article."""
    if len(text) > _LONGEST:
        return False
    line = text.strip()
    return bool(_promotion().fullmatch(line) or _byline().fullmatch(line))


def ends_like_a_teaser(text: str) -> bool:
    """Whether a paragraph breaks off, as "[…]", or asks to read on elsewhere."""
    tail = text.rstrip()[-_TAIL:]
    return any(_CUT_OFF.fullmatch(tail, cue.start()) for cue in _CUE_START.finditer(tail))


def is_syndication_mark(text: str) -> bool:
    """Whether a paragraph is what blogs append to a feed: "The post … appeared first on …"."""
    return len(text) <= 2 * _LONGEST and bool(_SYNDICATION.match(text))


# Compiled when first needed: that takes milliseconds, and the app's first paint needs neither.
@cache
def _promotion() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_PROMOTIONS)})[\s.!…»→>›]*", re.IGNORECASE)


@cache
def _byline() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{byline})" for byline in _BYLINES))
