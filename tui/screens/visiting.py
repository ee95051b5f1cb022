"""The ways from the desk to its other screens and dialogs; each is loaded when it is entered."""

from __future__ import annotations

from datetime import datetime

from textual import work

from store.desk import DeskError
from store.model import Headline
from tui.screens.desk_screen import DeskScreen


class Visiting(DeskScreen):
    """The keys that open something else."""

    def action_help(self) -> None:
        """Show every key that works here."""
        from tui.screens.help import Help, sources_of, working_on

        self.app.push_screen(Help(sources_of(self), working_on(self)))

    def action_companies(self) -> None:
        """Show the companies as records."""
        from tui.screens.companies import Companies

        self.app.push_screen(Companies(self._desk), self.company_chosen)

    def action_agreement(self) -> None:
        """Show how far the annotators agree."""
        from tui.screens.agreement import AgreementScreen

        self.app.push_screen(AgreementScreen(self._desk))

    def action_progress(self) -> None:
        """Show how the work goes."""
        from tui.screens.progress import ProgressDialog

        self.app.push_screen(ProgressDialog(self._desk, self.session_began))

    def action_codebook(self) -> None:
        """Show what claims can say, and change it."""
        from tui.screens.codebook import CodebookScreen

        self.app.push_screen(CodebookScreen(self._desk), self.codebook_left)

    @property
    def session_began(self) -> datetime:
        """Since when the work is counted."""
        return self._desk.now()

    def company_chosen(self, name: str | None) -> None:
        """Somebody comes back from the companies, and may want the claims on one."""

    async def codebook_left(self, is_changed: bool | None) -> None:
        """Somebody comes back from the codebook, and may have changed it."""

    @work(group="changes", exclusive=True)
    async def show_changes(self, headline: Headline) -> None:
        """Show what its publisher changed in an article, as it was when it was opened."""
        from tui.screens.changes import ChangesScreen

        try:
            history = await self._desk.texts.history(headline)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if history.pairs:
            self.app.push_screen(ChangesScreen(self._desk, history))
        else:
            self.say("its text never changed here")

    def action_export(self) -> None:
        """Ask where to, and export."""
        self._export()

    @work(group="export", exclusive=True)
    async def _export(self) -> None:
        from tui.screens.export import ExportDialog

        said = await self.app.push_screen_wait(ExportDialog(self._desk.export_to))
        if said:
            self.say(said)
