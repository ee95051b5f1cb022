"""Where desk, settings and state lie, what the person set, and what the app remembers.

``settings.toml`` is the person's and is only read here; ``state.json`` is ours and is replaced
whole. Two files with one writer each, so nobody's comments are ever lost.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import msgspec

from store.key_names import key_name, shared_key
from store.model import Value

SETTINGS_FILE = "settings.toml"
STATE_FILE = "state.json"
CODEBOOK_FILE = "codebook.toml"
SHIPPED_CODEBOOKS = {
    "business": Path(__file__).parent / "claims" / "codebook" / "business.toml",
    "political": Path(__file__).parent / "claims" / "codebook" / "political.toml",
}
"""Those that come with Wiredesk, by the name that settings and commands call them."""
SHOWN_UNASKED = 0.5
"""Score from which a suggestion is shown unasked, unless the settings say otherwise."""
NAME_LIMIT = 200
"""Longest annotator's name, in characters."""


class SettingsError(Exception):
    """The message is one sentence that names the file, the line and the key at fault."""


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
    keys: dict[str, str] = {}
    """Binding id to keys, several joined by commas, as Textual's keymap takes them."""
    codebook: Path | None = None
    """A codebook of the person's own; None is the one that comes with Wiredesk."""
    review_across: bool = False
    """Whether the walk over suggestions goes on into the next article by itself."""
    threshold: float = SHOWN_UNASKED
    """What a suggestion must score, 0 to 1, to be shown unasked."""


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
    text = _read(file)
    page = _Page(file, text, _parse(file, text))
    page.expect_only(("annotator", "others", "theme", "keys", "codebook", "suggestions", "review"))
    keys = page.keymap()
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
    )


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


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(
            f"{file} is not valid TOML: {str(error) or 'nested too deep'}."
        ) from error


class _Page:
    """A settings file as read, which can say on which line a key stands."""

    def __init__(self, file: Path, text: str, tables: Mapping[str, Any]) -> None:
        self.file = file
        self.text = text
        self.tables = tables

    def words(self, key: str) -> str:
        """Return a key's text, or empty when it is not there."""
        value = self.tables.get(key, "")
        if not isinstance(value, str) or not (value == "" or value.isprintable()):
            raise self.error(key, f'expects text in quotes, as {key} = "…"')
        return value.strip()

    def keymap(self) -> dict[str, str]:
        """Return ``[keys]`` flat: ``article.keep`` is one id whether it stood in quotes or not."""
        table = self.tables.get("keys", {})
        if not isinstance(table, dict):
            raise self.error("keys", 'expects a table: [keys], then lines as "id" = "key"')
        keys = {id_: self._combination(id_, value) for id_, value in _flat(table)}
        id_, key, other = shared_key(keys) or ("", "", "")
        if other:
            raise self.error(f"keys.{id_}", f"has the key {key!r}, as {other!r} has")
        return keys

    def threshold(self) -> float:
        """Return what stands under ``[suggestions]``, or the default."""
        table = self.tables.get("suggestions", {})
        if not isinstance(table, dict):
            raise self.error("suggestions", "expects a table: [suggestions], then threshold = 0.5")
        for key in table:
            if key != "threshold":
                raise self.error(f"suggestions.{key}", "is not a setting; threshold is")
        value = table.get("threshold", SHOWN_UNASKED)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.error("suggestions.threshold", "expects a number from 0 to 1, as 0.5")
        return float(value)

    def review_across(self) -> bool:
        """Return what stands under ``[review]``, or the default."""
        table = self.tables.get("review", {})
        if not isinstance(table, dict):
            raise self.error("review", "expects a table: [review], then across = true")
        for key in table:
            if key != "across":
                raise self.error(f"review.{key}", "is not a setting; across is")
        value = table.get("across", False)
        if not isinstance(value, bool):
            raise self.error("review.across", "expects true or false, without quotes")
        return value

    def expect_only(self, known: Collection[str]) -> None:
        """Raise for the first key that means nothing here."""
        for key in self.tables:
            if key not in known:
                raise self.error(key, f"is not a setting{_nearest(key, known)}")

    def expect_bindings(self, keys: Collection[str], bindings: Collection[str]) -> None:
        """Raise for the first id under ``[keys]`` that names no binding."""
        for id_ in keys:
            if id_ not in bindings:
                raise self.error(f"keys.{id_}", f"names no command{_nearest(id_, bindings)}")

    def error(self, key: str, what: str) -> SettingsError:
        """Make the sentence for what is wrong with ``key``."""
        line = _line_of(self.text, key)
        where = f"{self.file}, line {line}" if line else str(self.file)
        return SettingsError(f"{where}: {key!r} {what}{'' if what.endswith('?') else '.'}")

    def _combination(self, id_: str, value: object) -> str:
        listed = value if isinstance(value, list) else [value]
        keys = [key.strip() for key in listed if isinstance(key, str) and key.isprintable()]
        if len(keys) != len(listed) or not all(keys):
            raise self.error(f"keys.{id_}", 'expects a key in quotes, as "ctrl+k", or a list')
        named = [(key.strip(), key_name(key.strip())) for one in keys for key in one.split(",")]
        for written, name in named:
            if not name:
                told = f"names no key with {written!r}; keys are as k, K, f5, ctrl+k, comma"
                raise self.error(f"keys.{id_}", told)
        return ",".join(name for _, name in named)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _line_of(text: str, key: str) -> int:
    """Return the line, from 1, on which a dotted key or at least its table stands, else 0."""
    import re

    table, nearest = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        match = re.match(r"\s*(\[*)((?:\"[^\"]*\"|'[^']*'|[\w.-]|\s(?=[.]))+)\s*([]=])", line)
        if match is None:
            continue
        name = re.sub(r"[\"'\s]", "", match[2])
        if match[1]:
            table, path = f"{name}.", name
        else:
            path = table + name
        if path == key:
            return number
        if key.startswith(f"{path}."):
            nearest = number
    return nearest


def _nearest(word: str, known: Collection[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def _annotator(page: _Page) -> str:
    """Return the name that signs: the environment's, else the file's, else the login name."""
    named = os.environ.get("WIREDESK_ANNOTATOR", "").strip()
    if named and not (named.isprintable() and len(named) <= NAME_LIMIT):
        raise SettingsError("The variable WIREDESK_ANNOTATOR is not a name; set it to plain text.")
    chosen = page.words("annotator")
    if len(chosen) > NAME_LIMIT:
        raise page.error("annotator", f"is longer than {NAME_LIMIT} characters")
    return named or chosen or _login_name()


def _others(page: _Page) -> Literal["shown", "hidden"]:
    chosen = page.words("others") or "shown"
    if chosen not in ("shown", "hidden"):
        raise page.error("others", f'expects "shown" or "hidden", not "{chosen}"')
    return "hidden" if chosen == "hidden" else "shown"


def _login_name() -> str:
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a numeric user in a container has no name
        return "unnamed"
    return name[:NAME_LIMIT] if name.isprintable() else "unnamed"


def _codebook(page: _Page, where: Folders) -> Path | None:
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
