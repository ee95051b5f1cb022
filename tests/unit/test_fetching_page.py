"""The page about fetching: its budgets and its answers are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.feeds.parsing import child, children
from store.feeds.web import fetch, reasons, unpack
from store.feeds.web.freshness import LONGEST_WAIT
from store.feeds.web.reasons import Refusal, status_reason, trouble
from store.settings import MOST_MEGABYTES, folders, load_settings

PAGE = (Path(__file__).parents[2] / "docs" / "fetching.md").read_text("utf-8")
MEGABYTE = 1024 * 1024


def section(name: str) -> str:
    (found,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    limits = section("Limits")
    for figure in (
        f"{fetch.DEADLINE:g} s in all",
        f"takes the connection | {fetch.CONNECT:g} s",
        f"of an answer | {fetch.SILENCE:g} s",
        f"{fetch.LARGEST // MEGABYTE} MB (MB: 1,048,576 bytes)",
        f"up to {fetch.HARD_TOP // MEGABYTE} MB",
        f"redirects | {fetch.HOPS},",
        f"{child.PROCESSOR} s of processor time",
        f"{child.MEMORY // MEGABYTE} MB of memory",
        f"{children.PATIENCE:g} s by the clock",
        f"at once | {children.CHILDREN} ",
        f"steps of {unpack.STEP // 1024} KB",
    ):
        assert figure in limits, figure


def test_the_longest_wait_on_the_page_is_that_of_the_program() -> None:
    assert f"{LONGEST_WAIT.total_seconds() / 3600:g} hours at most" in section("Answers")


@pytest.mark.parametrize("status", [int(one) for one in re.findall(r"\d{3}", section("Answers"))])
def test_each_answer_on_the_page_is_one_that_is_told_apart(status: int) -> None:
    if status in fetch._DOCUMENTS | fetch._REDIRECTS | {304}:
        return
    told = status_reason(Refusal(status=status, host="news.example"))
    assert told.endswith(".")
    assert "instead of a feed" not in told


def test_the_settings_shown_can_be_used_as_they_are() -> None:
    where = folders(None)
    where.settings.mkdir(parents=True)
    (shown,) = re.findall(r"```toml\n(.*?)```", section("What we send"), re.DOTALL)
    (where.settings / "settings.toml").write_text(shown, "utf-8")
    assert load_settings(where).agent in shown


@pytest.mark.parametrize("told", [*reasons._TROUBLES.values(), *reasons._STATUSES.values()])
def test_each_failure_says_what_to_do(told: str) -> None:
    what_was_wrong, _, what_to_do = told.partition(";")
    assert what_was_wrong
    assert what_to_do or any(way in told for way in ("you typed yourself", "{unless}"))


def test_who_is_told_of_a_large_feed_is_told_that_more_may_be_allowed() -> None:
    assert "unless you allow it more" in trouble("too_large", "h.example", "10")
    assert "allow" not in trouble("too_large", "h.example", str(MOST_MEGABYTES))
    assert "allow" not in trouble("too_large", "h.example", "10", "page")
