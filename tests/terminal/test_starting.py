"""Starting and ending: what is told before the window opens, and what is left after it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from desks import HIRING_PUSH, QUIET, fill
from real_terminal import WIREDESK, Terminal

from store.settings import folders


def settings(text: str) -> None:
    file = folders().settings / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def started() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_wrong_binding_in_the_settings_is_named_with_its_line() -> None:
    settings('annotator = "ana"\n\n[keys]\n"tag.signl" = "w"\n')
    ran = started()
    assert ran.returncode == 2
    assert "line 4" in ran.stderr
    assert "tag.signal" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_mistake_in_the_codebook_is_named_with_its_line() -> None:
    file = folders().settings / "codebook.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('id = "mine"\nversion = \n', encoding="utf-8")
    ran = started()
    assert ran.returncode == 2
    assert "codebook.toml, line 2" in ran.stderr


def test_a_key_of_the_persons_own_works_and_is_shown() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    settings('[keys]\n"tag.signal" = "Q"\n')
    with Terminal() as terminal:
        terminal.wait_for("hiring push")
        terminal.press("g", "enter")
        terminal.wait_for("Q signal")
        terminal.press("j", "Q", "h")
        terminal.wait_for(lambda: "saved" in terminal.lines[-1])


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(sent: signal.Signals) -> None:
    fill(folders().desk, HIRING_PUSH)
    with Terminal() as terminal:
        terminal.wait_for("hiring push")
        terminal.signal(sent)
        terminal.wait_for_end()
        assert b"\x1b[?1049l" in terminal.received


def test_the_demo_opens_reads_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Terminal([*WIREDESK, "demo"]) as terminal:
        terminal.wait_for("40 new articles")
        terminal.press("g", "enter")
        terminal.wait_for("The AI lab is recruiting")
        terminal.press("q", "q", "q")
        assert terminal.wait_for_end() == 0
    assert not list(tmp_path.glob("wiredesk-sample-*"))


def test_a_damaged_desk_opens_with_its_last_good_state_and_says_so() -> None:
    desk = folders().desk
    fill(desk, HIRING_PUSH, QUIET)
    (head,) = (desk / "heads").glob("*.json")
    head.write_bytes(head.read_bytes()[:100])
    with Terminal() as terminal:
        terminal.wait_for(lambda: "set aside" in terminal.text or "damaged" in terminal.text)
    assert any(path.stat().st_size == 100 for path in (desk / "heads").iterdir())


def test_no_color_still_shows_where_the_cursor_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    fill(folders().desk, HIRING_PUSH, QUIET)
    with Terminal() as terminal:
        terminal.wait_for("hiring push")
        assert "▌" in terminal.text
        terminal.press("enter")
        terminal.wait_for("The AI lab")
        terminal.press(":")
        terminal.wait_for("Search for commands")
        assert colours_in(terminal.received) == set()


def colours_in(received: bytes) -> set[bytes]:
    """What was sent to choose a colour, but for the terminal's own."""
    looks = re.findall(rb"\x1b\[([0-9;]*)m", received)
    return {look for look in looks if re.search(rb"(^|;)(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;|$)", look)}


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_that_places_no_text_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", name)
    with Terminal([*WIREDESK], columns=80, rows=24) as terminal:
        assert terminal.wait_for_end() == 2
        assert f"TERM is {name}" in terminal.text


def test_without_a_terminal_it_says_so_and_ends() -> None:
    ran = started()
    assert ran.returncode == 2
    assert "terminal" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_key_that_would_do_two_things_is_named() -> None:
    settings('[keys]\n"desk.refresh" = "j"\n')
    ran = started()
    assert ran.returncode == 2
    assert "desk.refresh" in ran.stderr
    assert "list.down" in ran.stderr or "article.down" in ran.stderr


def test_the_first_run_opens_the_sample_desk_and_leaves_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Terminal() as terminal:
        terminal.wait_for("Open the sample desk")
        terminal.press("d")
        terminal.wait_for("40 new articles")
        assert "nothing on it is kept" in terminal.lines[0]
        terminal.press("g", "enter")
        terminal.wait_for("The AI lab is recruiting")
        terminal.press("j", "s", "h")
        terminal.wait_for(lambda: "saved" in terminal.lines[-1])
        terminal.press("q", "q", "q")
        assert terminal.wait_for_end() == 0
    assert not list(tmp_path.glob("wiredesk-sample-*"))
    assert not list((folders().desk / "claims").glob("*.json"))


_WITH_A_FAULT = """
import sys
from tui.__main__ import main
from tui.screens.reading import ReadingScreen

def help(self):
    secret = "a minister resigns"
    raise ValueError(f"no such thing: '{secret}'")

ReadingScreen.action_help = help
sys.exit(main([]))
"""


def test_a_fault_ends_the_program_in_order_and_shows_nothing_that_was_read() -> None:
    fill(folders().desk, HIRING_PUSH)
    with Terminal([sys.executable, "-c", _WITH_A_FAULT]) as terminal:
        terminal.wait_for("hiring push")
        before = len(terminal.received)
        terminal.press("?")
        assert terminal.wait_for_end() == 70
        told = terminal.received[before:].partition(b"\x1b[?1049l")[2]
    assert b"A fault in Wiredesk ended it (ValueError at" in told
    assert b"minister" not in told
    assert b"hiring push" not in told
    (report,) = folders().state.glob("fault-*.txt")
    assert "in help" in report.read_text()
    assert "minister" not in report.read_text()
