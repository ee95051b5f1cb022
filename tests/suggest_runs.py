"""Runs of ``wiredesk suggest`` in a test's own process."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from store.cli import main


class Stdin(io.TextIOWrapper):
    """What somebody pipes in."""

    def __init__(self, given: bytes) -> None:
        super().__init__(io.BytesIO(given), encoding="utf-8")


class Suggest:
    """Runs the command and takes what it prints apart."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = patch
        self.status = 0
        self.err = ""

    def __call__(self, *words: str, stdin: bytes | None = None) -> list[dict[str, Any]]:
        if stdin is not None:
            self._patch.setattr(sys, "stdin", Stdin(stdin))
        self.status = main(["suggest", *words])
        out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        return [json.loads(line) for line in out.splitlines()]


def shown(line: dict[str, Any], kind: str) -> list[str]:
    return [value["code"] for value in line[kind] if value["shown"]]


def lines_of(*records: object) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in records).encode()


def is_honest(line: dict[str, Any], text: str) -> bool:
    """Whether the sentence and all that it rests on stand where it says."""
    assert text[line["start"] : line["end"]] == line["text"]
    for kind in ("regions", "companies", "signals"):
        for value in line[kind]:
            assert 0 <= value["score"] <= 1
            assert (value["start"] is None) == (value["end"] is None)
            if value["start"] is not None:
                assert line["start"] <= value["start"] < value["end"] <= line["end"]
    return True
