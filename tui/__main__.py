"""The command ``wiredesk``: without words the app, with words the headless commands."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.key_table import Program
    from store.settings import Folders, Settings

NO_DESK = 3
FAILED = 1
USAGE = 2
FAULT = 70
"""EX_SOFTWARE of sysexits.h."""
_DUMB = ("dumb", "unknown")
"""Terminals of which Rich takes the size for 80×25, so that drawing at theirs never ends."""

PAINTINGS_PER_SECOND = "1000"
"""Textual's own 60 would keep a key waiting for up to 16 ms after anything else was painted."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say, and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["demo"]:
        return _demo(words[1:])
    desk = _desk_alone(words)
    if words and desk is None:
        from store.cli import main as cli

        return cli(words, program=_keys)
    return _run_app(desk)


def _keys() -> Program:
    import tui.keys

    return tui.keys


def _desk_alone(words: Sequence[str]) -> Path | None:
    """The folder of ``--desk FOLDER`` when there is no other word."""
    if len(words) == 1 and words[0].startswith("--desk="):
        return Path(words[0].removeprefix("--desk="))
    if len(words) == 2 and words[0] == "--desk":  # noqa: PLR2004
        return Path(words[1])
    return None


def _run_app(desk: Path | None) -> int:
    from store.settings import folders

    places = folders(desk)
    return _told(lambda: _open(places, _settings(places)))


_DEMO_HELP = """Usage: wiredesk demo [--check]

Read and mark in the app, on a sample desk with made-up news; it is thrown away at the end.

  --check  Only see that all of it works; needs no terminal.
"""


def _demo(words: Sequence[str]) -> int:
    """The app on the sample desk; with ``--check``, only see that all of it works."""
    if words == ["--check"]:
        return _check_sample()
    if words[:1] in (["--help"], ["-h"]):
        sys.stdout.write(_DEMO_HELP)
        return 0
    if words:
        return _complain(f"demo takes no word but --check, not {words[0]}.", USAGE)
    from store.sample.desk import throw_away_desk
    from store.settings import folders

    def demo() -> int:
        settings = _settings(folders())
        with throw_away_desk() as sample:
            return _open(sample.folders, settings, is_sample=True)

    return _told(demo)


def _check_sample() -> int:
    from store.sample.desk import check

    problems = check()
    for problem in problems:
        _complain(problem, FAILED)
    if problems:
        return FAILED
    sys.stdout.write("The sample desk works: every feed and article arrived.\n")
    return 0


def _settings(places: Folders) -> Settings:
    from store.settings import load_settings

    settings = load_settings(places)
    if settings.keys:
        from tui.keys import expect_sound

        expect_sound(settings, places)
    return settings


def _open(places: Folders, settings: Settings, *, is_sample: bool = False) -> int:
    # Nothing of what a start makes is garbage; the app turns the collector on again.
    gc.disable()
    from store.desk import Desk
    from store.faults import keep_libraries_quiet

    os.environ.setdefault("TEXTUAL_FPS", PAINTINGS_PER_SECOND)
    from tui.app import WiredeskApp

    keep_libraries_quiet()
    desk = Desk.open(places, settings, is_sample=is_sample)
    try:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):  # Textual draws on stderr
            return _complain("This needs a terminal; see wiredesk --help for what does not.", USAGE)
        if (term := os.environ.get("TERM", "")).lower() in _DUMB:
            return _complain(f"A terminal that places text is needed, and TERM is {term}.", USAGE)
        app = WiredeskApp(desk, settings)
        try:
            app.run()
        finally:
            app.close()
    finally:
        desk.close()
    if app.fault is not None:
        return _tell_fault(app.fault, places)
    return app.return_code or 0


def _tell_fault(fault: Exception, places: Folders) -> int:
    """One line, and where the report lies; the whole of it only to who asks for that."""
    import traceback

    from store.faults import told_of, wants_all

    if wants_all():
        traceback.print_exception(fault)
        return FAULT
    return _complain(told_of(fault, places.state), FAULT)


def _told(run: Callable[[], int]) -> int:
    """Run, and tell what was foreseen to go wrong in a sentence."""
    from store.claims.codebook import CodebookError
    from store.errors import DeskError
    from store.settings_page import SettingsError

    try:
        return run()
    except (SettingsError, CodebookError) as error:
        return _complain(error, USAGE)
    except (DeskError, OSError) as error:
        return _complain(error, NO_DESK)
    except Exception as fault:  # noqa: BLE001 - it may quote strangers' text: not to go out raw
        from store.settings import folders

        return _tell_fault(fault, folders())


def _complain(problem: object, status: int) -> int:
    from store.text.clean import guard

    sys.stderr.write(f"wiredesk: {guard(str(problem))}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
