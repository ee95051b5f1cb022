"""Theme files: the shipped ones load, and a bad one of the person's own is a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.css.stylesheet import Stylesheet

from themes import DEFAULT_THEME, ROLES, load_themes, variable_defaults

SHIPPED = load_themes().themes
BY_NAME = {theme.name: theme for theme in SHIPPED}


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


GOOD = 'name = "mine"\n[colours]\nprimary = "#336699"\n'


def test_the_four_shipped_themes_load() -> None:
    loaded = load_themes()
    assert not loaded.failures
    assert set(BY_NAME) == {"ledger-dark", "ledger-light", "wire-amber", "high-contrast"}
    assert DEFAULT_THEME in BY_NAME
    assert [theme.name for theme in SHIPPED if not theme.dark] == ["ledger-light"]


def test_the_defaults_name_every_role_and_nothing_of_textuals() -> None:
    assert set(variable_defaults()) == set(variable_defaults(dark=False)) == set(ROLES)
    assert variable_defaults() != variable_defaults(dark=False)
    variable_defaults().clear()
    assert variable_defaults()


def test_a_theme_of_ones_own_joins_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, '\ufeff# mine\r\nname = "mine"\r\ndark = false\r\n[colours]\r\nprimary="red"')
    loaded = load_themes(tmp_path)
    assert not loaded.failures
    mine = loaded.themes[-1]
    assert (mine.name, mine.dark, mine.primary, mine.variables) == ("mine", False, "red", {})
    assert set(BY_NAME) < {theme.name for theme in loaded.themes}


def test_styles_and_translucent_colours_are_taken(tmp_path: Path) -> None:
    own = '[variables]\nlink-style = "bold not underline"\nclaim = "red 40%"\ntext = "auto 90%"\n'
    write(tmp_path, GOOD + own)
    loaded = load_themes(tmp_path)
    assert not loaded.failures
    assert loaded.themes[-1].variables == {
        "link-style": "bold not underline",
        "claim": "red 40%",
        "text": "auto 90%",
    }


def test_a_theme_of_ones_own_may_replace_a_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("mine", "ledger-dark"))
    loaded = load_themes(tmp_path)
    assert [theme.primary for theme in loaded.themes if theme.name == "ledger-dark"] == ["#336699"]
    assert len(loaded.themes) == len(SHIPPED)


def test_no_folder_and_an_empty_folder_are_no_trouble(tmp_path: Path) -> None:
    assert load_themes(tmp_path) == load_themes(tmp_path / "absent") == load_themes()


def test_only_toml_files_are_themes(tmp_path: Path) -> None:
    write(tmp_path, "nothing", "notes.txt")
    write(tmp_path, "nothing", ".mine.toml")
    assert load_themes(tmp_path) == load_themes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'it needs a line like name = "my-theme"'),
        ('name = "a,b"\n[colours]\nprimary = "red"', "it needs a line like name"),
        ("name = 3", "it needs a line like name"),
        ('name = "mine"\ncolours', "line 2: Expected '=' after a key"),
        ('name = "mine', "Illegal character|line 1|Expected|Unterminated"),
        ('name = "mine"\n', "[colours] needs at least primary"),
        ('name = "mine"\ndark = "yes"\n', "dark must be true or false, not 'yes'"),
        ('name = "mine"\ncolours = 3\n', "colours must be a table, written as [colours]"),
        ('name = "mine"\nfont = "large"\n', "the file has 'font', which is not known"),
        (GOOD + 'seccondary = "red"', 'perhaps meant as "secondary"'),
        (GOOD + "accent = 3", "'accent' in [colours] must be text in quotes"),
        (GOOD + 'accent = "amberish"', "accent must be a colour, as \"#d9a54a\", not 'amberish'"),
        (GOOD + 'accent = "red 50%"', "accent must be a colour"),
        (GOOD + 'accent = "auto"', "accent must be a colour"),
        (GOOD + 'accent = ""', "accent must be a colour"),
        (GOOD + '[variables]\nclaim = "red; } Screen { display: none"', "claim must be a colour"),
        (GOOD + '[variables]\nclaim = "red 400%"', "claim must be a colour"),
        (GOOD + '[variables]\nclaim-background = "auto 20%"', "must be a colour"),
        (GOOD + '[variables]\nclaim-drfat = "red"', 'perhaps meant as "claim-draft"'),
        (GOOD + '[variables]\nlink-style = "wobbly"', "link-style must be a text style"),
        (GOOD + '[variables]\nlink-style = ""', "link-style must be a text style"),
        ("a = " + "[" * 5000, "it is nested too deeply"),
        ("#" * 70_000, "it is longer than 64 KB"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    loaded = load_themes(tmp_path)
    (failure,) = loaded.failures
    assert failure.startswith(f"The theme file {path} is left out: ")
    assert failure.endswith(".")
    assert failure.isprintable()
    assert any(part in failure for part in said.split("|"))
    assert loaded.themes == SHIPPED


def test_a_file_that_is_not_text_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b'name = "mine"\n# caf\xe9\n')
    assert load_themes(tmp_path).failures[0].endswith("line 2 is not UTF-8 text.")


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a-folder.toml").mkdir()
    (tmp_path / "dangling.toml").symlink_to(tmp_path / "absent")
    (tmp_path / "looping.toml").symlink_to(tmp_path / "looping.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    failures = load_themes(tmp_path).failures
    assert len(failures) == 4
    assert all(failure.endswith("it is not a file.") for failure in failures)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails to read")
def test_a_file_that_fails_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").symlink_to("/proc/self/mem")
    assert "it cannot be read (Input/output error)" in load_themes(tmp_path).failures[0]


def test_two_files_of_one_name_are_told_and_the_first_stands(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.toml")
    write(tmp_path, GOOD.replace("#336699", "#993333"), "b.toml")
    loaded = load_themes(tmp_path)
    assert loaded.themes[-1].primary == "#336699"
    assert 'another file here already has the name "mine"' in loaded.failures[0]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    loaded = load_themes(write(tmp_path, "", "themes"))
    assert loaded.themes == SHIPPED
    assert loaded.failures[0].startswith("Your themes are left out: ")


def test_a_good_file_stands_beside_a_bad_one(tmp_path: Path) -> None:
    write(tmp_path, "[", "bad.toml")
    write(tmp_path, GOOD, "good.toml")
    loaded = load_themes(tmp_path)
    assert loaded.themes[-1].name == "mine"
    assert len(loaded.failures) == 1


words = st.sampled_from(
    ["red", "auto", "bold", "not", "none", "#fff", "rgb(1,2,3)", "hsl(9,9%,9%)", "ansi_red", "50%"]
)
values = st.lists(words, max_size=3).map(" ".join) | st.text(max_size=12)


@given(key=st.sampled_from([*ROLES, "text-muted", "link-style", "panel-lighten-1"]), value=values)
def test_what_is_let_through_can_be_worn(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: str
) -> None:
    folder = tmp_path_factory.mktemp("themes")
    quoted = "".join(f"\\U{ord(char):08X}" for char in value)
    write(folder, f'{GOOD}[variables]\n{key} = "{quoted}"\n')
    loaded = load_themes(folder)
    assert len(loaded.failures) + len(loaded.themes) == len(SHIPPED) + 1
    assert all(failure.isprintable() for failure in loaded.failures)
    if not loaded.failures:
        kind = "text-style" if key.endswith("style") else "background"
        kind = "color" if key.startswith("text") else kind
        worn = loaded.themes[-1]
        generated = worn.to_color_system().generate()
        sheet = Stylesheet(variables=variable_defaults() | generated | worn.variables)
        sheet.add_source(f"Label {{ {kind}: ${key}; }}")
        sheet.parse()


@given(content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_a_file_holds_the_app_starts(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("themes")
    (folder / "mine.toml").write_bytes(content)
    loaded = load_themes(folder)
    assert loaded.themes[: len(SHIPPED)] == SHIPPED
    assert all(failure.isprintable() for failure in loaded.failures)
