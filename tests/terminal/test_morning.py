"""A morning's reading, typed in a real terminal: from the first fetch to the export."""

from __future__ import annotations

import json
import subprocess
import sys

from feed_server import FeedServer
from first_feed import add_first_feed
from real_terminal import Terminal

STORIES = {
    "Second fab for Kumamoto": "The chip maker will hire 900 people in Japan by spring.",
    "Ports wait for cranes": "A strike in Gothenburg goes into its third week.",
    "A grid start-up raises money": "Tessaly raised 40 million dollars for its grid software.",
}


def rss() -> str:
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><link>https://news.example/{n}</link>"
        f"<pubDate>Sun, 22 Nov 2026 0{9 - n}:30:00 GMT</pubDate><description>{text}</description>"
        "</item>"
        for n, (title, text) in enumerate(STORIES.items())
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def test_a_morning_from_the_first_fetch_to_the_export() -> None:
    first, second, third = STORIES
    with FeedServer() as server, Terminal(columns=160, rows=45) as terminal:
        server.serve("/feed.xml", rss(), etag='"1"')
        add_first_feed(terminal, server.address("/feed.xml"), first)

        terminal.press("g", "enter")  # the newest is read, tagged and starred
        terminal.wait_for("will hire 900 people")
        terminal.press("j", "s", "h")
        terminal.wait_for("saved")
        terminal.press("f", "n")  # and the next unread
        terminal.wait_for("goes into its third week")
        terminal.wait_for("1 unread")

        terminal.press("escape")
        terminal.wait_for(lambda: "▌" in terminal.line_with(second))
        terminal.press("/")
        terminal.wait_for("a phrase")
        terminal.press("tessaly")
        terminal.wait_for(lambda: third in terminal.text and first not in terminal.text)
        terminal.press("\x13")
        terminal.wait_for("Save the query as a view")
        terminal.press("Grids", "enter")
        terminal.wait_for("view Grids saved")
        terminal.press("escape", "escape")
        terminal.wait_for(lambda: first in terminal.text)

        terminal.press("A")
        terminal.wait_for("takes that back")
        terminal.wait_for(" 0 unread")
        terminal.press("u")
        terminal.wait_for("1 unread")
        terminal.press("q", "q")
        assert terminal.wait_for_end() == 0
    ran = subprocess.run(
        [sys.executable, "-m", "tui", "export"], capture_output=True, text=True, check=True
    )
    (claim,) = json.loads(ran.stdout)["claims"]
    assert claim["target"]["selectors"][0]["exact"] == STORIES[first]
