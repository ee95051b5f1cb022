"""Messages are made with the fields that they tell, and with no others."""

from __future__ import annotations

import pytest
from textual.message import Message

from tui.widgets.telling import Telling


class Went(Telling):
    where: str
    how: str = "on foot"


class WentFar(Went):
    miles: int = 0


def test_fields_are_given_in_their_order_or_by_name() -> None:
    assert (Went("home").where, Went("home").how) == ("home", "on foot")
    assert Went(where="out", how="by train").how == "by train"
    far = WentFar("out", "by train", miles=9)
    assert (far.where, far.how, far.miles) == ("out", "by train", 9)


def test_it_is_a_message_that_widgets_are_told() -> None:
    assert isinstance(Went("home"), Message)
    assert Went("home").time > 0
    assert WentFar.handler_name == "on_went_far"


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        (("home", "by train", "late"), {}),
        (("home",), {"where": "out"}),
        (("home",), {"when": "now"}),
    ],
)
def test_a_field_missing_unknown_or_given_twice_is_a_mistake(
    values: tuple[str, ...], named: dict[str, str]
) -> None:
    with pytest.raises(TypeError, match="Went tells"):
        Went(*values, **named)
