"""What a desk's claims taught: read off them in small pieces, and kept true to them.

Everything here runs in the lane, a piece at a time, so that no key waits for more than one. The
learner is derived: after a restart it is made of the same claims again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from store.claims.codebook import Codebook
from store.claims.learning.learn import Learner
from store.claims.learning.lessons import Lesson, lessons_of
from store.claims.learning.rule_record import SwitchedOff
from store.claims.lexicon import Lexicon
from store.claims.marking.focus import is_answered
from store.claims.suggesting.suggest import Reading
from store.model import Claim, Coverage, Sentence, Suggestion, TextVersion
from store.shelf.disk import Signature
from store.shelf.shelf import Shelf
from store.text.sentences import sentences_of

NEWEST_TAGS = 5_000
"""So many tags are learned from at most, the newest: two seconds' work, in pieces."""
NEWEST_SILENCES = 100
"""Articles at most that teach by having been read and left without a claim."""
PIECE = 0.01
"""Seconds that a piece of work takes, about."""

ArticleKey = tuple[int, int]
"""Feed and article."""
Taught = tuple[tuple[datetime, Lesson], ...]
"""Lessons with the times they were given."""


class Teacher:
    """Makes a learner of a desk's claims, and keeps it up with them."""

    def __init__(self, shelf: Shelf, lexicon: Lexicon, *, only: str = "") -> None:
        """Only the claims of that annotator teach, if one is named."""
        self.learner = Learner(lexicon)
        self.codebook = lexicon.codebook
        self._shelf = shelf
        self._lexicon = lexicon
        self._only = only
        self._states: dict[str, Signature] = {}
        self._revs: dict[str, int] = {}
        self._taught: dict[ArticleKey, Taught] = {}
        self._silent: dict[ArticleKey, Taught] = {}
        self._silences: dict[ArticleKey, datetime] = {}
        self._told: set[SwitchedOff] = set()
        self._is_behind = False
        self._started = False

    # ------------------------------------------------------------ keeping up

    def catching_up(self) -> Iterator[None]:
        """Learn from all claims that are new or changed, whoever wrote them, piece by piece."""
        if not self._started:
            yield from self._start()
            return
        for name, state in self._shelf.claim_segments.states().items():
            if self._states.get(name) != state:
                self._states[name] = state
                yield from self._look_at(self._shelf.claim_segments.read(name, Claim))
        yield from self.putting_right()

    def learn(self, feed: int, article: int, suggestions: Sequence[Suggestion] = ()) -> None:
        """Learn from the claims of one article as they are on disk now, and from its silence.

        ``suggestions`` are those that the person saw.
        """
        self._take(feed, article, self._shelf.claims_of(article, feed))
        silence = self._silence(self._shelf.coverage_of(article, feed))
        if silence is None:
            self._forget_silence((feed, article))
        elif (feed, article) not in self._silent:
            text = self._text(silence)
            if text is not None:
                self._learn_silence(silence, text, suggestions)

    def newly_off(self) -> tuple[SwitchedOff, ...]:
        """The rules that were switched off since the last call; each is told once."""
        off = self.learner.switched_off()
        told = {(one.dimension, one.kind, one.code, one.written) for one in self._told}
        self._told = set(off)
        return tuple(
            one for one in off if (one.dimension, one.kind, one.code, one.written) not in told
        )

    # ------------------------------------------------------------ from disk

    def _start(self) -> Iterator[None]:
        """Read the newest claims, then learn from them in the order they were made."""
        states = self._shelf.claim_segments.states()
        found: dict[ArticleKey, list[Claim]] = {}
        tags = 0
        for name in sorted(states, key=lambda name: -states[name].modified):
            if tags >= NEWEST_TAGS:
                break
            for claim in self._shelf.claim_segments.read(name, Claim):
                tags += len(claim.marking.tags)
                found.setdefault(_key(claim), []).append(claim)
                self._revs[claim.id] = claim.rev
            yield
        self._states = states
        for key, claims in found.items():
            self._taught.setdefault(key, self._lessons(claims))
        self._taught = _newest(self._taught)
        self._started = True
        yield from self._anew()
        yield from self._start_silences()
        self._told = set(self.learner.switched_off())

    def _start_silences(self) -> Iterator[None]:
        by_article: dict[ArticleKey, list[Coverage]] = {}
        for record in self._shelf.coverage():
            by_article.setdefault((record.feed, record.article), []).append(record)
        yield
        silences = [one for records in by_article.values() if (one := self._silence(records))]
        silences.sort(key=lambda one: one.at)
        for one in silences[-NEWEST_SILENCES:]:
            text = self._text(one)
            if text is not None:
                self._learn_silence(one, text, ())
            yield

    def _look_at(self, claims: Iterable[Claim]) -> Iterator[None]:
        changed = {_key(claim) for claim in claims if self._revs.get(claim.id) != claim.rev}
        for feed, article in sorted(changed):
            self._take(feed, article, self._shelf.claims_of(article, feed))
            yield

    # ------------------------------------------------------------ teaching

    def _take(self, feed: int, article: int, claims: Sequence[Claim]) -> None:
        """Unlearn what an article's claims no longer say, and learn what they say now."""
        for claim in claims:
            self._revs[claim.id] = claim.rev
        now = self._lessons(claims)
        self._replace(self._taught.get((feed, article), ()), now)
        self._taught[feed, article] = now

    def _replace(self, before: Taught, now: Taught) -> None:
        then, still = frozenset(before), frozenset(now)
        for _, lesson in (one for one in before if one not in still):
            self._is_behind |= not self.learner.unlearn(lesson)
        self.learner.learn(lesson for at, lesson in now if (at, lesson) not in then)

    def _lessons(self, claims: Iterable[Claim]) -> Taught:
        claims = [one for one in claims if self._only in ("", one.provenance.creator)]
        made = {claim.id: claim.provenance.created for claim in claims}
        return tuple((made[lesson.id], lesson) for lesson in lessons_of(claims))

    def putting_right(self) -> Iterator[None]:
        """Learn anew, piece by piece, if something was taken back that cannot be unlearned."""
        if self._is_behind:
            yield from self._anew()

    def _anew(self) -> Iterator[None]:
        """Make another learner of all lessons; until it is done, the old one serves."""
        self._is_behind = False
        learner = Learner(self._lexicon)
        wanted = (*self._taught.values(), *self._silent.values())
        lessons = [one for taught in wanted for one in taught]
        lessons.sort(key=lambda one: (one[0], one[1].id, one[1].dimension))
        until = time.perf_counter() + PIECE
        for _, lesson in lessons:
            learner.learn((lesson,))
            if time.perf_counter() >= until:
                yield
                until = time.perf_counter() + PIECE
        # What was learned or unlearned while this went on is missing in it: begin again then.
        now = (*self._taught.values(), *self._silent.values())
        if self._started and now != wanted:
            yield from self._anew()
        else:
            self.learner = learner

    # ------------------------------------------------------------ silence

    def _silence(self, coverage: Sequence[Coverage]) -> Coverage | None:
        """The record that an article says nothing worth a claim, if that is the last word."""
        mine = [one for one in coverage if self._only in ("", one.annotator)]
        last = max(mine, key=lambda one: one.at, default=None)
        return last if last is not None and last.state == "nothing_found" else None

    def _text(self, silence: Coverage) -> TextVersion | None:
        kept = self._shelf.snapshot_of(silence.article, silence.feed, silence.version)
        if kept is not None:
            return kept
        versions = self._shelf.versions(silence.article, silence.feed)
        return next((one for one in versions if one.number == silence.version), None)

    def _learn_silence(
        self, silence: Coverage, version: TextVersion, seen: Sequence[Suggestion]
    ) -> None:
        """Nothing that was shown in the article was right; what was answered there says more."""
        key = (silence.feed, silence.article)
        sentences = sentences_of(version)
        suggestions = seen or Reading(version, sentences, self._lexicon).suggestions()
        claims = self._shelf.claims_of(silence.article, silence.feed)
        text = version.text
        lessons = tuple(
            (silence.at, lesson)
            for sentence, suggestion in zip(sentences, suggestions, strict=False)
            if not is_answered(claims, sentence)
            for lesson in _refused(self._lexicon.codebook, text, sentence, suggestion)
        )
        self._silent[key] = lessons
        self.learner.learn(lesson for _, lesson in lessons)

    def _forget_silence(self, key: ArticleKey) -> None:
        self._replace(self._silent.pop(key, ()), ())


def _refused(
    codebook: Codebook, text: str, sentence: Sentence, suggestion: Suggestion
) -> Iterator[Lesson]:
    for dimension in codebook.dimensions:
        shown = tuple(value.code for value in suggestion.of(dimension.id) if value.shown)
        if shown and dimension.kind == "closed":
            yield Lesson(
                dimension=dimension.id,
                text=text[sentence.span.start : sentence.span.end],
                no=shown,
                weak=True,
            )


def _newest(taught: dict[ArticleKey, Taught]) -> dict[ArticleKey, Taught]:
    """As many lessons as are learned from, the newest."""
    found = [(*one, key) for key, lessons in taught.items() for one in lessons]
    if len(found) <= NEWEST_TAGS:
        return taught
    found.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    kept: dict[ArticleKey, Taught] = {}
    for at, lesson, key in found[:NEWEST_TAGS]:
        kept[key] = (*kept.get(key, ()), (at, lesson))
    return kept


def _key(claim: Claim) -> ArticleKey:
    return (claim.target.feed, claim.target.article)
