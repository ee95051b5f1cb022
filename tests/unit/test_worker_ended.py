"""A worker that nobody waits for any more is gone, whenever that happens, and leaves no pipe."""

from __future__ import annotations

import asyncio
import gc
import sys
from pathlib import Path

import pytest

from store import worker

LAST_STEP = 14
"""Steps of the loop after which the worker has long begun to speak."""


@pytest.fixture(params=["exec cat", "exec yes"], ids=["silent", "talkative"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    there = tmp_path / "program"
    there.write_text(f'#!/bin/sh\necho $$ >> "{tmp_path}/started"\n{request.param}\n')
    there.chmod(0o700)
    return there


async def _cancelled(desk: Path, after: int, again: int | None) -> None:
    using = asyncio.ensure_future(_use(desk))
    for _ in range(after):
        await asyncio.sleep(0)
    using.cancel()
    if again is not None:
        for _ in range(again):
            await asyncio.sleep(0)
        using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using


async def _use(desk: Path) -> None:
    async for _ in worker.fetching(desk):
        pass
    await asyncio.Event().wait()


@pytest.mark.parametrize("again", [None, 0, 1, 2, 3])
def test_a_worker_is_ended_at_whatever_moment_it_is_given_up(
    program: Path, monkeypatch: pytest.MonkeyPatch, again: int | None
) -> None:
    monkeypatch.setattr(sys, "executable", str(program))
    for after in range(LAST_STEP):
        asyncio.run(_cancelled(program.parent, after, again))
    gc.collect()  # what was left open is told of then, and is an error
    started = (program.parent / "started").read_text().split()
    assert started
    assert [pid for pid in started if _runs(pid)] == []


def _runs(pid: str) -> bool:
    try:
        stat = Path("/proc", pid, "stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
