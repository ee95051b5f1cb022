"""The command palette: every command found by what it does, those first that work here and now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from store.key_table import KeyRow

_ELSEWHERE = 0.5
"""How much less a command counts that does not work here."""


class KeyCommands(Provider):
    """Derived from the bindings, so that no command is written down twice."""

    def _commands(self) -> Iterator[tuple[Binding, str, Callable[[], Any]]]:
        seen: set[str] = set()
        # What the status line hints at comes first, moving about last.
        active = sorted(self.screen.active_bindings.values(), key=lambda one: not one.binding.show)
        for node, binding, enabled, tooltip in active:
            if binding.id and enabled and binding.id not in seen:
                seen.add(binding.id)
                run = partial(self.app.run_action, binding.action, node)
                yield binding, tooltip or binding.description, run

    def _all(self) -> list[KeyRow]:
        """Every command of the program: all of its panes are loaded for that."""
        from tui.keys import key_rows

        return key_rows(getattr(self.app, "chosen_keys", {}))

    async def discover(self) -> Hits:
        """Offer what works here before anything is typed."""
        for binding, says, run in self._commands():
            yield DiscoveryHit(self._with_key(Content(says), binding), run, text=says)

    async def search(self, query: str) -> Hits:
        """Offer those that match; of those that do not work here it is told where they do."""
        matcher = self.matcher(query)
        here: set[str] = set()
        for binding, says, run in self._commands():
            here.add(binding.id or "")
            if (score := matcher.match(says)) > 0:
                shown = self._with_key(matcher.highlight(says), binding)
                yield Hit(score, shown, run, text=says)
        for row in await asyncio.to_thread(self._all):
            score = 0 if row.id in here else matcher.match(row.says)
            if score > 0:
                where = f"  {' '.join(row.keys)}  in: {row.pane}"
                shown = Content.assemble(matcher.highlight(row.says), (where, "dim"))
                tell = partial(self._tell_where, row)
                yield Hit(score * _ELSEWHERE, shown, tell, text=row.says)

    def _tell_where(self, row: KeyRow) -> None:
        """Say where a command works that does not work here."""
        told = f"{' or '.join(row.keys)} does that, in: {row.pane}"
        say: Callable[[str], None] | None = getattr(self.screen, "say", None)
        if say is not None:
            say(told)
        else:
            self.app.notify(told, markup=False)

    def _with_key(self, says: Content, binding: Binding) -> Content:
        key = self.app.get_key_display(binding)
        return Content.assemble(says, "  ", (key, "$text-accent"))
