"""Whatever happens, the terminal is left as it was found; whatever its size, it is drawn."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from desks import HIRING_PUSH, QUIET, fill
from real_terminal import WIREDESK, Terminal

from store.settings import folders

AS_IT_WAS = {
    "the screen before": b"\x1b[?1049l",
    "the cursor": b"\x1b[?25h",
    "the mouse": b"\x1b[?1000l",
    "pasting": b"\x1b[?2004l",
}
STATES = {
    "the list": ((), "hiring push"),
    "a dialog": (("+",), "Add a feed"),
    "the help": (("?",), "Esc closes"),
    "the search line": (("/",), "search"),
}


def is_stopped(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.parametrize(
    ("state", "sent"),
    [
        ("the list", signal.SIGHUP),
        ("a dialog", signal.SIGTERM),
        ("the help", signal.SIGHUP),
        ("the search line", signal.SIGTERM),
    ],
)
def test_a_signal_leaves_the_terminal_clean_in_every_state(
    state: str, sent: signal.Signals
) -> None:
    fill(folders().desk, HIRING_PUSH)
    keys, shown = STATES[state]
    with Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("hiring push")
        terminal.press(*keys)
        terminal.wait_for(shown)
        before = len(terminal.received)
        terminal.signal(sent)
        terminal.wait_for_end()
        after = terminal.received[before:]
    assert [what for what, told in AS_IT_WAS.items() if told not in after] == []
    assert b"Traceback" not in after


def test_ctrl_z_goes_to_the_shell_and_comes_back() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    with Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("hiring push")
        before = len(terminal.received)
        terminal.press("ctrl+z")
        terminal.wait_for(lambda: is_stopped(terminal.process))
        terminal.drain()
        assert AS_IT_WAS["the screen before"] in terminal.received[before:]
        before = len(terminal.received)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.received[before:])
        terminal.press("?")
        terminal.wait_for("Esc closes")


def test_it_is_drawn_at_any_size_in_a_dialog_too() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    with Terminal(columns=100, rows=30) as terminal:
        terminal.wait_for("hiring push")
        terminal.press("+")
        terminal.wait_for("Add a feed")
        for columns, rows in ((40, 10), (300, 100), (80, 24), (1, 1)):
            terminal.resize(columns, rows)
        terminal.resize(100, 30)
        terminal.wait_for("Add a feed")
        terminal.press("escape")
        terminal.wait_for(lambda: "Add a feed" not in terminal.text)
        terminal.resize(40, 10)
        terminal.wait_for(lambda: len(terminal.lines) == 10 and "hiring" in terminal.text)
        terminal.press("enter")
        terminal.wait_for("The AI lab")


def test_a_terminal_of_few_colours_shows_where_the_cursor_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-16color")
    monkeypatch.delenv("COLORTERM", raising=False)
    fill(folders().desk, HIRING_PUSH, QUIET)
    with Terminal([*WIREDESK], columns=80, rows=24) as terminal:
        terminal.wait_for("▌")
        assert b"38;2;" not in terminal.received
