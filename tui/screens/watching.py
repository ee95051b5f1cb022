"""Watch words on the desk's screen: looked for when there is time, lit where they stand."""

from __future__ import annotations

from contextlib import suppress

from textual import work

from store.desk import DeskError, OpenedArticle
from store.model import Span
from store.text.clean import guard
from tui.screens.labelling import Labelling

WATCH_AFTER = 0.8
"""Seconds after the first paint before watch words are looked for: keys come first."""

WATCH_EVERY = 5.0
"""Seconds between looks at whether there is anything to look for; mostly there is not."""
TOLD_FOR = 10.0
"""Seconds that it stands on the screen what rules found."""


class Watching(Labelling):
    """What says a watch word, and the screen that keeps the words and the rules."""

    _is_watching = False

    def begin_watching(self) -> None:
        """Look for watch words from now on, once the first keys had their turn."""
        self._browsing.running.notice = self._tell_of_rules
        self.set_timer(WATCH_AFTER, self._first_look)

    def _first_look(self) -> None:
        self._is_watching = True
        self.set_interval(WATCH_EVERY, self.look_at_watch_words)
        self.look_at_watch_words()

    def look_at_watch_words(self) -> None:
        """See what says a watch word now, if that may have changed."""
        if self._is_watching and self._desk.watched.is_stale:
            self._look_at_watch_words()

    @work(group="watch-words")
    async def _look_at_watch_words(self) -> None:
        with suppress(DeskError):  # the lists are there without; the next look may go well
            await self._desk.watched.look(self._watch_words_changed)
            self._browsing.finds.watched = self._desk.watched

    def _watch_words_changed(self) -> None:
        self._browsing.finds.watched = self._desk.watched
        self._browsing.show()

    def _tell_of_rules(self, said: str) -> None:
        """Tell of what came in by rules and watch words, once a fetch."""
        self.app.bell()
        self.app.notify(guard(said, lines=True), timeout=TOLD_FOR, markup=False)

    def watch_words_in(self, text: str) -> list[tuple[Span, str]]:
        """Where the text of an article says a watch word."""
        watched = self._browsing.finds.watched
        return [] if watched is None else watched.lit_in(text)

    def watch_words_said(self, opened: OpenedArticle) -> tuple[str, ...]:
        """Which watch words an article says; of a long one, what the last look found."""
        watched = self._browsing.finds.watched
        if watched is None:
            return ()
        if opened.is_long:
            return watched.said_by(opened.article.headline.id)
        return watched.words_in(opened.article.version.text)

    def action_interests(self) -> None:
        """Show the watch words and the rules, and change them."""
        self._visit_interests()

    @work(group="interests", exclusive=True)
    async def _visit_interests(self) -> None:
        from tui.screens.interests import InterestsScreen

        await self.app.push_screen_wait(InterestsScreen(self._desk))
        with suppress(DeskError):
            await self._desk.watched.look(self._watch_words_changed)
            self._browsing.finds.watched = self._desk.watched
        self._browsing.show()
