"""What the README promises is there: its commands, files, settings, themes and links."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from store.settings import folders, load_settings
from themes import load_themes

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text("utf-8")


def indented_after(heading: str) -> list[str]:
    """The lines of the first indented block under a heading, without their indentation."""
    below = README.partition(f"## {heading}\n")[2]
    block = re.search(r"(?m)(?:^    .*\n|^\n)+(?<=\n)", below[below.index("\n    ") + 1 :])
    assert block is not None
    return [line[4:] for line in block[0].splitlines()]


def commands() -> list[list[str]]:
    """Every `wiredesk …` line of the README as words, without the comment."""
    lines = re.findall(r"(?m)^    (wiredesk .*)$", README)
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_readme_shows_the_headless_commands() -> None:
    assert {words[0] for words in commands()} == {
        "add",
        "fetch",
        "feeds",
        "search",
        "views",
        "rules",
        "stories",
        "tidy",
        "settings",
        "keys",
        "export",
        "import",
        "agreement",
        "suggest",
        "codebook",
        "schema",
        "where",
    }


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_of_the_readme_is_one_of_the_programs(words: list[str]) -> None:
    asked = [sys.executable, "-m", "tui", words[0], "--help"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert not done.returncode, done.stderr
    for option in (word for word in words if word.startswith("-")):
        assert option in done.stdout


def test_the_settings_shown_can_be_used_as_they_are() -> None:
    where = folders(None)
    where.settings.mkdir(parents=True)
    (where.settings / "codebook.toml").touch()
    (where.settings / "settings.toml").write_text("\n".join(indented_after("Your files")), "utf-8")
    chosen = load_settings(where)
    assert chosen.annotator == "Ada"
    assert chosen.keys
    assert chosen.theme in {theme.name for theme in load_themes().themes}


def test_every_shipped_theme_is_named() -> None:
    for theme in load_themes().themes:
        assert theme.name in README


def test_every_make_target_named_exists() -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"make ([a-z]+)", README)):
        assert re.search(rf"(?m)^{target}:", makefile), target


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_to_files_that_exist(page: str) -> None:
    text = (CHECKOUT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (CHECKOUT / target).is_file(), target
