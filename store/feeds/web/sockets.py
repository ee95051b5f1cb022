"""Sockets to public addresses only: every connection is made here, also those to literals."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from store.feeds.web.address import is_public

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType


class PrivateAddress(OSError):
    """The host's address is private and nobody permitted it."""


def public_socket(address: AddrInfoType) -> socket.socket:
    """A socket for one address that a name look-up brought.

    Raises:
        PrivateAddress: it is none of the public network.
    """
    family, kind, protocol, _, target = address
    if not is_public(str(target[0])):
        raise PrivateAddress("a private address")
    return socket.socket(family, kind, protocol)
