"""A web server on 127.0.0.1 that answers each path by a function, with every byte in its hand."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

NOT_FOUND = 404


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""


class Call:
    """A request being answered: what a scripted answer writes to."""

    def __init__(self, server: ScriptedWeb, handler: BaseHTTPRequestHandler) -> None:
        self.server = server
        self._handler = handler
        self.headers = {name.lower(): value for name, value in handler.headers.items()}

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status line and these headers, and no others."""
        self._handler.send_response_only(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def write(self, piece: bytes) -> None:
        """Send bytes as they are."""
        self._handler.wfile.write(piece)
        self._handler.wfile.flush()

    def whole(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Send a complete answer; the connection stays open for the next request."""
        self.head(status, {"Content-Length": str(len(body)), **headers})
        # Not after it: who has the whole answer may ask again before this thread goes on.
        self.server.answered(self)
        self.write(body)

    def hang_up(self) -> None:
        """Close the connection after this answer."""
        self._handler.close_connection = True

    def reset(self) -> None:
        """Break the connection at once, with a TCP reset."""
        self._handler.connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        self._handler.connection.close()
        self.hang_up()

    def pause(self, seconds: float) -> bool:
        """Wait; False when the server is closing."""
        return not self.server.closing.wait(seconds)


Answer = Callable[[Call], None]


class ScriptedWeb:
    """Answers by path; counts what it was asked. Everything ends when the context does."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.most_at_once = 0
        """Requests that were being answered at the same time, at most."""
        self.closing = threading.Event()
        self._answers: dict[str, Answer] = {}
        self._answering: set[Call] = set()
        self._lock = threading.Lock()
        self._scheme = "https" if tls else "http"
        self._web = _Web(("127.0.0.1", 0), _handler_for(self))
        if tls:
            self._web.socket = tls.wrap_socket(self._web.socket, server_side=True)
        self._thread = threading.Thread(target=self._web.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._web.shutdown()
        self._web.hang_up()
        self._web.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._web.server_address[1])

    @property
    def permit(self) -> str:
        """What a feed needs to be fetched from here."""
        return f"127.0.0.1:{self.port}"

    def address(self, path: str) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for a path, in order."""
        return [request for request in self.requests if request.path == path]

    def answer(self, path: str, answer: Answer) -> None:
        """Answer a path by a function."""
        self._answers[path] = answer

    def answer_of(self, path: str) -> Answer:
        """How a path is answered."""
        return self._answers[path]

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, in the connection's own thread."""
        call = Call(self, handler)
        with self._lock:
            self.requests.append(Request(handler.path, call.headers))
            self._answering.add(call)
            self.most_at_once = max(self.most_at_once, len(self._answering))
        try:
            answer = self._answers.get(handler.path.partition("?")[0])
            if answer is None:
                call.whole(NOT_FOUND, {"Content-Type": "text/plain"}, b"nothing here")
            else:
                answer(call)
        except OSError:
            call.hang_up()  # the reader has had enough
        finally:
            self.answered(call)

    def answered(self, call: Call) -> None:
        """Count a request no longer among those being answered."""
        with self._lock:
            self._answering.discard(call)


class _Web(ThreadingHTTPServer):
    """Threads that a closing server waits for; connections that it can cut."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._connections: set[socket.socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: socket.socket, client_address: object) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up is part of the script."""

    def hang_up(self) -> None:
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _handler_for(server: ScriptedWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            server.take(self)

        def log_message(self, *_: object) -> None:
            """Tests have no use for a log."""

    return Handler
