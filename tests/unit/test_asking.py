"""What a request says of the program, and what it never says of the person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from importlib.metadata import PackageNotFoundError

import pytest
from feed_server import FeedServer

from store.cli import main
from store.feeds.web import asking
from store.feeds.web.answers import Fetched, FetchFailed
from store.feeds.web.asking import user_agent
from store.feeds.web.fetch import Fetcher
from store.model import Account
from store.settings import folders
from store.shelf.shelf import Shelf
from store.version import VERSION

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
ADA = Account(name="Ada", password="s3cret:Grüße")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.serve("/feed.xml", FEED)
        yield server


@pytest.fixture
def unnamed() -> Iterator[None]:
    """The name of the program is asked for anew, before and after."""
    user_agent.cache_clear()
    yield
    user_agent.cache_clear()


def packaged(*pages: str) -> Message:
    found = Message()
    for page in pages:
        found["Project-URL"] = page
    return found


@pytest.mark.usefixtures("unnamed")
@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ((), "feed reader for the terminal"),
        (("Homepage, https://wiredesk.example/",), "+https://wiredesk.example/"),
        (("Odd", "Mail, mailto:a@b.example"), "feed reader for the terminal"),
    ],
)
def test_a_publisher_learns_which_program_asks_and_where_to_complain(
    monkeypatch: pytest.MonkeyPatch, pages: tuple[str, ...], told: str
) -> None:
    monkeypatch.setattr(asking, "metadata", lambda _: packaged(*pages))
    assert user_agent() == f"wiredesk/{VERSION} ({told})"


@pytest.mark.usefixtures("unnamed")
def test_a_program_that_is_not_installed_has_a_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> Message:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(asking, "metadata", nowhere)
    assert user_agent() == f"wiredesk/{VERSION} (feed reader for the terminal)"


async def test_a_request_says_what_it_is_for_and_nothing_about_the_person(
    server: FeedServer,
) -> None:
    async with Fetcher() as fetcher:
        await fetcher.fetch(server.address("/feed.xml"), permit=server.permit)
        await fetcher.fetch(server.address("/feed.xml"), permit=server.permit, wants="page")
    for_feed, for_page = (one.headers for one in server.requests)
    assert set(for_feed) == {"host", "user-agent", "accept", "accept-encoding"}
    assert for_feed["accept-encoding"] == "gzip, deflate"
    assert for_feed["accept"].startswith(
        "application/atom+xml, application/rss+xml, application/feed+json"
    )
    assert for_page["accept"].startswith("text/html")
    assert for_page["user-agent"] == for_feed["user-agent"] == user_agent()


async def test_a_person_may_name_the_program_otherwise(server: FeedServer) -> None:
    async with Fetcher(agent="desk 7 (mailto:ada@example.org)") as fetcher:
        await fetcher.fetch(server.address("/feed.xml"), permit=server.permit)
    assert server.requests[0].headers["user-agent"] == "desk 7 (mailto:ada@example.org)"


async def test_name_and_password_are_given_to_the_feeds_own_host(server: FeedServer) -> None:
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(server.address("/feed.xml"), permit=server.permit, account=ADA)
    assert isinstance(answer, Fetched)
    assert server.requests[0].headers["authorization"] == "Basic QWRhOnMzY3JldDpHcsO8w59l"


async def test_a_password_that_is_not_accepted_is_told_and_not_repeated(
    server: FeedServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.status("/feed.xml", 401, {"WWW-Authenticate": 'Basic realm="s3cret"'})
    caplog.set_level(0)
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(server.address("/feed.xml"), permit=server.permit, account=ADA)
    assert isinstance(answer, FetchFailed)
    assert "does not accept the name and password of this feed" in answer.reason
    assert "s3cret" not in f"{answer!r} {ADA!r} {ADA} {caplog.text}"


@pytest.mark.parametrize("command", ["fetch", "add", "page"])
def test_the_settings_name_the_program_for_every_command(
    server: FeedServer, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    item = f"<item><guid>1</guid><link>{server.address('/1')}</link><title>Talks</title></item>"
    server.serve("/feed.xml", FEED.replace(b"</channel>", item.encode() + b"</channel>"))
    main(["add", server.address("/feed.xml")])
    where = folders()
    where.settings.mkdir(parents=True, exist_ok=True)
    (where.settings / "settings.toml").write_text('[fetch]\nagent = "desk 7"\n', "utf-8")
    with closing(Shelf.open(where.desk)) as shelf:
        (headline,) = shelf.headlines(1)
    server.requests.clear()
    words = {"add": [server.address("/2.xml")], "page": ["1", str(headline.id)]}
    main([command, *words.get(command, ["--feed", "1"])])
    assert {one.headers["user-agent"] for one in server.requests} == {"desk 7"}
    assert "agent" not in capsys.readouterr().err


def test_a_name_that_cannot_be_is_told_and_the_usual_one_is_used(
    server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    where = folders()
    where.settings.mkdir(parents=True, exist_ok=True)
    (where.settings / "settings.toml").write_text("[fetch]\nagent = 7\n", "utf-8")
    main(["add", server.address("/feed.xml")])
    assert "'fetch.agent' expects ASCII text" in capsys.readouterr().err
    assert {one.headers["user-agent"] for one in server.requests} == {user_agent()}
