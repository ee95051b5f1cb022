"""What a reader sees of servers that hold up, fill up or mislead, one case after another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from misbehaving import Case, World, a_world
from misbehaviour import CASES


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        yield world


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_server_that(case: Case, world: World) -> None:
    await case.run(world)
