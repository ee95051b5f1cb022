"""A web server on 127.0.0.1 whose answers are scripted, well-behaved or as bad as the world's.

with FeedServer() as server:
    server.serve("/feed.xml", body, etag='"1"')
    feed = desk.add_feed(server.address("/feed.xml"), permit=server.permit)
"""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scripted_web import Call, ScriptedWeb

RSS = "application/rss+xml"


@dataclass(frozen=True)
class Held:
    """An answer that waits: ``asked`` is set when a request has come, ``release`` lets it go."""

    asked: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)


class FeedServer(ScriptedWeb):
    """Feeds as they should be served, and in every way in which they should not be."""

    def serve(
        self,
        path: str,
        body: str | bytes,
        *,
        status: int = 200,
        content_type: str = RSS,
        etag: str = "",
        modified: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Serve a document; with validators, 304 to who sends one of them back verbatim."""
        document = body.encode() if isinstance(body, str) else body
        validators = {"ETag": etag, "Last-Modified": modified}
        sent = {
            "Content-Type": content_type,
            **{name: value for name, value in validators.items() if value},
            **(headers or {}),
        }

        def answer(call: Call) -> None:
            known = call.headers.get("if-none-match"), call.headers.get("if-modified-since")
            if (etag and known[0] == etag) or (modified and not known[0] and known[1] == modified):
                call.head(304, {name: value for name, value in sent.items() if name == "ETag"})
            else:
                call.whole(status, sent, document)

        self.answer(path, answer)

    def serve_packed(self, path: str, body: str | bytes, *, packing: str = "gzip") -> None:
        """Serve a document packed as "gzip", "deflate" or "raw-deflate"."""
        document = body.encode() if isinstance(body, str) else body
        bare = zlib.compressobj(wbits=-15)
        packed = {
            "gzip": gzip.compress(document),
            "deflate": zlib.compress(document),
            "raw-deflate": bare.compress(document) + bare.flush(),
        }[packing]
        label = packing.removeprefix("raw-")
        self.serve(path, packed, headers={"Content-Encoding": label})

    def status(self, path: str, status: int, headers: Mapping[str, str] | None = None) -> None:
        """Answer with a status and a short page."""
        page = f"<html><body><h1>{status}</h1></body></html>"
        self.serve(path, page, status=status, content_type="text/html", headers=headers)

    def redirect(self, path: str, target: str, *, status: int = 301) -> None:
        """Send on to a path of this server or to any address, sent as it is written here."""
        self.serve(path, b"", status=status, headers={"Location": target})

    def page(self, path: str) -> None:
        """Serve a web page that links to a feed."""
        self.serve(
            path,
            "<!DOCTYPE html>\n<html><head><title>A paper</title>"
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
            "<body><p>News.</p></body></html>",
            content_type="text/html; charset=utf-8",
        )

    def raw(self, path: str, sent: bytes) -> None:
        """Send these bytes, status line and all, and close."""

        def answer(call: Call) -> None:
            call.write(sent)
            call.hang_up()

        self.answer(path, answer)

    def drip(self, path: str, body: bytes, *, pause: float = 0.05) -> None:
        """Send a document one byte at a time, ``pause`` seconds apart."""

        def answer(call: Call) -> None:
            call.head(200, {"Content-Type": RSS, "Content-Length": str(len(body))})
            for at in range(len(body)):
                call.write(body[at : at + 1])
                if not call.pause(pause):
                    return

        self.answer(path, answer)

    def drip_headers(self, path: str, *, pause: float = 0.05) -> None:
        """Send a header now and then, for ever."""

        def answer(call: Call) -> None:
            call.write(b"HTTP/1.1 200 OK\r\n")
            while call.pause(pause):
                call.write(b"X-More: to come\r\n")

        self.answer(path, answer)

    def silent(self, path: str) -> None:
        """Take the request and say nothing."""
        self.answer(path, lambda call: (call.server.closing.wait(), call.hang_up())[1])

    def endless(self, path: str, *, piece: bytes = b" " * 65536) -> None:
        """Send a body without end, as fast as it is taken."""

        def answer(call: Call) -> None:
            call.head(200, {"Content-Type": RSS, "Connection": "close"})
            call.hang_up()
            while not call.server.closing.is_set():
                call.write(piece)

        self.answer(path, answer)

    def endless_headers(self, path: str) -> None:
        """Send headers without end, as fast as they are taken."""

        def answer(call: Call) -> None:
            call.write(b"HTTP/1.1 200 OK\r\n")
            while not call.server.closing.is_set():
                call.write(b"X-More: to come\r\n" * 1000)

        self.answer(path, answer)

    def bomb(self, path: str, *, megabytes: int, packing: str = "gzip") -> None:
        """Send a small answer that unpacks to this much; "gzip" or "deflate"."""

        def answer(call: Call) -> None:
            call.head(
                200,
                {"Content-Type": RSS, "Content-Encoding": packing, "Connection": "close"},
            )
            call.hang_up()
            for piece in _bomb(megabytes, 31 if packing == "gzip" else 15):
                call.write(piece)

        self.answer(path, answer)

    def break_off(self, path: str, body: bytes, *, declared: int) -> None:
        """Promise ``declared`` bytes, send the body and hang up."""

        def answer(call: Call) -> None:
            call.head(200, {"Content-Type": RSS, "Content-Length": str(declared)})
            call.write(body)
            call.hang_up()

        self.answer(path, answer)

    def reset(self, path: str) -> None:
        """Break the connection instead of answering."""
        self.answer(path, lambda call: call.reset())

    def hold(self, path: str, body: str | bytes) -> Held:
        """Serve a document, but only once it is released."""
        held = Held()
        self.serve(path, body)
        then = self.answer_of(path)

        def answer(call: Call) -> None:
            held.asked.set()
            while not held.release.wait(0.02):
                if call.server.closing.is_set():
                    return
            then(call)

        self.answer(path, answer)
        return held


def _bomb(megabytes: int, wbits: int) -> Iterator[bytes]:
    packer = zlib.compressobj(9, wbits=wbits)
    for _ in range(megabytes):
        yield packer.compress(bytes(1024 * 1024))
    yield packer.flush()
