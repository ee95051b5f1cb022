"""What was found on a page, without what is no part of the article: menus, adverts, its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from store.model import Block
from store.text.length import length_of
from store.text.promotion import is_byline, is_promotion

_LINKED = 0.8
"""Part of a block's letters behind links from which on it only leads elsewhere."""
_LINKS = 3
"""So many links in one block, or so many blocks of links in a row, are a menu."""
_MOST_DROPPED = 0.5
"""Part of the text: where more would go, it is an article about links."""
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bour (?:\d+ )?partners\b|\bpersonal "
    r"data\b|\bprivacy\b|\bdatenschutz"
    r"|\beinwilligung|\bpersonenbezogen|\bdonnées personnelles\b|\bconsentement\b|\bdatos "
    r"personales\b"
    r"|\bconsentimiento\b|\bdati personali\b|\bconsenso\b|\bdados pessoais\b|\bpersoonsgegevens\b"
    r"|\btoestemming\b|\bpersonuppgifter\b|\bsamtycke\b",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W_]+")


def tidied(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The article's own blocks: without its title, lines that lead elsewhere, and menus."""
    own = [block for block in blocks if not _sells(block)]
    own = _without_title(own, title)
    kept = _without_menus(own)
    enough = length_of(kept) >= (1 - _MOST_DROPPED) * length_of(own)
    return tuple(_once_in_a_row(kept if enough else own))


def consent_share(blocks: Sequence[Block]) -> float:
    """Which part of the text stands in paragraphs about cookies and personal data."""
    told = [block for block in blocks if len(set(_cues(block))) > 1]
    return length_of(told) / max(1.0, length_of(blocks))


def _cues(block: Block) -> list[str]:
    return [cue.lower() for cue in _CONSENT.findall(block.text)]


def _sells(block: Block) -> bool:
    return block.kind != "code" and is_promotion(block.text) and not is_byline(block.text)


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks from after the heading that says the title again, if one begins the page."""
    wanted = _letters(title)
    for number, block in enumerate(blocks[:3]):
        said = _letters(block.text)
        is_title = said == wanted or (block.kind == "heading" and bool(said) and said in wanted)
        if wanted and is_title:
            return blocks[:number] + blocks[number + 1 :]
    return blocks


def _without_menus(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    for only_links, run in groupby(blocks, key=_leads_elsewhere):
        group = list(run)
        links = sum(len(block.links) for block in group)
        if only_links and links >= _LINKS:
            continue
        kept += group
    return kept


def _leads_elsewhere(block: Block) -> bool:
    if block.kind in ("caption", "note"):
        return False  # a picture's address, and the way back, are links over little text
    letters = len(_letters(block.text))
    linked = sum(len(_letters(block.text[link.span.start : link.span.end])) for link in block.links)
    return bool(block.links) and linked >= _LINKED * letters


def _once_in_a_row(blocks: Sequence[Block]) -> list[Block]:
    """Without repetitions: pull quotes and captions say again what stands beside them."""
    return [
        block
        for number, block in enumerate(blocks)
        if not number or block.text != blocks[number - 1].text or block.kind == "row"
    ]


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()
