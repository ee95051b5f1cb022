"""The keys of the codebook's screen, whichever of its panes is in focus."""

from __future__ import annotations

from textual.binding import Binding, BindingType

CODEBOOK_KEYS: list[BindingType] = [
    Binding("question_mark", "help", "help", id="codebook.help", tooltip="Every key"),
    Binding("i", "guidelines", "guidelines", id="codebook.guidelines",
            tooltip="Read how to code"),
    Binding("d", "add_dimension", "new dimension", show=False, id="codebook.add_dimension",
            tooltip="Add a dimension"),
    Binding("v", "versions", "versions", show=False, id="codebook.versions",
            tooltip="List the versions and what changed"),
    Binding("w", "use", "which codebook", show=False, id="codebook.use",
            tooltip="Use another codebook"),
    Binding("u", "take_back", "undo", id="codebook.undo", tooltip="Take the last change back"),
    Binding("ctrl+r", "take_back(True)", "Redo", show=False, id="codebook.redo",
            tooltip="Make it again"),
    Binding("tab,l,right", "to_page", "Page", show=False, id="codebook.to_page",
            tooltip="Go to the page"),
    Binding("shift+tab,h,left", "to_list", "List", show=False, id="codebook.to_list",
            tooltip="Go to the list"),
    Binding("escape,q,number_sign", "leave", "back", id="codebook.leave",
            tooltip="Back to the desk"),
]  # fmt: skip
