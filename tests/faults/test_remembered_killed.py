"""What the app remembers beside the desk, when it dies or the disk refuses at any call."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest
from disk_watch import DiskWatch, Killed
from msgspec.structs import replace

from store.model import Sentence, Span
from store.settings import Folders, folders
from store.settings.positions import Positions
from store.settings.state import change_state, load_state
from store.settings_page import SettingsError

TEXT = "A title\nIt rained. The river rose."
SECOND = Sentence(block=1, span=Span(19, 34))


def _themes(where: Folders) -> None:
    change_state(where, lambda state: replace(state, theme="paper"))


def _leaves_an_article(where: Folders) -> None:
    positions = Positions(where)
    positions.keep(7, TEXT, SECOND)
    positions.write()


def remembered(where: Folders) -> tuple[object, ...]:
    """All of it, as the next start finds it."""
    positions = Positions(where)
    positions.load()
    return load_state(where), positions.of(6), positions.of(7)


@pytest.mark.parametrize("save", [_themes, _leaves_an_article])
@pytest.mark.parametrize("kill", [True, False])
def test_what_was_remembered_before_is_never_torn_or_lost(
    save: Callable[[Folders], None], kill: bool
) -> None:
    where = folders()
    change_state(where, lambda state: replace(state, theme="ink", tree_width=30))
    positions = Positions(where)
    positions.keep(6, TEXT, SECOND)
    positions.write()
    before = remembered(where)
    for number in range(1, 20):
        watch = DiskWatch(fail_at=number, error=errno.ENOSPC, kill=kill)
        with watch.watching():
            try:
                save(where)
            except (Killed, SettingsError):
                pass
        if watch.failed is None:
            break
        assert remembered(where) == before, watch.failed
    assert number > 2
    state, sixth, seventh = remembered(where)
    assert (state, sixth, seventh) != before
    assert sixth is not None
    assert load_state(where).tree_width == 30
