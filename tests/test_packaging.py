"""What a person who installs Wiredesk gets: the wheel holds all of it, nothing else, and runs."""

from __future__ import annotations

import email.parser
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from store.version import VERSION

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGES = ("tui", "store", "themes")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]


def ran(*words: str | Path, cwd: Path, **more: str) -> str:
    """What a command says on stdout; it must succeed."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=plain | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert not done.returncode, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout with the tools at hand."""
    built = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", built)
    ran(*build, CHECKOUT, cwd=built)
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(name for name in archive.namelist() if not name.endswith("/"))


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """What the wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"wiredesk-{VERSION}.dist-info/METADATA").decode("utf-8")
    return email.parser.HeaderParser().parsestr(text)


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own, away from the checkout."""

    bin: Path
    elsewhere: Path

    def run(self, *words: str) -> str:
        """Run one of its commands, in a folder that has nothing to do with the checkout."""
        command = self.bin / words[0]
        home = str(self.elsewhere / "home")
        return ran(command, *words[1:], cwd=self.elsewhere, HOME=home, WIREDESK_HOME=home)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel installed; what it depends on is lent by the environment the tests run in."""
    root = tmp_path_factory.mktemp("person")
    venv.create(root / "env", symlinks=True)
    where = {"base": str(root / "env"), "platbase": str(root / "env")}
    own = Path(sysconfig.get_path("purelib", "venv", vars=where))
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # Paths named here are searched, but their own .pth files, as of the checkout, are not read.
    (own / "lent.pth").write_text("\n".join(lent), "utf-8")
    install = ("install", "--quiet", "--no-deps", "--no-index", "--ignore-installed")
    python = root / "env" / "bin" / "python"
    ran(sys.executable, "-m", "pip", "--python", python, *install, wheel, cwd=root)
    (root / "elsewhere").mkdir()
    return Installed(root / "env" / "bin", root / "elsewhere")


def test_the_wheel_brings_three_packages_and_nothing_beside_them(names: frozenset[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert tops == {*PACKAGES, f"wiredesk-{VERSION}.dist-info"}


def test_every_file_of_the_packages_is_in_the_wheel(names: frozenset[str]) -> None:
    there = {
        path.relative_to(CHECKOUT).as_posix()
        for package in PACKAGES
        for path in (CHECKOUT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if not name.startswith("wiredesk-")} == there


def test_what_is_not_python_is_known_and_needed(names: frozenset[str]) -> None:
    kinds = {Path(name).suffix for name in names if not name.startswith("wiredesk-")}
    assert kinds <= {".py", ".toml", ".tcss", ".xml", ".html", ".txt"}
    assert not [name for name in names if "__pycache__" in name or "test" in name.lower()]
    for needed in (
        "tui/app.tcss",
        "store/claims/codebook/business.toml",
        "store/claims/names/cities.txt",
        "store/claims/lexicon/companies.txt",
        *(
            f"themes/{name}.toml"
            for name in ("ledger-dark", "ledger-light", "wire-amber", "high-contrast")
        ),
    ):
        assert needed in names
    assert [name for name in names if name.startswith("store/sample/feeds/")]


def test_the_wheel_says_licence_python_and_command(wheel: Path, metadata: Message) -> None:
    assert metadata["Name"] == "wiredesk"
    assert metadata["Version"] == VERSION
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert len(metadata.get_all("Requires-Dist", [])) == len(PROJECT["dependencies"])
    with zipfile.ZipFile(wheel) as archive:
        about = f"wiredesk-{VERSION}.dist-info"
        assert "Wiredesk contributors" in archive.read(f"{about}/licenses/LICENSE").decode()
        assert "GeoNames" in archive.read(f"{about}/licenses/NOTICE").decode()
        assert "wiredesk = tui.__main__:main" in archive.read(f"{about}/entry_points.txt").decode()


def test_what_is_installed_is_not_the_checkout(installed: Installed) -> None:
    where = "import store, themes, tui; print(store.__file__, themes.__file__, tui.__file__)"
    for path in installed.run("python", "-c", where).split():
        assert Path(path).is_relative_to(installed.bin.parent)


def test_the_installed_command_tells_its_version(installed: Installed) -> None:
    assert installed.run("wiredesk", "--version").strip() == f"wiredesk {VERSION}"


def test_the_installed_command_reads_the_sample_desk(installed: Installed) -> None:
    installed.run("wiredesk", "demo", "--check")
    assert not [path for path in installed.elsewhere.rglob("*") if path.is_file()]
