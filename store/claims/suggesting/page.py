"""An article laid out for reading by machine: its words, its sentences, the names in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from store.claims.lexicon import Lexicon
from store.claims.names import WORD, level
from store.claims.names.cities import CITIES, TOWNS
from store.claims.names.regions import Place, place_names
from store.claims.names.words import words
from store.model import Company, Sentence, Span, TextVersion

HEADLINE_SHARE = 0.65
"""A title or heading is in headline case when so many of its longer words have a capital."""
LONG_WORD = 4
SPORTING = 3
"""Different words of sport that make an article a report on it."""
SHORTENED = re.compile(r"(?<![\w.])([A-Z][a-z]{0,3})\. $")


class Mention(NamedTuple):
    """A name in the text that the vocabulary knows."""

    start: int
    end: int
    meaning: Company | Place


class Found(NamedTuple):
    """A company or region that the text names at a place, and how sure that is."""

    start: int
    end: int
    code: str
    label: str
    score: float
    reason: str

    @property
    def span(self) -> Span:
        """Where it is named."""
        return Span(self.start, self.end)


class Page:
    """One article's text with what the rules ask of it again and again."""

    def __init__(
        self, version: TextVersion, sentences: Sequence[Sentence], lexicon: Lexicon
    ) -> None:
        self.text = level(version.text)
        self.sentences = sentences
        self._blocks = version.blocks
        self.lexicon = lexicon
        self._starts = [sentence.span.start for sentence in sentences]
        self._written = WORD.findall(self.text)
        self._words = [found.span() for found in WORD.finditer(self.text)]
        self._at = dict(zip(map(itemgetter(0), self._words), count(), strict=False))
        self._ends = dict(zip(map(itemgetter(1), self._words), count(), strict=False))

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every known name, longest first where they overlap, in order of the text."""
        places, companies = place_names(), self.lexicon.company_names
        found: list[Mention] = []
        taken = 0
        for nth, word in enumerate(self._written):
            if not (word[0].isupper() or word in places.heads or word in companies.heads):
                continue
            start = self._words[nth][0]
            if start < taken:
                continue
            place = places.at(self.text, start, word) or self._city(nth)
            company = companies.at(self.text, start, word)
            if company and (place is None or company[0] >= place[0]):
                found.append(Mention(start, company[0], company[1]))
                taken = company[0]
            elif place:
                found.append(Mention(start, place[0], place[1]))
                taken = place[0]
        return found

    def _city(self, nth: int) -> tuple[int, Place] | None:
        """The city that the gazetteer knows at a word."""
        if not self.text[self._words[nth][0]].isupper():
            return None
        found = CITIES.at(self.text, self._words, nth)
        return (found[0], Place(found[1], "city")) if found else None

    @cached_property
    def towns(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where a name may be a town's, right after a word as "in", and in which countries."""
        found = []
        for nth, (start, _) in enumerate(self._words):
            if nth == 0 or not self.text[start].isupper() or start in self.mention_starts:
                continue
            before, gap = self._words[nth - 1]
            if self.text[gap:start] == " " and self.text[before:gap] in words("sure_place_words"):
                town = TOWNS.at(self.text, self._words, nth)
                if town and not self.after(town[0])[:1].isupper():
                    found.append((start, *town))
        return found

    @property
    def capitals(self) -> Iterator[tuple[int, str]]:
        """Every word that does not begin in lower case, with its place."""
        for (start, _), word in zip(self._words, self._written, strict=True):
            if not word[0].islower():
                yield start, word

    def written(self, mention: Mention) -> str:
        """A name as the text has it."""
        return self.text[mention.start : mention.end]

    def city_at(self, offset: int) -> bool:
        """Whether a word is a city's name, as surnames often are, or no known name at all."""
        known = self._mention_at.get(offset)
        return known is None or (isinstance(known, Place) and known.how == "city")

    def company_at(self, offset: int) -> bool:
        """Whether the name of a known company begins there."""
        return isinstance(self._mention_at.get(offset), Company)

    @cached_property
    def _mention_at(self) -> dict[int, Company | Place]:
        return {mention.start: mention.meaning for mention in self.mentions}

    @cached_property
    def wide_places(self) -> list[tuple[int, int]]:
        """Where names of places stand that begin with what may only lead a name: "New York"."""
        return [
            (mention.start, mention.end)
            for mention in self.mentions
            if isinstance(mention.meaning, Place)
            and self.written(mention).partition(" ")[0] in words("leaders")
        ]

    @cached_property
    def mention_starts(self) -> frozenset[int]:
        """Where known names begin."""
        return frozenset(mention.start for mention in self.mentions)

    @cached_property
    def mention_texts(self) -> frozenset[str]:
        """Known names, as they are written here."""
        return frozenset(self.written(mention) for mention in self.mentions)

    def sentence_at(self, offset: int) -> int:
        """Which sentence a character stands in, or the one before it; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def starts_sentence(self, offset: int) -> bool:
        """Whether nothing but quotation marks stands before it in its sentence."""
        sentence = self.sentence_at(offset)
        if sentence < 0:
            return True
        return not self.text[self._starts[sentence] : offset].strip(" \"'“”«(—–-")

    def before(self, offset: int) -> str:
        """The word before a name, if only a space lies between; else ""."""
        place = self._ends.get(offset - 1)
        if place is None or self.text[offset - 1 : offset] != " ":
            return ""
        start, end = self._words[place]
        return self.text[start:end]

    def after(self, offset: int) -> str:
        """The word after a name, if only a space lies between; else ""."""
        place = self._at.get(offset + 1)
        if place is None or self.text[offset : offset + 1] != " ":
            return ""
        start, end = self._words[place]
        return self.text[start:end]

    def names_person(self, offset: int) -> bool:
        """Whether a first name, an initial or a title stands before: "Tom", "J. ", "Dr. "."""
        before = self.before(offset)
        if before in words("first_names") or before in words("titles"):
            return True
        if ". " not in self.text[max(0, offset - 3) : offset]:
            return False
        short = SHORTENED.search(self.text, max(0, offset - 6), offset)
        return short is not None and (len(short[1]) == 1 or short[1] in words("titles"))

    def headline_case(self, offset: int) -> bool:
        """Whether capitals mean nothing in the sentence a character stands in."""
        return self.sentence_at(offset) in self._headlines

    @cached_property
    def sporting(self) -> bool:
        """Whether it reports on sport, where clubs sign, sell and open as firms do."""
        told = set(map(str.lower, self._written))
        return len(told & words("sports")) >= SPORTING

    @cached_property
    def _lower(self) -> frozenset[str]:
        return frozenset(filter(str.islower, self._written))

    def also_lower(self, word: str) -> bool:
        """Whether the article writes a capitalised word in lower case too: it is no name."""
        return word.lower() in self._lower

    def stands_alone(self, name: str) -> bool:
        """Whether the article has it somewhere as it is, and no capitalised word follows."""
        start = self.text.find(name)
        while start >= 0:
            end = start + len(name)
            whole = end in self._ends and start in self._at
            if whole and not self.after(end)[:1].isupper():
                return True
            start = self.text.find(name, end)
        return False

    def is_country(self, name: str) -> bool:
        """Whether it is the name of a country, as a text writes it."""
        found = place_names().at(name, 0, name.partition(" ")[0])
        return found is not None and found[0] == len(name) and found[1].how == "name"

    def shouts(self, offset: int) -> bool:
        """Whether the sentence a character stands in is all in capitals."""
        place = self.sentence_at(offset)
        return place in self._shouted

    @cached_property
    def _shouted(self) -> frozenset[int]:
        spans = (sentence.span for sentence in self.sentences)
        return frozenset(
            place for place, span in enumerate(spans) if self.text[span.start : span.end].isupper()
        )

    @cached_property
    def _headlines(self) -> frozenset[int]:
        """Titles Written Like This, and any sentence LIKE THIS."""
        found = set()
        for place, sentence in enumerate(self.sentences):
            text = self.text[sentence.span.start : sentence.span.end]
            heading = self._blocks[sentence.block].kind in ("title", "heading")
            if text.isupper() or (heading and _mostly_capitals(text)):
                found.add(place)
        return frozenset(found)


def by_sentence(page: Page, found: Iterable[Found]) -> dict[int, list[Found]]:
    """What is found, by the place of its sentence."""
    grouped: dict[int, list[Found]] = {}
    for one in found:
        grouped.setdefault(page.sentence_at(one.start), []).append(one)
    return grouped


def _mostly_capitals(text: str) -> bool:
    long = [word for word in WORD.findall(text) if len(word) >= LONG_WORD and word[0].isalpha()]
    capitals = sum(1 for word in long if word[0].isupper())
    return capitals >= HEADLINE_SHARE * len(long)
