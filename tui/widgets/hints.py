"""Letters that stand for the links in view while one of them is chosen: pure."""

from __future__ import annotations

from itertools import product
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from store.model import Link

HOME_ROW = "fjdkslagh"
"""One letter for each link where that is enough; letters under the fingers first."""
LETTERS = HOME_ROW + "rueiwo"
"""Two of them for each link where there are more."""
SHOWN = 90
"""Characters of an address in the last line."""

Purpose = Literal["open", "copy", "show"]
_PURPOSES: dict[str, Purpose] = {"y": "copy", "semicolon": "show"}
_DOES = {"open": "open", "copy": "copy", "show": "show the address of"}


class Hints(Struct, frozen=True):
    """Which letters stand for which link, and what was typed of them."""

    targets: dict[str, tuple[int, Link]]
    """By the letters: where they are drawn, in code points of the text, and the link."""
    typed: str = ""
    purpose: Purpose = "open"

    @property
    def drawn(self) -> dict[int, str]:
        """What is still to be typed of each, by where it is drawn."""
        return {
            offset: letters[len(self.typed) :]
            for letters, (offset, _) in self.targets.items()
            if letters.startswith(self.typed)
        }

    @property
    def chosen(self) -> Link | None:
        """The link whose letters were typed."""
        found = self.targets.get(self.typed)
        return found[1] if found else None

    @property
    def told(self) -> str:
        """What to type, in a line; the address where only one link is left."""
        left = [link for key, (_, link) in self.targets.items() if key.startswith(self.typed)]
        does = f"letters {_DOES[self.purpose]} a link"
        if len(left) == 1:
            return f"{does}: {left[0].address[:SHOWN]}"
        others = [name for name in ("y copies", "; shows the address") if name[0] not in self._key]
        return " · ".join([does, *(others if not self.typed else []), "Esc"])

    @property
    def _key(self) -> str:
        return {"open": "", "copy": "y", "show": ";"}[self.purpose]

    def after(self, key: str) -> Hints | None:
        """The same once a key was pressed; None where it is a letter of no link."""
        if key in _PURPOSES and not self.typed:
            return replace(self, purpose=_PURPOSES[key])
        further = replace(self, typed=self.typed + key)
        if len(key) == 1 and any(letters.startswith(further.typed) for letters in self.targets):
            return further
        return None


def hints_for(links: list[tuple[int, Link]]) -> Hints:
    """Letters for links in the order they are read; as many as two letters can name."""
    if len(links) <= len(HOME_ROW):
        letters = list(HOME_ROW)
    else:
        letters = ["".join(pair) for pair in product(LETTERS, repeat=2)]
    return Hints(dict(zip(letters, links, strict=False)))
