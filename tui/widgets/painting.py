"""Painting a part of the screen at the price of that part."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """Asks only for the lines that are painted, and only the widgets that stand there.

    Textual's own asks every widget on the screen for all of its lines, whatever has changed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bands: list[Region] = []

    def render_partial_update(self) -> ChopsUpdate | None:
        """Paint what has changed since the last time."""
        self._bands = bands_of(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._bands = []

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._bands:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            for band in self._bands:
                if not seen.overlaps(band):
                    continue
                # As wide as it is: Textual cuts lines where widgets begin, and nowhere else.
                lines = seen.intersection(Region(seen.x, band.y, seen.width, band.height))
                yield region, lines, widget.render_lines(lines.translate(-region.offset))


def bands_of(regions: Iterable[Region]) -> list[Region]:
    """Stretches of lines that have these regions on them, from above, each line once."""
    bands: list[Region] = []
    for region in sorted(regions, key=lambda one: one.y):
        if bands and region.y <= bands[-1].bottom:
            bands[-1] = bands[-1].union(region)
        else:
            bands.append(region)
    return bands
