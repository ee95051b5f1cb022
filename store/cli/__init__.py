"""Wiredesk without a screen: the same desk by words, for scripts, cron and the app's worker.

Exit statuses: 0 fine; 1 something failed, as a feed; 2 wrong usage, which settings and codebooks
with mistakes in them are too; 3 the desk cannot be used or saved; 4 a page has several feeds and
none was chosen; 70 a fault in Wiredesk itself
(EX_SOFTWARE of sysexits.h); 130, 141 and 143 ended by Ctrl-C, by a closed pipe, by SIGTERM.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence

from store.cli.say import Refused, complain, hush, prepare
from store.faults import keep_libraries_quiet, told_of, wants_all
from store.key_table import Program

FAILED = 1
USAGE = 2
NO_DESK = 3
SEVERAL_FOUND = 4
FAULT = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


def _no_program() -> Program:
    raise Refused("The keys are the app's: ask for them as wiredesk does, not as store.cli.")


def main(argv: Sequence[str], program: Callable[[], Program] = _no_program) -> int:
    """Do what the words say and return the exit status; nothing but that leaves here.

    ``program`` gives who knows the keys of the app, of which nothing is known here.
    """
    prepare()
    keep_libraries_quiet()
    try:
        return _told(argv, program)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # Rich, which prints the help, exits on a closed pipe
        hush()
        return PIPE_CLOSED
    except Exception as fault:  # noqa: BLE001 - it may quote strangers' text: not to go out raw
        complain_of(fault)
        return FAULT


def complain_of(fault: Exception) -> None:
    """Tell a fault of the program in a line; all of it only to who asks for that."""
    from store.settings import folders

    if wants_all():
        complain("".join(traceback.format_exception(fault)), lines=True)
    else:
        complain(told_of(fault, folders().state))


def _told(argv: Sequence[str], program: Callable[[], Program]) -> int:
    """Obey, or tell in one sentence what was foreseen and is in the way."""
    from cyclopts import CycloptsError

    from store.claims.codebook import CodebookError
    from store.cli.words import obey
    from store.query import QueryError
    from store.settings_page import SettingsError
    from store.shelf.errors import ShelfError

    try:
        return obey(argv, program)
    except CycloptsError as error:
        complain(f"{error} See wiredesk --help.")
        return USAGE
    except (SettingsError, CodebookError) as error:
        complain(str(error))
        return USAGE
    except QueryError as error:
        complain(f"--where cannot be meant: {error}{'' if str(error).endswith('?') else '.'}")
        return USAGE
    except Refused as error:
        complain(str(error))
        return FAILED
    except ShelfError as error:
        complain(str(error))
        return NO_DESK
