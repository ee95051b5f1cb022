"""The command palette: every key that works here and now, found by what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content


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

    async def discover(self) -> Hits:
        """Offer them all before anything is typed."""
        for binding, says, run in self._commands():
            yield DiscoveryHit(self._with_key(Content(says), binding), run, text=says)

    async def search(self, query: str) -> Hits:
        """Offer those that match."""
        matcher = self.matcher(query)
        for binding, says, run in self._commands():
            if (score := matcher.match(says)) > 0:
                shown = self._with_key(matcher.highlight(says), binding)
                yield Hit(score, shown, run, text=says)

    def _with_key(self, says: Content, binding: Binding) -> Content:
        key = self.app.get_key_display(binding)
        return Content.assemble(says, "  ", (key, "$text-accent"))
