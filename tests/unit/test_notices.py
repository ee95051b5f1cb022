"""What is set aside on a desk reaches a person, whichever program came upon it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
from shelf_cases import SmallDesk, small_desk

from store.cli import main
from store.desk import Desk
from store.settings import folders, load_settings
from store.shelf.shelf import Shelf

PATIENCE = 30
COMMANDS = (["feeds"], ["feeds", "--json"], ["fetch", "--feed", "9"], ["export"])


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk(folders().desk)


def broken(desk: SmallDesk, name: str, *, before_too: bool = False) -> Path:
    """A file of the desk cut short, and the generation before it if that is asked."""
    path: Path = desk.shelf.folder / name
    os.truncate(path, 300)
    if before_too:
        path.with_name(path.name + ".bak").unlink(missing_ok=True)
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return main(words), *capsys.readouterr()


def told_by_the_app() -> tuple[str, ...]:
    places = folders()
    with closing(Desk.open(places, load_settings(places))) as opened:
        return opened.notices()


def on_a_terminal(*words: str) -> str:
    """What the command says on a stderr that a person looks at."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "store.cli", *words], stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # EIO is how Linux says that the other side has closed
        while piece := os.read(ours, 4096):
            seen += piece
    os.close(ours)
    process.wait(PATIENCE)
    return seen.decode()


def test_an_export_without_the_claims_that_were_broken_says_so_and_fails(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = broken(desk, "claims/0001-0000.json", before_too=True)
    status, out, err = run(capsys, "export")
    assert status == 1
    assert '"claims": []' in out or '"claims":[]' in out
    assert f"wiredesk: {path} is damaged" in err
    assert err.endswith("; it starts empty.\n")


def test_an_export_of_the_claims_before_the_last_change_says_that_too(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(desk, "claims/0001-0000.json")
    status, out, err = run(capsys, "export")
    assert status == 1
    assert "urn:uuid:" in out
    assert err.endswith("; what it held before its last change is used instead.\n")


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_tells_what_was_set_aside_and_that_it_was_is_not_forgotten(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    path = broken(desk, "subscriptions.json")
    _, _, first = run(capsys, *words)
    _, _, second = run(capsys, *words)
    notice = next(line for line in first.splitlines() if str(path) in line)
    assert notice in second
    assert first.count(str(path)) == second.count(str(path)) == 1
    assert notice == f"wiredesk: {told_by_the_app()[0]}"
    assert told_by_the_app() == ()
    assert str(path) not in run(capsys, *words)[2]


def test_the_apps_worker_leaves_what_it_set_aside_for_the_app_to_tell(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = broken(desk, "subscriptions.json")
    _, out, err = run(capsys, "fetch", "--json", "--feed", "9")
    assert str(path) in err
    assert str(path) not in out
    (notice,) = told_by_the_app()
    assert str(path) in notice


def test_a_person_at_a_terminal_is_told_once(desk: SmallDesk) -> None:
    path = broken(desk, "subscriptions.json")
    assert str(path) in on_a_terminal("feeds")
    assert str(path) not in on_a_terminal("feeds")
    assert told_by_the_app() == ()


def test_what_is_set_aside_while_somebody_is_told_is_told_the_next_time(desk: SmallDesk) -> None:
    first = broken(desk, "subscriptions.json")
    with closing(Shelf.open(desk.shelf.folder)) as shelf:
        told = shelf.untold()
        second = broken(desk, "claims/0001-0000.json", before_too=True)
        assert list(shelf.claims()) == []
        shelf.forget_untold(told)
        (left,) = shelf.untold()
    assert str(first) in told[0]
    assert str(second) in left


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"[" * 100_000])
def test_a_broken_list_of_notices_keeps_nobody_from_working(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (desk.shelf.folder / "notices.json").write_bytes(content)
    assert run(capsys, "feeds")[0] == 0
    path = broken(desk, "subscriptions.json")
    assert str(path) in run(capsys, "feeds")[2]
    assert str(path) in told_by_the_app()[0]


def test_a_file_of_a_newer_version_is_not_called_damaged(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.shelf.folder / "claims/0001-0000.json"
    path.write_bytes(b'{"claims":{"1":{"format":2}}}')
    _, _, err = run(capsys, "export")
    assert f"{path} was written by a newer Wiredesk and is kept as " in err
    assert "damaged" not in err
