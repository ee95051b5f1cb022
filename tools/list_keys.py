"""Writes docs/keys.md, the table of all keys and their ids, from the program's bindings.

python tools/list_keys.py            writes the page
python tools/list_keys.py --check    fails if the page is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from textual.binding import Binding

from tui.keys import PANES
from tui.prompts import key_name

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"

HEADER = """\
# Keys

<!-- Made by tools/list_keys.py: run it again when a binding changes. -->

Every command can be given other keys in [settings.toml](commands.md#where-things-lie), by the id in
the last column. What is named there replaces the keys that stand here:

```toml
[keys]
"desk.refresh" = "ctrl+f"
"app.quit" = ["ctrl+q", "f10"]
```

Letters and signs are written as they are, capitals as capitals; other keys as Textual calls them:
`space`, `enter`, `escape`, `ctrl+k`, `f5`, `pagedown`, `comma`. Wiredesk does not start with an id
that does not exist, or a key that would do two things in one place, and says which it is.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEADER, *_sections()])


def _sections() -> Iterator[str]:
    for title, rows in groupby(_rows(), key=lambda row: row[0]):
        yield f"## {title}\n\n| key | what it does | id |\n| --- | --- | --- |"
        for _, keys, says, id_ in rows:
            yield f"| {keys} | {says} | `{id_}` |"
        yield ""


def _rows() -> list[tuple[str, str, str, str]]:
    """Title of the pane, keys, what they do and id, each binding once, pane by pane."""
    found: dict[str, tuple[str, str, str, str]] = {}
    for pane in PANES:
        for defining in pane.__mro__:
            title = vars(defining).get("BINDING_GROUP_TITLE") or defining.__name__
            for binding in vars(defining).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    keys = " ".join(f"`{key_name(key)}`" for key in binding.key.split(","))
                    says = binding.tooltip or binding.description
                    found.setdefault(binding.id, (title, keys, says, binding.id))
    order = list(dict.fromkeys(title for title, *_ in found.values()))
    return sorted(found.values(), key=lambda row: order.index(row[0]))


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
