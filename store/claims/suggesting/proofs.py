"""What shows that a capitalised name in a text is a company's: "Kuma Inc", "the CEO of Kuma".

Each cue has a strength between 0 and 1. Cues of one family say the same thing twice, so the
strongest of each counts; different families add up as independent witnesses do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from store.claims.names.words import words
from store.claims.suggesting.page import Page

Family = Literal["form", "tail", "told", "deed", "peer", "beside", "dealt"]

FORMAL, FORMED, TAILED = 0.85, 0.55, 0.7
"""Strengths: a legal form or ticker; "Group", which is no such form; a last word as "Airlines"."""
PEER = 0.5
"""Strength of "rival" and the like, which people are called too."""
STRONG, HALF, FAIR, WEAK = 0.65, 0.45, 0.4, 0.3
"""Strengths of what is said before or after a name."""
NATIONAL = 0.4
"""Strength of a name that ends with a country's: "Telkom Kenya"."""

LEGAL_FORMS = (
    r"Inc|Corp|Corporation|Incorporated|Ltd|Limited|LLC|LLP|PLC|Plc|plc|AG|SE|S\.A|SA|N\.V|NV|B\.V|BV"
    r"|GmbH|KGaA|AB|ASA|AS|A/S|Oyj|Oy|S\.p\.A|SpA|S\.r\.l|SAS|KK|K\.K|Pty Ltd|Pte Ltd|Pvt Ltd"
    r"|Bhd|Berhad|Tbk|PBC|Co|Company|Holdings?|Group"
)
"""Forms a name of a company ends with, in the countries that news comes from."""

TRADES = (
    r"company|start-?up|firm|chipmaker|carmaker|automaker|drugmaker|steelmaker|planemaker|lender"
    r"|retailer|operator|provider|supplier|manufacturer|insurer|reinsurer|airline|carrier|utility"
    r"|miner|giant|conglomerate|lab|publisher|brokerage|fintech|maker|bidder|brewer|shipbuilder"
    r"|refiner|broadcaster|wholesaler|hyperscaler|bank|subsidiary|unit|foundry|fund|ratings? agency"
)
PERSONAL_TRADES = r"rival|owner|developer|designer|producer|builder|broker|parent|group|chain"
"""What a company is called before or after its name; the latter are also said of people."""

