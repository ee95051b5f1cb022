"""What shows that a capitalised name in a text is a company's: "Kuma Inc", "the CEO of Kuma"."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.claims.page import Page
from store.claims.regions import given_names
from store.claims.words import words

MADE_KNOWN, TAILED, DESCRIBED, BY_DEED = 0.8, 0.75, 0.65, 0.55
"""Scores: by a legal form or ticker; by a last word as "Airlines"; by what the text calls it; by
what it does."""

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
DEED = re.compile(
    r", (which)\b|(?: will| may| plans to| is to| expects to| agreed to| to)"
    r" (acquire|buy|build|hire|invest|recruit|open|supply|launch|lease|sell|list|close|cut)\b"
    r"|(?: has| have| also)? (\w+)\b"
)
"""What follows a name that is no person's: "Corvane, which", "Halden Grid raises"."""
INSTITUTIONS = re.compile(
    r"\b(University|Ministry|Commission|Department|Agency|Council|Court|Senate|Committee|Institute"
    r"|Authority|Association|Administration|Parliament|Congress|Office|Bureau|Union|Party|Board"
    r"|Central Bank|World Bank|Federal|National|Government|House"
    r"|State|Labour|Democrats|Republicans|European|Minister|Act|School|Center|Centre)\b"
)


class Proof(NamedTuple):
    """Why a name is a company's."""

    score: float
    bare: str
    """The name without its legal form."""
    reason: str


def proof_of(page: Page, start: int, name: str, *, may_act: bool) -> Proof | None:
    """The evidence beside one mention of a name that no list knows; None without any.

    ``may_act``: the name is no person's and comes again, so that its deeds count.
    """
    if INSTITUTIONS.search(name) or name in page.mention_texts:
        return None
    if formal := _formal(page, start, name):
        return formal
    if page.headline_case(start):
        return None
    before, _, last = name.rpartition(" ")
    if before and last in words("company_tails"):
        return Proof(TAILED, name, f'says "{last}"')
    if name.partition(" ")[0] in words("first_names") | given_names():
        return None
    told = _described(page, start, name)
    return _by_deed(page, start + len(name), name) if told is None and may_act else told


def _formal(page: Page, start: int, name: str) -> Proof | None:
    """By its legal form, in the name or behind it, or its ticker."""
    end = start + len(name)
    form = FORM.search(name)
    if form and form.start():
        return Proof(MADE_KNOWN, name[: form.start()].rstrip(","), f'says "{form.group(1)}"')
    if after := FORM_AFTER.match(page.text, end):
        return Proof(MADE_KNOWN, name, f'says "{after.group(1)}"')
    return Proof(MADE_KNOWN, name, "gives its ticker") if TICKER.match(page.text, end) else None


def _described(page: Page, start: int, name: str) -> Proof | None:
    before = page.text[max(0, start - 24) : start]
    end = start + len(name)
    cue = DESCRIBED_BEFORE.search(before) or ROLE_BEFORE.search(before)
    cue = cue or ROLE_AFTER.match(page.text, end) or DESCRIBED_AFTER.match(page.text, end)
    return Proof(DESCRIBED, name, f'says "{cue.group(1)}"') if cue else None


def _by_deed(page: Page, end: int, name: str) -> Proof | None:
    deed = DEED.match(page.text, end)
    if deed is None:
        return None
    word = deed.group(deed.lastindex or 0)
    if deed.group(3) and word not in words("company_deeds"):
        return None
    return Proof(BY_DEED, name, f'says "{word}"')
