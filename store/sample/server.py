"""Serves the sample's feeds and pages on 127.0.0.1, so that the first look needs no network."""

from __future__ import annotations

import socket
import sys
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from store.sample.pages import Resource, resources
from store.sample.stories import Issue, issues

HOST = "127.0.0.1"
SILENCE = 10.0
"""Seconds after which a connection that asks for nothing is closed."""


class SampleServer:
    """A small web site of this process: started by ``with`` or ``start``, ended by ``stop``.

    What it serves, validators included, stays the same from start to stop.
    """

    def __init__(self, *, now: datetime | None = None) -> None:
        self._now = now
        self._listener: _Listener | None = None
        self._issues: tuple[Issue, ...] = ()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen on a free port and answer from a thread of its own.

        Raises:
            OSError: No port of 127.0.0.1 can be had.
        """
        if self._listener is not None:
            return
        listener = _Listener()
        try:
            self._issues = issues(f"http://{HOST}:{listener.port}", self._now or datetime.now(UTC))
            listener.site = resources(self._issues)
        except BaseException:
            listener.server_close()
            raise
        # Short, as stopping waits for the end of a poll.
        answer = Thread(target=listener.serve_forever, args=(0.05,), name="sample", daemon=True)
        answer.start()
        self._listener = listener

    def stop(self) -> None:
        """Close every socket; a second call does nothing."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown()
            listener.hang_up()
            listener.server_close()

    @property
    def permit(self) -> str:
        """What a feed of this server carries as its permit; empty when it is stopped."""
        return f"{HOST}:{self._listener.port}" if self._listener is not None else ""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is served, feed by feed."""
        return self._issues

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of the feeds; none when it is stopped."""
        if not self.permit:
            return ()
        return tuple(f"http://{self.permit}{issue.path}" for issue in self._issues)


class _Answer(BaseHTTPRequestHandler):
    """One connection, one answer: closing each keeps no socket open beyond its use."""

    server: _Listener
    server_version = "wiredesk-sample"
    sys_version = ""
    timeout = SILENCE

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Say nothing: the terminal belongs to the app."""

    def _answer(self, *, with_body: bool) -> None:
        resource = self.server.site.get(urlsplit(self.path).path)
        if resource is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        unchanged = is_unchanged(self.headers, resource)
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK)
        self.send_header("ETag", resource.etag)
        self.send_header("Last-Modified", _http_date(resource.modified))
        self.send_header("Cache-Control", "no-cache")
        if not unchanged:
            self.send_header("Content-Type", resource.media_type)
            self.send_header("Content-Length", str(len(resource.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(resource.body)


class _Listener(ThreadingHTTPServer):
    """Knows its open connections, so that stopping need not wait for a silent one."""

    daemon_threads = False  # Else closing would not wait for the threads that hold sockets.

    def __init__(self) -> None:
        self.site: dict[str, Resource] = {}
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__((HOST, 0), _Answer)

    @property
    def port(self) -> int:
        """The free port that the system chose."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind as TCPServer does: HTTPServer asks the name service who 127.0.0.1 is."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.port

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every open connection; its thread then closes the socket."""
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # The other side was first.

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a client that went away; anything else is a fault of ours and is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def is_unchanged(headers: Message, resource: Resource) -> bool:
    """Whether 304 is the answer: If-None-Match decides alone if it is there (RFC 9110, 13.2.2)."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or resource.etag in known
    try:
        since = parsedate_to_datetime(headers.get("If-Modified-Since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and resource.modified <= since


def _http_date(date: datetime) -> str:
    return format_datetime(date.astimezone(UTC), usegmt=True)
