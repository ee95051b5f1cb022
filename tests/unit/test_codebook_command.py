"""``wiredesk codebook``: what it prints, what it changes, and its exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.claims.codebook.file import load_codebook
from store.cli import main
from store.settings import folders


def test_the_codebook_in_use_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "show"]) == 0
    told = capsys.readouterr().out
    assert "Business signals, wiredesk 1.0 (comes with Wiredesk)" in told
    assert "  h hiring" in told


def test_another_is_used_and_shown_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "use", "political"]) == 0
    assert "Political events (PLOVER), version 1.0, is in use" in capsys.readouterr().out
    assert main(["codebook", "show", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["id"] == "wiredesk-political"
    assert told["file"] == str(folders().desk / "codebook.toml")
    assert "protest" in told["dimensions"]["signal"]
    assert main(["codebook", "show"]) == 0
    assert "Context (closed)  key t c" in capsys.readouterr().out


def test_a_file_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('extends = true\n[[company]]\nname = "Kuma"\n', "utf-8")
    assert main(["codebook", "check", str(file)]) == 0
    assert "3 dimensions, 25 codes" in capsys.readouterr().out
    file.write_text('extends = true\nkolour = "red"\n', "utf-8")
    assert main(["codebook", "check", str(file)]) == 1
    assert "mine.toml, line 2: unknown field 'kolour'" in capsys.readouterr().err


def test_what_is_no_codebook_is_not_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "use", "nowhere.toml"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    folders().settings.mkdir(parents=True)
    (folders().settings / "codebook.toml").write_text("extends = true\n", "utf-8")
    assert main(["codebook", "use", "political"]) == 1
    assert "which comes first" in capsys.readouterr().err


def test_it_is_printed_as_a_file_that_stands_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders().settings.mkdir(parents=True)
    (folders().settings / "codebook.toml").write_text(
        'extends = true\n[[code]]\ndimension = "signal"\nid = "rating"\nretired = true\n', "utf-8"
    )
    assert main(["codebook", "show"]) == 0
    assert "rating                  retired" in capsys.readouterr().out
    assert main(["codebook", "export"]) == 0
    printed = tmp_path / "printed.toml"
    printed.write_text(capsys.readouterr().out, "utf-8")
    written = tmp_path / "written.toml"
    assert main(["codebook", "export", "-o", str(written)]) == 0
    assert load_codebook(written).dimensions == load_codebook(printed).dimensions
    assert [code.id for code in load_codebook(written).dimensions[0].retired] == ["rating"]
    assert main(["codebook", "export", "-o", str(tmp_path)]) == 1
