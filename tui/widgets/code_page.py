"""What a codebook says of one code or dimension, on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.claims.codebook import Code, Dimension
from store.text.clean import guard

_KINDS = {
    "closed": "a closed list: the codes below",
    "open": "an open list: any name",
    "region": "countries and groups of them, as ISO 3166 has them",
}
_LISTS = (
    ("include", "Include"),
    ("exclude", "Exclude"),
    ("triggers", "Triggers"),
    ("hints", "Hints"),
    ("traps", "Traps"),
    ("examples", "Examples"),
    ("mappings", "Elsewhere called"),
)
_OFF = "Mostly rejected, so no longer shown unasked"
_RUNS_ON = frozenset({"triggers", "hints", "traps", "mappings"})


class CodePage(VerticalScroll):
    """Text to scroll through."""

    BINDING_GROUP_TITLE = "A code's page"

    DEFAULT_CSS = """
    CodePage {
        padding: 0 2;
        background: $background;
        color: $foreground;
        scrollbar-size: 0 1;
        &:focus { background-tint: $foreground 3%; }
        & > Static { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", "Down", show=False, id="code_page.down",
                tooltip="Scroll down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="code_page.up", tooltip="Scroll up"),
        Binding("space,pagedown", "page(1)", "Page", show=False, id="code_page.page",
                tooltip="Scroll one page"),
        Binding("b,pageup", "page(-1)", "Page back", show=False, id="code_page.back",
                tooltip="Scroll one page back"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static()

    def show(self, text: Content) -> None:
        """Show another text, from its beginning."""
        self.query_one(Static).update(text)
        self.scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=pages * max(1, self.size.height - 1), animate=False)


def code_page(
    code: Code, dimension: Dimension, *, used: str, switched_off: Sequence[str] = ()
) -> Content:
    """All that is said of a code; ``switched_off`` are its words that were mostly rejected."""
    parts = [_title(code.label, code.key and f"key {code.key}"), *_state(code)]
    parts += [Content(""), _plain(code.definition), Content("")]
    parts.append(_field("Used", used))
    parts.append(
        Content.assemble(
            ("Colour  ", "$text-muted"), (guard(code.colour), f"$signal-{_role(code)} bold")
        )
    )
    parts.append(_field("Id", f"{dimension.id}: {code.id}"))
    if code.since:
        parts.append(_field("Since", f"version {code.since}"))
    for field, title in _LISTS:
        if values := getattr(code, field):
            parts += [Content(""), *_list(title, values, runs_on=field in _RUNS_ON)]
    if switched_off:
        parts += [Content(""), *_list(_OFF, switched_off, runs_on=False)]
    return Content("\n").join(parts)


def dimension_page(
    dimension: Dimension,
    *,
    used: str,
    most_used: Sequence[tuple[str, str]],
    switched_off: Sequence[str] = (),
) -> Content:
    """All that is said of a dimension, and which of its values are used most."""
    parts = [
        _title(dimension.label, dimension.key and f"keys t {dimension.key}"),
        Content(""),
        _field("Kind", _KINDS[dimension.kind]),
        _field("A claim", "may carry several" if dimension.several else "carries one at most"),
        _field("Used", used),
        _field("Id", dimension.id),
    ]
    if dimension.values:
        parts += [Content(""), *_list("Offered from the start", dimension.values, runs_on=True)]
    if most_used:
        told = [f"{label}  {counted}" for label, counted in most_used]
        parts += [Content(""), *_list("Used most", told, runs_on=False)]
    if switched_off:
        parts += [Content(""), *_list(_OFF, switched_off, runs_on=False)]
    return Content("\n").join(parts)


def _title(label: str, keys: str) -> Content:
    return Content.assemble((guard(label), "bold $text-accent"), (f"   {keys}", "$text-muted"))


def _state(code: Code) -> Iterator[Content]:
    if code.merged_into:
        told = f"merged: claims that carry it read as {code.merged_into}"
        yield Content.assemble((guard(told), "$text-warning"))
    elif code.retired:
        yield Content.assemble(("retired: claims keep it, nothing offers it", "$text-warning"))


def _plain(text: str) -> Content:
    return Content(guard(text))


def _field(name: str, text: str) -> Content:
    return Content.assemble((f"{name}  ", "$text-muted"), guard(text))


def _list(title: str, values: Iterable[str], *, runs_on: bool) -> Iterator[Content]:
    yield Content.assemble((title, "bold"))
    if runs_on:
        yield _plain(" · ".join(values))
    else:
        yield from (Content.assemble(("• ", "$text-muted"), guard(value)) for value in values)


def _role(code: Code) -> str:
    known = ("growth", "money", "people", "rules", "risk", "other")
    return code.colour if code.colour in known else "other"
