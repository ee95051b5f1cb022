"""The commands about settings and keys, and the file that is laid out on the first run."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import tui.keys
from store.cli import main
from store.settings import (
    PRESETS,
    Folders,
    Pipe,
    Settings,
    State,
    change_state,
    folders,
    load_settings,
    load_state,
)
from store.settings.catalogue import KNOWN
from store.settings.fresh import fresh_page, lay_out, lay_out_once
from store.settings_page import SettingsError
from tui.presets import KEYS, in_force


@pytest.fixture
def here() -> Folders:
    found = folders()
    found.settings.mkdir(parents=True)
    return found


def write(here: Folders, text: str) -> Path:
    file = here.settings / "settings.toml"
    file.write_text(text, "utf-8")
    return file


def run(*words: str) -> int:
    return main(words, program=lambda: tui.keys)


# ---------------------------------------------------------------- the file that is laid out


def test_the_first_file_says_nothing_and_shows_everything(here: Folders) -> None:
    usual = load_settings(here)
    assert lay_out_once(here)
    assert load_settings(here) == usual
    shown = re.sub(r"^#(?=\S)", "", fresh_page(), flags=re.MULTILINE)
    write(here, shown)
    assert load_settings(here, bindings=()) == usual
    found = tomllib.loads(shown)
    for known in KNOWN:
        if known.key != "open.pipe":
            table = found[known.table] if known.table else found
            assert known.name in table


def test_a_file_that_is_there_is_never_touched(here: Folders) -> None:
    file = write(here, "# mine\n")
    assert not lay_out_once(here)
    assert file.read_text() == "# mine\n"
    (here.settings / "settings.toml").unlink()
    (here.settings / "settings.toml").symlink_to(here.settings / "elsewhere.toml")
    assert not lay_out_once(here)
    assert [path.name for path in here.settings.iterdir()] == ["settings.toml"]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    here = Folders(desk=tmp_path, settings=tmp_path / "file" / "x", state=tmp_path)
    assert not lay_out_once(here)
    with pytest.raises(SettingsError, match="cannot be written"):
        lay_out(here)


def test_a_fresh_file_is_laid_beside_the_one_in_use(
    here: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("settings", "--write") == 0
    mine = write(here, 'theme = "nord"\n')
    assert run("settings", "--write") == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("settings.toml.new")
    assert mine.read_text() == 'theme = "nord"\n'
    assert (here.settings / "settings.toml.new").read_text() == fresh_page()


# ---------------------------------------------------------------- what is in force


def test_what_is_in_force_is_told_with_the_line_that_says_so(
    here: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = '[open.pipe.clip]\ncommand = ["wl-copy"]\nformat = "text"\n'
    write(here, f'[fetch]\nminutes = 30\n[keys]\npreset = "vim"\n"app.theme" = "f4"\n{clip}')
    assert run("settings") == 0
    told = capsys.readouterr().out
    assert "line 2    fetch.minutes = 30\n" in told
    assert 'line 5    keys.app.theme = ["f4"]\n' in told
    assert "usual     reading.width = 78\n" in told
    assert 'line 7    open.pipe.clip.command = ["wl-copy"]\n' in told
    assert run("settings", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["settings"]["keys.preset"] == "vim"
    assert record["lines"]["fetch.minutes"] == 2
    assert load_settings(here).pipes == {"clip": Pipe(command=("wl-copy",), format="text")}


def test_without_a_file_it_is_told_where_it_would_lie(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("settings") == 0
    assert "settings.toml  (not there yet" in capsys.readouterr().out
    assert run("settings", "--check") == 0
    assert "is not there: what is usual holds." in capsys.readouterr().out


# ---------------------------------------------------------------- what is wrong

WRONG = """\
them = "x"
theme = "ledger-drak"
minutes = 5
[keys]
preset = "vim"
"list.open_link" = "ctrl+f"
"desk.helpp" = "f1"
[fetch]
minutes = 2
[keep]
days = -1
[open.pipe.clip]
command = "x"
shell = true
"""


def test_every_mistake_is_told_at_once_each_with_its_line(
    here: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, WRONG)
    assert run("settings", "--check") == 2
    told = capsys.readouterr().err.splitlines()
    lines = [int(re.findall(r"line (\d+)", line)[0]) for line in told]
    assert lines == [1, 2, 3, 6, 7, 9, 11, 13, 14]
    assert "did you mean 'ledger-dark'?" in told[1]
    assert "'minutes' is not a setting here; it belongs under [fetch]." in told[2]
    assert "has the key ctrl+f, as 'list.page_down' has." in told[3]
    assert run("settings", "--check", "--json") == 2
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["line"], first["key"]) == (1, "them")


WRONG_INSIDE = """\
fetch = 3
codebook = "."
[keys]
preset = "emacs"
"app.quit" = "notakey++"
"desk.helpp" = "f1"
"list.open_link" = "j"
"article.next" = "x+"
"feeds.refresh" = "f6"
"feeds.edit" = "f6"
"feeds.new" = "f6"
[open.pipe.clip]
format = "xml"
shell = true
[open.pipe.other]
command = "x"
"""


def test_one_mistake_hides_no_other_in_keys_and_programs(
    here: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(here, WRONG_INSIDE)
    assert run("settings", "--check") == 2
    told = capsys.readouterr().err.splitlines()
    lines = [int(re.findall(r"line (\d+)", line)[0]) for line in told]
    assert lines == [1, 2, 4, 5, 6, 7, 8, 10, 11, 11, 12, 13, 14, 16]
    assert f"'codebook' names a folder, not a file: {file.parent}" in told[1]
    assert "'desk.helpp' names no command" in told[4].replace("keys.", "")
    assert "has the key j, as" in told[5]
    assert "'feeds.edit' has the key 'f6', as 'feeds.refresh' has." in told[7].replace("keys.", "")


def test_a_folder_in_place_of_a_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("settings", "--check", str(tmp_path)) == 2
    assert f"{tmp_path} is a folder, not a file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme = \n", "line 1"),
        ('[keys]\npreset = "emacs"', 'line 2: \'keys.preset\' expects "default", "newsboat" or'),
        ("[reading]\nwidth = 3", "line 2: 'reading.width' expects a whole number from 30 to 300"),
        ("[open]\npipe = 3", "line 2: 'open.pipe' expects a table a program"),
        ("[open.pipe]\nx = 3", "line 2: 'open.pipe.x' expects a table"),
        ('[open.pipe." "]\ncommand = ["x"]', "holds a name that is not plain text"),
        ("[open.pipe.x]\ncommand = []", "'open.pipe.x.command' expects a program"),
        ('[open.pipe.x]\ncommand = ["x"]\nformat = "xml"', 'expects "json" or "text"'),
        ('[keys]\n"app.quit" = "notakey++"', "line 2: 'keys.app.quit' names no key"),
    ],
)
def test_a_file_can_be_checked_before_it_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    file = tmp_path / "other.toml"
    file.write_text(text)
    assert run("settings", "--check", str(file)) == 2
    assert told in capsys.readouterr().err
    file.write_text('theme = "nord"')
    assert run("settings", "--check", str(file)) == 0
    assert capsys.readouterr().out == f"{file} is good.\n"


@pytest.mark.parametrize("words", [("x.toml",), ("--write", "--check"), ("--check", "gone.toml")])
def test_words_that_make_no_sense_together_are_refused(words: tuple[str, ...]) -> None:
    assert run("settings", *words) == 2


def test_who_knows_no_keys_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys"]) == 1
    assert "ask for them as wiredesk does" in capsys.readouterr().err


# ---------------------------------------------------------------- keys and presets


def test_the_keys_in_force_are_printed(here: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, '[keys]\npreset = "vim"\n"desk.refresh" = "f5"')
    assert run("keys") == 0
    told = capsys.readouterr().out
    assert "| `f5` | Fetch every feed; once more stops it | `desk.refresh` |" in told
    assert "| `x` `del` | Delete the article; undo brings it back | `list.delete` |" in told
    assert run("keys", "--preset", "default", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["id"] for row in rows} == tui.keys.binding_ids()
    assert next(row for row in rows if row["id"] == "desk.refresh")["keys"] == ["R"]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_commands_that_there_are_and_gives_no_key_twice(preset: str) -> None:
    keys = tui.keys.preset_keys(preset)
    assert keys.keys() <= tui.keys.binding_ids()
    assert tui.keys.clashes(keys, keys) == []


@pytest.mark.parametrize("preset", PRESETS[1:])
def test_keys_that_everybody_knows_work_in_each_preset(preset: str) -> None:
    usual = {row.id: set(row.keys) for row in tui.keys.key_rows({})}
    named = {"↑", "↓", "←", "→", "Home", "End", "PgUp", "PgDn", "enter", "Esc", "Tab", "shift+Tab"}
    for row in tui.keys.key_rows(tui.keys.preset_keys(preset)):
        assert usual[row.id] & named <= set(row.keys), row.id


def test_what_the_person_chose_comes_before_the_preset() -> None:
    own = {"list.read": "f3"}
    assert in_force("newsboat", own)["list.read"] == "f3"
    assert in_force("newsboat", own)["list.star"] == KEYS["newsboat"]["list.star"]
    assert in_force("default", {}) == {}


def test_a_pane_may_keep_a_key_of_its_screen_for_itself() -> None:
    both = {"tag.undo": "U", "list.undo": "U"}
    assert tui.keys.clashes(both, both) == []
    other = {"tag.undo": "R"}
    assert [str(clash) for clash in tui.keys.clashes(other, other)] == [
        "R is the key of both tag.undo and desk.refresh."
    ]


def test_a_letter_is_no_command_where_one_types() -> None:
    trap = {"export.cancel": "H", "find.done": "right_square_bracket,enter", "find.save": "up"}
    assert [str(clash) for clash in tui.keys.clashes(trap, trap)][-2:] == [
        "H is the key of both export.cancel and typing a text.",
        "] is the key of both find.done and typing a text.",
    ]


def test_what_is_wrong_with_keys_is_told_with_its_line(here: Folders) -> None:
    for text, told in (
        (
            '[keys]\n"desk.refresh" = "j"',
            "line 2: 'keys.desk.refresh' has the key j, as 'list.down'",
        ),
        (
            '[keys]\n"export.cancel" = "H"',
            "line 2: 'keys.export.cancel' has the key H, as 'typing a text' has",
        ),
        ('[keys]\n"desk.refrsh" = "f5"', "line 2: 'keys.desk.refrsh' names no command"),
    ):
        write(here, text)
        with pytest.raises(SettingsError, match=re.escape(told)):
            tui.keys.expect_sound(load_settings(here), here)
    tui.keys.expect_sound(Settings(annotator="ana", preset="vim"), here)


def test_what_is_remembered_by_one_is_not_forgotten_by_another(here: Folders) -> None:
    change_state(here, lambda _: State(theme="nord"))
    change_state(here, lambda state: State(theme=state.theme, tree_width=30))
    assert load_state(here) == State(theme="nord", tree_width=30)