FORM = re.compile(rf"(?:^|,? )({LEGAL_FORMS})\.?$")
FORM_AFTER = re.compile(rf" ?,? ({LEGAL_FORMS})(?![\w-])")
TICKER = re.compile(
    r" ?\( ?(?:NYSE|Nasdaq|NASDAQ|AMEX|LSE|TSX|ASX|TSE|HKEX|SGX|XETRA|Euronext|TYO|LON)\b"
    r"[^)]{0,20}\)"
)
_CAUSES = (
    r"trade|lobby|lobbying|industry|campaign|advocacy|pressure|rights|residents'?|environmental"
    r"|rebel|militant|armed|aid|ethnic|working|parliamentary|research|user|consumer|protest|civic"
)
"""What makes a group no firm."""
CAUSE_BEFORE = re.compile(rf"\b(?:{_CAUSES})s? groups? $", re.IGNORECASE)
DESCRIBED_AFTER = re.compile(
    rf" ?, (?:a|an|the|one of) (?:(?!(?:{_CAUSES})s? group)[\w’'-]+ ){{0,5}}?"
    rf"({TRADES}|{PERSONAL_TRADES})s?\b(?!')",
    re.IGNORECASE,
)
TRADE_BEFORE = re.compile(rf"(?:^|[\s(])({TRADES}|[\w.]+-based) $", re.IGNORECASE)
PERSONAL_BEFORE = re.compile(rf"(?:^|[\s(])({PERSONAL_TRADES}) $", re.IGNORECASE)
INTRODUCED_BEFORE = re.compile(rf"\b[Tt]he (?:[\w-]+ ){{0,3}}?({TRADES}), $")
_VENTURES = rf"{TRADES}|{PERSONAL_TRADES}|venture|business|spin-?off|holding"
CALLED_BEFORE = re.compile(
    rf"\b((?:an?|the|its|their|new|joint) (?:[\w-]+ ){{0,3}}?(?:{_VENTURES}),? (?:called|dubbed)"
    rf"|an? (?:[\w-]+ ){{0,3}}?(?:{_VENTURES}) named) $",
    re.IGNORECASE,
)
ELSE_CALLED = re.compile(
    r"\b(?:an?|the|its|their|new) (?:[\w-]+ ){0,3}[\w-]+,? (?:called|dubbed) $", re.IGNORECASE
)
"""A name given to a thing: "a model called Ferry"."""
ROLE_BEFORE = re.compile(
    r"\b((?:CEO|chief executive(?: officer)?|managing director|shares?|stake|stock|subsidiary"
    r"|subsidiaries|units?|divisions?|affiliates?|analysts?|economists?|strategists?|traders?"
    r"|dealers?|fund managers?|portfolio managers?|shareholders?|takeover|acquisition|merger"
    r"|bonds?)"
    r" (?:of|at|in|for|with)) $",
    re.IGNORECASE,
)
DEALT_BEFORE = re.compile(
    r"\b(acquir(?:e|es|ed|ing)|advised|bought|buy|buying|sold to|owned by|made by|built by"
    r"|operated by|developed by|manufactured by|published by|underwritten by|invest(?:ed)? in"
    r"|contract (?:from|to|with)|orders? (?:from|with)|deal with|venture with|partnership with"
    r"|orders? for [^.;,]{1,30} from|alliance with|partnered with|teamed up with|bid for|bids by"
    r"|offer for|rivals such as|took over|takes over|taking over|agreement with|supply to"
    r"|(?:percent|per cent|%) of|(?:sold|sell|sells|selling|leased) [^.;,]{1,50} to"
    r"|companies (?:such as|like|including)|firms (?:such as|like|including)|competitors?) $"
)
HEADED_BEFORE = re.compile(
    r"\b((?:chairman|president|founder|director|head|executive|vice president|partner"
    r"|manager) (?:of|at|for|with)) $"
)
SPOKEN_BEFORE = re.compile(r"\b(spokes(?:man|woman|person|people) (?:for|at|of)) $")
MONEY_AFTER = re.compile(
    r"(?: ?'s?)? ((?:quarterly|annual|net|half-year|first-half)? ?(?:shares|stock|bonds|CEO"
    r"|chief executive|shareholders|subsidiary|revenues?|profits?|earnings|turnover|net income))\b"
)
_BELONGINGS = (
    r"plants?|factor(?:y|ies)|fabs?|sites?|campus(?:es)?|offices?|stores|fleet|mines?|mill|products?"
    r"|refiner(?:y|ies)|customers|shares|dividend|guidance|outlook|forecast|workforce|staff|platform"
    r"|headquarters|source code|software|scheduler|order book|data cent(?:re|er)s?"
)
"""What "its" owner is a company by, or another body, but no person."""
_FIRMS = (
    r"rivals|firms|companies|makers|operators|suppliers|lenders|banks|retailers|carriers|airlines"
    r"|start-ups|providers|manufacturers|insurers|utilities|developers"
)
RESULT_AFTER = re.compile(
    r",? ((?:reported|posted) (?:\w+[- ]){0,4}?(?:profit|loss|earnings|net|sales|revenue|results)"
    r"|filed for (?:bankruptcy|protection|Chapter)|raised (?:\$|€|£|another|\d)|employs"
    r"|(?:has |have )?fil(?:es|ed) (?:to go public|for an? (?:IPO|initial public|listing))"
    r"|(?:(?:has|have|will|to) )?(?!(?:across|towards|versus|besides|plus) )"
    r"(?:\w{2,}(?:ed|s)|built?|close|cut|shut|sold|sell|kept|keep|lost|open|move) (?:\w+ of )?its"
    rf" (?:[\w-]+ ){{0,3}}?(?:{_BELONGINGS})\b"
    rf"|(?:and|or) (?:\w+ ){{0,2}}?(?:other|smaller|larger|bigger) (?:{_FIRMS})\b)"
)
SAID_AFTER = re.compile(
    r",? (said (?:its|in a statement"
    r"|(?:that )?it (?:would|will|had|has|was|plans|expects|agreed|is))"
    r"|says (?:that )?it (?:would|will|had|has|was|plans|expects|is))\b"
)
CLAUSE_AFTER = re.compile(
    r" ?, (wh(?:ich|ose) (?:owns?|operates?|makes?|sells?|employs?|runs?|produces?|supplies"
    r"|shares|is based|is owned|has|rents?|leases?|designs?|develops?|provides?|offers|hosts?|ships"
    r"|manufactures|trades|plans|filed|raised|listed|went public|competes|serves)|based in)\b"
)
ROUND_AFTER = re.compile(
    r"(?:, of [^,:]{2,30})?: ((?:an? )?(?:seed|[Ss]eries [A-H]|funding|bridge) (?:round|loan))"
    r"|, of [^,:]{2,30}: (?:[A-Z]{0,3}[$€£¥₹]|[A-Z]{3} )[\d.,]+ ?(?:[a-z]+ )?"
    r"((?:from|of|in) (?:\w+ )?(?:customers|investors|backers|shareholders|debt|equity"
    r"|funding|loans|bonds))"
)
"""An entry in a list of deals: "Fjordbase, of Oslo: $3 million from nine investors"."""
PART_AFTER = re.compile(
    r"(?: ?'s?)? (analysts?|economists?|strategists?|traders?|dealers?|unit|plants?|factory"
    r"|factories|stores|aircraft|jets|helicopters|trucks|phones|executives?|chairman"
    r"|spokes(?:man|woman|person)"
    r"|products|headquarters|workforce|management|customers)\b"
)
DEED_AFTER = re.compile(
    r", (which)\b|(?: will| may| plans to| is to| expects to| agreed to| to)"
    r" (acquire|buy|build|hire|invest|recruit|open|supply|launch|lease|sell|list|close|cut|merge"
    r"|pay)\b|(?: has| have| also)? (\w+)\b"
)
"""What follows a name that is no person's: "Corvane, which", "Halden Grid raises"."""

