"""The one object that the app and the command line talk to: a desk with its feeds and claims.

Everything slow happens in one thread of its own or in the worker process, so that a screen never
waits on a disk or a network. Whatever fails is a ``DeskError`` of one sentence. What only an
opened article needs is imported there: a window on a large desk opens before it.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from store.desk.claims import ClaimsDesk
from store.desk.opened import OpenedArticle
from store.errors import DeskError, ExportExists
from store.model import Block, TextVersion
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf, ShelfError

if TYPE_CHECKING:
    from store.desk.feed_care import FeedCare
    from store.desk.finding import Finder
    from store.desk.interests import Care
    from store.desk.links import Links
    from store.desk.pages import ArticlePages
    from store.desk.pipes import Pipes
    from store.desk.stories import Stories
    from store.settings.positions import Positions

__all__ = ["Desk", "DeskError", "ExportExists", "OpenedArticle"]


class Desk(ClaimsDesk):
    """A person's desk, opened."""

    @classmethod
    def open(cls, folders: Folders, settings: Settings, *, is_sample: bool = False) -> Desk:
        """Open the desk in these folders, making it if there is none.

        Raises:
            DeskError: The folder cannot be used.
            CodebookError: The person's codebook has a mistake in it.
        """
        try:
            shelf = Shelf.open(folders.desk)
        except ShelfError as error:
            raise DeskError(str(error)) from error
        desk = cls(shelf, folders, settings, is_sample=is_sample)
        if settings.codebook is not None:
            _ = desk.codebook
        try:
            desk._finish_interrupted()
        except ShelfError as error:
            raise DeskError(str(error)) from error
        return desk

    async def warm_up(self) -> None:
        """Load what the first article will need, so that it opens as fast as the second."""
        await self._lane.run(self._warm_up)

    def _warm_up(self) -> None:
        from store.claims.suggesting.suggest import suggest
        from store.text.sentences import sentences_of

        self.columns.order(feeds=frozenset())  # finds out which rows each feed has
        title = Block(kind="title", text="Anthropic is hiring in Japan.")
        version = TextVersion(number=1, blocks=(title,), hash="", taken=self._clock())
        suggest(version, sentences_of(version), self.lexicon)

    @cached_property
    def feed_care(self) -> FeedCare:
        """Looks after the feeds: how they fare, and how each is fetched."""
        from store.desk.feed_care import FeedCare

        return FeedCare(self._lane, self._shelf, self.columns, self._settings, self._clock)

    @cached_property
    def interests(self) -> Care:
        """Looks after the rules and the watch words."""
        from store.desk.interests import Care

        return Care(self._lane, self._shelf, self.columns, lambda: self.finder, self._clock)

    @cached_property
    def stories(self) -> Stories:
        """Which articles report the same event; nothing until ``take_in_stories``."""
        from store.desk.stories import Stories

        grouped = self._settings.stories == "grouped"
        return Stories(self._shelf.folder, self.columns, grouped=grouped)

    async def take_in_changes(self) -> bool:
        """Take in what other processes wrote since the last look; say whether that was much."""
        changed = await super().take_in_changes()
        # Nobody is told of stories who did not ask for them once.
        return ("stories" in self.__dict__ and await self.take_in_stories()) or changed

    async def take_in_stories(self) -> bool:
        """Take in what was found to report the same event since the last look; whether any was."""
        return await self._lane.run(self.stories.take_in)

    @cached_property
    def links(self) -> Links:
        """Opens links in the browser, and hands them on."""
        from store.desk.links import Links

        return Links(self._lane, self._shelf, self._settings)

    @cached_property
    def finder(self) -> Finder:
        """Finds articles by what they say and what is said of them."""
        from store.desk.finding import Finder

        return Finder(
            self._lane,
            self._shelf,
            codebook=lambda: self.codebook,
            companies=lambda: self.lexicon.directory.records(),  # noqa: PLW0108 - of the lexicon then
            clock=self._clock,
            only=self._annotator_seen,
        )

    @cached_property
    def pipes(self) -> Pipes:
        """Gives articles to programs of the person's own."""
        from store.desk.pipes import Pipes

        return Pipes(
            self._lane,
            self._shelf,
            self._settings.pipes,
            self.links.shared,
            only=self._annotator_seen,
        )

    @property
    def _annotator_seen(self) -> str:
        """Whose claims alone are seen; empty: everybody's."""
        return self.annotator if self._settings.others == "hidden" else ""

    @cached_property
    def positions(self) -> Positions:
        """How far each article was read."""
        from store.settings.positions import Positions

        return Positions(self.folders)

    async def load_positions(self) -> None:
        """Read how far each article was read, once."""
        await self._lane.run(self.positions.load)

    async def write_positions(self) -> None:
        """Remember it beyond the end of the program."""
        await self._lane.run(self.positions.write)

    @property
    def reading_width(self) -> int:
        """Widest text of an article, in cells."""
        return self._settings.width

    def close(self) -> None:
        """Finish what is being written, and let go."""
        if "positions" in self.__dict__:
            self.positions.write()
        self._lane.close()
        if "finder" in self.__dict__:
            self.finder.close()
        self._shelf.close()

    def now(self) -> datetime:
        """What time it is for this desk."""
        return self._clock()

    @property
    def fetches_by_itself(self) -> bool:
        """Whether what is due shall be fetched while somebody looks at this desk."""
        return self._settings.automatic and not (self.is_sample or self.read_only)

    @property
    def review_across(self) -> bool:
        """Whether the walk over suggestions goes on into the next article by itself."""
        return self._settings.review_across

    @cached_property
    def pages(self) -> ArticlePages:
        """Turns an article from the feed's text to that of its page, and back."""
        from store.desk.pages import ArticlePages

        return ArticlePages(self._lane, self._shelf, self.folders.desk, self._clock)
