"""Asking under which labels articles are to be filed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from store.desk.labels import LABEL_LIMIT, label_of
from tui.screens.dialog import Dialog, Sheet, line
from tui.widgets.label_list import LabelLine, LabelList
from tui.widgets.line_input import LineInput


@dataclass(frozen=True)
class Filing:
    """What is to be changed of the labels of articles."""

    put: tuple[str, ...] = ()
    take: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to change."""
        return bool(self.put or self.take)


class LabelInput(LineInput):
    """The line in which labels are typed; with nothing in it, space ticks and enter saves."""

    BINDING_GROUP_TITLE = "Labels"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask('take')", "tick/save", id="labels.take",
                tooltip="Tick what is typed; with nothing typed, save"),
        Binding("down", "ask('down')", "Down", show=False, id="labels.down",
                tooltip="Next label"),
        Binding("up", "ask('up')", "Up", show=False, id="labels.up", tooltip="Label before"),
        Binding("tab", "ask('tick')", "tick", id="labels.tick", tooltip="Tick or clear this label"),
    ]  # fmt: skip

    @dataclass
    class Asked(Message):
        """A key of the list: "take", "tick", "down" or "up"."""

        what: str

    def action_ask(self, what: str) -> None:
        """Hand a key on."""
        self.post_message(self.Asked(what))


class LabelDialog(Dialog[Filing | None]):
    """Gives back what is to be changed, or None for nothing."""

    BINDING_GROUP_TITLE = "Labelling"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="labels.cancel", tooltip="Change nothing"),
        Binding("ctrl+s", "save", "save", id="labels.save", tooltip="Save", priority=True),
    ]

    def __init__(self, title: str, worn: Sequence[Collection[str]], offered: Sequence[str]) -> None:
        """``worn`` are the labels of each of the articles, ``offered`` those of the desk."""
        super().__init__()
        self._title = title
        self._worn = [{label.casefold() for label in labels} for labels in worn]
        names = [*(one for labels in worn for one in labels), *offered]
        self._names = {name.casefold(): name for name in reversed(names)}
        ordered = dict.fromkeys(name.casefold() for name in names)
        self._names = {key: self._names[key] for key in ordered}
        self._wanted: dict[str, bool] = {}
        """What was ticked or cleared here."""

    def compose(self) -> ComposeResult:
        """What is filed, the line, the labels, the keys."""
        with Sheet():
            yield line(self._title, "title")
            yield LabelInput(placeholder="type a label", max_length=LABEL_LIMIT)
            yield LabelList()
            yield line(
                "‹enter:labels.take›, ‹tab:labels.tick› tick · "
                "‹enter:labels.take› on an empty line saves · ‹Esc:labels.cancel› leaves",
                "keys",
            )

    def on_mount(self) -> None:
        """Show what there is."""
        self._show()

    @property
    def _list(self) -> LabelList:
        return self.query_one(LabelList)

    @property
    def _typed(self) -> str:
        return label_of(self.query_one(LabelInput).value)

    def _show(self) -> None:
        typed = self._typed.casefold()
        found = [key for key in self._names if typed in key]
        found.sort(key=lambda key: not key.startswith(typed))
        lines = [LabelLine(self._names[key], self._on(key)) for key in found]
        if typed and typed not in self._names:
            lines.append(LabelLine(self._typed, "none", is_new=True))
        on = sum(self._on(key) != "none" for key in self._names)
        self._list.show(lines, heading=f"Labels · {on} ticked")

    def _on(self, key: str) -> str:
        if key in self._wanted:
            return "all" if self._wanted[key] else "none"
        count = sum(key in labels for labels in self._worn)
        return "none" if not count else "all" if count == len(self._worn) else "some"

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(LabelInput.Asked)
    def _asked(self, event: LabelInput.Asked) -> None:
        if event.what == "down":
            self._list.action_down()
        elif event.what == "up":
            self._list.action_up()
        elif event.what == "take" and not self._typed:
            self.action_save()
        else:
            self._tick()

    @on(LabelList.Ticked)
    def _tick(self) -> None:
        here = self._list.line_here
        if here is None:
            return
        key = here.name.casefold()
        self._names.setdefault(key, here.name)
        self._wanted[key] = here.is_new or self._on(key) != "all"
        self.query_one(LabelInput).value = ""
        self._show()

    def action_save(self) -> None:
        """Give back what was changed, with what is still being typed."""
        if typed := self._typed:
            self._names.setdefault(typed.casefold(), typed)
            self._wanted[typed.casefold()] = True
        put = [key for key, on in self._wanted.items() if on and not self._all_wear(key)]
        take = [key for key, on in self._wanted.items() if not on and self._any_wears(key)]
        filing = Filing(tuple(map(self._names.__getitem__, put)),
                        tuple(map(self._names.__getitem__, take)))  # fmt: skip
        self.dismiss(filing if filing.changes else None)

    def _all_wear(self, key: str) -> bool:
        return all(key in labels for labels in self._worn)

    def _any_wears(self, key: str) -> bool:
        return any(key in labels for labels in self._worn)

    def action_cancel(self) -> None:
        """Clear what is typed; with nothing typed, change nothing."""
        line_ = self.query_one(LabelInput)
        if line_.value:
            line_.value = ""
        else:
            self.dismiss(None)
