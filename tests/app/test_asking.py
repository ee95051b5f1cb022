"""The further dimensions of a codebook, asked for by t: legends, pickers, values made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import HIRING_PUSH, fill, open_desk
from marking import only_claim, press, reading, status, stored
from screen_text import screen_lines, screen_text

from store.desk import Desk
from store.settings import folders

DEFINITION = (
    "Capacity for training or serving models is built, bought or let, in one place, by whoever "
    "runs it, as far as the sentence names it."
)
STAGE = """
[[dimension]]
id = "stage"
label = "Stage"
kind = "closed"
several = false
key = "s"

[[code]]
dimension = "stage"
id = "early"
label = "early"
key = "e"
definition = "Nothing is decided yet."

[[code]]
dimension = "stage"
id = "late"
label = "late"
key = "l"
definition = "It is being built."
"""
TOPIC = f"""
[[dimension]]
id = "topic"
label = "Topic"
kind = "closed"
key = "t"

[[code]]
dimension = "topic"
id = "compute"
label = "compute"
definition = "{DEFINITION}"
"""
PRODUCT = """
[[dimension]]
id = "product"
label = "Product"
kind = "open"
key = "p"
"""
OTHER_REGION = """
[[dimension]]
id = "market"
label = "Market"
kind = "region"
key = "m"
"""


@pytest.fixture(autouse=True)
def ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH)


def with_dimensions(*parts: str) -> Desk:
    """The desk with a codebook of its reader's own beside the settings."""
    where = folders().settings
    where.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["extends = true", *parts])
    (where / "codebook.toml").write_text(text, "utf-8")
    return open_desk()


@pytest.fixture
def desks() -> Iterator[list[Desk]]:
    opened: list[Desk] = []
    yield opened
    for desk in opened:
        desk.close()


def values_of(dimension: str) -> list[str]:
    return [tag.code for tag in only_claim().marking.values(dimension)]


async def test_the_only_further_dimension_is_asked_for_at_once_by_the_keys_of_its_codes(
    desks: list[Desk],
) -> None:
    desks.append(desk := with_dimensions(STAGE))
    async with reading(desk, "j", "s", "h", "t") as pilot:
        assert "Stage · press its key" in screen_text(pilot.app)
        await press(pilot, "e")
        assert values_of("stage") == ["early"]
        assert any("stage" in line and "☑ early" in line for line in screen_lines(pilot.app))


async def test_a_dimension_of_one_value_takes_the_new_one_in_place_of_the_old(
    desks: list[Desk],
) -> None:
    desks.append(desk := with_dimensions(STAGE))
    async with reading(desk, "j", "s", "h", "t", "e", "t", "l"):
        assert values_of("stage") == ["late"]


async def test_several_dimensions_are_chosen_by_their_keys_first(desks: list[Desk]) -> None:
    desks.append(desk := with_dimensions(STAGE, PRODUCT))
    async with reading(desk, "j", "s", "h", "t") as pilot:
        assert "s Stage" in screen_text(pilot.app)
        assert "p Product" in screen_text(pilot.app)
        await press(pilot, "x")
        assert "no dimension has the key x" in status(pilot)
        await press(pilot, "t", "s", "escape")
        assert "☑ hiring" in screen_text(pilot.app)
        await press(pilot, "t", "s", "l")
        assert values_of("stage") == ["late"]


async def test_a_value_is_made_up_only_by_its_own_row_and_found_again(desks: list[Desk]) -> None:
    desks.append(desk := with_dimensions(PRODUCT))
    async with reading(desk, "j", "s", "h", "t", *"Claude", "enter") as pilot:
        assert values_of("product") == []
        assert "create “Claude”" in screen_text(pilot.app)
        await press(pilot, "down", "enter")
        assert [tag.label for tag in only_claim().marking.values("product")] == ["Claude"]
        await press(pilot, "j", "t", *"clau", "enter")
        first, second = (one.marking.values("product") for one in stored())
        assert [tag.key for tag in second] == [tag.key for tag in first]


async def test_codes_without_keys_are_picked_with_their_definition_in_full(
    desks: list[Desk],
) -> None:
    desks.append(desk := with_dimensions(TOPIC))
    async with reading(desk, "j", "s", "h", "t") as pilot:
        shown = " ".join(line.rpartition("▕")[2] for line in screen_lines(pilot.app))
        assert DEFINITION in " ".join(shown.split())
        await press(pilot, *"comp", "enter")
        assert values_of("topic") == ["compute"]


async def test_a_further_dimension_may_be_of_regions(desks: list[Desk]) -> None:
    desks.append(desk := with_dimensions(OTHER_REGION))
    async with reading(desk, "j", "s", "h", "t", *"germ", "enter"):
        assert "DE" in values_of("market")


@pytest.mark.parametrize("size", [(160, 45), (100, 30), (80, 24)])
async def test_the_keys_stay_in_view_however_many_dimensions_there_are(
    desks: list[Desk], size: tuple[int, int]
) -> None:
    desks.append(desk := with_dimensions(STAGE, TOPIC, PRODUCT, OTHER_REGION))
    async with reading(desk, "j", "s", "h", size=size) as pilot:
        shown = screen_text(pilot.app)
        for words in ("s c r change", "stage", "topic", "product", "market", "details"):
            assert words in shown


async def test_nothing_pasted_answers_a_question_of_one_key(desks: list[Desk]) -> None:
    from textual import events

    desks.append(desk := with_dimensions(STAGE))
    async with reading(desk, "j", "s") as pilot:
        pilot.app.screen.post_message(events.Paste("h"))
        await press(pilot)
        assert "nothing to paste" in status(pilot)
    assert stored() == []
