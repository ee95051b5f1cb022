"""Without this, "U.S. Senate", "J. P. Morgan" and "No. 5" would each be cut in two.

Rules instead of a trained model, because they measure better on news: nupunkt 0.8 takes "century.",
"works." and "talent." for abbreviations, and needs quadratic time for a row of exclamation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’»)\\]}*_"
_OPENERS = "\"'“‘«(\\[{*_¿¡—–-"
_END = re.compile(
    rf"(?<![.!?…])(?:\.(?:\s\.){{2,3}}|[.!?…]+)[{_CLOSERS}]*+(?:\[\d{{1,3}}\])*+(?=\s|$)"
)
_END_WITHOUT_SPACE = re.compile(
    rf"(?<=[a-z]{{3}})[.!?][{_CLOSERS}]*"
    r"(?=(?:The|It|He|She|They|We|In|But|And|This|That|These|Those|However|Meanwhile)\s)"
)
_LAST_TOKEN = re.compile(r"[^\s/\"'“‘«(\[—–-]*$")
_NEXT_WORD = re.compile(rf"\s*[{_OPENERS}]*\s?([^\W_]*(?:[.'’][^\W_]+)*)")
_BRAND = re.compile(r"[a-z]{1,3}[A-Z]|[a-z]+\.[a-z]")
_INITIAL = re.compile(r"[^\W\d_a-z]|Th|Ch|Yu")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]")
_ENUMERATOR = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})\)?\.\)?\s+")
_LETTERED = re.compile(
    r"\b(?:appendix|category|class|exhibit|grade|group|hepatitis|part|phase|plan|round|section"
    r"|series|team|tier|type|vitamin)\s[A-Z]$",
    re.IGNORECASE,
)
_REACH = 40
"""Code points before a full stop that the rules look at."""
_SHORTEST_WORD = 3
"""Letters that make a word, where less is rather an abbreviation nobody listed."""


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_TITLES = _words(
    "Adm Amb Atty Asst Brig Capt Cmdr Col Cpl Cpt Det Dr Ens Fr Gen Gens Gov Govs Hon Insp Lt Maj "
    "Messrs Mlle Mme Mr Mrs Ms Mt Mx Pfc Pres Prof Profs Pvt Rep Reps Rev Sen Sens Sgt St Ste Supt "
    "Ft vs v cf viz e.g i.e eg ie incl excl esp aka approx Approx ca"
)
"""A name or an example follows these; no sentence ends with them."""
_BEFORE_A_NUMBER = _words(
    "No Nos no nos p pp Art Arts art Sec Secs sec Sect Fig Figs fig figs Vol Vols vol Ch ch Para "
    "para approx Approx ca c circa Eq est Rs Re Op op Ver ver Nr ft Ft "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_MAY_END = _words(
    "Inc Corp Co Cos Ltd Llc Plc plc Bros Intl Assn Assoc Dept Univ Mfg Jr Sr Esq Ph Ave Blvd Rd "
    "Sq Hwy Bldg etc al est bn mn tn yr yrs hr hrs lb lbs oz pct "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ind Kan Ky Mass Md Mich Minn Miss Mo Mont Neb Nev "
    "Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta"
)
"""Abbreviations that stand inside a sentence or at its end; the next word decides."""
_STARTERS = _words(
    "the a an this that these those it its it's he she they we i you his her their our my your "
    "there here in on at by for from with without after before when while as if but and or so yet "
    "nor however meanwhile although though since because what who whose why how where which all "
    "some many most both each such not neither either another other others separately additionally "
    "also according last next now then today yesterday earlier later once until despite under over "
    "during between among through to of about like unlike even still instead overall just only "
    "more much several few every no yes one two three four five officials analysts investors shares"
)
_AFTER_THE_CLOCK = _words(
    "est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst cet cest utc ist jst aest eastern central "
    "mountain pacific london new beijing tokyo monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_EXCLAIMING_NAMES = _words("yahoo yum jeopardy joomla")
_AFTER_AN_EXCLAIMING_NAME = _words("inc corp ltd llc co japan brands finance sports holdings")


def english_ends(text: str) -> Iterator[int]:
    """Where sentences end, in order: the offsets after a full stop and the quotes that close it."""
    enumerator = _ENUMERATOR.match(text)
    begin = enumerator.end() if enumerator else 0
    ends = {end.end() for end in _END.finditer(text, begin) if _is_end(text, end)}
    yield from sorted(ends.union(end.end() for end in _END_WITHOUT_SPACE.finditer(text, begin)))


def _is_end(text: str, end: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, end.end())
    word = following.group(1) if following else ""
    before = text[max(end.start() - _REACH, 0) : end.start()]
    token = _LAST_TOKEN.search(before)
    last = token.group() if token else ""
    mark = end.group().rstrip("\"'”’»)]}*_0123456789[")
    if word[:1].islower() and not _BRAND.match(word):
        return end.group() == "." and _is_plain_word(last)
    if "!" in mark or "?" in mark:
        brand = last.lower() in _EXCLAIMING_NAMES
        return not (brand and word.lower() in _AFTER_AN_EXCLAIMING_NAME)
    return mark != "." or _full_stop_ends(before, last, word)


def _full_stop_ends(before: str, last: str, word: str) -> bool:
    """Whether a full stop is more than the mark of an abbreviation, by the words around it."""
    known = last.capitalize() if last.isupper() and len(last) > 1 else last
    starts = word.lower().replace("’", "'") in _STARTERS
    if word[:1].isdigit() and known in _BEFORE_A_NUMBER:
        return False
    if last.lower() in {"a.m", "p.m"}:
        return word.lower() not in _AFTER_THE_CLOCK
    if known in _TITLES:
        return False
    if _INITIAL.fullmatch(last):
        return starts or bool(_LETTERED.search(before))
    if known in _MAY_END or _DOTTED.fullmatch(last):
        return starts
    return True


def _is_plain_word(last: str) -> bool:
    """Whether a full stop after it ends a sentence even before a small letter, typed in haste."""
    listed = last in _TITLES or last in _BEFORE_A_NUMBER or last in _MAY_END
    return last.isalpha() and last.islower() and len(last) >= _SHORTEST_WORD and not listed
