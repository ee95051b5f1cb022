"""Where annotators differ, sentence by sentence, and what became of it.

Pure. A sentence owns the claims that start in it, as everywhere; whoever read the article and says
nothing of the sentence has a version too, an empty one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from store.model import Claim, Sentence, Span, Value, decided_by

WHETHER = "marked"
"""Name of the first question: whether the sentence says anything."""
EDGES = "edges"
DETAILS = ("status", "polarity")
UNSAID = "unsaid"
"""The value of a detail that somebody left open on a claim."""


class Version(Value, frozen=True, kw_only=True):
    """What one annotator says of one sentence."""

    by: str
    claims: tuple[Claim, ...] = ()

    def codes(self, dimension: str) -> frozenset[str]:
        """The values given in a dimension."""
        if not self.claims:
            return frozenset()
        return frozenset(
            tag.code for claim in self.claims for tag in claim.marking.values(dimension)
        )

    def detail(self, name: str) -> frozenset[str]:
        """The status or polarity of the claims."""
        return frozenset(getattr(claim.marking, name) or UNSAID for claim in self.claims)

    @property
    def spans(self) -> frozenset[Span]:
        """The passages quoted."""
        return frozenset(claim.marking.anchor.span for claim in self.claims)


class Passage(Value, frozen=True, kw_only=True):
    """A sentence that two or more read, with what each says of it."""

    span: Span
    versions: tuple[Version, ...]
    """By annotator, in the order of their names."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that was said of it."""
        return tuple(claim for version in self.versions for claim in version.claims)

    def said(self, dimension: str) -> dict[str, frozenset[str]]:
        """What each says in a dimension; nothing is an empty set."""
        return {version.by: version.codes(dimension) for version in self.versions}

    def differs(self, dimensions: Iterable[str]) -> tuple[str, ...]:
        """The names of what they say differently; empty where all agree."""
        marked = [version for version in self.versions if version.claims]
        found = [WHETHER] if marked and len(marked) < len(self.versions) else []
        found += [name for name in dimensions if len({one.codes(name) for one in marked}) > 1]
        found += [name for name in DETAILS if len({one.detail(name) for one in marked}) > 1]
        if len({one.spans for one in marked}) > 1:
            found.append(EDGES)
        return tuple(found)


class Words(Value, frozen=True, kw_only=True):
    """A passage as it reads, with what stands around it."""

    before: str
    text: str
    after: str


class Disagreement(Value, frozen=True, kw_only=True):
    """A passage of which annotators say different things."""

    article: int
    feed: int
    """Where its text lies; ``NO_FEED`` where that is not on this desk."""
    source: str
    title: str
    words: Words
    passage: Passage
    differs: tuple[str, ...]
    """Names of what differs: dimensions, details, "marked", "edges"."""
    decisions: tuple[Claim, ...] = ()
    """The claims that settle it; none while it is open."""


def is_judgement(claim: Claim) -> bool:
    """Whether a claim counts as what its annotator thinks: settled, standing, no adjudication."""
    marking = claim.marking
    return (
        marking.review in {"accepted", "adjudicated"}
        and not marking.deleted
        and not marking.decides_on
        and marking.anchor.state != "orphan"
    )


def passages(
    sentences: Sequence[Sentence], claims: Iterable[Claim], readers: Collection[str]
) -> list[Passage]:
    """The sentences of an article with what its readers say of each.

    Bylines, promotion and code are left out unless somebody marked them: nobody judges those.
    """
    judged = [claim for claim in claims if claim.provenance.creator in readers]
    owned: dict[int, list[Claim]] = {}
    starts = sorted(judged, key=lambda claim: (claim.marking.anchor.span, claim.id))
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(starts) and starts[at].marking.anchor.span.start < sentence.span.end:
            owned.setdefault(number, []).append(starts[at])
            at += 1
    return [
        _passage(sentence.span, owned.get(number, []), readers)
        for number, sentence in enumerate(sentences)
        if sentence.offered or number in owned
    ]


def marked_only(claims: Iterable[Claim], readers: Collection[str]) -> list[Passage]:
    """The passages of an article whose text is not here: quotes that overlap are one passage."""
    found: list[tuple[Span, list[Claim]]] = []
    judged = [claim for claim in claims if claim.provenance.creator in readers]
    for claim in sorted(judged, key=lambda claim: (claim.marking.anchor.span, claim.id)):
        span = claim.marking.anchor.span
        if found and span.overlaps(found[-1][0]):
            whole = Span(found[-1][0].start, max(found[-1][0].end, span.end))
            found[-1] = (whole, [*found[-1][1], claim])
        else:
            found.append((span, [claim]))
    return [_passage(span, said, readers) for span, said in found]


def deciders(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """By id of a claim that was adjudicated: the claims that stand for it now."""
    stored = tuple(claims)
    over = decided_by(stored)
    current = set(over.values()) - over.keys()
    operations = {_operation(claim) for claim in stored if claim.id in current}
    found: dict[str, list[Claim]] = {}
    for claim in stored:
        marking = claim.marking
        stands = marking.decides_on and not marking.deleted and marking.review != "draft"
        # One decision may consist of several claims, and only one of them is named as the newest.
        if stands and claim.id not in over and _operation(claim) in operations:
            for decided in marking.decides_on:
                found.setdefault(decided, []).append(claim)
    return found


def _operation(claim: Claim) -> str:
    return claim.history[0].operation if claim.history else claim.id


def decisions_on(passage: Passage, decided: Mapping[str, Sequence[Claim]]) -> tuple[Claim, ...]:
    """What settles a passage; nothing while anything said of it is undecided."""
    found = [decided.get(claim.id, ()) for claim in passage.claims]
    if not found or not all(found):
        return ()
    return tuple({claim.id: claim for claims in found for claim in claims}.values())


def _passage(span: Span, claims: Sequence[Claim], readers: Collection[str]) -> Passage:
    by: dict[str, list[Claim]] = {name: [] for name in sorted(readers)}
    for claim in claims:
        by[claim.provenance.creator].append(claim)
    return Passage(
        span=span,
        versions=tuple(Version(by=name, claims=tuple(said)) for name, said in by.items()),
    )
