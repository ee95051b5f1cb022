"""A settings file as a person writes it: each value checked, each mistake told with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from store.key_names import key_name, shared_key

SHOWN_UNASKED = 0.5
"""Score from which a suggestion is shown unasked, unless the settings say otherwise."""


class SettingsError(Exception):
    """The message is one sentence that names the file, the line and the key at fault."""


def text_of(file: Path) -> str:
    """A file's text, empty where there is none; raises SettingsError where it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error


def _tables_of(file: Path, text: str) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(
            f"{file} is not valid TOML: {str(error) or 'nested too deep'}."
        ) from error


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
        table = self.table("suggestions", threshold="0.5")
        value = table.get("threshold", SHOWN_UNASKED)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.error("suggestions.threshold", "expects a number from 0 to 1, as 0.5")
        return float(value)

    def review_across(self) -> bool:
        """Return what stands under ``[review]``, or the default."""
        return self.flag("review", self.table("review", across="true"), "across", usual=False)

    def table(self, name: str, **known: str) -> Mapping[str, Any]:
        """Return a table in which only these keys may stand, each given with an example."""
        table = self.tables.get(name, {})
        key, example = next(iter(known.items()))
        if not isinstance(table, dict):
            raise self.error(name, f"expects a table: [{name}], then {key} = {example}")
        for key in table:
            if key not in known:
                names = list(known)
                named = f"{names[0]} is" if not names[1:] else f"{_listed(names)} are"
                raise self.error(f"{name}.{key}", f"is not a setting; {named}")
        return table

    def flag(self, name: str, table: Mapping[str, Any], key: str, *, usual: bool) -> bool:
        """Return what is on or off in a table, or what is usual."""
        value = table.get(key, usual)
        if not isinstance(value, bool):
            raise self.error(f"{name}.{key}", "expects true or false, without quotes")
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


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _nearest(word: str, known: Collection[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
