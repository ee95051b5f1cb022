"""The whole way, in a real terminal: from a feed's address to an exported claim."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from feed_server import FeedServer
from first_feed import add_first_feed
from real_terminal import Terminal
from tinydb import TinyDB

SENTENCE = "The AI lab is recruiting for data centre roles in Australia and Japan."
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Top News</title><link>https://news.example/</link>
<item><title>Anthropic’s hiring push points to Australia and Japan</title>
<guid>tag:news.example,2026:1</guid><link>https://news.example/1</link>
<pubDate>Sun, 22 Nov 2026 09:30:00 GMT</pubDate>
<description>&lt;p&gt;{SENTENCE} It gives the company a foothold in two
markets.&lt;/p&gt;&lt;p&gt;Rivals have announced similar sites.&lt;/p&gt;</description></item>
<item><title>An older story</title><guid>tag:news.example,2026:0</guid>
<pubDate>Sat, 21 Nov 2026 09:30:00 GMT</pubDate>
<description>Nothing in particular happened.</description></item>
</channel></rss>"""
TITLE = "Anthropic’s hiring"


def wiredesk(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *words], capture_output=True, text=True, check=False
    )


def exported() -> dict[str, Any]:
    ran = wiredesk("export")
    assert (ran.returncode, ran.stderr) == (0, "")
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


def tag_first_sentence(terminal: Terminal) -> None:
    """Open the newest article, go to its first sentence, give it signal, company and regions."""
    terminal.press("g", "enter")
    terminal.wait_for("The AI lab is recruiting")
    terminal.press("j")
    terminal.wait_for("company")
    terminal.press("s", "h")
    terminal.wait_for("saved")
    terminal.press("c", "anthropic", "enter")
    terminal.press("r", "japan", "enter")
    terminal.wait_for("☑ Japan")


def test_a_person_adds_a_feed_tags_a_sentence_and_exports_the_claim() -> None:
    with FeedServer() as server, Terminal() as terminal:
        server.serve("/feed.xml", FEED, etag='"1"')
        add_first_feed(terminal, server.address("/feed.xml"), TITLE)
        tag_first_sentence(terminal)
        terminal.press("q", "q", "q")
        assert terminal.wait_for_end() == 0

    (claim,) = exported()["claims"]
    quote, position = claim["target"]["selectors"]
    assert quote["exact"] == SENTENCE
    title = "Anthropic’s hiring push points to Australia and Japan"
    assert position["start"] == len(title) + 1
    assert position["end"] == position["start"] + len(SENTENCE)
    tags = {(tag["dimension"], tag["code"]) for tag in claim["tags"]}
    assert {("signal", "hiring"), ("company", "org:anthropic"), ("region", "JP")} <= tags
    (file,) = Path(os.environ["WIREDESK_HOME"]).rglob("claims/*.json")
    with TinyDB(file) as stock:
        assert [record["id"] for record in stock.table("claims").all()] == [claim["id"]]


def test_what_was_said_to_be_saved_is_there_after_a_kill() -> None:
    with FeedServer() as server, Terminal() as terminal:
        server.serve("/feed.xml", FEED)
        add_first_feed(terminal, server.address("/feed.xml"), TITLE)
        terminal.press("g", "enter")
        terminal.wait_for("The AI lab is recruiting")
        terminal.press("j", "s", "h")
        terminal.wait_for(lambda: "saved" in terminal.lines[-1])
        terminal.kill()
    (claim,) = exported()["claims"]
    assert claim["target"]["selectors"][0]["exact"] == SENTENCE


def test_a_fetch_beside_the_open_app_loses_nothing_and_is_seen_in_it() -> None:
    with FeedServer() as server, Terminal() as terminal:
        server.serve("/feed.xml", FEED)
        add_first_feed(terminal, server.address("/feed.xml"), TITLE)
        more = FEED.replace(
            "<item><title>An older",
            "<item><title>Fresh from the wire</title><guid>tag:news.example,2026:2</guid>"
            "<description>It came later.</description></item><item><title>An older",
        )
        server.serve("/feed.xml", more)
        terminal.press("g", "enter")
        terminal.wait_for("The AI lab is recruiting")
        terminal.press("j")
        fetch = subprocess.Popen(
            [sys.executable, "-m", "tui", "fetch", "--all"], stdout=subprocess.DEVNULL
        )
        terminal.press("s", "h")
        terminal.wait_for(lambda: "saved" in terminal.lines[-1])
        assert fetch.wait() == 0
        terminal.wait_for("Fresh from the wire")
    assert len(exported()["claims"]) == 1
    feeds = wiredesk("feeds", "--json").stdout.splitlines()
    assert [json.loads(line)["articles"] for line in feeds] == [3]


@pytest.mark.parametrize(("columns", "rows"), [(160, 45), (100, 30), (80, 24)])
def test_the_way_to_a_claim_is_the_same_at_every_size(columns: int, rows: int) -> None:
    with FeedServer() as server, Terminal(columns=columns, rows=rows) as terminal:
        server.serve("/feed.xml", FEED)
        add_first_feed(terminal, server.address("/feed.xml"), TITLE)
        terminal.press("g", "enter")
        terminal.wait_for("The AI lab is recruiting")
        terminal.press("j", "s", "h")
        terminal.wait_for(lambda: "saved" in terminal.lines[-1])
        assert "signal" in terminal.text
        assert "☑ hiring" in terminal.text
        terminal.press("q", "q", "q")
        assert terminal.wait_for_end() == 0
    assert len(exported()["claims"]) == 1