BODIES = re.compile(
    r"\b(University|Ministry|Commission|Department|Council|Court|Senate|Committee|Institute"
    r"|Parliament|Congress|Ministers?|School|Police|Army|Navy|Air Force|Embassy|Church|College"
    r"|Hospital|Museum|Movement|Republic|Kingdom|Treaty|Olympic|Olympics|Games|Cup|Championships?)\b"
)
"""What makes a name some other body's, whatever else it says."""
INSTITUTIONS = re.compile(
    r"\b(Agency|Authority|Association|Administration|Office|Bureau|Union|Party|Board|Central Bank"
    r"|World Bank|Reserve Bank|Development Bank|West Bank|Federal|National|Government|House|State"
    r"|Labour|Democrats|Republicans|Democratic|European|Act|Center|Centre|Foundation|Society|Club"
    r"|League|Federation|Confederation|Organi[sz]ation|Conference|Summit|Festival|Prize|Award|Fund"
    r"|Exchange|Index|Treasury|Assembly|Front|Liberation|Open|Masters|Grand Prix|Pope|War|Day|Week"
    r"|Forum|Trial|Test|Division|Series|Program|Project|Coalition|Campaign)\b"
)
"""What makes a name some other body's unless it has a legal form."""
LANDMARKS = re.compile(
    r"\b(Street|Road|Airport|River|Lake|Mount|Islands?|Bay|Valley|County|Province|City|Square"
    r"|District|King|Queen|Prince|Princess|Saint|St)\b"
)
"""What makes a name a place's unless its end shows a firm."""


JOINED = re.compile(r" ?(?:, and|,|and|or|&) ")
"""What stands between two names in one breath."""
JOINED_BY_TRADE = re.compile(rf" (?:and|or) (?:the|an?) (?:[\w-]+ ){{0,2}}(?:{TRADES}) ")
"""The same, where the text says what the second is: "Kuma and the Dutch start-up Fjordbase"."""
OWNER = re.compile(r"[^\W\d_a-z][\w.]* ?'s? $")
"""Whose it is, between a cue and the name: "bought Oslo's Fjordbase"."""


WHOSE = re.compile(r"([^\W\d_a-z][\w.]*(?: [^\W\d_a-z]\w*)?) ?'s? $")
HOME = re.compile(r" ?,? of ([^\W\d_a-z][\w.]*(?: [^\W\d_a-z]\w*)?)")
WIDE = 60
"""Characters before a name that are looked at."""
BEFORE: tuple[tuple[re.Pattern[str], Family, float], ...] = (
    (TRADE_BEFORE, "told", STRONG),
    (INTRODUCED_BEFORE, "told", STRONG),
    (CALLED_BEFORE, "form", STRONG),
    (ROLE_BEFORE, "told", STRONG),
    (PERSONAL_BEFORE, "peer", PEER),
    (SPOKEN_BEFORE, "told", HALF),
    (HEADED_BEFORE, "told", WEAK),
    (DEALT_BEFORE, "deed", FAIR),
)
AFTER: tuple[tuple[re.Pattern[str], Family, float], ...] = (
    (DESCRIBED_AFTER, "told", STRONG),
    (MONEY_AFTER, "deed", STRONG),
    (RESULT_AFTER, "told", STRONG),
    (CLAUSE_AFTER, "told", STRONG),
    (ROUND_AFTER, "told", STRONG),
    (SAID_AFTER, "deed", STRONG),
    (PART_AFTER, "deed", FAIR),
)
CUE_ENDS = frozenset(
    (
        "called dubbed named"
        " of at in for with to from by as like including over acquire acquires acquired acquiring"
        " advised bought buy buying competitor competitors startup start-up"
        f" {TRADES.replace('|', ' ')} {PERSONAL_TRADES.replace('|', ' ')}"
    ).split()
)
"""The last words of all that is said before a name: most names need no closer look."""


