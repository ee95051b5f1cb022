"""The commands as a script, a cron job or a person at a shell meets them."""

import json
import os
import pty
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from feed_server import FeedServer

from store.cli import main
from store.formats.export import schema
from store.model import (
    Anchor,
    Claim,
    FeedFailed,
    FeedRefreshed,
    FeedUnchanged,
    Marking,
    Outcome,
    Provenance,
    Review,
    Span,
    Tag,
    Target,
)
from store.settings import folders
from store.shelf.shelf import Shelf
from store.worker import FetchStopped, fetching

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
OUTCOME = msgspec.json.Decoder(Outcome)
PATIENCE = 30
REVIEWS: tuple[Review, ...] = ("accepted", "draft")


def rss(title: str = "Top News", *, items: int = 2, body: str = "It will hire in Japan.") -> str:
    entries = "".join(
        f"<item><guid>g{number}</guid><title>Headline {number}</title>"
        f"<link>https://example.org/{number}</link>"
        f"<description>{body} {number}</description></item>"
        for number in range(items)
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as serving:
        serving.serve("/news.xml", rss())
        serving.serve("/chips.xml", rss("Chip Weekly", items=3))
        serving.page("/page.html")
        yield serving


@pytest.fixture
def two_feeds(server: FeedServer) -> FeedServer:
    """A desk with two feeds that were never fetched."""
    with closing(Shelf.open(folders().desk)) as shelf:
        for path in ("/news.xml", "/chips.xml"):
            shelf.add_feed(server.address(path), permit=server.permit)
    return server


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    said = capsys.readouterr()
    assert not (set(said.out + said.err) & set("\x1b\x9b\u202e"))
    assert "Traceback" not in said.err
    return status, said.out, said.err


def numbers() -> list[int]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return [feed.number for feed in shelf.feeds()]


Spawn = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Start the program in a process group of its own; what a test leaves is ended."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str, stdout: Any = subprocess.PIPE, stderr: Any = subprocess.PIPE) -> Any:
        process = subprocess.Popen(
            [sys.executable, "-m", "store.cli", *words],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process, suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def nothing_left_of(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process and every child that it started have ended."""
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return True
    return False


# ---------------------------------------------------------------- where, and wrong words


def test_where_says_what_lies_where_and_makes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "home" / "wiredesk"
    status, out, _ = run(capsys, "where")
    assert status == 0
    assert f"desk      {home / 'desk'}  (not there yet)" in out
    assert not home.exists()


def test_where_as_json_follows_the_desk_that_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "--desk", str(tmp_path / "other"), "where", "--json")
    told = json.loads(out)
    assert told["desk"] == str(tmp_path / "other")
    assert told["settings"].endswith("settings/settings.toml")


def test_where_says_who_signs_even_when_the_settings_are_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    assert "annotator ana\n" in run(capsys, "where")[1]
    assert json.loads(run(capsys, "where", "--json")[1])["annotator"] == "ana"
    file = folders().settings / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("annotator = 3", "utf-8")
    status, out, _ = run(capsys, "where")
    assert status == 0
    assert "annotator (unknown: settings.toml has a mistake in it)" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fetc"], 'Did you mean "fetch"?'),
        (["fetch", "--feed", "one"], "--feed"),
        (["fetch", "--jsno"], "--jsno"),
        (["fetch", "1"], "1"),
        (["add"], "URL"),
        (["--desk"], "--desk"),
        (["--desk", "elsewhere", "demo"], "demo goes alone"),
        (["export", "--include", "all"], '"drafts", "rejected", "deleted"'),
        (["\x1b]52;c;eA==\x07"], "Unknown command"),
    ],
)
def test_wrong_usage_is_told_in_one_line_and_has_its_own_status(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert told in err
    assert err.endswith("See wiredesk --help.\n")
    assert err.count("\n") == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    for name in ("add", "fetch", "feeds", "export", "schema", "where", "demo", "--desk"):
        assert name in out
    assert run(capsys) == (0, out, "")


def test_help_on_a_command_says_what_its_options_do(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "fetch", "--help")
    assert status == 0
    assert "--feed" in out
    assert "here" not in out.lower().split()
    named = '  --feed INT...: Number of a feed to fetch in any case, as "wiredesk feeds"\n'
    assert named + "    lists it; may be given several times.\n" in out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--version")
    assert status == 0
    assert out.startswith("wiredesk ")


@pytest.mark.parametrize("words", [["feeds"], ["fetch"], ["export"], ["add", "example.org"]])
def test_a_desk_that_cannot_be_used_is_told_and_has_its_own_status(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "file").touch()
    status, out, err = run(capsys, "--desk", str(tmp_path / "file"), *words)
    assert (status, out) == (3, "")
    assert err.startswith("wiredesk: ")
    assert err.count("\n") == 1


def test_a_fault_in_wiredesk_itself_is_shown_harmlessly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(desk: Path, *, make: bool) -> Shelf:
        raise ValueError(f"\x1b]0;{desk}\x07")

    monkeypatch.setattr("store.shelf.shelf.Shelf.open", faulty)
    assert main(["feeds"]) == 70
    err = capsys.readouterr().err
    assert "ValueError" in err
    assert "\x1b" not in err
    assert err.count("\n") == 1
    (report,) = folders().state.glob("fault-*.txt")
    assert str(report) in err
    monkeypatch.setenv("WIREDESK_DEBUG", "1")
    assert main(["feeds"]) == 70
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    "words", [["feeds"], ["feeds", "--json"], ["export"], ["fetch"], ["fetch", "--feed", "1"]]
)
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_is_no_desk_is_told_and_stays_as_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], there: bool
) -> None:
    typo = tmp_path / "typo"
    if there:
        typo.mkdir()
        (typo / "letters.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run(capsys, "--desk", str(typo), *words)
    assert (status, out) == (3, "")
    assert err == (
        f"wiredesk: There is no desk at {typo}: wiredesk --desk {typo} add URL makes one.\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_add_makes_a_desk_in_the_folder_that_is_named(
    capsys: pytest.CaptureFixture[str], server: FeedServer, tmp_path: Path
) -> None:
    named = str(tmp_path / "new")
    assert run(capsys, "--desk", named, "add", server.address("/news.xml"))[0] == 0
    status, out, err = run(capsys, "--desk", named, "fetch", "--all")
    assert (status, out, err) == (0, "1 feed: nothing new\n", "")


# ---------------------------------------------------------------- add


def test_add_subscribes_and_fetches(capsys: pytest.CaptureFixture[str], server: FeedServer) -> None:
    status, out, err = run(capsys, "add", server.address("/news.xml"))
    assert (status, err) == (0, "")
    assert out == (
        "Subscribed to Top News as feed 1: 2 articles.\n"
        f"It is fetched from {server.permit} on your private network, as you typed it.\n"
    )
    _, out, _ = run(capsys, "feeds")
    assert out == f"   1          2 of 2  Top News  {server.address('/news.xml')}\n"


def test_add_as_json_tells_the_new_feed(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    _, out, _ = run(capsys, "add", server.address("/chips.xml"), "--json")
    asking, told = map(json.loads, out.splitlines())
    assert (asking["outcome"], asking["address"]) == ("asking", server.address("/chips.xml"))
    assert (told["outcome"], told["number"], told["name"]) == ("added", 1, "Chip Weekly")
    assert (told["articles"], told["unread"], told["site"]) == (3, 3, "")


@pytest.mark.parametrize("path", ["/page.html", "/nothing.xml"])
def test_what_is_no_feed_is_told_and_not_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer, path: str
) -> None:
    status, out, err = run(capsys, "add", server.address(path))
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert numbers() == []


def test_a_dead_host_is_told_and_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with FeedServer() as gone:
        address = gone.address("/news.xml")
    status, _, err = run(capsys, "add", address)
    assert status == 1
    assert err.count("\n") == 1
    assert numbers() == []


def test_what_is_subscribed_already_is_told_and_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    run(capsys, "add", server.address("/news.xml"))
    status, out, err = run(capsys, "add", server.address("/news.xml"))
    assert (status, out) == (1, "")
    assert "Top News" in err
    assert numbers() == [1]


@pytest.mark.parametrize("typed", ["", "ftp://example.org/", "javascript:alert(1)", "a b"])
def test_what_is_no_address_is_told(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    status, _, err = run(capsys, "add", typed)
    assert status == 1
    assert err.count("\n") == 1


def test_a_password_is_told_to_its_server_only(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    address = server.address("/news.xml").replace("//", "//ana:secret@")
    status, out, err = run(capsys, "add", address)
    assert status == 0
    assert "secret" not in out + err
    assert server.asked("/news.xml")[0].headers["authorization"] == "Basic YW5hOnNlY3JldA=="
    assert "secret" not in run(capsys, "feeds", "--json")[1]


# ---------------------------------------------------------------- fetch


def test_without_feeds_the_way_to_add_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "fetch") == (0, "No feeds yet: wiredesk add URL\n", "")
    assert run(capsys, "feeds") == (0, "No feeds yet: wiredesk add URL\n", "")
    assert run(capsys, "fetch", "--json") == (0, "", "")
    assert run(capsys, "feeds", "--json") == (0, "", "")
    assert not folders().desk.exists()


def test_fetch_tells_what_is_new_and_then_that_nothing_is(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    status, out, err = run(capsys, "fetch")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert sorted(lines[:-1]) == sorted(
        [f"{two_feeds.address('/news.xml')}: 2 new", f"{two_feeds.address('/chips.xml')}: 3 new"]
    )
    assert lines[-1] == "2 feeds: 5 new"
    two_feeds.serve("/news.xml", rss(body="It will not."))
    status, out, _ = run(capsys, "fetch", "--all")
    assert (status, out) == (0, "Top News: 2 changed\n2 feeds: 2 changed\n")
    assert run(capsys, "fetch", "--all") == (0, "2 feeds: nothing new\n", "")


def test_one_dead_feed_is_told_and_the_others_arrive(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    two_feeds.status("/news.xml", 500)
    status, out, err = run(capsys, "fetch")
    assert status == 1
    assert out.endswith("2 feeds: 3 new, 1 failed\n")
    assert two_feeds.address("/news.xml") in err
    _, listed, _ = run(capsys, "feeds")
    assert two_feeds.address("/news.xml") in listed
    assert "Next attempt: " in listed
    _, failing, _ = run(capsys, "feeds", "--failing")
    assert two_feeds.address("/chips.xml") not in failing
    assert "(500)" in failing
    told = json.loads(run(capsys, "feeds", "--failing", "--json")[1])
    assert (told["fare"], told["failures"], told["status"]) == ("failing", 1, 500)
    assert told["automatic"]
    assert told["next"] > told["tried"] >= told["failing_since"]


def test_where_none_fails_that_is_told(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    run(capsys, "add", server.address("/news.xml"))
    assert run(capsys, "feeds", "--failing") == (0, "No feed fails.\n", "")
    assert run(capsys, "feeds", "--failing", "--json") == (0, "", "")


def test_a_mistake_in_the_settings_keeps_no_list_from_anybody(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    run(capsys, "add", server.address("/news.xml"))
    settings = folders().settings
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "settings.toml").write_text("[fetch]\nminutes = 1")
    assert run(capsys, "feeds")[0] == 0


def test_named_feeds_are_fetched_and_no_others(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    status, out, _ = run(capsys, "fetch", "--feed", "2", "--feed", "2")
    assert status == 0
    assert out.endswith("1 feed: 3 new\n")
    assert two_feeds.asked("/news.xml") == []


def test_a_feed_that_is_not_there_is_told_and_the_others_arrive(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    status, out, err = run(capsys, "fetch", "--feed", "9", "--feed", "1")
    assert status == 1
    assert err == "wiredesk: There is no feed 9 on this desk; wiredesk feeds lists them.\n"
    assert out.endswith("2 feeds: 2 new, 1 failed\n")


def test_fetch_as_json_tells_each_outcome_in_a_line(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    two_feeds.status("/chips.xml", 404)
    status, out, err = run(capsys, "fetch", "--json", "--feed", "1", "--feed", "2", "--feed", "9")
    assert (status, err) == (1, "")
    outcomes = {told.feed: told for told in map(OUTCOME.decode, out.splitlines())}
    assert outcomes[1] == FeedRefreshed(feed=1, new=2)
    assert isinstance(outcomes[2], FeedFailed)
    assert isinstance(outcomes[9], FeedFailed)
    status, out, _ = run(capsys, "fetch", "--json", "--feed", "1")
    assert (status, OUTCOME.decode(out)) == (0, FeedUnchanged(feed=1))


def test_a_desk_that_cannot_be_used_is_told_to_who_reads_the_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    status, out, _ = run(capsys, "--desk", str(tmp_path / "file"), "fetch", "--json")
    assert status == 3
    told = json.loads(out)
    assert told["outcome"] == "stopped"
    assert told["reason"].endswith(".")


def test_of_feeds_that_are_not_there_nothing_is_summed_up(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    status, out, err = run(capsys, "fetch", "--feed", "99")
    assert (status, out) == (1, "")
    assert err == "wiredesk: There is no feed 99 on this desk; wiredesk feeds lists them.\n"


def with_small_files(words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that may write no file of more than a few kilobytes."""
    command = f"ulimit -f 8; exec {sys.executable} -m store.cli {words}"
    # A coverage run would want to write its own file, which is larger.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    env["PYTHONDONTWRITEBYTECODE"] = "1"  # cut off at the limit, it would break later imports
    return subprocess.run(
        ["sh", "-c", command],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_person_is_told_once_that_the_desk_takes_no_more(two_feeds: FeedServer) -> None:
    two_feeds.serve("/news.xml", rss(items=300, body="Long. " * 300))
    ended = with_small_files("fetch --feed 1")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.startswith(f"wiredesk: {two_feeds.address('/news.xml')}: The file may not")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_desk_that_takes_no_more_ends_the_fetch_and_is_told_once(two_feeds: FeedServer) -> None:
    two_feeds.serve("/news.xml", rss(items=300, body="Long. " * 300))
    ended = with_small_files("fetch --json --feed 1")
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 3
    assert [line["outcome"] for line in told] == ["failed", "stopped"]
    assert ended.stderr == f"wiredesk: {told[-1]['reason']}\n"


async def test_the_app_understands_every_line_of_its_worker(two_feeds: FeedServer) -> None:
    two_feeds.status("/chips.xml", 404)
    told = [line async for line in fetching(folders().desk, [1, 2, 9])]
    assert FeedRefreshed(feed=1, new=2) in told
    assert {line.feed for line in told if isinstance(line, FeedFailed)} == {2, 9}
    (folders().desk.parent / "file").touch()
    (stopped,) = [line async for line in fetching(folders().desk.parent / "file", None)]
    assert isinstance(stopped, FetchStopped)


def test_mistakes_in_the_settings_do_not_keep_cron_from_fetching(
    capsys: pytest.CaptureFixture[str], two_feeds: FeedServer
) -> None:
    folders().settings.mkdir(parents=True)
    (folders().settings / "settings.toml").write_text("them = 1")
    assert run(capsys, "fetch")[0] == 0
    status, _, err = run(capsys, "export")
    assert status == 2
    assert "did you mean 'theme'?" in err


def test_a_hostile_title_reaches_no_terminal(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    hostile = rss("Top&#x1b;]52;c;eA==&#x7; \u202eNews &#x9b;2J")
    server.serve("/news.xml", hostile)
    run(capsys, "add", server.address("/news.xml"))
    run(capsys, "feeds")
    run(capsys, "feeds", "--json")
    assert run(capsys, "fetch")[0] == 0


# ---------------------------------------------------------------- ending early


@pytest.mark.parametrize(
    ("words", "sent", "status"),
    [
        (["fetch", "--json"], signal.SIGTERM, 143),
        (["fetch"], signal.SIGINT, 130),
        (["add", "{held}"], signal.SIGINT, 130),
        (["add", "{held}"], signal.SIGTERM, 143),
        (["add", "{held}"], signal.SIGHUP, 129),
    ],
)
def test_a_signal_ends_a_fetch_quietly_and_leaves_no_process(
    two_feeds: FeedServer, spawn: Spawn, words: list[str], sent: signal.Signals, status: int
) -> None:
    path = "/held.xml" if "add" in words else "/chips.xml"
    held = two_feeds.hold(path, rss())
    process = spawn(*(word.format(held=two_feeds.address(path)) for word in words))
    assert held.asked.wait(PATIENCE)
    process.send_signal(sent)
    _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (status, b"")
    assert nothing_left_of(process)
    assert numbers() == [1, 2]


def test_output_that_nobody_reads_ends_the_command_quietly(spawn: Spawn) -> None:
    process = spawn("schema")
    assert process.stdout
    process.stdout.close()
    _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_to_a_full_disk_is_told_in_one_line(spawn: Spawn) -> None:
    with Path("/dev/full").open("wb") as full:
        process = spawn("schema", stdout=full)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert err == b"wiredesk: The output cannot be written: No space left on device.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("fetch", 1),
        ("fetch --feed 9", 1),
        ("feeds", 0),
        ("--help", 0),
        ("--version", 0),
        ("fetc", 2),
    ],
)
def test_closed_streams_stop_no_command(
    two_feeds: FeedServer, words: str, closed: str, status: int
) -> None:
    two_feeds.status("/chips.xml", 500)
    ended = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m store.cli {words} {closed}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode == status
    assert "Traceback" not in ended.stderr
    if words == "fetch":
        assert len(two_feeds.asked("/news.xml")) == 1
        with closing(Shelf.open(folders().desk)) as shelf:
            assert len(shelf.columns()) == 2
            assert shelf.notices() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize("words", ["export", "schema", "feeds --json"])
def test_a_document_that_nobody_could_get_is_told(two_feeds: FeedServer, words: str) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m store.cli {words} >&-"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode == 1
    assert ended.stderr == "wiredesk: The output cannot be written: it is closed.\n"


def test_a_locale_without_the_letters_loses_no_line(
    monkeypatch: pytest.MonkeyPatch,
    server: FeedServer,
    spawn: Spawn,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.serve("/news.xml", rss("Kyōto 京都"))
    run(capsys, "add", server.address("/news.xml"))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    out, err = spawn("feeds").communicate(timeout=PATIENCE)
    assert b"Ky\\u014dto" in out
    assert err == b""


def test_progress_is_shown_on_a_terminal_only_and_erased_at_the_end(
    two_feeds: FeedServer, spawn: Spawn
) -> None:
    ours, theirs = pty.openpty()
    process = spawn("fetch", stderr=theirs)
    os.close(theirs)
    out, _ = process.communicate(timeout=PATIENCE)
    seen = b""
    with suppress(OSError):  # EIO is how Linux says that the other side has closed
        while piece := os.read(ours, 4096):
            seen += piece
    os.close(ours)
    assert b"2 of 2" in seen
    assert seen.endswith(b"\r\x1b[K")
    assert b"\x1b" not in out


def test_the_app_loads_no_parser_of_commands() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, store.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "store.cli" in seen
    assert not {"cyclopts", "aiohttp", "feedparser", "tinydb", "lxml"} & set(seen)


# ---------------------------------------------------------------- export


def claim_on(shelf: Shelf, feed: int, article: int, review: Review) -> Claim:
    version = shelf.versions(article, feed)[-1]
    headline = shelf.headline(article, feed)
    assert headline
    start = version.text.index("It will hire")
    tag = Tag(dimension="signal", code="hiring", label="Hiring")
    return Claim(
        id=f"urn:uuid:00000000-0000-4000-8000-{article % 10**12:012d}",
        rev=1,
        target=Target(
            article=article,
            feed=feed,
            source="Top News",
            address=headline.address,
            title=headline.title,
            text_hash=version.hash,
            version=version.number,
        ),
        marking=Marking(
            anchor=Anchor(span=Span(start, start + 22), exact=version.text[start : start + 22]),
            tags=(tag,),
            review=review,
        ),
        provenance=Provenance(
            creator="ana",
            created=NOON,
            modified=NOON,
            generator="wiredesk/0",
            codebook="default",
            codebook_version="1",
        ),
    )


def store_claim(shelf: Shelf, claim: Claim) -> None:
    shelf.change_claims(claim.target.article, claim.target.feed, lambda _: [claim])


@pytest.fixture
def claimed(server: FeedServer, capsys: pytest.CaptureFixture[str]) -> FeedServer:
    """A desk with an accepted claim and a draft, on one article each."""
    run(capsys, "add", server.address("/news.xml"))
    with closing(Shelf.open(folders().desk)) as shelf:
        columns = shelf.columns()
        for row, review in zip(range(len(columns)), REVIEWS, strict=True):
            store_claim(shelf, claim_on(shelf, 1, columns.row(row).id, review))
    return server


def test_an_export_of_an_empty_desk_obeys_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "export")
    assert (status, err) == (0, "")
    exported = json.loads(out)
    jsonschema.validate(exported, schema())
    assert exported["claims"] == []
    assert exported["codebook"]["dimensions"][0]["codes"][0]["definition"]


def test_claims_leave_with_their_articles(
    capsys: pytest.CaptureFixture[str], claimed: FeedServer
) -> None:
    exported = json.loads(run(capsys, "export")[1])
    jsonschema.validate(exported, schema())
    (claim,) = exported["claims"]
    (article,) = exported["articles"]
    assert claim["target"]["selectors"][0]["exact"] == "It will hire in Japan."
    assert claim["target"]["article"] == article["id"]
    assert article["feed_address"] == claimed.address("/news.xml")
    assert article["url"].startswith("https://example.org/")
    drafts = json.loads(run(capsys, "export", "--include", "drafts")[1])
    assert len(drafts["claims"]) == 2


def test_an_export_replaces_a_file_whole_and_keeps_its_rights(
    capsys: pytest.CaptureFixture[str], claimed: FeedServer, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / "claims.json"
    file.write_text("x" * 100_000)
    file.chmod(0o600)
    status, out, _ = run(capsys, "export", "-o", str(file))
    assert (status, out) == (0, f"1 claim on 1 article written to {file}.\n")
    assert len(json.loads(file.read_bytes())["claims"]) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [found.name for found in folder.iterdir()] == ["claims.json"]


def test_an_export_through_a_link_changes_the_file_behind_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, link = tmp_path / "claims.json", tmp_path / "link.json"
    file.touch()
    link.symlink_to(file)
    assert run(capsys, "export", "--output", str(link))[0] == 0
    assert link.is_symlink()
    assert json.loads(file.read_bytes())["claims"] == []


@pytest.mark.parametrize("name", ["folder", "gone/claims.json"])
def test_an_export_that_cannot_be_written_is_told_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    place = tmp_path / "out"
    (place / "folder").mkdir(parents=True)
    status, out, err = run(capsys, "export", "--output", str(place / name))
    assert (status, out) == (1, "")
    assert f"{place / name} cannot be written: " in err
    assert [found.name for found in place.rglob("*")] == ["folder"]


def test_the_schema_is_printed_as_exports_are_judged_by_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(capsys, "schema")
    assert status == 0
    assert json.loads(out) == schema()


def test_the_demo_tells_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    from tui.__main__ import main as program

    assert program(["demo", "--help"]) == 0
    assert "thrown away at the end" in capsys.readouterr().out
    assert program(["demo", "please"]) == 2
    assert "demo takes no word but --check" in capsys.readouterr().err
