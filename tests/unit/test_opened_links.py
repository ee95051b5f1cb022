"""Links opened in a browser: which program, with which words, and never by a shell."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import QUIET, fill, open_desk

from store.desk import Desk, DeskError
from store.desk.links import browser_command, host_shown
from store.settings import folders

ADDRESS = "https://news.example/a?id=1"
SCREEN = {"DISPLAY": ":0"}


def there(*names: str) -> dict[str, str]:
    return {name: f"/usr/bin/{name}" for name in names}


def command(
    *there_are: str,
    chosen: tuple[str, ...] = (),
    environ: dict[str, str] = SCREEN,
    platform: str = "linux",
) -> list[str]:
    which = there(*there_are).get
    return browser_command(ADDRESS, chosen, environ, platform=platform, which=which)


def test_what_the_person_chose_comes_first() -> None:
    environ = {**SCREEN, "BROWSER": "chromium"}
    chosen = ("firefox", "--new-tab", "{}")
    opened = command("firefox", "chromium", "xdg-open", chosen=chosen, environ=environ)
    assert opened == ["/usr/bin/firefox", "--new-tab", ADDRESS]


def test_a_browser_without_a_place_for_the_address_gets_it_last() -> None:
    opened = command("firefox", chosen=("firefox", "-p"))
    assert opened == ["/usr/bin/firefox", "-p", ADDRESS]


def test_a_chosen_browser_that_is_not_there_is_named() -> None:
    with pytest.raises(DeskError, match="no program firefoxx"):
        command("firefox", chosen=("firefoxx", "{}"))


def test_a_plain_program_in_the_environment_comes_before_the_systems() -> None:
    assert command("w3m", "xdg-open", environ={"BROWSER": "w3m"}) == ["/usr/bin/w3m", ADDRESS]


@pytest.mark.parametrize(
    "browser", ["sh -c '%s'", "w3m %s", "a:b", "$(x)", "w3m;x", "gone", "`x`", "w3m\n"]
)
def test_a_recipe_in_the_environment_is_left_alone(browser: str) -> None:
    opened = command("sh", "w3m", "xdg-open", environ={**SCREEN, "BROWSER": browser})
    assert opened == ["/usr/bin/xdg-open", ADDRESS]


@pytest.mark.parametrize(
    ("platform", "environ", "program"),
    [
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open"),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "wslview"),
        ("darwin", {}, "open"),
    ],
)
def test_each_system_has_its_own_way(platform: str, environ: dict[str, str], program: str) -> None:
    opened = command(program, environ=environ, platform=platform)
    assert opened == [f"/usr/bin/{program}", ADDRESS]


@pytest.mark.parametrize(
    ("platform", "environ", "programs"),
    [
        ("linux", {"SSH_CONNECTION": "x"}, ("xdg-open",)),
        ("linux", SCREEN, ()),
        ("darwin", {"SSH_CONNECTION": "x"}, ("open",)),
        ("haiku", SCREEN, ("open",)),
    ],
)
def test_where_there_is_no_browser_the_other_key_is_named(
    platform: str, environ: dict[str, str], programs: tuple[str, ...]
) -> None:
    with pytest.raises(DeskError, match="no browser here · y copies the link"):
        command(*programs, environ=environ, platform=platform)


# ---------------------------------------------------------------- a real program


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that writes down its words, one a line, as the browser of the environment."""
    return a_browser(tmp_path, monkeypatch, "")


def a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str) -> Path:
    monkeypatch.setattr("store.desk.links.SOON", 30.0)  # on a busy machine even this one is slow
    program, log = tmp_path / "browser", tmp_path / "opened"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"with open({str(log)!r} + '~', 'w') as out:\n"
        "    out.write('\\n'.join([*sys.argv[1:], os.environ.get('BROWSER', '')]))\n"
        f"os.replace({str(log)!r} + '~', {str(log)!r})\n" + more
    )
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("BROWSER", str(program))
    return log


def test_the_browser_gets_the_address_and_nothing_else(desk: Desk, browser: Path) -> None:
    asyncio.run(desk.links.open("https://news.example/a?utm_source=rss&id=1"))
    assert browser.read_text() == "https://news.example/a?id=1\n"


@pytest.mark.parametrize(
    ("hostile", "opened"),
    [
        ("https://a.example/$(touch x)", "https://a.example/$(touch%20x)"),
        ("https://a.example/`id`", "https://a.example/%60id%60"),
        ("https://a.example/\";reboot;'", "https://a.example/%22;reboot;%27"),
        ("https://a.example/ --help -P x", "https://a.example/%20--help%20-P%20x"),
        ("https://ana:secret@a.example/\x1b]0;x\x07y", "https://a.example/%1B]0;x%07y"),
    ],
)
def test_what_a_feed_writes_is_one_harmless_word(
    desk: Desk, browser: Path, hostile: str, opened: str
) -> None:
    asyncio.run(desk.links.open(hostile))
    written = browser.read_text().splitlines()
    assert written[0].replace("%5D", "]") == opened
    assert len(written) == 1


@pytest.mark.parametrize(
    "hostile",
    ["--help", "-P evil", "file:///etc/passwd", "javascript:alert(1)", "", "vscode:x", "\\\\a\\b"],
)
def test_what_is_no_web_address_is_not_opened(desk: Desk, browser: Path, hostile: str) -> None:
    with pytest.raises(DeskError, match="Only http and https"):
        asyncio.run(desk.links.open(hostile))
    assert not browser.exists()


def test_a_browser_that_cannot_open_it_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_browser(tmp_path, monkeypatch, "sys.exit(3)")
    with pytest.raises(DeskError, match=r"browser could not open it \(status 3\)"):
        asyncio.run(desk.links.open(ADDRESS))


def test_a_file_that_is_no_program_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "browser"
    program.write_bytes(b"\x7fELF no program")
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("BROWSER", str(program))
    with pytest.raises(DeskError, match="browser cannot be started"):
        asyncio.run(desk.links.open(ADDRESS))


def test_a_browser_that_stays_open_is_not_waited_for(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo = tmp_path / "end"
    os.mkfifo(fifo)
    log = a_browser(tmp_path, monkeypatch, f"open({str(fifo)!r}).read()")
    monkeypatch.setattr("store.desk.links.SOON", 0.01)
    asyncio.run(desk.links.open(ADDRESS))
    with fifo.open("w"):  # opens when the browser reads: it runs still
        assert log.read_text().splitlines()[0] == ADDRESS


def test_an_articles_link_is_handed_on_without_tracking(desk: Desk) -> None:
    row = desk.rows()[0]
    address = asyncio.run(desk.links.of_article(row.feed, row.id))
    assert address == f"https://news.example/{row.id}"
    assert asyncio.run(desk.links.of_article(row.feed, 12345)) == ""


def test_tracking_is_kept_where_the_person_wants_it(desk: Desk) -> None:
    here = folders()
    here.settings.mkdir(parents=True)
    (here.settings / "settings.toml").write_text('[privacy]\ntracking = "kept"')
    other = open_desk()
    try:
        assert other.links.shared("https://a.example/?fbclid=1").endswith("fbclid=1")
    finally:
        other.close()
    assert desk.links.shared("https://a.example/?fbclid=1") == "https://a.example/"


def test_the_host_is_shown_without_what_stands_before_it() -> None:
    assert host_shown("https://bank.example@evil.example:81/") == "evil.example:81"
    assert host_shown("file:///etc/passwd") == ""
