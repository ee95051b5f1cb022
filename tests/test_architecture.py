"""What import-linter cannot see: what a start loads, who writes files, what widgets are given."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from raw_strings import functions_that_return_content, raw_strings

CHECKOUT = Path(__file__).resolve().parents[1]
MODULES = {
    path.relative_to(CHECKOUT).as_posix(): ast.parse(path.read_text("utf-8"))
    for package in ("tui", "store", "themes")
    for path in sorted((CHECKOUT / package).rglob("*.py"))
}

HEAVY = (
    *("aiohttp", "feedparser", "lxml", "trafilatura", "rapidfuzz", "nupunkt", "sentencex"),
    *("cyclopts", "humanize", "sqlite3"),
)
"""What the first paint must not wait for."""

LOADED_BY = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def loaded_by(module: str) -> set[str]:
    """Top-level names that a fresh interpreter holds after it imported one module."""
    # Measuring coverage loads things of its own into every child that is told of it.
    unmeasured = {name: v for name, v in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY, module],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=CHECKOUT,
        env=unmeasured,
    )
    assert not done.returncode, done.stderr
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("module", ["store.desk", "tui.app", "tui.__main__", "themes"])
def test_a_start_loads_nothing_heavy(module: str) -> None:
    assert not loaded_by(module) & set(HEAVY)


@pytest.mark.parametrize(
    "module", ["store.desk", "store.cli", "store.refresh", "store.feeds.parsing.parse"]
)
def test_what_runs_without_a_screen_loads_no_screen(module: str) -> None:
    assert not loaded_by(module) & {"textual", "tui", "themes"}


def test_the_command_decides_before_it_loads_a_screen() -> None:
    assert not loaded_by("tui.__main__") & {"textual", "tinydb"}


def test_a_heavy_import_would_be_noticed() -> None:
    assert "lxml" in loaded_by("lxml.html")


def imports_of(tree: ast.Module) -> set[str]:
    """Top-level names of everything a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


ONLY_IN = {
    "feedparser": "store/feeds/parsing/parse.py",
    "aiohttp": "store/feeds/web/fetch.py",
    "trafilatura": "store/feeds/parsing/page.py",
    "nltk": "store/claims/annotators/reliability.py",
    "tinydb": "store/shelf/",
    "filelock": "store/shelf/",
    "cyclopts": "store/cli",
    "platformdirs": "store/settings/folders.py",
    "rapidfuzz": "store/",
    "pickle": "nowhere",
    "webbrowser": "nowhere",
}


@pytest.mark.parametrize(("package", "place"), ONLY_IN.items())
def test_each_library_has_one_door(package: str, place: str) -> None:
    elsewhere = [
        path
        for path, tree in MODULES.items()
        if package in imports_of(tree) and not path.startswith(place)
    ]
    assert not elsewhere


def test_themes_stand_alone() -> None:
    allowed = {"__future__", "themes", "textual", *sys.stdlib_module_names}
    for path, tree in MODULES.items():
        if path.startswith("themes/"):
            assert imports_of(tree) <= allowed, path


WRITERS = (
    *("store/shelf/", "store/settings/", "store/faults.py"),
    *("store/cli", "store/desk/exporting.py"),
)
"""Who may write: the shelf, settings and what is remembered, reports of faults, exports."""
WRITING_MODES = frozenset("wax+")


def writes_files(tree: ast.Module) -> list[int]:
    """Lines on which a module opens a file to write, or writes one whole."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (_opens_to_write(node) or _writes_whole(node))
    ]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _writes_whole(node: ast.Call) -> bool:
    return _called(node) in {"write_text", "write_bytes", "NamedTemporaryFile", "mkstemp"}


def _opens_to_write(node: ast.Call) -> bool:
    if _called(node) != "open":
        return False
    if any("O_CREAT" in ast.unparse(flags) for flags in node.args[1:]):
        return True
    modes = [*node.args[:2], *(word.value for word in node.keywords if word.arg == "mode")]
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and len(mode.value) <= len("w+b")
        and not WRITING_MODES.isdisjoint(mode.value)
        for mode in modes
    )


def test_only_the_shelf_and_the_memory_of_the_app_write_files() -> None:
    found = {path: lines for path, tree in MODULES.items() if (lines := writes_files(tree))}
    assert [path for path in found if not path.startswith(WRITERS)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "open(p, 'w')",
        "p.open(mode='ab')",
        "p.write_text(t)",
        "os.open(p, os.O_WRONLY | os.O_CREAT)",
        "open(p, 'r+')",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    assert writes_files(ast.parse(planted)) == [1]


def test_reading_is_not_writing() -> None:
    assert writes_files(ast.parse("open(p)\np.open('rb')\np.read_text('utf-8')")) == []


def test_cells_of_a_line_are_made_in_one_place() -> None:
    makers = [
        path
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) == "Segment" and path.startswith("tui/")
    ]
    assert set(makers) <= {"tui/widgets/lines.py"}


def test_no_widget_is_given_a_raw_string() -> None:
    screens = {path: tree for path, tree in MODULES.items() if path.startswith("tui/")}
    safe = functions_that_return_content(list(screens.values()))
    found = [
        f"{path} {where}"
        for path, tree in screens.items()
        for where in raw_strings(tree, safe_functions=safe)
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "Label(title)",
        "Static(f'{title}: read')",
        "self.notify(str(error))",
        "self.notify(message='x', title=feed.name)",
        "Option('a' + title)",
        "table.add_row('x', title)",
        "label.update(title)",
        "pane.border_title = feed.name",
        "row.tooltip = f'{count}'",
        "tree.root.add_leaf(name)",
        "self.exit(message=reason)",
        "Content.from_markup(title)",
        "Text.from_ansi(body)",
        "self.app.open_url(address)",
        "Label(title, markup=True)",
        "def f(shown: str):\n    Label(shown)",
        "def f(x):\n    shown = Content(x)\n    shown = x\n    Label(shown)",
        "class Note(Static):\n    def __init__(self, text: str):\n        super().__init__(text)",
        "Label(Content('a') if safe else title)",
        "def f(draw: Callable[[int], str]):\n    Label(draw(3))",
    ],
)
def test_a_planted_raw_string_is_found(planted: str) -> None:
    assert len(raw_strings(ast.parse(planted))) == 1


@pytest.mark.parametrize(
    "fair",
    [
        "Label('Nothing to read yet')",
        "Label(title, markup=False)",
        "Static(Content(title))",
        "Static(Content.assemble((title, 'bold'), ' '))",
        "Content.from_markup('[b]$title[/b]', title=title)",
        "pane.border_title = Content(name)",
        "pane.border_title = None",
        "def f(shown: Content | None):\n    Label(shown or '')",
        "def f(x):\n    shown = Content(x)\n    Label(shown)",
        "def told(x) -> Content: ...\nLabel(told(x))",
        "def told(x) -> 'Content': ...\nself.notify(told(x), title='Saved')",
        "table.add_row(*(Text(cell) for cell in cells))",
        "self.cache.update({key: value})",
        "self.cache.update(key=value)",
        "self.known.update(row.id for row in rows)",
        "def f(draw: Callable[[int], Content]):\n    Label(draw(3))",
        "HINT = 'Press ?'\ndef f():\n    Label(HINT)",
    ],
)
def test_what_is_safe_is_left_alone(fair: str) -> None:
    assert raw_strings(ast.parse(fair)) == []
