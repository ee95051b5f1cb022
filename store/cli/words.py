"""The words of the command line: which commands there are, and the desk they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from store.cli import USAGE
from store.cli.say import complain
from store.key_table import Program
from store.settings import folders
from store.version import VERSION


def obey(argv: Sequence[str], program: Callable[[], Program]) -> int:
    """Run the command that the words name and return its exit status.

    Raises:
        CycloptsError: The words make no command.
        Refused: The command could not do it.
        ShelfError: The desk cannot be used.
        SettingsError: settings.toml has a mistake in it.
        CodebookError: The codebook has one.
    """
    app = _app()
    app.meta.suppress_keyboard_interrupt = False  # the only option that a meta app does not inherit

    @app.meta.default
    def about(
        *words: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
        desk: Path | None = None,
    ) -> int:
        """Run a command.

        Args:
            words: The command and what belongs to it.
            desk: Folder of the desk, instead of the usual one.
        """
        # A lone hyphen, which stands for stdin or stdout, would be taken for an option.
        command, bound, given = app.parse_args(["./-" if word == "-" else word for word in words])
        known: dict[str, object] = {
            "here": folders(desk),
            "named": desk is not None,
            "program": program,
        }
        here = {name: known[name] for name in given}
        status: int | None = command(*bound.args, **bound.kwargs, **here)
        return status or 0

    status: int | None = app.meta(list(argv))
    return status or 0  # help and version come back without one


def demo() -> int:
    """Read and mark in the app, on a sample desk that is thrown away.

    It takes no other word but --check, which only sees that everything in it works.
    """
    complain("demo goes alone, as wiredesk demo. See wiredesk --help.")
    return USAGE


def _app() -> App:
    from store.cli import (
        adding,
        agreement,
        claims,
        codebook,
        feeds,
        fetching,
        importing,
        keys,
        pages,
        rules,
        searching,
        settings,
        stories,
        suggesting,
        tidy,
        views,
    )
    from store.cli.help_page import HelpPage

    app = App(
        name="wiredesk",
        version=f"wiredesk {VERSION}",
        help="A terminal news reader that turns sentences into claims by keyboard. Without a "
        "command it opens.",
        help_format="plaintext",
        help_formatter=HelpPage(),
        result_action="return_value",
        print_error=False,
        exit_on_error=False,
        suppress_keyboard_interrupt=False,
    )
    for command in (
        adding.add,
        fetching.fetch,
        pages.page,
        searching.search,
        searching.index,
        views.views,
        rules.rules,
        stories.stories,
        tidy.tidy,
        feeds.feeds,
        claims.export,
        claims.schema,
        suggesting.suggest,
        claims.where,
        agreement.agreement,
        settings.settings,
        keys.keys,
        demo,
    ):
        app.command(command)
    app.command(importing.import_, name="import")
    app.command(codebook.commands())
    return app
