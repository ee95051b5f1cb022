"""What is told of a fault in the program: where it was, and nothing that anybody read or wrote."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

import pytest

from store.faults import KEPT_REPORTS, keep_libraries_quiet, redacted, report_of, told_of

SECRET = "the minister's resignation"


def a_fault(
    message: str = f"no such article: '{SECRET}' at https://a.example/{SECRET}",
) -> Exception:
    try:
        try:
            article = SECRET  # what a traceback with variables would show
            raise KeyError(article)
        except KeyError as error:
            raise ValueError(message) from error
    except ValueError as fault:
        return fault


def test_the_line_names_the_kind_and_the_report_the_way(tmp_path: Path) -> None:
    line = told_of(a_fault(), tmp_path / "state")
    (report,) = (tmp_path / "state").iterdir()
    assert line.startswith("A fault in Wiredesk ended it (ValueError at ")
    assert str(report) in line
    assert "\n" not in line
    written = report.read_text()
    assert "in a_fault" in written
    assert "builtins.KeyError" in written
    assert "which came of" in written
    assert "minister" not in line + written
    assert "a.example" not in line + written


def test_a_report_is_its_owners_alone(tmp_path: Path) -> None:
    told_of(a_fault(), tmp_path / "state")
    (report,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700


def test_only_the_last_reports_are_kept(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{}")
    for _ in range(KEPT_REPORTS + 3):
        told_of(a_fault(), tmp_path)
    assert len(list(tmp_path.glob("fault-*.txt"))) == KEPT_REPORTS
    assert (tmp_path / "state.json").exists()


def test_where_no_report_can_be_written_the_way_to_more_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert told_of(a_fault(), tmp_path / "file" / "state").endswith("WIREDESK_DEBUG=1 shows more.")


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("'a b' is no \"c d\"", "… is no …"),
        ("“a” ‘b’ `c`", "… … …"),
        ("see https://ana:secret@a.example/b?c now", "see … now"),
        ("no file /home/ana/notes.txt", "no file …"),
        ("a\nb\tc", "a b c"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_a_message_loses_what_it_quotes(message: str, left: str) -> None:
    assert redacted(message) == left


def test_a_recursion_is_told_in_a_page() -> None:
    def deeper(n: int) -> int:
        return deeper(n + 1)

    try:
        deeper(0)
    except RecursionError as fault:
        report = report_of(fault)
    assert len(report.splitlines()) < 100
    assert " more" in report


def test_no_library_writes_to_the_terminal_unless_all_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handler = logging.StreamHandler()
    monkeypatch.setattr(logging, "lastResort", handler)
    monkeypatch.setenv("WIREDESK_DEBUG", "1")
    keep_libraries_quiet()
    assert logging.lastResort is handler
    monkeypatch.setenv("WIREDESK_DEBUG", "0")
    keep_libraries_quiet()
    assert logging.lastResort is None
