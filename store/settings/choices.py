"""One function a setting: its value on a page, or a sentence that says why it cannot be meant."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from store.settings.folders import Folders, absolute
from store.settings.values import (
    AGENT_LIMIT,
    CODEBOOK_FILE,
    FEWEST_MINUTES,
    LEAST_WIDTH,
    MOST_KEPT_ARTICLES,
    MOST_KEPT_DAYS,
    MOST_MINUTES,
    MOST_WIDTH,
    NAME_LIMIT,
    PRESETS,
    SHIPPED_CODEBOOKS,
    USUAL_MINUTES,
    USUAL_WIDTH,
    Pipe,
    Preset,
    Tracking,
)
from store.settings_page import SHOWN_UNASKED, SettingsError, SettingsPage

_SHELL_COMMAND = re.compile(r"-[a-z]*c")
NO_IDS = ("preset",)
"""What stands among the keys and is no id of a command."""
_PIPE_EXAMPLE = 'command = ["less"]'


def annotator(page: SettingsPage, where: Folders) -> str:
    """Return the name that signs: the environment's, else the file's, else the login name."""
    named = os.environ.get("WIREDESK_ANNOTATOR", "").strip()
    if named and not (named.isprintable() and len(named) <= NAME_LIMIT):
        raise SettingsError("The variable WIREDESK_ANNOTATOR is not a name; set it to plain text.")
    chosen = page.words("annotator")
    if len(chosen) > NAME_LIMIT:
        raise page.error("annotator", f"is longer than {NAME_LIMIT} characters")
    return named or chosen or _login_name()


def others(page: SettingsPage, where: Folders) -> Literal["shown", "hidden"]:
    """Whether claims of others are shown."""
    chosen = page.words("others") or "shown"
    if chosen not in ("shown", "hidden"):
        raise page.error("others", f'expects "shown" or "hidden", not "{chosen}"')
    return "hidden" if chosen == "hidden" else "shown"


def theme(page: SettingsPage, where: Folders) -> str:
    """The name of a theme; which there are, the app knows."""
    return page.words("theme")


def codebook(page: SettingsPage, where: Folders) -> Path | None:
    """The file of the codebook in use; None is the one that comes with Wiredesk."""
    chosen = page.words("codebook")
    if chosen in SHIPPED_CODEBOOKS:
        # The desk holds what is the work's: its own codebook comes before one that only ships.
        own = where.desk / CODEBOOK_FILE
        return own if own.is_file() else SHIPPED_CODEBOOKS[chosen]
    if chosen:
        file = absolute(where.settings / Path(chosen).expanduser())
        if not file.is_file():
            is_what = "a folder, not a file" if file.is_dir() else "a file that is not there"
            raise page.error("codebook", f"names {is_what}: {file}")
        return file
    usual = (where.settings / CODEBOOK_FILE, where.desk / CODEBOOK_FILE)
    return next((file for file in usual if file.is_file()), None)


def preset(page: SettingsPage, where: Folders) -> Preset:
    """Which habits the keys follow."""
    chosen = page.table("keys").get("preset", "default")
    for known in PRESETS:
        if chosen == known:
            return known
    raise page.error("keys.preset", 'expects "default", "newsboat" or "vim"')


def keys(page: SettingsPage, where: Folders) -> dict[str, str]:
    """The keys that the person gave commands, by binding id."""
    return page.keymap(besides=NO_IDS)


def threshold(page: SettingsPage, where: Folders) -> float:
    """What a suggestion must score to be shown unasked."""
    value = page.table("suggestions").get("threshold", SHOWN_UNASKED)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise page.error("suggestions.threshold", "expects a number from 0 to 1, as 0.5")
    return float(value)


def review_across(page: SettingsPage, where: Folders) -> bool:
    """Whether the walk over suggestions goes on into the next article."""
    return page.flag("review", "across", usual=False)


def automatic(page: SettingsPage, where: Folders) -> bool:
    """Whether the open app fetches by itself."""
    return page.flag("fetch", "automatic", usual=True)


def minutes(page: SettingsPage, where: Folders) -> int:
    """The shortest time between two fetches of a feed."""
    return page.number(
        "fetch", "minutes", usual=USUAL_MINUTES, least=FEWEST_MINUTES, most=MOST_MINUTES
    )


def agent(page: SettingsPage, where: Folders) -> str:
    """What publishers are told that the program is called."""
    name = page.table("fetch").get("agent", "")
    if not (isinstance(name, str) and name.isascii() and len(name) <= AGENT_LIMIT):
        raise page.error("fetch.agent", f"expects ASCII text, {AGENT_LIMIT} characters at most")
    if not (name == "" or name.isprintable()):
        raise page.error("fetch.agent", "expects one line without control characters")
    return name.strip()


def tracking(page: SettingsPage, where: Folders) -> Tracking:
    """Whether addresses lose what only follows the reader."""
    chosen = page.table("privacy").get("tracking", "dropped")
    if chosen not in ("dropped", "kept"):
        raise page.error("privacy.tracking", 'expects "dropped" or "kept"')
    return "kept" if chosen == "kept" else "dropped"


def width(page: SettingsPage, where: Folders) -> int:
    """How wide the text of an article gets at most."""
    return page.number("reading", "width", usual=USUAL_WIDTH, least=LEAST_WIDTH, most=MOST_WIDTH)


def stories(page: SettingsPage, where: Folders) -> Literal["grouped", "apart"]:
    """Whether reports of one event share a row."""
    chosen = page.table("lists").get("stories", "grouped")
    if chosen not in ("grouped", "apart"):
        raise page.error("lists.stories", 'expects "grouped" or "apart"')
    return "apart" if chosen == "apart" else "grouped"


def keep_days(page: SettingsPage, where: Folders) -> int:
    """How many days articles are kept."""
    return page.number("keep", "days", usual=0, least=0, most=MOST_KEPT_DAYS, example=90)


def keep_articles(page: SettingsPage, where: Folders) -> int:
    """How many articles of a feed are kept."""
    most = MOST_KEPT_ARTICLES
    return page.number("keep", "articles", usual=0, least=0, most=most, example=500)


def browser(page: SettingsPage, where: Folders) -> tuple[str, ...]:
    """Return a program and its words; one at least is the address's place, and not the program."""
    words = page.table("open").get("browser", [])
    listed = [words] if isinstance(words, str) and words else words
    if not _are_words(listed):
        raise page.error("open.browser", 'expects a program and its words, as ["firefox", "{}"]')
    if listed and (not listed[0].strip() or "{}" in listed[0]):
        raise page.error("open.browser", "must begin with a program, not with the address")
    for before, word in pairwise(listed):
        # What a shell would read as a command, a publisher could write into a link.
        if "{}" in word and (_SHELL_COMMAND.fullmatch(before) or " " in word):
            said = "takes {} as a word of its own, which no shell reads as a command"
            raise page.error("open.browser", said)
    return tuple(listed)


