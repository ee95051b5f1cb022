"""The keys of the table of claims that are the desk's own too."""

from __future__ import annotations

from textual.binding import Binding, BindingType

CLAIMS_KEYS: list[BindingType] = [
    # Ids of the desk's own keys: whoever gives these other keys means them here too.
    Binding("question_mark", "help", "help", id="desk.help", tooltip="Every key"),
    Binding("escape", "back", "Back", show=False, id="desk.back", tooltip="Take back a layer"),
    Binding("q", "leave", "Back", show=False, id="desk.leave", tooltip="Back to the articles"),
    Binding("C", "leave", "articles", id="desk.claims", tooltip="Back to the articles"),
    Binding("X", "export", "export", id="desk.export", tooltip="Export what the filter finds"),
    Binding(
        "at",
        "leave('companies')",
        "Companies",
        show=False,
        id="desk.companies",
        tooltip="Companies as records: merge, split, identify",
    ),
    Binding(
        "number_sign",
        "leave('codebook')",
        "Codebook",
        show=False,
        id="desk.codebook",
        tooltip="Read and change the codebook",
    ),
    Binding(
        "percent_sign",
        "leave('agreement')",
        "Agreement",
        show=False,
        id="desk.agreement",
        tooltip="How far annotators agree",
    ),
]
