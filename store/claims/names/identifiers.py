"""What registers call a company, checked before it is kept."""

from __future__ import annotations

import re
from string import ascii_uppercase, digits

from store.model import Identifiers

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_TICKER = re.compile(r"[A-Z0-9]{4}:[A-Z0-9][A-Z0-9.\-]{0,11}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_DIGITS_OF = {sign: str(value) for value, sign in enumerate(digits + ascii_uppercase)}


class BadIdentifier(ValueError):
    """One sentence that says which identifier is wrong, and how it should look."""


def identifiers(*, lei: str = "", ticker: str = "", wikidata: str = "") -> Identifiers:
    """What was typed, as registers write it.

    Raises:
        BadIdentifier: One of them cannot be right.
    """
    lei, ticker, wikidata = (one.strip().upper() for one in (lei, ticker, wikidata))
    lei = lei.replace(" ", "")
    if lei and not _is_lei(lei):
        raise BadIdentifier(_wrong_lei(lei))
    if ticker and not _TICKER.fullmatch(ticker):
        raise BadIdentifier(
            f"“{ticker}” is no ticker: write the market's code and the symbol, as XNAS:NVDA."
        )
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        raise BadIdentifier(f"“{wikidata}” is no Wikidata id: those look like Q312.")
    return Identifiers(lei=lei, ticker=ticker, wikidata=wikidata)


def _is_lei(lei: str) -> bool:
    """ISO 17442: letters count 10 to 35, and the whole leaves 1 when divided by 97 (ISO 7064)."""
    if not _LEI.fullmatch(lei):
        return False
    return int("".join(_DIGITS_OF[sign] for sign in lei)) % 97 == 1


def _wrong_lei(lei: str) -> str:
    if _LEI.fullmatch(lei):
        return f"The check digits of the LEI “{lei}” do not fit: a sign of it is wrong."
    return f"“{lei}” is no LEI: those have 18 letters or digits and two check digits."
