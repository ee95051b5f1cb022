"""Which companies a text names: those of the vocabulary, and those it makes known itself."""

from __future__ import annotations

import re

from store.claims.names.words import words
from store.claims.suggesting.company_patterns import FORM_AFTER, JOINED, TICKER
from store.claims.suggesting.new_names import companies_made_known
from store.claims.suggesting.page import Found, Mention, Page
from store.claims.suggesting.proofs import FAIR, cues_around
from store.model import Company

LISTED, CUED = 0.95, 0.75
"""Scores: a known name; one that is also a word, with evidence."""

NUMBERED = re.compile(
    r" \d{1,2}\b(?![.,]\d)(?! (?:million|billion|trillion|per|days|weeks|months))"
)
"""A small number after a name: "Figure 3", "Apollo 11"."""

PAST = re.compile(r"[a-z]{2,}[^e]ed")
"""A regular verb in the past: "denied"."""


def companies_named(page: Page) -> list[Found]:
    """The companies that an article names, in order of the text, each time it does."""
    known = [
        (mention, mention.meaning)
        for mention in page.mentions
        if isinstance(mention.meaning, Company) and not _person(page, mention)
    ]
    ambiguous = page.lexicon.ambiguous
    unsure = {mention for mention, _ in known if page.written(mention) in ambiguous}
    certain = {
        company.id for mention, company in known if mention not in unsure or _has_cue(page, mention)
    }
    found = []
    for mention, company in known:
        if _tells(page, mention) or _is_sister(page, mention):
            continue
        if mention not in unsure:
            found.append(_listed(page, mention, company, LISTED))
        elif company.id in certain and not _ruled_out(page, mention):
            found.append(_listed(page, mention, company, CUED))
    return sorted([*found, *companies_made_known(page, found)])


def _listed(page: Page, mention: Mention, company: Company, score: float) -> Found:
    reason = f"names {page.written(mention)}"
    return Found(mention.start, mention.end, company.id, company.name, score, reason)


def _person(page: Page, mention: Mention) -> bool:
    """Whether it is a surname, as in "Henry Ford" and "Mr Block": only single words are."""
    return " " not in page.written(mention) and page.names_person(mention.start)


def _is_sister(page: Page, mention: Mention) -> bool:
    """Whether it only begins another firm's name: "Hitachi Energy"."""
    return page.after(mention.end) in words("sister_tails") and not page.headline_case(mention.end)


def _tells(page: Page, mention: Mention) -> bool:
    """Whether it only brings the news, or is where shares are traded: "told Reuters"."""
    name = page.written(mention)
    if name not in words("sources") and name not in words("exchanges"):
        return False
    around = cues_around(page, mention.start, name)
    return not any(cue.strength >= FAIR and cue.said not in ("which", "aired") for cue in around)


def _ruled_out(page: Page, mention: Mention) -> bool:
    """Whether its neighbours make it part of something else: "the Gap", "Block Island"."""
    if FORM_AFTER.match(page.text, mention.end):
        return False
    before, after = page.before(mention.start), page.after(mention.end)
    verbs, leaders = words("company_verbs"), words("leaders")
    if before in ("the", "The") and after not in verbs | {"app"}:
        return True
    if NUMBERED.match(page.text, mention.end) or after.lower() in words("never_after"):
        return True
    if page.headline_case(mention.start):
        return False
    follows = before[:1].isupper() and before not in leaders
    return (follows and not page.starts_sentence(mention.start - 1)) or _goes_on(after)


def _goes_on(after: str) -> bool:
    return after[:1].isupper() and after not in ("CEO", "CFO", "CTO", "COO")


def _has_cue(page: Page, mention: Mention) -> bool:
    if _ruled_out(page, mention):
        return False
    if FORM_AFTER.match(page.text, mention.end) or TICKER.match(page.text, mention.end):
        return True
    if page.text.startswith("'s ", mention.end):
        return True
    if page.starts_sentence(mention.start) or page.headline_case(mention.start):
        return _acts(page, mention) or _joined(page, mention)
    return True


def _acts(page: Page, mention: Mention) -> bool:
    """Whether it does what firms do, or the text says that it is one."""
    verb = page.after(mention.end)
    if verb.lower() in words("company_verbs") or PAST.fullmatch(verb):
        return True
    return any(True for _ in cues_around(page, mention.start, page.written(mention)))


def _joined(page: Page, mention: Mention) -> bool:
    """Whether another company stands beside it: "Target and Walmart"."""
    joined = JOINED.match(page.text, mention.end)
    return joined is not None and page.company_at(joined.end())
