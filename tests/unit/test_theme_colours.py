"""The colours of themes: every shipped one is legible, on Textual's own claims are seen too."""

from __future__ import annotations

import itertools

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from themes import ROLES, load_themes, variable_defaults

SHIPPED = load_themes().themes
READABLE = 4.5
"""To one, for words of this size (WCAG 2.2, success criterion 1.4.3)."""
ENHANCED = 7.0
"""The same, where more is promised (1.4.6)."""

GROUNDS = (
    "background",
    "surface",
    "panel",
    "block-cursor-background",
    "block-cursor-blurred-background",
    "block-hover-background",
    "claim-background",
    "sentence-background",
    "sentence-blurred-background",
)
"""Whatever words may stand on, the lines of cursors included."""
INKS = (
    *("foreground", "text-muted", "primary", "secondary", "success", "warning", "error"),
    *(role for role in ROLES if not role.endswith("ground")),
)
PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("match-foreground", "match-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
)

each_theme = pytest.mark.parametrize("theme", SHIPPED, ids=lambda theme: theme.name)


def luminance(colour: Color) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two opaque colours, 1 to 21."""
    dark, light = sorted(luminance(Color.parse(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def colours_of(theme: Theme) -> dict[str, str]:
    return theme.to_color_system().generate() | theme.variables


@each_theme
def test_a_shipped_theme_has_a_colour_for_every_role(theme: Theme) -> None:
    assert set(ROLES) <= set(theme.variables)


@each_theme
def test_every_ink_is_legible_on_everything_it_may_stand_on(theme: Theme) -> None:
    colours = colours_of(theme)
    wanted = ENHANCED if theme.name == "high-contrast" else READABLE
    faint = {
        (ink, ground): round(contrast(colours[ink], colours[ground]), 2)
        for ink, ground in (*itertools.product(INKS, GROUNDS), *PAIRS)
        if contrast(colours[ink], colours[ground]) < wanted
    }
    assert not faint


@each_theme
def test_words_selected_in_an_input_stay_legible(theme: Theme) -> None:
    colours = colours_of(theme)
    hue, _, percent = colours["input-selection-background"].partition(" ")
    share = float(percent.rstrip("%") or 100) / 100
    selected = Color.parse(colours["surface"]).blend(Color.parse(hue), share)
    assert contrast(colours["foreground"], selected.hex) >= READABLE


@each_theme
def test_the_text_stands_out_from_what_describes_it(theme: Theme) -> None:
    colours = colours_of(theme)
    text, about = (
        contrast(colours[ink], colours["background"]) for ink in ("foreground", "text-muted")
    )
    assert text > about * 1.4


@each_theme
def test_cursors_are_seen_on_a_terminal_of_256_colours(theme: Theme) -> None:
    colours = colours_of(theme)

    def nearest(name: str) -> int | None:
        return Color.parse(colours[name]).rich_color.downgrade(ColorSystem.EIGHT_BIT).number

    for cursor in ("block-cursor", "block-cursor-blurred", "sentence", "sentence-blurred"):
        assert nearest(f"{cursor}-background") != nearest("background"), cursor
    assert nearest("block-cursor-background") != nearest("block-cursor-blurred-background")
    assert nearest("sentence-background") != nearest("sentence-blurred-background")


@each_theme
def test_signals_can_be_told_apart(theme: Theme) -> None:
    signals = [value for role, value in theme.variables.items() if role.startswith("signal-")]
    assert len(signals) == len(set(signals)) == 6


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_textuals_own_themes_show_claims_too(theme: Theme) -> None:
    colours = variable_defaults(theme.dark) | colours_of(theme)
    paper = colours["background"]
    if theme.ansi:
        paper = "#000000" if theme.dark else "#ffffff"
    for role in ROLES:
        if not role.endswith("ground"):
            assert contrast(colours[role], paper) >= 3, role
    assert contrast(colours["match-foreground"], colours["match-background"]) >= READABLE
