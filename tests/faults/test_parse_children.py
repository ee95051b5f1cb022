"""Children that parse: whatever they do, the reader goes on, and none is left behind."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.feeds.parsing.children import ParserPool
from store.feeds.parsing.pipe import REASON_LIMIT
from store.feeds.web.answers import ParseFailed
from store.model import ParsedFeed

AT = "https://h.example/feed.xml"
GOOD = b"<rss version='2.0'><channel><title>News</title></channel></rss>"


@pytest.fixture
async def parsers() -> AsyncIterator[ParserPool]:
    async with ParserPool() as parsers:
        yield parsers


def child(*lines: str) -> tuple[str, ...]:
    """The command of a child that does something else than parse."""
    return (sys.executable, "-c", "\n".join(["import os, sys, time", *lines]))


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


async def test_waiting_has_an_end_by_the_clock_too() -> None:
    async with ParserPool(patience=0.5, command=child("time.sleep(60)")) as parsers:
        answer = await parsers.parse(GOOD, address=AT)
    assert isinstance(answer, ParseFailed)
    assert "too long" in answer.reason


@pytest.mark.parametrize(
    "said",
    [
        "print('hello')",
        "print(10**12)",
        "print(-1)",
        "print(5); print('[1,2')",
        "print(2); print('{}')",
        "sys.stdout.write('9' * 200_000)",
        "sys.stdout.buffer.write(b'20\\n' + b'\\x80' * 20)",
        "pass",
        "sys.exit(3)",
        "os.close(1); time.sleep(60)",
    ],
)
async def test_a_child_that_talks_nonsense_is_not_believed(said: str) -> None:
    lines = child("sys.stdin.readline()", said, "sys.stdout.flush()")
    async with ParserPool(command=lines, patience=5) as parsers:
        for _ in range(2):
            answer = await parsers.parse(GOOD, address=AT)
            assert isinstance(answer, ParseFailed)
            assert "h.example" in answer.reason


async def test_a_child_that_knows_too_much_of_items_is_not_believed() -> None:
    # What it says of them comes back to its successors.
    for items in ([["x" * 17, "y"]], [["x", "y" * 65]], [["x", "y"]] * 1_001):
        said = f"import json; r = json.dumps({{'feed': {{'items': {items!r}}}}})"
        lines = child("sys.stdin.readline()", said, "print(len(r)); print(r, end='', flush=True)")
        async with ParserPool(command=lines, patience=5) as parsers:
            assert isinstance(await parsers.parse(GOOD, address=AT), ParseFailed)


async def test_a_child_that_talks_without_end_is_cut_off() -> None:
    lines = child(
        "sys.stdin.readline()",
        "print(10**12, flush=True)",
        "while True: sys.stdout.write('x' * 1_000_000)",
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with ParserPool(command=lines, patience=5) as parsers:
        answer = await parsers.parse(GOOD, address=AT)
    assert isinstance(answer, ParseFailed)
    assert "breaks the program" in answer.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def saying(reason: str) -> tuple[str, ...]:
    """The command of a child that refuses whatever it is given, for this reason of Python's."""
    return child(
        "while line := sys.stdin.buffer.readline():",
        "    sys.stdin.buffer.read(__import__('json').loads(line)['length'])",
        f"    said = __import__('json').dumps({{'reason': {reason}}}).encode()",
        "    sys.stdout.buffer.write(b'%d\\n%s' % (len(said), said))",
        "    sys.stdout.flush()",
    )


async def test_what_a_child_says_is_cleaned_and_cut() -> None:
    async with ParserPool(command=saying("'no \\x1b[2J' * 9999")) as parsers:
        answer = await parsers.parse(GOOD, address=AT)
    assert isinstance(answer, ParseFailed)
    assert answer.reason.isprintable()
    assert len(answer.reason) <= REASON_LIMIT


async def test_a_child_that_has_worked_for_long_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.feeds.parsing.children.MOST_JOBS", 2)
    async with ParserPool(command=saying("str(os.getpid())")) as parsers:
        first, second, third = [await parsers.parse(GOOD, address=AT) for _ in range(3)]
    assert first == second
    assert third != first


async def test_a_child_that_dies_while_idle_costs_no_feed() -> None:
    # Answers once, and is gone when it is asked again.
    reply = '{"feed": {"title": "News"}}'
    lines = child("sys.stdin.readline()", f"print({len(reply)})", f"print({reply!r}, end='')")
    lines = (*lines[:2], lines[2] + "\nsys.stdout.flush(); sys.stdin.readline()")
    async with ParserPool(command=lines, patience=20) as parsers:
        for _ in range(3):
            answer = await parsers.parse(b"<rss/>\n", address=AT)
            assert answer == ParsedFeed(title="News")


async def test_a_child_that_was_killed_is_replaced(tmp_path: Path, parsers: ParserPool) -> None:
    first = await parsers.parse(GOOD, address=AT)
    for process in children_of(os.getpid()):
        os.kill(process, 9)
        await until(lambda process=process: is_gone(process) or is_dead(process))
    assert await parsers.parse(GOOD, address=AT) == first


async def test_no_child_outlives_its_pool(tmp_path: Path) -> None:
    async with ParserPool(children=2) as parsers:
        await asyncio.gather(*(parsers.parse(GOOD, address=AT) for _ in range(8)))
        running = children_of(os.getpid())
        assert 1 <= len(running) <= 2
    assert all(is_gone(process) for process in running)


async def test_cancelling_ends_the_child_and_what_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    lines = child(
        "import subprocess",
        "other = subprocess.Popen(['sleep', '60'])",
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{other.pid}}\\n')",
        "time.sleep(60)",
    )
    async with ParserPool(command=lines) as parsers:
        parsing = asyncio.create_task(parsers.parse(GOOD, address=AT))
        await until(lambda: note.exists() and note.read_text().endswith("\n"))
        parsing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await parsing
        pids = [int(pid) for pid in note.read_text().split()]
        await until(lambda: all(is_gone(pid) or is_dead(pid) for pid in pids))


async def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    script = (
        "import asyncio, os\n"
        "from store.feeds.parsing.children import ParserPool\n"
        "async def main():\n"
        "    parsers = ParserPool()\n"
        f"    await parsers.parse({GOOD!r}, address={AT!r})\n"
        "    with open('/proc/self/task/%d/children' % os.getpid()) as told:\n"
        "        print(told.read(), flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await parent.communicate()
    assert parent.returncode == -9
    (process,) = map(int, told.split())
    await until(lambda: is_gone(process) or is_dead(process))


async def test_a_child_reads_no_variable_and_no_folder_of_the_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feedparser.py").write_text("raise SystemExit")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    async with ParserPool() as parsers:
        assert isinstance(await parsers.parse(GOOD, address=AT), ParsedFeed)


def children_of(process: int) -> list[int]:
    """Processes started by this one that parse (Linux)."""
    found = []
    for told in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = told.read_text().rpartition(")")[2].split()
            command = told.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z" and b"parsing.child" in command:
            found.append(int(told.parent.name))
    return found


def is_dead(process: int) -> bool:
    """Whether a process is only waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


async def until(holds: object) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 (other processes set no event)
            await asyncio.sleep(0.01)
