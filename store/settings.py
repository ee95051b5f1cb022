"""Where desk, settings and state lie, what the person set, and what the app remembers.

``settings.toml`` is the person's and is only read here; ``state.json`` is ours and is replaced
whole. Two files with one writer each, so nobody's comments are ever lost.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec

from store.model import Value
from store.settings_page import SHOWN_UNASKED, SettingsError, SettingsPage, text_of

SETTINGS_FILE = "settings.toml"
STATE_FILE = "state.json"
CODEBOOK_FILE = "codebook.toml"
SHIPPED_CODEBOOKS = {
    "business": Path(__file__).parent / "claims" / "codebook" / "business.toml",
    "political": Path(__file__).parent / "claims" / "codebook" / "political.toml",
}
"""Those that come with Wiredesk, by the name that settings and commands call them."""
Tracking = Literal["dropped", "kept"]
USUAL_MINUTES = 60
FEWEST_MINUTES = 5
"""More often no feed is asked, whatever a person sets."""
MODEST_MINUTES = 15
"""Publishers ask readers to wait at least so long; who sets less is told so."""
MOST_MINUTES = 7 * 24 * 60
USUAL_MEGABYTES = 10
"""Most of a document, unpacked, where the person set nothing else."""
MOST_MEGABYTES = 50
"""No document is unpacked beyond this, whatever a person sets."""
USUAL_WIDTH = 78
"""Longer lines of an article are hard to follow back."""
NAME_LIMIT = 200
"""Longest annotator's name, in characters."""


_KNOWN = (
    *("annotator", "others", "theme", "keys", "codebook", "suggestions", "review"),
    *("fetch", "privacy", "open"),
)
_SHELL_COMMAND = re.compile(r"-[a-z]*c")
_FETCH_KEYS = {"automatic": "true", "minutes": "60", "agent": '"…"'}
AGENT_LIMIT = 200
"""Longest name of the program to publishers, in characters."""


class Folders(Value, frozen=True, kw_only=True):
    """Where this person's Wiredesk lives. All paths are absolute; none need exist yet."""

    desk: Path
    """The work: feeds, articles, claims."""
    settings: Path
    """The person's own files: settings.toml, codebook.toml, themes."""
    state: Path
    """What the app remembers by itself."""


class Settings(Value, frozen=True, kw_only=True):
    """What the person chose; every field has a default, so no file is needed."""

    annotator: str
    """Who signs the claims that are made here."""
    others: Literal["shown", "hidden"] = "shown"
    """Whether the article shows what other annotators claimed; hidden, each works blind."""
    theme: str = ""
    """Name of the theme to start with; empty: the one remembered, else the default."""
    preset: Literal["default", "newsboat", "vim"] = "default"
    """Which habits the keys follow where ``keys`` says nothing else."""
    keys: dict[str, str] = {}
    """Binding id to keys, several joined by commas, as Textual's keymap takes them."""
    codebook: Path | None = None
    """A codebook of the person's own; None is the one that comes with Wiredesk."""
    review_across: bool = False
    """Whether the walk over suggestions goes on into the next article by itself."""
    threshold: float = SHOWN_UNASKED
    """What a suggestion must score, 0 to 1, to be shown unasked."""
    automatic: bool = True
    """Whether the open app fetches by itself what is due."""
    minutes: int = USUAL_MINUTES
    """Shortest time between two fetches of a feed for which the person set no other."""
    agent: str = ""
    """What publishers are told that the program is called; empty: what it is called."""
    tracking: Tracking = "dropped"
    """Whether addresses lose what only follows the reader when they are opened or handed on."""
    browser: tuple[str, ...] = ()
    """The browser's program and its words, "{}" for the address; none: the system's own."""
    pipes: dict[str, tuple[str, ...]] = {}
    """By name, programs and their words, which get an article on stdin."""
    width: int = USUAL_WIDTH
    """Widest text of an article, in cells."""
    keep_days: int = 0
    """How long articles are kept, in days; 0: for ever."""
    keep_articles: int = 0
    """How many articles of a feed are kept; 0: all."""


