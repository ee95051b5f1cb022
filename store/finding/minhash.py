"""Digests of sets of words that tell how much two sets share, a few hundred bytes each.

MinHash, cut into stretches: who shares one is worth comparing (Leskovec, Rajaraman, Ullman,
Mining of Massive Datasets, chapter 3). Worker process only.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from typing import Final

from rensa import RMinHash

from store.text.fingerprint import FEWEST_SHARED, Beginning

_TEXT_PERMUTATIONS, _TEXT_ROWS = 63, 3
"""21 bands of 3: of texts with 0.42 of their pairs in common, 4 in 5 meet; of 0.6, 99 in 100."""
_TITLE_PERMUTATIONS, _TITLE_ROWS = 24, 2
"""12 bands of 2: of two titles with 0.3 of their words in common, 2 in 3 meet; of 0.6, all."""
_SEED: Final = 42
_HASH_BYTES: Final = 2
_LOWER_BITS: Final = int.from_bytes(b"\xff\x7f" * _TEXT_PERMUTATIONS, "little")
_HIGHEST_BITS: Final = int.from_bytes(b"\x00\x80" * _TEXT_PERMUTATIONS, "little")


def digest_of(beginning: Beginning) -> bytes:
    """What is kept of a text to tell copies by; empty where it is too short."""
    return _digest(beginning.pairs, _TEXT_PERMUTATIONS) if beginning.pairs else b""


def copied(one: bytes, other: bytes) -> float:
    """The share of pairs of words that two texts have in common, by their digests."""
    if not (one and other):
        return 0.0
    apart = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    # All numbers at once: adding carries a 1 into the highest bit of each that is not 0.
    differing = (((apart & _LOWER_BITS) + _LOWER_BITS) | apart) & _HIGHEST_BITS
    return (_TEXT_PERMUTATIONS - differing.bit_count()) / _TEXT_PERMUTATIONS


def stretches_of(digest: bytes, title: Collection[str]) -> Iterator[bytes]:
    """Pieces of the digests of a text and of its title's words, each with its place."""
    yield from _stretches(digest, _TEXT_ROWS, b"t")
    if len(title) >= FEWEST_SHARED:
        yield from _stretches(_digest(title, _TITLE_PERMUTATIONS), _TITLE_ROWS, b"h")


def _digest(words: Collection[str], permutations: int) -> bytes:
    """MinHash of a set, the lower 16 bits of each number: equal by chance one time in 65,536."""
    # One at a time and not many: the library's own threads cost eight times as much as they save.
    minhash = RMinHash(permutations, _SEED)
    minhash.update(list(words))
    return array("H", (number & 0xFFFF for number in minhash.digest())).tobytes()


def _stretches(digest: bytes, rows: int, mark: bytes) -> Iterator[bytes]:
    size = rows * _HASH_BYTES
    for place in range(0, len(digest), size):
        yield mark + bytes((place // size,)) + digest[place : place + size]
