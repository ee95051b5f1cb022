"""Companies in no list, which the text makes known: "Kuma Inc", "the CEO of Kuma"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.claims.names import WORD, Names, company_id
from store.claims.page import Found, Page
from store.claims.regions import Place
from store.claims.words import words

MADE_KNOWN, TAILED, DESCRIBED = 0.8, 0.75, 0.65
"""Scores: by a legal form or ticker; by a last word as "Airlines"; by what the text calls it."""

LEGAL_FORMS = (
    r"Inc|Corp|Corporation|Incorporated|Ltd|Limited|LLC|LLP|PLC|plc|AG|SE|S\.A\.|SA|N\.V\.|NV|B\.V\.|BV"
    r"|GmbH|KGaA|AB|ASA|AS|A/S|Oyj|Oy|S\.p\.A\.|SpA|S\.r\.l\.|SAS|KK|K\.K\.|Pty Ltd|Pte Ltd|Pvt Ltd"
    r"|Berhad|Bhd|Tbk|PBC|Co|Holdings?|Group"
)
"""Forms a name of a company ends with, in the countries that news comes from."""

TRADES = (
    r"company|start-?up|firm|maker|chipmaker|carmaker|automaker|drugmaker|lender|retailer|developer"
    r"|operator|provider|supplier|manufacturer|insurer|airline|utility|miner|giant|rival|designer"
    r"|producer|builder|conglomerate|lab|publisher|broker|fintech|owner"
)
"""What a company is called before or after its name."""

MOST_NEW = 40
"""Names that one article may make known; only lists of firms have more."""
SHORTEST_ALONE = 4
"""Letters that the first word of a name needs to stand for the whole."""

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŽŹŻ"
_CAP = rf"[{_CAPITAL}]\w*(?:[-&'/][{_CAPITAL}]\w*)*"
RUN = re.compile(rf"(?<![\w@#])({_CAP}(?: (?:& )?(?:{_CAP})){{0,4}})")
FORM = re.compile(rf"(?:^|,? )({LEGAL_FORMS})\.?$")
FORM_AFTER = re.compile(rf",? ({LEGAL_FORMS})(?![\w-])")
TICKER = re.compile(
    r" ?\((?:NYSE|Nasdaq|NASDAQ|LSE|TSX|ASX|TSE|HKEX|SGX|XETRA|Euronext|TYO|LON)\b[^)]{0,20}\)"
)
DESCRIBED_AFTER = re.compile(
    rf", (?:a|an|the|one of) (?:[\w’'-]+ ){{0,5}}?({TRADES})\b", re.IGNORECASE
)
DESCRIBED_BEFORE = re.compile(rf"(?:^|[\s(])({TRADES}) $", re.IGNORECASE)
ROLE_BEFORE = re.compile(
    r"\b(CEO of|chief executive of|shares (?:of|in)|founder of|subsidiary of) $"
)
ROLE_AFTER = re.compile(r"(?:'s)? (CEO|chief executive|shares|stock|spokes(?:person|man|woman))\b")
INSTITUTIONS = re.compile(
    r"\b(University|Ministry|Commission|Department|Agency|Council|Court|Senate|Committee|Institute"
    r"|Authority|Association|Administration|Parliament|Congress|Office|Bureau|Union|Party|Board"
    r"|Central Bank|World Bank|Federal|National|European|Minister|Act|School|Center|Centre)\b"
)


def companies_made_known(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """Companies in no list, wherever they stand, once the text has said what they are."""
    busy = bytearray(len(page.text))
    for listed in found:
        _take(busy, listed.start, listed.end)
    phrases = _phrases(page)
    new: dict[str, tuple[float, str]] = {}
    for run in RUN.finditer(page.text):
        start, name = _without_leaders(run)
        if not name or _taken(busy, start, name) or _taken(phrases, start, name):
            continue
        if proof := _proof(page, start, name):
            bare, score, reason = proof
            new[bare] = max(new.get(bare, (0.0, "")), (score, reason))
            if len(new) >= MOST_NEW:
                break
    called = [(spelled, bare) for bare in new for spelled in _short_forms(page, bare)]
    yield from _everywhere(page, Names(called), new, busy) if called else ()


def _everywhere(
    page: Page, names: Names[str], new: dict[str, tuple[float, str]], busy: bytearray
) -> Iterator[Found]:
    for word in WORD.finditer(page.text):
        start = word.start()
        hit = names.at(page.text, start, word.group())
        if hit and not _taken(busy, start, page.text[start : hit[0]]):
            end, bare = hit
            _take(busy, start, end)
            score, reason = new[bare]
            yield Found(start, end, company_id(bare), bare, score, reason)


def _phrases(page: Page) -> bytearray:
    """Where the text holds phrases such as "New York Times", or nothing but a place."""
    marked = bytearray(len(page.text))
    for mention in page.mentions:
        if isinstance(mention.meaning, Place) and mention.meaning.how == "phrase":
            _take(marked, mention.start, mention.end)
    return marked


def _take(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\1" * (end - start)


def _taken(mask: bytearray, start: int, name: str) -> bool:
    return mask.find(1, start, start + len(name)) >= 0


def _without_leaders(run: re.Match[str]) -> tuple[int, str]:
    start, name = run.start(), run.group()
    while name:
        first, _, rest = name.partition(" ")
        if first not in words("leaders"):
            break
        start, name = start + len(first) + 1, rest
    return start, re.sub(r"'s$|'$", "", name)


def _proof(page: Page, start: int, name: str) -> tuple[str, float, str] | None:
    """Why a capitalised name is a company's: its bare form, the score, the reason."""
    end = start + len(name)
    text = page.text
    if INSTITUTIONS.search(name) or name in page.mention_texts:
        return None
    form = FORM.search(name)
    bare = name[: form.start()].rstrip(",") if form else name
    if form and bare:
        return bare, MADE_KNOWN, f'says "{form.group(1)}"'
    if after := FORM_AFTER.match(text, end):
        return name, MADE_KNOWN, f'says "{after.group(1)}"'
    if TICKER.match(text, end):
        return name, MADE_KNOWN, "gives its ticker"
    last = name.rpartition(" ")[2]
    if last != name and last in words("company_tails") and not page.headline_case(start):
        return name, TAILED, f'says "{last}"'
    return _described(page, start, name)


def _described(page: Page, start: int, name: str) -> tuple[str, float, str] | None:
    first = name.partition(" ")[0]
    if page.headline_case(start) or first in words("first_names"):
        return None
    before = page.text[max(0, start - 24) : start]
    end = start + len(name)
    cue = DESCRIBED_BEFORE.search(before) or ROLE_BEFORE.search(before)
    cue = cue or ROLE_AFTER.match(page.text, end) or DESCRIBED_AFTER.match(page.text, end)
    return (name, DESCRIBED, f'says "{cue.group(1)}"') if cue else None


def _short_forms(page: Page, name: str) -> list[str]:
    """The name, and its first word if the article uses that alone for it."""
    first = name.partition(" ")[0]
    alone = re.search(rf"(?<![\w-]){re.escape(first)}(?! [{_CAPITAL}])(?!\w)", page.text)
    common = re.search(rf"\b{re.escape(first.lower())}\b", page.text)
    usable = len(first) >= SHORTEST_ALONE and first not in page.mention_texts
    return [name, first] if usable and alone and not common else [name]
