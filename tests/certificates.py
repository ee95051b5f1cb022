"""Hosts with certificates, good and bad, and how asking them must end."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from feed_server import FeedServer
from misbehaving import FEED, GOOD, QUICK, World
from trespassing import told

from store.feeds.web import fetch
from store.feeds.web.fetch import Fetcher

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Certificate:
    """A key and what vouches for it."""

    key: Path
    chain: Path

    @property
    def of_a_server(self) -> ssl.SSLContext:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self.chain, self.key)
        return tls

    @property
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.chain))


def certificate(folder: Path, *names: str) -> Certificate:
    """One that signs itself, for these names (made with openssl)."""
    made = Certificate(folder / "key.pem", folder / "certificate.pem")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-subj", "/CN=x", "-addext", f"subjectAltName={','.join(names)}"]
    files = ["-keyout", str(made.key), "-out", str(made.chain)]
    subprocess.run(
        ["openssl", "req", "-x509", *curve, *named, *files], check=True, capture_output=True
    )
    return made


def trust(patch: Patch, made: Certificate) -> None:
    """Let a certificate be one that the system trusts."""
    connector = partial(fetch.aiohttp.TCPConnector, ssl=made.trusted)
    patch.setattr(fetch.aiohttp, "TCPConnector", connector)


async def unproven(made: Certificate) -> None:
    """A host that cannot prove who it is gets no request."""
    with FeedServer(tls=made.of_a_server) as server:
        server.serve(FEED, GOOD)
        async with Fetcher(**QUICK) as fetcher:
            answer = await fetcher.fetch(server.address(FEED), permit=server.permit)
        told(answer, "cannot prove who it is")
        assert not server.requests


async def downgraded(world: World, made: Certificate) -> None:
    """A redirect from https to http is not followed, not even to the same host."""
    with FeedServer(tls=made.of_a_server) as server:
        server.redirect(FEED, world.canary.address(FEED))
        async with Fetcher(**QUICK) as fetcher:
            answer = await fetcher.fetch(server.address(FEED), permit=server.permit)
        told(answer, "an http address though the feed's own is https")
    world.check()
