"""Without this, a Chinese article would pass for a short one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.model import Block

DENSITY = 2.5
"""Latin letters that one Chinese, Japanese or Korean character is worth."""
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def length_of(blocks: Iterable[Block]) -> float:
    """How many Latin letters would say as much as the blocks do."""
    return sum(
        len(block.text) + (DENSITY - 1) * len(_DENSE.findall(block.text)) for block in blocks
    )
