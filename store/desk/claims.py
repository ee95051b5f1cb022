"""The half of a desk that marks: what its codebook says, its articles opened, claims on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from store.desk.news import NewsDesk
from store.desk.opened import (
    OpenedArticle,
    find_article,
    open_article,
    read_ahead,
    with_claims,
    with_sentences,
)
from store.model import Act, Claim, Company, Tag
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf, ShelfError

if TYPE_CHECKING:
    from store.claims.codebook import Codebook
    from store.claims.lexicon import Lexicon
    from store.claims.marking.history import Operation
    from store.claims.marking.tagging import Write
    from store.desk.bulk import Bulk
    from store.desk.claim_table import ClaimTable
    from store.desk.codebook_care import CodebookCare
    from store.desk.company_records import CompanyRecords
    from store.desk.keeping import Keeper
    from store.desk.progress import Progress
    from store.desk.recoding import Recoding
    from store.desk.refereeing import Referee
    from store.desk.reviewing import Reviewer
    from store.desk.strays import Strays
    from store.desk.text_history import Texts
    from store.desk.tutor import Tutor


class ClaimsDesk(NewsDesk):
    """Claims of a desk, and all that they rest on."""

    def __init__(
        self,
        shelf: Shelf,
        folders: Folders,
        settings: Settings,
        *,
        is_sample: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(shelf, folders)
        self.is_sample = is_sample
        """Whether all that is on it goes when the program ends."""
        self.annotator = settings.annotator
        self._settings = settings
        self._clock = clock
        self._lexicon: Lexicon | None = None

    @cached_property
    def codebook(self) -> Codebook:
        """What claims here may say; a person's own is read at once, ours when it is needed."""
        return self._recoding.load()

    @cached_property
    def _recoding(self) -> Recoding:
        from store.desk.recoding import Recoding

        chosen = self._settings.codebook
        return Recoding(self._shelf, self.folders.desk, chosen, is_sample=self.is_sample)

    @cached_property
    def codebook_care(self) -> CodebookCare:
        """Changes the codebook; all that rests on it follows at once."""
        from store.desk.codebook_care import CodebookCare

        return CodebookCare(
            self._recoding, self._lane, lambda: self.codebook, self._follow, self._clock
        )

    def _follow(self, codebook: Codebook) -> None:
        self.__dict__["codebook"] = codebook
        self.__dict__.pop("_keeper", None)
        self._lexicon = None

    async def create_value(self, dimension: str, name: str) -> Tag:
        """A value of an open dimension under its own name, or the one that has the name."""
        made = await self.codebook_care.create_value(dimension, name)
        self._lexicon = None
        return made

    async def open_article(self, feed: int, article: int) -> OpenedArticle:
        """Read an article with its sentences, suggestions and claims.

        Raises:
            DeskError: Its text cannot be read.
        """
        return await self._lane.run(self._open, feed, article)

    async def find_article(self, feed: int, article: int) -> OpenedArticle:
        """Read an article as far as its first lines need it: a long one is not cut yet.

        Raises:
            DeskError: Its text cannot be read.
        """
        return await self._lane.run(self._find, feed, article)

    def read_ahead(self, feed: int, article: int) -> None:
        """Have an article at hand that may be opened next; nobody waits for it."""
        self._lane.ask(read_ahead, self._shelf, feed, article)

    async def with_sentences(self, found: OpenedArticle) -> OpenedArticle:
        """Cut an article into sentences, and find its claims in them.

        Raises:
            DeskError: The claims cannot be read.
        """
        return await self._lane.run(with_sentences, self._shelf, found)

    def _find(self, feed: int, article: int) -> OpenedArticle:
        self._bring_home(feed, article)
        blind = self._settings.others == "hidden"
        found = find_article(self._shelf, feed, article, annotator=self.annotator, blind=blind)
        reads_on = with_claims if found.is_long else with_sentences
        return reads_on(self._shelf, found)

    def _bring_home(self, feed: int, article: int) -> None:
        if not self.read_only:
            # What cannot be moved is shown all the same.
            with suppress(ShelfError):
                self._strays.bring_home(feed, article)

    def _open(self, feed: int, article: int) -> OpenedArticle:
        self._bring_home(feed, article)
        return open_article(
            self._shelf,
            self.lexicon,
            feed,
            article,
            annotator=self.annotator,
            blind=self._settings.others == "hidden",
            learner=self.tutor.learner,
            threshold=self._settings.threshold,
        )

    @cached_property
    def _strays(self) -> Strays:
        from store.desk.strays import Strays

        return Strays(self._shelf)

    @property
    def lexicon(self) -> Lexicon:
        """The names of companies that this desk and its codebook know."""
        from store.claims.lexicon import Lexicon

        if self._lexicon is None:
            companies, values = self._shelf.companies(), self._shelf.codebooks.values()
            self._lexicon = Lexicon(self.codebook, companies, values)
        return self._lexicon

    @cached_property
    def tutor(self) -> Tutor:
        """Has suggestions learn from the claims."""
        from store.desk.tutor import Tutor

        return Tutor(
            self._lane,
            self._shelf,
            lambda: self.lexicon,
            threshold=self._settings.threshold,
            only=self.annotator if self._settings.others == "hidden" else "",
        )

    async def keep(self, opened: OpenedArticle, *writes: Write) -> OpenedArticle:
        """Store what was said of a passage, or of several as one step; it is on disk then.

        Raises:
            DeskError: It could not be stored, or the claim was changed elsewhere meanwhile.
        """
        return await self._lane.run(self._keep, opened, *writes)

    def _keep(self, opened: OpenedArticle, *writes: Write) -> OpenedArticle:
        self._get_to_know(writes)
        self._keeper.keep(opened, *writes)
        return self._looked_again(opened)

    def _get_to_know(self, writes: Sequence[Write]) -> None:
        """Put companies on the desk that claims are about to name for the first time."""
        new = {
            tag.code: Company(id=tag.code, name=tag.label)
            for write in writes
            if write.review == "accepted" and write.act != "remove"
            for tag in write.tags
            if tag.dimension == "company" and self.lexicon.company(tag.code) is None
        }
        if new:
            self._shelf.keep_companies(new.values())
            self._forget_lexicon()

    async def keep_in_all(self, said: Sequence[tuple[OpenedArticle, Sequence[Write]]]) -> None:
        """Store new claims in several articles as one step, logged before it begins.

        Raises:
            DeskError: It could not be stored; what was stored until then can be taken back, and
                the rest follows at the next start if it is not.
        """
        if len(said) == 1:
            await self._lane.run(self._keeper.keep, said[0][0], *said[0][1])
        else:
            await self._keep_in_many(said)
        await self._lane.run(self.columns.refresh)

    async def _keep_in_many(self, said: Sequence[tuple[OpenedArticle, Sequence[Write]]]) -> None:
        from uuid import uuid4

        from store.claims.table.bulk import SPANNING

        operation, bulk = f"{SPANNING}{uuid4().hex}", self._bulk()
        claims: list[Claim] = []
        for opened, writes in said:
            claims += await self._lane.run(self._keeper.prepare, opened, writes, operation)
        steps = bulk.carry_out(await self._lane.run(bulk.begin_making, claims, operation))
        while await self._lane.run(next, steps, None) is not None:
            pass

    async def cover(self, opened: OpenedArticle, seconds: int = 0) -> OpenedArticle:
        """Store that this annotator is done with the article; ``seconds`` it took.

        Raises:
            DeskError: It could not be stored.
        """
        return await self._lane.run(self._cover, opened, seconds)

    def _cover(self, opened: OpenedArticle, seconds: int) -> OpenedArticle:
        self._keeper.cover(opened, seconds)
        return self._looked_again(opened)

    def _looked_again(self, opened: OpenedArticle) -> OpenedArticle:
        self.columns.refresh()
        return with_claims(self._shelf, opened)

    async def look_again(self, opened: OpenedArticle) -> OpenedArticle:
        """The same article with its claims as they are on disk now."""
        return await self._lane.run(self._looked_again, opened)

    async def take_back(
        self, opened: OpenedArticle, *, act: Act
    ) -> tuple[OpenedArticle, Operation | None, int]:
        """Undo or redo this annotator's last step in the article.

        Returns the article as it is then, what was reversed (None when there was nothing) and the
        offset of its passage, in code points.
        """
        return await self._lane.run(self._take_back, opened, act)

    def _take_back(
        self, opened: OpenedArticle, act: Act
    ) -> tuple[OpenedArticle, Operation | None, int]:
        from store.claims.table.bulk import spans_articles

        reversed_ = self._keeper.take_back(opened, act)
        if reversed_ is None:
            return opened, None, 0
        operation, offset = reversed_
        if spans_articles(operation.id):
            stored = self._shelf.claims_of(opened.article.headline.id, opened.feed.number)
            changed = self._bulk().reverse_all_of(operation.id, stored, act)
            passages = [one.marking.anchor.span for one in stored if one.id in changed]
            offset = min((span.start for span in passages), default=0)
        return self._looked_again(opened), operation, offset

    async def open_suggestions(self, feed: int, article: int) -> int:
        """How many suggestions of an article nobody answered yet.

        Raises:
            DeskError: It cannot be read.
        """
        return await self._lane.run(lambda: self._reviewer.open_in(feed, article))

    @cached_property
    def _reviewer(self) -> Reviewer:
        from store.desk.reviewing import Reviewer

        return Reviewer(self._shelf, self._open, lambda: self.lexicon)

    async def progress(self, *since: datetime | None) -> tuple[Progress, ...]:
        """What this annotator did since each of these moments; None is ever.

        Raises:
            DeskError: Claims cannot be read.
        """
        from store.desk.progress import Tally, tallied

        tallies = [Tally(self.annotator, moment) for moment in since]
        await tallied(self._lane, self._shelf, tallies)
        return tuple(tally.progress for tally in tallies)

    async def create_company(self, name: str) -> Company:
        """Add a company to this desk under its own name, or return the one that has it."""
        return await self._lane.run(self._create_company, name)

    def _create_company(self, name: str) -> Company:
        company = self._keeper.create_company(name)
        self._lexicon = None
        return company

    @cached_property
    def company_records(self) -> CompanyRecords:
        """The companies of this desk as records that a person can change."""
        from store.desk.company_records import CompanyRecords

        return CompanyRecords(self._lane, self._shelf, lambda: self.codebook, self._forget_lexicon)

    def _forget_lexicon(self) -> None:
        self._lexicon = None

    @cached_property
    def _keeper(self) -> Keeper:
        from store.desk.keeping import Keeper

        return Keeper(self._shelf, self.codebook, self.annotator, self._clock)

    async def export_to(self, file: Path, *, replace: bool = False) -> str:
        """Write the accepted claims as JSON to a file; say what was written.

        Raises:
            ExportExists: The file is there and ``replace`` was not given.
            DeskError: It cannot be written.
        """
        return await self._lane.run(self._export_to, file, replace)

    def _export_to(self, file: Path, may_replace: bool) -> str:
        from store.desk.exporting import export_file, gather

        made = gather(
            self._shelf,
            self.codebook,
            generated=self._clock(),
            tracking=self._settings.tracking,
        )
        return export_file(made, file, may_replace=may_replace)

    def _bulk(self) -> Bulk:
        from store.desk.bulk import Bulk

        return Bulk(self._shelf, self.codebook, self.annotator, self._clock)

    def _finish_interrupted(self) -> None:
        """Carry out what a kill kept from its end: many claims changed by one key."""
        if not self._shelf.read_only and self._shelf.intents.open():
            self._bulk().finish_interrupted()

    @cached_property
    def texts(self) -> Texts:
        """The texts that articles had, and what changed between them."""
        from store.desk.text_history import Texts

        hides_others = self._settings.others == "hidden"
        return Texts(self._lane, self._shelf, only=self.annotator if hides_others else "")

    def claim_table(self) -> ClaimTable:
        """All claims in one table, for as long as somebody looks at it."""
        from store.desk.claim_table import ClaimTable

        return ClaimTable(
            self._lane,
            self._shelf,
            codebook=lambda: self.codebook,
            lexicon=lambda: self.lexicon,
            annotator=self.annotator,
            clock=self._clock,
            blind=self._settings.others == "hidden",
            tracking=self._settings.tracking,
        )

    def referee(self) -> Referee:
        """Several annotators compared, for as long as somebody looks at it."""
        from store.desk.refereeing import Referee

        return Referee(self._lane, self._shelf, lambda: self.codebook, self.annotator, self._clock)