def pipes(page: SettingsPage, where: Folders) -> dict[str, Pipe]:
    """The programs that get an article on stdin, by the names that the person gave them."""
    for mistake in mistakes_in_pipes(page):
        raise mistake
    table: Mapping[str, Mapping[str, Any]] = page.table("open").get("pipe", {})
    return {
        name: Pipe(**{**told, "command": tuple(told["command"])}) for name, told in table.items()
    }


def mistakes_in_pipes(page: SettingsPage) -> Iterator[SettingsError]:
    """All that is wrong with these programs."""
    table = page.table("open").get("pipe", {})
    if isinstance(table, dict):
        for name, told in table.items():
            yield from _mistakes_in_pipe(page, name, told)
    else:
        told = f"expects a table a program: [open.pipe.NAME], {_PIPE_EXAMPLE}"
        yield page.error("open.pipe", told)


def _mistakes_in_pipe(page: SettingsPage, name: str, told: object) -> Iterator[SettingsError]:
    at = f"open.pipe.{name}"
    if not name.strip() or not name.isprintable():
        yield page.error("open.pipe", "holds a name that is not plain text")
    elif not isinstance(told, dict):
        yield page.error(at, f"expects a table: [{at}], then {_PIPE_EXAMPLE}")
    else:
        for key in told:
            if key not in ("command", "format"):
                yield page.error(f"{at}.{key}", "is not a setting; command and format are")
        command = told.get("command", [])
        if not _are_words(command) or not command or not command[0].strip():
            yield page.error(f"{at}.command", 'expects a program and its words, as ["less"]')
        if told.get("format", "json") not in ("json", "text"):
            yield page.error(f"{at}.format", 'expects "json" or "text"')


def _are_words(listed: object) -> bool:
    return isinstance(listed, list) and all(
        isinstance(word, str) and word.isprintable() for word in listed
    )


def _login_name() -> str:
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a numeric user in a container has no name
        return "unnamed"
    return name[:NAME_LIMIT] if name.isprintable() else "unnamed"
