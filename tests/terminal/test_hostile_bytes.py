"""What a stranger writes never reaches the terminal as anything but letters."""

from __future__ import annotations

import re
import unicodedata

from feed_server import FeedServer
from first_feed import add_first_feed
from real_terminal import Terminal

OSC_52 = "\x1b]52;c;SGFybQ==\x07"
EVIL_TITLES = (
    f"clipboard {OSC_52} end",
    "markup [/] [@click=app.quit]press[/] [$accent]hikes",
    "bidi \u202egnp.exe\u202c \u2067right\u2069 end",
    "zero\x00byte \u200bwidth",
    "c1 \x9b31m \x9d0;title\x9c \x90q\x9c end",
    "reference &amp;#27;[2J end",
    "window \x1b]0;owned\x07 \x1b[6n \x1bc end",
)
CSI = re.compile(r"\x1b\[[0-9;?<>=$:]*[A-Za-z]")
CHARSET = re.compile(r"\x1b[()][A-Z0-9]")
POINTER = re.compile(r"\x1b\]22;[a-z-]*(?:\x1b\\|\x07)")
"""Textual's own: the shape of the mouse pointer."""
KEYPAD = re.compile(r"\x1b[=>78]")


def hostile_feed() -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid>{number}</guid>"
        f"<description>{title} &lt;p&gt;{title}&lt;/p&gt;</description></item>"
        for number, title in enumerate(EVIL_TITLES)
    )
    return (
        f'<rss version="2.0"><channel><title>{OSC_52}Evil</title>{items}</channel></rss>'.encode()
    )


def left_over(sent: bytes) -> str:
    """What was sent, without the codes that a full-screen program sends itself."""
    text = sent.decode("utf-8", "replace")
    for ours in (CSI, CHARSET, POINTER, KEYPAD):
        text = ours.sub("", text)
    return text


def test_titles_with_escape_sequences_markup_bidi_and_nul_show_harmlessly() -> None:
    with FeedServer() as server, Terminal() as terminal:
        server.serve("/feed.xml", hostile_feed())
        add_first_feed(terminal, server.address("/feed.xml"), "[@click=app.quit]")
        terminal.press("g")
        for _ in EVIL_TITLES:
            terminal.press("enter")
            terminal.wait_for(lambda: "j sentence" in terminal.lines[-1])
            terminal.press("j", "j", "q")
            terminal.wait_for(lambda: "enter open" in terminal.lines[-1])
            terminal.press("j")
        terminal.press("enter")
        terminal.wait_for(lambda: "j sentence" in terminal.lines[-1])
        terminal.press("?")
        terminal.wait_for("Next sentence")
        terminal.press("q")
        terminal.wait_for(lambda: "Next sentence" not in terminal.text)
        terminal.press("q", "q", "q")
        assert terminal.wait_for_end() == 0
        text = left_over(terminal.received)

    assert "\x1b]" not in text
    assert "\x1bP" not in text
    controls = {
        f"U+{ord(char):04X}"
        for char in text
        if (unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\r\n\t\x1b")
    }
    assert controls == set()
    assert "\x1b" not in text
