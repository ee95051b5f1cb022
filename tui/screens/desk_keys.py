"""The keys that work everywhere on the desk, whatever pane is in focus."""

from __future__ import annotations

from textual.binding import Binding, BindingType

DESK_KEYS: list[BindingType] = [
    Binding("question_mark", "help", "help", id="desk.help", tooltip="Every key"),
    Binding("plus", "add_feed", "Add feed", show=False, id="desk.add_feed", tooltip="Add a feed"),
    Binding(
        "R",
        "refresh_all",
        "Refresh all",
        show=False,
        id="desk.refresh",
        tooltip="Fetch every feed; once more stops it",
    ),
    Binding(
        "slash",
        "search",
        "search",
        id="desk.search",
        tooltip="Find articles by what they say, as you type",
        priority=True,  # letters typed right after it belong to the query
    ),
    Binding("M", "feeds", "Feeds", show=False, id="desk.feeds", tooltip="How each feed fares"),
    Binding(
        "I",
        "interests",
        "Watch words and rules",
        show=False,
        id="desk.interests",
        tooltip="Watch words, and rules for what comes in",
    ),
    Binding("C", "claims", "Claims", show=False, id="desk.claims", tooltip="All claims in a table"),
    Binding("X", "export", "Export", show=False, id="desk.export", tooltip="Export claims as JSON"),
    Binding(
        "at",
        "companies",
        "Companies",
        show=False,
        id="desk.companies",
        tooltip="Companies as records: merge, split, identify",
    ),
    Binding(
        "V",
        "review",
        "Review",
        show=False,
        id="desk.review",
        tooltip="Walk the suggestions of the listed articles; once more, of all",
    ),
    Binding(
        "W", "progress", "Progress", show=False, id="desk.progress", tooltip="How the work goes"
    ),
    Binding(
        "number_sign",
        "codebook",
        "Codebook",
        show=False,
        id="desk.codebook",
        tooltip="Read and change the codebook",
    ),
    Binding(
        "percent_sign",
        "agreement",
        "Agreement",
        show=False,
        id="desk.agreement",
        tooltip="How far annotators agree; settle where they do not",
    ),
    Binding("h,left", "pane(-1)", "Left", show=False, id="desk.left", tooltip="Pane left"),
    Binding("l,right", "pane(1)", "Right", show=False, id="desk.right", tooltip="Pane right"),
    Binding("tab", "cycle(1)", "Next pane", show=False, id="desk.next_pane", tooltip="Next pane"),
    Binding(
        "shift+tab",
        "cycle(-1)",
        "Previous pane",
        show=False,
        id="desk.previous_pane",
        tooltip="Previous pane",
    ),
    Binding(
        "z",
        "zoom",
        "Zoom",
        show=False,
        id="desk.zoom",
        tooltip="This pane alone, or all of them again",
    ),
    Binding(
        "ctrl+o",
        "output",
        "Output",
        show=False,
        id="desk.output",
        tooltip="What the last program said that was given an article",
    ),
    Binding(
        "u",
        "undo_mark",
        "Undo",
        show=False,
        id="list.undo",
        tooltip="Take back the last mark or deletion",
    ),
    Binding(
        "escape", "back", "Back", show=False, id="desk.back", tooltip="Back to the pane before"
    ),
    Binding("q", "leave", "back/quit", id="desk.leave", tooltip="Back; at the top twice: quit"),
]
