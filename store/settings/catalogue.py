"""Every setting there is: its name in settings.toml, what it says by itself, what it is for."""

from __future__ import annotations

from typing import Final

from store.model import Value


class Known(Value, frozen=True):
    """A setting."""

    key: str
    """As ``fetch.minutes``."""
    usual: str
    """What holds where nobody chose, in TOML."""
    says: str
    """What it is for: a line or more."""

    @property
    def table(self) -> str:
        """The table in which it stands, as ``fetch``; empty at the top."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """What stands before the equals sign."""
        return self.key.rpartition(".")[2]

    @property
    def field(self) -> str:
        """What it is called in ``Settings``."""
        return _FIELDS.get(self.key, self.name)


_FIELDS: Final = {
    "keep.days": "keep_days",
    "keep.articles": "keep_articles",
    "open.pipe": "pipes",
    "review.across": "review_across",
}


KNOWN: Final = (
    Known(
        "annotator",
        '""',
        "Who signs your claims. The variable WIREDESK_ANNOTATOR comes first;\n"
        "without either it is your login name.",
    ),
    Known(
        "others",
        '"shown"',
        'Claims that other annotators made: "shown", or "hidden" to work blind.',
    ),
    Known("theme", '""', "Name of a theme. Without one, the theme that you last chose with T."),
    Known(
        "codebook",
        '""',
        'What can be said of a sentence: a file beside this one, as "mine.toml",\n'
        'or "business" or "political". Without one: codebook.toml beside this file,\n'
        'else the one in the desk, else "business".',
    ),
    Known(
        "keys.preset",
        '"default"',
        'Habits that the keys follow: "default", "newsboat" or "vim".\n'
        "Under it, any command may have other keys, by its id (wiredesk keys lists all):\n"
        '"desk.refresh" = "ctrl+f"   or   "app.quit" = ["ctrl+q", "f10"]',
    ),
    Known(
        "reading.width", "78", "Widest text of an article, in columns of the terminal, 30 to 300."
    ),
    Known(
        "lists.stories",
        '"grouped"',
        'Reports of one event by several feeds: "grouped" into one row that = unfolds,\n'
        'or "apart".',
    ),
    Known(
        "keep.days",
        "0",
        "Days that articles are kept; 0: for ever. What is starred, has claims or is\n"
        "kept by a saved view never goes.",
    ),
    Known("keep.articles", "0", "How many articles of a feed are kept, the newest; 0: all."),
    Known(
        "fetch.automatic",
        "true",
        "Whether the open app fetches what is due; false: only by key and by command.",
    ),
    Known(
        "fetch.minutes", "60", "Shortest time between two fetches of a feed, 5 minutes to a week."
    ),
    Known(
        "fetch.agent",
        '""',
        'What publishers are told that the program is called; "" is its own name.',
    ),
    Known(
        "privacy.tracking",
        '"dropped"',
        'Addresses lose what only follows you, when opened, copied, exported; "kept"\n'
        "leaves them as publishers write them.",
    ),
    Known(
        "open.browser",
        "[]",
        'The browser and its words, as ["firefox", "--new-tab", "{}"], {} for the\n'
        "address. Without it BROWSER, else what the system has.",
    ),
    Known(
        "open.pipe",
        "{}",
        "Programs that | gives an article to, on stdin, as JSON or as text. Each is a\n"
        "table with a name of yours:\n"
        "    [open.pipe.clip]\n"
        '    command = ["wl-copy"]\n'
        '    format = "text"',
    ),
    Known(
        "suggestions.threshold", "0.5", "What a suggestion must score, 0 to 1, to be shown unasked."
    ),
    Known(
        "review.across",
        "false",
        "Whether the walk over suggestions goes on into the next article by itself.",
    ),
)

TABLES: Final[dict[str, dict[str, str]]] = {
    table: {known.name: known.usual for known in KNOWN if known.table == table}
    for table in dict.fromkeys(known.table for known in KNOWN)
}
"""What may stand in each table, with an example; "" are the names at the top."""
