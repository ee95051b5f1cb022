"""The command ``wiredesk``: without words the app, with words the headless commands."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.settings import Folders, Settings

NO_DESK = 3
FAILED = 1
USAGE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say, and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["demo"]:
        return _demo(words[1:])
    desk = _desk_alone(words)
    if words and desk is None:
        from store.cli import main as cli

        return cli(words)
    return _run_app(desk)


def _desk_alone(words: Sequence[str]) -> Path | None:
    """The folder of ``--desk FOLDER`` when there is no other word."""
    if len(words) == 1 and words[0].startswith("--desk="):
        return Path(words[0].removeprefix("--desk="))
    if len(words) == 2 and words[0] == "--desk":  # noqa: PLR2004
        return Path(words[1])
    return None


def _run_app(desk: Path | None) -> int:
    from store.claims.codebook import CodebookError
    from store.desk import DeskError
    from store.settings import SettingsError, folders, load_settings

    try:
        places = folders(desk)
        return _open(places, load_settings(places))
    except (SettingsError, CodebookError) as error:
        return _complain(error, USAGE)
    except DeskError as error:
        return _complain(error, NO_DESK)


def _demo(words: Sequence[str]) -> int:
    """The app on the sample desk; with ``--check``, only see that all of it works."""
    from store.sample.desk import check, throw_away_desk

    if words == ["--check"]:
        problems = check()
        for problem in problems:
            _complain(problem, FAILED)
        if not problems:
            sys.stdout.write("The sample desk works: every feed and article arrived.\n")
        return FAILED if problems else 0
    if words:
        return _complain(f"demo takes no word but --check, not {words[0]}.", USAGE)
    from store.desk import DeskError
    from store.settings import folders, load_settings

    try:
        with throw_away_desk() as sample:
            return _open(sample.folders, load_settings(folders()))
    except (DeskError, OSError) as error:
        return _complain(error, NO_DESK)


def _open(places: Folders, settings: Settings) -> int:
    # Nothing of what a start makes is garbage; the app turns the collector on again.
    gc.disable()
    from store.desk import Desk
    from tui.app import WiredeskApp

    desk = Desk.open(places, settings)
    app = WiredeskApp(desk, settings)
    try:
        app.run()
    finally:
        app.close()
        desk.close()
    return app.return_code or 0


def _complain(problem: object, status: int) -> int:
    from store.text.clean import guard

    sys.stderr.write(f"wiredesk: {guard(str(problem))}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
