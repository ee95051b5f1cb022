"""What is packed comes out whole, in small pieces, however the network cut it."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.web.unpack import STEP, UnknownPacking, Unpacker


def raw_deflate(document: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(document) + packer.flush()


PACKERS = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": (" Deflate ", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "two members": ("gzip", lambda document: gzip.compress(document) + gzip.compress(b"more")),
    "padded": ("gzip", lambda document: gzip.compress(document) + bytes(64)),
    "nothing": ("identity", bytes),
}
DOCUMENTS = st.one_of(
    st.binary(max_size=300),
    st.integers(STEP - 2, STEP + 600).map(bytes),
    st.integers(2 * STEP - 2, 2 * STEP + 600).map(bytes),
)


@pytest.mark.parametrize("packing", PACKERS)
@given(document=DOCUMENTS, cut=st.integers(2, 5000))
def test_what_is_packed_comes_out_whole(packing: str, document: bytes, cut: int) -> None:
    label, pack = PACKERS[packing]
    packed = pack(document)
    unpacker = Unpacker(label)
    pieces = [
        piece
        for at in range(0, len(packed), cut)
        for piece in unpacker.pieces(packed[at : at + cut])
    ]
    assert b"".join(pieces) == document + (b"more" if packing == "two members" else b"")
    assert all(len(piece) <= max(STEP, cut) for piece in pieces)
    assert unpacker.complete


def test_a_bomb_comes_out_in_small_pieces() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    longest = 0
    for piece in Unpacker("gzip").pieces(bomb):
        longest = max(longest, len(piece))
    assert longest == STEP


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw deflate"])
def test_what_is_cut_short_is_known_to_be(packing: str) -> None:
    label, pack = PACKERS[packing]
    unpacker = Unpacker(label)
    for _ in unpacker.pieces(pack(b"The end is missing." * 50)[:-10]):
        assert not unpacker.complete
    assert not unpacker.complete


@pytest.mark.parametrize("label", ["br", "zstd", "gzip, gzip", "compress"])
def test_other_packings_are_refused_by_name(label: str) -> None:
    with pytest.raises(UnknownPacking, match=label):
        Unpacker(label)


def test_what_is_not_packed_is_an_error() -> None:
    with pytest.raises(zlib.error):
        list(Unpacker("gzip").pieces(b"<rss version='2.0'/>"))
