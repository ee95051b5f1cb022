"""Writes docs/keys.md, the table of all keys and their ids, from the program's bindings.

python tools/list_keys.py            writes the page
python tools/list_keys.py --check    fails if the page is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from store.key_table import KeyRow, markdown, written
from store.settings import PRESETS
from tui.keys import key_rows
from tui.presets import KEYS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"

HEADER = """\
# Keys

<!-- Made by tools/list_keys.py: run it again when a binding changes. -->

Every command can be given other keys in [settings.toml](commands.md#settings), by the id in the
last column. What is named there replaces the keys that stand here:

```toml
[keys]
preset = "default"         # or "newsboat", "vim": what differs stands at the end of this page
"desk.refresh" = "ctrl+g"
"app.quit" = ["ctrl+q", "f10"]
```

Letters and signs are written as they are, capitals as capitals; other keys as Textual calls them:
`space`, `enter`, `escape`, `ctrl+k`, `f5`, `pagedown`, `comma`. Wiredesk does not start with an id
that does not exist, or a key that would do two things in one place, and says which it is.
`wiredesk keys` prints these tables with the keys in force, `wiredesk keys --preset vim` with those
of a preset.
"""

_PRESETS = """\
## Presets

What differs in each from the keys above. Arrows, Home, End, PgUp, PgDn, Enter, Esc and Tab do the
same in all of them. A key is one press: vim's `gg` and `yy` work because the first press does it
and the second does no harm. Newsboat's `j` and `k`, which leave the feed, go through rows here, and
its `Q` is `ctrl+q`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEADER, *markdown(key_rows({})), *_presets()])


def _presets() -> Iterator[str]:
    yield _PRESETS
    named = PRESETS[1:]
    yield f"| what it does | usual | {' | '.join(named)} | id |"
    yield f"| --- | --- | {' | '.join('---' for _ in named)} | --- |"
    tables = {preset: _by_id(KEYS[preset]) for preset in named}
    for id_, row in _by_id({}).items():
        if any(id_ in KEYS[preset] for preset in named):
            keys = [tables[preset][id_].keys if id_ in KEYS[preset] else () for preset in named]
            cells = [row.says, written(row.keys), *map(written, keys), f"`{id_}`"]
            yield f"| {' | '.join(cells)} |"
    yield ""


def _by_id(keymap: dict[str, str]) -> dict[str, KeyRow]:
    return {row.id: row for row in key_rows(keymap)}


def main() -> int:
    """Write the page, or with ``--check`` compare it."""
    made = page()
    if sys.argv[1:] == ["--check"]:
        same = PAGE.is_file() and PAGE.read_text("utf-8") == made
        sys.stderr.write("" if same else f"{PAGE.name} is stale: run tools/list_keys.py.\n")
        return int(not same)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
