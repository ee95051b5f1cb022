"""A session of twenty claims in a real terminal: each is said to be saved, and none is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from feed_server import FeedServer
from first_feed import add_first_feed
from real_terminal import Terminal

CLAIMS = 20
COMPANIES = ("Kumano", "Corvane", "Tessaly", "Northwind", "Suvanto")
SENTENCES = [
    f"{COMPANIES[number % 5]} Systems told investors about matter number {number} on that day."
    for number in range(1, CLAIMS + 1)
]
BODY = "".join(
    f"&lt;p&gt;{' '.join(SENTENCES[start : start + 4])}&lt;/p&gt;" for start in range(0, CLAIMS, 4)
)
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Top News</title><link>https://news.example/</link>
<item><title>A long day</title><guid>tag:news.example,2026:1</guid>
<pubDate>Sun, 22 Nov 2026 09:30:00 GMT</pubDate><description>{BODY}</description></item>
</channel></rss>"""
SIGNALS = {"e": "expansion", "h": "hiring", "f": "funding", "p": "partnership", "c": "contract"}


def exported() -> list[dict[str, Any]]:
    ran = subprocess.run(
        [sys.executable, "-m", "tui", "export"], capture_output=True, text=True, check=True
    )
    claims: list[dict[str, Any]] = json.loads(ran.stdout)["claims"]
    return claims


def told(number: int) -> str:
    """The number of claims as the line under the title has it."""
    return "1 claim" if number == 1 else f"{number} claims"


def open_the_article(terminal: Terminal, *to_its_feed: str) -> None:
    terminal.wait_for("Top News")
    terminal.press(*to_its_feed)
    terminal.wait_for("A long day")
    terminal.press("g", "enter")
    terminal.wait_for("matter number 1 ")


def test_twenty_claims_are_saved_one_by_one_and_survive_a_kill() -> None:
    keys = list(SIGNALS)
    with FeedServer() as server:
        server.serve("/feed.xml", FEED)
        with Terminal() as terminal:
            add_first_feed(terminal, server.address("/feed.xml"), "A long day")
            open_the_article(terminal)
            for number in range(CLAIMS):
                key = keys[number % len(keys)]
                terminal.press("j", "s", key)
                terminal.wait_for(lambda n=number + 1: told(n) in terminal.text)  # type: ignore[misc]
                terminal.wait_for(f"saved · {SIGNALS[key]}")
                if number % 5 == 4:
                    terminal.press("r", "jp", "enter", "a", "p", "!")
                    terminal.wait_for("saved · planned · ! flagged")
            terminal.kill()

        claims = exported()
        quotes = {claim["target"]["selectors"][0]["exact"] for claim in claims}
        assert quotes == set(SENTENCES)
        signals = [tag["code"] for one in claims for tag in one["tags"] if _is_signal(tag)]
        assert sorted(signals) == sorted(list(SIGNALS.values()) * 4)
        flagged = [one for one in claims if one["flag"]]
        assert len(flagged) == 4
        assert all(one["status"] == "planned" for one in flagged)

        with Terminal() as terminal:
            open_the_article(terminal, "h", "G", "enter")
            terminal.wait_for(told(CLAIMS))
            terminal.press("u", "u", "u", "u")
            terminal.wait_for(told(CLAIMS - 1))
            terminal.wait_for("took back the claim")
            terminal.press("ctrl+r")
            terminal.wait_for(told(CLAIMS))
            terminal.press("q", "q", "q")
            assert terminal.wait_for_end() == 0
    assert len(exported()) == CLAIMS


def _is_signal(tag: dict[str, Any]) -> bool:
    return tag["dimension"] == "signal"
