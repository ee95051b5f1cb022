"""The looks of a widget's parts: there when they are drawn, as the theme says, not before."""

from __future__ import annotations

import pytest
from headlines import NOW, headline
from settle import settle
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tui.widgets.article_list import ArticleList


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield ArticleList()

    @property
    def list(self) -> ArticleList:
        return self.query_one(ArticleList)


async def test_a_part_that_is_never_drawn_is_never_styled(monkeypatch: pytest.MonkeyPatch) -> None:
    styled: set[str] = set()
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: DOMNode, **how: object) -> None:
        styled.update(node.classes)
        apply(self, node, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Stylesheet, "apply", noted)
    async with Host().run_test() as pilot:
        pilot.app.list.show([headline(1)], {1: "Top"}, NOW, title="All", fresh=True)
        await pilot.pause()
    assert styled & {"rows--heading", "rows--heading-blurred"}
    assert not styled & {"rows--error", "rows--source", "rows--picked"}


async def test_the_focus_is_shown_and_nothing_else_styled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    styled: list[frozenset[str]] = []
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: DOMNode, **how: object) -> None:
        styled.append(node.classes)
        apply(self, node, **how)  # type: ignore[arg-type]

    async with Host().run_test() as pilot:
        drawn = pilot.app.list
        drawn.show([headline(1)], {1: "Top"}, NOW, title="All", fresh=True)
        await settle(pilot)
        here = drawn.render_line(0)
        monkeypatch.setattr(Stylesheet, "apply", noted)
        for has_focus in (False, True, False):
            pilot.app.set_focus(drawn if has_focus else None)
            await settle(pilot)
            assert (drawn.render_line(0) == here) is has_focus
    parts = {f"rows--{part}-blurred" for part in ("heading", "cursor", "bar")}
    assert {name for names in styled for name in names} == parts
    assert len(styled) == len(parts)


async def test_a_part_looks_as_the_theme_has_it_from_when_it_is_chosen() -> None:
    async with Host().run_test() as pilot:
        drawn = pilot.app.list
        before = drawn.get_component_rich_style("rows--error")
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert drawn.get_component_rich_style("rows--error") != before
        assert drawn.get_component_rich_style("rows--star").color is not None


async def test_a_part_that_no_widget_names_is_a_mistake() -> None:
    async with Host().run_test() as pilot:
        with pytest.raises(KeyError, match="rows--nothing"):
            pilot.app.list.get_component_styles("rows--nothing")