class Cue(NamedTuple):
    """One thing that speaks for a name."""

    family: Family
    strength: float
    said: str
    """The words of the text that say it."""


def cues_in(page: Page, start: int, name: str) -> Iterator[Cue]:
    """What the name itself says, with what belongs to it: its legal form, its ticker."""
    end = start + len(name)
    form = FORM.search(name)
    after = None if form else FORM_AFTER.match(page.text, end)
    said = form if form and form.start() else after
    if said:
        group = said.group(1) == "Group"
        yield Cue("form", FORMED if group else FORMAL, said.group(1))
    if TICKER.match(page.text, end):
        yield Cue("form", FORMAL, "its ticker")
    first, _, rest = name.partition(" ")
    last = name.rpartition(" ")[2]
    if rest and (last in words("company_tails") or " & " in name):
        yield Cue("tail", TAILED, last)
    elif rest and first in words("company_heads"):
        yield Cue("tail", TAILED, first)
    elif rest and page.is_country(last) and not (page.is_country(name) or _is_part(name)):
        yield Cue("tail", NATIONAL, last)


def _is_part(name: str) -> bool:
    """Whether it is a part of a country: "Northern Sweden"."""
    return all(word in words("compass") for word in name.split(" ")[:-1])


def names_else(page: Page, start: int) -> bool:
    """Whether the words before say what the name is, and that is no company: "the union X"."""
    if page.before(start) in words("other_kinds"):
        return True
    before = page.text[max(0, start - WIDE) : start]
    if before.endswith(("called ", "dubbed ")):
        return ELSE_CALLED.search(before) is not None and not CALLED_BEFORE.search(before)
    return before.endswith(("group ", "groups ")) and CAUSE_BEFORE.search(before) is not None


def cues_around(page: Page, start: int, name: str) -> Iterator[Cue]:
    """What the text says right before and right after a mention of the name."""
    end = start + len(name)
    before = page.text[max(0, start - WIDE) : start]
    if before.endswith(("'s ", "' ")):
        before = OWNER.sub("", before)
    last = before.split()[-1:] if before.endswith(" ") else []
    if last and (last[0].lower().rstrip(",") in CUE_ENDS or last[0].endswith("-based")):
        for pattern, family, strength in BEFORE:
            if cue := pattern.search(before):
                yield Cue(family, strength, cue.group(1))
    placed = _stands_as_place(page, start)
    for pattern, family, strength in AFTER:
        if placed and pattern is CLAUSE_AFTER:
            continue
        if cue := pattern.match(page.text, end):
            yield Cue(family, strength, cue.group(cue.lastindex or 0))
    yield from _origin(page, start, end)
    if deed := _deed(page, start, end):
        yield Cue("deed", FAIR, deed)


def _origin(page: Page, start: int, end: int) -> Iterator[Cue]:
    """Its country: "Finland's Enso", "Marubeni of Japan"."""
    owned = page.text.startswith(("'s ", "s' "), max(0, start - 3))
    owner = WHOSE.search(page.text, max(0, start - WIDE), start) if owned else None
    if owner and page.is_country(owner.group(1)):
        yield Cue("peer", WEAK, owner.group().strip())
    home = HOME.match(page.text, end)
    if home and page.is_country(home.group(1)):
        yield Cue("peer", WEAK, home.group().strip(" ,"))


def _stands_as_place(page: Page, start: int) -> bool:
    """Whether things happen there: "the grid at Olkaria, which is good for 220 megawatts"."""
    before = page.before(start).lower()
    return before == "at" or before in words("sure_place_words")


def _deed(page: Page, start: int, end: int) -> str:
    """The verb after a name, if firms do that; else ""."""
    found = DEED_AFTER.match(page.text, end)
    if found is None:
        return ""
    word = found.group(found.lastindex or 0)
    if found.group(1) and _stands_as_place(page, start):
        return ""
    return "" if found.group(3) and word not in words("company_deeds") else word
