"""What tagged lines teach: the same lessons that a person's claims on those sentences would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.claims.codebook import Codebook
from store.claims.learning.learn import Learner, Lesson, Told
from store.claims.lexicon import Lexicon, company_id
from store.claims.names import fold
from store.claims.names.regions import region
from store.claims.suggesting.suggest import SHOWN, Reading
from store.formats.documents import Document, Passage
from store.model import Company, Sentence, Span, Suggested, Suggestion
from store.text.given import Given, cut_sentences, running_text


class BadTag(Exception):
    """A value that the codebook does not know; the message is to be read after its line."""


class LaidOut(NamedTuple):
    """An article ready for the suggester."""

    given: Given
    sentences: Sequence[Sentence]
    """The title first, which may be empty."""


def laid_out(document: Document) -> LaidOut:
    """An article as the suggester reads it."""
    given = Given(document.title)
    if document.whole is None:
        return LaidOut(given, cut_sentences(given, (one.text for one in document.sentences)))
    return LaidOut(given, running_text(given, document.whole.text, start=document.starts))


class CompanyNames:
    """Finds a company by its id or any of its names; names of none make one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._known = lexicon.companies
        self._called = {
            fold(name): company
            for company in reversed(list(lexicon.companies.values()))
            for name in (*company.aliases, company.name)
        }

    def company(self, called: str) -> Company:
        """The company with this name or id."""
        found = self._known.get(called) or self._called.get(fold(called))
        return found or Company(id=company_id(called), name=called)


def with_companies(lexicon: Lexicon, documents: Iterable[Document]) -> Lexicon:
    """The vocabulary with the companies that tagged articles name and it does not know yet."""
    names = CompanyNames(lexicon)
    called = (
        name
        for document in documents
        for passage in _passages(document)
        for name in passage.values.get("company", ())
        if name.strip()
    )
    found = {company.id: company for company in map(names.company, called)}
    new = [company for id_, company in found.items() if id_ not in lexicon.companies]
    if not new:
        return lexicon
    return Lexicon(lexicon.codebook, (*lexicon.companies.values(), *new))


def _passages(document: Document) -> tuple[Passage, ...]:
    return (document.whole,) if document.whole else document.sentences


class LineTeacher:
    """Lets a learner go through tagged articles as a person would: read, then choose or refuse."""

    def __init__(self, lexicon: Lexicon, learner: Learner, threshold: float = SHOWN) -> None:
        self._lexicon = lexicon
        self._learner = learner
        self._threshold = threshold
        self._names = CompanyNames(lexicon)

    def teach(self, document: Document) -> int:
        """Learn from an article, and return from how many passages.

        Raises:
            BadTag: It has a value that is no code, or it has none at all; nothing was learned.
        """
        passages = _passages(document)
        tags = [_checked(passage, self._lexicon.codebook) for passage in passages]
        if not any(tags):
            message = 'teaches nothing: give it "signals", "companies" or "regions".'
            raise BadTag(message)
        given, sentences = laid_out(document)
        version = given.version
        reading = Reading(version, sentences, self._lexicon)
        suggestions = reading.suggestions(self._learner, self._threshold)
        for place, values in enumerate(tags, 1):
            # Values of a whole text are judged by all that is said of any of its sentences.
            said = suggestions[1:] if document.whole else suggestions[place : place + 1]
            if said:
                span = Span(said[0].sentence.start, said[-1].sentence.end)
                self._learner.learn(self._lessons(version.text, span, values, said))
        return sum(map(bool, tags))

    def _lessons(
        self,
        text: str,
        span: Span,
        values: dict[str, tuple[str, ...]],
        said: Sequence[Suggestion],
    ) -> Iterator[Lesson]:
        for dimension, called in values.items():
            chosen = {told.code: told for told in (self._told(dimension, one) for one in called)}
            shown = [value for one in said for value in one.of(dimension) if value.shown]
            proposed = {value.code: _proposed(value, text) for value in shown}
            if chosen or proposed:
                yield Lesson(
                    dimension=dimension,
                    text=text[span.start : span.end],
                    yes=tuple(chosen),
                    no=tuple(code for code in proposed if code not in chosen),
                    told=tuple((chosen | proposed).values()),
                )

    def _told(self, dimension: str, called: str) -> Told:
        if dimension == "company":
            company = self._names.company(called)
            return Told(code=company.id, label=company.name)
        found = region(called) if dimension == "region" else None
        code = self._lexicon.codebook.code(dimension, called)
        return Told(code=called, label=found.name if found else code.label if code else called)


def _proposed(value: Suggested, text: str) -> Told:
    words = text[value.mention.start : value.mention.end] if value.mention else ""
    return Told(code=value.code, label=value.label, reason=value.reason, words=words)


def _checked(passage: Passage, codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """The values of the codebook's dimensions; lists of other names are somebody else's."""
    known = {one.id: one for one in codebook.dimensions}
    values = {name: held for name, held in passage.values.items() if name in known}
    for name, held in values.items():
        for code in held:
            kind = known[name].kind
            if kind == "closed" and codebook.code(name, code) is None:
                message = f"has the {known[name].label} “{code}”, which is not in the codebook."
                raise BadTag(message)
            if kind == "region" and region(code) is None:
                message = f"has the region “{code}”: no such code is in ISO 3166 or ours."
                raise BadTag(message)
            if not code.strip():
                message = f"has a {known[name].label} without a name."
                raise BadTag(message)
    return values
