"""Cities that stand for more than the country they lie in: "Brussels asks" means the Union."""

from __future__ import annotations

import re

from store.claims.names.words import city_states, words
from store.claims.suggesting.page import Found, Mention, Page

SEATS = {"Brussels": "EU"}
"""Seats of a power that is not the country around them."""

_VERBS = (
    r"accus|add|adopt|allow|announc|approv|argu|ask|ban|believ|block|charg|clear|consider|consult"
    r"|decid|delay|demand|draft|eas|expect|extend|fear|fin|forbid|forc|hint|impos|insist"
    r"|investigat|launch|lift|negotiat|offer|oppos|order|plan|pledg|postpon|prepar|press|prob"
    r"|propos|publish|push|question|reject|requir|respond|retaliat|rul|scrutinis|seek|signal"
    r"|su|suspect|suspend|table|target|tell|threaten|tighten|told|unveil|urg|want"
    r"|warn|watch|weigh"
)
RULES = re.compile(
    rf" (?:(?:also|now|still|again|reportedly) )?(?:(?:has|had|is|was) (?:not |also )?)?"
    rf"(?:(?:{_VERBS})(?:s|es|ed|ing)|says|said|backs|backed|sought|told|set to|due to|expected to"
    rf"|(?:will|would|may|could|must|should|can|might|to) (?:not |also )?(?:{_VERBS}|say|back)e?)\b"
    r"| (?:(?:has|will|may) )?open(?:s|ed)? (?:an? )?(?:[\w-]+ ){0,2}"
    r"(?:probe|investigation|inquiry|case)\b"
    rf"|(?:'s?)? (?:plans?|proposals?|rules|regulators?|rulebook|bureaucrats|red tape)\b",
    re.IGNORECASE,
)
"""What only a power does, right behind its seat."""
TOLD = frozenset(
    ("told", "asked", "urged", "pressed", "lobbied", "warned", "petitioned", "sued", "accused")
)


def power_at(page: Page, mention: Mention) -> str:
    """The code of the power that a seat stands for at a place of the text; "" for the city."""
    code = SEATS.get(page.written(mention).title(), "")
    if not code:
        return ""
    before = page.before(mention.start).lower()
    if before in words("place_words") or before == "of" or page.sporting:
        return ""
    return code if before in TOLD or RULES.match(page.text, mention.end) else ""


def state_of(page: Page, found: Found) -> str:
    """The code of the state in which a city lies that stands for its country; "" if unknown."""
    code = city_states().get(page.text[found.start : found.end], "")
    return code if code.partition("-")[0] == found.code else ""
