"""The key ``|``: articles are given to a program of the person's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from store.desk import Desk, DeskError
from tui.screens.desk_screen import DeskScreen
from tui.widgets.lines import fit

if TYPE_CHECKING:
    from store.desk.pipes import Said

NO_PIPE = "No program is set: a table [open.pipe.NAME] in settings.toml names one."
NOTHING_SAID = "no program has got an article yet · | gives it one"
_LINE_CELLS = 60


class Piping(DeskScreen):
    """Gives articles to programs, and shows what they said."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._said: Said | None = None

    @work(group="pipe", exclusive=True)
    async def pipe(self, articles: Sequence[tuple[int, int]]) -> None:
        """Give articles, as (feed, article), to a program; ask which where there are several."""
        pipes = self._desk.pipes
        if not pipes.names:
            self.say(NO_PIPE)
            return
        name = pipes.names[0]
        if len(pipes.names) > 1:
            from tui.screens.link_dialogs import ChoosePipe

            programs = [(one, pipes.command(one)) for one in pipes.names]
            name = await self.app.push_screen_wait(ChoosePipe(programs, len(articles))) or ""
        if not name:
            return
        self.say(f"{name} gets {_many(len(articles))} …")
        try:
            self._said = await pipes.give(name, articles)
        except DeskError as error:
            self.say(str(error), error=True)
        else:
            self.say(_told(self._said), error=self._said.status != 0)

    def action_output(self) -> None:
        """Show all that the last program said."""
        from tui.screens.link_dialogs import OutputSheet

        if self._said is None:
            self.say(NOTHING_SAID)
        else:
            self.app.push_screen(OutputSheet(self._said))


def _many(count: int) -> str:
    return "the article" if count == 1 else f"{count} articles"


def _told(said: Said) -> str:
    """How it ended, and the first line of what it said."""
    ended = "done" if said.status == 0 else f"status {said.status}"
    if said.status < 0:
        ended = f"ended by signal {-said.status}"
    parts = [f"{said.name}: {ended}"]
    if said.first:
        parts.append(fit(said.first, _LINE_CELLS))
    if said.lines > 1 or len(said.first) > _LINE_CELLS:
        parts.append("‹ctrl+o:desk.output› shows all")
    return " · ".join(parts)
