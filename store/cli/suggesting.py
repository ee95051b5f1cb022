"""The command that lets others use and measure the suggester: articles in, lines of JSON out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from cyclopts import Parameter
from cyclopts.validators import Number

from store.claims.codebook import Codebook, Dimension
from store.claims.codebook_file import SHIPPED, load_codebook
from store.claims.learn import Learner
from store.claims.lexicon import Lexicon
from store.claims.suggest import SHOWN
from store.claims.suggest import suggest as suggested
from store.cli.here import Here, Named, Switch
from store.cli.opening import opened
from store.cli.say import Refused, complain, say_bytes
from store.cli.teaching import BadTag, LineTeacher, laid_out, with_companies
from store.formats.documents import Document, Unread, documents_in
from store.formats.suggestions import SuggestedSentence, encode_lines, sentence_line
from store.model import Sentence, Span
from store.settings import Settings, load_settings
from store.shelf.shelf import Shelf
from store.text.given import Given

STDIN = "-"


def suggest(
    *files: Path,
    title: Switch = False,
    learn: Path | None = None,
    threshold: Annotated[float | None, Parameter(validator=Number(gte=0, lte=1))] = None,
    codebook: Path | None = None,
    taught: Switch = False,
    here: Here,
    named: Named,
) -> int:
    """Say what sentences tell: one line of JSON each, with regions, companies and all signals.

    Takes plain text, or lines of JSON: {"id", "title", "text"} or {"id", "title", "sentences"}.
    No desk is used or made, unless one is named. The exit status is 1 if a line or a file could
    not be read; the others are done all the same.

    Args:
        files: Files to read; - or none is stdin.
        title: The first line of a plain text is its title.
        learn: Lines of JSON with "signals", "companies" and "regions" beside each text or
            sentence: learn from them first.
        threshold: Score, 0 to 1, from which a value counts as shown unasked.
        codebook: A codebook's file, or the name of one that comes along.
        taught: Use the companies and settings of your desk, and what its claims taught; so does
            naming a desk.
        here: The folders in use.
        named: Whether the desk was named.
    """
    made = _codebook(codebook) if codebook else None
    if taught or named:
        with opened(here) as shelf:
            engine = _of_desk(shelf, load_settings(here), made, threshold)
    else:
        engine = Engine(Lexicon(made or load_codebook()), threshold)
    complete = engine.learn(_tagged(learn)) if learn else True
    for switched_off in engine.learner.switched_off():
        complain(f"{switched_off.told}.")
    return int(not all([complete, *_printed(files or (Path(STDIN),), engine, titled=title)]))


def _printed(files: Iterable[Path], engine: Engine, *, titled: bool) -> Iterator[bool]:
    """Print the lines of each article, and say of each whether it could be read."""
    for file in files:
        for document in _documents(file, titled=titled):
            if isinstance(document, Unread):
                complain(str(document))
            else:
                say_bytes(encode_lines(engine.lines(document)))
            yield isinstance(document, Document)


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
        suggestions = suggested(
            given.version, sentences, self.lexicon, self.learner, self._threshold
        )
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
            )


def _of_desk(
    shelf: Shelf, settings: Settings, codebook: Codebook | None, threshold: float | None
) -> Engine:
    """The suggester as the app has it on that desk."""
    from store.learning import Teacher

    lexicon = Lexicon(codebook or load_codebook(settings.codebook), shelf.companies())
    teacher = Teacher(shelf, lexicon)
    for _ in teacher.catching_up():
        pass
    return Engine(lexicon, settings.threshold if threshold is None else threshold, teacher.learner)


def _codebook(named: Path) -> Codebook:
    return load_codebook(SHIPPED.get(str(named), named))


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


# ---------------------------------------------------------------- files


def _documents(file: Path, *, titled: bool = False) -> Iterator[Document | Unread]:
    """The articles of a file; one that cannot be read is told as such."""
    name = "stdin" if str(file) == STDIN else file.name
    try:
        with _stream(file) as stream:
            yield from documents_in(stream, name, titled=titled)
    except OSError as error:
        yield Unread(where=name, why=f"cannot be read: {error.strerror}.")


def _tagged(file: Path) -> list[Document | Unread]:
    """The tagged articles of a file.

    Raises:
        Refused: It cannot be read at all: what was learned would be less than was asked for.
    """
    name = "stdin" if str(file) == STDIN else file.name
    try:
        with _stream(file) as stream:
            return list(documents_in(stream, name, tagged=True))
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        raise Refused(message) from error


@contextmanager
def _stream(file: Path) -> Iterator[BinaryIO]:
    if str(file) == STDIN:
        if sys.stdin.isatty():
            complain("Reading from the keyboard; Ctrl-D ends the text.")
        yield sys.stdin.buffer
    else:
        with file.open("rb") as stream:
            yield stream
