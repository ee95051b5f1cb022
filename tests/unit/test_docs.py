"""The pages in docs/: their examples work as they stand, and what they list is what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from desks import HIRING_PUSH, fill
from tinydb import TinyDB

from store.claims.codebook import CodebookError
from store.claims.codebook.file import load_codebook, own_codebook
from store.claims.codebook.triggers import Triggers, tokens_of
from store.cli import main
from store.formats.suggestions import SuggestedSentence, SuggestedValue
from store.settings import folders, load_settings
from store.settings.catalogue import KNOWN
from store.shelf.rows import Rows
from store.shelf.shelf import Shelf
from themes import ROLES, load_themes
from tui.keys import binding_ids, clashes

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.name for path in (CHECKOUT / "docs").glob("*.md"))


def page(name: str) -> str:
    return (CHECKOUT / "docs" / name).read_text("utf-8")


def examples(name: str, language: str = "toml") -> list[str]:
    """The blocks of one language on a page."""
    return re.findall(rf"```{language}\n(.*?)```", page(name), re.DOTALL)


def cells(name: str, *, columns: int) -> list[list[str]]:
    """The rows of the tables of that width on a page, as plain text."""
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in page(name).splitlines() if "|" in line]
    return [
        [cell.strip().replace("\\|", "|") for cell in row] for row in rows if len(row) == columns
    ]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_pages_that_exist(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page(name)):
        assert target.startswith("https://") or (CHECKOUT / "docs" / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_the_readme_leads_to_every_page(name: str) -> None:
    assert f"(docs/{name})" in (CHECKOUT / "README.md").read_text("utf-8")


# ---------------------------------------------------------------- settings, keys


@pytest.mark.parametrize("name", ["commands.md", "keys.md"])
def test_the_settings_shown_can_be_used_as_they_are(name: str) -> None:
    where = folders(None)
    where.settings.mkdir(parents=True)
    (where.settings / "mine.toml").touch()
    (shown,) = examples(name)
    (where.settings / "settings.toml").write_text(shown, "utf-8")
    chosen = load_settings(where, bindings=binding_ids())
    assert chosen.keys
    assert not clashes(chosen.keys, chosen.keys)


def test_every_setting_is_on_the_page() -> None:
    (shown,) = examples("commands.md")
    page_says = tomllib.loads(shown)
    for known in KNOWN:
        table = page_says.get(known.table, {}) if known.table else page_says
        assert known.name in table, f"{known.table}.{known.name}"


def test_a_page_that_the_settings_name_is_there() -> None:
    (shown,) = examples("commands.md")
    for name in re.findall(r"docs/(\S+\.md)", shown):
        assert name in PAGES, name


def test_who_takes_json_is_on_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = re.findall(
        r"^(`add`, .*?) take `--json`", page("commands.md"), re.DOTALL | re.MULTILINE
    )
    named = set(re.findall(r"`([a-z ]+)`", told))
    takes = set()
    commands = re.findall(r"^\| `wiredesk (\w+)", page("commands.md"), re.MULTILINE)
    for words in (*commands, "codebook show"):
        assert main([*words.split(), "--help"]) == 0
        if "--json:" in capsys.readouterr().out:
            takes.add(words)
    assert named == takes


def test_the_page_of_keys_is_that_of_this_program() -> None:
    check = (sys.executable, "tools/list_keys.py", "--check")
    done = subprocess.run(check, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


# ---------------------------------------------------------------- codebook


@pytest.fixture
def codebook_file(tmp_path: Path) -> Path:
    return tmp_path / "codebook.toml"


def test_the_codebook_that_changes_ours_adds_to_it(codebook_file: Path) -> None:
    extending, *_ = examples("codebook.md")
    codebook_file.write_text(extending, "utf-8")
    made, shipped = load_codebook(codebook_file), own_codebook()
    strike, hiring = made.code("signal", "strike"), made.code("signal", "hiring")
    assert strike is not None
    assert hiring is not None
    assert hiring.triggers == getattr(shipped.code("signal", "hiring"), "triggers", None)
    assert hiring.definition in extending
    assert len(made.companies) == len(shipped.companies) + 1
    assert made.version.startswith(f"{shipped.version}+")
    assert Triggers([(one, one) for one in strike.triggers]).find(
        tokens_of(strike.examples[0]), strike.examples[0]
    )


def test_the_codebook_that_starts_from_nothing_has_only_what_it_says(codebook_file: Path) -> None:
    _, alone, _ = examples("codebook.md")
    codebook_file.write_text(alone, "utf-8")
    made = load_codebook(codebook_file)
    assert [code.id for one in made.dimensions for code in one.codes] == ["pledge"]
    assert not made.companies


def test_the_dimensions_of_ones_own_are_asked_for_by_their_keys(codebook_file: Path) -> None:
    *_, own = examples("codebook.md")
    codebook_file.write_text(own, "utf-8")
    horizon, person = load_codebook(codebook_file).further_dimensions
    assert (horizon.key, horizon.several, [code.id for code in horizon.codes]) == (
        "h",
        False,
        ["near", "far"],
    )
    assert (person.key, person.values) == ("p", ("Ada Example",))


TRIGGERS = [row for row in cells("codebook.md", columns=4) if row[0].startswith("`")]


@pytest.mark.parametrize(("written", "_", "finds", "misses"), TRIGGERS)
def test_a_trigger_finds_what_the_page_says(written: str, _: str, finds: str, misses: str) -> None:
    trigger = Triggers([(written.strip("`"), "")])
    assert trigger.find(tokens_of(finds), finds)
    assert not trigger.find(tokens_of(misses), misses)


def test_the_mistake_shown_is_told_that_way(codebook_file: Path) -> None:
    code = (
        '[[code]]\ndimension = "signal"\nid = "new"\nlabel = "new"\ndefinition = "New."\nkey = "h"'
    )
    codebook_file.write_text(f"extends = true\n{code}", "utf-8")
    with pytest.raises(CodebookError) as told:
        load_codebook(codebook_file)
    assert f"wiredesk: {told.value}" in page("codebook.md")


# ---------------------------------------------------------------- suggestions


def test_the_article_shown_gives_the_line_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, expected = examples("suggestions.md", "json")
    file = tmp_path / "news.jsonl"
    file.write_text(given, "utf-8")
    (command,) = examples("suggestions.md", "sh")
    program, *words = command.split()
    assert program == "wiredesk"
    assert not main([word.replace(file.name, str(file)) for word in words])
    line, _ = map(json.loads, capsys.readouterr().out.splitlines())
    wanted = json.loads(expected)
    assert list(line) == list(wanted)
    for kind in ("regions", "companies", "signals"):
        shown = [value for value in line.pop(kind) if value["shown"]]
        for value, told in zip(shown, wanted.pop(kind), strict=True):
            assert list(value) == list(told)
            assert (value["code"], value["label"]) == (told["code"], told["label"])
            assert line["text"][value["start"] : value["end"]] in told["reason"]
    assert line == wanted


def test_every_member_of_a_line_and_every_option_is_explained() -> None:
    rows = cells("suggestions.md", columns=2)
    explained = {name for row in rows for name in re.findall(r"`([^`]+)`", row[0])}
    members = {*SuggestedSentence.__struct_fields__, *SuggestedValue.__struct_fields__}
    assert members - {"code", "label"} <= explained
    options = {name.split()[0] for name in explained if name.startswith("--")}
    assert options == {"--learn", "--threshold", "--codebook", "--taught", "--desk", "--title"}


# ---------------------------------------------------------------- themes


def test_the_theme_shown_is_one(tmp_path: Path) -> None:
    (shown,) = examples("themes.md")
    (tmp_path / "mine.toml").write_text(shown, "utf-8")
    loaded = load_themes(tmp_path)
    assert not loaded.failures
    assert "mine" in {theme.name for theme in loaded.themes}


def test_the_colours_listed_are_ours_and_show_somewhere() -> None:
    drawn = "".join(
        path.read_text("utf-8")
        for kind in ("py", "tcss")
        for path in CHECKOUT.glob(f"tui/**/*.{kind}")
    )
    listed = [
        name for row in cells("themes.md", columns=2) for name in re.findall(r"`([^`]+)`", row[0])
    ]
    assert listed
    for name in listed:
        assert name in ROLES
        assert re.search(rf"\${name}\b(?!-)", drawn), name


# ---------------------------------------------------------------- desk


def test_every_file_of_a_desk_is_on_its_page() -> None:
    desk = folders().desk
    fill(desk, HIRING_PUSH)
    listed = page("desk.md")
    for path in desk.iterdir():
        name = path.name.removesuffix(".bak")
        assert f"`{name}/`" in listed if path.is_dir() else f"`{name}`" in listed, name


def test_stock_tinydb_opens_every_file_that_the_page_says() -> None:
    desk = folders().desk
    fill(desk, HIRING_PUSH)
    files = [path for path in desk.rglob("*.json") if path.name != "generation.json"]
    assert files
    for path in files:
        with TinyDB(path, access_mode="r") as database:
            assert any(database.table(name).all() for name in database.tables()), path


def test_what_may_be_deleted_may_be_deleted() -> None:
    desk = folders().desk
    fill(desk, HIRING_PUSH)
    (row,) = [row for row in cells("desk.md", columns=2) if "can be made again" in row[1]]
    for name in (*re.findall(r"`([^`]+)`", row[0]), "fetch.json"):
        if name.endswith("/"):
            shutil.rmtree(desk / name)
        else:
            (desk / name).unlink(missing_ok=True)
    with closing(Shelf.open(desk)) as shelf:
        columns = shelf.columns()
        assert len(Rows(columns, columns.order()))
        assert not shelf.notices()


# ---------------------------------------------------------------- picture


def test_the_picture_loads_nothing_and_tells_nothing_of_where_it_was_taken() -> None:
    picture = (CHECKOUT / "docs" / "picture.svg").read_text("utf-8")
    assert len(picture.encode()) < 300_000
    assert "@font-face" not in picture
    assert "url(http" not in picture
    assert "<image" not in picture
    assert not re.search(r"/(home|root|tmp|Users|work)/", picture)


# ---------------------------------------------------------------- contributing


def test_the_tree_of_the_house_shows_what_is_there() -> None:
    contributing = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    tree = contributing.partition("```\n")[2].partition("```")[0]
    folder, shown = Path(), set()
    for depth, name in re.findall(r"(?m)^( *)([\w.]+/?) ", tree):
        folder = folder if depth else Path(name)
        shown.add(folder / name if depth else folder)
    for path in shown:
        assert (CHECKOUT / path).exists(), path
    for package in (CHECKOUT / "store").glob("*/__init__.py"):
        assert package.parent.relative_to(CHECKOUT) in shown
