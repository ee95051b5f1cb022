"""Links opened in the person's own browser, and links handed on.

What a feed writes never reaches a shell, nor a program as anything but one http or https address:
the standard library's own opener executes what the address says where BROWSER names a shell.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from store.desk.lane import Lane
from store.errors import DeskError
from store.settings import Settings
from store.shelf.shelf import Shelf
from store.text.clean import clean_address
from store.text.tracking import without_tracking

PLACE = "{}"
"""Where the address goes among a browser's words."""
SOON = 1.0
"""Seconds in which a program that cannot open anything says so by its status."""

_NO_BROWSER = "There is no browser here · y copies the link"
_SYSTEMS_OWN = {"darwin": ("open",), "linux": ("wslview", "xdg-open")}
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")

_MEANS_SOMETHING = re.compile(r"[\[\]\\`*_<>]")
"""In the text of a Markdown link."""
_PARENTHESES = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E"})

Which = Callable[[str], str | None]
"""The path of a program by its name, as ``shutil.which``."""


class Linked(NamedTuple):
    """A page and what it is called."""

    title: str
    address: str
    """"" where its feed names none."""

    @property
    def markdown(self) -> str:
        """A link as Markdown has it (CommonMark 0.31, 6.3); "" without an address."""
        if not self.address:
            return ""
        title = _MEANS_SOMETHING.sub(r"\\\g<0>", self.title.strip() or self.address)
        return f"[{title}]({self.address.translate(_PARENTHESES)})"


class Links:
    """Opens addresses, and makes them fit to be handed on."""

    def __init__(self, lane: Lane, shelf: Shelf, settings: Settings) -> None:
        self._lane = lane
        self._shelf = shelf
        self._browser = settings.browser
        self._keeps_tracking = settings.tracking == "kept"

    async def of_article(self, feed: int, article: int) -> str:
        """Where an article's page lies, as it may be handed on; "" if its feed did not say.

        Raises:
            DeskError: The desk cannot be read.
        """
        headline = await self._lane.run(self._shelf.headline, article, feed)
        return self.shared(headline.address) if headline else ""

    async def of_articles(self, articles: Sequence[tuple[int, int]]) -> list[Linked]:
        """The same of several, given as (feed, article), each with its title.

        Raises:
            DeskError: The desk cannot be read.
        """
        return await self._lane.run(self._of_articles, articles)

    def _of_articles(self, articles: Sequence[tuple[int, int]]) -> list[Linked]:
        found = (self._shelf.headline(article, feed) for feed, article in articles)
        return [Linked(one.title, self.shared(one.address)) for one in found if one is not None]

    def shared(self, address: str) -> str:
        """The address as it leaves this desk: without tracking unless the person keeps it."""
        return address if self._keeps_tracking else without_tracking(address)

    async def open(self, address: str) -> None:
        """Start the browser on an address, and stay to hear whether it could not.

        Raises:
            DeskError: There is no browser, or it cannot open this.
        """
        wanted = clean_address(self.shared(address))
        if not wanted:
            raise DeskError("Only http and https addresses are opened, and this is none.")
        command = browser_command(wanted, self._browser, os.environ)
        await asyncio.to_thread(_start, command)


def host_shown(address: str) -> str:
    """The host that an address leads to, port included; "" if it leads nowhere."""
    try:
        return urlsplit(clean_address(address)).netloc
    except ValueError:  # pragma: no cover - what was rebuilt can be split
        return ""


def browser_command(
    address: str,
    chosen: Sequence[str],
    environ: Mapping[str, str],
    *,
    platform: str = sys.platform,
    which: Which = shutil.which,
) -> list[str]:
    """The program and its words that open ``address``, which must be clean.

    ``chosen`` comes first, then a ``BROWSER`` that is one plain program, then the system's own.

    Raises:
        DeskError: No program can be found.
    """
    if chosen:
        program = which(str(Path(chosen[0]).expanduser()))
        if program is None:
            raise DeskError(
                f"There is no program {chosen[0]}, which [open] in settings.toml names."
            )
        words = [word.replace(PLACE, address) for word in chosen[1:]]
        return [program, *words, *([] if PLACE in "".join(chosen[1:]) else [address])]
    named = environ.get("BROWSER", "")
    if _is_plain(named) and (program := which(named)):
        return [program, address]
    if _has_screen(environ, platform):
        for name in _SYSTEMS_OWN.get(platform, ()):
            if program := which(name):
                return [program, address]
    raise DeskError(_NO_BROWSER)


def _is_plain(browser: str) -> bool:
    """Whether it is a program and no recipe for a shell, which BROWSER may be elsewhere."""
    return bool(browser) and not set(browser) & set(" \t\n%:;&|<>$`\"'\\(){}")


def _has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window would open where the person sits."""
    if platform == "darwin":
        return "SSH_CONNECTION" not in environ
    return "WSL_DISTRO_NAME" in environ or any(environ.get(name) for name in _SCREENS)


def _start(command: Sequence[str]) -> None:
    # xdg-open may itself hand what BROWSER says to a shell.
    environ = {name: value for name, value in os.environ.items() if name != "BROWSER"}
    name = Path(command[0]).name
    try:
        browser = subprocess.Popen(  # noqa: S603 - an argument list: a clean address, a program
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environ,
        )
    except OSError as error:
        raise DeskError(f"{name} cannot be started: {error.strerror}.") from error
    status = 0
    with suppress(subprocess.TimeoutExpired):
        status = browser.wait(SOON)
    if browser.returncode is None:
        # Somebody must wait for its end, or it stays in the table of processes.
        threading.Thread(target=browser.wait, name="browser", daemon=True).start()
    elif status:
        raise DeskError(f"{name} could not open it (status {status}) · y copies the link")