class Place(Value, frozen=True, kw_only=True):
    """Where somebody was reading."""

    view: str = ""
    """Id of the list, as "unread"; empty when it is a feed's."""
    feed: int | None = None
    article: int | None = None
    offset: int = 0
    """Where the sentence under the cursor begins in the article's text, in code points."""


class State(Value, frozen=True, kw_only=True):
    """What the app remembers from one start to the next; losing it loses no work."""

    theme: str = ""
    place: Place | None = None


def folders(desk: Path | None = None) -> Folders:
    """Say where things lie: ``desk`` moves the desk only, ``WIREDESK_HOME`` moves everything.

    Otherwise each system's own places, as platformdirs knows them (XDG base directories on Linux).
    """
    home = os.environ.get("WIREDESK_HOME", "")
    if home:
        root = _absolute(Path(home))
        found = Folders(desk=root / "desk", settings=root / "settings", state=root / "state")
    else:
        import platformdirs

        place = platformdirs.PlatformDirs("wiredesk", appauthor=False)
        # On macOS and Windows data, settings and state share one folder: the desk has its own.
        found = Folders(
            desk=place.user_data_path / "desk",
            settings=place.user_config_path,
            state=place.user_state_path,
        )
    return msgspec.structs.replace(found, desk=_absolute(desk)) if desk is not None else found


def load_settings(where: Folders, *, bindings: Collection[str] | None = None) -> Settings:
    """Read settings.toml; without one, the defaults.

    ``bindings`` are the binding ids in use: with them the names under ``[keys]`` are checked too.

    Raises:
        SettingsError: The file cannot be read, or says something that cannot be meant.
    """
    file = where.settings / SETTINGS_FILE
    page = SettingsPage(file, text_of(file))
    page.expect_only(_KNOWN)
    keys = page.keymap()
    fetch = page.table("fetch", **_FETCH_KEYS)
    if bindings is not None:
        page.expect_bindings(keys, bindings)
    return Settings(
        annotator=_annotator(page),
        others=_others(page),
        theme=page.words("theme"),
        keys=keys,
        codebook=_codebook(page, where),
        threshold=page.threshold(),
        review_across=page.review_across(),
        automatic=page.flag("fetch", fetch, "automatic", usual=True),
        minutes=_minutes(page, fetch),
        agent=_agent(page, fetch),
        tracking=_tracking(page),
        browser=_browser(page),
    )


def fetch_agent(where: Folders) -> str:
    """Read what publishers are told the program is called, as ``fetch_minutes`` reads; "": usual.

    Raises:
        SettingsError: It is not there to be read.
    """
    file = where.settings / SETTINGS_FILE
    page = SettingsPage(file, text_of(file))
    return _agent(page, page.table("fetch", **_FETCH_KEYS))


def fetch_minutes(where: Folders) -> int:
    """Read the usual time between two fetches, and nothing else, from settings.toml.

    Raises:
        SettingsError: It is not there to be read; what is wrong elsewhere in the file is no matter.
    """
    file = where.settings / SETTINGS_FILE
    page = SettingsPage(file, text_of(file))
    return _minutes(page, page.table("fetch", **_FETCH_KEYS))


