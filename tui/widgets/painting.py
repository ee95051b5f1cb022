"""Painting a part of the screen at the price of that part."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class SparingCompositor(Compositor):
    """Asks only for the lines that are painted, and only the widgets that are seen there.

    Textual's own asks every widget on the screen for all of its lines, whatever has changed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: list[Region] = []

    def render_partial_update(self) -> ChopsUpdate | None:
        """Paint what has changed since the last time."""
        self._changed = list(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = []

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        left = self._changed
        for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
            seen = region.intersection(clip)
            touched = [changed.intersection(seen) for changed in left if changed.overlaps(seen)]
            for band in bands_of(touched):
                # As wide as it is: Textual cuts lines where widgets begin, and nowhere else.
                lines = seen.intersection(Region(seen.x, band.y, seen.width, band.height))
                yield region, lines, widget.render_lines(lines.translate(-region.offset))
            if touched:
                left = [changed for changed in left if not seen.contains_region(changed)]


class SparingScreen(Screen[None]):
    """A screen of which the widgets that changed are painted alone."""

    focused = reactive[Widget | None](None, repaint=False)
    """Who gets and who loses it shows it; Textual would paint the whole screen."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._compositor = SparingCompositor()


def bands_of(regions: Iterable[Region]) -> list[Region]:
    """Stretches of lines that have these regions on them, from above, each line once."""
    bands: list[Region] = []
    for region in sorted(regions, key=lambda one: one.y):
        if bands and region.y <= bands[-1].bottom:
            bands[-1] = bands[-1].union(region)
        else:
            bands.append(region)
    return bands
