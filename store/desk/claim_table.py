"""All claims of a desk as rows: read file by file, kept up to date, changed, exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.claims.codebook import Codebook
from store.claims.codebook.merged import merged_codes
from store.claims.marking.history import Operation
from store.claims.table.bulk import Change
from store.claims.table.query import SETTLED, ClaimFilter, claim_filter
from store.claims.table.rows import ClaimRow, ReadClaim, RowMaker
from store.claims.table.vocabulary import Vocabulary
from store.desk.bulk import Bulk
from store.desk.lane import Lane
from store.model import Act, AnchorState, TextVersion, Value
from store.settings import Tracking
from store.shelf.disk import Signature
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.lexicon import Lexicon
    from store.shelf.intents import Intent

FILES_A_STEP = 8
"""Files of claims, 256 KB each, that are read before other work gets its turn."""
ARTICLES_A_STEP = 50

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class TakenBack(Value, frozen=True, kw_only=True):
    """A step that was taken back or done again."""

    operation: Operation
    claims: tuple[str, ...]
    """Ids of those it changed; none where it was about an article."""


class ClaimTable:
    """The claims of a desk for as long as somebody looks at them. All may raise DeskError."""

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        *,
        codebook: Callable[[], Codebook],
        lexicon: Callable[[], Lexicon],
        annotator: str,
        clock: Callable[[], datetime],
        blind: bool = False,
        tracking: Tracking = "dropped",
    ) -> None:
        """``codebook`` and ``lexicon`` give those in use now; ``blind`` hides others' claims."""
        self.rows: Sequence[ClaimRow] = ()
        """Every claim as last read, in no order."""
        self.annotator = annotator
        self._lane = lane
        self._shelf = shelf
        self._codebook = codebook
        self._lexicon = lexicon
        self._clock = clock
        self._blind = blind
        self._tracking = tracking
        self._seen = -1
        self._states: Mapping[str, Signature] = {}
        self._by_file: dict[str, Sequence[ClaimRow]] = {}
        self._read_with: Codebook | None = None
        self._maker = RowMaker()
        self._vocabulary: Vocabulary | None = None
        self._moved: dict[str, tuple[int, int, AnchorState]] = {}

    # ------------------------------------------------------------ reading

    async def take_in(self, progress: Progress = lambda _done, _of: None) -> bool:
        """Read what is new or changed since the last look; whether there was anything."""
        if self._read_with is not (codebook := self._codebook()):
            # Codes that were merged since read as others: all is read anew.
            self._read_with, self._maker = codebook, RowMaker(merged_codes(codebook))
            self._seen, self._states, self._vocabulary = -1, {}, None
        generation, states = await self._lane.run(self._look)
        if states is None:
            return False
        gone = [name for name in self._by_file if name not in states]
        names = [name for name, state in states.items() if self._states.get(name) != state]
        for at in range(0, len(names), FILES_A_STEP):
            progress(at, len(names))
            self._by_file |= await self._lane.run(self._read, names[at : at + FILES_A_STEP])
        for name in gone:
            del self._by_file[name]
        self._states, self._seen = states, generation
        if not names and not gone:
            return False
        self.rows = tuple(chain.from_iterable(self._by_file.values()))
        self._vocabulary = None
        return True

    def _look(self) -> tuple[int, Mapping[str, Signature] | None]:
        generation = self._shelf.generation()
        return generation, self._shelf.claim_segments.states() if generation != self._seen else None

    def _read(self, names: Sequence[str]) -> dict[str, Sequence[ClaimRow]]:
        files = self._shelf.claim_segments
        return {
            name: [
                self._in_its_place(self._maker.row_of(claim, name))
                for claim in files.read(name, ReadClaim)
                if not self._blind or claim.provenance.creator == self.annotator
            ]
            for name in names
        }

    def _in_its_place(self, row: ClaimRow) -> ClaimRow:
        """The row with what was found of its passage in the text as it is now."""
        rev, _, state = self._moved.get(row.id, (-1, 0, row.anchor))
        return replace(row, anchor=state) if rev == row.rev and state != row.anchor else row

    async def find_again(self, progress: Progress = lambda _done, _of: None) -> bool:
        """Look for the passages of claims in articles whose text changed; whether one moved.

        Nothing is stored: what was found is confirmed in the article.
        """
        made_on: dict[tuple[int, int], set[int]] = {}
        for row in self.rows:
            made_on.setdefault((row.feed, row.article), set()).add(row.version)
        articles = sorted(made_on)
        moved: dict[str, tuple[int, int, AnchorState]] = {}
        for at in range(0, len(articles), ARTICLES_A_STEP):
            progress(at, len(articles))
            some = {one: made_on[one] for one in articles[at : at + ARTICLES_A_STEP]}
            moved |= await self._lane.run(self._found_again, some)
        if moved == self._moved:
            return False
        self._moved = moved
        self._by_file = {
            name: [self._in_its_place(row) for row in rows] for name, rows in self._by_file.items()
        }
        self.rows = tuple(chain.from_iterable(self._by_file.values()))
        return True

    def _found_again(
        self, articles: Mapping[tuple[int, int], set[int]]
    ) -> dict[str, tuple[int, int, AnchorState]]:
        from store.desk.passages import found_in, text_of_others
        from store.text.sentences import sentences_of

        moved: dict[str, tuple[int, int, AnchorState]] = {}
        for (feed, id_), versions in articles.items():
            version = text_of_others(self._shelf, feed, id_, versions)
            if version is None:
                continue
            sentences = sentences_of(version)
            for claim in self._shelf.claims_of(id_, feed):
                state = found_in(claim, version, sentences).marking.anchor.state
                if state != claim.marking.anchor.state:
                    moved[claim.id] = (claim.rev, version.number, state)
        return moved

    # ------------------------------------------------------------ finding

    @property
    def vocabulary(self) -> Vocabulary:
        """The names that a filter may use."""
        if self._vocabulary is None:
            companies = self._lexicon().directory.records()
            self._vocabulary = Vocabulary(
                self._codebook(), companies, self.rows, annotator=self.annotator
            )
        return self._vocabulary

    def filter(self, query: str) -> ClaimFilter:
        """What a query means.

        Raises:
            QueryError: It cannot be meant.
        """
        return claim_filter(query, self.vocabulary, now=self._clock())

    # ------------------------------------------------------------ changing

    async def change(
        self,
        change: Change,
        rows: Sequence[ClaimRow],
        progress: Progress = lambda _done, _of: None,
    ) -> tuple[str, ...]:
        """Do this to each of the claims, in one operation; the ids of those it changed."""
        intent = await self._lane.run(self._bulk.begin, change, rows)
        return await self._carry_out(intent, progress)

    async def take_back(
        self, act: Act, progress: Progress = lambda _done, _of: None
    ) -> TakenBack | None:
        """Undo or redo this annotator's last step, wherever it was; None when there is none."""
        found = await self._lane.run(self._bulk.last, act)
        if found is None:
            return None
        operation, intent = found
        if not intent.claims:
            await self._lane.run(self._bulk.uncover, operation.id, intent, act)
        return TakenBack(operation=operation, claims=await self._carry_out(intent, progress))

    async def _carry_out(self, intent: Intent, progress: Progress) -> tuple[str, ...]:
        steps = self._bulk.carry_out(intent)
        changed: list[str] = []
        while (done := await self._lane.run(next, steps, None)) is not None:
            changed += [claim.id for claim in done]
            progress(len(changed), len(intent.claims))
        await self.take_in()
        return tuple(changed)

    @property
    def _bulk(self) -> Bulk:
        return Bulk(self._shelf, self._codebook(), self.annotator, self._clock)

    # ------------------------------------------------------------ beyond the table

    async def text_of(self, row: ClaimRow) -> TextVersion | None:
        """The text that a claim was made on, also when its article is no longer on the desk."""
        return await self._lane.run(self._shelf.snapshot_of, row.article, row.feed, row.version)

    async def export_to(self, file: Path, query: str, *, replace: bool = False) -> str:
        """Write what a query finds as JSON to a file; say what was written.

        Drafts, rejected and removed claims are taken where ``review:`` asks for them.

        Raises:
            ExportExists: The file is there and ``replace`` was not given.
        """
        return await self._lane.run(self._export, file, query, replace)

    def _export(self, file: Path, query: str, may_replace: bool) -> str:
        from store.desk.exporting import export_file, gather

        chosen = claim_filter(query, self.vocabulary, now=self._clock(), unasked=SETTLED)
        made = gather(
            self._shelf,
            self._codebook(),
            generated=self._clock(),
            chosen=chosen,
            tracking=self._tracking,
        )
        return export_file(made, file, may_replace=may_replace)
