"""A settings file as a person writes it: each value checked, each mistake told with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from store.key_names import key_name, shared_keys

_EXAMPLES = {
    "keys": 'lines as "id" = "key"',
    "reading": "width = 78",
    "keep": "days = 90",
    "fetch": "automatic = true",
    "privacy": 'tracking = "dropped"',
    "open": 'browser = ["firefox", "{}"]',
    "suggestions": "threshold = 0.5",
    "review": "across = true",
}
"""A line that may stand in each table."""
_HEADERS = frozenset(f"[{name}]" for name in _EXAMPLES)

SHOWN_UNASKED = 0.5
"""Score from which a suggestion is shown unasked, unless the settings say otherwise."""


class SettingsError(Exception):
    """The message is one sentence that names the file, the line and the key at fault."""

    def __init__(self, message: str, *, line: int = 0, key: str = "") -> None:
        super().__init__(message)
        self.line = line
        """Counted from 1; 0 where it is no single line."""
        self.key = key


def text_of(file: Path) -> str:
    """A file's text, empty where there is none; raises SettingsError where it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except IsADirectoryError as error:
        told = f"{file} is a folder where a file is expected; name, or put there, a file."
        raise SettingsError(told) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error


def _tables_of(file: Path, text: str) -> dict[str, Any]:
    if _says_nothing(text):
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(
            f"{file} is not valid TOML: {str(error) or 'nested too deep'}.",
            line=_line_in(str(error)),
        ) from error


def _says_nothing(text: str) -> bool:
    """Whether there are only remarks and names of tables, as in the file that is laid out."""
    lines = (line.strip() for line in text.splitlines())
    return all(not line or line[0] == "#" or line in _HEADERS for line in lines)


def _line_in(told: str) -> int:
    """The line that tomllib names in brackets, else 0."""
    before, _, after = told.rpartition("at line ")
    number = after.partition(",")[0]
    return int(number) if before and number.isdecimal() else 0


class SettingsPage:
    """A settings file as read, which can say on which line a key stands."""

    def __init__(self, file: Path, text: str) -> None:
        """Take a file's text apart; raises SettingsError where it is not TOML."""
        self.file = file
        self.text = text
        self.tables: Mapping[str, Any] = _tables_of(file, text)

    def words(self, key: str) -> str:
        """Return a key's text, or empty when it is not there."""
        value = self.tables.get(key, "")
        if not isinstance(value, str) or not (value == "" or value.isprintable()):
            raise self.error(key, f'expects text in quotes, as {key} = "…"')
        return value.strip()

    def keymap(self, *, besides: Collection[str] = ()) -> dict[str, str]:
        """Return ``[keys]`` flat: ``article.keep`` is one id whether it stood in quotes or not.

        ``besides`` are names in it that are no ids.
        """
        keys, wrong = self.combinations(besides=besides)
        for mistake in wrong:
            raise mistake
        return keys

    def combinations(
        self, *, besides: Collection[str] = ()
    ) -> tuple[dict[str, str], list[SettingsError]]:
        """The same of all that names keys, and every mistake in the rest."""
        keys: dict[str, str] = {}
        wrong = []
        for id_, value in self.bindings(besides):
            try:
                keys[id_] = self._combination(id_, value)
            except SettingsError as mistake:
                wrong.append(mistake)
        for id_, key, other in shared_keys(keys):
            wrong.append(self.error(f"keys.{id_}", f"has the key {key!r}, as {other!r} has"))
        return keys, wrong

    def bindings(self, besides: Collection[str] = ()) -> Iterator[tuple[str, object]]:
        """The ids under ``[keys]``, with what stands behind them."""
        return ((id_, value) for id_, value in _flat(self.table("keys")) if id_ not in besides)

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table, an empty one where there is none."""
        table = self.tables.get(name, {})
        if not isinstance(table, dict):
            raise self.error(name, f"expects a table: [{name}], then {_EXAMPLES[name]}")
        return table

    def flag(self, name: str, key: str, *, usual: bool) -> bool:
        """Return what is on or off in a table, or what is usual."""
        value = self.table(name).get(key, usual)
        if not isinstance(value, bool):
            raise self.error(f"{name}.{key}", "expects true or false, without quotes")
        return value

    def number(
        self, name: str, key: str, *, usual: int, least: int, most: int, example: int | None = None
    ) -> int:
        """Return a whole number in a table, or what is usual."""
        value = self.table(name).get(key, usual)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            shown = usual if example is None else example
            told = f"expects a whole number from {least} to {most}, as {shown}"
            raise self.error(f"{name}.{key}", told)
        return value

    def strangers(self, tables: Mapping[str, Mapping[str, str]]) -> Iterator[SettingsError]:
        """Say what stands where it means nothing.

        ``tables`` are the names that may stand in each table, "" for the top of the file.
        """
        top = [*tables[""], *filter(None, tables)]
        for key in self.tables:
            if key not in top:
                yield self.error(key, f"is not a setting{_belongs(key, tables, top)}")
        for name, known in tables.items():
            table = self.tables.get(name, {})
            if name not in ("", "keys") and isinstance(table, dict):
                for key in table:
                    if key not in known:
                        yield self.error(f"{name}.{key}", f"is not a setting; {_are(list(known))}")

    def strange_bindings(
        self, keys: Collection[str], bindings: Collection[str] | None
    ) -> Iterator[SettingsError]:
        """Say which ids under ``[keys]`` name no binding; all may where none are known."""
        for id_ in keys:
            if bindings is not None and id_ not in bindings:
                yield self.error(f"keys.{id_}", f"names no command{nearest(id_, bindings)}")

    def error(self, key: str, what: str) -> SettingsError:
        """Make the sentence for what is wrong with ``key``."""
        line = _line_of(self.text, key)
        where = f"{self.file}, line {line}" if line else str(self.file)
        told = f"{where}: {key!r} {what}{'' if what.endswith('?') else '.'}"
        return SettingsError(told, line=line, key=key)

    def line_of(self, key: str) -> int:
        """The line, from 1, on which a key stands; 0 where it is not in the file."""
        return _line_of(self.text, key, alone=True)

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


def _line_of(text: str, key: str, *, alone: bool = False) -> int:
    """Return the line, from 1, on which a dotted key stands, or unless alone its table; else 0."""
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
    return 0 if alone else nearest


def _are(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]} are" if names[1:] else f"{names[0]} is"


def _belongs(key: str, tables: Mapping[str, Mapping[str, str]], top: Collection[str]) -> str:
    table = next((table for table, known in tables.items() if key in known), "")
    return f" here; it belongs under [{table}]" if table else nearest(key, top)


def nearest(word: str, known: Collection[str]) -> str:
    """Ask whether the nearest known word was meant; "" where none is near."""
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
