"""A feed's password is in one file of the person's own, and nowhere else."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import FeedServer

from store.cli import main
from store.settings import folders

ARTICLE = (
    "<rss version='2.0'><channel><title>News</title><item><guid>1</guid><title>Talks</title>"
    "<description>They will hire in Japan.</description></item></channel></rss>"
)
SECRET = "s3cr3t-Gruss"
ENCODED = "QWRhOnMzY3IzdC1HcnVzcw=="
"""What the server is sent: "Ada:s3cr3t-Gruss" (RFC 7617)."""


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.serve("/feed.xml", ARTICLE)
        server.redirect("/moved.xml", f"http://Ada:{SECRET}@127.0.0.1/x")
        server.status("/closed.xml", 401, {"WWW-Authenticate": "Basic realm=x"})
        yield server


def kept_below(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_password_is_told_to_the_server_and_to_nobody_else(
    server: FeedServer,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(0)
    there = f"http://Ada:{SECRET}@127.0.0.1:{server.port}"
    for path in ("/feed.xml", "/moved.xml", "/closed.xml", "/nothing.xml"):
        main(["add", there + path])
        main(["add", "--json", there + path])
    monkeypatch.setenv("WIREDESK_PASSWORD", SECRET)
    main(["add", server.address("/feed.xml"), "--account", "Ada"])
    lists = tmp_path / "feeds.opml"
    for words in (
        ("fetch", "--all"),
        ("fetch", "--feed", "1", "--json"),
        ("feeds",),
        ("feeds", "--json"),
        ("feeds", "--failing"),
        ("feeds", "--opml"),
        ("feeds", "--opml", "-o", str(lists)),
        ("claims", "--json"),
        ("where",),
        ("add", f"ftp://Ada:{SECRET}@127.0.0.1/"),
        ("add", f"http://Ada:{SECRET}@127.0.0.1:{server.port + 1}:9/"),
        ("add", f"http://Ada:{SECRET}@"),
        ("add", "--article", f"http://Ada:{SECRET}@127.0.0.1:{server.port}/closed.xml"),
        ("fetch", "--feed", f"http://Ada:{SECRET}@127.0.0.1/"),
    ):
        main(list(words))
    said = "".join(capfd.readouterr())
    assert "401" in said
    assert server.asked("/feed.xml")[-1].headers["authorization"] == f"Basic {ENCODED}"
    kept = kept_below(folders().desk)
    accounts = {name for name in kept if name.startswith("credentials.json")}
    assert accounts
    for name in accounts:
        assert not stat.S_IMODE((folders().desk / name).stat().st_mode) & 0o077
    open_ = b"".join(content for name, content in kept.items() if name not in accounts)
    for secret in (SECRET, ENCODED):
        assert secret not in said
        assert secret not in caplog.text
        assert secret not in lists.read_text("utf-8")
        assert secret.encode() not in open_
