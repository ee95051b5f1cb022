"""The suggester with its vocabulary and what it learned, for articles from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.claims.codebook import Codebook, Dimension
from store.claims.codebook.file import load_codebook
from store.claims.learning.learn import Learner
from store.claims.lexicon import Lexicon
from store.claims.names.regions import one_country
from store.claims.suggesting.suggest import SHOWN, suggest
from store.cli.say import complain
from store.cli.teaching import BadTag, LineTeacher, laid_out, with_companies
from store.desk.learning import Teacher
from store.formats.documents import Document, Unread
from store.formats.suggestions import SuggestedSentence, sentence_line
from store.model import Sentence, Span
from store.settings import Settings
from store.shelf.shelf import Shelf
from store.text.given import Given


class Engine:
    """The suggester with its vocabulary and what it learned."""

    def __init__(
        self, lexicon: Lexicon, threshold: float | None = None, learner: Learner | None = None
    ) -> None:
        self.lexicon = lexicon
        self.learner = learner or Learner(lexicon)
        self._threshold = SHOWN if threshold is None else threshold
        self._codes = {one.id: _codes(one) for one in lexicon.codebook.dimensions}

    def learn(self, tagged: Iterable[Document | Unread]) -> bool:
        """Learn from tagged articles; tell of those that teach nothing, and whether all did."""
        read = list(tagged)
        self.lexicon = with_companies(
            self.lexicon, (one for one in read if isinstance(one, Document))
        )
        teacher = LineTeacher(self.lexicon, self.learner, self._threshold)
        complete = True
        for one in read:
            try:
                if isinstance(one, Unread):
                    raise BadTag(one.why)
                teacher.teach(one)
            except BadTag as error:
                complain(f"{one.where} {error}")
                complete = False
        return complete

    def lines(self, document: Document) -> Iterator[SuggestedSentence]:
        """What is suggested in each sentence of an article; its title only helps."""
        given, sentences = laid_out(document)
        suggestions = suggest(given.version, sentences, self.lexicon, self.learner, self._threshold)
        whole = document.text
        places = _places(document, given, sentences[1:])
        for number, (sentence, suggestion, place) in enumerate(
            zip(sentences[1:], suggestions[1:], places, strict=True)
        ):
            yield sentence_line(
                suggestion,
                self._codes,
                given.place,
                article=document.id,
                number=number,
                place=place,
                text=whole[place.start : place.end],
                offered=sentence.offered,
                country_of=one_country,
            )


def engine_of(codebook: Codebook, threshold: float | None = None) -> Engine:
    """The suggester as it is before anybody taught it."""
    return Engine(Lexicon(codebook), threshold)


def engine_of_desk(
    shelf: Shelf, settings: Settings, codebook: Codebook | None, threshold: float | None
) -> Engine:
    """The suggester as the app has it on that desk."""
    lexicon = Lexicon(codebook or load_codebook(settings.codebook), shelf.companies())
    teacher = Teacher(shelf, lexicon)
    for _ in teacher.catching_up():
        pass
    return Engine(lexicon, settings.threshold if threshold is None else threshold, teacher.learner)


def _codes(dimension: Dimension) -> tuple[tuple[str, str], ...]:
    return tuple((code.id, code.label) for code in dimension.codes)


def _places(document: Document, given: Given, sentences: Sequence[Sentence]) -> Iterator[Span]:
    """Where each sentence was given; those that came cut stay as they came, spaces and all."""
    if document.whole:
        yield from (given.place(one.span) or Span(0, 0) for one in sentences)
        return
    start = 0
    for passage in document.sentences:
        yield Span(start, start + len(passage.text))
        start += len(passage.text) + 1
