"""A document's bytes, unpacked in small steps and never more of them than may come."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

from store.feeds.web.reasons import Refused
from store.feeds.web.unpack import UnknownPacking, Unpacker

MEGABYTE = 1024 * 1024


async def whole_body(
    received: AsyncIterator[bytes], *, packing: str, declared: int, largest: int, host: str
) -> bytes:
    """The whole document, ``largest`` bytes at most; never empty.

    What comes packed is counted as it comes, too: padding without end unpacks to nothing.

    Raises:
        Refused: it is larger, empty, cut short, or packed wrongly or in a way not asked for.
    """
    too_large = Refused("too_large", host, f"{largest / MEGABYTE:.3g}")
    if declared > largest:
        raise too_large
    try:
        unpacker = Unpacker(packing)
    except UnknownPacking:
        raise Refused("unasked_packing", host) from None
    document, came = bytearray(), 0
    try:
        async for piece in received:
            for unpacked in unpacker.pieces(piece):
                document += unpacked
                if len(document) > largest:
                    raise too_large
            came += len(piece)
            if came > largest:
                raise too_large
    except zlib.error:
        raise Refused("packing", host) from None
    if document and not unpacker.complete:
        raise Refused("cut_short", host)
    if not document.strip():
        raise Refused("empty", host)
    return bytes(document)
