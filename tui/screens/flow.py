"""From sentence to sentence and article to article: what is done, alike, taken over, or lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from store.claims.marking.alike import alike
from store.claims.marking.covering import standing_coverage
from store.claims.marking.focus import Focus
from store.claims.marking.inheriting import inherit
from store.claims.marking.tagging import Reaction, Write
from store.desk import Desk, DeskError, OpenedArticle
from store.desk.progress import Stopwatch, progress_of
from store.model import Claim, Coverage, HeadlineRow
from tui.prompts import coverage_told, progress_told
from tui.screens.browsing import Browsing
from tui.screens.review import Review
from tui.screens.tagging import Tagging
from tui.widgets.article_view import ArticleView
from tui.widgets.status import Masthead

if TYPE_CHECKING:
    from tui.screens.open_article import OpenArticle


class Flow:
    """Answers the keys that concern more than one sentence, and keeps account of the session."""

    def __init__(
        self, desk: Desk, tagging: Tagging, browsing: Browsing, screen: OpenArticle
    ) -> None:
        self.review = Review(desk, tagging, browsing, screen)
        self.since = desk.now()
        """When the session began."""
        self._desk = desk
        self._tagging = tagging
        self._browsing = browsing
        self._screen = screen
        self._watch = Stopwatch(time.monotonic)
        self._said: dict[int, tuple[tuple[Claim, ...], tuple[Coverage, ...]]] = {}
        self._done_with: HeadlineRow | None = None
        self._told_done = ""
        tagging.let_answer(
            {
                "0": self._done,
                "*": self._alike,
                ",": self._inherit,
                "~": self._lost,
                "u": self._undo,
            }
        )
        tagging.beyond = self.review.beyond

    # -------------------------------------------------------- what happens around

    def opened(self) -> None:
        """Another article is open."""
        self._watch.restart()

    def pressed(self, key: str) -> None:
        """A key was pressed in the article."""
        self._watch.touch()
        if key != "u":
            self._done_with = None

    def moved(self) -> None:
        """The cursor stands elsewhere."""
        self._watch.touch()
        self.review.show()

    def changed(self, opened: OpenedArticle) -> None:
        """Something was said of the open article, or taken back."""
        self._said[opened.article.headline.id] = (opened.claims, opened.coverage)
        done = progress_of(
            (claim for claims, _ in self._said.values() for claim in claims),
            (one for _, coverage in self._said.values() for one in coverage),
            by=self._desk.annotator,
            since=self.since,
        )
        self._screen.query_one(Masthead).tell_session(progress_told(done))
        self.review.changed(opened)

    # -------------------------------------------------------- 0 and u

    async def _done(self, asked: ArticleView.Asked, focus: Focus) -> None:
        """Store that this article is read through, and go to the next."""
        opened = self._tagging.opened
        if opened is None:
            return
        before = self._standing(opened)
        try:
            now = await self._desk.cover(opened, self._watch.seconds)
        except DeskError as error:
            self._screen.say(str(error), error=True)
            return
        self._watch.restart()
        self._tagging.take(now)
        after = self._standing(now)
        told = coverage_told(after) if after else ""
        if before is not None and after is not None and before.state == after.state:
            self._screen.say(
                f"{told} already · ‹u:tag.undo› takes that back · ‹n:article.next› next unread"
            )
            return
        self._screen.say(f"saved · {told}")
        if not self.review.beyond():
            self._done_with, self._told_done = self._browsing.row(opened), told
            self._screen.query_one(ArticleView).action_unread(1)

    def _standing(self, opened: OpenedArticle) -> Coverage | None:
        version = opened.article.version.number
        return standing_coverage(opened.coverage, self._desk.annotator, version)

    def told_done(self, opened: OpenedArticle) -> list[Coverage]:
        """Who is done with the article's text as it stands, as far as that may be seen."""
        return [
            one
            for one in opened.coverage
            if one.version == opened.article.version.number
            and one.state != "opened"
            and (one.annotator == self._desk.annotator or not opened.blind)
        ]

    @property
    def just_done(self) -> str:
        """What there is to say of an article that was left as done with the last key."""
        return "" if self._done_with is None else f"saved · {self._told_done} · "

    async def _undo(self, asked: ArticleView.Asked, focus: Focus) -> None:
        """Take back the last step, which may be that the article before this one is done."""
        row, self._done_with = self._done_with, None
        opened = self._tagging.opened
        if row is not None and opened is not None and opened.article.headline.id != row.id:
            if not await self._screen.open_row(row, whole=True):
                return
            self._browsing.follow(row)
        elif opened is not None:
            try:
                said = await self._screen.unlabel(opened)
            except DeskError as error:
                self._screen.say(str(error), error=True)
                return
            if said:
                self._screen.say(said)
                return
        await self._tagging.take_back("u")

    # -------------------------------------------------------- , * ~

    async def _inherit(self, asked: ArticleView.Asked, focus: Focus) -> None:
        opened = self._tagging.opened
        if opened is not None:
            await self._tagging.react(inherit(focus, opened.claims), asked.sentence)

    async def _alike(self, asked: ArticleView.Asked, focus: Focus) -> None:
        """Show which sentences are alike; what is chosen there is stored in one step."""
        from tui.screens.alike import AlikeDialog

        opened = self._tagging.opened
        if opened is None:
            return
        if not focus.has_signal:
            self._screen.say("‹*:tag.alike› says of others what is said here: pick a signal first")
            return
        found = alike(
            focus.ticked,
            opened.sentences,
            opened.suggestions,
            opened.claims,
            but=asked.sentence,
        )
        listed = self._browsing.listed()
        dialog = AlikeDialog(self._desk, opened, focus.ticked, found, listed)
        await self._screen.app.push_screen(dialog, self._said_alike)

    async def _said_alike(self, said: str | None) -> None:
        opened = self._tagging.opened
        if not said or opened is None:
            return
        try:
            self._tagging.take(await self._desk.look_again(opened))
        except DeskError as error:
            self._screen.say(str(error), error=True)
        else:
            self._screen.say(said)

    async def _lost(self, asked: ArticleView.Asked, focus: Focus) -> None:
        """Show the claims that lost their place, to put one here or to let it go."""
        from tui.screens.lost import LostDialog, lost

        opened = self._tagging.opened
        if opened is None:
            return
        claims = lost(opened.claims)
        if not claims:
            self._screen.say("every claim of this article has its place")
            return
        dialog = LostDialog(opened, claims, opened.sentences[asked.sentence])

        async def put_in_place(write: Write | None) -> None:
            if write is not None:
                said = "removed" if write.act == "remove" else ""
                await self._tagging.react(Reaction(write=write, say=said), asked.sentence)

        await self._screen.app.push_screen(dialog, put_in_place)

    # -------------------------------------------------------- N and V

    def begin_review(self) -> None:
        """Review the list that is shown; pressed during a review, all articles."""
        listed = self._browsing.listed()
        again = self.review.is_on or self.review.is_through(listed)
        self.review.begin(self._browsing.everything() if again else listed)

    def no_further_stop(self, direction: int) -> None:
        """Nothing is left in this article: go to the next one, if that is wanted."""
        if self.review.is_on:
            self.review.go_on(direction)
        elif self._desk.review_across and direction > 0:
            self.review.look_beyond()
        else:
            where = "below" if direction > 0 else "above"
            further = " · V reviews more articles" if direction > 0 else ""
            self._screen.say(f"no suggestion or claim {where}{further}")
