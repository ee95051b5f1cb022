"""Writes store/claims/lexicon/companies.txt, the firms that are known beside the codebook's.

Listed firms come from pytickersymbols (MIT), those that no index has from companies_by_hand.txt.
The packages are only needed here: ``pip install --group gazetteers`` first.

    python tools/build_companies.py            writes the table
    python tools/build_companies.py --check    fails if the table is not what would be written
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from common_words import ascii_of, is_ordinary, is_personal, sealed  # noqa: E402

from store.claims.codebook.file import own_codebook  # noqa: E402
from store.claims.names import company_id  # noqa: E402
from store.claims.names.cities import large_cities  # noqa: E402
from store.claims.names.regions import places  # noqa: E402

BY_HAND = HERE / "companies_by_hand.txt"
TABLE = HERE.parent / "store" / "claims" / "lexicon" / "companies.txt"

HEADER = """\
# Made by tools/build_companies.py: change tools/companies_by_hand.txt and build again.
# Listed firms: pytickersymbols (MIT). Rest: this project.
# A row: id | name | market (ISO 10383) and symbol | further names. "?" after a name: also a word.
"""

LEGAL = re.compile(
    r"(,? (Inc|Corp|Corporation|Incorporated|Ltd|Limited|LLC|L\.?P|PLC|plc|AG|SE|S\.A|SA|N\.V|NV"
    r"|B\.V|GmbH|& Co|& plc|KGaA|AB|ASA|A/S|Oyj|Oy|Abp|S\.p\.A|SpA|SCA|SGPS|Co|Company|Companies"
    r"|N\.A|publ)\.?)+$"
)
"""What a name ends with by law, in the countries whose indices are read."""
HOLDING = re.compile(r" (Holdings?|Group|Holding Parent|Global|International)$")
TRADE = re.compile(
    r" (Technology|Technologies|Industries|Systems|Pharmaceuticals?|Therapeutics|Semiconductors?"
    r"|Biosciences|Motors?|Electric|Electronics|Laboratories|Networks|Software|Labs|Bancorp"
    r"|Bancshares|Financial|Corporation|Airlines|Entertainment|Manufacturing|Platforms|Brands)$"
)
"""A last word that papers leave out where the rest is unmistakable."""
WORDY = 2
"""Words that a name needs to be unmistakable, unless all are ordinary."""
SHORT = 3
"""Letters of an abbreviation that could mean anything."""

MARKETS = {
    "T": "XTKS", "L": "XLON", "PA": "XPAR", "DE": "XETR", "AS": "XAMS", "HE": "XHEL",
    "ST": "XSTO", "BR": "XBRU", "MC": "XMAD", "SW": "XSWX", "MI": "XMIL",
}  # fmt: skip
"""The market behind a symbol's ending; a symbol without one is looked up by its exchange."""
EXCHANGE = re.compile(r"\b(NYSE|Nasdaq|NASDAQ) ?: ?([A-Z]{1,5})\b")


def listed() -> Iterator[tuple[str, str, list[str]]]:
    """Each firm's name without its legal form, its ticker, and its further names."""
    from pytickersymbols import PyTickerSymbols

    for stock in PyTickerSymbols().get_all_stocks():
        name = LEGAL.sub("", clean(stock["name"]))
        unwanted = name in left_out() or re.search(r"\b(Trust|Fund|ETF|REIT)\b", name)
        if unwanted or not name[:1].isupper():
            continue
        yield name, ticker(stock), list(shorter(name))


def clean(name: str) -> str:
    """The name without an article, a bracket or a kind of share."""
    bare = re.sub(
        r" ?\([^)]*\)| Class [A-C]\b| Registered Shares.*|^The |(?<=[a-z])B$", "", str(name)
    )
    return " ".join(bare.replace("’", "'").split()).strip(" ,")


def shorter(name: str) -> Iterator[str]:
    """What papers call a firm, as long as it can mean nothing else."""
    while True:
        bare = LEGAL.sub("", HOLDING.sub("", TRADE.sub("", name)))
        if bare == name:
            return
        name = bare
        if safe(name):
            yield name


def safe(name: str) -> bool:
    """Whether a name needs no context: not a word, a person or a place."""
    if name in PLACES or ascii_of(name) in PLACES or len(name) <= WORDY:
        return False
    words = re.split(r"[ -]", name)
    if len(words) >= WORDY:
        return not all(is_ordinary(word) for word in words) or len(words) > WORDY
    return not (is_ordinary(name) or is_personal(name) or (name.isupper() and len(name) <= SHORT))


