"""Undoes gzip and deflate in small steps, so that a bomb is noticed while it is still small."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

STEP = 64 * 1024
"""Most bytes that come out of one step."""
_GZIP_OR_ZLIB = 47
_RAW_DEFLATE = -15
_GZIP_MAGIC = b"\x1f\x8b"
_PACKINGS = {"": False, "identity": False, "gzip": True, "x-gzip": True, "deflate": True}


class UnknownPacking(Exception):
    """The body came in a coding that was not asked for; the message names it."""


class Unpacker:
    """Turns the bytes of a response into the bytes of its document."""

    def __init__(self, content_encoding: str) -> None:
        name = content_encoding.strip().lower()
        if name not in _PACKINGS:
            raise UnknownPacking(name)
        self._packed = _PACKINGS[name]
        self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = False

    @property
    def complete(self) -> bool:
        """Whether the packed stream was read to its end."""
        return not self._packed or self._decoder.eof

    def pieces(self, received: bytes) -> Iterator[bytes]:
        """What was packed in these bytes, in pieces of at most ``STEP`` bytes.

        Raises:
            zlib.error: they are not what the server said they are.
        """
        if not self._packed:
            yield received
            return
        more = bool(received)
        while more:
            if self._decoder.eof:
                if received[:2] != _GZIP_MAGIC[: len(received)]:
                    return  # padding after the stream, as some servers send
                self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
            piece = self._step(received)
            yield piece
            received = self._decoder.unconsumed_tail or self._decoder.unused_data
            # A full piece may have left output inside zlib though its input is used up.
            more = bool(received) or (len(piece) == STEP and not self._decoder.eof)

    def _step(self, received: bytes) -> bytes:
        try:
            piece = self._decoder.decompress(received, STEP)
        except zlib.error:
            if self._started:
                raise
            # RFC 9110, 8.4.1.2: some send "deflate" without the zlib wrapper.
            self._decoder = zlib.decompressobj(_RAW_DEFLATE)
            piece = self._decoder.decompress(received, STEP)
        self._started = True
        return piece
