"""What the person can choose, its limits, and what holds where nothing was chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from store.model import Value
from store.settings_page import SHOWN_UNASKED

CODEBOOK_FILE = "codebook.toml"
_CODEBOOKS = Path(__file__).parents[1] / "claims" / "codebook"
SHIPPED_CODEBOOKS = {
    "business": _CODEBOOKS / "business.toml",
    "political": _CODEBOOKS / "political.toml",
}
"""Those that come with Wiredesk, by the name that settings and commands call them."""
Preset = Literal["default", "newsboat", "vim"]
PRESETS: tuple[Preset, ...] = get_args(Preset)
Tracking = Literal["dropped", "kept"]
PipeFormat = Literal["json", "text"]
USUAL_MINUTES = 60
FEWEST_MINUTES = 5
"""More often no feed is asked, whatever a person sets."""
MODEST_MINUTES = 15
"""Publishers ask readers to wait at least so long; who sets less is told so."""
MOST_MINUTES = 7 * 24 * 60
USUAL_MEGABYTES = 10
"""Most of a document, unpacked, where the person set nothing else."""
MOST_MEGABYTES = 50
"""No document is unpacked beyond this, whatever a person sets."""
USUAL_WIDTH = 78
"""Longer lines of an article are hard to follow back."""
LEAST_WIDTH, MOST_WIDTH = 30, 300
MOST_KEPT_DAYS, MOST_KEPT_ARTICLES = 36_500, 1_000_000
NAME_LIMIT = 200
"""Longest annotator's name, in characters."""
AGENT_LIMIT = 200
"""Longest name of the program to publishers, in characters."""


class Pipe(Value, frozen=True, kw_only=True):
    """A program that gets an article on stdin, never on its command line."""

    command: tuple[str, ...]
    """The program and its words."""
    format: PipeFormat = "json"
    """What it gets: a line of JSON, or plain text."""


class Settings(Value, frozen=True, kw_only=True):
    """What the person chose; every field has a default, so no file is needed."""

    annotator: str
    """Who signs the claims that are made here."""
    others: Literal["shown", "hidden"] = "shown"
    """Whether the article shows what other annotators claimed; hidden, each works blind."""
    theme: str = ""
    """Name of the theme to start with; empty: the one remembered, else the default."""
    preset: Preset = "default"
    """Which habits the keys follow where ``keys`` says nothing else."""
    keys: dict[str, str] = {}
    """Binding id to keys, several joined by commas, as Textual's keymap takes them."""
    codebook: Path | None = None
    """A codebook of the person's own; None is the one that comes with Wiredesk."""
    review_across: bool = False
    """Whether the walk over suggestions goes on into the next article by itself."""
    threshold: float = SHOWN_UNASKED
    """What a suggestion must score, 0 to 1, to be shown unasked."""
    automatic: bool = True
    """Whether the open app fetches by itself what is due."""
    minutes: int = USUAL_MINUTES
    """Shortest time between two fetches of a feed for which the person set no other."""
    agent: str = ""
    """What publishers are told that the program is called; empty: what it is called."""
    tracking: Tracking = "dropped"
    """Whether addresses lose what only follows the reader when they are opened or handed on."""
    browser: tuple[str, ...] = ()
    """The browser's program and its words, "{}" for the address; none: the system's own."""
    pipes: dict[str, Pipe] = {}
    """By name, programs which get an article on stdin."""
    width: int = USUAL_WIDTH
    """Widest text of an article, in cells."""
    stories: Literal["grouped", "apart"] = "grouped"
    """Whether reports of one event by several feeds share a row of a list."""
    keep_days: int = 0
    """How long articles are kept, in days; 0: for ever."""
    keep_articles: int = 0
    """How many articles of a feed are kept; 0: all."""
