"""The keys of the table of claims: as in the article where they mean the same."""

from __future__ import annotations

from textual.binding import Binding, BindingType

CLAIM_KEYS: list[BindingType] = [
    Binding("enter", "open", "article", id="claims.open", tooltip="Go to the sentence"),
    Binding("slash,F", "ask('/')", "filter", id="claims.filter", tooltip="Filter the claims"),
    Binding("s", "ask('s')", "signal", id="claims.signal", tooltip="Say another signal"),
    Binding(
        "S",
        "ask('S')",
        "Further signal",
        show=False,
        id="claims.further_signal",
        tooltip="Add a further signal, or take it off",
    ),
    Binding(
        "c", "ask('c')", "company", id="claims.company", tooltip="Add a company, or take it off"
    ),
    Binding("r", "ask('r')", "region", id="claims.region", tooltip="Add a region, or take it off"),
    Binding(
        "t",
        "ask('t')",
        "Other",
        show=False,
        id="claims.other",
        tooltip="Add a value of another dimension, or take it off",
    ),
    Binding(
        "a",
        "ask('a')",
        "Status",
        show=False,
        id="claims.status",
        tooltip="Say how far it has come, and its direction",
    ),
    Binding("i", "ask('i')", "Note", show=False, id="claims.note", tooltip="Write a note"),
    Binding(
        "equals_sign",
        "ask('=')",
        "Surer",
        show=False,
        id="claims.surer",
        tooltip="One step more confident",
    ),
    Binding(
        "minus",
        "ask('-')",
        "Less sure",
        show=False,
        id="claims.less_sure",
        tooltip="One step less confident",
    ),
    Binding(
        "exclamation_mark",
        "ask('!')",
        "Flag",
        show=False,
        id="claims.flag",
        tooltip="Flag, or take the flag off",
    ),
    Binding("x", "ask('x')", "remove", id="claims.remove", tooltip="Remove, or bring back"),
    Binding("space", "select", "select", id="claims.select", tooltip="Select, or no longer"),
    Binding(
        "J,shift+down",
        "extend(1)",
        "Select down",
        show=False,
        id="claims.select_down",
        tooltip="Select this one and go down",
    ),
    Binding(
        "K,shift+up",
        "extend(-1)",
        "Select up",
        show=False,
        id="claims.select_up",
        tooltip="Select this one and go up",
    ),
    Binding(
        "A",
        "select_all",
        "Select all",
        show=False,
        id="claims.select_all",
        tooltip="Select all that the filter finds, or none",
    ),
    Binding("o", "ask('o')", "order", id="claims.order", tooltip="Put them in another order"),
    Binding(
        "O",
        "orphans",
        "Orphans",
        show=False,
        id="claims.orphans",
        tooltip="Only claims whose passage is gone from the text",
    ),
    Binding("u", "ask('u')", "undo", id="claims.undo", tooltip="Take back your last step anywhere"),
    Binding("ctrl+r", "ask('redo')", "Redo", show=False, id="claims.redo", tooltip="Do it again"),
]
