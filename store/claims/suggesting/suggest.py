"""What a machine reads in an article: for each sentence, its signals, companies and regions.

Rules and tables only, so that every value has a reason a person can judge, and nothing leaves the
machine. What is proposed unasked rests on the sentence itself; the rest of the article only ranks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence

from store.claims.codebook import Dimension
from store.claims.learning.learn import Learner
from store.claims.lexicon import Lexicon
from store.claims.names.regions import region
from store.claims.suggesting.organisations import companies_named
from store.claims.suggesting.page import Found, Page, by_sentence
from store.claims.suggesting.places import regions_named
from store.claims.suggesting.references import References
from store.claims.suggesting.seats import state_of
from store.claims.suggesting.signals import SignalReading
from store.claims.suggesting.taught import taught
from store.claims.suggesting.values_named import aside, values_named
from store.model import Sentence, Suggested, Suggestion, TextVersion
from store.settings_page import SHOWN_UNASKED

SUGGESTER = "rules/1"
"""What claims remember of where their values came from."""

SHOWN = SHOWN_UNASKED
"""What is scored so is shown unasked, unless the settings say otherwise."""
PARENT = 0.4
"""Score of the country of a state that is named, and of the state of a city."""


def suggest(
    version: TextVersion,
    sentences: Sequence[Sentence],
    lexicon: Lexicon,
    learner: Learner | None = None,
    threshold: float = SHOWN,
) -> tuple[Suggestion, ...]:
    """What the sentences of an article say, one suggestion a sentence, in their order.

    Sentences that are not offered get an empty one. Every other one ranks at least three signals,
    sure or not; mentions are offsets of the article's text. What scores at least ``threshold``
    (0 to 1) is shown unasked, of signals the two best at most.
    """
    return Reading(version, sentences, lexicon).suggestions(learner, threshold)


class Reading:
    """An article read once, to be ranked again whenever something was learned."""

    def __init__(
        self, version: TextVersion, sentences: Sequence[Sentence], lexicon: Lexicon
    ) -> None:
        deque(self._read(version, sentences, lexicon), maxlen=0)

    @classmethod
    def in_steps(
        cls, version: TextVersion, sentences: Sequence[Sentence], lexicon: Lexicon
    ) -> Generator[None, None, Reading]:
        """The same in small steps, for who has other things to do; it is what they come to."""
        reading = cls.__new__(cls)
        yield from reading._read(version, sentences, lexicon)
        return reading

    def _read(
        self, version: TextVersion, sentences: Sequence[Sentence], lexicon: Lexicon
    ) -> Iterator[None]:
        self._page = page = Page(version, sentences, lexicon)
        self._signals: dict[str, SignalReading] = {}
        yield
        for dimension in lexicon.codebook.dimensions:
            if dimension.kind == "closed":
                reading = self._signals[dimension.id] = SignalReading(page, dimension)
                yield from reading.read(lexicon.evidence[dimension.id])
        self._named = _Named(page)
        yield from self._named.read()

    def suggestions(
        self, learner: Learner | None = None, threshold: float = SHOWN
    ) -> tuple[Suggestion, ...]:
        """One a sentence, as ``suggest`` has it."""
        return tuple(self.one_by_one(learner, threshold))

    def one_by_one(
        self, learner: Learner | None = None, threshold: float = SHOWN
    ) -> Iterator[Suggestion]:
        """The same, each when it is asked for."""
        for place, sentence in enumerate(self._page.sentences):
            values = (
                value
                for dimension in self._page.lexicon.codebook.dimensions
                for value in self._values(dimension, place, learner, threshold)
            )
            yield Suggestion(
                sentence=sentence.span, values=tuple(values) if sentence.offered else ()
            )

    def _values(
        self, dimension: Dimension, place: int, learner: Learner | None, threshold: float
    ) -> Iterable[Suggested]:
        if dimension.kind == "closed":
            return self._signals[dimension.id].ranked(place, learner, threshold)
        if dimension.kind == "region":
            found = self._named.regions(place)
            if dimension.id != "region":
                found = aside(found, PARENT)
        elif dimension.id == "company":
            found = self._named.companies(place)
        else:
            found = list(values_named(self._page, dimension.id, place))
        values = _suggested(dimension, found, threshold)
        if learner is None:
            return values
        span = self._page.sentences[place].span
        return taught(values, dimension, self._page, span, learner=learner, threshold=threshold)


class _Named:
    """The companies and regions of an article, sentence by sentence."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def read(self) -> Iterator[None]:
        """Read all of the article; only then is known what a sentence names."""
        page = self._page
        _ = page.mentions
        yield
        companies = companies_named(page)
        yield
        sure = [found for found in companies if found.score >= SHOWN]
        regions = _outside(regions_named(page), sure)
        self._companies = by_sentence(page, companies)
        self._regions = by_sentence(page, regions)
        yield
        self._references = References(page, sure, regions)

    def companies(self, place: int) -> list[Found]:
        """Named, meant by "the company", or only named in the article, in that order."""
        meant = self._references.company(place)
        nearby, _ = self._references.carried(place)
        return [*self._companies.get(place, ()), *([meant] if meant else ()), *nearby]

    def regions(self, place: int) -> list[Found]:
        """Named, what they lie in, meant by "both markets", or only named just before."""
        named = self._regions.get(place, [])
        meant = self._references.regions(place)
        _, nearby = self._references.carried(place)
        return [*named, *meant, *(() if named else nearby), *_further(self._page, named)]


def _outside(regions: Sequence[Found], companies: Sequence[Found]) -> list[Found]:
    """The regions that are no part of a company's name: "China" in "Air China"."""
    inside = {offset for found in companies for offset in range(found.start, found.end)}
    return [found for found in regions if found.start not in inside]


def _further(page: Page, named: Iterable[Found]) -> list[Found]:
    """For a state its country, for a city its state: not what is said, but near at hand."""
    further = []
    for found in named:
        state = state_of(page, found)
        known = region(state or found.code.partition("-")[0])
        if known and known.code != found.code:
            said = page.text[found.start : found.end] if state else found.label
            reason = f"{said} lies in it"
            further.append(Found(found.start, found.end, known.code, known.name, PARENT, reason))
    return further


def _suggested(dimension: Dimension, found: Iterable[Found], threshold: float) -> list[Suggested]:
    """One value for each code, its best reading, best first."""
    best: dict[str, Found] = {}
    for one in found:
        if one.code not in best or one.score > best[one.code].score:
            best[one.code] = one
    return [
        Suggested(
            dimension=dimension.id,
            code=one.code,
            label=one.label,
            score=one.score,
            shown=one.score >= threshold,
            reason=one.reason,
            mention=one.span if one.start >= 0 else None,
        )
        for one in sorted(best.values(), key=lambda one: -one.score)
    ]