PLACES = {name for name, _ in places()} | set(large_cities())


def ticker(stock: dict[str, Any]) -> str:
    """Market and symbol where both are plain, as "XTKS:6988"; else ""."""
    symbol, _, ending = str(stock.get("symbol") or "").partition(".")
    if ending:
        return f"{MARKETS[ending]}:{symbol}" if ending in MARKETS and symbol else ""
    traded = str(stock.get("metadata", {}).get("traded_as", ""))
    found = {(market, own) for market, own in EXCHANGE.findall(traded) if own == symbol}
    if len(found) != 1:
        return ""
    return f"{'XNYS' if found.pop()[0] == 'NYSE' else 'XNAS'}:{symbol}"


def by_hand() -> Iterator[tuple[str, str, list[str]]]:
    """The firms that no index has; a name that is also a word or a person's is marked."""
    for line in BY_HAND.read_text("utf-8").splitlines():
        if line.startswith(("#", "?", "-")):
            continue
        name, others = (cell.strip() for cell in line.split("|"))
        names = [name, *(other.strip() for other in others.split(";") if other.strip())]
        yield name, "", [mark(one) for one in names if one != name or not plain(one)]


def plain(name: str) -> bool:
    """Whether a name written by hand stands without a mark."""
    return " " in name or not (is_ordinary(name) or is_personal(name) or name in PLACES)


def also_words() -> set[str]:
    """Names that no list of words shows to be words: the lines that begin with "?"."""
    lines = BY_HAND.read_text("utf-8").splitlines()
    return {name for line in lines if line.startswith("?") for name in line[1:].split()}


def left_out() -> set[str]:
    """Listed firms that news does not mean as firms: the lines that begin with "-"."""
    lines = BY_HAND.read_text("utf-8").splitlines()
    return {one.strip() for line in lines if line[:1] == "-" for one in line[1:].split(";")}


def mark(name: str) -> str:
    """The name, with "?" if it is also a word."""
    return name if plain(name) else name + "?"


def rows() -> Iterator[str]:
    """One row a firm: those that share a name are one, by the codebook's id if it knows them."""
    known = {
        name: company
        for company in own_codebook().companies
        for name in (company.name, *company.aliases)
    }
    ids: dict[str, str] = {name: company.id for name, company in known.items()}
    shown = {company.id: company.name for company in own_codebook().companies}
    aliases: dict[str, list[str]] = {}
    tickers: dict[str, str] = {}
    firms = [*by_hand(), *listed()]
    written = {one for name, _, others in by_hand() for one in (name, *others)}
    for name, symbol, others in firms:
        called = [name, *others]
        met = next((ids[one] for one in map(unmarked, called) if one in ids), "")
        if not (met or safe(name) or name in written):
            continue
        id_ = met or company_id(name)
        shown.setdefault(id_, name)
        aliases.setdefault(id_, [])
        tickers[id_] = tickers.get(id_) or symbol
        for one in called:
            usable = safe(one) or one in written
            if ids.setdefault(unmarked(one), id_) == id_ and usable and unmarked(one) not in known:
                aliases[id_].append(one)
    doubtful = also_words() | own_codebook().ambiguous
    doubtful |= {unmarked(one) for found in aliases.values() for one in found if one.endswith("?")}
    unsure = shared(aliases)
    for id_ in sorted(aliases):
        names = dict.fromkeys(
            one + "?" if one in doubtful else one
            for one in map(unmarked, aliases[id_])
            if one not in unsure
        )
        names.pop(shown[id_], None)
        if shown[id_] in doubtful:
            names[shown[id_] + "?"] = None
        if names or tickers[id_] or shown[id_] not in known:
            yield "|".join([id_, shown[id_], tickers[id_], ";".join(names)])


def unmarked(name: str) -> str:
    """The name without its mark."""
    return name.removesuffix("?")


def shared(aliases: dict[str, list[str]]) -> set[str]:
    """Names that two firms go by."""
    count = Counter(name for found in aliases.values() for name in set(map(unmarked, found)))
    return {name for name, times in count.items() if times > 1}


def table(made: Iterable[str]) -> str:
    """The whole file."""
    return sealed(HEADER, "\n".join(made) + "\n", BY_HAND.read_text("utf-8"))


def main(words: list[str]) -> int:
    """Writes or checks the table; 0 when all is well."""
    made = table(rows())
    if words == ["--check"]:
        same = TABLE.read_text("utf-8") == made
        sys.stderr.write("" if same else f"{TABLE.name} is stale: run tools/build_companies.py.\n")
        return 0 if same else 1
    TABLE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
