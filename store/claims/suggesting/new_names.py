"""Companies in no list, wherever they stand, once the text has made them known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.claims.names import Names
from store.claims.names.regions import Place
from store.claims.suggesting.page import Found, Page
from store.claims.suggesting.runs import Run, bare_name, runs_in, surnames_among
from store.claims.suggesting.short_forms import short_forms
from store.claims.suggesting.verdicts import SURE, Beside, Known, judged

MOST_NEW = 60
"""Names that one article may make known; only lists of firms have more."""
ROUNDS = 2
"""What the first makes known vouches in the second for what stands beside it."""
SHORTENED = 0.75
"""The score of a known company's name in short."""


def companies_made_known(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """The companies that a text itself makes known, beside those already found."""
    busy = bytearray(len(page.text))
    for listed in found:
        _take(busy, listed.start, listed.end)
    new = _new(page, found, busy)
    sure = [name for name, known in new.items() if known.score >= SURE]
    whole = [known for name, known in new.items() if not _begins_another(name, sure)]
    spelled: dict[str, Known] = {}
    for known in whole:
        for name in short_forms(page, known.label) if known.score >= SURE else (known.label,):
            spelled.setdefault(name, known)
    for listed in found:
        name = page.text[listed.start : listed.end]
        known = Known(listed.code, listed.label, SHORTENED, f"short for {name}")
        for short in short_forms(page, name)[1:] if " " in name else ():
            spelled.setdefault(short, known)
    yield from _everywhere(page, Names(spelled.items()), busy) if spelled else ()


def _new(page: Page, found: Sequence[Found], busy: bytearray) -> dict[str, Known]:
    """Each name that the cues of all its mentions make a company's, without its legal form."""
    blocked = _phrases(page)
    mentions: dict[str, list[Run]] = {}
    runs = runs_in(page)
    surnames = frozenset(surnames_among(page, runs))
    for run in runs:
        if _taken(busy, run) or _taken(blocked, run) or _inside(page, run):
            continue
        if page.shouts(run.start):
            continue
        mentions.setdefault(bare_name(run.name), []).append(run)
    beside = Beside(page, found)
    new: dict[str, Known] = {}
    for again in range(ROUNDS):
        for bare, places in mentions.items():
            if again and not any(any(beside.cue(run)) for run in places):
                continue
            if (bare not in new or new[bare].score < SURE) and len(new) < MOST_NEW:
                known = judged(page, bare, places, surnames, beside)
                if known:
                    new[bare] = known
        sure = [bare for bare, known in new.items() if known.score >= SURE]
        if not beside.knows_more(run for bare in sure for run in mentions[bare]):
            break
    return new


# ---------------------------------------------------------------- names in the text


def _begins_another(name: str, names: Iterable[str]) -> bool:
    """Whether it is the short form of another: "Brightwater" of "Brightwater Compute"."""
    return any(other.startswith(name + " ") for other in names)


def _everywhere(page: Page, names: Names[Known], busy: bytearray) -> Iterator[Found]:
    for start, word in page.capitals:
        hit = names.at(page.text, start, word)
        if hit and busy.find(1, start, hit[0]) < 0:
            end, known = hit
            _take(busy, start, end)
            yield Found(start, end, *known)


def _phrases(page: Page) -> bytearray:
    """Where the text holds phrases such as "New York Times", or nothing but a place."""
    marked = bytearray(len(page.text))
    for mention in page.mentions:
        if isinstance(mention.meaning, Place) and mention.meaning.how == "phrase":
            _take(marked, mention.start, mention.end)
    return marked


def _inside(page: Page, run: Run) -> bool:
    """Whether it is but the rest of a place's name: "South Wales" of "New South Wales"."""
    return any(start < run.start and run.end <= end for start, end in page.wide_places)


def _take(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\1" * (end - start)


def _taken(mask: bytearray, run: Run) -> bool:
    return mask.find(1, run.start, run.end) >= 0
