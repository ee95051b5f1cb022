"""How texts say that a capitalised name is a company's: what stands in it, before it, after it."""

from __future__ import annotations

import re

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
_DOES = (
    r"(?:(?:has|have|will|to) )?(?!(?:across|towards|versus|besides|plus) )"
    r"(?:\w{2,}(?:ed|s)|built?|close|cut|shut|sold|sell|kept|keep|lost|open|move) (?:\w+ of )?its"
    r" (?:[\w-]+ ){0,3}?"
)
_OWNED = (
    r"plants?|factor(?:y|ies)|fabs?|stores|fleet|mines?|mill|refiner(?:y|ies)|customers|shares"
    r"|dividend|guidance|order book"
)
OWNED_AFTER = re.compile(
    rf",? ({_DOES}(?:offices?|staff|workforce|headquarters|sites?|campus(?:es)?|products?|platform"
    r"|outlook|forecast|source code|software|scheduler|data cent(?:re|er)s?))\b"
)
"""What "its" owner has, be it a company or another body, but no person."""
_FIRMS = (
    r"rivals|firms|companies|makers|operators|suppliers|lenders|banks|retailers|carriers|airlines"
    r"|start-ups|providers|manufacturers|insurers|utilities|developers"
)
RESULT_AFTER = re.compile(
    r",? ((?:reported|posted) (?:\w+[- ]){0,4}?(?:profit|loss|earnings|net|sales|revenue|results)"
    r"|filed for (?:bankruptcy|protection|Chapter)|raised (?:\$|€|£|another|\d)|employs"
    r"|(?:has |have )?fil(?:es|ed) (?:to go public|for an? (?:IPO|initial public|listing))"
    rf"|{_DOES}(?:{_OWNED})\b"
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
