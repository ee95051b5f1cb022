"""Servers never lead a reader into the private network, and get nothing that is not theirs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from certificates import certificate, downgraded, trust, unproven
from misbehaving import World, a_world
from trespassing import TRESPASSES

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="certificates need openssl")


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        yield world


@pytest.mark.parametrize("name", TRESPASSES)
async def test_nothing_is_reached_by(
    name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await TRESPASSES[name](world, monkeypatch)


@needs_openssl
async def test_a_host_that_signed_for_itself_gets_no_request(tmp_path: Path) -> None:
    await unproven(certificate(tmp_path, "IP:127.0.0.1"))


@needs_openssl
async def test_a_host_by_another_name_gets_no_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = certificate(tmp_path, "DNS:other.example")
    trust(monkeypatch, made)
    await unproven(made)


@needs_openssl
async def test_https_is_never_left_for_http(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = certificate(tmp_path, "IP:127.0.0.1")
    trust(monkeypatch, made)
    await downgraded(world, made)