def load_state(where: Folders) -> State:
    """Return what was remembered; a missing or unreadable file is an empty memory."""
    try:
        return msgspec.json.decode((where.state / STATE_FILE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError, RecursionError):
        return State()


def keep_state(where: Folders, state: State) -> None:
    """Remember ``state``: the file is replaced whole, and only its owner can read it.

    It is not forced to the disk: what a power cut could take is a place in a list, not work.

    Raises:
        SettingsError: It cannot be written.
    """
    file = where.state / STATE_FILE
    beside = file.with_name(f".{STATE_FILE}.{os.getpid()}")
    try:
        where.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(msgspec.json.encode(state))
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        message = f"{file} cannot be written ({error.strerror}), so the theme and your place"
        raise SettingsError(f"{message} are not remembered.") from error


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _annotator(page: SettingsPage) -> str:
    """Return the name that signs: the environment's, else the file's, else the login name."""
    named = os.environ.get("WIREDESK_ANNOTATOR", "").strip()
    if named and not (named.isprintable() and len(named) <= NAME_LIMIT):
        raise SettingsError("The variable WIREDESK_ANNOTATOR is not a name; set it to plain text.")
    chosen = page.words("annotator")
    if len(chosen) > NAME_LIMIT:
        raise page.error("annotator", f"is longer than {NAME_LIMIT} characters")
    return named or chosen or _login_name()


def _others(page: SettingsPage) -> Literal["shown", "hidden"]:
    chosen = page.words("others") or "shown"
    if chosen not in ("shown", "hidden"):
        raise page.error("others", f'expects "shown" or "hidden", not "{chosen}"')
    return "hidden" if chosen == "hidden" else "shown"


def _minutes(page: SettingsPage, table: Mapping[str, object]) -> int:
    value = table.get("minutes", USUAL_MINUTES)
    number = value if isinstance(value, int) and not isinstance(value, bool) else 0
    if not FEWEST_MINUTES <= number <= MOST_MINUTES:
        told = f"expects a whole number from {FEWEST_MINUTES} to {MOST_MINUTES}, as 60"
        raise page.error("fetch.minutes", told)
    return number


def _agent(page: SettingsPage, table: Mapping[str, object]) -> str:
    name = table.get("agent", "")
    if not (isinstance(name, str) and name.isascii() and len(name) <= AGENT_LIMIT):
        raise page.error("fetch.agent", f"expects ASCII text, {AGENT_LIMIT} characters at most")
    if not (name == "" or name.isprintable()):
        raise page.error("fetch.agent", "expects one line without control characters")
    return name.strip()


def _tracking(page: SettingsPage) -> Tracking:
    chosen = page.table("privacy", tracking='"dropped"').get("tracking", "dropped")
    if chosen not in ("dropped", "kept"):
        raise page.error("privacy.tracking", 'expects "dropped" or "kept"')
    return "kept" if chosen == "kept" else "dropped"


def _browser(page: SettingsPage) -> tuple[str, ...]:
    """Return a program and its words; one at least is the address's place, and not the program."""
    words = page.table("open", browser='["firefox", "{}"]').get("browser", [])
    listed = [words] if isinstance(words, str) and words else words
    if not isinstance(listed, list) or not all(
        isinstance(word, str) and word.isprintable() for word in listed
    ):
        raise page.error("open.browser", 'expects a program and its words, as ["firefox", "{}"]')
    if listed and (not listed[0].strip() or "{}" in listed[0]):
        raise page.error("open.browser", "must begin with a program, not with the address")
    for before, word in pairwise(listed):
        # What a shell would read as a command, a publisher could write into a link.
        if "{}" in word and (_SHELL_COMMAND.fullmatch(before) or " " in word):
            said = "takes {} as a word of its own, which no shell reads as a command"
            raise page.error("open.browser", said)
    return tuple(listed)


def _login_name() -> str:
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a numeric user in a container has no name
        return "unnamed"
    return name[:NAME_LIMIT] if name.isprintable() else "unnamed"


def _codebook(page: SettingsPage, where: Folders) -> Path | None:
    chosen = page.words("codebook")
    if chosen in SHIPPED_CODEBOOKS:
        # The desk holds what is the work's: its own codebook comes before one that only ships.
        own = where.desk / CODEBOOK_FILE
        return own if own.is_file() else SHIPPED_CODEBOOKS[chosen]
    if chosen:
        file = _absolute(where.settings / Path(chosen).expanduser())
        if not file.is_file():
            raise page.error("codebook", f"names a file that is not there: {file}")
        return file
    usual = (where.settings / CODEBOOK_FILE, where.desk / CODEBOOK_FILE)
    return next((file for file in usual if file.is_file()), None)
