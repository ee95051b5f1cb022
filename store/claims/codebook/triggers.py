"""Triggers: the words of a codebook that give a code away, found in a sentence's tokens.

A trigger is written as words: "hire" finds every inflection, "=recall" only that form, "IPO" only
in capitals, "#" any number, "$" a currency sign, "a|b" either word, "..." up to four words in
between, "/…/" a regular expression. Words are compared by a rough stem, so no pattern is compiled
and six hundred triggers cost a few dictionary look-ups a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from store.claims.codebook.needed import ODD_CASES, needed_words

Meaning = TypeVar("Meaning")

GAP = 4
"""Words that "..." leaves room for."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[$€£¥]")
_KEPT = {"news", "series", "business", "does", "was", "his", "this", "plus", "thus", "us"}
_DOUBLED = re.compile(r"([bdfglmnprt])\1$")
_VOWEL = re.compile(r"[aeiouy]")
IRREGULAR = {
    form: verb
    for verb, forms in {
        "begin": "began begun", "break": "broke broken", "bring": "brought",
        "build": "built", "buy": "bought", "choose": "chose chosen", "draw": "drew drawn",
        "fall": "fell fallen", "freeze": "froze frozen", "give": "gave given", "go": "went gone",
        "grow": "grew grown", "hold": "held", "keep": "kept", "lay": "laid", "lead": "led",
        "leave": "left", "lend": "lent", "lose": "lost", "make": "made", "pay": "paid",
        "rise": "rose risen", "run": "ran", "see": "saw seen", "seek": "sought", "sell": "sold",
        "spend": "spent", "steal": "stole stolen", "strike": "struck", "take": "took taken",
        "win": "won", "withdraw": "withdrew withdrawn", "write": "wrote written",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Past forms of the verbs that news tells of, by the rule of none."""
_SHORT = 3
_STEM = 4


class Token(NamedTuple):
    """One word, number or currency sign of a text."""

    start: int
    end: int
    keys: tuple[str, ...]
    """What a slot of a trigger may ask for: stem, exact form, capitals, number, currency."""


class Slot(NamedTuple):
    """One word of a trigger."""

    keys: frozenset[str]
    gap: bool
    """Whether other words may stand before it."""


class Trigger(NamedTuple):
    """A trigger, ready to be looked for."""

    written: str
    slots: tuple[Slot, ...]
    pattern: re.Pattern[str] | None = None


class Hit(NamedTuple, Generic[Meaning]):
    """A trigger found."""

    meaning: Meaning
    words: frozenset[int]
    """Which tokens it took."""
    start: int
    end: int


def stem(word: str) -> str:
    """What the inflections of a lower-case English word share, roughly: hiring, hires → hir."""
    if word in _KEPT or (len(word) <= _SHORT and word not in IRREGULAR):
        return word
    base = _without_suffix(IRREGULAR.get(word, word))
    if len(base) > _SHORT and _DOUBLED.search(base):
        base = base[:-1]
    return base[:-1] if base.endswith("e") and len(base) >= _STEM else base


def _without_suffix(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > _STEM:
        return word[:-3] + "y"
    for suffix in ("ing", "ed"):
        base = word[: -len(suffix)]
        if word.endswith(suffix) and len(base) >= _SHORT and _VOWEL.search(base):
            return base
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=20_000)
def _keys(written: str) -> tuple[str, ...]:
    if written in "$€£¥":
        return ("$",)
    if written[0].isdigit():
        return ("#", "=" + written)
    lower = written.lower()
    keys: tuple[str, ...] = (stem(lower), "=" + lower)
    if len(written) > 1 and written[:-1].isupper():
        keys += ("^" + written.removesuffix("s"),)
    return (*keys, "^" + written) if len(written) == 1 and written.isupper() else keys


@lru_cache(maxsize=1_000)
def tokens_of(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of a stretch of a text, with offsets of the whole text.

    They are remembered: the codes of a sentence and what was learned of it ask for the same.
    """
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return tuple([Token(*match.span(), _keys(match[0])) for match in found])


@lru_cache(maxsize=5_000)
def parse_trigger(written: str) -> Trigger:
    """A trigger as it is written in a codebook.

    Raises:
        ValueError: with what is wrong with it.
    """
    if len(written) > 1 and written.startswith("/") and written.endswith("/"):
        try:
            return Trigger(written, (), re.compile(written[1:-1], re.IGNORECASE))
        except re.error as problem:
            message = f"no regular expression ({problem})"
            raise ValueError(message) from None
    slots: list[Slot] = []
    gap = False
    for part in written.split():
        if part == "...":
            gap = True
        else:
            slots += _slots(part, gap=gap)
            gap = False
    if not slots or gap or written.startswith("..."):
        message = "it needs a word at its start and at its end"
        raise ValueError(message)
    return Trigger(written, tuple(slots))


def _slots(part: str, *, gap: bool) -> list[Slot]:
    alternatives = part.split("|")
    if len(alternatives) > 1:
        return [Slot(frozenset(_slot_key(one) for one in alternatives), gap)]
    exact = part.startswith("=")
    words = _TOKEN.findall(part.removeprefix("=")) if part not in ("#", "$") else [part]
    if not words:
        message = f"{part!r} is no word"
        raise ValueError(message)
    keys = [_slot_key("=" + word if exact else word) for word in words]
    return [Slot(frozenset({key}), gap and place == 0) for place, key in enumerate(keys)]


@lru_cache(maxsize=5_000)
def _slot_key(word: str) -> str:
    if word in ("#", "$"):
        return word
    if word.startswith("="):
        return word.lower()
    if not word or not _TOKEN.fullmatch(word):
        message = f"{word!r} is no single word"
        raise ValueError(message)
    if word[0].isdigit():
        return "=" + word
    if len(word) > 1 and word[:-1].isupper():
        return "^" + word.removesuffix("s")
    return "^" + word if len(word) == 1 and word.isupper() else stem(word.lower())


class _Entry(NamedTuple, Generic[Meaning]):
    """A trigger among those that begin with the same word."""

    last: frozenset[str]
    """What its last word may be."""
    rest: tuple[Slot, ...]
    """All its words but the first."""
    meaning: Meaning


class _Begun(Generic[Meaning]):
    """The triggers that begin with one word, by what they need besides."""

    def __init__(self) -> None:
        self.alone: dict[int, _Entry[Meaning]] = {}
        """Those of one word; here and below by their place among all."""
        self.beside: dict[str, dict[int, _Entry[Meaning]]] = {}
        """Those with a second word right behind it, by that."""
        self.further: dict[int, _Entry[Meaning]] = {}
        """Those with a gap behind it."""

    def add(self, place: int, entry: _Entry[Meaning]) -> None:
        """Take in a trigger."""
        if not entry.rest:
            self.alone[place] = entry
        elif entry.rest[0].gap:
            self.further[place] = entry
        else:
            for key in entry.rest[0].keys:
                self.beside.setdefault(key, {})[place] = entry

    def likely(
        self, following: Iterable[str], present: Collection[str]
    ) -> Sequence[_Entry[Meaning]]:
        """Those that may stand here, in their order: most fail before anything is followed."""
        found = self.alone
        for key in following:
            if key in self.beside:
                found = found | self.beside[key]
        for place, entry in self.further.items():
            if not entry.last.isdisjoint(present):
                found = {**found, place: entry}
        return [found[place] for place in sorted(found)] if found else ()


class Triggers(Generic[Meaning]):
    """Many triggers, looked for at once."""

    def __init__(self, meant: Iterable[tuple[str, Meaning]]) -> None:
        self._first: dict[str, _Begun[Meaning]] = {}
        """By a key of the first word."""
        self._patterns: list[tuple[re.Pattern[str], tuple[str, ...], Meaning]] = []
        """With the words of which every match has one."""
        for place, (written, meaning) in enumerate(meant):
            trigger = parse_trigger(written)
            if trigger.pattern:
                needed = needed_words(trigger.pattern.pattern) or ("",)
                self._patterns.append((trigger.pattern, needed, meaning))
            else:
                first, *rest = trigger.slots
                last = rest[-1].keys if rest else first.keys
                for key in first.keys:
                    begun = self._first.setdefault(key, _Begun())
                    begun.add(place, _Entry(last, tuple(rest), meaning))

    def find(self, tokens: Sequence[Token], text: str) -> list[Hit[Meaning]]:
        """Every trigger in the tokens of one sentence, also those inside a longer one."""
        hits: list[Hit[Meaning]] = []
        present = {key for token in tokens for key in token.keys}
        known = self._first
        following = [*(token.keys for token in tokens[1:]), ()]
        for place, token in enumerate(tokens):
            for key in token.keys:
                if key not in known:
                    continue
                for entry in known[key].likely(following[place], present):
                    taken = _follow(tokens, place, entry.rest)
                    if taken:
                        end = tokens[taken[-1]].end
                        hits.append(Hit(entry.meaning, frozenset(taken), token.start, end))
        if tokens and self._patterns:
            hits += self._by_pattern(tokens, text)
        return hits

    def _by_pattern(self, tokens: Sequence[Token], text: str) -> list[Hit[Meaning]]:
        hits = []
        first, last = tokens[0].start, tokens[-1].end
        said = text[first:last]
        lower = said.lower()
        odd = not said.isascii() and any(letter in said for letter in ODD_CASES)
        for pattern, needed, meaning in self._patterns:
            for word in needed:
                if odd or word in lower:
                    break
            else:
                continue
            for match in pattern.finditer(text, first, last):
                start, end = match.span()
                words = [n for n, token in enumerate(tokens) if start <= token.start < end]
                if words:
                    hits.append(Hit(meaning, frozenset(words), start, end))
        return hits


def _follow(tokens: Sequence[Token], place: int, rest: Sequence[Slot]) -> list[int]:
    """Which tokens a trigger takes from this one on; empty if the rest does not follow."""
    taken = [place]
    for slot in rest:
        furthest = place + 1 + (GAP if slot.gap else 0)
        for candidate in range(place + 1, min(furthest, len(tokens) - 1) + 1):
            if not slot.keys.isdisjoint(tokens[candidate].keys):
                place = candidate
                taken.append(candidate)
                break
        else:
            return []
    return taken
